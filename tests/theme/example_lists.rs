//! Made-up views: the pages that list things.

use sumika::render::view::{
    AccessibilityPage, AccessibilityView, AreaCard, AreaGroup, AreaPage, AreaPrintPage, AreaPrintView, AreaView,
    AreasPage, CategoryPage, CategoryView, CountLink, DataFile, DataPage, DataView, EditionCard, EditionLocal,
    EditionPage, EditionStage, EditionView, EditionYear, EditionsPage, EventArea, EventCard, EventMonth, EventYear,
    EventsPage, FaqPage, FigureRow, GlossaryPage, GoalView, HomePage, HomeView, IssueView, ListingPage, ListingView,
    NotFoundPage, PlanPage, PlanReview, PlanView, PrintGroup, PrintRow, QuestionGroup, QuestionView, RedirectPage,
    RedirectView, ServicePage, ServiceView, StageView, TermGroup, TermView, TopicPage, TopicView,
};

use sumika::theme::Room;

use super::example::{CIRCLE, SQUARE, day, link, map, page, phone, s};
use super::example_parts::{card_groups, cards, cards_html, centers_html, group, on_map, visiting, without_map};

fn count(label: &str, href: &str, count: usize, description: &str) -> CountLink {
    CountLink { label: s(label), href: s(href), count, description: s(description), mark_html: String::new() }
}

fn scenes() -> Vec<CountLink> {
    vec![
        count(
            "日々の療養",
            "/scenes/daily/",
            0,
            "家での診察や看護、薬、食事、介護など、ふだんの暮らしの支えについて。",
        ),
        count(
            "入院と退院",
            "/scenes/transition/",
            0,
            "病院から家へ、家から病院へ。移るときの準備と、つないでくれる人たちについて。",
        ),
        count(
            "急に具合が変わったとき",
            "/scenes/emergency/",
            0,
            "あわてないために、だれに、どの順で連絡するかを決めておくことについて。",
        ),
        count(
            "看取り",
            "/scenes/end_of_life/",
            0,
            "家で最期まで過ごすこと、途中で気持ちが変わること、見送る家族のことについて。",
        ),
    ]
}

fn categories() -> Vec<CountLink> {
    let mut all = vec![
        count("診療所", "/categories/clinic/", 24, ""),
        count("訪問看護ステーション", "/categories/visiting_nursing/", 12, ""),
        count("薬局", "/categories/pharmacy/", 18, ""),
        count("居宅介護支援事業所", "/categories/care_manager/", 15, ""),
    ];
    for (at, link) in all.iter_mut().enumerate() {
        link.mark_html = s(if at % 2 == 0 { CIRCLE } else { SQUARE });
    }
    all
}

fn areas_list() -> Vec<AreaGroup> {
    let area = |number, id: &str, name: &str, kana: &str, members: &str, count| AreaCard {
        id: s(id),
        number: Some(number),
        name: s(name),
        kana: s(kana),
        href: format!("/areas/{id}/"),
        members: s(members),
        count,
    };
    vec![AreaGroup {
        title: String::new(),
        areas: vec![
            area(1, "aoba", "青葉圏域", "あおば", "青葉台、若葉町、緑が丘", 31),
            area(2, "wakaba", "港南圏域", "こうなん", "港町、南浜", 22),
            area(3, "yama", "山手圏域", "やまて", "山手、上野原", 17),
        ],
    }]
}

fn event_cards() -> Vec<EventCard> {
    let card = |title: &str, when: &str, past| EventCard {
        title_html: s(title),
        href: s("/events/cafe/"),
        date: day(),
        when: s(when),
        venue: s("青葉コミュニティセンター 和室"),
        method: s("在宅医療カフェ"),
        areas: vec![link("青葉圏域", "/areas/aoba/")],
        summary: s("お茶を飲みながら、訪問看護師と話します。"),
        online: true,
        past,
        status: s("定員に達しました"),
    };
    vec![
        card("青葉 在宅医療カフェ", "令和8年6月14日（2026年）（日）10時から11時30分まで", false),
        card("家で過ごすということ 講演と話し合い", "令和8年7月4日（2026年）（土）13時30分から15時まで", false),
    ]
}

