//! Markdown against other people's examples: CommonMark's, GitHub's, and attacks.
//!
//! Both specifications are compared in the dialects that pass raw HTML through, after the same normalisation as the
//! specification's own test runner. What differs is listed with its reason, and the list must be exact.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads the corpora, takes the time, and may stop"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use sumika::markdown::{
    self, Destination, Dialect, Holes, Image, Inner, Link, LinkTarget, Options, Place, Shortcode, escape,
};
use sumika::source::SourcePath;

/// Links go where they say; pictures as CommonMark writes them.
struct AsWritten;

impl Holes for AsWritten {
    fn link(&mut self, link: &Link) -> LinkTarget {
        LinkTarget::To { href: link.url.value.clone(), attributes: Vec::new() }
    }

    fn image(&mut self, image: &Image) -> String {
        let title = if image.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&image.title)) };
        format!("<img src=\"{}\" alt=\"{}\"{title} />", markdown::escape_address(&image.src.value), escape(&image.alt))
    }

    fn shortcode(&mut self, shortcode: &Shortcode, inner: Inner) -> String {
        let pages: String = inner.pages.iter().map(|page| format!("<div>{}{}</div>", page.image, page.words)).collect();
        format!("<div class=\"{}\">{}{pages}</div>", shortcode.kind.name(), inner.html)
    }
}

fn render(text: &str, dialect: Dialect) -> String {
    let path = SourcePath::new("content/a.md").unwrap();
    let options = Options { dialect, ..Options::default() };
    let document = markdown::parse(text, Place { path: &path, offset: 0 }, &options).value;
    markdown::fill(&document, &mut AsWritten)
}

/// The examples of one file; `None`, with a line, where the shared folder is absent.
fn corpus(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: ../shared/corpora/{name} is absent");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn field<'a>(example: &'a serde_json::Value, name: &str) -> &'a str {
    example[name].as_str().unwrap_or_default()
}

/// HTML reduced to what it means, as CommonMark's `normalize.py` does.
fn normalise(html: &str) -> String {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "section",
        "br",
        "input",
    ];
    let mut out = String::new();
    let mut rest = html;
    let mut in_pre = false;
    while !rest.is_empty() {
        if let Some((tag, after)) = tag(rest) {
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            let name = name.to_ascii_lowercase();
            if BLOCKS.contains(&name.as_str()) && !in_pre {
                out.truncate(out.trim_end().len());
            }
            if name == "pre" {
                in_pre = !tag.starts_with('/');
            }
            out.push('<');
            out.push_str(&attributes(tag));
            out.push('>');
            rest = after;
            if BLOCKS.contains(&name.as_str()) && !in_pre {
                rest = rest.trim_start();
            }
            continue;
        }
        let end = rest.char_indices().skip(1).find(|&(_, c)| c == '<').map_or(rest.len(), |(at, _)| at);
        let text = rest[..end].replace("&quot;", "\"");
        if in_pre {
            out.push_str(&text);
        } else {
            for c in text.chars() {
                match c {
                    ' ' | '\n' | '\t' if out.ends_with(' ') => {}
                    ' ' | '\n' | '\t' => out.push(' '),
                    other => out.push(other),
                }
            }
        }
        rest = &rest[end..];
    }
    out.trim().to_owned()
}

fn tag(html: &str) -> Option<(&str, &str)> {
    let inner = html.strip_prefix('<')?;
    let first = inner.chars().next()?;
    (first.is_ascii_alphabetic() || first == '/').then_some(())?;
    inner.split_once('>')
}

/// A tag with its attributes in order and without the slash of empty elements.
fn attributes(tag: &str) -> String {
    let tag = tag.trim().trim_end_matches('/').trim();
    let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut found: Vec<String> = Vec::new();
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let end = match rest.find("=\"") {
            Some(at) if !rest[..at].contains(' ') => {
                at + 2 + rest[at + 2..].find('"').map_or(rest.len() - at - 2, |end| end + 1)
            }
            _ => rest.find(' ').unwrap_or(rest.len()),
        };
        found.push(rest[..end].trim_end_matches("=\"\"").to_owned());
        rest = rest[end..].trim_start();
    }
    found.sort();
    std::iter::once(name.to_ascii_lowercase()).chain(found).collect::<Vec<_>>().join(" ")
}

