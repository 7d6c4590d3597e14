//! Articles in lists.

use super::Studio;
use crate::article::Kind;
use crate::diag::Diagnostic;
use crate::markdown::ruby;
use crate::render::pictures::Used;
use crate::render::view::{ArticleCard, CardGroup, CountLink, Kept, Link, QuestionView};
use crate::select::PublicArticle;
use crate::site::{ArticleNo, PageKind, Topic};
use crate::vocabulary::{Scene, Viewpoint};

/// Characters of a summary that is taken from the text.
const SUMMARY_CHARACTERS: usize = 90;

impl Studio<'_> {
    pub(in crate::render) fn kind_label(&self, kind: Kind) -> String {
        self.word(&format!("kind_{}", kind.id()))
    }

    /// One or two sentences: the description, the short answer, or the text's beginning.
    pub(in crate::render) fn summary(&self, public: &PublicArticle) -> String {
        let article = &public.article;
        if let Some(written) = article.description.as_ref().or(article.answer_short.as_ref()) {
            return ruby::base_text(written).into_owned();
        }
        shorten(&article.body.first_paragraph_text(), SUMMARY_CHARACTERS)
    }

    pub(in crate::render) fn article_href(&self, public: &PublicArticle) -> String {
        self.href_of(&self.site.article_address(public))
    }

    pub(in crate::render) fn card(&self, no: ArticleNo, used: &mut Used) -> ArticleCard {
        let public = self.site.article(no);
        let article = &public.article;
        ArticleCard {
            kind: article.kind.id().to_owned(),
            kind_label: self.kind_label(article.kind),
            title_html: ruby::to_html(&article.title.value),
            href: self.article_href(public),
            summary: self.summary(public),
            image: self.article_image(public, used),
            date: self.site.day_of(public).map(|day| self.date(day)),
            areas: self.area_links(article.areas.iter().map(|area| area.value.as_str())),
        }
    }

    /// Articles by kind: guides first, then stories, then news and pages.
    pub(in crate::render) fn groups_by_kind(
        &self,
        numbers: &[ArticleNo],
        used: &mut Used,
    ) -> Result<Vec<CardGroup>, Box<Diagnostic>> {
        let mut groups = Vec::new();
        for kind in [Kind::Guide, Kind::Story, Kind::News, Kind::Page] {
            let of_kind: Vec<ArticleNo> =
                numbers.iter().copied().filter(|&no| self.site.article(no).article.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            groups.push(CardGroup {
                title: match kind.section() {
                    Some(section) => self.section_name(section),
                    None => self.kind_label(kind),
                },
                anchor: kind.id().to_owned(),
                href: if kind.section().is_some() { self.href(&PageKind::Section(kind)) } else { String::new() },
                count: of_kind.len(),
                cards_html: self.cards_html(&of_kind, used)?,
            });
        }
        Ok(groups)
    }

    /// A question as it stands in lists on other pages.
    pub(in crate::render) fn question(&self, no: ArticleNo) -> QuestionView {
        let public = self.site.article(no);
        let article = &public.article;
        let question = article.question.as_ref().unwrap_or(&article.title.value);
        QuestionView {
            anchor: article.slug.value.clone(),
            href: self.article_href(public),
            question_html: ruby::to_html(question),
            short: article
                .answer_short
                .as_deref()
                .map_or_else(|| self.summary(public), |short| ruby::base_text(short).into_owned()),
            answer_html: String::new(),
            updated: self.site.updated_of(public).map(|day| self.date(day)),
            scenes: self.scene_links(&article.scenes),
        }
    }

    pub(in crate::render) fn questions_about(&self, topic: &Topic) -> Vec<QuestionView> {
        let numbers = self.site.articles_about(topic, self.lang).iter().copied();
        numbers.filter(|&no| self.site.article(no).article.kind == Kind::Faq).map(|no| self.question(no)).collect()
    }

    pub(in crate::render) fn scene_links(&self, scenes: &[Scene]) -> Vec<Kept<Link>> {
        scenes.iter().filter_map(|&scene| self.list_link(&PageKind::Scene(scene))).collect()
    }

    pub(in crate::render) fn viewpoint_links(&self, viewpoints: &[Viewpoint]) -> Vec<Kept<Link>> {
        viewpoints.iter().filter_map(|&viewpoint| self.list_link(&PageKind::Viewpoint(viewpoint))).collect()
    }

    pub(in crate::render) fn scene_counts(&self) -> Vec<CountLink> {
        let scenes = Scene::ALL.iter().map(|&scene| CountLink {
            label: scene.name().get(self.lang.as_str()).to_owned(),
            href: self.href(&PageKind::Scene(scene)),
            count: self.site.articles_about(&Topic::Scene(scene), self.lang).len(),
            description: scene.description().get(self.lang.as_str()).to_owned(),
            mark_html: String::new(),
        });
        scenes.collect()
    }

    pub(in crate::render) fn viewpoint_counts(&self) -> Vec<CountLink> {
        let viewpoints = Viewpoint::ALL.iter().map(|&viewpoint| CountLink {
            label: viewpoint.name().get(self.lang.as_str()).to_owned(),
            href: self.href(&PageKind::Viewpoint(viewpoint)),
            count: self.site.articles_about(&Topic::Viewpoint(viewpoint), self.lang).len(),
            description: viewpoint.description().get(self.lang.as_str()).to_owned(),
            mark_html: String::new(),
        });
        viewpoints.collect()
    }
}

/// The first characters of a text, with an ellipsis where something is cut.
pub(in crate::render) fn shorten(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
