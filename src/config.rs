//! The site's configuration, `sumika.toml`.
//!
//! In: the sources. Out: a `Config` with a default for everything optional, and a report in which an unknown key
//! is an error that names the nearest known one. Errors here always stop the build.

mod accessibility;
mod localised;
mod map;
mod sections;

use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;

pub use accessibility::Accessibility;
pub use localised::{Lang, Localised, localised, phone};
pub use map::{MapSettings, Tiles};
pub use sections::{Contribute, Desk, Licence, Municipality};

use crate::area::AreasConfig;
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Sources, Span};
use crate::tree::{Fields, Table, Value, parse_toml};

/// Where the configuration stands.
pub const CONFIG_PATH: &str = "sumika.toml";

/// All of `sumika.toml`.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: Localised,
    /// What the site is, in a sentence.
    pub description: Localised,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// Languages, the default first. Never empty.
    pub languages: Vec<Lang>,
    /// The zone that days and local times belong to.
    pub zone: TimeZone,
    /// Folder below `themes/`.
    pub theme: String,
    /// Licence of text and data.
    pub licence: Licence,
    /// The municipalities of the site.
    pub municipalities: Vec<Municipality>,
    /// The consultation desk, on every page.
    pub desk: Desk,
    /// What to do at a sudden change.
    pub emergency: Option<Localised>,
    /// How readers suggest corrections.
    pub contribute: Contribute,
    /// Maps.
    pub map: MapSettings,
    /// Names of the properties in `areas.geojson`.
    pub areas: AreasConfig,
    /// Months after which a facility's row counts as unconfirmed.
    pub verified_within_months: u32,
    /// After how many months without a confirmation a facility is no longer shown; none where it always is.
    pub hidden_after_months: Option<u32>,
    /// How many of a list's rows, in percent, may change at once before the check tells.
    pub changed_at_most_percent: usize,
    /// True where HTML in articles is published, cleaned; otherwise it is dropped.
    pub raw_html: bool,
    /// Entries in a feed.
    pub feed_entries: usize,
    /// The accessibility policy.
    pub accessibility: Accessibility,
}

impl Config {
    /// The first language.
    #[must_use]
    pub fn default_language(&self) -> &Lang {
        self.languages.first().unwrap_or_else(|| unreachable!("`languages` is never empty"))
    }
}

/// Scheme, host and path below which the site stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseUrl {
    /// `https://example.jp`, without slash.
    pub origin: String,
    /// `/` or `/home/`: begins and ends with a slash, percent-encoded.
    pub path: String,
}

fn without_usual_port(host: &str) -> &str {
    host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host)
}

impl BaseUrl {
    /// Reads a web address; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return None;
        }
        let path = format!("{}/", url.path().trim_end_matches('/'));
        Some(Self { origin: url.origin().ascii_serialization(), path })
    }

    /// The site path, with a slash at its beginning, that a whole web address names; `None` where it leads elsewhere.
    #[must_use]
    pub fn within(&self, address: &str) -> Option<String> {
        let (scheme, rest) = address.split_once("://")?;
        let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let below = if rest.is_empty() { "/" } else { rest };
        // Whoever runs `https://example.jp` answers at `http://example.jp` and `https://example.jp:443` too.
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        let own = self.origin.split_once("://").map_or("", |(_, host)| host);
        if !is_web || !without_usual_port(host).eq_ignore_ascii_case(without_usual_port(own)) {
            return None;
        }
        let mut path = below;
        // Part by part, for authors write `在宅` as often as `%E5%9C%A8%E5%AE%85`.
        for part in self.path.split('/').filter(|part| !part.is_empty()) {
            let after = path.strip_prefix('/')?;
            let (written, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
            if !percent_decode_str(written).eq(percent_decode_str(part)) {
                return None;
            }
            path = rest;
        }
        Some(if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
    }

    /// A site path that begins with a slash, for `href`.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.path.trim_end_matches('/'))
    }

    /// The whole address of a site path that begins with a slash.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}{}", self.origin, self.path, path.trim_start_matches('/'))
    }
}

/// Reads `sumika.toml`. Where it is missing or broken, the value holds defaults and the report the errors.
pub fn read(sources: &Sources) -> Checked<Config> {
    let mut report = Report::new();
    let table = match sources.text_at(CONFIG_PATH) {
        Some((path, text)) => parse_toml(&text.text, &path, 0).into(&mut report),
        None => {
            let path = SourcePath::new(CONFIG_PATH).unwrap_or_else(|| unreachable!("a plain name"));
            // A file that is there and can't be read has been told as such.
            if sources.get(&path).is_none() {
                report.push(Diagnostic::new(Code::NoConfiguration).at(&Span::file(&path)));
            }
            return Checked::new(config(&Table::empty(Span::file(&path)), &mut Report::new()), report);
        }
    };
    // Behind an open quote or bracket nothing stands where its author meant it: only the mistake itself is told.
    let is_whole = !report.has_errors();
    let mut of_values = Report::new();
    let config = config(&table, &mut of_values);
    if is_whole {
        report.append(without_words_of_lost_languages(&table, of_values));
    }
    Checked::new(config, report)
}

