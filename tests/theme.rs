//! The built-in theme, filled with made-up views: every template renders, in both languages, within its size.
//!
//! With `SUMIKA_THEME_OUT=FOLDER` the pages are written there, to be looked at.

#![allow(clippy::disallowed_methods, reason = "a test may write the pages it made")]

mod theme {
    pub(crate) mod example;
    pub(crate) mod example_figures;
    pub(crate) mod example_lists;
    pub(crate) mod example_parts;
}

use std::collections::BTreeSet;

use sumika::diag::Language;
use sumika::render::view::{Page, SiteView, Template, field_names};
use sumika::source::{Lines, SourcePath, Sources};
use sumika::theme::{Room, StaticBody, Theme};

fn built_in() -> Theme {
    let theme = sumika::theme::parse(&Sources::new(), "default", None);
    assert!(theme.report.is_empty(), "{:?}", theme.report);
    theme.value
}

fn room(theme: &Theme, lang: &str, site: &SiteView) -> Room {
    let words = theme.words(lang);
    assert!(words.report.is_empty(), "{:?}", words.report);
    let room = theme.room(words.value, site, "/");
    let said: Vec<String> = room.report.iter().map(|found| found.message(Language::En)).collect();
    assert!(said.is_empty(), "{said:#?}");
    room.value
}

/// Renders a page and hands over its address and HTML.
fn render<P: Page>(room: &Room, href: &str, page: &P) -> (String, String) {
    let html = room.render(page.template().file(), page, href).unwrap_or_else(|found| {
        unreachable!("{href}: {} {:?}", found.message(Language::En), found.primary);
    });
    (href.to_owned(), html)
}

fn all_pages(room: &Room, lang: &str) -> Vec<(String, String)> {
    use theme::{example, example_figures, example_lists};
    vec![
        render(room, "/", &example_lists::home(room)),
        render(room, "/areas/", &example_lists::areas(lang)),
        render(room, "/areas/aoba/", &example_lists::area(room)),
        render(room, "/areas/aoba/print/", &example_lists::area_print(lang)),
        render(room, "/facilities/sakura-houkan/", &example::facility(lang)),
        render(room, "/categories/visiting_nursing/", &example_lists::category(room)),
        render(room, "/services/home_hospice/", &example_lists::service(room)),
        render(room, "/scenes/end_of_life/", &example_lists::topic(room)),
        render(room, "/stories/", &example_lists::listing(room)),
        render(room, "/stories/hayashi/", &example::story(room)),
        render(room, "/events/cafe/", &example::event(room)),
        render(room, "/events/", &example_lists::events(lang)),
        render(room, "/faq/", &example_lists::faq(lang)),
        render(room, "/glossary/", &example_lists::glossary(lang)),
        render(room, "/editions/", &example_lists::editions(lang)),
        render(room, "/editions/2026-06/", &example_lists::edition(room)),
        render(room, "/plan/2026/", &example_lists::plan(lang)),
        render(room, "/figures/", &example_figures::figures(lang)),
        render(room, "/figures/nurses/", &example_figures::figure(lang)),
        render(room, "/data/", &example_lists::data(lang)),
        render(room, "/accessibility/", &example_lists::accessibility(lang)),
        render(room, "/404.html", &example_lists::not_found(lang)),
        render(room, "/old/", &example_lists::redirect(lang)),
    ]
}

#[test]
fn every_template_renders_in_both_languages() {
    let theme = built_in();
    for lang in ["ja", "en"] {
        let room = room(&theme, lang, &theme::example::site(lang));
        let pages = all_pages(&room, lang);
        assert_eq!(pages.len(), Template::ALL.len());
        for (href, html) in &pages {
            assert!(html.starts_with("<!DOCTYPE html>"), "{href}");
            assert_eq!(html.matches("<h1").count(), 1, "{href} has one h1");
            assert!(!html.contains(" style="), "{href} has no inline styles");
        }
        let facility = pages.iter().find(|(href, _)| href.starts_with("/facilities/")).expect("is in the list");
        let bytes = facility.1.len();
        assert!(bytes < 11_000, "a facility page stays lean: {bytes} bytes");
        if let Some(folder) = std::env::var_os("SUMIKA_THEME_OUT") {
            write(std::path::Path::new(&folder), lang, &theme, &pages);
        }
    }
}

fn write(folder: &std::path::Path, lang: &str, theme: &Theme, pages: &[(String, String)]) {
    let prefix = if lang == "ja" { String::new() } else { format!("{lang}/") };
    for (href, html) in pages {
        let name = href.trim_start_matches('/');
        let name = if name.ends_with(".html") { name.to_owned() } else { format!("{name}index.html") };
        put(&folder.join(format!("{prefix}{name}")), html.as_bytes());
    }
    for file in &theme.files {
        if let StaticBody::BuiltIn(bytes) = &file.body {
            put(&folder.join("static").join(&file.path), bytes);
        }
    }
}

fn put(path: &std::path::Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("is below the folder")).expect("can make a folder");
    std::fs::write(path, bytes).expect("can write a page");
}

fn site_with(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources.insert_text(SourcePath::new(path).expect("a plain path"), text.as_bytes());
    }
    sources
}

