//! Small archives in the manner of each public schema, written here: one tile with a road, a railway and a lake.

use sumika::layer::{LineKind, SurfaceKind};

/// What a schema calls a road, a railway and a lake: layer, and its texts.
type Things = [(&'static str, &'static [(&'static str, &'static str)], Form); 3];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Line,
    Surface,
}

const ZOOM: u32 = 14;

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A field of bytes.
fn field(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend(bytes);
}

fn packed(values: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    values.iter().for_each(|&value| varint(&mut out, value));
    out
}

/// A line across the tile, or a square in it.
fn geometry(form: Form) -> Vec<u8> {
    let move_to = |x: u64, y: u64| [9, x * 2, y * 2];
    let [start, x, y] = move_to(0, 1000);
    match form {
        Form::Line => packed(&[start, x, y, 10, 4096 * 2, 0]),
        // East, south, west: negative steps are odd.
        Form::Surface => packed(&[start, 2000, y, 26, 2000, 0, 0, 2000, 1999, 0, 15]),
    }
}

fn layer((name, texts, form): &(&str, &[(&str, &str)], Form)) -> Vec<u8> {
    let mut feature = Vec::new();
    field(&mut feature, 2, &packed(&(0..texts.len() as u64).flat_map(|at| [at, at]).collect::<Vec<_>>()));
    varint(&mut feature, 3 << 3);
    varint(&mut feature, if *form == Form::Line { 2 } else { 3 });
    field(&mut feature, 4, &geometry(*form));
    let mut out = Vec::new();
    field(&mut out, 1, name.as_bytes());
    field(&mut out, 2, &feature);
    texts.iter().for_each(|(key, _)| field(&mut out, 3, key.as_bytes()));
    for (_, text) in *texts {
        let mut value = Vec::new();
        field(&mut value, 1, text.as_bytes());
        field(&mut out, 4, &value);
    }
    varint(&mut out, 5 << 3);
    varint(&mut out, 4096);
    varint(&mut out, 15 << 3);
    varint(&mut out, 2);
    out
}

/// The tile's place on the curve that archives follow.
fn tile_id(mut x: u64, mut y: u64) -> u64 {
    let side = 1_u64 << ZOOM;
    let mut id = (side * side - 1) / 3;
    let mut half = side / 2;
    while half > 0 {
        let (right, low) = (u64::from(x & half > 0), u64::from(y & half > 0));
        id += half * half * ((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
        half /= 2;
    }
    id
}

fn archive(things: &Things) -> Vec<u8> {
    let mut tile = Vec::new();
    things.iter().for_each(|thing| field(&mut tile, 3, &layer(thing)));
    let side = f64::from(1_u32 << ZOOM);
    let (lon, lat) = (11.24_f64, 43.775_f64.to_radians());
    let x = ((lon + 180.0) / 360.0 * side) as u64;
    let y = ((1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * side) as u64;
    let directory = packed(&[1, tile_id(x, y), 1, tile.len() as u64, 1]);
    let metadata = b"{}";
    let mut out = b"PMTiles\x03".to_vec();
    let (root, meta) = (127, 127 + directory.len() as u64);
    let data = meta + metadata.len() as u64;
    let lengths =
        [root, directory.len() as u64, meta, metadata.len() as u64, data, 0, data, tile.len() as u64, 1, 1, 1];
    lengths.iter().for_each(|value| out.extend(value.to_le_bytes()));
    // Clustered, nothing packed, vector tiles, one zoom.
    out.extend([1, 1, 1, 1, ZOOM as u8, ZOOM as u8]);
    [111_900_000_i32, 437_500_000, 112_900_000, 438_000_000].iter().for_each(|degree| out.extend(degree.to_le_bytes()));
    out.push(ZOOM as u8);
    [112_400_000_i32, 437_750_000].iter().for_each(|degree| out.extend(degree.to_le_bytes()));
    out.extend(&directory);
    out.extend(metadata);
    out.extend(&tile);
    out
}

#[test]
fn archives_of_every_schema_are_drawn() {
    let line = Form::Line;
    let schemas: [(&str, Things); 4] = [
        (
            "Protomaps",
            [
                ("roads", &[("kind", "highway")], line),
                ("roads", &[("kind", "rail"), ("kind_detail", "rail")], line),
                ("water", &[("kind", "lake")], Form::Surface),
            ],
        ),
        (
            "Shortbread",
            [
                ("streets", &[("kind", "motorway")], line),
                ("streets", &[("kind", "rail"), ("rail", "true")], line),
                ("water_polygons", &[("kind", "water")], Form::Surface),
            ],
        ),
        (
            "OpenMapTiles",
            [
                ("transportation", &[("class", "motorway")], line),
                ("transportation", &[("class", "rail"), ("subclass", "rail")], line),
                ("water", &[("class", "lake")], Form::Surface),
            ],
        ),
        (
            "GSI optimal_bvmap",
            [
                ("RdCL", &[("vt_rdctg", "高速自動車国道等")], line),
                ("RailCL", &[("vt_railstate", "通常部"), ("vt_rtcode", "JR")], line),
                ("WA", &[], Form::Surface),
            ],
        ),
    ];
    for (name, things) in schemas {
        let (layers, codes) = crate::read(&archive(&things));
        assert_eq!(codes, [], "{name}");
        let lines: Vec<LineKind> = layers.lines.iter().map(|line| line.kind).collect();
        assert!(lines.contains(&LineKind::Highway) && lines.contains(&LineKind::Rail), "{name}: {lines:?}");
        assert!(layers.surfaces.iter().any(|surface| surface.kind == SurfaceKind::Water), "{name}");
    }
}
