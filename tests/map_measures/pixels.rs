//! A drawing as pixels, by resvg: every number stands in its own mark and can be read, and no mark covers another.
//!
//! The marks are drawn alone, each in a flat colour of its own and without soft edges, once in their order and once in
//! the reverse: where the pictures differ, marks cover each other; one white ring may touch another. What the numbers change in the picture is their
//! ink: it has to lie on marks, to stand out, and to be the same in the whole drawing, or something covers it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pixels of a pixel of the drawing.
const SCALE: f32 = 1.5;
/// A number takes at least so much of its mark.
const INK_SHARE_MIN: f64 = 0.015;
/// What text must stand out by.
const CONTRAST_MIN: f64 = 4.5;
/// Bold sans-serif letters of Debian (`tests/run` installs the first), macOS and Windows.
const FONTS: [&str; 5] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "/System/Library/Fonts/Supplemental/Arial Bold.ttf",
    "C:/Windows/Fonts/arialbd.ttf",
];

fn options() -> Option<&'static Options<'static>> {
    static FOUND: OnceLock<Option<Options<'static>>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let Some(bytes) = FONTS.iter().find_map(|path| std::fs::read(path).ok()) else {
            println!("skipped: no font is here, numbers are not looked at as pixels");
            return None;
        };
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(bytes);
        let family = fonts.faces().next().unwrap().families[0].0.clone();
        fonts.set_sans_serif_family(family);
        Some(Options { fontdb: Arc::new(fonts), ..Options::default() })
    });
    found.as_ref()
}

/// What is wrong with the pixels of one `<svg>`, and how many marks were looked at.
pub(crate) fn faults(svg: &str) -> (usize, Vec<String>) {
    let Some(options) = options() else { return (0, Vec::new()) };
    let panels = panels(svg);
    let count = panels.iter().map(|panel| panel.marks.len()).sum();
    let mut faults = Vec::new();
    let flat = |mark: &str, at: usize| coloured(mark, at + 1);
    let drawings = vec![
        assembled(svg, &panels, flat, false),
        assembled(svg, &panels, flat, true),
        assembled(svg, &panels, |mark, _| mark.to_owned(), false),
        assembled(svg, &panels, |mark, _| mark.to_owned(), true),
        assembled(svg, &panels, |mark, _| without_texts(mark), false),
        svg.to_owned(),
    ];
    let pictures: Vec<Pixmap> = drawings.into_par_iter().map(|drawing| painted(&drawing, options)).collect();
    let [flat, flat_reverse, written, written_reverse, bare, whole] = pictures.as_slice() else { unreachable!() };
    let orders = flat.pixels().iter().zip(flat_reverse.pixels());
    let looks = written.pixels().iter().zip(written_reverse.pixels());
    let mixed = orders.zip(looks).filter(|((a, b), (c, d))| a != b && !is_same(**c, **d)).count();
    if mixed > 0 {
        faults.push(format!("{mixed} pixels belong to two marks"));
    }
    faults.extend(read(&[flat, written, bare, whole], count));
    (count, faults)
}

/// Looks at the ink of every number.
fn read([flat, written, bare, whole]: &[&Pixmap; 4], count: usize) -> Vec<String> {
    #[derive(Default)]
    struct Seen {
        pixels: usize,
        ink: usize,
        contrast: f64,
    }
    let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
    let (mut outside, mut hidden) = (0, 0);
    for (at, own) in flat.pixels().iter().enumerate() {
        let number = usize::from(own.red()) << 16 | usize::from(own.green()) << 8 | usize::from(own.blue());
        let (with, without) = (written.pixels()[at], bare.pixels()[at]);
        let has_ink = with != without;
        if number > 0 {
            let mark = seen.entry(number).or_default();
            mark.pixels += 1;
            if has_ink {
                mark.ink += 1;
                mark.contrast = mark.contrast.max(contrast(with, without));
            }
        } else if has_ink {
            outside += 1;
        }
        hidden += usize::from(has_ink && !is_same(whole.pixels()[at], with));
    }
    let mut faults: Vec<String> = Vec::new();
    let unreadable = seen
        .iter()
        .filter(|(_, mark)| (mark.ink as f64) < INK_SHARE_MIN * mark.pixels as f64 || mark.contrast < CONTRAST_MIN);
    faults.extend(unreadable.map(|(number, mark)| {
        format!("mark {number}: {} of {} pixels are ink, {:.1} to 1", mark.ink, mark.pixels, mark.contrast)
    }));
    if seen.len() != count {
        faults.push(format!("{} of {count} marks are seen", seen.len()));
    }
    if outside + hidden > 0 {
        faults.push(format!("{outside} pixels of numbers lie outside marks, {hidden} are covered"));
    }
    faults
}

type Colour = resvg::tiny_skia::PremultipliedColorU8;

