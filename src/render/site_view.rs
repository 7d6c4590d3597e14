//! What every page of one language shares: name, navigation, desk, emergency card, footer.

use super::studio::written_phone;
use super::view::{DeskView, EmergencyView, FooterGroup, Kept, Link, NavLink, SiteView, TilesView};
use crate::article::Kind;
use crate::config::Lang;
use crate::japan::callable;
use crate::markdown::ruby;
use crate::site::{Address, PageKind, Site};
use crate::theme::Words;
use crate::vocabulary::Scene;

/// The site as the pages of `lang` see it.
pub(super) fn site_view(site: &Site, words: &Words, lang: &Lang) -> SiteView {
    let config = &site.public.config;
    let href = |kind: &PageKind| site.address(kind, lang).href(&config.base_url);
    SiteView {
        title: config.title.get(lang).to_owned(),
        description: config.description.get(lang).to_owned(),
        lang: lang.to_string(),
        home_href: href(&PageKind::Home),
        base_path: config.base_url.path.clone(),
        municipalities: config.municipalities.iter().map(|municipality| municipality.name.clone()).collect(),
        nav: navigation(site, words, lang),
        menu: menu(site, words, lang),
        desk: desk(site, lang),
        emergency: config.emergency.as_ref().map(|text| EmergencyView {
            text_html: callable(&ruby::to_paragraphs(text.get(lang))),
            href: href(&PageKind::Scene(Scene::Emergency)),
        }),
        accessibility_href: href(&PageKind::Accessibility),
        data_href: href(&PageKind::Data),
        licence: config
            .licence
            .url
            .as_ref()
            .map(|url| Link { label: config.licence.name.clone(), href: url.clone() }.into()),
        feeds: vec![Kept::from(Link {
            label: words.get("feed_site").to_owned(),
            href: feed_address(site, lang).href(&config.base_url),
        })],
        repository_href: config.contribute.repository.clone().unwrap_or_default(),
        tiles: config.map.tiles.as_ref().map(|tiles| TilesView {
            origin: tiles.origin.clone(),
            template: tiles.template.clone(),
            zooms: format!("{} {}", tiles.zooms.0, tiles.zooms.1),
            name: tiles.name.get(lang).to_owned(),
            attribution: tiles.attribution.get(lang).to_owned(),
        }),
    }
}

/// The site's feed in a language.
pub(super) fn feed_address(site: &Site, lang: &Lang) -> Address {
    let home = site.address(&PageKind::Home, lang);
    Address::file(home.path().trim_matches('/'), "feed.xml")
}

/// What a section is called, on its page and wherever a link leads to it: the title of its `_index` article, else the
/// theme's word.
pub(super) fn section_name(site: &Site, words: &Words, (section, lang): (&str, &Lang)) -> String {
    match site.introduction(section, lang) {
        Some(introduction) => ruby::base_text(&introduction.article.title.value).into_owned(),
        None => words.get(&format!("{section}_title")).to_owned(),
    }
}

fn navigation(site: &Site, words: &Words, lang: &Lang) -> Vec<NavLink> {
    let entries = [
        ("areas", PageKind::Areas),
        ("guides", PageKind::Section(Kind::Guide)),
        ("stories", PageKind::Section(Kind::Story)),
        ("faq", PageKind::Section(Kind::Faq)),
        ("events", PageKind::Section(Kind::Event)),
        ("editions", PageKind::Editions),
    ];
    let link = |(id, kind): (&str, PageKind)| NavLink {
        id: id.to_owned(),
        label: section_name(site, words, (id, lang)),
        href: site.address(&kind, lang).href(&site.public.config.base_url),
    };
    entries.into_iter().map(link).collect()
}

fn menu(site: &Site, words: &Words, lang: &Lang) -> Vec<FooterGroup> {
    let base = &site.public.config.base_url;
    let link_to =
        |label: &str, address: &Address| Kept::from(Link { label: label.to_owned(), href: address.href(base) });
    let link = |key: &str, kind: &PageKind| link_to(words.get(key), &site.address(kind, lang));
    let find = vec![
        link("areas", &PageKind::Areas),
        link("guides", &PageKind::Section(Kind::Guide)),
        link("faq", &PageKind::Section(Kind::Faq)),
        link("glossary", &PageKind::Section(Kind::Term)),
    ];
    let read = vec![
        link("stories", &PageKind::Section(Kind::Story)),
        link("events", &PageKind::Section(Kind::Event)),
        link("editions", &PageKind::Editions),
        link("news", &PageKind::Section(Kind::News)),
    ];
    let mut about: Vec<Kept<Link>> = site
        .articles_of(Kind::Page, lang)
        .iter()
        .map(|&no| {
            let page = site.article(no);
            link_to(&ruby::base_text(&page.article.title.value), &site.article_address(page))
        })
        .collect();
    if let Some(plan) = site.public.plans.first() {
        let year = words.date("fiscal_year", jiff::civil::date(plan.fiscal_year.value, 4, 1));
        let plan = site.address(&PageKind::Plan(plan.fiscal_year.value), lang);
        about.push(link_to(&words.fill("plan_title", &[("year", &year)]), &plan));
    }
    if !site.figures.is_empty() {
        about.push(link("figures", &PageKind::Figures));
    }
    about.push(link("data", &PageKind::Data));
    about.push(link("accessibility", &PageKind::Accessibility));
    let group = |key: &str, links: Vec<Kept<Link>>| FooterGroup { title: words.get(key).to_owned(), links };
    vec![group("menu_find", find), group("menu_read", read), group("menu_about", about)]
}

fn desk(site: &Site, lang: &Lang) -> Option<DeskView> {
    let desk = &site.public.config.desk;
    let written = |text: &Option<crate::source::Spanned<String>>| {
        text.as_ref().map_or_else(String::new, |text| text.value.clone())
    };
    let localised = |text: &Option<crate::config::Localised>| {
        text.as_ref().map_or_else(String::new, |text| text.get(lang).to_owned())
    };
    let name = desk.name.get(lang).to_owned();
    (!name.is_empty()).then(|| DeskView {
        name,
        phone: desk.phone.as_ref().map(|phone| written_phone(&phone.value)),
        fax: written(&desk.fax),
        hours: localised(&desk.hours),
        email: written(&desk.email),
        url: written(&desk.url),
        note: localised(&desk.note),
    })
}
