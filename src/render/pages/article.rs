//! An article's own page.

use super::json_ld;
use super::{Bench, Head, Outcome};
use crate::article::Kind;
use crate::diag::Diagnostic;
use crate::markdown::ruby;
use crate::render::body::body_html;
use crate::render::studio::Studio;
use crate::render::view::{ArticlePage, ArticleView, Kept, Link, ReviewView, TocEntry};
use crate::select::PublicArticle;
use crate::site::{ArticleNo, PageKind, Topic};

/// Headings from which on a page gets a table of contents.
const TOC_FROM: usize = 3;

/// Related articles at the end of a page.
const RELATED: usize = 3;

pub(super) fn article(mut bench: Bench<'_>, no: ArticleNo) -> Outcome {
    let studio = bench.studio;
    let public = studio.site.article(no);
    bench.origins.push(public.article.path.clone());
    let body = body_html(studio, public, 0, &mut bench.used)?;
    let view = view(studio, no, body, &mut bench.used)?;
    let article = &public.article;
    let section = match article.kind {
        Kind::Story => "stories",
        Kind::Guide => "guides",
        Kind::Event => "events",
        _ => "",
    };
    let updated = article.updated.as_ref().map(|day| day.value);
    let review = updated.map(|day| ReviewView { date: studio.date(day), by: None, next: None, stale: false });
    let head = Head {
        kind: article.kind.id(),
        printed: matches!(article.kind, Kind::Guide | Kind::Story | Kind::Event),
        title: article.title.value.clone(),
        place: view.kind_label.clone(),
        description: studio.summary(public),
        section,
        breadcrumb: Vec::from_iter(studio.list_link(&PageKind::Section(article.kind))),
        image: view.image.clone(),
        json_ld: json_ld::article(studio, public, view.image.as_ref()),
        emergency: matches!(article.kind, Kind::Guide),
        review,
        source: Some(article.path.clone()),
        ..Head::default()
    };
    let view = ArticlePage { page: bench.head(head), article: view };
    bench.finish(view)
}

fn view(
    studio: &Studio<'_>,
    no: ArticleNo,
    body_html: String,
    used: &mut crate::render::pictures::Used,
) -> Result<ArticleView, Box<Diagnostic>> {
    let public = studio.site.article(no);
    let article = &public.article;
    let (previous, next) = studio.site.articles.neighbours(no, article.kind, studio.lang);
    let link = |no: ArticleNo| {
        let other = studio.site.article(no);
        let label = ruby::base_text(&other.article.title.value).into_owned();
        Link { label, href: studio.article_href(other) }.into()
    };
    Ok(ArticleView {
        kind: article.kind.id().to_owned(),
        kind_label: studio.kind_label(article.kind),
        lead: article.description.as_deref().map_or_else(String::new, |text| ruby::base_text(text).into_owned()),
        body_html,
        image: studio.article_image(public, used),
        authors: article.authors.clone(),
        date: studio.site.day_of(public).map(|day| studio.date(day)),
        updated: article.updated.as_ref().map(|day| studio.date(day.value)),
        viewpoints: studio.viewpoint_links(&article.viewpoints),
        scenes: studio.scene_links(&article.scenes),
        areas: studio.area_links(article.areas.iter().map(|area| area.value.as_str())),
        audiences: studio.audience_names(&article.audiences),
        toc: toc(public),
        consented: article.kind == Kind::Story,
        edition: edition(studio, public),
        event: studio.event_view(public),
        previous: previous.map(link),
        next: next.map(link),
        related_html: studio.cards_html(&related(studio, no), used)?,
    })
}

fn toc(public: &PublicArticle) -> Vec<TocEntry> {
    let headings = public.article.body.headings().iter().filter(|heading| heading.level <= 3);
    let entries: Vec<TocEntry> = headings
        .map(|heading| TocEntry {
            id: heading.id.clone(),
            title_html: crate::markdown::escape(&heading.text),
            level: heading.level,
        })
        .collect();
    if entries.len() < TOC_FROM { Vec::new() } else { entries }
}

fn edition(studio: &Studio<'_>, public: &PublicArticle) -> Option<Kept<Link>> {
    let id = public.edition.as_ref()?;
    let edition = studio.site.public.editions.iter().find(|edition| &edition.edition.id == id)?;
    Some(studio.link(edition.edition.title.get(studio.lang), &PageKind::Edition(id.clone())))
}

/// Others of the same kind that share a scene, then an area, with this one.
fn related(studio: &Studio<'_>, no: ArticleNo) -> Vec<ArticleNo> {
    let article = &studio.site.article(no).article;
    if !matches!(article.kind, Kind::Story | Kind::Guide) {
        return Vec::new();
    }
    let mut found: Vec<ArticleNo> = Vec::new();
    let areas = article.areas.iter().filter_map(|area| crate::area::AreaId::new(&area.value)).map(Topic::Area);
    for topic in article.scenes.iter().copied().map(Topic::Scene).chain(areas) {
        for &other in studio.site.articles_about(&topic, studio.lang) {
            let same_kind = studio.site.article(other).article.kind == article.kind;
            if other != no && same_kind && !found.contains(&other) {
                found.push(other);
            }
            if found.len() == RELATED {
                return found;
            }
        }
    }
    found
}
