//! Everything a page maker works with in one language: the site, the words, the furnished theme.

pub(super) mod article;
pub(super) mod event;
pub(super) mod facility;
pub(super) mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};

use super::maps::Maps;
use super::site_view;
use super::view::{AnswerView, CategoryTag, CountLink, DateView, Kept, Link, PhoneView};
use crate::area::{Area, AreaId};
use crate::article::Kind;
use crate::config::{BaseUrl, Config, Lang};
use crate::diag::{Checked, Diagnostic};
use crate::japan::phone::Phone;
use crate::site::{Address, PageKind, Site};
use crate::theme::{Room, Theme, Words};
use crate::vocabulary::{self, CategoryId, Scene, ServiceId, Viewpoint};

/// What the makers of one language share.
pub(super) struct Studio<'a> {
    pub site: &'a Site,
    pub theme: &'a Theme,
    pub maps: &'a Maps<'a>,
    pub lang: &'a Lang,
    pub room: Room,
    /// Bytes of the files of the open data, by path.
    pub file_sizes: BTreeMap<String, usize>,
    /// What thousands of list entries repeat, put into words once.
    shared: Shared<'a>,
}

/// Words that list entries repeat.
#[derive(Default)]
struct Shared<'a> {
    services: BTreeMap<&'a ServiceId, Service>,
    categories: BTreeMap<&'a CategoryId, Kept<CategoryTag>>,
    areas: BTreeMap<&'a AreaId, Kept<Link>>,
    /// Home, and the pages that list areas or articles.
    lists: Vec<(PageKind, Kept<Link>)>,
    /// Days of confirmations and of articles.
    dates: BTreeMap<Date, Kept<DateView>>,
    /// By position.
    facilities: Vec<FacilityWords>,
    parts: parts::Parts,
}

/// A service in words.
struct Service {
    /// Its place in the vocabulary.
    rank: usize,
    name: Kept<String>,
    answer: Kept<AnswerView>,
}

/// What lists and other pages say of a facility, each put into words when it is needed first.
#[derive(Default)]
struct FacilityWords {
    link: OnceLock<Kept<Link>>,
    /// What every list says of it.
    facts: OnceLock<Result<Kept<String>, Box<Diagnostic>>>,
}

impl<'a> Studio<'a> {
    pub(super) fn new(site: &'a Site, theme: &'a Theme, maps: &'a Maps<'a>, lang: &'a Lang) -> Checked<Self> {
        theme.words(lang.as_str()).then(|words| {
            let view = site_view::site_view(site, &words, lang);
            let base_path = site.public.config.base_url.path.clone();
            theme.room(words, &view, &base_path).map(|room| {
                let file_sizes = BTreeMap::new();
                let mut studio = Self { site, theme, maps, lang, room, file_sizes, shared: Shared::default() };
                studio.shared = studio.put_into_words();
                studio
            })
        })
    }