fn questions() -> Vec<QuestionView> {
    let question = |anchor: &str, text: &str, short: &str| QuestionView {
        anchor: s(anchor),
        href: format!("/faq/#{anchor}"),
        question_html: s(text),
        short: s(short),
        answer_html: s(
            "<p>訪問診療の医師は、月に一回から二回、決まった日に来ます。急なときは、電話をすると往診に来ます。</p>",
        ),
        updated: Some(day()),
        scenes: vec![link("日々の療養", "/scenes/daily/")],
    };
    vec![
        question(
            "hitori",
            "一人暮らしでも、家で療養できますか",
            "できます。訪問の回数を増やし、見守りを組み合わせます。",
        ),
        question(
            "yoru",
            "夜中に具合が悪くなったら、どうすればよいですか",
            "かかりつけの訪問看護か診療所に電話してください。",
        ),
        question("okane", "費用はどのくらいかかりますか", "医療保険と介護保険が使え、月ごとの上限があります。"),
    ]
}

fn edition_card() -> EditionCard {
    EditionCard {
        slug: s("2026-06"),
        title: s("夏号「夜をどう過ごすか」"),
        href: s("/editions/2026-06/"),
        release: day(),
        stage: s("第2段階　地域ごとに知り、深める"),
        summary: s(
            "夜の不安は、家で過ごすことを考えるとき、だれもが思うことです。夜の電話を受ける人、夜をともに過ごした家族に聞きました。",
        ),
        lead: cards().into_iter().next(),
    }
}

pub(crate) fn home(room: &Room) -> HomePage {
    let lang = room.words().lang();
    let mut page = page(lang, "home", "/", "住み慣れた家で、という選び方");
    page.emergency = true;
    let viewpoint = |name: &str, text: &str| count(name, "/viewpoints/x/", 0, text);
    HomePage {
        page,
        home: HomeView {
            edition: Some(edition_card()),
            scenes: scenes(),
            viewpoints: vec![
                viewpoint(
                    "だれにでも起こりうること",
                    "年を重ねれば、だれでも弱り、毎日の世話が必要になることがあります。",
                ),
                viewpoint(
                    "家で過ごすよさ",
                    "落ち着いた時期には、住み慣れた家のほうがその人らしく過ごせることがあります。",
                ),
                viewpoint("家でできること", "毎日の医療が必要でも、家で暮らし、家で最期を迎えることができます。"),
            ],
            areas: areas_list(),
            map: map(),
            categories: categories(),
            stories_html: cards_html(room),
            events: event_cards(),
            questions: questions(),
            news: cards(),
        },
    }
}

pub(crate) fn areas(lang: &str) -> AreasPage {
    AreasPage {
        page: page(lang, "areas", "/areas/", "地域からさがす"),
        map: map(),
        groups: areas_list(),
        categories: categories(),
        services: vec![
            count(
                "24時間対応",
                "/services/around_the_clock/",
                14,
                "夜間や休日も電話がつながり、必要なときは訪ねます。",
            ),
            count("看取り", "/services/home_hospice/", 9, ""),
        ],
    }
}

pub(crate) fn area(room: &Room) -> AreaPage {
    let lang = room.words().lang();
    let mut page = page(lang, "area", "/areas/aoba/", "青葉圏域の支え");
    page.breadcrumb.push(link("地域からさがす", "/areas/"));
    page.emergency = true;
    AreaPage {
        page,
        area: AreaView {
            id: s("aoba"),
            name: s("青葉圏域"),
            kana: s("あおば"),
            members: s("青葉台、若葉町、緑が丘"),
            figures: vec![
                FigureRow { label: s("人口"), value: s("18,204人"), year: s("令和7年度") },
                FigureRow { label: s("75歳以上の人口"), value: s("3,120人"), year: s("令和7年度") },
            ],
            map: map(),
            count: 31,
            support_centers_html: centers_html(room),
            groups: vec![group(room, "g-nursing", 4, on_map)],
            visiting_count: 1,
            visiting: vec![group(room, "v-nursing", 4, visiting)],
            events: event_cards(),
            stories_html: cards_html(room),
            articles_html: String::new(),
            categories: categories(),
            others: vec![link("港南圏域", "/areas/wakaba/"), link("山手圏域", "/areas/yama/")],
            ics_href: s("/areas/aoba/events.ics"),
            feed_href: s("/areas/aoba/feed.xml"),
            print_href: s("/areas/aoba/print/"),
        },
    }
}

pub(crate) fn area_print(lang: &str) -> AreaPrintPage {
    AreaPrintPage {
        page: page(lang, "area-print", "/areas/aoba/print/", "青葉圏域の地図と一覧（印刷用）"),
        print: AreaPrintView {
            name: s("青葉圏域"),
            href: s("/areas/aoba/"),
            sheet_html: map().map(|map| map.svg_html).unwrap_or_default(),
            groups: vec![PrintGroup {
                title: s("訪問看護ステーション"),
                mark_html: s(SQUARE),
                rows: vec![PrintRow {
                    anchor: s("f-1"),
                    number: Some(1),
                    cell: s("B-2"),
                    name: s("さくら訪問看護ステーション"),
                    address: s("みなと市青葉台一丁目2番3号"),
                    phone: s("0000-11-2222"),
                    paused: false,
                }],
            }],
        },
    }
}

