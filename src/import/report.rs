//! What was read, and what became of it: a table for the eye, a line for each row in question.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fmt::Write;

use crate::diag::{Code, Diagnostic, Label, Language, Report, Severity};
use crate::source::{Encoding, LineIndex, SourcePath, Span};

use super::Input;
use crate::table::Table;
use crate::workbook;

/// The counts of one file. `read` is always the sum of `imported`, `skipped` and `refused`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileTally {
    /// The file.
    pub path: SourcePath,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Rows below the heading that hold anything.
    pub read: usize,
    /// Rows of ours.
    pub imported: usize,
    /// Rows that are not asked for: of other municipalities, of other matters, a portal's remarks on its columns.
    pub skipped: usize,
    /// Rows that can't be used.
    pub refused: usize,
    /// Imported rows at which somebody should look.
    pub doubtful: usize,
    /// Headings of columns that are not taken.
    pub unused: Vec<String>,
}

impl FileTally {
    pub(super) fn new(path: &SourcePath, encoding: Encoding) -> Self {
        Self {
            path: path.clone(),
            encoding,
            read: 0,
            imported: 0,
            skipped: 0,
            refused: 0,
            doubtful: 0,
            unused: Vec::new(),
        }
    }
}

/// Refused rows: the source has them still, whatever is wrong with them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StillThere {
    /// The ids of those that can be told, as they would have been imported.
    pub ids: BTreeSet<String>,
    /// How many rows (or whole files) can't be told: any row may be among them.
    pub unnamed: usize,
}

impl StillThere {
    pub(super) fn add(&mut self, id: Option<String>) {
        match id {
            Some(id) => drop(self.ids.insert(id)),
            None => self.unnamed += 1,
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.unnamed += other.unnamed;
    }

    /// Whether a row of this id is there. A telephone number that several share has their names behind it.
    pub(super) fn has(&self, id: &str) -> bool {
        let shared = || id.rsplit_once('-').map(|(phone, _)| phone).filter(|phone| phone.starts_with("tel-"));
        self.ids.contains(id) || shared().is_some_and(|phone| self.ids.contains(phone))
    }
}

/// The report of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The files in the order in which they were given.
    pub files: Vec<FileTally>,
    /// A diagnostic for each thing that was refused, doubted or changed.
    pub findings: Report,
    /// What was refused and is not gone.
    pub still_there: StillThere,
}

impl ImportReport {
    /// The sums over all files.
    #[must_use]
    pub fn total(&self) -> FileTally {
        let path = SourcePath::new("total").unwrap_or_else(|| unreachable!("a plain name"));
        let mut total = FileTally::new(&path, Encoding::Utf8);
        for file in &self.files {
            total.read += file.read;
            total.imported += file.imported;
            total.skipped += file.skipped;
            total.refused += file.refused;
            total.doubtful += file.doubtful;
        }
        total
    }

    /// How many findings have this code.
    #[must_use]
    pub fn count(&self, code: Code) -> usize {
        self.findings.iter().filter(|finding| finding.code == code).count()
    }

    /// A row that was counted as imported and is refused after all.
    pub(super) fn refuse_imported(&mut self, path: &SourcePath) {
        if let Some(file) = self.files.iter_mut().find(|file| file.path == *path) {
            file.imported -= 1;
            file.refused += 1;
        }
    }

    /// A doubt on a row after all rows were read.
    pub(super) fn doubt_imported(&mut self, doubt: Diagnostic, path: &SourcePath) {
        self.findings.push(doubt);
        if let Some(file) = self.files.iter_mut().find(|file| file.path == *path) {
            file.doubtful = (file.doubtful + 1).min(file.imported);
        }
    }