/// Compares a corpus; `deviations` are the only examples that may differ, and all of them must.
fn compare(name: &str, dialect: impl Fn(&serde_json::Value) -> Option<Dialect>, deviations: &[(&str, u64, &str)]) {
    let Some(examples) = corpus(name) else { return };
    let reasons: BTreeMap<(&str, u64), &str> =
        deviations.iter().map(|&(file, number, why)| ((file, number), why)).collect();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for example in &examples {
        let Some(dialect) = dialect(example) else { continue };
        compared += 1;
        let origin = field(example, "origin").rsplit('/').next().unwrap_or_default();
        let number = example["example"].as_u64().unwrap_or_default();
        let ours = normalise(&render(field(example, "payload"), dialect));
        let theirs = normalise(field(example, "html"));
        let listed = reasons.contains_key(&(origin, number));
        if (ours == theirs) == listed {
            wrong.push(format!(
                "{origin} {number} {:?}\n  text   {:?}\n  ours   {ours}\n  theirs {theirs}",
                field(example, "section"),
                field(example, "payload")
            ));
        }
    }
    println!("{name}: {compared} of {} examples compared, {} listed deviations", examples.len(), deviations.len());
    assert!(wrong.is_empty(), "{} not as listed:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn commonmark_examples() {
    compare("markdown/commonmark-spec.jsonl", |_| Some(Dialect::CommonMark), &[]);
}

#[test]
fn github_examples() {
    let dialect = |example: &serde_json::Value| match field(example, "origin") {
        // Quotes and dashes stay as the author typed them.
        "cmark-gfm/test/smart_punct.txt" => None,
        "cmark-gfm/test/extensions.txt" => Some(Dialect::Gfm),
        _ if example["extensions"].as_array().is_some_and(|list| !list.is_empty()) => Some(Dialect::Gfm),
        _ => Some(Dialect::CommonMark),
    };
    let deviations = [
        ("spec.txt", 628, "ftp is no scheme that a link may have"),
        ("extensions.txt", 22, "raw HTML is dropped or passed through, never filtered tag by tag"),
    ];
    compare("markdown/cmark-gfm.jsonl", dialect, &deviations);
}

#[test]
fn attacks_stay_text() {
    for name in ["payloadbox", "dompurify", "owasp-filter-evasion", "payloadsallthethings-xss"] {
        let Some(examples) = corpus(&format!("xss/{name}.jsonl")) else { return };
        for example in &examples {
            let payload = field(example, "payload");
            let forms = [
                payload.to_owned(),
                format!("[見る]({payload})"),
                format!("[見る](<{payload}>)"),
                format!("![図]({payload} \"{payload}\")"),
                format!("# {payload} {{#{payload}}}"),
                format!("{{{payload}|{payload}}}"),
                format!("| {payload} |\n|---|\n| {payload} |"),
                format!("::: callout title=\"{payload}\"\n{payload}\n:::"),
                format!("```{payload}\n{payload}\n```"),
                format!("文[^{payload}]\n\n[^{payload}]: {payload}"),
            ];
            for text in forms {
                let html = render(&text, Dialect::Site);
                assert_harmless(&html, &text);
            }
        }
    }
}

const TAGS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "section",
    "br",
    "input",
    "em",
    "strong",
    "del",
    "a",
    "img",
    "sup",
    "ruby",
    "rp",
    "rt",
];

const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "href",
    "src",
    "alt",
    "title",
    "role",
    "tabindex",
    "aria-label",
    "type",
    "disabled",
    "checked",
    "scope",
    "start",
];

