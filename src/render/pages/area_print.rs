//! An area's map and list for paper: A4, grey, with the cells of the sheet's own grid.

use super::{Bench, Head, Outcome};
use crate::area::AreaId;
use crate::facility::Status;
use crate::japan::phone::Phone;
use crate::render::maps::Sheet;
use crate::render::studio::facility::{address_line, anchor, name};
use crate::render::studio::{Studio, phone_view};
use crate::render::view::{AreaPrintPage, AreaPrintView, PrintGroup, PrintRow, ReviewView};
use crate::site::{FacilityNo, PageKind};

pub(super) fn area_print(bench: Bench<'_>, id: &AreaId) -> Outcome {
    let studio = bench.studio;
    let site = studio.site;
    let area = studio.area_name(id);
    let standing = site.facilities.standing.get(id).map_or(&[][..], Vec::as_slice);
    let sheet = studio.maps.sheet(studio, id);
    let verified = standing.iter().filter_map(|&no| site.facility(no).facility.verified_on).max();
    let view = AreaPrintView {
        name: area.clone(),
        href: studio.href(&PageKind::Area(id.clone())),
        groups: groups(studio, standing, sheet.as_deref()),
        sheet_html: sheet.map_or_else(String::new, |sheet| sheet.svg.clone()),
    };
    let fill = |key: &str| studio.words().fill(key, &[("name", &area), ("n", &standing.len().to_string())]);
    let head = Head {
        kind: "area-print",
        printed: true,
        paper_of: Some(PageKind::Area(id.clone())),
        title: fill("print_title"),
        description: fill("print_lead"),
        section: "areas",
        breadcrumb: studio.list_link(&PageKind::Areas).into_iter().chain([studio.area_link(id)]).collect(),
        review: verified.map(|day| ReviewView { date: studio.date(day), by: None, next: None, stale: false }),
        ..Head::default()
    };
    let view = AreaPrintPage { page: bench.head(head), print: view };
    bench.finish(view)
}

/// The list by category, in the order of the numbers.
fn groups(studio: &Studio<'_>, standing: &[FacilityNo], sheet: Option<&Sheet>) -> Vec<PrintGroup> {
    let mut groups: Vec<(&crate::vocabulary::CategoryId, PrintGroup)> = Vec::new();
    for &no in standing {
        let facility = &studio.site.facility(no).facility;
        let on_map = sheet.and_then(|sheet| sheet.on_map.get(&no));
        let row = PrintRow {
            anchor: anchor(facility),
            number: on_map.map(|(number, _)| *number),
            cell: on_map.map_or_else(String::new, |(_, cell)| cell.clone()),
            name: name(facility),
            address: address_line(facility),
            phone: facility.phone.as_ref().map_or_else(String::new, with_label),
            paused: facility.status == Status::Paused,
        };
        match groups.last_mut() {
            Some((last, group)) if **last == facility.category => group.rows.push(row),
            _ => {
                let tag = studio.category_tag(&facility.category);
                let group = PrintGroup { title: tag.label.clone(), mark_html: tag.mark_html.clone(), rows: vec![row] };
                groups.push((&facility.category, group));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// On paper, what was written beside the number stands behind it.
fn with_label(phone: &Phone) -> String {
    let view = phone_view(phone);
    if view.note.is_empty() { view.display } else { format!("{} {}", view.display, view.note) }
}
