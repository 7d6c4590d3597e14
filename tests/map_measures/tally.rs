//! Measures of many maps side by side: what must hold, and the best that is known.

use std::collections::BTreeSet;
use std::io::Write;

use super::pixels;
use sumika::render::map::{Drawing, Frame, Mark, Measures, Medium};

/// One map's measures.
struct Row {
    name: String,
    frame: Frame,
    measures: Measures,
    kib: f64,
    inset_kib: f64,
    problems: Vec<String>,
}

/// All maps that were drawn.
#[derive(Default)]
pub(crate) struct Tally {
    rows: Vec<Row>,
    /// Marks that were looked at as pixels.
    marks_seen: usize,
}

/// Kibibytes of the text when a server has packed it.
pub(crate) fn gz_kib(text: &str) -> f64 {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap().len() as f64 / 1024.0
}

/// Writes a drawing where somebody wants to look at it.
pub(crate) fn keep(name: &str, drawing: &Drawing) {
    let Some(folder) = std::env::var_os("SUMIKA_MAPS_OUT") else { return };
    let folder = std::path::Path::new(&folder);
    std::fs::write(folder.join(format!("{name}.svg")), &drawing.svg).unwrap();
    for (at, inset) in drawing.insets.iter().enumerate() {
        std::fs::write(folder.join(format!("{name}-inset{}.svg", at + 1)), &inset.svg).unwrap();
    }
}

/// Numbers of the marks in a drawing, in the order in which they stand there.
fn numbers(svg: &str) -> Vec<u32> {
    let lists = svg.split("data-n=\"").skip(1).filter_map(|rest| rest.split('"').next());
    lists.flat_map(|list| list.split(' ')).map(|number| number.parse().unwrap()).collect()
}

/// Each mark's cell as the drawing says it, by its first number.
fn said_cells(svg: &str) -> Vec<(u32, String)> {
    let marks = svg.split("aria-label=\"").skip(1).filter(|rest| rest.contains("data-n=\""));
    let said = marks.filter_map(|rest| {
        let label = rest.split('"').next()?;
        let number = rest.split("data-n=\"").nth(1)?.split([' ', '"']).next()?.parse().ok()?;
        let label = label.split('、').next()?;
        Some((number, label.rsplit(' ').next()?.to_owned()))
    });
    said.collect()
}

impl Tally {
    /// Takes one map in.
    pub(crate) fn add(&mut self, name: &str, frame: &Frame, marks: &[Mark], drawing: &Drawing) {
        let mut problems = Vec::new();
        let panels: Vec<&str> = std::iter::once(drawing.svg.as_str())
            .chain(drawing.insets.iter().map(|inset| inset.svg.as_str()))
            .collect();
        let drawn: Vec<u32> = panels.iter().flat_map(|svg| numbers(svg)).collect();
        let different: BTreeSet<u32> = drawn.iter().copied().collect();
        if drawn.len() != marks.len() || different.len() != marks.len() {
            problems.push(format!("{} of {} marks drawn", different.len(), marks.len()));
        }
        for (number, said) in panels.iter().flat_map(|svg| said_cells(svg)) {
            let listed = drawing.cells.get(number as usize - 1).copied().flatten().map(|cell| cell.to_string());
            if listed.as_ref() != Some(&said) {
                problems.push(format!("{number} stands in {said}, the list says {listed:?}"));
            }
        }
        for svg in &panels {
            let (count, faults) = pixels::faults(svg);
            self.marks_seen += count;
            problems.extend(faults);
        }
        let kib = gz_kib(&drawing.svg);
        let inset_kib = drawing.insets.iter().map(|inset| gz_kib(&inset.svg)).fold(0.0, f64::max);
        let (most, inset_most) = if frame.medium == Medium::Paper { (45.0, 45.0) } else { (12.0, 8.0) };
        if kib > most || inset_kib > inset_most {
            problems.push(format!("{kib:.1} KiB, insets {inset_kib:.1} KiB"));
        }
        problems.extend(drawing.measures.missed(frame).into_iter().map(|missed| format!("{missed:?}")));
        let (name, frame, measures) = (name.to_owned(), *frame, drawing.measures.clone());
        self.rows.push(Row { name, frame, measures, kib, inset_kib, problems });
    }

    /// One line a map, then how many reach the best that is known.
    pub(crate) fn print(&self) {
        for row in &self.rows {
            let m = &row.measures;
            println!(
                "{:<46} {:>3} marks {:>3} merged {} insets | {} over {} cross | shift {:.2} / {:.2} | gap {:>5.1} | \
                 stations {}/{} landmarks {}/{} | same cell {:.0} % | {:.1} + {:.1} KiB {}",
                row.name,
                m.marks,
                m.merged,
                m.insets,
                m.overlaps,
                m.crossings,
                m.shift_mean,
                m.shift_max,
                m.gap_min,
                m.stations.part,
                m.stations.whole,
                m.landmarks.part,
                m.landmarks.whole,
                m.same_cell.value() * 100.0,
                row.kib,
                row.inset_kib,
                row.problems.join("; ")
            );
        }
        for (medium, mean, most, kib) in [(Medium::Screen, 0.5, 2.0, 8.0), (Medium::Paper, 0.3, 1.5, 25.0)] {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.frame.medium == medium).collect();
            let of = |name: &str, is_best: &dyn Fn(&Row) -> bool| {
                println!(
                    "{medium:?}: {name}: {} of {} maps",
                    rows.iter().filter(|row| is_best(row)).count(),
                    rows.len()
                );
            };
            of("extreme: no overlap, no crossing", &|row| row.measures.overlaps + row.measures.crossings == 0);
            of("extreme: mean shift", &|row| row.measures.shift_mean <= mean);
            of("extreme: greatest shift", &|row| row.measures.shift_max <= most);
            of("extreme: 98 % in their true cell", &|row| row.measures.same_cell.value() >= 0.98);
            of("extreme: stations all, landmarks 80 %", &|row| {
                row.measures.stations.value() >= 1.0 && row.measures.landmarks.value() >= 0.8
            });
            of("extreme: 32 px for half the marks", &|row| row.measures.wide_targets.value() >= 0.5);
            of("extreme: bytes", &|row| row.kib <= kib);
        }
    }

    /// Fails with every map that misses something.
    pub(crate) fn assert_sound(&self) {
        let bad: Vec<&Row> = self.rows.iter().filter(|row| !row.problems.is_empty()).collect();
        let told: Vec<String> = bad.iter().map(|row| format!("{}: {}", row.name, row.problems.join("; "))).collect();
        println!("{} of {} maps miss something", bad.len(), self.rows.len());
        println!("{} marks were looked at as pixels", self.marks_seen);
        assert!(bad.is_empty(), "{}", told.join("\n"));
    }
}
