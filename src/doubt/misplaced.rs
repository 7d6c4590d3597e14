//! Files that lie where nothing reads them, or are called what copies are called, each with where it belongs.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{SourcePath, Span};

const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xls", "ods", "numbers", "xlsb"];
const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "heic"];
/// Folders of `resources/` in which CSV files are read; what the last imports brought is kept in `imports`.
const LIST_FOLDERS: [&str; 4] =
    ["resources/facilities", "resources/imports", "resources/indicators", "resources/surveys"];

/// Files below `content/` and `resources/`.
pub(super) fn check(paths: &[&SourcePath], report: &mut Report) {
    let names: BTreeSet<&str> = paths.iter().map(|path| path.as_str()).collect();
    for path in paths {
        let top = path.as_str().split('/').next().unwrap_or_default();
        if !["content", "resources"].contains(&top) {
            continue;
        }
        let span = Span::file(path);
        if let Some(belongs) = belongs(path) {
            report.push(belongs);
        } else if let Some(original) = original_of_copy(path) {
            let exists = names.contains(original.as_str());
            let copy = Diagnostic::new(Code::ListCopyName).at(&span).arg("path", path).arg("original", &original);
            report.push(if exists { copy.label(&span, "both") } else { copy.label(&span, "alone") });
        }
    }
}

/// Files that lie beside `sumika.toml`: none of them is part of the site.
#[must_use]
pub fn beside_the_site(files: &[SourcePath]) -> Report {
    let mut report = Report::new();
    for path in files {
        if let Some(stray) = belongs(path) {
            report.push(stray);
        }
    }
    report
}

/// Where a file belongs that lies where nothing reads it.
fn belongs(path: &SourcePath) -> Option<Diagnostic> {
    let (folder, extension) = (path.folder(), path.extension());
    let stem = usable_stem(path);
    let misplaced = |key: &'static str, target: String| {
        let span = Span::file(path);
        Some(Diagnostic::new(Code::ListMisplaced).at(&span).arg("path", path).arg("target", target).label(&span, key))
    };
    let in_content = path.is_below("content");
    let in_lists = LIST_FOLDERS.iter().any(|list| path.is_below(list));
    match extension.as_str() {
        workbook if WORKBOOKS.contains(&workbook) => {
            let target = format!("resources/facilities/{stem}.csv");
            let span = Span::file(path);
            Some(Diagnostic::new(Code::ListIsWorkbook).at(&span).arg("path", path).arg("target", target))
        }
        "csv" | "tsv" if !in_lists && path.as_str() != "resources/areas.csv" => {
            misplaced("list", format!("resources/facilities/{stem}.csv"))
        }
        "tsv" => misplaced("list", format!("{folder}/{stem}.csv")),
        "md" if !in_content && !folder.is_empty() => misplaced("article", format!("content/guides/{stem}.md")),
        "md" if folder.is_empty() && !is_for_developers(path.file_name()) => {
            misplaced("article", format!("content/guides/{stem}.md"))
        }
        "geojson" if in_content || folder.is_empty() => misplaced("map", format!("resources/map/{stem}.geojson")),
        picture if PICTURES.contains(&picture) && !in_content => {
            misplaced("picture", format!("content/images/{}", path.file_name()))
        }
        _ => None,
    }
}

fn is_for_developers(name: &str) -> bool {
    name.chars().take_while(|c| !matches!(c, '.' | '-')).all(|c| c.is_ascii_uppercase() || c == '_')
}

/// The name without the marks of a copy and without spaces.
fn usable_stem(path: &SourcePath) -> String {
    let stem = path.file_stem();
    without_copy_mark(stem).unwrap_or(stem).trim().replace([' ', '\u{3000}'], "-")
}

/// `…/data.xlsx` for `…/data(1).xlsx`, `…/data .xlsx`, `…/data - コピー.xlsx`.
fn original_of_copy(path: &SourcePath) -> Option<String> {
    let stem = path.file_stem();
    let original = without_copy_mark(stem)?;
    let (folder, extension) = (path.folder(), path.file_name().get(stem.len()..).unwrap_or_default());
    Some(if folder.is_empty() { format!("{original}{extension}") } else { format!("{folder}/{original}{extension}") })
}

fn without_copy_mark(stem: &str) -> Option<&str> {
    const WORDS: [&str; 8] =
        [" - コピー", " のコピー", "のコピー", "_コピー", " - copy", " copy", "_copy", "のコピー "];
    let trimmed = stem.trim_end();
    let numbered = ['(', '（'].into_iter().find_map(|open| {
        let (before, inside) = trimmed.rsplit_once(open)?;
        let digits = inside.strip_suffix([')', '）'])?;
        let is_count = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_count.then_some(before)
    });
    let lower = trimmed.to_lowercase();
    let worded = || {
        let word = WORDS.into_iter().find(|word| lower.ends_with(&word.to_lowercase()))?;
        trimmed.get(..trimmed.len() - word.len())
    };
    let original = numbered.or_else(worded).map(str::trim_end).or((trimmed != stem).then_some(trimmed))?;
    let again = without_copy_mark(original).unwrap_or(original);
    (!again.is_empty()).then_some(again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies() {
        let check = |name: &str, original: Option<&str>| {
            let path = SourcePath::new(name).expect("a path");
            assert_eq!(original_of_copy(&path).as_deref(), original, "{name}");
        };
        check("resources/facilities/data(1).xlsx", Some("resources/facilities/data.xlsx"));
        check("data（2）.csv", Some("data.csv"));
        check("data .xlsx", Some("data.xlsx"));
        check("一覧 - コピー.csv", Some("一覧.csv"));
        check("一覧 - コピー (3).csv", Some("一覧.csv"));
        check("list copy.csv", Some("list.csv"));
        check("list(2026).csv", None);
        check("ishikai.csv", None);
        check("(1).csv", None);
    }

    #[test]
    fn where_files_belong() {
        let check = |name: &str, target: Option<&str>| {
            let path = SourcePath::new(name).expect("a path");
            let found = belongs(&path);
            let found = found.as_ref().and_then(|found| found.args.iter().find(|(name, _)| *name == "target"));
            assert_eq!(found.map(|(_, value)| value.as_str()), target, "{name}");
        };
        check("ishikai.csv", Some("resources/facilities/ishikai.csv"));
        check("resources/data(1).csv", Some("resources/facilities/data.csv"));
        check("content/医師会 一覧.xlsx", Some("resources/facilities/医師会-一覧.csv"));
        check("resources/facilities/ishikai.csv", None);
        check("resources/surveys/2026.csv", None);
        check("resources/areas.csv", None);
        check("resources/hayashi.md", Some("content/guides/hayashi.md"));
        check("README.md", None);
        check("CONTRIBUTING.ja.md", None);
        check("おしらせ.md", Some("content/guides/おしらせ.md"));
        check("resources/photo.jpg", Some("content/images/photo.jpg"));
        check("content/stories/photo.jpg", None);
        check("areas.geojson", Some("resources/map/areas.geojson"));
    }
}