pub(crate) fn category(room: &Room) -> CategoryPage {
    let lang = room.words().lang();
    CategoryPage {
        page: page(lang, "category", "/categories/visiting_nursing/", "訪問看護ステーション"),
        category: CategoryView {
            id: s("visiting_nursing"),
            name: s("訪問看護ステーション"),
            description: s("看護師が家を訪ね、体の様子を見て、主治医と連絡を取ります。"),
            mark_html: s(SQUARE),
            count: 12,
            map: map(),
            groups: vec![group(room, "g-nursing", 3, on_map)],
            others: categories(),
        },
    }
}

pub(crate) fn service(room: &Room) -> ServicePage {
    let lang = room.words().lang();
    ServicePage {
        page: page(lang, "service", "/services/home_hospice/", "看取り"),
        service: ServiceView {
            id: s("home_hospice"),
            name: s("看取り"),
            description: s("家で最期まで過ごすことを支えます。"),
            count: 9,
            groups: vec![group(room, "g-nursing", 3, without_map)],
            ask: vec![group(room, "ask-nursing", 4, without_map)],
            others: vec![count("24時間対応", "/services/around_the_clock/", 14, "")],
        },
    }
}

pub(crate) fn topic(room: &Room) -> TopicPage {
    let lang = room.words().lang();
    let mut page = page(lang, "scene", "/scenes/end_of_life/", "看取り");
    page.emergency = true;
    TopicPage {
        page,
        topic: TopicView {
            kind: s("scene"),
            id: s("end_of_life"),
            name: s("看取り"),
            lead: s("家で最期まで過ごすこと、途中で気持ちが変わること、見送る家族のことについて。"),
            groups: card_groups(room),
            questions: questions(),
            categories: categories(),
            services: vec![count("看取り", "/services/home_hospice/", 9, "")],
            events: event_cards(),
            others: vec![link("日々の療養", "/scenes/daily/")],
        },
    }
}

pub(crate) fn listing(room: &Room) -> ListingPage {
    let lang = room.words().lang();
    ListingPage {
        page: page(lang, "stories", "/stories/", "家で過ごした人たちの話"),
        listing: ListingView { kind: s("story"), cards_html: cards_html(room), groups: Vec::new(), topics: scenes() },
    }
}

pub(crate) fn events(lang: &str) -> EventsPage {
    EventsPage {
        page: page(lang, "events", "/events/", "催し"),
        upcoming: vec![EventMonth {
            title: s("令和8年6月（2026年）"), anchor: s("2026-06"), events: event_cards()
        }],
        past_years: vec![EventYear {
            title: s("令和7年度（2025年度）"),
            anchor: s("past-2025"),
            told: s("2回（のべ40人）"),
            areas: vec![EventArea { area: link("青葉圏域", "/areas/aoba/"), told: s("1回（のべ20人）") }],
            events: event_cards(),
        }],
        professionals: event_cards(),
        ics_href: s("/events.ics"),
    }
}

pub(crate) fn faq(lang: &str) -> FaqPage {
    FaqPage {
        page: page(lang, "faq", "/faq/", "よくある質問"),
        groups: vec![QuestionGroup { title: s("日々の療養"), anchor: s("daily"), questions: questions() }],
    }
}

pub(crate) fn glossary(lang: &str) -> GlossaryPage {
    let term = |anchor: &str, title: &str, reading: &str| TermView {
        anchor: s(anchor),
        title_html: s(title),
        reading: s(reading),
        english: s("home-visit nursing"),
        body_html: s("<p>看護師が家を訪ねて行う看護です。</p>"),
    };
    GlossaryPage {
        page: page(lang, "glossary", "/glossary/", "言葉の説明"),
        groups: vec![
            TermGroup {
                title: s("か"), anchor: s("row-ka"), terms: vec![term("kaigo", "介護保険", "かいごほけん")]
            },
            TermGroup {
                title: s("は"),
                anchor: s("row-ha"),
                terms: vec![term("homon-kango", "訪問看護", "ほうもんかんご")],
            },
        ],
    }
}

pub(crate) fn editions(lang: &str) -> EditionsPage {
    EditionsPage {
        page: page(lang, "editions", "/editions/", "これまでの号"),
        years: vec![EditionYear {
            title: s("令和8年度（2026年度）"),
            plan_href: s("/plan/2026/"),
            stages: vec![EditionStage { title: edition_card().stage, editions: vec![edition_card()] }],
        }],
    }
}

