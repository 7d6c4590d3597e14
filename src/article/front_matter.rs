//! From a Markdown file to an article: front matter by schema, then the body.

use super::{Article, ArticleId, Kind, consent, event, is_slug, slugify};
use crate::config::{Config, Lang};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::markdown;
use crate::source::{SourcePath, Span, Spanned, Text};
use crate::tree::{Fields, Table, nearest, parse_toml, parse_yaml};
use crate::vocabulary::{Audience, Scene, Viewpoint};

/// Front matter and body of a file, as byte ranges.
enum Front {
    Toml { front: std::ops::Range<usize>, body: usize },
    Yaml { front: std::ops::Range<usize>, body: usize },
    Missing,
    Unclosed,
}

fn split(text: &str) -> Front {
    let first = text.lines().next().unwrap_or("").trim_end();
    if !matches!(first, "+++" | "---") {
        return Front::Missing;
    }
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        if line.trim_end() == first {
            let (front, body) = (start..at, at + line.len());
            return if first == "+++" { Front::Toml { front, body } } else { Front::Yaml { front, body } };
        }
        at += line.len();
    }
    Front::Unclosed
}

/// Name and language of a file: `stories/hayashi.en.md` is `stories/hayashi` in English.
fn identity(path: &SourcePath, config: &Config) -> (ArticleId, Lang, Option<String>) {
    let below = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let default = config.default_language().clone();
    let folder_end = stem.rfind('/').map_or(0, |at| at + 1);
    let Some((name, suffix)) = stem.rsplit_once('.').filter(|(name, _)| name.len() >= folder_end) else {
        return (ArticleId::new(stem), default, None);
    };
    match config.languages.iter().find(|lang| lang.as_str() == suffix) {
        Some(lang) => (ArticleId::new(name), lang.clone(), None),
        None => (ArticleId::new(name), default, Some(suffix.to_owned())),
    }
}

/// The article of one file; `None` where it has no readable front matter, or is in a language of no site.
pub(super) fn article(path: &SourcePath, text: &Text, config: &Config) -> Checked<Option<Article>> {
    let mut report = Report::new();
    let source: &str = &text.text;
    let head = Span::new(path, 0..source.lines().next().map_or(0, |line| line.len().max(1)));
    let (table, body_start) = match split(source) {
        Front::Toml { front, body } => {
            (parse_toml(source.get(front.clone()).unwrap_or(""), path, front.start).into(&mut report), body)
        }
        Front::Yaml { front, body } => {
            (parse_yaml(source.get(front.clone()).unwrap_or(""), path, front.start).into(&mut report), body)
        }
        Front::Missing => {
            report.push(Diagnostic::new(Code::FrontMatterMissing).at(&head));
            return Checked::new(None, report);
        }
        Front::Unclosed => {
            report.push(Diagnostic::new(Code::FrontMatterUnclosed).at(&head));
            return Checked::new(None, report);
        }
    };
    let (id, lang, unknown) = identity(path, config);
    if let Some(suffix) = unknown {
        report.push(Diagnostic::new(Code::LanguageNotOfSite).at(&head).arg("lang", suffix));
        // In the first language it would stand in the place of its original.
        return Checked::new(None, report);
    }
    let options = markdown::Options { raw_html: config.raw_html, ..markdown::Options::default() };
    let place = markdown::Place { path, offset: body_start };
    let body = markdown::parse(source.get(body_start..).unwrap_or(""), place, &options).into(&mut report);
    let header = Table { span: head, ..table };
    let extent = Span::new(path, 0..source.len());
    let article = fields(&header, Parts { id, lang, extent, body }, config, &mut report);
    Checked::new(article, report)
}

struct Parts {
    id: ArticleId,
    lang: Lang,
    extent: Span,
    body: markdown::Document,
}

