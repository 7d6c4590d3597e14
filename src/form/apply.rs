//! One filled-in form becomes a change of one row.

use std::collections::BTreeMap;

use super::{Answer, CORRECTABLE, Kind, Question, answers};
use crate::area::Areas;
use crate::calendar::date;
use crate::diag::{Checked, Code, Diagnostic, Report, Severity};
use crate::facility::{self, Column};
use crate::japan::kana;
use crate::japan::phone::Phone;
use crate::list::{self, Schema, Sheet, canonical};
use crate::source::{SourcePath, Text};
use crate::table::{Table, headings};
use crate::tree::is_hidden;
use crate::vocabulary::Vocabulary;

/// The lists of a site, by path.
pub type Lists = BTreeMap<SourcePath, Text>;

/// A list as a form changes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// What the form was for.
    pub kind: Kind,
    /// The list.
    pub path: SourcePath,
    /// Its new text, in canonical form.
    pub text: String,
}

type Answers = BTreeMap<&'static str, String>;

/// The list that the form changes; none where something is missing, with what.
pub fn apply(form: &str, lists: &Lists, vocabulary: &Vocabulary) -> Checked<Option<Applied>> {
    let mut report = Report::new();
    let Some((kind, answers)) = answers::read(form) else {
        report.push(Diagnostic::new(Code::FormUnknown));
        return Checked::new(None, report);
    };
    for question in kind.questions() {
        check_answer(question, answers.get(question.id).map_or("", String::as_str), &mut report);
    }
    if report.has_errors() {
        return Checked::new(None, report);
    }
    let writer = Writer { answers: &answers, lists, vocabulary, schema: Schema::new(vocabulary) };
    let applied = match kind {
        Kind::New => writer.add(&mut report),
        _ => writer.change(kind, &mut report),
    };
    let applied = applied.map(|(path, text)| Applied { kind, path, text });
    if let Some(applied) = &applied {
        tell_unreadable(applied, lists, vocabulary, &mut report);
    }
    Checked::new(applied.filter(|_| !report.has_errors()), report)
}

/// What the site would not take of the changed list, and took of the list before. There is no place to point at: the
/// list with the answer in it is nowhere yet.
fn tell_unreadable(applied: &Applied, lists: &Lists, vocabulary: &Vocabulary, report: &mut Report) {
    let errors = |text: &Text| -> Vec<Diagnostic> {
        let read = facility::read_table((&applied.path, text), vocabulary, &Areas::default());
        let errors = read.report.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|error| Diagnostic { primary: None, labels: Vec::new(), ..error.clone() }).collect()
    };
    let before = lists.get(&applied.path).map(errors).unwrap_or_default();
    let after = errors(&list::text(&applied.text));
    after.into_iter().filter(|error| !before.contains(error)).for_each(|error| report.push(error));
}

fn check_answer(question: &Question, answer: &str, report: &mut Report) {
    let problem = |code| Diagnostic::new(code).arg("question", question.label).arg("answer", answer);
    if answer.is_empty() {
        if question.required {
            report.push(problem(Code::FormAnswerMissing));
        }
        return;
    }
    let lines = answer.lines().count();
    let is_day = matches!(question.id, "confirmed" | "closed_on");
    let unusable = answer.chars().any(|c| is_hidden(c) && c != '\n' && c != '\r')
        || (question.answer == Answer::Line && lines > 1)
        || (is_day && date::parse(answer).is_err())
        || (question.id == "phone" && Phone::parse(answer).is_err())
        || answer.chars().count() > ANSWER_CHARACTERS;
    if unusable {
        report.push(problem(Code::FormAnswerUnusable));
    }
}

/// No cell of a list is longer.
const ANSWER_CHARACTERS: usize = 2_000;

struct Writer<'a> {
    answers: &'a Answers,
    lists: &'a Lists,
    vocabulary: &'a Vocabulary,
    schema: Schema,
}

