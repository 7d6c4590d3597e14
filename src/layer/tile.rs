//! Vector tiles (MVT): features of named layers, in units of the tile.
//!
//! In: the unpacked bytes of one tile, and which layers are wanted. Out: features with their texts and their
//! parts, on a grid of 4096 units a tile whatever the tile's own is. A tile that contradicts itself is `None`.

use std::borrow::Cow;

use prost::Message;

use crate::geo::Point;

/// Units across a tile.
pub(super) const UNITS: i32 = 4096;
/// Tiles with a finer or coarser grid of their own than this are broken.
const EXTENT_MAX: u32 = 1 << 16;

#[derive(Clone, PartialEq, Message)]
struct WholeTile {
    #[prost(bytes = "vec", repeated, tag = "3")]
    layers: Vec<Vec<u8>>,
}

/// A layer of which only the name is read.
#[derive(Clone, PartialEq, Message)]
struct LayerName {
    #[prost(string, tag = "1")]
    name: String,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Layer {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(message, repeated, tag = "2")]
    pub(super) features: Vec<Feature>,
    #[prost(string, repeated, tag = "3")]
    pub(super) keys: Vec<String>,
    #[prost(message, repeated, tag = "4")]
    pub(super) values: Vec<Value>,
    #[prost(uint32, optional, tag = "5", default = "4096")]
    pub(super) extent: Option<u32>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Feature {
    #[prost(uint32, repeated, tag = "2")]
    pub(super) tags: Vec<u32>,
    #[prost(uint32, tag = "3")]
    pub(super) kind: u32,
    #[prost(uint32, repeated, tag = "4")]
    pub(super) geometry: Vec<u32>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Value {
    #[prost(string, optional, tag = "1")]
    text: Option<String>,
    #[prost(float, optional, tag = "2")]
    float: Option<f32>,
    #[prost(double, optional, tag = "3")]
    double: Option<f64>,
    #[prost(int64, optional, tag = "4")]
    int: Option<i64>,
    #[prost(uint64, optional, tag = "5")]
    uint: Option<u64>,
    #[prost(sint64, optional, tag = "6")]
    sint: Option<i64>,
    #[prost(bool, optional, tag = "7")]
    flag: Option<bool>,
}

impl Value {
    fn shown(&self) -> Option<Cow<'_, str>> {
        if let Some(text) = &self.text {
            return Some(Cow::Borrowed(text));
        }
        let whole = self.int.or(self.sint).map(|value| value.to_string());
        let whole = whole.or_else(|| self.uint.map(|value| value.to_string()));
        let broken = self.double.or_else(|| self.float.map(f64::from)).map(|value| value.to_string());
        whole.or(broken).or_else(|| self.flag.map(|value| value.to_string())).map(Cow::Owned)
    }
}

/// What a feature is drawn as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Point,
    Line,
    Area,
}

/// The texts of a feature.
pub(super) struct Texts<'a> {
    layer: &'a Layer,
    tags: &'a [u32],
}

impl Texts<'_> {
    /// The value of a key, as text.
    pub(super) fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        let at = |number: &u32| usize::try_from(*number).ok();
        let pair = self.tags.chunks_exact(2).find(|pair| {
            let name = pair.first().and_then(at).and_then(|at| self.layer.keys.get(at));
            name.is_some_and(|name| name == key)
        })?;
        self.layer.values.get(pair.get(1).and_then(at)?)?.shown()
    }

    /// The first of these keys that has a value.
    pub(super) fn first(&self, keys: &[&str]) -> Option<Cow<'_, str>> {
        keys.iter().find_map(|key| self.get(key))
    }
}

/// The names of all layers, and those layers that are wanted.
pub(super) fn layers(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Option<(Vec<String>, Vec<Layer>)> {
    let tile = WholeTile::decode(bytes).ok()?;
    let (mut names, mut layers) = (Vec::new(), Vec::new());
    for bytes in &tile.layers {
        let name = LayerName::decode(bytes.as_slice()).ok()?.name;
        if wanted(&name) {
            let layer = Layer::decode(bytes.as_slice()).ok()?;
            (1..=EXTENT_MAX).contains(&layer.extent()).then_some(())?;
            layers.push(layer);
        }
        names.push(name);
    }
    Some((names, layers))
}

impl Layer {
    /// The texts of one of its features.
    pub(super) fn texts<'a>(&'a self, feature: &'a Feature) -> Texts<'a> {
        Texts { layer: self, tags: &feature.tags }
    }

    /// The parts of one of its features: points, lines, or rings without their first point again.
    pub(super) fn parts(&self, feature: &Feature) -> Option<(Form, Vec<Vec<Point>>)> {
        let form = match feature.kind {
            1 => Form::Point,
            2 => Form::Line,
            3 => Form::Area,
            _ => return None,
        };
        let scale = f64::from(UNITS) / f64::from(self.extent());
        Some((form, parts(&feature.geometry, scale)?))
    }
}

/// Follows the pen: move (1), draw (2), close (7).
fn parts(commands: &[u32], scale: f64) -> Option<Vec<Vec<Point>>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let (mut x, mut y) = (0_i32, 0_i32);
    let mut rest = commands.iter().copied();
    while let Some(command) = rest.next() {
        let (verb, count) = (command & 7, command >> 3);
        if verb == 7 {
            continue;
        }
        if !matches!(verb, 1 | 2) {
            return None;
        }
        for _ in 0..count {
            x = x.wrapping_add(unzigzag(rest.next()?));
            y = y.wrapping_add(unzigzag(rest.next()?));
            let point = Point { x: f64::from(x) * scale, y: f64::from(y) * scale };
            match parts.last_mut() {
                Some(part) if verb == 2 => part.push(point),
                None if verb == 2 => return None,
                _ => parts.push(vec![point]),
            }
        }
    }
    Some(parts)
}

fn unzigzag(value: u32) -> i32 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

#[cfg(test)]
impl Value {
    pub(super) fn of_text(text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pen_moves_draws_and_closes() {
        // The polygon of the specification: (3, 6), (8, 12), (20, 34).
        let found = parts(&[9, 6, 12, 18, 10, 12, 24, 44, 15], 1.0).unwrap();
        let corners: Vec<(f64, f64)> = found[0].iter().map(|point| (point.x, point.y)).collect();
        assert_eq!(corners, [(3., 6.), (8., 12.), (20., 34.)]);
    }

    #[test]
    fn a_pen_without_paper_is_none() {
        assert_eq!(parts(&[18, 10, 12], 1.0), None);
        assert_eq!(parts(&[9, 6], 1.0), None);
        assert_eq!(parts(&[11, 6], 1.0), None);
        assert_eq!(parts(&[u32::MAX - 6, 1, 1], 1.0), None);
    }
}
