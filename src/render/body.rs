//! The text of an article as HTML: links resolved, pictures made, terms linked at first use, shortcodes filled.

use std::collections::BTreeSet;

use super::pictures::{Used, picture_html};
use super::studio::Studio;
use super::studio::facility::OnMap;
use super::view::{
    CalloutShortcode, ChartView, EventShortcode, FacilityShortcode, FigureShortcode, MangaPage, MangaShortcode,
    MapShortcode, QrShortcode, QuoteShortcode, VideoShortcode,
};
use crate::area::AreaId;
use crate::article::{Article, Kind};
use crate::diag::Diagnostic;
use crate::markdown::shortcode::Kind as ShortcodeKind;
use crate::markdown::{self, Alert, Holes, Image, Inner, Link, LinkTarget, Shortcode, Word, escape, ruby};
use crate::select::PublicArticle;
use crate::site::{ArticleNo, PageKind, Resolved};

/// Fills the text of a public article. `heading_shift` deepens headings on pages that hold several articles.
pub(super) fn body_html(
    studio: &Studio<'_>,
    public: &PublicArticle,
    heading_shift: u8,
    used: &mut Used,
) -> Result<String, Box<Diagnostic>> {
    let article = &public.article;
    let mut filler =
        Filler { studio, article, used, linked: BTreeSet::new(), heading_shift, charts: 0, maps: 0, problem: None };
    let html = markdown::fill(&article.body, &mut filler);
    match filler.problem {
        Some(problem) => Err(problem),
        None => Ok(html),
    }
}

/// The text of one of several articles on a page, with ids of its own: each begins with the prefix.
pub(super) fn with_own_ids(html: &str, prefix: &str) -> String {
    const NAMES: [&str; 5] = [" id=\"", " href=\"#", " aria-labelledby=\"", " aria-describedby=\"", " for=\""];
    let begins = |html: &str| NAMES.iter().filter_map(|name| Some((html.find(name)?, name.len()))).min();
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((at, length)) = begins(rest) {
        let (before, value) = rest.split_at(at + length);
        let (ids, after) = value.split_at(value.find('"').unwrap_or(value.len()));
        let ids: Vec<String> = ids.split(' ').map(|id| format!("{prefix}-{id}")).collect();
        out.push_str(before);
        out.push_str(&ids.join(" "));
        rest = after;
    }
    out + rest
}

struct Filler<'a, 'u> {
    studio: &'a Studio<'a>,
    article: &'a Article,
    used: &'u mut Used,
    /// Terms that were linked already.
    linked: BTreeSet<ArticleNo>,
    heading_shift: u8,
    /// How many charts there were.
    charts: usize,
    /// How many maps there were.
    maps: usize,
    problem: Option<Box<Diagnostic>>,
}

impl Filler<'_, '_> {
    fn template(&mut self, name: &str, view: &impl serde::Serialize) -> String {
        let rendered = self.studio.room.render(&format!("shortcodes/{name}.html"), view, self.article.path.as_str());
        rendered.unwrap_or_else(|problem| {
            self.problem.get_or_insert(problem);
            String::new()
        })
    }

    fn shared_page_of_terms(&self) -> bool {
        self.article.kind == Kind::Term
    }
}

/// A key's value without ruby.
fn plain(value: &str) -> String {
    ruby::base_text(value).into_owned()
}

impl Holes for Filler<'_, '_> {
    fn link(&mut self, link: &Link) -> LinkTarget {
        let to = |href: String| LinkTarget::To { href, attributes: Vec::new() };
        match self.studio.site.resolve(self.article, &link.url.value) {
            Resolved::Page(address) => to(self.studio.href_of(&address)),
            Resolved::Anchor(anchor) => to(format!("#{anchor}")),
            Resolved::SitePath(path) => to(self.studio.base().href(&path)),
            Resolved::File(_) => match self.studio.attachment(self.article, &link.url.value, self.used) {
                Some(href) => to(href),
                None => LinkTarget::Plain,
            },
            Resolved::External(url) if url.starts_with("http") => LinkTarget::To {
                href: url,
                attributes: vec![("rel", "noopener noreferrer".to_owned()), ("class", "external".to_owned())],
            },
            Resolved::External(url) => to(url),
            Resolved::Nothing => LinkTarget::Plain,
        }
    }

    fn image(&mut self, image: &Image) -> String {
        let view = self.studio.picture(self.article, &image.src.value, &image.alt, self.used);
        view.map_or_else(String::new, |view| picture_html(&view))
    }

    fn shortcode(&mut self, shortcode: &Shortcode, inner: Inner) -> String {
        let get = |key: &str| shortcode.get(key).unwrap_or_default().to_owned();
        match shortcode.kind {
            ShortcodeKind::Figure => {
                let image = self.studio.picture(self.article, &get("src"), &get("alt"), self.used);
                self.template("figure", &FigureShortcode { image, caption_html: ruby::to_html(&get("caption")) })
            }
            ShortcodeKind::Quote => {
                self.template("quote", &QuoteShortcode { body_html: inner.html, who: plain(&get("who")) })
            }
            ShortcodeKind::Callout => self.callout(&get("kind"), get("title"), inner.html),
            ShortcodeKind::Video => self.video(shortcode, inner.html),
            ShortcodeKind::Manga => {
                let pages = inner.pages.into_iter().enumerate().map(|(at, page)| MangaPage {
                    number: at + 1,
                    image_html: page.image,
                    words_html: page.words,
                });
                let view = MangaShortcode { title: get("title"), pages: pages.collect() };
                self.template("manga", &view)
            }
            ShortcodeKind::Facility => self.facility(&get("id")),
            ShortcodeKind::Event => self.event(&get("id")),
            ShortcodeKind::Map => self.map(&get("area")),
            ShortcodeKind::Chart => self.chart(shortcode),
            ShortcodeKind::Qr => self.qr(&get("url"), get("label")),
        }
    }

