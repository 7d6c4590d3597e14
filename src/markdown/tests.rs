//! What authors write, and what comes of it.

use super::{
    Document, Holes, Image, Inner, Link, LinkTarget, Options, Place, Reference, Shortcode, Word, escape, fill, parse,
};
use crate::diag::Report;
use crate::source::SourcePath;

struct Site;

impl Holes for Site {
    fn link(&mut self, link: &Link) -> LinkTarget {
        if link.url.value.contains("withheld") {
            return LinkTarget::Plain;
        }
        LinkTarget::To { href: link.url.value.clone(), attributes: Vec::new() }
    }

    fn image(&mut self, image: &Image) -> String {
        format!("[{}:{}]", image.src.value, image.alt)
    }

    fn shortcode(&mut self, shortcode: &Shortcode, inner: Inner) -> String {
        let attributes: String =
            shortcode.attributes.iter().map(|(key, value)| format!(" {key}={}", escape(&value.value))).collect();
        let pages: String =
            inner.pages.iter().map(|page| format!("<page>{}|{}</page>", page.image, page.words)).collect();
        format!("<{}{attributes}>{}{pages}</{0}>", shortcode.kind.name(), inner.html)
    }

    fn text(&mut self, html: &str, out: &mut String) {
        out.push_str(&html.replace("訪問看護", "<term>"));
    }

    fn word(&mut self, word: Word) -> String {
        format!("{word:?}")
    }
}

/// Front matter of this length stands before the text.
const OFFSET: usize = 100;

fn read(text: &str) -> (Document, Report) {
    let path = SourcePath::new("content/stories/a.md").unwrap();
    let checked = parse(text, Place { path: &path, offset: OFFSET }, &Options::default());
    (checked.value, checked.report)
}

fn html(text: &str) -> String {
    fill(&read(text).0, &mut Site)
}

/// A paragraph's inside.
fn inline(text: &str) -> String {
    let html = html(text);
    let inside = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>\n"));
    inside.unwrap_or(&html).to_owned()
}

/// The codes of a text's problems, with the text that each points at.
fn problems(text: &str) -> Vec<String> {
    let (_, report) = read(text);
    report
        .sorted()
        .iter()
        .map(|found| {
            let span = found.primary.as_ref().map_or(0..0, crate::source::Span::range);
            format!("{} {}", found.code, &text[span.start - OFFSET..span.end - OFFSET])
        })
        .collect()
}

