//! The measures of maps as text: for each map a line, with what must be reached above.

use crate::cli::language::pick;
use crate::diag::Language;
use crate::render::map::{Measures, Medium, Share};
use crate::render::survey::Surveyed;

/// One line a map, after a heading that says what each must reach.
pub(super) fn table(maps: &[Surveyed], language: Language) -> String {
    if maps.is_empty() {
        return String::new();
    }
    let mut text = pick(
        language,
        "地図の出来ばえ（必要：重なりと交わり 0、ずれは画面で平均 1.0・最大 4.0、紙で 0.5・3.0、駅名 90 %、目印 60 %）\n",
        "Measures of maps (must: 0 overlaps and crossings; shift 1.0 mean and 4.0 at most on the screen, 0.5 and 3.0 on \
         paper; stations 90 %, landmarks 60 %)\n",
    )
    .to_owned();
    for map in maps {
        text.push_str(&line(map, language));
        text.push('\n');
    }
    text
}

fn line(map: &Surveyed, language: Language) -> String {
    let Measures { marks, merged, insets, overlaps, crossings, shift_mean, shift_max, gap_min, .. } = map.measures;
    let medium = match map.medium {
        Medium::Screen => pick(language, "画面", "screen"),
        Medium::Paper => pick(language, "紙", "paper"),
    };
    let gap = if gap_min.is_finite() { format!("{gap_min:.1}") } else { "–".to_owned() };
    let (name, kib, packed) = (&map.name, map.bytes as f64 / 1024.0, map.packed as f64 / 1024.0);
    let stations = share(map.measures.stations);
    let landmarks = share(map.measures.landmarks);
    let cell = map.measures.same_cell.value() * 100.0;
    let forms = share(map.measures.forms);
    let verdict =
        if map.missed.is_empty() { pick(language, "よし", "good") } else { pick(language, "不足", "lacking") };
    match language {
        Language::Ja => format!(
            "  {name}（{medium}）{verdict}：印 {marks}、まとめた印 {merged}、拡大図 {insets}、重なり {overlaps}、線の交わり \
             {crossings}、ずれ 平均 {shift_mean:.2} 最大 {shift_max:.2}、印の間隔 {gap}、駅名 {stations}、目印 {landmarks}、\
             本来と同じマス {cell:.0} %、形 {forms}、{kib:.0} KiB（gzip で {packed:.1}）"
        ),
        Language::En => format!(
            "  {name} ({medium}) {verdict}: {marks} marks, {merged} merged, {insets} insets, {overlaps} overlaps, \
             {crossings} crossings, shift {shift_mean:.2} mean {shift_max:.2} at most, gap {gap}, stations {stations}, \
             landmarks {landmarks}, in their true cell {cell:.0} %, forms {forms}, {kib:.0} KiB ({packed:.1} packed)"
        ),
    }
}

fn share(share: Share) -> String {
    format!("{}/{}", share.part, share.whole)
}
