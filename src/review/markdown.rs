//! A comparison in words, as Markdown that GitHub shows below a pull request.
//!
//! First what a person should look at, then the facilities, by category and area. Nothing that people wrote can
//! become markup, a mention or a link here.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Change, Comparison, Fate, Item, Matched};
use crate::diag::format::github::markdown as plain;
use crate::diag::{Diagnostic, Language, Report};
use crate::facility::Column;
use crate::japan::kana;

/// GitHub refuses a comment beyond 65,536 characters.
pub const COMMENT_CHARACTERS: usize = 60_000;
/// Moves for which a map is drawn in the comment itself.
const MAPS_MAX: usize = 3;

/// What the words depend on.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// Their language.
    pub language: Language,
    /// Address of a preview of the site, with a slash at its end.
    pub preview: Option<&'a str>,
    /// How long it may become.
    pub characters_max: usize,
    /// Where the drawings of moves lie, as seen from the Markdown file.
    pub drawings: Option<&'a str>,
}

/// The review.
#[must_use]
pub fn render(comparison: &Comparison, alarms: &Report, wording: Wording<'_>) -> String {
    let mut writer = Writer { out: String::new(), wording, length: 0, untold: 0, maps: 0 };
    writer.head(comparison);
    if !comparison.is_empty() || comparison.row_numbers.is_some() {
        writer.eye(comparison, alarms);
        writer.table(comparison);
    }
    writer.lists(comparison);
    if !comparison.is_empty() || comparison.row_numbers.is_some() {
        writer.closed(comparison);
        writer.added(comparison);
        writer.removed(comparison);
        writer.moved(comparison);
        writer.changed(comparison);
    }
    writer.respelled(comparison);
    writer.untold();
    writer.out
}

/// `120 m`, `1.2 km`.
#[must_use]
pub fn distance(metres: f64) -> String {
    if metres < 1000.0 { format!("{metres:.0} m") } else { format!("{:.1} km", metres / 1000.0) }
}

/// The name of the drawing of a move.
#[must_use]
pub fn drawing(change: &Change) -> String {
    let usable = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let id: String = change.item.id.chars().map(|c| if usable(c) { c } else { '-' }).take(64).collect();
    format!("moved-{id}-{}.svg", change.item.line)
}

struct Writer<'a> {
    out: String,
    wording: Wording<'a>,
    length: usize,
    untold: usize,
    maps: usize,
}