#[test]
fn emphasis_works_beside_japanese_punctuation() {
    for (text, expected) in [
        ("**日本語。**の文", "<strong>日本語。</strong>の文"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("**注意！**必ず", "<strong>注意！</strong>必ず"),
        ("文**（括弧）**文", "文<strong>（括弧）</strong>文"),
        ("~~取消。~~です", "<del>取消。</del>です"),
        ("**「A」**と**B**", "<strong>「A」</strong>と<strong>B</strong>"),
        ("**「A」**と**「B」**と*「C」*。", "<strong>「A」</strong>と<strong>「B」</strong>と<em>「C」</em>。"),
        ("日本*語*で", "日本<em>語</em>で"),
        ("**[連絡先](x)。**まで", "<strong><a href=\"x\">連絡先</a>。</strong>まで"),
        ("**`code`。**の", "<strong><code>code</code>。</strong>の"),
        ("[**「重要」**です](x)", "<a href=\"x\"><strong>「重要」</strong>です</a>"),
        ("***とても。***です", "<em><strong>とても。</strong></em>です"),
        ("**a*b。**c*", "<strong>a*b。</strong>c*"),
        ("\\*\\*注意！\\*\\*必ず", "**注意！**必ず"),
        ("\\**注意！*必ず", "*<em>注意！</em>必ず"),
        ("foo_bar_baz と _下線_ です", "foo_bar_baz と <em>下線</em> です"),
        ("これは**“引用”**です", "これは<strong>“引用”</strong>です"),
        ("** 空白 **", "** 空白 **"),
    ] {
        assert_eq!(inline(text), expected, "{text}");
    }
}

#[test]
fn a_single_tilde_strikes_nothing_out() {
    assert_eq!(inline("月~金 9:00~17:00、~~休~~"), "月~金 9:00~17:00、<del>休</del>");
}

#[test]
fn ruby() {
    let kanji = "<ruby>看取<rp>（</rp><rt>みと</rt><rp>）</rp></ruby>";
    for (text, expected) in [
        ("{看取|みと}り", format!("{kanji}り")),
        ("{看取｜みと}り", format!("{kanji}り")),
        ("\\{看取|みと}り", "{看取|みと}り".to_owned()),
        ("`{看取|みと}`", "<code>{看取|みと}</code>".to_owned()),
        ("**{看取|みと}り**を", format!("<strong>{kanji}り</strong>を")),
        ("[{看取|みと}](x)", format!("<a href=\"x\">{kanji}</a>")),
        (
            "{訪問看護|ほうもんかんご}と訪問看護",
            "<ruby>訪問看護<rp>（</rp><rt>ほうもんかんご</rt><rp>）</rp></ruby>と<term>".to_owned(),
        ),
    ] {
        assert_eq!(inline(text), expected, "{text}");
    }
    assert_eq!(problems("| 用語 |\n|---|\n| {看取|みと}り |\n"), ["S0511 {看取"]);
    assert_eq!(problems("| 用語 |\n|---|\n| {看取｜みと}り |\n"), [""; 0]);
}

#[test]
fn terms_are_linked_only_in_plain_text() {
    let text = "## 訪問看護\n\n訪問看護、[訪問看護](x)、`訪問看護`、**訪問看護**";
    let expected = "<h2 id=\"訪問看護\">訪問看護</h2>\n<p><term>、<a href=\"x\">訪問看護</a>、<code>訪問看護</code>、<strong><term></strong></p>\n";
    assert_eq!(html(text), expected);
}

#[test]
fn line_breaks_between_japanese_letters_are_no_spaces() {
    for (text, expected) in [
        ("日本\n語", "日本語"),
        ("日本。\n**語**", "日本。<strong>語</strong>"),
        ("日本\nlanguage", "日本\nlanguage"),
        ("한국\n어", "한국\n어"),
        (
            "{漢|かん}\n{字|じ}",
            "<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp></ruby><ruby>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby>",
        ),
        ("日本  \n語", "日本<br />\n語"),
    ] {
        assert_eq!(inline(text), expected, "{text}");
    }
}

#[test]
fn headings_have_ids_that_stay() {
    let (document, report) = read("## {褥瘡|じょくそう}とは？\n\n## 褥瘡とは\n\n### Q & **A** {#qa}\n\n#### `x`\n");
    let headings: Vec<(u8, &str, &str)> =
        document.headings().iter().map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(
        headings,
        [(2, "褥瘡とは", "褥瘡とは？"), (2, "褥瘡とは-1", "褥瘡とは"), (3, "qa", "Q & A"), (4, "x", "x")]
    );
    assert!(report.is_empty());
    assert_eq!(html("### a {#b}\n").lines().next(), Some("<h3 id=\"b\">a</h3>"));
    assert_eq!(
        problems("# 題\n\n#### 深い\n\n##\n\n## a {#x}\n\n## b {#x}\n"),
        ["S0505 # 題", "S0504 #### 深い", "S0503 ##", "S0506 ## b {#x}"]
    );
}

#[test]
fn raw_html_is_dropped_and_reported() {
    assert_eq!(inline("文<b onclick=\"x\">太</b><!-- 覚え -->字"), "文太字");
    assert_eq!(problems("文<b onclick=\"x\">太</b><!-- 覚え -->字"), ["S0502 <b onclick=\"x\">"]);
    assert_eq!(html("<script>\nalert(1)\n</script>\n\n<!--\n覚え\n-->\n\n<div>\n\n本文\n\n</div>"), "<p>本文</p>\n");
}

#[test]
fn links_are_checked() {
    assert_eq!(inline("[見る](javascript:alert)と[隠す](withheld)"), "見ると隠す");
    assert_eq!(inline("[見る](&#106;avascript:x)"), "見る");
    assert_eq!(
        problems("[見る](javascript:x) [こちら](a.md) [](b.md) [空]() <ftp://a.b> [r]\n\n[r]: vbscript:x"),
        [
            "S0501 javascript:x",
            "S0507 [こちら](a.md)",
            "S0508 [](b.md)",
            "S0508 [空]()",
            "S0501 ftp://a.b",
            "S0501 [r]"
        ]
    );
    assert_eq!(
        inline("https://example.jp/a_bへ、a@example.jp"),
        "<a href=\"https://example.jp/a_b\">https://example.jp/a_b</a>へ、<a href=\"mailto:a@example.jp\">a@example.jp</a>"
    );
    assert_eq!(
        inline("[訪問](../a.md#見出し \"題\")"),
        "<a href=\"../a.md#%E8%A6%8B%E5%87%BA%E3%81%97\" title=\"題\">訪問</a>"
    );
}

#[test]
fn pictures_say_what_they_show() {
    assert_eq!(inline("![**川**の{舟|ふね}と[橋](x)](a.jpg)"), "[a.jpg:川の舟と橋]");
    let (document, _) = read("![川の[橋](x)](a.jpg)");
    assert_eq!(document.links().count(), 0);
    assert_eq!(
        problems("![](a.jpg) ![舟](https://example.jp/a.jpg)"),
        ["S0509 ![](a.jpg)", "S0510 https://example.jp/a.jpg"]
    );
}

#[test]
fn tables_alerts_and_tasks_are_accessible() {
    assert_eq!(
        html("| a | b |\n|---|--:|\n| 1 | 2 |\n"),
        "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n\
         <th scope=\"col\" class=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"right\">2</td>\n</tr>\n\
         </tbody>\n</table></div>\n"
    );
    assert_eq!(
        html("> [!WARNING]\n> 文\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Alert(Warning)</p>\n<p>文</p>\n</div>\n"
    );
    assert_eq!(
        html("- [x] 済\n"),
        "<ul>\n<li><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\" /> 済</li>\n</ul>\n"
    );
}

#[test]
fn footnotes_lead_there_and_back() {
    let text = "文[^a]と文[^a]。\n\n[^a]: 注の**文**。\n\n[^b]: 余り\n";
    assert_eq!(
        html(text),
        "<p>文<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\" aria-label=\"FootnoteTo(1)\">1</a></sup>\
         と文<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\" aria-label=\"FootnoteTo(1)\">1</a></sup>。</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>注の<strong>文</strong>。 \
         <a href=\"#fnref-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"FootnoteBack(1)\">↩</a>\
         <a href=\"#fnref-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"FootnoteBack(1)\">↩</a></p>\n</li>\n</ol>\n</section>\n"
    );
    assert_eq!(problems(text), ["S0512 [^b]: 余り"]);
    assert_eq!(problems("文[^c]と[^ d]"), ["S0513 [^c]"]);
    assert_eq!(html("::: callout\n文[^1]\n:::\n\n[^1]: 注").matches("fn-1").count(), 2);
}

#[test]
fn shortcodes_nest() {
    assert_eq!(
        html(
            "前\n:::: callout kind=\"tip\" title=\"題\"\n本文\n::: quote who=\"母\"\n「うん」\n:::\n::: figure src=\"a.jpg\" alt=\"\"\n::::\n後"
        ),
        "<p>前</p>\n<callout kind=tip title=題><p>本文</p>\n<quote who=母><p>「うん」</p>\n</quote><figure alt= src=a.jpg></figure></callout><p>後</p>\n"
    );
    assert_eq!(
        html("- 一\n- 二\n::: qr\n\n> 引用\n::: qr\n\n| a |\n|--|\n::: qr\n"),
        "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n<qr></qr><blockquote>\n<p>引用</p>\n</blockquote>\n<qr></qr>\
         <div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n\
         </table></div>\n<qr></qr>"
    );
    assert_eq!(html("```\n::: qr\n```\n"), "<pre tabindex=\"0\"><code>::: qr\n</code></pre>\n");
}

#[test]
fn manga_is_made_of_pages() {
    let text =
        "::: manga title=\"題\"\n初めに\n\n![一コマ](1.png)\nせりふ一\n\n続き\n\n![二コマ](2.png)\n\nせりふ二\n:::\n";
    assert_eq!(
        html(text),
        "<manga title=題><p>初めに</p>\n<page>[1.png:一コマ]|<p>せりふ一</p>\n<p>続き</p>\n</page><page>[2.png:二コマ]|<p>せりふ二</p>\n</page></manga>"
    );
    assert_eq!(problems("::: manga\n![a](1.png)\n\n![b](2.png)\n文\n:::"), ["S0531 ![a](1.png)"]);
    assert_eq!(problems("::: manga\n文\n:::"), ["S0529 ::: manga"]);
}

#[test]
fn shortcode_mistakes_have_their_places() {
    for (text, expected) in [
        ("::: figre src=\"a\" alt=\"b\"", "S0520 figre"),
        ("::: calout\n文\n:::", "S0520 calout"),
        ("::: qr url=“x”", "S0521 url=“x”"),
        ("::: qr link=\"x\"", "S0522 link"),
        ("::: figure src=\"a\"", "S0523 ::: figure src=\"a\""),
        ("::: qr label=\"x\" label=\"y\"", "S0524 label"),
        ("::: callout kind=\"tipp\"\n文\n:::", "S0525 tipp"),
        ("文\n\n::: callout\n文", "S0526 ::: callout"),
        ("文\n\n:::", "S0527 :::"),
        ("::: qr\n:::", "S0528 :::"),
        ("::: video src=\"a.mp4\"\n:::", "S0529 ::: video src=\"a.mp4\""),
        ("::: video\n文\n:::", "S0523 ::: video"),
        ("::: qr url=\"javascript:x\"", "S0501 javascript:x"),
        ("::: figure src=\"https://example.jp/a.jpg\" alt=\"a\"", "S0510 https://example.jp/a.jpg"),
        ("::: facility id=\"c-1\"\n\n<!--\n::: qr\n-->", ""),
    ] {
        let expected: Vec<&str> = Some(expected).filter(|text| !text.is_empty()).into_iter().collect();
        assert_eq!(problems(text), expected, "{text}");
    }
}

#[test]
fn references_are_found_everywhere() {
    let text = "[a](a.md)\n\n::: callout\n![b](b.jpg)[^1]\n:::\n\n[^1]: [c](facility:c-1)\n\n::: facility id=\"d\"\n::: map area=\"e\"\n::: event id=\"f\"\n\
                ::: video src=\"g.mp4\" poster=\"h.jpg\"\n文\n:::\n";
    let (document, report) = read(text);
    assert!(report.is_empty(), "{report:?}");
    let found: Vec<String> = document
        .references()
        .map(|reference| match reference {
            Reference::Link(value) => format!("link {}", value.value),
            Reference::Picture(value) => format!("picture {}", value.value),
            Reference::File(value) => format!("file {}", value.value),
            Reference::Facility(value) => format!("facility {}", value.value),
            Reference::Area(value) => format!("area {}", value.value),
            Reference::Event(value) => format!("event {}", value.value),
        })
        .collect();
    assert_eq!(
        found,
        [
            "link a.md",
            "link facility:c-1",
            "picture b.jpg",
            "facility d",
            "area e",
            "event f",
            "file g.mp4",
            "picture h.jpg"
        ]
    );
    for reference in document.references() {
        let (Reference::Link(value) | Reference::Picture(value) | Reference::File(value)) = reference else { continue };
        let range = value.span.range();
        assert_eq!(&text[range.start - OFFSET..range.end - OFFSET], value.value);
    }
}

#[test]
fn plain_text_has_no_markup() {
    let text =
        "![図](a.png)\n\n## {看取|みと}り\n\n**初め**の[段落](x)&amp;`<b>`[^1]\nです。\n\n- 一\n- 二\n\n[^1]: 注\n";
    let (document, _) = read(text);
    assert_eq!(document.plain_text(), "図\n看取り\n初めの段落&<b> です。\n一\n二\n注");
    assert_eq!(document.first_paragraph_text(), "初めの段落&<b> です。");
}

#[test]
fn ids_of_several_documents_on_a_page_differ() {
    let path = SourcePath::new("content/faq/a.md").unwrap();
    let options = Options { prefix: "q1-".to_owned(), ..Options::default() };
    let document = parse("## 題\n\n文[^1]\n\n[^1]: 注", Place { path: &path, offset: 0 }, &options).value;
    let html = fill(&document, &mut Site);
    for id in ["id=\"q1-題\"", "id=\"q1-fn-1\"", "href=\"#q1-fn-1\"", "id=\"q1-fnref-1\"", "href=\"#q1-fnref-1\""] {
        assert!(html.contains(id), "{id} in {html}");
    }
}

/// Scraps that mean something, so that random texts are not mere noise.
const SCRAPS: &[&str] = &[
    "あ",
    "。",
    "「",
    "」",
    "**",
    "*",
    "_",
    "~~",
    "~",
    "`",
    "```\n",
    "{",
    "|",
    "｜",
    "}",
    "{漢|か}",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "](x)",
    "![",
    "[^1]",
    "\n[^1]: ",
    "\n\n",
    "\n",
    "  \n",
    "\r\n",
    "# ",
    "## ",
    "{#id}",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [x] ",
    "\n|a|b|\n|-|-|\n",
    "|",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<div>\n",
    "<https://a.b>",
    "https://a.b/c",
    "www.a.b",
    "a@b.c",
    "&amp;",
    "&#42;",
    "\n::: qr\n",
    "\n::: callout\n",
    "\n:::\n",
    "\n:::: manga\n",
    "\n::::\n",
    "::: figure src=\"a\" alt=\"",
    "\"",
    "![a](b)",
    "\t",
    "    ",
    "\u{0}",
    "\u{3000}",
    "𠮷",
    "e\u{301}",
    "***",
    "---\n",
    "[r]: /u\n",
    "[r]",
    "a",
    " ",
];

proptest::proptest! {
    #[test]
    fn no_text_panics_and_every_span_fits(scraps in proptest::collection::vec(0..SCRAPS.len(), 0..60)) {
        let text: String = scraps.into_iter().map(|scrap| SCRAPS[scrap]).collect();
        let (document, report) = read(&text);
        let fits = |span: &crate::source::Span| text.get(span.start as usize - OFFSET..span.end as usize - OFFSET).is_some();
        for found in report.iter() {
            assert!(found.primary.as_ref().is_some_and(fits), "{text:?}: {found:?}");
            assert!(found.labels.iter().all(|label| fits(&label.span)), "{text:?}: {found:?}");
        }
        for reference in document.references() {
            let (Reference::Link(value) | Reference::Picture(value) | Reference::File(value) | Reference::Facility(value)
                | Reference::Area(value) | Reference::Event(value)) = reference;
            assert!(fits(&value.span), "{text:?}: {value:?}");
        }
        let html = fill(&document, &mut Site);
        for tag in ["strong", "em", "del", "a", "p", "ruby", "li", "code"] {
            let count = |what: String| html.matches(&what).count();
            let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
            assert_eq!(opened, count(format!("</{tag}>")), "{tag} in {html:?} from {text:?}");
        }
        let _ = document.plain_text();
        let ids: std::collections::BTreeSet<&str> = document.headings().iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids.len(), document.headings().len(), "{text:?}");
        let _ = super::ruby::to_html(&text);
        let _ = super::ruby::base_text(&text);
    }
}
