//! Outlines and table rows put together, and a look at the whole: names, gaps between the files, overlaps.

use std::collections::BTreeMap;

use super::shape::{Outline, names_differ};
use super::table::Listed;
use super::{Area, AreaId, Areas, AreasConfig};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::geo::{Gap, MultiPolygon, sweep};

/// Lines of the sweep that looks for overlaps and neighbours.
const SWEEP_LINES: usize = 2_000;
/// Overlaps above this share of the smaller area are told.
const OVERLAP_SHARE_MAX: f64 = 0.0001;
/// At most so many overlaps are told one by one, the largest first.
const OVERLAPS_TOLD_MAX: usize = 10;
/// Gaps above this share of all areas are told.
const GAP_SHARE_MIN: f64 = 0.0001;
/// At most so many gaps are told one by one, the largest first.
const GAPS_TOLD_MAX: usize = 10;
/// A square of one degree at the equator.
const HECTARES_PER_DEG2: f64 = 1_236_400.0;
/// Fewer lines may run from one area into another by chance.
const TOUCHES_MIN: u32 = 2;

/// One list out of both.
pub(super) fn merge(
    outlines: Option<Vec<Outline>>,
    listed: Option<Vec<Listed>>,
    config: &AreasConfig,
) -> Checked<Areas> {
    let mut report = Report::new();
    let has_outlines = outlines.is_some();
    let mut rest: BTreeMap<AreaId, Outline> = BTreeMap::new();
    let mut order: Vec<AreaId> = Vec::new();
    for outline in outlines.into_iter().flatten() {
        order.push(outline.id.clone());
        rest.insert(outline.id.clone(), outline);
    }
    let mut list = Vec::new();
    let has_table = listed.is_some();
    for row in listed.into_iter().flatten() {
        let outline = rest.remove(&row.id);
        if outline.is_none() && has_outlines {
            report.push(Diagnostic::new(Code::AreaWithoutShape).at(&row.span).arg("id", &row.id));
        }
        list.extend(from_row(row, outline, &mut report));
    }
    for outline in order.iter().filter_map(|id| rest.remove(id)) {
        if has_table {
            report.push(Diagnostic::new(Code::AreaNotListed).at(&outline.span).arg("id", &outline.id));
        }
        list.extend(from_outline(outline, config, &mut report));
    }
    tell_twins(&list, &mut report);
    let touching = look_at_shapes(&list, &mut report);
    Checked::new(Areas::new(list, touching.into_iter()), report)
}

/// Ids that some system takes for one: the pages of one area would lie over those of the other.
fn tell_twins(list: &[Area], report: &mut Report) {
    let mut seen: BTreeMap<String, &Area> = BTreeMap::new();
    for area in list {
        let first = *seen.entry(area.id.as_str().to_lowercase()).or_insert(area);
        if first.id != area.id {
            let twin = Diagnostic::new(Code::TwinNames).at(&area.span).arg("path", &area.id).arg("other", &first.id);
            report.push(twin);
        }
    }
}

fn from_row(row: Listed, outline: Option<Outline>, report: &mut Report) -> Option<Area> {
    let (other_name, other_kana, other_en, shape) = match outline {
        Some(outline) => {
            if let (Some(name), Some(other)) = (&row.name, &outline.name)
                && name != other
            {
                report.push(names_differ(&row.id, (&row.span, name), (&outline.span, other)));
            }
            (outline.name, outline.kana, outline.name_en, Some(outline.shape))
        }
        None => (None, None, None, None),
    };
    let Some(name) = row.name.or(other_name) else {
        report.push(Diagnostic::new(Code::AreaNameMissing).at(&row.span).arg("id", &row.id).arg("key", "name"));
        return None;
    };
    let kana = row.kana.or(other_kana);
    let (name_en, members, figures) = (row.name_en.or(other_en), row.members, row.figures);
    Some(Area { id: row.id, name, kana, name_en, members, shape, figures, span: row.span })
}

fn from_outline(outline: Outline, config: &AreasConfig, report: &mut Report) -> Option<Area> {
    let Outline { id, name, kana, name_en, shape, span } = outline;
    let Some(name) = name else {
        let problem = Diagnostic::new(Code::AreaNameMissing).at(&span).arg("id", &id);
        report.push(problem.arg("key", &config.name_property));
        return None;
    };
    Some(Area { id, name, kana, name_en, members: Vec::new(), shape: Some(shape), figures: Vec::new(), span })
}

/// Tells overlaps; returns the pairs of neighbours.
fn look_at_shapes(list: &[Area], report: &mut Report) -> Vec<(usize, usize)> {
    let numbers: Vec<usize> = (0..list.len()).filter(|&at| list[at].shape.is_some()).collect();
    let shapes: Vec<&MultiPolygon> = list.iter().filter_map(|area| area.shape.as_ref()).collect();
    let found = sweep(&shapes, SWEEP_LINES);
    let area_of = |at: usize| found.areas.get(at).copied().unwrap_or(0.0);
    let share = |(a, b): (usize, usize), overlap: f64| overlap / area_of(a).min(area_of(b)).max(f64::MIN_POSITIVE);
    let mut overlaps: Vec<((usize, usize), f64)> =
        found.overlaps.iter().map(|(&pair, &overlap)| (pair, share(pair, overlap))).collect();
    overlaps.retain(|(_, share)| *share > OVERLAP_SHARE_MAX);
    overlaps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let count = overlaps.len();
    for ((a, b), share) in overlaps.into_iter().take(OVERLAPS_TOLD_MAX) {
        let (first, second) = (&list[numbers[a]], &list[numbers[b]]);
        let problem = Diagnostic::new(Code::AreasOverlap).at(&second.span).label(&first.span, "first");
        report.push(
            problem
                .arg("name", &first.name)
                .arg("other", &second.name)
                .arg("percent", percent(share))
                .arg("count", count),
        );
    }
    tell_gaps(list, &numbers, (&found.gaps, &found.areas), report);
    let touches = found.touches.into_iter().filter(|(_, count)| *count >= TOUCHES_MIN);
    touches.map(|((a, b), _)| (numbers[a], numbers[b])).collect()
}

/// Tells gaps between areas, the largest first, each with two areas beside it.
fn tell_gaps(list: &[Area], numbers: &[usize], (gaps, areas): (&[Gap], &[f64]), report: &mut Report) {
    let whole: f64 = areas.iter().sum();
    let large: Vec<&Gap> = gaps.iter().filter(|gap| gap.area_deg2 > whole * GAP_SHARE_MIN).collect();
    for gap in large.iter().take(GAPS_TOLD_MAX) {
        let of = |at: usize| numbers.get(at).and_then(|&at| list.get(at));
        let Some((first, second)) = of(gap.between.0).zip(of(gap.between.1)) else { continue };
        let hectares = gap.area_deg2 * HECTARES_PER_DEG2 * libm::cos(gap.frame.centre().lat.to_radians());
        let problem = Diagnostic::new(Code::AreasGap).at(&second.span).label(&first.span, "first");
        report.push(
            problem
                .arg("name", &first.name)
                .arg("other", &second.name)
                .arg("hectares", format!("{hectares:.1}"))
                .arg("count", large.len()),
        );
    }
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 1.0 { format!("{percent:.2}") } else { format!("{percent:.1}") }
}