impl Writer<'_> {
    fn answer(&self, id: &str) -> &str {
        self.answers.get(id).map_or("", String::as_str)
    }

    fn sheet(&self, path: &SourcePath, text: &Text) -> Option<Sheet> {
        let table = Table::parse(path, text).value;
        let found = headings::find(&table, self.schema.known()).value?;
        let whole = found.data(&table).all(|row| !row.is_flawed() && found.ragged(&row).is_none());
        whole.then(|| Sheet::of(&table, &found))
    }

    /// Sets cells of the row that was named.
    fn change(&self, kind: Kind, report: &mut Report) -> Option<(SourcePath, String)> {
        let wanted = facility_id(self.answer("facility"));
        for (path, text) in self.lists {
            let Some(mut sheet) = self.sheet(path, text) else { continue };
            let Some(id) = sheet.column(&self.schema, Column::Id) else { continue };
            let mut rows = (0..sheet.rows.len()).filter(|&row| sheet.cell(row, id).trim() == wanted);
            let Some(row) = rows.next() else { continue };
            match kind {
                Kind::Correction => {
                    let Some(column) = correctable(self.answer("column")) else {
                        let unusable = Diagnostic::new(Code::FormAnswerUnusable).arg("question", "直すところ");
                        report.push(unusable.arg("answer", self.answer("column")));
                        return None;
                    };
                    self.set(&mut sheet, row, (column, self.answer("value")));
                    self.confirm(&mut sheet, row);
                }
                Kind::Closing => self.set(&mut sheet, row, (Column::ClosedOn, &day(self.answer("closed_on")))),
                Kind::Unlisted => self.set(&mut sheet, row, (Column::Status, "unlisted")),
                Kind::New => {}
            }
            return Some((path.clone(), canonical::arrange(sheet, &self.schema).to_csv()));
        }
        report.push(Diagnostic::new(Code::FormFacilityUnknown).arg("answer", self.answer("facility")));
        None
    }

    /// Appends a row.
    fn add(&self, report: &mut Report) -> Option<(SourcePath, String)> {
        let unusable = |question: &str, id: &str| {
            Diagnostic::new(Code::FormAnswerUnusable).arg("question", question).arg("answer", self.answer(id))
        };
        let list = self.lists.iter().find(|(path, _)| path.file_stem() == self.answer("list"));
        let Some((path, mut sheet)) = list.and_then(|(path, text)| Some((path, self.sheet(path, text)?))) else {
            report.push(unusable("載せる一覧", "list"));
            return None;
        };
        let named = |wanted: &str| {
            let mut categories = self.vocabulary.categories.iter();
            categories.find(|category| category.name.ja == wanted || category.id.as_str() == wanted)
        };
        let Some(category) = named(self.answer("category")) else {
            report.push(unusable("施設の種別", "category"));
            return None;
        };
        let row = sheet.rows.len();
        sheet.rows.push(vec![String::new(); sheet.headings.len()]);
        let id = self.new_id();
        let cells = [
            (Column::Id, id.as_str()),
            (Column::Category, category.id.as_str()),
            (Column::Name, self.answer("name")),
            (Column::NameKana, self.answer("name_kana")),
            (Column::Address, self.answer("address")),
            (Column::Phone, self.answer("phone")),
            (Column::Url, self.answer("url")),
        ];
        for cell in cells.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.set(&mut sheet, row, cell);
        }
        self.confirm(&mut sheet, row);
        Some((path.clone(), canonical::arrange(sheet, &self.schema).to_csv()))
    }

    /// From the telephone number, as imports make ids; with a letter behind it where that is taken.
    fn new_id(&self) -> String {
        let digits: String = Phone::parse(self.answer("phone"))
            .map(|phone| phone.shown().chars().filter(char::is_ascii_digit).collect())
            .unwrap_or_default();
        let taken = |id: &str| self.lists.values().any(|list| list.text.contains(id));
        let base = format!("tel-{digits}");
        if !taken(&base) {
            return base;
        }
        let free = (b'b'..=b'z').map(|letter| format!("{base}-{}", char::from(letter))).find(|id| !taken(id));
        free.unwrap_or(base)
    }

    /// The day on which, and by whom, the row was confirmed.
    fn confirm(&self, sheet: &mut Sheet, row: usize) {
        self.set(sheet, row, (Column::VerifiedOn, &day(self.answer("confirmed"))));
        let source = sheet.column(&self.schema, Column::Source);
        if source.is_none_or(|column| sheet.cell(row, column).is_empty()) {
            self.set(sheet, row, (Column::Source, self.answer("who")));
        }
    }

    /// Sets a cell; a column that the list lacks is added.
    fn set(&self, sheet: &mut Sheet, row: usize, (column, value): (Column, &str)) {
        let place = sheet.column(&self.schema, column).unwrap_or_else(|| {
            let japanese = sheet.headings.iter().any(|heading| !heading.is_ascii());
            sheet.headings.push(if japanese { column.heading() } else { column.id() }.to_owned());
            sheet.headings.len() - 1
        });
        if let Some(cells) = sheet.rows.get_mut(row) {
            if cells.len() <= place {
                cells.resize(place + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(place) {
                value.clone_into(cell);
            }
        }
    }
}

/// The id in an answer: the id itself, or the address of the page.
fn facility_id(answer: &str) -> &str {
    let answer = answer.trim().trim_end_matches('/');
    let path = answer.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit_once("/facilities/").map_or(path, |(_, id)| id)
}

fn correctable(label: &str) -> Option<Column> {
    CORRECTABLE.into_iter().find(|column| kana::fold(column.heading()) == kana::fold(label))
}

/// A day as lists keep it.
fn day(answer: &str) -> String {
    date::parse(answer).map_or_else(|_| answer.to_owned(), |day| day.to_string())
}
