//! Marks under other eyes: in grey, and as people see who lack one kind of cone.

use std::path::Path;

use sumika::source::{SourcePath, Sources};
use sumika::vocabulary::{self, Category, Vocabulary};

/// How the eye mixes red, green and blue light (Machado, Oliveira and Fernandes 2009, at full strength).
const EYES: [(&str, [[f64; 3]; 3]); 5] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("grey", [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]]),
    (
        "protan",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deutan",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritan",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];
/// What lies under marks: the area, neighbours, what is unknown, sea, water, parks.
const GROUNDS: [[u8; 3]; 6] = [
    [0xff, 0xfc, 0xf3],
    [0xef, 0xec, 0xe5],
    [0xe4, 0xe1, 0xda],
    [0xd3, 0xe5, 0xef],
    [0xbf, 0xdc, 0xec],
    [0xdc, 0xeb, 0xcb],
];

fn seen(rgb: [u8; 3], eye: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = rgb.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    eye.map(|row| row.iter().zip(light).map(|(share, light)| share * light).sum::<f64>().clamp(0.0, 1.0))
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// CIE Lab of linear sRGB light under D65.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let root = |share: f64| if share > 0.008_856 { share.cbrt() } else { 7.787 * share + 16.0 / 116.0 };
    let x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
    let y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    let z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far two colours are apart to the eye: CIEDE2000 as Sharma, Wu and Dalal write it ("The CIEDE2000 color-difference
/// formula", Color Research and Application 30(1), 2005, equations 2 to 22).
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |value: f64| (value.powi(7) / (value.powi(7) + 25.0_f64.powi(7))).sqrt();
    let stretch = 1.0 + 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if is_grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (light, chroma) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let mean_hue = match h1 + h2 {
        sum if is_grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => sum / 2.0 + 180.0,
        sum => sum / 2.0 - 180.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0) + 0.24 * cos(2.0 * mean_hue) + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.2 * cos(4.0 * mean_hue - 63.0);
    let off = (light - 50.0).powi(2);
    let by_light = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let by_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let by_hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * t);
    let bend = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let cross = -(2.0 * bend).to_radians().sin() * 2.0 * seventh(chroma);
    (by_light.powi(2) + by_chroma.powi(2) + by_hue.powi(2) + cross * by_chroma * by_hue).sqrt()
}

#[test]
fn the_difference_of_colours_is_that_of_the_published_pairs() {
    // Some of table 1 of the paper: the pairs that try the blue region, the mean of hues, grey, and small differences.
    for (one, other, apart) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, -0.001, 2.49], [50.0, 0.0009, -2.49], 4.8045),
        ([50.0, -0.001, 2.49], [50.0, 0.0011, -2.49], 4.7461),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        for found in [ciede2000(one, other), ciede2000(other, one)] {
            assert!((found - apart).abs() < 5e-5, "{one:?} and {other:?}: {found:.4}, not {apart}");
        }
    }
}

#[test]
fn kinds_are_told_apart_by_every_eye() {
    let builtin = Vocabulary::builtin();
    let mut sources = Sources::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/categories.toml");
    sources.insert_text(SourcePath::new("resources/categories.toml").unwrap(), &std::fs::read(path).unwrap());
    let sample = vocabulary::read(&sources).value;
    assert!(sample.categories.len() > builtin.categories.len());
    check_kinds("built in", &builtin.categories);
    check_kinds("of the sample", &sample.categories);
}

/// Kinds that have a form of their own, and colours that stand out on all grounds.
fn check_kinds(whose: &str, kinds: &[Category]) {
    for (name, eye) in &EYES {
        let mut nearest = f64::INFINITY;
        let mut weakest = f64::INFINITY;
        for (at, kind) in kinds.iter().enumerate() {
            let own = seen(kind.marker.colour.rgb, eye);
            let number = contrast(own, seen([255; 3], eye));
            assert!(number >= 4.5, "{name}: {} and its number: {number:.1}", kind.id);
            for ground in GROUNDS {
                let on_ground = contrast(own, seen(ground, eye));
                weakest = weakest.min(on_ground);
                assert!(on_ground >= 3.0, "{name}: {} on the ground: {on_ground:.1}", kind.id);
            }
            for other in &kinds[at + 1..] {
                let form = |kind: &Category| (kind.marker.shape, kind.marker.outlined);
                let apart = ciede2000(lab(own), lab(seen(other.marker.colour.rgb, eye)));
                nearest = nearest.min(apart);
                // No colour parts two kinds: the form does, for every eye and in grey.
                assert!(form(kind) != form(other), "{name}: {} and {}", kind.id, other.id);
            }
        }
        println!(
            "{name}: {} kinds {whose}, nearest colours {nearest:.1} apart, {weakest:.1} to 1 on the ground",
            kinds.len()
        );
    }
}
