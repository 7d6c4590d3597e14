//! References that do not depend on the instant: does what is named exist at all?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::addresses::{former, path_of};
use super::{Addresses, Library, Named};
use crate::area::Areas;
use crate::article::{Article, ArticleId, Kind, Reference, page_path, reference};
use crate::asset;
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::facility::FACILITIES_FOLDER;
use crate::geo::Position;
use crate::markdown::{self, Destination};
use crate::source::{Span, Spanned};
use crate::tree::nearest;

/// The names that exist, for look-ups.
struct Known<'a> {
    articles: BTreeMap<&'a ArticleId, Vec<&'a Article>>,
    facilities: BTreeSet<&'a str>,
    areas: BTreeSet<&'a str>,
    editions: BTreeSet<&'a str>,
    events: BTreeSet<&'a str>,
    /// False where lists, or rows of lists, could not be read: what they name is not known.
    lists_are_whole: bool,
    /// Few articles name an address.
    addresses: LazyLock<Addresses, Box<dyn Fn() -> Addresses + Send + Sync + 'a>>,
}

impl Known<'_> {
    /// How bad it is that something of the lists is unknown. It may stand in what could not be read, which is an error
    /// already: whoever refers to it made none.
    fn of_lists(&self) -> Severity {
        if self.lists_are_whole { Severity::Error } else { Severity::Warning }
    }
}

pub(super) fn references(library: &Library, report: &mut Report) {
    let mut articles: BTreeMap<&ArticleId, Vec<&Article>> = BTreeMap::new();
    for article in &library.articles {
        articles.entry(&article.id).or_default().push(article);
    }
    let events = library.articles.iter().filter(|article| article.kind == Kind::Event);
    let editions = library.plans.iter().flat_map(|plan| &plan.editions).map(|edition| edition.id.as_str());
    let lost_editions = library.plans.iter().flat_map(|plan| &plan.lost).filter_map(|lost| lost.slug.as_deref());
    let known = Known {
        articles,
        facilities: library.facilities.iter().map(|facility| facility.id.as_str()).collect(),
        areas: library.areas.iter().map(|area| area.id.as_str()).collect(),
        editions: editions.chain(lost_editions).collect(),
        events: events.map(|article| article.slug.value.as_str()).collect(),
        lists_are_whole: !library.unreadable.iter().any(|span| span.path.is_below(FACILITIES_FOLDER)),
        addresses: LazyLock::new(Box::new(|| Addresses::new(library))),
    };
    let reports: Vec<Report> =
        library.articles.par_iter().map(|article| of_article(article, library, &known)).collect();
    for found in reports {
        report.append(found);
    }
    plans(library, &known, report);
    addresses(library, report);
    former_addresses(library, &known, report);
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
    if let Some(place) = article.event.as_ref().and_then(|event| event.position.as_ref()) {
        is_within(place, &library.areas, &mut report);
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
    match reference(&article.path, &url.value, &library.config.base_url) {
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
        Reference::File(_) if matches!(markdown::classify(&url.value), Destination::Site(_)) => {
            page_exists(&url.value, url, known, report);
        }
        Reference::SitePath(path) => page_exists(&path, url, known, report),
        Reference::File(_) | Reference::Unusable => {
            file_exists(article, &url.value, &url.span, library, report);
        }
        Reference::Anchor(_) | Reference::External(_) => {}
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
        let unknown = Diagnostic::new(Code::FacilityUnknown).at(span).arg("id", id).severity(known.of_lists());
        report.push(unknown.arg("hint", hint(id, &known.facilities)));
    }
}

fn area_exists(area: &Spanned<String>, known: &Known<'_>, report: &mut Report) {
    if !known.areas.contains(area.value.as_str()) {
        let unknown = Diagnostic::new(Code::AreaUnknown).at(&area.span).arg("id", &area.value);
        report.push(unknown.arg("hint", hint(&area.value, &known.areas)));
    }
}

/// Whether the site has such a page, or will have it, or had it. Files are checked in the output.
fn page_exists(address: &str, url: &Spanned<String>, known: &Known<'_>, report: &mut Report) {
    let Some(path) = page_path(address) else { return };
    let addresses = &known.addresses;
    if addresses.named(&path).is_none() {
        let of_lists = ["/facilities/", "/categories/", "/services/"].iter().any(|folder| path.contains(folder));
        let severity = if of_lists { known.of_lists() } else { Severity::Error };
        let unknown = Diagnostic::new(Code::AddressUnknown).at(&url.span).arg("target", &url.value).severity(severity);
        let near = nearest(&path, addresses.paths());
        report.push(unknown.arg("hint", near.map_or_else(String::new, |near| format!(" → `{near}` ?"))));
    }
}

fn is_within(place: &Spanned<Position>, areas: &Areas, report: &mut Report) {
    let position = place.value;
    if areas.have_shapes() && areas.locate(position).is_empty() {
        let (near, distance) = areas.nearest_in_words(position);
        let outside = Diagnostic::new(Code::EventOutsideAreas).at(&place.span).arg("near", near);
        report.push(outside.arg("distance", distance).arg("lat", position.lat).arg("lon", position.lon));
    }
}

fn event_exists(id: &Spanned<String>, known: &Known<'_>, report: &mut Report) {
    if !known.events.contains(id.value.as_str()) {
        let unknown = Diagnostic::new(Code::EventUnknown).at(&id.span).arg("id", &id.value);
        report.push(unknown.arg("hint", hint(&id.value, &known.events)));
    }
}

fn file_exists(article: &Article, path: &str, span: &Span, library: &Library, report: &mut Report) {
    match reference(&article.path, path, &library.config.base_url) {
        Reference::File(file) if !library.assets.contains_key(&file) => {
            report.push(Diagnostic::new(Code::AssetMissing).at(span).arg("path", file));
        }
        Reference::File(file) => {
            if let Some(problem) = asset::not_offered(&file, span) {
                report.push(problem);
            }
        }
        // What is refused was reported where it was read.
        Reference::Unusable if !matches!(markdown::classify(path), Destination::Refused(_)) => {
            report.push(Diagnostic::new(Code::PathUnusable).at(span).arg("target", path));
        }
        _ => {}
    }
}

fn picture_exists(article: &Article, path: &Spanned<String>, library: &Library, report: &mut Report) {
    if let Reference::File(file) = reference(&article.path, &path.value, &library.config.base_url)
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

/// A former address that is another page's present one, or another's former one, leads nobody where it should.
fn former_addresses(library: &Library, known: &Known<'_>, report: &mut Report) {
    let mut taken: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for article in library.articles.iter().filter(|article| !article.is_index()) {
        let own = Named::Article(article.id.clone(), article.lang.clone());
        for alias in &article.aliases {
            let path = former(&alias.value);
            let twice = Diagnostic::new(Code::AddressTwice).at(&alias.span).arg("address", &path);
            if let Some(other) = taken.insert(path.clone(), alias) {
                report.push(twice.label(&other.span, "other"));
            } else if known.addresses.named(&path).is_some_and(|named| *named != own) || path == path_of(article) {
                report.push(twice);
            }
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