    fn put_into_words(&self) -> Shared<'a> {
        let (site, lang) = (self.site, self.lang.as_str());
        let vocabulary = &site.public.vocabulary;
        let services = vocabulary.services.iter().enumerate();
        let tag = |id: &CategoryId| {
            let count = self.category_count(id);
            CategoryTag { id: id.to_string(), label: count.label, href: count.href, mark_html: count.mark_html }.into()
        };
        let area_link = |area: &Area| self.link(area.name_in(lang), &PageKind::Area(area.id.clone()));
        let list = |kind: PageKind| self.list_title(&kind).map(|title| (kind.clone(), self.link(&title, &kind)));
        Shared {
            services: services.map(|(rank, one)| (&one.id, self.service_in_words(rank, one))).collect(),
            categories: vocabulary.categories.iter().map(|category| (&category.id, tag(&category.id))).collect(),
            areas: site.public.areas.iter().map(|area| (&area.id, area_link(area))).collect(),
            lists: lists().filter_map(list).collect(),
            dates: self.days().into_iter().map(|day| (day, self.date_in_words(day))).collect(),
            facilities: site.public.facilities.iter().map(|_| FacilityWords::default()).collect(),
            parts: parts::Parts::new(site.public.articles.len(), site.public.facilities.len()),
        }
    }

    fn service_in_words(&self, rank: usize, service: &vocabulary::Service) -> Service {
        let (name, id) = (service.name.get(self.lang.as_str()).to_owned(), &service.id);
        let is_listed = self.site.facilities.by_service.contains_key(id);
        let answer = AnswerView {
            label: name.clone(),
            href: if is_listed { self.href(&PageKind::Service(id.clone())) } else { String::new() },
            description: service.description.get(self.lang.as_str()).to_owned(),
        };
        Service { rank, name: name.into(), answer: answer.into() }
    }

    /// What links to a page that lists things, or to home, are called.
    fn list_title(&self, kind: &PageKind) -> Option<String> {
        Some(match kind {
            PageKind::Home => self.word("home"),
            PageKind::Areas => self.section_name("areas"),
            PageKind::Section(kind) => self.section_name(kind.section()?),
            PageKind::Scene(scene) => scene.name().get(self.lang.as_str()).to_owned(),
            PageKind::Viewpoint(viewpoint) => viewpoint.name().get(self.lang.as_str()).to_owned(),
            _ => return None,
        })
    }

    /// What a section is called wherever it is named.
    pub(super) fn section_name(&self, section: &str) -> String {
        site_view::section_name(self.site, self.words(), (section, self.lang))
    }

    /// A link to home, or to a page that lists areas or articles.
    pub(super) fn list_link(&self, kind: &PageKind) -> Option<Kept<Link>> {
        self.shared.lists.iter().find(|(list, _)| list == kind).map(|(_, link)| link.clone())
    }

    pub(super) fn words(&self) -> &Words {
        self.room.words()
    }

    pub(super) fn config(&self) -> &Config {
        &self.site.public.config
    }

    pub(super) fn base(&self) -> &BaseUrl {
        &self.config().base_url
    }

    /// `href` of a page in this language.
    pub(super) fn href(&self, kind: &PageKind) -> String {
        self.site.address(kind, self.lang).href(self.base())
    }

    pub(super) fn href_of(&self, address: &Address) -> String {
        address.href(self.base())
    }

    pub(super) fn link(&self, label: &str, kind: &PageKind) -> Kept<Link> {
        Link { label: label.to_owned(), href: self.href(kind) }.into()
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.words().get(key).to_owned()
    }

    /// The days that pages show again and again.
    fn days(&self) -> BTreeSet<Date> {
        let public = &self.site.public;
        let confirmed = public.facilities.iter().filter_map(|one| one.facility.verified_on);
        let written = public.articles.iter().flat_map(|one| [self.site.day_of(one), self.site.updated_of(one)]);
        confirmed.chain(written.flatten()).collect()
    }

    pub(super) fn date(&self, date: Date) -> Kept<DateView> {
        self.shared.dates.get(&date).cloned().unwrap_or_else(|| self.date_in_words(date))
    }

    fn date_in_words(&self, date: Date) -> Kept<DateView> {
        let (long, short) = (self.words().date_long(date), self.words().date_short(date));
        DateView { iso: date.to_string(), long, short }.into()
    }

    pub(super) fn date_at(&self, at: jiff::Timestamp) -> Kept<DateView> {
        self.date(self.local(at).date())
    }

    pub(super) fn local(&self, at: jiff::Timestamp) -> DateTime {
        self.config().zone.to_datetime(at)
    }

    pub(super) fn area_name(&self, id: &AreaId) -> String {
        self.site
            .public
            .areas
            .get(id)
            .map_or_else(|| id.to_string(), |area| area.name_in(self.lang.as_str()).to_owned())
    }

    pub(super) fn area_link(&self, id: &AreaId) -> Kept<Link> {
        self.shared.areas.get(id).cloned().unwrap_or_default()
    }

    /// Links to areas by their written names; unknown ones were reported and are left out.
    pub(super) fn area_links<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<Kept<Link>> {
        let known = names.filter_map(AreaId::new).filter(|id| self.site.public.areas.get(id).is_some());
        known.map(|id| self.area_link(&id)).collect()
    }

    pub(super) fn category_count(&self, id: &crate::vocabulary::CategoryId) -> CountLink {
        let category = self.site.public.vocabulary.category(id.as_str());
        CountLink {
            label: category.map_or(id.as_str(), |category| category.name.get(self.lang.as_str())).to_owned(),
            href: self.href(&PageKind::Category(id.clone())),
            count: self.site.facilities.by_category.get(id).map_or(0, Vec::len),
            description: category.map_or("", |category| category.description.get(self.lang.as_str())).to_owned(),
            mark_html: self.maps.mark(id),
        }
    }

    pub(super) fn category_counts(&self) -> Vec<CountLink> {
        self.site.categories().map(|id| self.category_count(id)).collect()
    }

    pub(super) fn service_count(&self, id: &crate::vocabulary::ServiceId) -> CountLink {
        let service = self.site.public.vocabulary.service(id.as_str());
        CountLink {
            label: service.map_or(id.as_str(), |service| service.name.get(self.lang.as_str())).to_owned(),
            href: self.href(&PageKind::Service(id.clone())),
            count: self.site.facilities.by_service.get(id).map_or(0, |offers| offers.yes.len()),
            description: service.map_or("", |service| service.description.get(self.lang.as_str())).to_owned(),
            mark_html: String::new(),
        }
    }

    pub(super) fn service_counts(&self) -> Vec<CountLink> {
        self.site.services().map(|id| self.service_count(id)).collect()
    }

    /// Services that belong to one of these scenes, and that somebody offers.
    pub(super) fn services_of(&self, scenes: &[Scene]) -> Vec<CountLink> {
        let vocabulary = &self.site.public.vocabulary;
        let belongs = |id: &&ServiceId| {
            vocabulary.service(id.as_str()).is_some_and(|service| service.scenes.iter().any(|one| scenes.contains(one)))
        };
        self.site.services().filter(belongs).map(|id| self.service_count(id)).collect()
    }
}

/// The pages that breadcrumbs and topics lead to, and home.
fn lists() -> impl Iterator<Item = PageKind> {
    let sections = Kind::CHOICES.iter().map(|&(_, kind)| PageKind::Section(kind));
    let scenes = Scene::ALL.iter().copied().map(PageKind::Scene);
    let viewpoints = Viewpoint::ALL.iter().copied().map(PageKind::Viewpoint);
    [PageKind::Home, PageKind::Areas].into_iter().chain(sections).chain(scenes).chain(viewpoints)
}

/// A telephone number for a link.
pub(super) fn phone_view(number: &Phone) -> PhoneView {
    let note = match number.label() {
        Some("代") => "代表",
        label => label.unwrap_or_default(),
    };
    PhoneView { display: number.shown().to_owned(), href: number.href(), note: note.to_owned() }
}

/// A telephone number as written. What can't be dialled as it stands is shown, and was reported.
pub(super) fn written_phone(written: &str) -> PhoneView {
    match Phone::parse(written) {
        Ok(number) => phone_view(&number),
        Err(_) => {
            PhoneView { display: written.to_owned(), href: format!("tel:{}", digits(written)), note: String::new() }
        }
    }
}

fn digits(written: &str) -> String {
    written.chars().filter(|c| c.is_ascii_digit() || *c == '#').collect()
}