fn fields(table: &Table, parts: Parts, config: &Config, report: &mut Report) -> Option<Article> {
    let fields = Fields::new(table, "");
    let title = fields.required_text("title");
    let kind = kind(&fields, &parts);
    let text = |key: &str| fields.text(key).map(|text| text.value);
    let plain = |key: &str| fields.texts(key).into_iter().map(|text| text.value).collect::<Vec<_>>();
    let article = Article {
        path: parts.extent.path.clone(),
        description: text("description"),
        date: fields.date("date").map(|date| date.value),
        updated: fields.date("updated"),
        slug: slug(&fields, &parts),
        aliases: aliases(&fields),
        tags: plain("tags"),
        authors: plain("authors"),
        draft: fields.boolean("draft").unwrap_or(false),
        image: fields.text("image"),
        image_alt: text("image_alt"),
        weight: fields.integer("weight", -1_000_000, 1_000_000).map_or(0, |number| number.value),
        viewpoints: values(fields.choices("viewpoints", Viewpoint::CHOICES)),
        scenes: values(fields.choices("scenes", Scene::CHOICES)),
        audiences: values(fields.choices("audiences", Audience::CHOICES)),
        areas: fields.texts("areas"),
        stage: fields.integer("stage", 1, 3).and_then(|number| u8::try_from(number.value).ok()),
        edition: fields.text("edition"),
        publish: fields.instant("publish", &config.zone),
        expire: fields.instant("expire", &config.zone),
        // Of a head that can't be read whole, nobody knows that the consent is missing.
        consent_written: fields.has("consent") || fields.is_partial(),
        consent: fields.fields("consent").and_then(|consent_fields| consent::read(consent_fields, report)),
        event: event_of(&fields, kind, config, report),
        question: text("question"),
        answer_short: text("answer_short"),
        reading: text("reading"),
        english: text("english"),
        kind,
        id: parts.id,
        lang: parts.lang,
        extent: parts.extent,
        body: parts.body,
        title: title.unwrap_or_else(|| Spanned::new(String::new(), table.span.clone())),
    };
    if let (Some(publish), Some(expire)) = (&article.publish, &article.expire)
        && expire.value <= publish.value
    {
        fields.push(Diagnostic::new(Code::ExpiresBefore).at(&expire.span).label(&publish.span, "publish"));
    }
    if let Some(image) = &article.image
        && article.image_alt.is_none()
    {
        fields.push(Diagnostic::new(Code::ImageAltMissing).at(&image.span));
    }
    fields.finish(report);
    Some(article)
}

fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(|item| item.value).collect()
}

/// From the key, else from the top folder, else a page.
fn kind(fields: &Fields<'_>, parts: &Parts) -> Kind {
    let written = fields.choice("kind", Kind::CHOICES).map(|kind| kind.value);
    let folder = parts.id.as_str().split_once('/').map(|(folder, _)| folder);
    if parts.id.introduces().is_some() {
        return Kind::Page;
    }
    if let Some(kind) = written.or_else(|| folder.and_then(Kind::of_folder)) {
        return kind;
    }
    // As a page, a story would need no consent.
    let names = || Kind::FOLDERS.iter().chain(Kind::CHOICES);
    let near = |folder: &str| {
        let name = nearest(folder, names().map(|(name, _)| *name));
        let near = name.and_then(|near| names().find(|(name, _)| *name == near));
        near.or_else(|| Kind::JAPANESE_FOLDERS.iter().find(|(word, _)| folder.contains(word)))
    };
    if let Some(folder) = folder
        && let Some(near) = near(folder).and_then(|(_, kind)| kind.folder())
    {
        fields.push(Diagnostic::new(Code::FolderMisspelt).at(fields.span()).arg("folder", folder).arg("near", near));
    }
    Kind::Page
}

fn slug(fields: &Fields<'_>, parts: &Parts) -> Spanned<String> {
    let stem = parts.id.as_str().rsplit('/').next().unwrap_or("");
    let Some(written) = fields.text("slug") else {
        let slug = slugify(stem);
        if !is_slug(&slug) {
            fields.push(Diagnostic::new(Code::SlugUnusable).at(fields.span()).arg("value", stem));
        }
        return Spanned::new(slug, fields.span().clone());
    };
    if !is_slug(&written.value) {
        fields.push(Diagnostic::new(Code::SlugUnusable).at(&written.span).arg("value", &written.value));
    }
    written
}

fn aliases(fields: &Fields<'_>) -> Vec<Spanned<String>> {
    let mut aliases = fields.texts("aliases");
    aliases.retain(|alias| {
        let parts = alias.value.trim_matches('/').split('/');
        let usable = alias.value.starts_with('/') && parts.clone().all(|part| is_slug(&part.replace(".html", "")));
        if !usable {
            fields.push(Diagnostic::new(Code::AliasUnusable).at(&alias.span).arg("value", &alias.value));
        }
        usable
    });
    aliases
}

fn event_of(fields: &Fields<'_>, kind: Kind, config: &Config, report: &mut Report) -> Option<super::Event> {
    if kind == Kind::Event {
        fields.require("event");
    }
    fields.fields("event").and_then(|event_fields| event::read(event_fields, &config.zone, report))
}
