//! The whole program without input and output. Read this page first.

use jiff::Timestamp;

use crate::artifact::{Artifact, Sink};
use crate::check;
use crate::diag::{Checked, Report, Severity};
use crate::library::{self, Library};
use crate::render;
use crate::render::dead_links::{self, Traced};
use crate::select::{self, Request, Selection, Withheld};
use crate::site;
use crate::source::{Places, Sources, Span};
use crate::theme::{self, Theme};

/// Everything authored, parsed and validated. Depends on the files only.
#[derive(Debug)]
pub struct Opened {
    /// Templates, strings, style sheets.
    pub theme: Theme,
    /// Articles, plans, lists, areas.
    pub library: Library,
    /// Where the errors are: what quarantine withholds.
    pub errors: Errors,
}

/// What a build tells, beside the artifacts that it hands to the sink.
#[derive(Debug)]
pub struct Build {
    /// What is not public, for staff only.
    pub withheld: Vec<Withheld>,
    /// The last instant, at or before the request's, at which the site changed.
    pub constant_since: Option<Timestamp>,
    /// The next instant at which the site may change. Never to be published.
    pub constant_until: Option<Timestamp>,
    /// Errors that no quarantine can withhold: nothing may be published.
    pub fatal: bool,
}

/// Reads the sources. The same `Opened` serves any instant.
pub fn open(sources: &Sources) -> Checked<Opened> {
    let mut opened = library::assemble(sources).then(|library| {
        theme::parse(sources, &library.config.theme, None).map(|theme| Opened {
            theme,
            library,
            errors: Errors::default(),
        })
    });
    opened.value.errors = Errors::of(&opened.report);
    opened
}

/// What may be shown at one instant, and nothing rendered of it: for staff's look ahead.
pub fn select(opened: &Opened, request: &Request) -> Checked<Selection> {
    select::at(&opened.library, &opened.errors.places, request)
}

/// The public site at one instant, artifact by artifact.
///
/// With quarantine it is made twice: that a link leads nowhere shows on finished pages only, and the article that has
/// it must be gone before the first page is put out.
pub fn build(opened: &Opened, request: &Request, sink: &mut dyn Sink) -> Checked<Build> {
    let mut errors = opened.errors.clone();
    let mut told = Report::new();
    for _ in 0..if request.quarantine { DEAD_LINK_ROUNDS } else { 0 } {
        let Traced { report, places } = made(opened, &errors, request, &mut Nowhere).value.1;
        if places.is_empty() {
            break;
        }
        errors.places.extend(places);
        told.append(report);
    }
    let Checked { value: (mut built, traced), mut report } = made(opened, &errors, request, sink);
    report.append(traced.report);
    report.append(told);
    built.fatal = opened.errors.and(&Errors::of(&report)).outside(&built.withheld);
    Checked::new(built, report)
}

/// An article that is withheld for a dead link may take the place with it to which another one leads. Nobody writes
/// longer chains; what is left of one stops the build.
const DEAD_LINK_ROUNDS: usize = 8;

/// Takes artifacts and drops them.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _artifact: Artifact) {}
}

/// One way through all stages, and the links that lead nowhere in the end.
fn made(opened: &Opened, errors: &Errors, request: &Request, sink: &mut dyn Sink) -> Checked<(Build, Traced)> {
    sink.begins("select");
    select::at(&opened.library, &errors.places, request).then(|selection| {
        let Selection { public, withheld, constant_since, constant_until } = selection;
        let base_url = public.config.base_url.clone();
        let mut output = check::Output::new(sink);
        output.begins("site");
        site::model(public) // addresses, lists, neighbours
            .then(|site| {
                output.begins("render");
                render::all(&site, &opened.theme, &mut output) // pages, maps, feeds, open data
                    .map(|()| site)
            })
            .then(|site| {
                output.begins("check");
                output
                    .check_links(&base_url) // the output's own links and ids
                    .map(|dead| dead_links::trace(&site, &dead))
            })
            .map(|traced| (Build { withheld, constant_since, constant_until, fatal: false }, traced))
    })
}

/// The maps of the public site at one instant, measured.
pub fn survey_maps(opened: &Opened, request: &Request) -> Vec<render::survey::Surveyed> {
    let selected = select::at(&opened.library, &opened.errors.places, request);
    render::survey::survey(&site::model(selected.value.public).value)
}

/// Where errors are.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    places: Vec<Span>,
    without_place: bool,
}

impl Errors {
    fn of(report: &Report) -> Self {
        let mut errors = Self::default();
        for entry in report.iter().filter(|entry| entry.severity == Severity::Error) {
            match &entry.primary {
                Some(span) => errors.places.push(span.clone()),
                None => errors.without_place = true,
            }
        }
        errors
    }

    fn and(&self, other: &Self) -> Self {
        let places = self.places.iter().chain(&other.places).cloned().collect();
        Self { places, without_place: self.without_place || other.without_place }
    }

    /// True when an error is not inside something that is withheld because it is broken.
    fn outside(&self, withheld: &[Withheld]) -> bool {
        let mut outside = Places::new(&self.places);
        withheld.iter().filter(|item| item.reason.is_broken()).for_each(|item| outside.remove_in(&item.span));
        self.without_place || !outside.is_empty()
    }
}
