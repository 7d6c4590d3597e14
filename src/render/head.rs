//! What every page has: title, languages, breadcrumb, the ways to suggest a correction.

use super::studio::Studio;
use super::view::{CorrectionView, ImageView, Kept, LanguageView, Link, PageView, ReviewView};
use crate::article::Kind;
use crate::markdown::ruby;
use crate::site::{ArticleNo, PageKind, SitePage};
use crate::source::SourcePath;

/// What a page maker knows of its page; `Studio::head` completes it.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub kind: &'static str,
    /// Possibly with ruby.
    pub title: String,
    /// Between page and site in `<title>`: the area, the category.
    pub place: String,
    pub description: String,
    pub section: &'static str,
    pub breadcrumb: Vec<Kept<Link>>,
    pub image: Option<ImageView>,
    pub json_ld: Option<String>,
    pub feeds: Vec<Kept<Link>>,
    pub emergency: bool,
    pub review: Option<ReviewView>,
    /// The file that a reader's correction concerns.
    pub source: Option<SourcePath>,
    pub noindex: bool,
    /// The kind of articles that the page lists.
    pub listed: Option<Kind>,
    /// True for pages that people print: they carry a QR code of their address.
    pub printed: bool,
    /// Of a page that is made for paper: the page that it was made from.
    pub paper_of: Option<PageKind>,
}

impl Studio<'_> {
    pub(super) fn head(&self, page: &SitePage, head: Head) -> PageView {
        let config = self.config();
        let address = self.site.address(&page.kind, self.lang);
        let (href, url) = (address.href(&config.base_url), address.absolute(&config.base_url));
        let title = ruby::base_text(&head.title).into_owned();
        let site_title = config.title.get(self.lang).to_owned();
        let parts = [title.clone(), head.place, site_title];
        let mut shown: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        shown.dedup();
        let absolute = |image: &ImageView| format!("{}{}", config.base_url.origin, image.src);
        let home = self.list_link(&PageKind::Home).filter(|_| page.kind != PageKind::Home);
        let paper_of = head.paper_of.map(|kind| self.site.address(&kind, self.lang).absolute(&config.base_url));
        let paper_url = paper_of.unwrap_or_else(|| url.clone());
        PageView {
            kind: head.kind.to_owned(),
            lang: self.lang.to_string(),
            head_title: shown.join("｜"),
            title_html: ruby::to_html(&head.title),
            title,
            description: head.description,
            section: head.section.to_owned(),
            breadcrumb: home.into_iter().chain(head.breadcrumb).collect(),
            languages: self.languages(page),
            elsewhere: head.listed.and_then(|kind| self.elsewhere(kind)),
            image_url: head.image.as_ref().map(absolute),
            noindex: head.noindex,
            json_ld: head.json_ld,
            feeds: head.feeds,
            emergency: head.emergency,
            review: head.review,
            correction: self.correction(&title_of(&parts), &url, head.source.as_ref()),
            banner: None,
            qr_html: if head.printed { super::qr::svg(&paper_url) } else { String::new() },
            paper_url,
            href,
            url,
        }
    }

    fn languages(&self, page: &SitePage) -> Vec<LanguageView> {
        let base = self.base();
        let view = |lang: &crate::config::Lang| {
            let same = self.site.in_language(&page.kind, lang);
            let kind = same.clone().unwrap_or(PageKind::Home);
            let address = self.site.address(&kind, lang);
            LanguageView {
                code: lang.to_string(),
                name: own_name(lang.as_str()).to_owned(),
                href: address.href(base),
                url: if same.is_some() { address.absolute(base) } else { String::new() },
                translated: same.is_some(),
                home: own_home(lang.as_str()).to_owned(),
                current: lang == self.lang,
            }
        };
        self.site.languages().iter().map(view).collect()
    }

    /// Where the articles of a kind are that nobody translated, and how many.
    fn elsewhere(&self, kind: Kind) -> Option<Link> {
        let first = self.config().default_language();
        let is_missing =
            |no: &&ArticleNo| self.site.translation(&self.site.article(**no).article.id, self.lang).is_none();
        let count = self.site.articles_of(kind, first).iter().filter(is_missing).count();
        let label = || self.words().count_of("only_in", count, &[("language", own_name(first.as_str()))]);
        let href = || self.href_of(&self.site.address(&PageKind::Section(kind), first));
        (count > 0).then(|| Link { label: label(), href: href() })
    }

    fn correction(&self, title: &str, url: &str, source: Option<&SourcePath>) -> Option<CorrectionView> {
        let contribute = &self.config().contribute;
        let source = source?;
        let edit = contribute.repository.as_ref().map(|repository| {
            let path = percent_encoding::utf8_percent_encode(source.as_str(), PATH);
            format!("{repository}/edit/{}/{path}", contribute.branch)
        });
        let subject = self.words().fill("suggest_subject", &[("title", title)]);
        let email = contribute.email.as_ref().map(|email| {
            let encode = |text: &str| {
                percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
            };
            format!("mailto:{email}?subject={}&body={}", encode(&subject), encode(url))
        });
        if edit.is_none() && email.is_none() {
            return None;
        }
        Some(CorrectionView { edit_href: edit, form_href: None, email_href: email })
    }
}

fn title_of(parts: &[String]) -> String {
    parts.first().cloned().unwrap_or_default()
}

const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'%');

/// The home page in a language's own words.
fn own_home(code: &str) -> &str {
    match code {
        "ja" => "ホーム",
        "zh" | "zh-hans" => "首页",
        "zh-hant" => "首頁",
        "ko" => "홈",
        "pt" | "pt-br" => "página inicial",
        "vi" => "trang chủ",
        "es" => "página de inicio",
        "ne" => "गृहपृष्ठ",
        _ => "home",
    }
}

/// A language in its own words.
fn own_name(code: &str) -> &str {
    match code {
        "ja" => "日本語",
        "en" => "English",
        "zh" | "zh-hans" => "简体中文",
        "zh-hant" => "繁體中文",
        "ko" => "한국어",
        "pt" | "pt-br" => "Português",
        "vi" => "Tiếng Việt",
        "tl" | "fil" => "Filipino",
        "es" => "Español",
        "ne" => "नेपाली",
        other => other,
    }
}
