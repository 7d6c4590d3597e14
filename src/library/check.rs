//! References that do not depend on the instant: does what is named exist at all?

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Library;
use crate::article::{Article, ArticleId, Kind, Reference, reference};
use crate::asset;
use crate::diag::{Code, Diagnostic, Report};
use crate::markdown::{self, Destination};
use crate::source::{Span, Spanned};
use crate::tree::nearest;

/// The names that exist, for look-ups.
struct Known<'a> {
    articles: BTreeMap<&'a ArticleId, Vec<&'a Article>>,
    facilities: BTreeSet<&'a str>,
    areas: BTreeSet<&'a str>,
    editions: BTreeSet<&'a str>,
}

pub(super) fn references(library: &Library, report: &mut Report) {
    let mut articles: BTreeMap<&ArticleId, Vec<&Article>> = BTreeMap::new();
    for article in &library.articles {
        articles.entry(&article.id).or_default().push(article);
    }
    let known = Known {
        articles,
        facilities: library.facilities.iter().map(|facility| facility.id.as_str()).collect(),
        areas: library.areas.iter().map(|area| area.id.as_str()).collect(),
        editions: library.plans.iter().flat_map(|plan| &plan.editions).map(|edition| edition.id.as_str()).collect(),
    };
    let reports: Vec<Report> =
        library.articles.par_iter().map(|article| of_article(article, library, &known)).collect();
    for found in reports {
        report.append(found);
    }
    plans(library, &known, report);
    addresses(library, report);
}

fn of_article(article: &Article, library: &Library, known: &Known<'_>) -> Report {
    let mut report = Report::new();
    if let Some(edition) = &article.edition
        && !known.editions.contains(edition.value.as_str())
    {
        let unknown = Diagnostic::new(Code::EditionUnknown).at(&edition.span).arg("slug", &edition.value);
        report.push(unknown.arg("hint", hint(&edition.value, &known.editions)));
    }
    for area in &article.areas {
        area_exists(area, known, &mut report);
    }
    if let Some(image) = &article.image {
        picture_exists(article, image, library, &mut report);
    }
    for shortcode in article.body.shortcodes() {
        super::charts::check(shortcode, &library.figures, &mut report);
    }
    for named in article.body.references() {
        match named {
            markdown::Reference::Link(url) => link(article, url, library, known, &mut report),
            markdown::Reference::Picture(path) => picture_exists(article, path, library, &mut report),
            markdown::Reference::File(path) => file_exists(article, &path.value, &path.span, library, &mut report),
            markdown::Reference::Facility(id) => facility_exists(&id.value, &id.span, known, &mut report),
            markdown::Reference::Area(id) => area_exists(id, known, &mut report),
            markdown::Reference::Event(id) => event_exists(id, known, &mut report),
        }
    }
    report
}

fn link(article: &Article, url: &Spanned<String>, library: &Library, known: &Known<'_>, report: &mut Report) {
    match reference(&article.path, &url.value) {
        Reference::Article { id, anchor } => match known.articles.get(&id) {
            None => report.push(Diagnostic::new(Code::ArticleUnknown).at(&url.span).arg("target", &url.value)),
            Some(targets) => {
                if let Some(anchor) = anchor {
                    anchor_exists(&anchor, targets, url, report);
                }
            }
        },
        Reference::Anchor(anchor) if !anchor.is_empty() => anchor_exists(&anchor, &[article], url, report),
        Reference::Facility(id) => facility_exists(&id, &url.span, known, report),
        Reference::Area(id) => area_exists(&Spanned::new(id, url.span.clone()), known, report),
        // It may be an address that the site makes, as `/events.ics`: the links of the output are checked later.
        Reference::File(_) if matches!(markdown::classify(&url.value), Destination::Site(_)) => {}
        Reference::File(_) | Reference::Unusable => {
            file_exists(article, &url.value, &url.span, library, report);
        }
        Reference::Anchor(_) | Reference::SitePath(_) | Reference::External(_) => {}
    }
}

