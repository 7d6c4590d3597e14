//! What a case says of itself, in its `case.toml`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A folder of `tests/cases/`.
#[derive(Debug)]
pub(crate) struct Case {
    /// The folder.
    pub folder: PathBuf,
    /// Its `case.toml`.
    pub claims: Claims,
}

/// The keys of `case.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claims {
    /// The behaviour, and why it is wanted, in a sentence.
    pub why: String,
    /// The instant of the build.
    #[serde(default = "usual_instant")]
    pub at: String,
    /// The exit status of such a build.
    #[serde(default)]
    pub exit: u8,
    /// The site below `site/`: a folder of `tests/cases/_base/`, or `none`.
    #[serde(default = "minimal")]
    pub base: String,
    /// Paths of the base that this site lacks.
    #[serde(default)]
    pub without: Vec<String>,
    /// Language of the report.
    #[serde(default = "japanese")]
    pub lang: String,
    /// With `--drafts`.
    #[serde(default)]
    pub drafts: bool,
    /// With `--quarantine`.
    #[serde(default)]
    pub quarantine: bool,
    /// Outputs that are compared whole.
    #[serde(default)]
    pub shows: Vec<String>,
    /// Compare the list of all outputs.
    #[serde(default)]
    pub tree: bool,
    /// Text that some output holds (or is named by).
    #[serde(default)]
    pub present: Vec<String>,
    /// Text that no output holds, in no form.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Files that no repository should hold, made when the case runs.
    #[serde(default)]
    pub file: Vec<Made>,
    /// Instead of building in this process: run the program with these words, and compare what it prints.
    #[serde(default)]
    pub args: Vec<String>,
}

/// A file made when the case runs: a link, many bytes, or bytes that are no text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Made {
    /// Where, below the site's root.
    pub path: String,
    /// What the link points to.
    pub link: Option<String>,
    /// Text that is repeated.
    #[serde(default)]
    pub text: String,
    /// How often.
    #[serde(default = "once")]
    pub times: usize,
    /// Bytes, as hexadecimal digits, before the text.
    #[serde(default)]
    pub hex: String,
}

fn usual_instant() -> String {
    "2026-07-01T09:00:00+09:00".to_owned()
}

fn minimal() -> String {
    "minimal".to_owned()
}

fn japanese() -> String {
    "ja".to_owned()
}

fn once() -> usize {
    1
}

impl Case {
    /// Reads a case and holds it to claiming something.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let text =
            std::fs::read_to_string(folder.join("case.toml")).map_err(|problem| format!("case.toml: {problem}"))?;
        let claims: Claims = toml::from_str(&text).map_err(|problem| format!("case.toml: {problem}"))?;
        let case = Self { folder: folder.to_owned(), claims };
        if case.claims.why.trim().len() < 12 {
            return Err("case.toml: `why` has to say what is wanted and why".to_owned());
        }
        if !case.asserts_something() {
            return Err("this case asserts nothing: let it show a file, name text that is present or absent, or fail"
                .to_owned());
        }
        Ok(case)
    }

    /// The code that the folder is named for.
    pub(crate) fn code(&self) -> Option<String> {
        let name = self.folder.file_name()?.to_string_lossy().into_owned();
        let head = name.split('-').next()?;
        sumika::diag::Code::parse(head).filter(|code| code.to_string() == head).map(|code| code.to_string())
    }

    fn asserts_something(&self) -> bool {
        let claims = &self.claims;
        let lists = [&claims.shows, &claims.present, &claims.absent, &claims.args];
        let report = std::fs::read_to_string(self.folder.join("expected/report.txt")).unwrap_or_default();
        claims.exit != 0
            || claims.tree
            || lists.iter().any(|list| !list.is_empty())
            || !report.trim().is_empty()
            || self.code().is_some()
    }
}
