//! Made-up parts of lists, as the theme's own templates show them.

use sumika::render::view::{
    ArticleCard, CardGroup, CardPart, EntryFacts, EntryFactsPart, EntryPart, FacilityEntry, FacilityGroup, HoursRow,
    Kept,
};
use sumika::theme::Room;

use super::example::{SQUARE, category_tag, day, image, link, phone, s};

pub(crate) fn cards() -> Vec<ArticleCard> {
    let card = |title: &str, summary: &str, pictured: bool| ArticleCard {
        kind: s("story"),
        kind_label: s("話"),
        title_html: s(title),
        href: s("/stories/hayashi/"),
        summary: s(summary),
        image: if pictured { image() } else { None },
        date: Some(day()),
        areas: vec![link("青葉圏域", "/areas/aoba/")],
    };
    vec![
        card("父と過ごした四か月", "入院していた父を家に迎え、見送るまで。夜の電話がいちばんの支えでした。", true),
        card("縁側の一年", "九十一歳の<b>母</b>の、ゆっくりした毎日。", true),
        card("やっぱり病院を選んだこと", "途中で気持ちが変わってもよい、と言われて楽になりました。", false),
    ]
}

/// The cards as HTML.
pub(crate) fn cards_html(room: &Room) -> String {
    let html = |card| room.render("parts/card.html", &CardPart { card }, "card").expect("the card renders");
    cards().into_iter().map(html).collect()
}

fn facts_html(room: &Room, stale: bool) -> Kept<String> {
    let facts = EntryFacts {
        hours: vec![HoursRow { day: s("月〜金"), times: s("8時30分から17時30分まで"), closed: false }],
        services: [s("24時間対応"), s("看取り"), s("点滴"), s("胃ろう")].map(Kept::from).to_vec(),
        ask: vec![s("人工呼吸器").into()],
        verified: Some(day()),
        stale,
    };
    room.render("parts/entry-facts.html", EntryFactsPart { facts }, "entry").expect("the facts render").into()
}

fn entries(room: &Room) -> Vec<FacilityEntry> {
    let entry = |number, name: &str, kana: &str, cell: &str| FacilityEntry {
        id: s("sakura-houkan"),
        anchor: format!("f-{number}"),
        number: if cell.is_empty() { None } else { Some(number) },
        on_map: if cell.is_empty() { String::new() } else { room.words().fill("map_cell", &[("cell", cell)]) },
        href: s("/facilities/sakura-houkan/"),
        name: s(name),
        kana: s(kana),
        category: category_tag(),
        area: Some(link("青葉圏域", "/areas/aoba/")),
        address: s("みなと市青葉台一丁目2番3号"),
        phone: phone("0000-11-2222"),
        fax: s("0000-11-2223"),
        paused: number == 3,
        visits: false,
        facts_html: facts_html(room, number == 2),
    };
    vec![
        entry(1, "さくら訪問看護ステーション", "さくらほうもんかんごすてーしょん", "B-2"),
        entry(2, "みどり訪問看護", "みどりほうもんかんご", "C-2"),
        entry(3, "青葉台 暮らしの保健室 訪問看護ステーションひだまり", "あおばだい", ""),
    ]
}

/// How a page changes the made-up entries.
pub(crate) type Change = fn(usize, &mut FacilityEntry);

fn entries_html(room: &Room, level: u8, change: Change) -> String {
    let html = |(at, mut entry)| {
        change(at, &mut entry);
        room.render("parts/entry.html", &EntryPart { entry, level }, "entry").expect("the entry renders")
    };
    entries(room).into_iter().enumerate().map(html).collect()
}

/// Entries of a page's first desk.
pub(crate) fn centers_html(room: &Room) -> String {
    entries_html(room, 3, |_, entry| {
        entry.name = s("青葉地域包括支援センター");
        entry.anchor = String::new();
    })
}

/// Entries that stand on a map beside the list.
pub(crate) fn on_map(at: usize, entry: &mut FacilityEntry) {
    entry.anchor = format!("f-{}", at + 1);
    if entry.on_map.is_empty() {
        entry.on_map = s("地図にはありません");
    }
}

/// Entries of a list without a map.
pub(crate) fn without_map(_: usize, entry: &mut FacilityEntry) {
    (entry.number, entry.on_map, entry.anchor) = (None, String::new(), String::new());
}

/// Entries that come from elsewhere.
pub(crate) fn visiting(at: usize, entry: &mut FacilityEntry) {
    without_map(at, entry);
    entry.visits = true;
}

/// A group of entries, with its `id`.
pub(crate) fn group(room: &Room, anchor: &str, level: u8, change: Change) -> FacilityGroup {
    FacilityGroup {
        title: s("訪問看護ステーション"),
        anchor: s(anchor),
        mark_html: s(SQUARE),
        href: s("/categories/visiting_nursing/"),
        description: s("看護師が家を訪ね、体の様子を見て、主治医と連絡を取ります。"),
        count: entries(room).len(),
        entries_html: entries_html(room, level, change),
    }
}

pub(crate) fn card_groups(room: &Room) -> Vec<CardGroup> {
    vec![CardGroup {
        title: s("家で過ごした人たちの話"),
        anchor: s("g-stories"),
        href: s("/stories/"),
        count: cards().len(),
        cards_html: cards_html(room),
    }]
}
