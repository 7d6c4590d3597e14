//! Places for a name around its symbol: where its first line stands, and what it covers. Long names take two or three
//! lines.

use super::super::base::PlaceOnMap;
use super::super::svg::text_width;
use super::SYMBOL_PX;
use crate::geo::{Point, Rect};

/// Height of a line for its font.
pub(in super::super) const LINE_SHARE: f64 = 1.12;
/// A name wider than this, in ems, may stand in two lines.
const WIDE_EMS: f64 = 5.5;
/// One wider than this stands in lines wherever it can.
const TOO_WIDE_EMS: f64 = 12.0;
/// Distances of names from their symbols.
const GAPS_PX: [f64; 4] = [SYMBOL_PX + 2.0, SYMBOL_PX + 7.0, SYMBOL_PX + 13.0, SYMBOL_PX + 18.0];

/// A name with its place, and which of its points stands there.
pub(in super::super) type Name = (Point, Anchor, String);

/// A name where it could stand, and what it would cover.
pub(super) type Candidate = (Name, Rect);

/// Which point of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in super::super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// As an attribute after others.
    pub(in super::super) fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}

/// Eight places around the symbol in Imhof's order, near and farther; a long name also line below line.
pub(super) fn candidates(place: &PlaceOnMap, font_px: f64) -> Vec<Candidate> {
    let mut found = Vec::new();
    texts(&place.name).iter().for_each(|text| add(&mut found, place, (text, font_px)));
    found
}

/// The name in one line, and a long one in lines, what is better first; at last without what it says again in brackets.
pub(super) fn texts(name: &str) -> Vec<String> {
    let mut texts = whole_texts(name);
    if let Some((short, _)) = name.split_once(" (").filter(|(short, rest)| !short.is_empty() && rest.ends_with(')')) {
        texts.extend(whole_texts(short));
    }
    texts
}

fn whole_texts(name: &str) -> Vec<String> {
    let ems = text_width(name, 1.0);
    let mut texts: Vec<String> = Vec::new();
    if ems > WIDE_EMS {
        let half = WIDE_EMS.max(ems * 0.55);
        texts.extend([half, WIDE_EMS.max(half * 0.7)].map(|ems| in_lines(name, ems)));
        texts.dedup();
    }
    let at = if ems < TOO_WIDE_EMS { 0 } else { texts.len() };
    texts.insert(at, name.to_owned());
    texts
}

fn add(found: &mut Vec<Candidate>, place: &PlaceOnMap, (text, font_px): (&str, f64)) {
    let more = (text.lines().count().max(1) - 1) as f64 * font_px * LINE_SHARE;
    let mut push = |dx: f64, dy: f64, anchor: Anchor| {
        let point = Point { x: place.point.x + dx, y: place.point.y + dy };
        found.push(((point, anchor, text.to_owned()), text_frame(point, anchor, (text, font_px))));
    };
    for gap in GAPS_PX {
        let (side, up, down, level) = (gap, -gap - 1.0 - more, gap + 10.0, 4.6 - more / 2.0);
        let diagonal = gap * 0.6;
        push(diagonal, up, Anchor::Start);
        push(diagonal, down, Anchor::Start);
        push(-diagonal, up, Anchor::End);
        push(-diagonal, down, Anchor::End);
        push(side, level, Anchor::Start);
        push(-side, level, Anchor::End);
        push(0.0, up, Anchor::Middle);
        push(0.0, down, Anchor::Middle);
    }
    // Above and below the name may also slide, and beside.
    let width = width(text, font_px);
    for gap in GAPS_PX.into_iter().take(3) {
        for dy in [-gap - 1.0 - more, gap + 10.0] {
            for share in [-0.4, -0.25, 0.25, 0.4] {
                push(share * width, dy, Anchor::Middle);
            }
        }
        for dy in [-4.0, 4.0, -8.0, 8.0] {
            push(gap, 4.6 - more / 2.0 + dy, Anchor::Start);
            push(-gap, 4.6 - more / 2.0 + dy, Anchor::End);
        }
    }
}

/// How wide the longest line is.
fn width(text: &str, font_px: f64) -> f64 {
    text.lines().map(|line| text_width(line, font_px)).fold(0.0, f64::max)
}

/// What a text covers, whose first line stands there.
pub(super) fn text_frame(point: Point, anchor: Anchor, (text, font): (&str, f64)) -> Rect {
    let width = width(text, font);
    let more = (text.lines().count().max(1) - 1) as f64 * font * LINE_SHARE;
    let left = match anchor {
        Anchor::Start => point.x,
        Anchor::Middle => point.x - width / 2.0,
        Anchor::End => point.x - width,
    };
    Rect { left, top: point.y - font * 0.86, right: left + width, bottom: point.y + font * 0.16 + more }
}

/// The name in lines of at most about so many ems, broken where a reader would.
fn in_lines(name: &str, ems_max: f64) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = name;
    while text_width(rest, 1.0) > ems_max * 1.15 {
        let Some(at) = best_break(rest, ems_max) else { break };
        let (line, after) = rest.split_at(at);
        lines.push(line.trim().to_owned());
        rest = after.trim_start();
    }
    lines.push(rest.to_owned());
    lines.join("\n")
}

/// Where the line ends: near the wished width, after `市立`, before a bracket, at a blank; never inside a word of
/// letters.
fn best_break(text: &str, ems: f64) -> Option<usize> {
    let marks: Vec<(usize, char)> = text.char_indices().collect();
    let between = marks.iter().zip(marks.iter().skip(1));
    let costs = between.filter_map(|(&(_, before), &(at, after))| {
        let is_word = |c: char| (c as u32) < 0x2000 && !c.is_whitespace() && c != '(';
        let is_kana = |c: char| ('\u{3041}'..='\u{30ff}').contains(&c);
        let badness = match (before, after) {
            (_, ' ' | '　' | '(' | '（') | (' ' | '　', _) => 0.0,
            (a, b) if is_word(a) && is_word(b) => return None,
            ('立' | '・', _) => 0.5,
            ('市' | '区' | '町' | '村' | '県', b) if b != '立' => 1.0,
            (_, '）' | ')' | 'ー' | '、' | 'っ' | 'ッ' | 'ん' | 'ン') => return None,
            (a, b) if is_kana(a) && is_kana(b) => 3.5,
            _ => 2.0,
        };
        let head = text.get(..at)?;
        Some((at, badness + (text_width(head.trim_end(), 1.0) - ems).abs()))
    });
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{in_lines, texts};

    #[test]
    fn a_name_in_two_languages_may_stand_in_the_first_alone() {
        let texts = texts("中央図書館 (Central Library)");
        assert_eq!(texts.last().map(String::as_str), Some("中央図書館"));
        assert!(texts.iter().filter(|text| text.contains("Library")).count() > 1);
    }

    #[test]
    fn long_names_break_where_readers_would() {
        for (name, ems, lines) in [
            ("習志野市立藤崎図書館", 5.8, "習志野市立\n藤崎図書館"),
            ("千葉市みやこ図書館", 5.5, "千葉市みやこ\n図書館"),
            ("千葉市中央図書館 (Chiba City Central Library)", 13.0, "千葉市中央図書館 (Chiba\nCity Central Library)"),
        ] {
            assert_eq!(in_lines(name, ems), lines);
        }
    }
}