/// The heading must be in the linking language's version or, failing that, in any.
fn anchor_exists(anchor: &str, targets: &[&Article], url: &Spanned<String>, report: &mut Report) {
    let has = |article: &&Article| article.body.headings().iter().any(|heading| heading.id == anchor);
    let on_shared_page = targets.iter().any(|target| matches!(target.kind, Kind::Faq | Kind::Term));
    if !targets.iter().any(has) && !on_shared_page {
        report.push(Diagnostic::new(Code::AnchorUnknown).at(&url.span).arg("anchor", anchor));
    }
}

fn facility_exists(id: &str, span: &Span, known: &Known<'_>, report: &mut Report) {
    if !known.facilities.contains(id) {
        let unknown = Diagnostic::new(Code::FacilityUnknown).at(span).arg("id", id);
        report.push(unknown.arg("hint", hint(id, &known.facilities)));
    }
}

fn area_exists(area: &Spanned<String>, known: &Known<'_>, report: &mut Report) {
    if !known.areas.contains(area.value.as_str()) {
        let unknown = Diagnostic::new(Code::AreaUnknown).at(&area.span).arg("id", &area.value);
        report.push(unknown.arg("hint", hint(&area.value, &known.areas)));
    }
}

fn event_exists(id: &Spanned<String>, known: &Known<'_>, report: &mut Report) {
    let events: BTreeSet<&str> =
        known.articles.values().flatten().filter(|a| a.kind == Kind::Event).map(|a| a.slug.value.as_str()).collect();
    if !events.contains(id.value.as_str()) {
        let unknown = Diagnostic::new(Code::EventUnknown).at(&id.span).arg("id", &id.value);
        report.push(unknown.arg("hint", hint(&id.value, &events)));
    }
}

fn file_exists(article: &Article, path: &str, span: &Span, library: &Library, report: &mut Report) {
    match reference(&article.path, path) {
        Reference::File(file) if !library.assets.contains_key(&file) => {
            report.push(Diagnostic::new(Code::AssetMissing).at(span).arg("path", file));
        }
        // What is refused was reported where it was read.
        Reference::Unusable if !matches!(markdown::classify(path), Destination::Refused(_)) => {
            report.push(Diagnostic::new(Code::PathUnusable).at(span).arg("target", path));
        }
        _ => {}
    }
}

fn picture_exists(article: &Article, path: &Spanned<String>, library: &Library, report: &mut Report) {
    if let Reference::File(file) = reference(&article.path, &path.value)
        && let Some(problem) = asset::problem(&file, library.assets.get(&file), &path.span)
    {
        report.push(problem);
    } else {
        file_exists(article, &path.value, &path.span, library, report);
    }
}

fn plans(library: &Library, known: &Known<'_>, report: &mut Report) {
    for edition in library.plans.iter().flat_map(|plan| &plan.editions) {
        if let Some(lead) = &edition.lead
            && !known.articles.contains_key(&ArticleId::new(&lead.value))
        {
            report.push(Diagnostic::new(Code::LeadUnknown).at(&lead.span).arg("id", &lead.value));
        }
        for area in &edition.areas {
            area_exists(area, known, report);
        }
    }
}

/// Two articles of one language at one address: both are wrong, for nobody can tell which one is meant.
fn addresses(library: &Library, report: &mut Report) {
    let mut taken: BTreeMap<String, &Article> = BTreeMap::new();
    for article in library.articles.iter().filter(|article| !article.is_index()) {
        let section = article.kind.section().map_or_else(String::new, |section| format!("{section}/"));
        let address = format!("/{section}{}/", article.slug.value);
        let key = format!("{}:{address}", article.lang);
        if let Some(other) = taken.get(&key) {
            let (here, there) = (&article.slug.span, &other.slug.span);
            report.push(Diagnostic::new(Code::AddressTwice).at(here).arg("address", &address).label(there, "other"));
            report.push(Diagnostic::new(Code::AddressTwice).at(there).arg("address", &address).label(here, "other"));
        } else {
            taken.insert(key, article);
        }
    }
}

fn hint(written: &str, known: &BTreeSet<&str>) -> String {
    match nearest(written, known.iter().copied()) {
        Some(near) => format!("→ `{near}` ?"),
        None => {
            let shown: Vec<String> = known.iter().take(12).map(|name| format!("`{name}`")).collect();
            format!("→ {}{}", shown.join(" "), if known.len() > 12 { " …" } else { "" })
        }
    }
}
