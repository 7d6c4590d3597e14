//! The least a generator can do with the same site: each article through pulldown-cmark, each row as a table, a page a file.
//!
//! No links, lists, maps, feeds, checks or sums. Its processor time is the yardstick of the bench: a machine is faster or
//! slower for both.

use std::io;
use std::path::Path;

use rustix::time::{ClockId, clock_gettime};

/// Builds the site, and prints the processor time of this process in milliseconds.
///
/// # Errors
/// A file can't be read or written.
pub(crate) fn build(root: &Path, output: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(root.join("content/guides"))? {
        let path = entry?.path();
        let text = std::fs::read_to_string(&path)?;
        let (front, body) = text.trim_start_matches("+++\n").split_once("+++\n").unwrap_or(("", &text));
        let front: toml::Table = front.parse().map_err(io::Error::other)?;
        let title = front.get("title").and_then(toml::Value::as_str).unwrap_or_default();
        let mut html = String::with_capacity(2 * body.len());
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(body));
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        page(&output.join("guides").join(name), title, &html)?;
    }
    let mut rows = csv::Reader::from_path(root.join("resources/facilities/all.csv")).map_err(io::Error::other)?;
    for row in rows.records() {
        let row = row.map_err(io::Error::other)?;
        let cells: String = row.iter().map(|cell| format!("<tr><td>{cell}</td></tr>")).collect();
        let cell = |at| row.get(at).unwrap_or_default();
        page(&output.join("facilities").join(cell(0)), cell(2), &format!("<table>{cells}</table>"))?;
    }
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    println!("{}", spent.tv_sec * 1000 + spent.tv_nsec / 1_000_000);
    Ok(())
}

fn page(folder: &Path, title: &str, body: &str) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let html = format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    );
    std::fs::write(folder.join("index.html"), html)
}