/// The same to the eye: soft edges over other grounds differ a little.
fn is_same(a: Colour, b: Colour) -> bool {
    let apart = |part: fn(Colour) -> u8| part(a).abs_diff(part(b));
    apart(|c| c.red()).max(apart(|c| c.green())).max(apart(|c| c.blue())) <= 24
}

fn contrast(a: Colour, b: Colour) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let light =
        |of: Colour| 0.2126 * linear(of.red()) + 0.7152 * linear(of.green()) + 0.0722 * linear(of.blue()) + 0.05;
    light(a).max(light(b)) / light(a).min(light(b))
}

fn painted(svg: &str, options: &Options<'_>) -> Pixmap {
    let tree = Tree::from_str(svg, options).unwrap();
    let [width, height] = [tree.size().width(), tree.size().height()].map(|length| (length * SCALE).ceil() as u32);
    let mut picture = Pixmap::new(width, height).unwrap();
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture
}

/// One window of a drawing: its opening tag, that of its marks, and each mark.
struct Panel<'a> {
    tag: &'a str,
    group: &'a str,
    marks: Vec<&'a str>,
}

/// The windows of a drawing. The marks are the last in each.
fn panels(svg: &str) -> Vec<Panel<'_>> {
    let starts: Vec<usize> = svg.match_indices("<g class=\"marks\"").map(|(at, _)| at).collect();
    let windows = starts.into_iter().map(|at| {
        let opening = &svg[svg[..at].rfind("<svg ").unwrap()..];
        let rest = &svg[at..];
        let end = rest.find("</g></svg>").unwrap();
        let (group, body) = rest[..end].split_at(rest.find('>').unwrap() + 1);
        let mut begins: Vec<usize> =
            ["<a id=\"", "<g id=\""].iter().flat_map(|tag| body.match_indices(tag).map(|(at, _)| at)).collect();
        begins.sort_unstable();
        let ends = begins.iter().skip(1).copied().chain([body.len()]);
        let marks = begins.iter().zip(ends).map(|(&from, to)| &body[from..to]).collect();
        Panel { tag: &opening[..=opening.find('>').unwrap()], group, marks }
    });
    windows.collect()
}

/// The drawing with nothing but its marks, each as it is made, in their order or the reverse.
fn assembled(svg: &str, panels: &[Panel<'_>], made: impl Fn(&str, usize) -> String, is_reverse: bool) -> String {
    let outer = &svg[..=svg.find('>').unwrap()];
    let is_sheet = panels.first().is_some_and(|panel| !svg.starts_with(panel.tag));
    let mut out = if is_sheet { outer.to_owned() } else { String::new() };
    let mut first = 0;
    for panel in panels {
        let mut marks: Vec<String> = panel.marks.iter().zip(first..).map(|(mark, at)| made(mark, at)).collect();
        first += marks.len();
        if is_reverse {
            marks.reverse();
        }
        out.push_str(&format!("{}{}{}</g></svg>", panel.tag, panel.group, marks.concat()));
    }
    if is_sheet { out + "</svg>" } else { out }
}

fn without_texts(mark: &str) -> String {
    let mut pieces = mark.split("<text");
    let mut out = pieces.next().unwrap().to_owned();
    pieces.for_each(|piece| out.push_str(piece.split_once("</text>").unwrap().1));
    out
}

/// A mark in one colour, without number and soft edges.
fn coloured(mark: &str, colour: usize) -> String {
    let mut out = without_texts(mark);
    for name in ["fill", "stroke"] {
        let begin = format!("{name}=\"#");
        let mut pieces = out.split(begin.as_str());
        let mut changed = pieces.next().unwrap().to_owned();
        for piece in pieces {
            changed.push_str(&format!("{begin}{colour:06x}\"{}", piece.split_once('"').unwrap().1));
        }
        out = changed;
    }
    format!("<g shape-rendering=\"crispEdges\">{out}</g>")
}

#[test]
fn marks_that_cover_each_other_and_covered_numbers_are_found() {
    let mark = |x: u32, more: &str| {
        format!(
            "<a id=\"m-{x}\" transform=\"translate({x} 20)\"><circle r=\"11\" fill=\"#0b4f9e\" stroke=\"#fff\"/>\
             <text y=\"4\" font-size=\"12\" fill=\"#fff\" text-anchor=\"middle\">8</text>{more}</a>"
        )
    };
    let drawing = |marks: &[String]| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\" viewBox=\"0 0 90 40\" \
             font-family=\"sans-serif\"><g class=\"marks\">{}</g></svg>",
            marks.concat()
        )
    };
    if options().is_none() {
        return;
    }
    assert_eq!(faults(&drawing(&[mark(20, ""), mark(60, "")])), (2, Vec::new()));
    assert!(faults(&drawing(&[mark(20, ""), mark(38, "")])).1[0].contains("belong to two marks"));
    let hidden = mark(60, "<path d=\"M-9-9h18v18h-18z\" fill=\"#0b4f9e\"/>");
    assert!(faults(&drawing(&[mark(20, ""), hidden])).1[0].starts_with("mark 2: 0 of"));
}