    /// The whole report for people: counts by file, counts by kind, then a line for each error and warning.
    #[must_use]
    pub fn render(&self, inputs: &[Input], language: Language) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}", self.table(language));
        // Lines are counted only where there is a place to tell: a file may be that of a whole country.
        let finders = LazyCell::new(|| inputs.iter().map(Finder::new).collect::<Vec<_>>());
        let place = |span: &Span| finders.iter().find_map(|finder| finder.place(span));
        for (title, severity) in [
            (pick(language, "エラー", "errors"), Severity::Error),
            (
                pick(language, "確かめてほしい行・取り込めなかった行", "rows to look at, rows refused"),
                Severity::Warning,
            ),
        ] {
            let lines = self.lines(&place, severity, language);
            if !lines.is_empty() {
                let _ = writeln!(out, "{title}");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "  {line}");
                });
                let _ = writeln!(out);
            }
        }
        out.trim_end().to_owned() + "\n"
    }

    /// The counts.
    #[must_use]
    pub fn table(&self, language: Language) -> String {
        let row = |file: &FileTally| match language {
            Language::Ja => format!(
                "読んだ行 {}　取り込む {}　対象外 {}　取り込まない {}　要確認 {}",
                file.read, file.imported, file.skipped, file.refused, file.doubtful
            ),
            Language::En => format!(
                "{} read, {} imported, {} of other municipalities, {} refused, {} doubtful",
                file.read, file.imported, file.skipped, file.refused, file.doubtful
            ),
        };
        let mut out = String::new();
        for file in &self.files {
            let separator = pick(language, "：", ": ");
            let encoding = if file.encoding == Encoding::Cp932 { " (CP932)" } else { "" };
            let _ = writeln!(out, "{}{encoding}{separator}{}", file.path, row(file));
            if !file.unused.is_empty() {
                let title = pick(language, "  使わない列：", "  columns not taken: ");
                let _ = writeln!(out, "{title}{}", file.unused.join(pick(language, "、", ", ")));
            }
        }
        if self.files.len() > 1 {
            let _ = writeln!(out, "{}{}", pick(language, "合計：", "total: "), row(&self.total()));
        }
        for (code, count) in self.by_code() {
            let sample = self.findings.iter().find(|finding| finding.code == code);
            // Kinds of broken tables have no short name.
            let what = sample.map_or_else(String::new, |finding| match finding.label_text("kind", language) {
                kind if kind == "kind" => finding.message(language),
                kind => kind,
            });
            let _ = writeln!(out, "  {code} {what} {count}{}", pick(language, "件", ""));
            let help = sample.map_or_else(String::new, |finding| finding.help(language));
            if !help.is_empty() {
                let _ = writeln!(out, "        {}{help}", pick(language, "対処：", "help: "));
            }
        }
        out
    }

    fn by_code(&self) -> Vec<(Code, usize)> {
        let mut codes: Vec<Code> = self.findings.iter().map(|finding| finding.code).collect();
        codes.sort_unstable();
        codes.chunk_by(|a, b| a == b).filter_map(|chunk| chunk.first().map(|code| (*code, chunk.len()))).collect()
    }

    /// `file.csv:5:12 S1211 …` for each finding of a severity.
    fn lines(&self, place: &dyn Fn(&Span) -> Option<String>, severity: Severity, language: Language) -> Vec<String> {
        let second = |label: &Label, finding: &Diagnostic| {
            let text = finding.label_text(label.key, language);
            place(&label.span).map(|place| match language {
                Language::Ja => format!("（{text}：{place}）"),
                Language::En => format!(" ({text}: {place})"),
            })
        };
        let findings = self.findings.clone().sorted();
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .map(|finding| {
                let place = finding.primary.as_ref().and_then(place).map_or_else(String::new, |place| place + " ");
                let labels: String = finding.labels.iter().filter_map(|label| second(label, finding)).collect();
                format!("{place}{} {}{labels}", finding.code, finding.message(language))
            })
            .collect()
    }
}

/// Finds places in one file as people name them.
struct Finder<'a> {
    input: &'a Input,
    index: LineIndex,
    /// Of a sheet: its cells.
    table: Option<Table>,
}

impl<'a> Finder<'a> {
    fn new(input: &'a Input) -> Self {
        let table = input.first_row.map(|_| Table::parse(&input.path, &input.text).value);
        Self { input, index: LineIndex::new(&input.text.text), table }
    }

    /// `list.csv:5:12` of a text, `list.xlsx［Sheet1］B5` of a workbook.
    fn place(&self, span: &Span) -> Option<String> {
        if self.input.path != span.path {
            return None;
        }
        let byte = span.range().start;
        if let (Some(table), Some(first)) = (&self.table, self.input.first_row) {
            let (row, column) = table.locate(byte);
            let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX / 2);
            let name = workbook::cell_name(number(row).saturating_add(first.saturating_sub(1)), number(column));
            return Some(format!("{}{name}", span.path));
        }
        let place = self.index.locate(&self.input.text.text, byte);
        Some(format!("{}:{}:{}", span.path, place.line, place.column))
    }
}

fn pick(language: Language, ja: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}
