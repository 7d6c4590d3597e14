//! Every output is what its name says: JSON, GeoJSON, XML, iCalendar, CSV, workbooks.

use std::collections::BTreeMap;
use std::io::Read;

use quick_xml::events::Event;
use sumika::artifact::Body;

use super::program;

/// Outputs that their readers could not read.
pub(crate) fn complaints(outputs: &BTreeMap<String, Body>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, body) in outputs {
        let problem = match (path.rsplit('.').next(), program::text(body)) {
            (Some("json" | "jsonld"), Some(text)) => json(text),
            (Some("geojson"), Some(text)) => text.parse::<geojson::GeoJson>().err().map(|problem| problem.to_string()),
            (Some("xml" | "svg"), Some(text)) => xml(text),
            (Some("ics"), Some(text)) => calendar(text),
            (Some("csv"), Some(text)) => csv(text),
            (Some("html"), Some(text)) => linked_data(text),
            (Some("json" | "jsonld" | "geojson" | "xml" | "svg" | "ics" | "csv" | "html"), None) => {
                matches!(body, Body::Bytes(_)).then(|| "is not UTF-8".to_owned())
            }
            _ => None,
        };
        found.extend(problem.map(|problem| format!("{path}: {problem}")));
    }
    found
}

fn json(text: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(text).err().map(|problem| problem.to_string())
}

fn xml(text: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth: usize = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => return (depth > 0).then(|| format!("{depth} elements are not closed")),
            Ok(_) => {}
            Err(problem) => return Some(problem.to_string()),
        }
    }
}

/// RFC 5545: lines end in CR LF and hold at most 75 bytes, what begins ends.
fn calendar(text: &str) -> Option<String> {
    if !text.ends_with("\r\n") || text.replace("\r\n", "").contains(['\r', '\n']) {
        return Some("lines have to end in CR LF".to_owned());
    }
    if let Some(line) = text.split("\r\n").find(|line| line.len() > 75) {
        return Some(format!("{} bytes in a line: {line}", line.len()));
    }
    let unfolded = text.replace("\r\n ", "");
    let mut open: Vec<&str> = Vec::new();
    for line in unfolded.split("\r\n") {
        if let Some(name) = line.strip_prefix("BEGIN:") {
            open.push(name);
        } else if let Some(name) = line.strip_prefix("END:")
            && open.pop() != Some(name)
        {
            return Some(format!("END:{name} ends something else"));
        }
    }
    (!open.is_empty() || !text.starts_with("BEGIN:VCALENDAR\r\n")).then(|| "is no whole calendar".to_owned())
}

/// Every record is as long as the header, and a spreadsheet takes no cell for a formula.
fn csv(text: &str) -> Option<String> {
    let Some(text) = text.strip_prefix('\u{feff}') else { return Some("has no byte order mark".to_owned()) };
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(problem) => return Some(problem.to_string()),
        };
        let formula = |cell: &&str| {
            cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']) && cell.parse::<f64>().is_err()
        };
        if let Some(cell) = record.iter().find(formula) {
            return Some(format!("a spreadsheet would calculate “{cell}”"));
        }
    }
    None
}

/// JSON-LD inside pages.
fn linked_data(text: &str) -> Option<String> {
    let blocks = text.split("<script type=\"application/ld+json\">").skip(1);
    blocks.filter_map(|rest| rest.split("</script>").next()).find_map(json)
}

/// All text of a workbook, so that nothing hides in compressed bytes.
pub(crate) fn workbook_text(body: &Body) -> Option<String> {
    let Body::Bytes(bytes) = body else { return None };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).ok()?;
    let mut all = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).ok()?.read_to_string(&mut all).ok()?;
    }
    Some(all)
}