    fn text(&mut self, html: &str, out: &mut String) {
        let glossary = self.studio.site.glossaries.get(self.studio.lang);
        let Some(glossary) = glossary.filter(|_| !self.shared_page_of_terms()) else {
            out.push_str(html);
            return;
        };
        let mut done = 0;
        for (term, range) in glossary.find(html) {
            if !self.linked.insert(term) {
                continue;
            }
            let href = self.studio.article_href(self.studio.site.article(term));
            out.push_str(html.get(done..range.start).unwrap_or_default());
            out.push_str(&format!("<a class=\"term\" href=\"{}\">", escape(&href)));
            out.push_str(html.get(range.clone()).unwrap_or_default());
            out.push_str("</a>");
            done = range.end;
        }
        out.push_str(html.get(done..).unwrap_or_default());
    }

    fn word(&mut self, word: Word) -> String {
        let words = self.studio.words();
        let numbered = |key: &str, n: u32| words.fill(key, &[("n", &n.to_string())]);
        match word {
            Word::Footnotes => self.studio.word("footnotes"),
            Word::FootnoteTo(n) => numbered("footnote_to", n),
            Word::FootnoteBack(n) => numbered("footnote_back", n),
            Word::Alert(alert) => self.studio.word(alert_key(alert)),
            Word::Done => self.studio.word("task_done"),
            Word::Open => self.studio.word("task_open"),
            Word::Table => self.studio.word("table_region"),
        }
    }

    fn heading_shift(&self) -> u8 {
        self.heading_shift
    }
}

impl Filler<'_, '_> {
    fn callout(&mut self, kind: &str, title: String, body_html: String) -> String {
        let kind = if kind.is_empty() { "note" } else { kind };
        let title = if title.is_empty() { self.studio.word(&format!("callout_{kind}")) } else { title };
        self.template("callout", &CalloutShortcode { kind: kind.to_owned(), title, body_html })
    }

    fn video(&mut self, shortcode: &Shortcode, transcript_html: String) -> String {
        let get = |key: &str| shortcode.get(key).unwrap_or_default();
        let src = match get("src") {
            "" => String::new(),
            path => self.studio.attachment(self.article, path, self.used).unwrap_or_default(),
        };
        let title = plain(get("title"));
        let poster = match get("poster") {
            "" => None,
            path => self.studio.picture(self.article, path, &title, self.used),
        };
        self.template("video", &VideoShortcode { title, src, url: get("url").to_owned(), poster, transcript_html })
    }

    fn facility(&mut self, id: &str) -> String {
        let site = self.studio.site;
        let known = crate::facility::FacilityId::new(id).and_then(|id| site.facilities.by_id.get(&id).copied());
        let Some(no) = known else { return String::new() };
        match self.studio.entry(no, OnMap::default(), false) {
            Ok(entry) => self.template("facility", &FacilityShortcode { entry, level: 0 }),
            Err(problem) => {
                self.problem.get_or_insert(problem);
                String::new()
            }
        }
    }

    /// By the slug of its address.
    fn event(&mut self, slug: &str) -> String {
        let site = self.studio.site;
        let others = &site.articles.for_professionals;
        let of_lang =
            |lang| site.articles_of(Kind::Event, lang).iter().chain(others.get(lang).into_iter().flatten()).copied();
        let events = of_lang(self.studio.lang).chain(of_lang(site.public.config.default_language()));
        let found = events.into_iter().find(|&no| site.article(no).article.slug.value == slug);
        match found.and_then(|no| self.studio.event_card(no)) {
            Some(event) => self.template("event", &EventShortcode { event }),
            None => String::new(),
        }
    }

    fn map(&mut self, area: &str) -> String {
        let Some(id) = AreaId::new(area).filter(|id| self.studio.site.public.areas.get(id).is_some()) else {
            return String::new();
        };
        self.maps += 1;
        let prefix = format!("m{}-{}", self.maps, self.article.slug.value);
        let map = self.studio.maps.area_sketch(self.studio, &id, &prefix);
        self.template("map", &MapShortcode { map, area: self.studio.area_link(&id) })
    }

    /// Nothing where no year of it is public yet.
    fn chart(&mut self, shortcode: &Shortcode) -> String {
        let Some(mut view) = self.studio.chart_of(shortcode) else { return String::new() };
        self.charts += 1;
        // The same drawing may stand twice on one page.
        let number = format!("\"c{}-", self.charts);
        let again = |svg: &str| svg.replace("\"c-", &number).replace(" c-", &format!(" c{}-", self.charts));
        view.chart = ChartView { svg_html: again(&view.chart.svg_html), ..view.chart };
        self.template("chart", &view)
    }

    /// Of the address given, else of the page itself.
    fn qr(&mut self, url: &str, label: String) -> String {
        let site = self.studio.site;
        let base = self.studio.base();
        let own = || {
            let no = site.translation(&self.article.id, self.studio.lang);
            no.map(|no| site.address(&PageKind::Article(no), self.studio.lang).absolute(base))
        };
        let url = match url {
            "" => own().unwrap_or_default(),
            written => match site.resolve(self.article, written) {
                Resolved::Page(address) => address.absolute(base),
                Resolved::SitePath(path) => base.absolute(&path),
                Resolved::External(url) => url,
                _ => return String::new(),
            },
        };
        let svg_html = super::qr::svg(&url);
        self.template("qr", &QrShortcode { svg_html, url, label })
    }
}

fn alert_key(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "alert_note",
        Alert::Tip => "alert_tip",
        Alert::Important => "alert_important",
        Alert::Warning => "alert_warning",
        Alert::Caution => "alert_caution",
    }
}