pub(crate) fn edition(room: &Room) -> EditionPage {
    let lang = room.words().lang();
    EditionPage {
        page: page(lang, "edition", "/editions/2026-06/", "夏号「夜をどう過ごすか」"),
        edition: EditionView {
            slug: s("2026-06"),
            release: day(),
            stage: s("第2段階　地域ごとに知り、深める"),
            summary: edition_card().summary,
            lead: edition_card().lead,
            articles: Vec::new(),
            local: vec![EditionLocal {
                area: link("青葉圏域", "/areas/aoba/"),
                anchor: s("area-aoba"),
                cards_html: String::new(),
                events: event_cards(),
            }],
            groups: card_groups(room),
            events: event_cards(),
            areas: vec![link("青葉圏域", "/areas/aoba/")],
            plan: Some(link("令和8年度（2026年度）の取り組み", "/plan/2026/")),
            previous: Some(link("春号", "/editions/2026-03/")),
            next: None,
        },
    }
}

pub(crate) fn plan(lang: &str) -> PlanPage {
    PlanPage {
        page: page(lang, "plan", "/plan/2026/", "令和8年度（2026年度）の取り組み"),
        plan: PlanView {
            year_label: s("令和8年度（2026年度）"),
            purpose_html: s("<p>家で療養するという選び方があることを、だれもが知っているまちにします。</p>"),
            goals: vec![GoalView {
                text: s("家での療養を選べることを知っている人を増やす"),
                indicator: s("住民アンケートで「知っている」と答えた人の割合"),
                from: s("41%"),
                to: s("50%"),
            }],
            stages: vec![StageView {
                number: 1,
                title: s("向かう先をともにする"),
                purpose: s("市と各職種の代表、住民の代表が、同じ方向を向いていることを示します。"),
                period: s("4月から6月"),
                audiences: vec![s("ご家族"), s("40歳以上の方")],
                viewpoints: vec![link("実際のところ", "/viewpoints/reality/")],
                goals: vec![s("家での療養を選べることを知っている人を増やす")],
                editions: vec![edition_card()],
            }],
            review: Some(PlanReview {
                changed_html: s("<p>知っている人は47%になりました。</p>"),
                why_html: s("<p>地域ごとの集まりが続いたためと考えています。</p>"),
                next_html: s("<p>四十代の方に届く場を増やします。</p>"),
            }),
            others: vec![link("令和7年度（2025年度）の取り組み", "/plan/2025/")],
        },
    }
}

pub(crate) fn data(lang: &str) -> DataPage {
    let file = |label: &str, format: &str, size: &str| DataFile {
        label: s(label),
        href: s("/data/facilities.csv"),
        format: s(format),
        size: s(size),
        description: s("名称、住所、電話番号、対応していることなど。"),
    };
    DataPage {
        page: page(lang, "data", "/data/", "オープンデータ"),
        data: DataView {
            files: vec![file("医療機関・事業所の一覧", "CSV", "、42KB"), file("医療機関・事業所の一覧", "GeoJSON", "")],
            licence: Some(link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.ja")),
            attribution: s("みなと市「すみか」"),
        },
    }
}

pub(crate) fn accessibility(lang: &str) -> AccessibilityPage {
    AccessibilityPage {
        page: page(lang, "accessibility", "/accessibility/", "ウェブアクセシビリティ方針"),
        policy: AccessibilityView {
            standard: s("JIS X 8341-3:2016"),
            level: s("AA"),
            degree: s("一部準拠"),
            scope: s("このサイトのすべてのページ"),
            deadline: Some(day()),
            exceptions: vec![s("過去の広報誌のPDF")],
            additional: Vec::new(),
            issues: vec![IssueView {
                issue: s("動画の音声解説がありません"), plan: s("令和9年度に付けます")
            }],
            department: s("みなと市 高齢福祉課"),
            contact: s(""),
            phone: phone("0000-22-0000"),
            email: s("koureifukushi@minato.example"),
            date: Some(day()),
        },
    }
}

pub(crate) fn not_found(lang: &str) -> NotFoundPage {
    let mut page = page(lang, "not-found", "/404.html", "ページが見つかりません");
    page.noindex = true;
    NotFoundPage { page, scenes: scenes(), areas: areas_list() }
}

pub(crate) fn redirect(lang: &str) -> RedirectPage {
    RedirectPage {
        page: page(lang, "redirect", "/old/", "父と過ごした四か月"),
        redirect: RedirectView {
            href: s("/stories/hayashi/"),
            url: s("https://sumika.example/stories/hayashi/"),
            title: s("父と過ごした四か月"),
        },
    }
}
