//! Marks under other eyes: in grey, and as people see who lack one kind of cone.

use sumika::vocabulary::Vocabulary;

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

/// How far two colours are apart to the eye: the distance in CIE Lab.
fn difference(a: [f64; 3], b: [f64; 3]) -> f64 {
    let root = |share: f64| if share > 0.008_856 { share.cbrt() } else { 7.787 * share + 16.0 / 116.0 };
    let lab = |[red, green, blue]: [f64; 3]| {
        let x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    };
    let (a, b) = (lab(a), lab(b));
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

#[test]
fn kinds_are_told_apart_by_every_eye() {
    let vocabulary = Vocabulary::builtin();
    let kinds = &vocabulary.categories;
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
                let form = |kind: &sumika::vocabulary::Category| (kind.marker.shape, kind.marker.outlined);
                let apart = difference(own, seen(other.marker.colour.rgb, eye));
                nearest = nearest.min(apart);
                assert!(form(kind) != form(other) || apart >= 20.0, "{name}: {} and {}", kind.id, other.id);
            }
        }
        println!("{name}: {} kinds, nearest colours {nearest:.1} apart, {weakest:.1} to 1 on the ground", kinds.len());
    }
}
