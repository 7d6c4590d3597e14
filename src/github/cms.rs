//! The web editor's configuration (Sveltia CMS) for articles, from the schema of their front matter.

use serde_json::{Value, json};

use super::Plan;
use crate::article::Kind;
use crate::vocabulary::{Audience, Scene, Viewpoint, Words};

/// The configuration.
pub(super) fn config(plan: &Plan<'_>) -> Value {
    let folders = [
        ("stories", "体験談", Kind::Story),
        ("faq", "よくある質問", Kind::Faq),
        ("guides", "手引き", Kind::Guide),
        ("events", "催し", Kind::Event),
        ("news", "お知らせ", Kind::News),
        ("glossary", "用語", Kind::Term),
    ];
    let collections: Vec<Value> = folders
        .into_iter()
        .map(|(folder, label, kind)| {
            json!({
                "name": folder,
                "label": label,
                "folder": format!("content/{folder}"),
                "create": true,
                "extension": "md",
                "format": "toml-frontmatter",
                "slug": "{{year}}-{{month}}-{{day}}-{{hour}}{{minute}}",
                "media_folder": "",
                "public_folder": "",
                "fields": fields(kind, plan),
            })
        })
        .collect();
    json!({
        "backend": backend(plan),
        "publish_mode": "editorial_workflow",
        "app_title": format!("{}の編集", plan.config.title.get(plan.config.default_language())),
        "output": { "omit_empty_optional_fields": true },
        "media_folder": "content/images",
        "public_folder": "/images",
        "collections": collections,
    })
}

/// Where articles are kept, and how people sign in: by a token of their own, unless the municipality runs a service
/// that signs them in. Without being told, the editor would ask a service of its maker's choice.
fn backend(plan: &Plan<'_>) -> Value {
    let contribute = &plan.config.contribute;
    let repository = contribute.repository.as_deref().unwrap_or_default();
    let repository = repository.trim_start_matches("https://github.com/");
    let mut backend = json!({ "name": "github", "repo": repository, "branch": contribute.branch });
    match &contribute.sign_in {
        Some(service) => {
            backend["base_url"] = json!(service);
            backend["auth_methods"] = json!(["oauth", "token"]);
        }
        None => backend["auth_methods"] = json!(["token"]),
    }
    backend
}

fn fields(kind: Kind, plan: &Plan<'_>) -> Vec<Value> {
    let mut fields = vec![
        text("title", "題名", true),
        text("description", "一、二行のまとめ", false),
        json!({ "name": "date", "label": "日付", "widget": "datetime", "time_format": false, "format": "YYYY-MM-DD", "required": false }),
        json!({ "name": "draft", "label": "下書き", "widget": "boolean", "required": false, "default": false }),
        choice("viewpoints", "視点", Viewpoint::ALL.iter().map(|item| (item.id(), item.name()))),
        choice("scenes", "場面", Scene::ALL.iter().map(|item| (item.id(), item.name()))),
        choice("audiences", "読んでほしい人", Audience::ALL.iter().map(|item| (item.id(), item.name()))),
        json!({
            "name": "areas", "label": "圏域", "widget": "select", "multiple": true, "required": false,
            "options": plan.areas.iter().map(|area| json!({ "label": area.name, "value": area.id.as_str() })).collect::<Vec<_>>(),
        }),
        text("edition", "号（2026-06 など）", false),
    ];
    match kind {
        Kind::Story => fields.push(object(
            "consent",
            "掲載の同意",
            true,
            vec![
                day("obtained", "同意をいただいた日", true),
                json!({ "name": "scope", "label": "使ってよいところ", "widget": "select", "multiple": true,
                "options": [{ "label": "ウェブ", "value": "web" }, { "label": "印刷", "value": "print" }] }),
                day("until", "同意の期限", false),
                day("withdrawn", "取り下げの日", false),
            ],
        )),
        Kind::Event => fields.push(object(
            "event",
            "催し",
            true,
            vec![
                text("starts", "始まり（2026-06-01T14:00）", true),
                text("ends", "終わり", false),
                text("venue", "会場", false),
                text("address", "住所", false),
            ],
        )),
        Kind::Faq => fields.extend([text("question", "質問", false), text("answer_short", "短い答え", false)]),
        Kind::Term => fields.extend([text("reading", "読み", false), text("english", "英語", false)]),
        Kind::Guide | Kind::News | Kind::Page => {}
    }
    fields.push(json!({ "name": "body", "label": "本文", "widget": "markdown" }));
    fields
}

fn text(name: &str, label: &str, required: bool) -> Value {
    json!({ "name": name, "label": label, "widget": "string", "required": required })
}

fn day(name: &str, label: &str, required: bool) -> Value {
    json!({ "name": name, "label": label, "widget": "datetime", "time_format": false, "format": "YYYY-MM-DD", "required": required })
}

fn object(name: &str, label: &str, required: bool, fields: Vec<Value>) -> Value {
    json!({ "name": name, "label": label, "widget": "object", "required": required, "fields": fields })
}

fn choice(name: &str, label: &str, options: impl Iterator<Item = (&'static str, Words)>) -> Value {
    let options: Vec<Value> = options.map(|(id, words)| json!({ "label": words.ja, "value": id })).collect();
    json!({ "name": name, "label": label, "widget": "select", "multiple": true, "required": false, "options": options })
}