impl Writer<'_> {
    fn pick(&self, ja: &str, en: &str) -> String {
        match self.wording.language {
            Language::Ja => ja.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    /// A line, unless the comment is full.
    fn line(&mut self, text: &str) {
        let length = text.chars().count();
        if self.length + length > self.wording.characters_max {
            self.untold += 1;
        } else {
            self.length += length + 1;
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    fn title(&mut self, ja: &str, en: &str, count: usize) {
        let title = self.pick(ja, en);
        self.line(&format!("\n### {title}（{count}）\n"));
    }

    fn head(&mut self, comparison: &Comparison) {
        let title = self.pick("## 施設の一覧：この変更で変わること", "## Lists of facilities: what this change does");
        self.line(&format!("{title}\n"));
        if comparison.is_empty() {
            let nothing = self.pick("一覧の内容は変わりません。", "The lists say what they said before.");
            self.line(&nothing);
            return;
        }
        let real = comparison.real().count();
        let (added, removed, unchanged) = (comparison.added.len(), comparison.removed.len(), comparison.unchanged);
        let respelled = comparison.changed.len() - real;
        let line = match self.wording.language {
            Language::Ja => format!(
                "追加 **{added}**　変更 **{real}**　なくなった行 **{removed}**　表記だけの変更 {respelled}　変わらない行 {unchanged}"
            ),
            Language::En => format!(
                "**{added}** added, **{real}** changed, **{removed}** gone, {respelled} spelled differently, {unchanged} as before"
            ),
        };
        self.line(&line);
    }

    /// What needs a person first.
    fn eye(&mut self, comparison: &Comparison, alarms: &Report) {
        let language = self.wording.language;
        let mut alarms: Vec<&Diagnostic> = alarms.iter().collect();
        alarms.sort_by_key(|alarm| (alarm.severity, alarm.code));
        let mut points: Vec<String> = alarms
            .into_iter()
            .map(|alarm| {
                format!("**{}** {} → {}", alarm.code, plain(&alarm.message(language)), plain(&alarm.help(language)))
            })
            .collect();
        for change in &comparison.changed {
            let name = plain(&change.item.name);
            let phone = change.fields.iter().find(|field| field.column == Column::Phone.id() && !field.spelling_only);
            if let Some(phone) = phone {
                let (old, new) = (code(&phone.old), code(&phone.new));
                points.push(self.pick(
                    &format!("{name}：電話番号が変わります（{old} → {new}）。かけて確かめてください"),
                    &format!("{name}: the telephone number changes ({old} → {new}). Call it"),
                ));
            }
            if matches!(change.matched, Matched::Phone | Matched::Name) && !is_longer_name(change) {
                let before = plain(&change.before.name);
                points.push(self.pick(
                    &format!(
                        "{name}：前の「{before}」と同じ施設とみなしました。{}だけが手がかりです",
                        how(change.matched, language)
                    ),
                    &format!("{name}: taken for what was “{before}”, by its {} alone", how(change.matched, language)),
                ));
            }
        }
        if points.is_empty() {
            return;
        }
        self.title("まず見てほしいところ", "To be looked at first", points.len());
        for point in points {
            self.line(&format!("- [ ] {point}"));
        }
    }

    /// How many, by category and area.
    fn table(&mut self, comparison: &Comparison) {
        let mut rows: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
        let added = comparison.added.iter().map(|item| (item, [1, 0, 0]));
        let changed = comparison.real().map(|change| (&change.item, [0, 1, 0]));
        let removed = comparison.removed.iter().map(|item| (item, [0, 0, 1]));
        for (item, counts) in added.chain(changed).chain(removed) {
            let row = rows.entry((item.category.as_str(), item.area.as_str())).or_default();
            for (cell, count) in row.iter_mut().zip(counts) {
                *cell += count;
            }
        }
        if rows.is_empty() {
            return;
        }
        let head =
            self.pick("| 種別 | 圏域 | 追加 | 変更 | なくなった |", "| category | area | added | changed | gone |");
        self.line(&format!("\n{head}\n|---|---|--:|--:|--:|"));
        for ((category, area), [added, changed, gone]) in rows {
            let (category, area) = (plain(or_dash(category)), plain(or_dash(area)));
            self.line(&format!("| {category} | {area} | {added} | {changed} | {gone} |"));
        }
    }

    /// What ends, pauses or comes back.
    fn closed(&mut self, comparison: &Comparison) {
        let changes: Vec<&Change> = comparison.changed.iter().filter(|change| change.fate != Fate::Same).collect();
        if changes.is_empty() {
            return;
        }
        self.title("掲載の終わり・お休み・再開", "Closing, pausing, open again", changes.len());
        for change in changes {
            let fate = match (change.fate, self.wording.language) {
                (Fate::Closed, Language::Ja) => "廃止",
                (Fate::Closed, Language::En) => "closes",
                (Fate::Unlisted, Language::Ja) => "掲載を望まない",
                (Fate::Unlisted, Language::En) => "does not want to be listed",
                (Fate::Paused, Language::Ja) => "休止",
                (Fate::Paused, Language::En) => "pauses",
                (Fate::Reopened, Language::Ja) => "再開",
                (Fate::Reopened, Language::En) => "open again",
                (Fate::Same, _) => "",
            };
            let item = self.item(&change.item);
            self.line(&format!("- **{fate}** {item}"));
            self.fields(change);
        }
    }

    fn added(&mut self, comparison: &Comparison) {
        if comparison.added.is_empty() {
            return;
        }
        self.title("追加", "Added", comparison.added.len());
        for item in in_order(&comparison.added) {
            let text = self.item(item);
            self.line(&format!("- {text}"));
        }
    }

    fn removed(&mut self, comparison: &Comparison) {
        if comparison.removed.is_empty() {
            return;
        }
        self.title("なくなった行", "Gone", comparison.removed.len());
        for item in in_order(&comparison.removed) {
            let text = describe(item, None);
            self.line(&format!("- {text}"));
        }
    }

    fn moved(&mut self, comparison: &Comparison) {
        let mut moved: Vec<(&Change, f64)> =
            comparison.changed.iter().filter_map(|change| Some((change, change.moved?.distance_m))).collect();
        if moved.is_empty() {
            return;
        }
        moved.sort_by(|a, b| b.1.total_cmp(&a.1));
        self.title("地図の上で動いたもの", "Moved on the map", moved.len());
        for (change, metres) in moved {
            let item = self.item(&change.item);
            let drawing = match self.wording.drawings {
                Some(folder) => {
                    let words = self.pick("前と後の地図", "map before and after");
                    format!("　[{words}]({folder}{})", drawing(change))
                }
                None => String::new(),
            };
            self.line(&format!("- **{}** {item}{drawing}", distance(metres)));
            if self.maps < MAPS_MAX {
                self.maps += 1;
                self.map(change);
            }
        }
    }

    /// GitHub draws GeoJSON in comments.
    fn map(&mut self, change: &Change) {
        let Some(moved) = change.moved else { return };
        let point = |position: crate::geo::Position, name: &str, colour: &str| {
            serde_json::json!({
                "type": "Feature",
                "properties": { "name": name, "marker-color": colour },
                "geometry": { "type": "Point", "coordinates": [position.lon, position.lat] },
            })
        };
        let (before, after) = (self.pick("前", "before"), self.pick("後", "after"));
        let features = [point(moved.from, &before, "#8a1f11"), point(moved.to, &after, "#0b5a8f")];
        let collection = serde_json::json!({ "type": "FeatureCollection", "features": features });
        self.line(&format!("\n```geojson\n{collection}\n```\n"));
    }

    fn changed(&mut self, comparison: &Comparison) {
        let mut changes: Vec<&Change> = comparison.real().filter(|change| change.fate == Fate::Same).collect();
        changes.retain(|change| !change.fields.is_empty());
        if changes.is_empty() {
            return;
        }
        changes.sort_by(|a, b| place(&a.item).cmp(&place(&b.item)));
        self.title("変更", "Changed", changes.len());
        for change in changes {
            let item = self.item(&change.item);
            self.line(&format!("- {item}"));
            self.fields(change);
        }
    }

    fn fields(&mut self, change: &Change) {
        for field in &change.fields {
            let heading = match self.wording.language {
                Language::Ja => &field.heading,
                Language::En => &field.column,
            };
            let heading = plain(heading);
            let spelling =
                if field.spelling_only { self.pick("（表記だけ）", " (spelling)") } else { String::new() };
            self.line(&format!("  - {heading}{spelling}：{} → {}", code(&field.old), code(&field.new)));
        }
    }

    /// Facilities that need no decision.
    fn respelled(&mut self, comparison: &Comparison) {
        let respelled: Vec<&Change> = comparison.changed.iter().filter(|change| change.is_respelled()).collect();
        if !respelled.is_empty() {
            self.title("表記だけの変更", "Spelled differently", respelled.len());
            for change in respelled {
                let name = plain(&change.item.name);
                self.line(&format!("- {name}"));
                self.fields(change);
            }
        }
    }

    /// What concerns lists as a whole: columns, order, encoding.
    fn lists(&mut self, comparison: &Comparison) {
        if !comparison.columns.is_empty() {
            self.title("欄（列）の増減", "Columns that came or went", comparison.columns.len());
            for column in &comparison.columns {
                let sign = if column.added { '+' } else { '−' };
                let (path, heading) = (code(&column.path), code(&column.heading));
                let line = match self.wording.language {
                    Language::Ja => format!("- {sign} {heading}（{path}、値のある行 {}）", column.filled),
                    Language::En => format!("- {sign} {heading} ({path}, filled in {} rows)", column.filled),
                };
                self.line(&line);
            }
        }
        for path in &comparison.same_content {
            let path = code(path);
            let line = self.pick(
                &format!(
                    "\n{path} は、並び順や書き方（文字コード・引用符・改行など）が変わっただけで、内容は同じです。"
                ),
                &format!("\n{path} differs in order or writing (encoding, quotes, line ends) only: it says the same."),
            );
            self.line(&line);
        }
        for path in &comparison.unreadable {
            let path = code(path);
            let line = self.pick(
                &format!("\n{path} は、見出しの行が見つからないため比べていません。"),
                &format!("\n{path} was not compared: no heading row was found."),
            );
            self.line(&line);
        }
    }

    fn untold(&mut self) {
        if self.untold > 0 {
            let untold = self.untold;
            let line = self.pick(
                &format!("\nコメントに入りきらない行が {untold} あります。手元の `sumika review` か、確認の記録で全部見られます。"),
                &format!("\n{untold} more lines do not fit into a comment: run `sumika review`, or open the run's record."),
            );
            let _ = writeln!(self.out, "{line}");
        }
    }

    fn item(&self, item: &Item) -> String {
        describe(item, self.wording.preview)
    }
}

/// One of the names holds the other: `いわき病院`, `医療法人社団以和貴会いわき病院`.
fn is_longer_name(change: &Change) -> bool {
    let (old, new) = (kana::name_key(&change.before.name), kana::name_key(&change.item.name));
    old != new && (old.contains(&new) || new.contains(&old))
}

/// Name, category, area, association, and the page's preview.
fn describe(item: &Item, preview: Option<&str>) -> String {
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let name = match preview.filter(|_| is_id(&item.id)) {
        Some(preview) => format!("[{}]({preview}facilities/{}/)", plain(&item.name), item.id),
        None => plain(&item.name),
    };
    let facts: Vec<String> = [&item.category, &item.area, &item.source]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| plain(fact))
        .collect();
    let facts = if facts.is_empty() { String::new() } else { format!("（{}）", facts.join("・")) };
    format!("**{name}**{facts} {}", code(&item.id))
}

fn in_order(items: &[Item]) -> Vec<&Item> {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by(|a, b| place(a).cmp(&place(b)));
    items
}

fn place(item: &Item) -> (&str, &str, &str, &str) {
    (&item.category, &item.area, &item.source, &item.id)
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}

fn how(matched: Matched, language: Language) -> &'static str {
    match (matched, language) {
        (Matched::Phone, Language::Ja) => "電話番号",
        (Matched::Phone, Language::En) => "telephone number",
        (_, Language::Ja) => "名称",
        (_, Language::En) => "name",
    }
}

/// Text in backquotes, longer ones cut; text that holds backquotes goes without.
fn code(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        shown.push('…');
    }
    match shown.trim() {
        "" => "（空）".to_owned(),
        inner if inner.contains('`') => plain(inner),
        inner => format!("`{inner}`"),
    }
}