/// Of languages that could not be read nobody knows whether the site has them: words in them are not unknown keys.
fn without_words_of_lost_languages(table: &Table, report: Report) -> Report {
    let has_site = matches!(table.get("site").map(|node| &node.value), Some(Value::Table(_)));
    let unread = report.iter().any(|told| match told.code {
        Code::LanguageUnknown => true,
        Code::WrongType => told.filling("key") == "site.languages",
        _ => false,
    });
    let lost = unread || !has_site;
    let is_of_language = |told: &Diagnostic| {
        let last = told.filling("key").rsplit_once('.').map_or("", |(_, last)| last);
        told.code == Code::UnknownKey && Lang::new(last).is_some()
    };
    if lost { report.keeping(|told| !is_of_language(told)) } else { report }
}

fn config(table: &Table, report: &mut Report) -> Config {
    let top = Fields::new(table, "");
    let empty = Table::unknown(table.span.clone());
    let section = |key: &str| Fields::new(top.table(key).unwrap_or(&empty), &format!("{key}."));
    top.require("site");
    let site = section("site");
    let languages = languages(&site);
    let default = languages.first().cloned().unwrap_or_else(Lang::ja);
    let text = |fields: &Fields<'_>, key: &str| localised(fields, key, &languages);
    site.require("title");
    let title = text(&site, "title").unwrap_or_else(|| Localised::plain(&default, "Sumika"));
    let description = text(&site, "description").unwrap_or_else(|| Localised::plain(&default, ""));
    let emergency = section("emergency");
    let check = section("check");
    let feeds = section("feeds");
    let markdown = section("markdown");
    let config = Config {
        title,
        description,
        base_url: base_url(&site),
        zone: zone(&site),
        theme: site.text("theme").map_or_else(|| "default".to_owned(), |name| name.value),
        licence: sections::licence(&site),
        municipalities: sections::municipalities(&top, report),
        desk: sections::desk(&top, &languages, report),
        emergency: text(&emergency, "text"),
        contribute: sections::contribute(&top, report),
        map: map::map(&top, &languages, report),
        areas: sections::areas(&top, report),
        verified_within_months: months(&check, "verified_within").unwrap_or(12),
        hidden_after_months: hidden_after(&check),
        changed_at_most_percent: check
            .integer("changed_at_most_percent", 1, 100)
            .map_or(20, |n| usize::try_from(n.value).unwrap_or(20)),
        raw_html: markdown.boolean("raw_html").unwrap_or(false),
        feed_entries: feeds.integer("entries", 1, 500).map_or(20, |n| usize::try_from(n.value).unwrap_or(20)),
        accessibility: accessibility::read(&top, &languages, report),
        languages,
    };
    // The contract names them; nothing can be set in them yet.
    for table in ["print", "search"].into_iter().filter_map(|key| top.fields(key)) {
        table.finish(report);
    }
    for fields in [site, emergency, check, feeds, markdown, top] {
        fields.finish(report);
    }
    config
}

fn languages(site: &Fields<'_>) -> Vec<Lang> {
    let mut languages: Vec<Lang> = Vec::new();
    for text in site.texts("languages") {
        match Lang::new(&text.value) {
            Some(lang) if languages.contains(&lang) => {
                site.push(Diagnostic::new(Code::LanguageTwice).at(&text.span).arg("lang", lang.as_str()));
            }
            Some(lang) => languages.push(lang),
            None => site.push(Diagnostic::new(Code::LanguageUnknown).at(&text.span).arg("lang", &text.value)),
        }
    }
    if languages.is_empty() {
        languages.push(Lang::ja());
    }
    languages
}

fn base_url(site: &Fields<'_>) -> BaseUrl {
    let fallback = BaseUrl { origin: "https://example.jp".to_owned(), path: "/".to_owned() };
    let Some(text) = site.required_text("base_url") else { return fallback };
    BaseUrl::parse(&text.value).unwrap_or_else(|| {
        site.push(Diagnostic::new(Code::BaseUrlUnusable).at(&text.span).arg("value", &text.value));
        fallback
    })
}

fn zone(site: &Fields<'_>) -> TimeZone {
    let tokyo = || TimeZone::get("Asia/Tokyo").unwrap_or_else(|_| unreachable!("the zone data is bundled"));
    let Some(text) = site.text("timezone") else { return tokyo() };
    TimeZone::get(&text.value).unwrap_or_else(|_| {
        site.push(Diagnostic::new(Code::ZoneUnknown).at(&text.span).arg("value", &text.value));
        tokyo()
    })
}

/// `"18 months"`, or `"never"`.
fn hidden_after(check: &Fields<'_>) -> Option<u32> {
    if check.text("hidden_after").is_some_and(|text| matches!(text.value.trim(), "never" | "なし")) {
        return None;
    }
    Some(months(check, "hidden_after").unwrap_or(18))
}

/// `"12 months"` (or `"1 year"`).
fn months(check: &Fields<'_>, key: &str) -> Option<u32> {
    let text = check.text(key)?;
    let parsed = text.value.split_once(' ').and_then(|(number, unit)| {
        let number: u32 = number.parse().ok().filter(|n| (1..=120).contains(n))?;
        match unit.trim() {
            "month" | "months" | "か月" => Some(number),
            "year" | "years" | "年" => Some(number * 12),
            _ => None,
        }
    });
    if parsed.is_none() {
        check.push(Diagnostic::new(Code::DurationUnreadable).at(&text.span).arg("value", &text.value));
    }
    parsed
}