/// Everything that is said about a theme named `own` with these files, as `S0903 themes/…:1:4`.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let sources = site_with(files);
    let theme = sumika::theme::parse(&sources, "own", None);
    let mut report = theme.report;
    report.append(theme.value.check_names(&field_names().collect::<BTreeSet<_>>()));
    let words = theme.value.words("ja").value;
    let site = theme::example::site("ja");
    let room = theme.value.room(words, &site, "/").into(&mut report);
    if let Err(found) = room.render("404.html", theme::example_lists::not_found("ja"), "/404.html") {
        report.push(*found);
    }
    report
        .sorted()
        .iter()
        .map(|found| {
            let place = found.primary.as_ref().map_or_else(String::new, |span| {
                let at = Lines::new(&sources)
                    .locate(span)
                    .map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
                format!(" {}{at}", span.path)
            });
            format!("{}{place}", found.code)
        })
        .collect()
}

#[test]
fn mistakes_in_a_sites_theme_are_reported_with_their_place() {
    let cases: &[(&str, &str, &str)] = &[
        ("templates/404.html", "<p>\n{{ page.title </p>", "S0903 themes/own/templates/404.html:2:15"),
        ("templates/404.html", "看取り {{ page.title | upcase }}", "S0904 themes/own/templates/404.html:1:21"),
        ("templates/404.html", "{% extends \"bse.html\" %}", "S0904 themes/own/templates/404.html:1:13"),
        ("templates/404.html", "{% if page.titel %}x{% endif %}", "S0907 themes/own/templates/404.html:1:12"),
        ("templates/404.html", "{{ t.skp }}", "S0906 themes/own/templates/404.html:1:6"),
        ("templates/404.html", "{{ static_url(path=\"no.png\") }}", "S0905 themes/own/templates/404.html:1:4"),
        (
            "templates/404.html",
            "{% for s in scenes %}{{ s.lable }}{% endfor %}",
            "S0906 themes/own/templates/404.html:1:27",
        ),
        ("i18n/ja.toml", "skp = \"本文へ\"", "S0909 themes/own/i18n/ja.toml:1:1"),
        ("i18n/ja.toml", "places = \"{m}か所\"", "S0910 themes/own/i18n/ja.toml:1:1"),
        ("i18n/ja.toml", "skip = 3", "S0206 themes/own/i18n/ja.toml:1:8"),
        ("notes.txt", "x", "S0902 themes/own/notes.txt:1:1"),
        ("theme.toml", "[pictures]\nwidth = [3]", "S0204 themes/own/theme.toml:2:1"),
    ];
    for (file, text, expected) in cases {
        let found = said(&[(&format!("themes/own/{file}"), text)]);
        assert!(found.iter().any(|line| line == expected), "{file} {text}\n  wanted {expected}\n  found {found:?}");
    }
}

#[test]
fn a_sites_own_template_string_and_file_come_first() {
    let sources = site_with(&[
        ("themes/own/templates/404.html", "{{ t.skip }} {{ t(key=\"places\", n=2) }} {{ static_url(path=\"a.css\") }}"),
        ("themes/own/i18n/ja.toml", "skip = \"読むところへ\""),
        ("themes/own/static/a.css", "p{}"),
    ]);
    let theme = sumika::theme::parse(&sources, "own", None);
    assert!(theme.report.is_empty(), "{:?}", theme.report);
    let room = room(&theme.value, "ja", &theme::example::site("ja"));
    let (_, html) = render(&room, "/404.html", &theme::example_lists::not_found("ja"));
    assert_eq!(html, "読むところへ 2か所 /static/a.css");
}

#[test]
fn the_built_in_templates_use_only_names_that_exist() {
    let files: Vec<(String, String)> = {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).expect("the theme is here") {
                let path = entry.expect("can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(text) = std::fs::read_to_string(&path) {
                    let inner = path.strip_prefix(&folder).expect("is below").to_string_lossy().replace('\\', "/");
                    found.push((format!("themes/own/{inner}"), text));
                }
            }
        }
        found
    };
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(said(&files), Vec::<String>::new());
}

/// Readers on old phones pay for every byte; maps.md sets the budget.
#[test]
fn the_script_of_the_maps_keeps_within_three_kilobytes() {
    let script = include_bytes!("../themes/default/static/map.js");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, script).unwrap();
    let packed = packer.finish().unwrap().len();
    assert!(packed <= 3 * 1024, "map.js has {packed} bytes packed");
}

/// Words that the program asks for by name: one that is missing would stand on a page as its key.
#[test]
fn every_word_that_the_program_asks_for_is_there() {
    let theme = built_in();
    let languages = ["ja", "en"].map(|lang| theme.words(lang).value);
    let mut asked = 0;
    for entry in walkdir::WalkDir::new("src/render").into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        for call in ["words().get(\"", "words.get(\"", ".word(\"", ".fill(\"", "words().form(\""] {
            for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                asked += 1;
                let is_known = languages.iter().all(|words| words.get(key) != key);
                assert!(is_known, "{}: there is no word `{key}`", entry.path().display());
            }
        }
    }
    assert!(asked > 100, "{asked} words are asked for: are the calls still written so?");
}
