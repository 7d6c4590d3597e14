//! Compares what a case claims with what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sumika::artifact::Body;

use super::case::Case;
use super::program::{self, Outcome, Wish};
use super::site::Site;
use super::{formats, laws, links, reports};

/// Whether expectations are held or rewritten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// Hold the output to `expected/`.
    Compare,
    /// Rewrite `expected/`; laws and claims are held all the same.
    Accept,
}

/// Everything that is wrong with a case.
pub(crate) fn complaints(case: &Case, mode: Mode) -> Vec<String> {
    let site = match Site::of(case) {
        Ok(site) => site,
        Err(problem) => return vec![problem],
    };
    if !case.claims.args.is_empty() {
        return command(case, &site, mode);
    }
    let (wish, sources) = match (Wish::of(&case.claims), program::load(site.root())) {
        (Ok(wish), Ok(sources)) => (wish, sources),
        (Err(problem), _) | (_, Err(problem)) => return vec![problem],
    };
    let outcome = program::build(&sources, &wish);
    let mut found = claims(case, &outcome);
    found.extend(golden(case, mode, &goldens(case, &outcome)));
    found.extend(formats::complaints(&outcome.outputs));
    found.extend(reports::complaints(&outcome.report, &sources));
    if !laws::is_bare(&sources) {
        found.extend(links::complaints(&sources, &outcome));
    }
    found.extend(laws::complaints(&sources, &wish, &outcome));
    found
}

/// The claims of `case.toml`.
fn claims(case: &Case, outcome: &Outcome) -> Vec<String> {
    let claims = &case.claims;
    let mut found = Vec::new();
    if outcome.exit != claims.exit {
        found.push(format!("exit status {} instead of {}:\n{}", outcome.exit, claims.exit, outcome.said));
    }
    if let Some(code) = case.code()
        && !outcome.report.iter().any(|diagnostic| diagnostic.code.to_string() == code)
    {
        found.push(format!("the folder is named for {code}, which nobody reports:\n{}", outcome.said));
    }
    found.extend(outcome.twice.iter().map(|path| format!("put out twice: {path}")));
    for text in &claims.present {
        if holders(&outcome.outputs, text).is_empty() {
            found.push(format!("in no output: {text}"));
        }
    }
    for text in &claims.absent {
        let holders = holders(&outcome.outputs, text);
        if !holders.is_empty() {
            found.push(format!("must not be public: “{text}”, but it is in {}", holders.join(", ")));
        }
    }
    found
}

/// Outputs whose name or text holds `text`, as it is or as addresses and JSON may write it.
fn holders(outputs: &BTreeMap<String, Body>, text: &str) -> Vec<String> {
    let percent = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let forms = [text.to_owned(), percent, escaped];
    let holds = |place: &str| forms.iter().any(|form| place.contains(form.as_str()));
    let sheets = |body: &Body| formats::workbook_text(body).is_some_and(|text| holds(&text));
    outputs
        .iter()
        .filter(|(path, body)| holds(path) || program::text(body).is_some_and(holds) || sheets(body))
        .map(|(path, _)| path.clone())
        .collect()
}

/// File below `expected/` and its content; an empty one stands for "no such file".
fn goldens(case: &Case, outcome: &Outcome) -> BTreeMap<String, String> {
    let mut goldens = BTreeMap::from([("report.txt".to_owned(), outcome.said.clone())]);
    let tree: String = outcome.outputs.keys().map(|path| format!("{path}\n")).collect();
    goldens.insert("tree.txt".to_owned(), if case.claims.tree { tree } else { String::new() });
    for path in &case.claims.shows {
        let shown = outcome.outputs.get(path).map(|body| match program::text(body) {
            Some(text) => text.to_owned(),
            None => format!("{body:?}\n"),
        });
        goldens.insert(format!("files/{path}"), shown.unwrap_or_default());
    }
    goldens
}

fn golden(case: &Case, mode: Mode, goldens: &BTreeMap<String, String>) -> Vec<String> {
    let folder = case.folder.join("expected");
    if mode == Mode::Accept {
        return accept(&folder, goldens).err().map(|problem| format!("expected/: {problem}")).into_iter().collect();
    }
    let mut found = Vec::new();
    for (name, actual) in goldens {
        let expected = fs::read_to_string(folder.join(name)).unwrap_or_default();
        if &expected != actual {
            found.push(format!("expected/{name} differs:\n{}", difference(&expected, actual)));
        }
    }
    found.extend(shown_but_absent(case, goldens));
    found.extend(forgotten(&folder, goldens));
    found
}

fn shown_but_absent(case: &Case, goldens: &BTreeMap<String, String>) -> Vec<String> {
    let absent = |path: &&String| goldens.get(&format!("files/{path}")).is_none_or(String::is_empty);
    case.claims.shows.iter().filter(absent).map(|path| format!("shown, but not put out: {path}")).collect()
}

/// Files below `expected/` that nothing is compared with.
fn forgotten(folder: &Path, goldens: &BTreeMap<String, String>) -> Vec<String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| Some(entry.path().strip_prefix(folder).ok()?.to_string_lossy().into_owned()))
        .filter(|name| !goldens.contains_key(name))
        .map(|name| format!("expected/{name} is compared with nothing"))
        .collect()
}

fn accept(folder: &Path, goldens: &BTreeMap<String, String>) -> std::io::Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    for (name, text) in goldens.iter().filter(|(_, text)| !text.is_empty()) {
        let place = folder.join(name);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(place, text)?;
    }
    Ok(())
}

/// The lines around the first one that differs.
pub(crate) fn difference(expected: &str, actual: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let show = |sign: char, lines: &[&str]| -> String {
        lines.iter().skip(same).take(12).map(|line| format!("  {sign} {line}\n")).collect()
    };
    format!("  from line {}:\n{}{}", same + 1, show('-', &before), show('+', &after))
}

/// Runs the program itself: `SITE` among the words stands for the site's folder, which is also where it runs.
fn command(case: &Case, site: &Site, mode: Mode) -> Vec<String> {
    let root = site.root().to_string_lossy().into_owned();
    let words = case.claims.args.iter().map(|word| word.replace("SITE", &root));
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(words)
        .current_dir(site.root())
        .env("LANG", "C")
        .output();
    let output = match run {
        Ok(output) => output,
        Err(problem) => return vec![problem.to_string()],
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&root, "SITE");
    let goldens = BTreeMap::from([
        ("stdout.txt".to_owned(), text(&output.stdout)),
        ("stderr.txt".to_owned(), text(&output.stderr)),
    ]);
    let mut found = golden(case, mode, &goldens);
    if output.status.code() != Some(i32::from(case.claims.exit)) {
        found.push(format!("exit status {:?} instead of {}", output.status.code(), case.claims.exit));
    }
    found
}
