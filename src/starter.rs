//! First files: a starter site, and the draft of a year's plan.
//!
//! In: a few answers, or the library with the plans so far. Out: texts of files by path. Nothing is written here, and
//! no file is asked for: what exists already is the command's concern.

mod draft;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::calendar::fiscal_year::FiscalYear;
use crate::japan::municipality_code::MunicipalityCode;

pub use draft::{draft, next_year};

/// What a starter site needs to know.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The municipality.
    pub name: String,
    /// Its code.
    pub code: MunicipalityCode,
    /// The daily-living areas: identifier and name.
    pub areas: Vec<(String, String)>,
    /// Name of the consultation desk.
    pub desk: String,
    /// Its telephone number.
    pub phone: String,
    /// The fiscal year of the first plan.
    pub year: FiscalYear,
    /// The address of the repository in which the site is kept, if it is kept in one.
    pub repository: Option<String>,
}

const FILES: &[(&str, &str)] = &[
    ("sumika.toml", include_str!("starter/sumika.toml")),
    (".gitignore", "/public/\n/.sumika/\n"),
    ("content/_index.md", include_str!("starter/index.md")),
    ("content/guides/hajimete.md", include_str!("starter/hajimete.md")),
    ("content/faq/hiyou.md", include_str!("starter/hiyou.md")),
    ("content/glossary/zaitaku.md", include_str!("starter/zaitaku.md")),
    ("content/stories/kakikata.md", include_str!("starter/kakikata.md")),
    ("content/plans/YEAR.toml", include_str!("starter/plan.toml")),
    ("resources/areas.csv", "area,name,kana,members,year,population,over_75,households\n{{areas}}"),
    ("resources/facilities/list.csv", include_str!("starter/list.csv")),
    ("resources/indicators/indicators.toml", include_str!("starter/indicators.toml")),
    ("resources/indicators/values.csv", "indicator,year,area,value,note\n"),
];

/// The files of a starter site.
#[must_use]
pub fn site(answers: &Answers) -> BTreeMap<String, String> {
    let mut areas = String::new();
    for (id, name) in &answers.areas {
        let _ = writeln!(areas, "{id},{},,,{},,,", cell(name), answers.year);
    }
    let contribute = answers.repository.as_ref().map_or_else(String::new, |repository| {
        format!("\n[contribute]\nrepository = \"{}\"\nbranch = \"main\"\n", quoted(repository))
    });
    let first_area = answers.areas.first().map_or("", |(id, _)| id.as_str());
    let code = answers.code.to_string();
    let years = (answers.year.to_string(), (answers.year.year() + 1).to_string());
    let fill = |text: &str, escape: fn(&str) -> String| {
        text.replace("{{name}}", &escape(&answers.name))
            .replace("{{code}}", &code)
            .replace("{{desk}}", &escape(&answers.desk))
            .replace("{{phone}}", &escape(&answers.phone))
            .replace("\n{{contribute}}\n", &contribute)
            .replace("{{areas}}", &areas)
            .replace("{{area}}", first_area)
            .replace("{{year}}", &years.0)
            .replace("{{next}}", &years.1)
    };
    let file = |(path, text): &(&str, &str)| {
        let escape = if path.ends_with(".csv") { cell } else { quoted };
        (path.replace("YEAR", &years.0), fill(text, escape))
    };
    FILES.iter().map(file).collect()
}

/// Text inside the double quotes of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text as one cell of a list.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