/// Every tag is one that this room writes, and no attribute could run.
fn assert_harmless(html: &str, text: &str) {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, next) = after.split_once('>').unwrap_or_else(|| panic!("{text:?}: open tag in {html}"));
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| !matches!(c, ' ' | '/')).collect();
        assert!(TAGS.contains(&name.as_str()), "{text:?}: <{name}> in {html}");
        let mut attributes = tag[tag.find(&name).unwrap() + name.len()..].trim().trim_end_matches('/').trim();
        while !attributes.is_empty() {
            let (name, value) = attributes.split_once("=\"").unwrap_or_else(|| panic!("{text:?}: {tag}"));
            assert!(ATTRIBUTES.contains(&name), "{text:?}: {name} in {html}");
            let (value, after) = value.split_once('"').unwrap();
            if name == "href" {
                let plain = value.replace("&amp;", "&");
                let refused = sumika::markdown::classify(&plain);
                assert!(!matches!(refused, Destination::Refused(_)), "{text:?}: {value}");
            }
            attributes = after.trim();
        }
        rest = next;
    }
}

/// What this thread worked: unlike the clock on the wall, it does not run while others have the machine.
fn processor_time_s() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

#[test]
fn hard_texts_take_linear_time() {
    let nested = |open: &str, close: &str, count: usize| format!("{}a{}", open.repeat(count), close.repeat(count));
    type Make = Box<dyn Fn(usize) -> String>;
    let makers: Vec<(&str, Make)> = vec![
        ("strong openers", Box::new(|n| "**あ".repeat(n))),
        ("emphasis both ways", Box::new(|n| "*あ *い* う*".repeat(n))),
        ("nested emphasis", Box::new(move |n| nested("*", "*", n))),
        ("mixed openers", Box::new(|n| "*a _a **a __a ~~a ".repeat(n))),
        ("closers without openers", Box::new(|n| "a* b_ c** ".repeat(n))),
        ("links", Box::new(move |n| nested("[", "](x)", n))),
        ("pictures", Box::new(move |n| nested("![", "](x)", n))),
        ("open braces", Box::new(|n| "{".repeat(n))),
        ("ruby", Box::new(|n| "{漢|か".repeat(n))),
        ("code", Box::new(|n| (1..n / 30).map(|i| format!("e{}", "`".repeat(i % 300))).collect())),
        ("tables", Box::new(|n| format!("|a|\n|-|\n{}", "|{a|\n".repeat(n)))),
        (
            "footnotes",
            Box::new(|n| (0..n).map(|i| format!("[^{i}]")).chain((0..n).map(|i| format!("\n\n[^{i}]: a"))).collect()),
        ),
        ("addresses", Box::new(|n| "https://a.b/;".repeat(n))),
        ("mail", Box::new(|n| "a@b.c@".repeat(n))),
        ("www", Box::new(|n| "www._.".repeat(n))),
        ("soft breaks", Box::new(|n| "あ\n".repeat(n))),
        ("breaks between pictures", Box::new(|n| "**\n".repeat(n))),
        ("colons", Box::new(|n| "::: callout\n".repeat(n))),
        ("colons that never close", Box::new(|n| format!("{}{}", "::::: callout\n".repeat(n), ":::\n".repeat(n)))),
        ("closing colons", Box::new(|n| ":::\n\n".repeat(n))),
        ("attributes", Box::new(|n| format!("::: figure {}", "a=b ".repeat(n)))),
        ("headings", Box::new(|n| "## あ\n".repeat(n))),
        ("marks", Box::new(|n| "[^".repeat(n))),
        ("comments", Box::new(|n| "<!-- ".repeat(n))),
    ];
    for (name, make) in makers {
        let time = |count: usize| {
            let text = make(count);
            let started = processor_time_s();
            render(&text, Dialect::Site);
            processor_time_s() - started
        };
        let (small, large) = (time(2_000), time(16_000));
        // Eight times the text: linear is 8, quadratic 64. Small times are noise.
        assert!(large < 0.5 || large < small * 30.0, "{name}: {small:.3} s, then {large:.3} s");
    }
}
