use super::pen::{WIDTH, round_up, width};
use super::{Bar, BarRow, Caption, Dot, Part, PartRow, Parts, bars, diverging, line, stacked, swatch};

const CAPTION: Caption<'_> = Caption { id: "c", title: "題 <1>", summary: "増えた" };

/// Every number of an attribute that stands for a place.
fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    let marker = format!(" {attribute}=\"");
    svg.split(&marker).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

fn dots(values: &[(i16, Option<f64>)]) -> Vec<Dot> {
    let shown = |value: Option<f64>| value.map_or("＊".to_owned(), |value| value.to_string());
    values.iter().map(|&(year, value)| Dot { year, label: year.to_string(), value, shown: shown(value) }).collect()
}

#[test]
fn axes_end_at_round_numbers() {
    for (value, end) in
        [(0.0, 1.0), (17.0, 20.0), (58.0, 60.0), (11890.0, 15000.0), (100.0, 100.0), (0.9, 1.0), (3.1, 4.0)]
    {
        assert!((round_up(value) - end).abs() < 1e-9, "{value}: {}", round_up(value));
    }
}

#[test]
fn a_line_has_its_name_its_dots_and_its_gaps() {
    let svg = line(CAPTION, &dots(&[(2021, Some(10.0)), (2022, None), (2023, Some(20.0)), (2025, Some(30.0))]), None);
    assert!(svg.contains("<title id=\"c-t\">題 &lt;1&gt;</title>") && svg.contains("aria-labelledby=\"c-t c-d\""));
    assert_eq!(numbers(&svg, "cx"), [30.0, 178.0, 326.0], "a year is as wide as any other");
    assert_eq!(svg.matches("<circle").count(), 3);
    assert!(svg.contains("M30 130M178 82L326 34"), "no line into the gap: {svg}");
    assert!(svg.contains('＊'));
}

#[test]
fn one_year_and_no_year_are_drawn_too() {
    assert_eq!(numbers(&line(CAPTION, &dots(&[(2025, Some(0.0))]), Some((5.0, "目標"))), "cx"), [178.0]);
    assert!(!line(CAPTION, &[], None).contains("NaN"));
    assert!(!bars(CAPTION, &[], None).contains("NaN"));
}

#[test]
fn labels_of_a_line_do_not_overlap_and_stay_on_the_sheet() {
    let many: Vec<(i16, Option<f64>)> = (2010..2026).map(|year| (year, Some(11_890.0))).collect();
    let svg = line(CAPTION, &dots(&many), None);
    let xs: Vec<f64> = svg
        .split("<text x=\"")
        .skip(1)
        .filter(|rest| rest.contains(">11890<"))
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    assert!(xs.len() >= 3 && xs.windows(2).all(|pair| pair[1] - pair[0] >= width("11890")), "{xs:?}");
    assert!(xs.iter().all(|x| *x >= width("11890") / 2.0 && *x <= WIDTH - width("11890") / 2.0));
}

#[test]
fn bars_are_as_long_as_their_values() {
    let bar = |value: f64| Bar { value: Some(value), shown: "40%".to_owned() };
    let rows = [
        BarRow { label: "港".to_owned(), bars: vec![bar(40.0), bar(20.0)] },
        BarRow { label: "川上".to_owned(), bars: vec![Bar { value: None, shown: "＊".to_owned() }] },
    ];
    let widths = numbers(&bars(CAPTION, &rows, Some(40.0)), "width");
    let drawn: Vec<f64> = widths.into_iter().skip(1).collect();
    assert_eq!(drawn.len(), 2, "a hidden value has no bar");
    assert!((drawn[0] / drawn[1] - 2.0).abs() < 0.01 && drawn[0] < WIDTH, "{drawn:?}");
}

fn row(shares: &[Option<f64>]) -> PartRow {
    let part = |share: &Option<f64>| Part { share: *share, shown: share.map_or(String::new(), |s| format!("{s}%")) };
    PartRow { label: "2025年度".to_owned(), parts: shares.iter().map(part).collect() }
}

#[test]
fn parts_fill_the_row_and_hidden_ones_share_its_end() {
    let rows = [row(&[Some(50.0), Some(30.0), Some(20.0)]), row(&[Some(60.0), None, None])];
    let svg = stacked(CAPTION, Parts { rows: &rows, hidden: "伏せています" });
    let widths: Vec<f64> = numbers(&svg, "width").into_iter().skip(1).collect();
    assert_eq!(widths.get(..4), Some([180.0, 108.0, 72.0, 216.0].as_slice()));
    assert_eq!(widths.get(4), Some(&144.0), "the rest of the second row");
    assert!(svg.contains("伏せています"));
    assert!(!svg.contains(">20%<") || svg.contains(">50%<"));
}

#[test]
fn both_sides_of_the_middle_meet_at_one_place() {
    let rows = [row(&[Some(50.0), Some(30.0), Some(20.0)]), row(&[Some(10.0), Some(30.0), Some(60.0)])];
    let svg = diverging(CAPTION, Parts { rows: &rows, hidden: "" });
    // 65 to the left at most, 75 to the right.
    let middle = WIDTH * 65.0 / 140.0;
    assert_eq!(svg.matches(&format!("M{} ", super::pen::number(middle))).count(), 2, "{svg}");
    let xs: Vec<f64> =
        svg.split("<rect x=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
    assert!(xs.iter().all(|x| (0.0..WIDTH).contains(x)), "{xs:?}");
}

#[test]
fn legends_go_from_dark_to_light() {
    let marks: Vec<String> = (0..5).map(|at| swatch(at, 5, false)).collect();
    let mut different = marks.clone();
    different.dedup();
    assert_eq!(different.len(), 5);
    assert!(swatch(0, 2, true).contains("#00224e") && swatch(1, 2, true).contains("#7a3b00"));
}
