//! Made-up views: the site, a facility, a story, an event.

use sumika::render::view::{
    AnswerView, ApplyView, ArticlePage, ArticleView, CategoryTag, CorrectionView, DateView, DeskView, EmergencyView,
    EventView, FacilityPage, FacilityView, FactView, FooterGroup, HoursRow, HoursView, ImageView, InsetView, Kept,
    LanguageView, LegendEntry, Link, MapView, NavLink, PageView, PhoneView, ResultView, ReviewView, SiteView,
    TilesView, TocEntry,
};
use sumika::theme::Room;

pub(crate) fn s(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn link(label: &str, href: &str) -> Kept<Link> {
    Link { label: s(label), href: s(href) }.into()
}

pub(crate) fn phone(display: &str) -> Option<PhoneView> {
    Some(PhoneView { display: s(display), href: format!("tel:{}", display.replace('-', "")), note: s("代表") })
}

pub(crate) fn day() -> Kept<DateView> {
    let (long, short) = (s("令和8年6月1日（2026年）（月）"), s("令和8年6月1日"));
    DateView { iso: s("2026-06-01"), long, short }.into()
}

pub(crate) const CIRCLE: &str = r##"<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9" fill="#0B4F9E"/></svg>"##;
pub(crate) const SQUARE: &str =
    r##"<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path fill="#A8320A" d="M2 2h16v16H2z"/></svg>"##;

pub(crate) fn image() -> Option<ImageView> {
    Some(ImageView {
        src: s("/static/home.svg"),
        srcset: s("/static/home.svg 480w, /static/home.svg 960w"),
        webp_srcset: String::new(),
        width: 560,
        height: 400,
        alt: s("縁側で庭をながめる二人"),
    })
}

pub(crate) fn map() -> Option<MapView> {
    let svg = r##"<svg viewBox="0 0 344 240" role="group" aria-labelledby="m-t m-d"><title id="m-t">青葉圏域の地図</title><desc id="m-d">3か所</desc><path fill="#e9e4d8" d="M0 0h344v240H0z"/><path fill="#fbf8f1" stroke="#555" d="m30 40 90-25 110 20 80 60-30 110-120 20-100-40z"/><a href="#f-1" aria-label="1 さくら訪問看護ステーション B-2"><circle cx="150" cy="110" r="11" fill="#A8320A"/><text x="150" y="114" font-size="12" font-weight="700" text-anchor="middle" fill="#fff">1</text></a><a href="#f-2" aria-label="2 みどり内科 C-2"><circle cx="220" cy="130" r="11" fill="#0B4F9E"/><text x="220" y="134" font-size="12" font-weight="700" text-anchor="middle" fill="#fff">2</text></a></svg>"##;
    Some(MapView {
        svg_html: s(svg),
        insets: vec![InsetView {
            title: s("拡大図1"),
            svg_html: s(svg).replace("m-t", "m-1-t").replace("m-d", "m-1-d"),
        }],
        title: s("青葉圏域の地図"),
        summary: s("青葉圏域の地図に、3か所を番号で示しています。多くは青葉台駅の南にあります。"),
        legend: vec![
            LegendEntry { id: s("clinic"), mark_html: s(CIRCLE), label: s("診療所") },
            LegendEntry { id: s("visiting_nursing"), mark_html: s(SQUARE), label: s("訪問看護ステーション") },
        ],
        attribution: s("国土数値情報（行政区域データ）（国土交通省）を加工して作成"),
        tools: true,
        svg_href: s("/data/maps/aoba.svg"),
    })
}

pub(crate) fn site(lang: &str) -> SiteView {
    let nav = |id: &str, label: &str| NavLink { id: s(id), label: s(label), href: format!("/{id}/") };
    SiteView {
        title: s("すみか みなと市"),
        description: s(
            "家で療養するという選び方があります。まず知って、ご自分とご家族に合う道を、ゆっくり考えるためのサイトです。",
        ),
        lang: s(lang),
        home_href: s("/"),
        base_path: s("/"),
        municipalities: vec![s("みなと市")],
        nav: vec![
            nav("areas", "地域からさがす"),
            nav("stories", "話"),
            nav("guides", "手引き"),
            nav("faq", "よくある質問"),
            nav("events", "催し"),
        ],
        menu: vec![
            FooterGroup {
                title: s("さがす"),
                links: vec![
                    link("地域からさがす", "/areas/"),
                    link("訪問看護ステーション", "/categories/visiting_nursing/"),
                ],
            },
            FooterGroup {
                title: s("読む・知る"),
                links: vec![
                    link("家で過ごした人たちの話", "/stories/"),
                    link("よくある質問", "/faq/"),
                    link("言葉の説明", "/glossary/"),
                ],
            },
            FooterGroup {
                title: s("場面から"),
                links: vec![link("日々の療養", "/scenes/daily/"), link("看取り", "/scenes/end_of_life/")],
            },
        ],
        desk: Some(DeskView {
            name: s("みなと市 在宅医療・介護連携相談窓口"),
            phone: phone("0000-22-3344"),
            fax: s("0000-22-3345"),
            hours: s("月曜から金曜の8時30分から17時15分（祝日と年末年始を除く）"),
            email: s("soudan@minato.example"),
            url: s("https://minato.example/soudan"),
            note: String::new(),
        }),
        emergency: Some(EmergencyView {
            text_html: s(
                "<p>訪問診療や訪問看護を受けている方は、まず<strong>かかりつけの診療所か訪問看護ステーション</strong>に電話してください。夜も休日もつながります。受けていない方は <a href=\"tel:119\">119</a> 番へ。</p>",
            ),
            href: s("/scenes/emergency/"),
        }),
        accessibility_href: s("/accessibility/"),
        data_href: s("/data/"),
        licence: Some(link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.ja")),
        feeds: vec![link("新着の配信（Atom）", "/feed.xml")],
        repository_href: s("https://github.example/minato/sumika"),
        tiles: Some(TilesView {
            origin: s("https://tile.example"),
            template: s("https://tile.example/{z}/{x}/{y}.png"),
            zooms: s("5 18"),
            name: s("試験の地図"),
            attribution: s("試験のタイル"),
        }),
    }
}

pub(crate) fn page(lang: &str, kind: &str, href: &str, title: &str) -> PageView {
    let language = |code: &str, name: &str, translated: bool| LanguageView {
        code: s(code),
        name: s(name),
        href: if code == "ja" { s(href) } else { format!("/{code}{href}") },
        url: if translated { format!("https://sumika.example{href}") } else { String::new() },
        home: s(if code == "ja" { "ホーム" } else { "home" }),
        translated,
        current: code == lang,
    };
    PageView {
        kind: s(kind),
        lang: s(lang),
        title: s(title),
        title_html: s(title),
        head_title: format!("{title}｜すみか みなと市"),
        description: s("みなと市で家での療養を支えるところと、体験した人の話。"),
        href: s(href),
        url: format!("https://sumika.example{href}"),
        section: href.trim_matches('/').split('/').next().unwrap_or_default().to_owned(),
        breadcrumb: if kind == "home" { Vec::new() } else { vec![link("ホーム", "/")] },
        languages: vec![language("ja", "日本語", true), language("en", "English", kind == "home")],
        elsewhere: None,
        image_url: None,
        noindex: false,
        json_ld: None,
        feeds: vec![link("新着", "/feed.xml")],
        emergency: false,
        review: Some(ReviewView { date: day(), by: Some(s("みなと市医師会")), next: Some(day()), stale: false }),
        correction: Some(CorrectionView {
            edit_href: Some(s("https://github.example/edit")),
            form_href: Some(s("https://github.example/new")),
            email_href: Some(s("mailto:sumika@minato.example?subject=x")),
        }),
        qr_html: String::new(),
        paper_url: format!("https://sumika.example{href}"),
        banner: None,
    }
}

pub(crate) fn category_tag() -> Kept<CategoryTag> {
    CategoryTag {
        id: s("visiting_nursing"),
        label: s("訪問看護ステーション"),
        href: s("/categories/visiting_nursing/"),
        mark_html: s(SQUARE),
    }
    .into()
}

fn answer(label: &str, description: &str) -> Kept<AnswerView> {
    AnswerView { label: s(label), href: s("/services/x/"), description: s(description) }.into()
}

fn row(day: &str, times: &str) -> HoursRow {
    HoursRow { day: s(day), times: s(times), closed: times == "休み" }
}

pub(crate) fn facility(lang: &str) -> FacilityPage {
    let mut page = page(lang, "facility", "/facilities/sakura-houkan/", "さくら訪問看護ステーション");
    page.breadcrumb.push(link("地域からさがす", "/areas/"));
    page.breadcrumb.push(link("青葉圏域", "/areas/aoba/"));
    page.json_ld = Some(s(r#"{"@context":"https://schema.org","@type":"MedicalClinic","name":"さくら"}"#));
    FacilityPage {
        page,
        facility: FacilityView {
            id: s("sakura-houkan"),
            name: s("さくら訪問看護ステーション"),
            kana: s("さくらほうもんかんごすてーしょん"),
            category: category_tag(),
            paused: false,
            area: Some(link("青葉圏域", "/areas/aoba/")),
            serves: vec![link("青葉圏域", "/areas/aoba/"), link("若葉圏域", "/areas/wakaba/")],
            serves_all: false,
            postal_code: s("000-0001"),
            address: s("みなと市青葉台一丁目2番3号 青葉ビル2階"),
            map: map().map(|map| MapView { tools: false, insets: Vec::new(), ..map }),
            directions_href: s("https://www.openstreetmap.org/?mlat=35.0&mlon=139.0"),
            phone: phone("0000-11-2222"),
            fax: s("0000-11-2223"),
            email: s("sakura@minato.example"),
            url: s("https://sakura.example/"),
            hours: Some(HoursView {
                rows: vec![
                    row("月・火・水・木・金", "8時30分から17時30分まで"),
                    row("土", "8時30分から12時30分まで"),
                    row("日", "休み"),
                    row("祝日", "休み"),
                ],
                always: false,
                raw: String::new(),
                note: s("利用中の方の電話は24時間つながります。"),
            }),
            yes: vec![
                answer("24時間対応", "夜間や休日も電話がつながり、必要なときは訪ねます。"),
                answer("看取り", ""),
                answer("点滴", ""),
            ],
            ask: vec![answer("人工呼吸器", "")],
            no: vec![answer("小児", ""), answer("精神科訪問看護", "")],
            accepts: s("受け入れています（令和8年6月1日現在）"),
            facts: vec![
                FactView { label: s("通じる言葉"), value: s("日本語、英語") },
                FactView { label: s("駐車場"), value: s("2台") },
                FactView { label: s("運営"), value: s("一般社団法人さくら") },
            ],
            note: s("はじめての方は、まずお電話ください。ご本人の様子をうかがってから、主治医と相談します。"),
            source: s("みなと市訪問看護連絡会"),
            nearby: vec![link("わかば訪問看護", "/facilities/wakaba/")],
        },
    }
}

fn article(room: &Room, kind: &str, label: &str) -> ArticleView {
    let body = r#"<p>父は七十九歳の春、「病院はもういい」と言いました。わたしたちは、はじめは何をどうすればよいのか分かりませんでした。</p><h2 id="h1">はじまり</h2><p>相談窓口に電話をしたのは、桜の終わるころです。<ruby>看取<rp>（</rp><rt>みと</rt><rp>）</rp></ruby>りという言葉を口にするのに、ずいぶん時間がかかりました。</p><blockquote><p>「困ったら夜中でも電話してください」と言われて、ほっとしました。</p></blockquote><ul><li>訪問診療は月に二回</li><li>訪問看護は週に二回</li></ul><h2 id="h2">家で過ごした日々</h2><p>庭の草の話をして、昼には少しうどんを食べました。<a href="/glossary/#homon-kango">訪問看護</a>の人が来る日を、父は楽しみにしていました。</p><table><thead><tr><th>曜日</th><th>来てくれた人</th></tr></thead><tbody><tr><td>月</td><td>看護師</td></tr><tr><td>木</td><td>看護師、薬剤師</td></tr></tbody></table>"#;
    ArticleView {
        kind: s(kind),
        kind_label: s(label),
        lead: s("入院していた父を家に迎え、見送るまでの四か月の話です。亡くなるときの様子も書かれています。"),
        body_html: s(body),
        image: image(),
        authors: vec![s("林 美和")],
        date: Some(day()),
        updated: Some(day()),
        viewpoints: vec![link("実際のところ", "/viewpoints/reality/")],
        scenes: vec![link("入院と退院", "/scenes/transition/"), link("看取り", "/scenes/end_of_life/")],
        areas: vec![link("青葉圏域", "/areas/aoba/")],
        audiences: vec![s("ご家族")],
        toc: vec![
            TocEntry { id: s("h1"), title_html: s("はじまり"), level: 2 },
            TocEntry { id: s("h2"), title_html: s("家で過ごした日々"), level: 2 },
        ],
        consented: kind == "story",
        edition: Some(link("夏号", "/editions/2026-06/")),
        event: None,
        previous: Some(link("縁側の一年", "/stories/engawa/")),
        next: Some(link("母の台所", "/stories/daidokoro/")),
        related_html: super::example_parts::cards_html(room),
    }
}

pub(crate) fn story(room: &Room) -> ArticlePage {
    let lang = room.words().lang();
    let mut page = page(lang, "story", "/stories/hayashi/", "父と過ごした四か月");
    page.breadcrumb.push(link("家で過ごした人たちの話", "/stories/"));
    page.image_url = Some(s("https://sumika.example/x.jpg"));
    ArticlePage { page, article: article(room, "story", "話") }
}

pub(crate) fn event(room: &Room) -> ArticlePage {
    let lang = room.words().lang();
    let mut page = page(lang, "event", "/events/cafe/", "青葉 在宅医療カフェ");
    page.breadcrumb.push(link("催し", "/events/"));
    let mut article = article(room, "event", "催し");
    article.body_html = s("<p>お茶を飲みながら、訪問看護師と話します。途中で出てもかまいません。</p>");
    article.image = None;
    article.toc = Vec::new();
    article.event = Some(EventView {
        date: day(),
        when: s("令和8年6月14日（2026年）（日）10時から11時30分まで"),
        venue: s("青葉コミュニティセンター 和室"),
        address: s("みなと市青葉台二丁目1番"),
        directions_href: s("https://www.openstreetmap.org/?mlat=35.0&mlon=139.0"),
        map: map(),
        method: s("在宅医療カフェ"),
        capacity: s("20人"),
        audience: s("どなたでも"),
        online_href: s("https://meet.example/"),
        apply: Some(ApplyView {
            href: s("https://form.example/"),
            phone: phone("0000-22-3344"),
            deadline: Some(day()),
            closed: false,
        }),
        cancelled: false,
        status: s("日時や場所が変わりました"),
        status_note: s("和室から集会室に変わりました。"),
        ics_href: s("/events/cafe/event.ics"),
        past: false,
        result: Some(ResultView {
            participants: Some(18),
            surveyed: Some(15),
            satisfied: Some(14),
            notes_html: s("<p>「夜中に困ったときのこと」を尋ねる方が多くいました。</p>"),
        }),
    });
    ArticlePage { page, article }
}
