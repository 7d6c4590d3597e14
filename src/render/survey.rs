//! What `sumika check` says of the maps: their measures, and where one misses what it must reach.
//!
//! In: the site. Out: for each area's map on the screen and on paper its measures and size, and warnings that say
//! what the editor can do. Draws the maps anew; puts nothing out.

use std::io::Write;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::map::{Drawing, Frame, Measures, Medium, Missed};
use super::maps::Maps;
use crate::area::Area;
use crate::diag::{Code, Diagnostic, Report};
use crate::site::Site;
use crate::source::Span;

/// One map of an area.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// The area's name.
    pub name: String,
    /// What it is drawn for.
    pub medium: Medium,
    /// What was counted on it.
    pub measures: Measures,
    /// Bytes of its elements, before any packing.
    pub bytes: usize,
    /// The same packed as a server packs them.
    pub packed: usize,
    /// What it misses.
    pub missed: Vec<Missed>,
    span: Span,
}

/// The maps of all areas, in the order of the areas, the screen's before the paper's.
#[must_use]
pub fn survey(site: &Site) -> Vec<Surveyed> {
    let maps = Maps::new(site);
    let areas: Vec<&Area> = site.public.areas.iter().filter(|area| area.shape.is_some()).collect();
    let of_area = |area: &&Area| -> Vec<Surveyed> {
        let drawn = maps.measures(&area.id).into_iter();
        drawn.map(|(frame, drawing)| surveyed(area, &frame, drawing)).collect()
    };
    areas.par_iter().map(of_area).collect::<Vec<_>>().concat()
}

fn surveyed(area: &Area, frame: &Frame, drawing: Drawing) -> Surveyed {
    let elements = std::iter::once(&drawing.svg).chain(drawing.insets.iter().map(|inset| &inset.svg));
    let (bytes, packed) = elements.fold((0, 0), |(bytes, all), svg| (bytes + svg.len(), all + packed(svg)));
    Surveyed {
        name: area.name.clone(),
        medium: frame.medium,
        bytes,
        packed,
        missed: drawing.measures.missed(frame),
        measures: drawing.measures,
        span: area.span.clone(),
    }
}

/// How many bytes are left when a server has packed the text; all of them if it can't be packed.
fn packed(text: &str) -> usize {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = packer.write_all(text.as_bytes()).and_then(|()| packer.finish());
    written.map_or(text.len(), |bytes| bytes.len())
}

/// A warning for each thing that an area's map misses, on the screen or else on paper.
#[must_use]
pub fn doubts(surveyed: &[Surveyed]) -> Report {
    let mut report = Report::new();
    for maps in surveyed.chunk_by(|a, b| a.span == b.span) {
        for missed in [Missed::Shift, Missed::Names, Missed::Forms] {
            if let Some(map) = maps.iter().find(|map| map.missed.contains(&missed)) {
                report.push(doubt(map, missed));
            }
        }
    }
    report
}

fn doubt(map: &Surveyed, missed: Missed) -> Diagnostic {
    let measures = &map.measures;
    let about = |code: Code| Diagnostic::new(code).at(&map.span).arg("name", &map.name);
    match missed {
        Missed::Overlap | Missed::Shift => about(Code::MapCrowded)
            .arg("count", measures.marks)
            .arg("mean", format!("{:.1}", measures.shift_mean))
            .arg("most", format!("{:.1}", measures.shift_max)),
        Missed::Names => about(Code::MapNamesMissing)
            .arg("stations", measures.stations.whole - measures.stations.part)
            .arg("landmarks", measures.landmarks.whole - measures.landmarks.part),
        Missed::Forms => {
            about(Code::MapFormsAlike).arg("kinds", measures.forms.whole).arg("forms", measures.forms.part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    #[test]
    fn a_crowded_map_is_told_once_and_at_its_area() {
        let path = SourcePath::new("resources/areas.geojson").unwrap();
        let map = |medium: Medium| Surveyed {
            name: "きた".to_owned(),
            medium,
            measures: Measures { marks: 900, shift_mean: 1.25, shift_max: 9.0, ..Measures::default() },
            bytes: 1,
            packed: 1,
            missed: vec![Missed::Shift],
            span: Span::new(&path, 3..9),
        };
        let report = doubts(&[map(Medium::Screen), map(Medium::Paper)]);
        let codes: Vec<Code> = report.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::MapCrowded]);
    }
}
