//! The daily-living areas: the unit by which residents find what is near them.
//!
//! In: `resources/areas.geojson` (shapes) and `resources/areas.csv` (names, members, figures by year);
//! either is enough. Out: `Areas`, in the order of the table or else of the file, which can be asked in which
//! area a position lies and what is next to what. Says what is wrong with the files; draws nothing.

mod merge;
mod shape;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Checked, Code, Diagnostic};
use crate::geo::{BBox, MultiPolygon, Point, Polygon, Position, Projection, point_segment_distance};
use crate::source::{Sources, Span, is_device_name};
use crate::tree::is_hidden;

/// The only name of an area, and the last part of its page's address: Unicode letters, digits, `-` and `_`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaId(Arc<str>);

/// A file name on every system: no longer than this many characters.
const ID_LENGTH_MAX: usize = 60;

impl AreaId {
    /// The identifier (in NFC), or `None` for text that is empty, too long or holds other characters.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let normal: String = text.trim().nfc().collect();
        let sound = !normal.is_empty()
            && normal.chars().count() <= ID_LENGTH_MAX
            && normal.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            && !is_device_name(&normal);
        sound.then(|| Self(Arc::from(normal)))
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AreaId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for AreaId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// One area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its identifier.
    pub id: AreaId,
    /// Its name, as residents know it.
    pub name: String,
    /// How the name is read.
    pub kana: Option<String>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// The town blocks or school districts that form it.
    pub members: Vec<String>,
    /// Its outline; none when only the table knows it.
    pub shape: Option<MultiPolygon>,
    /// Population and kin, by year, ascending.
    pub figures: Vec<AreaFigures>,
    /// Where it is written: its row in the table, or the head of its first feature.
    pub span: Span,
}

impl Area {
    /// The name on pages of a language: the Japanese one where there is no other.
    #[must_use]
    pub fn name_in(&self, lang: &str) -> &str {
        self.name_en.as_deref().filter(|_| lang == "en").unwrap_or(&self.name)
    }
}

/// One area's numbers of one year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AreaFigures {
    /// The fiscal year.
    pub year: i16,
    /// 人口.
    pub population: Option<u64>,
    /// 75歳以上人口.
    pub over_75: Option<u64>,
    /// 世帯数.
    pub households: Option<u64>,
}

/// Which properties of the GeoJSON features hold what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreasConfig {
    /// Property with the identifier; features that agree in it are one area.
    pub id_property: String,
    /// Property with the name.
    pub name_property: String,
    /// Property with the reading.
    pub kana_property: String,
    /// Property with the English name.
    pub name_en_property: String,
}

impl Default for AreasConfig {
    fn default() -> Self {
        let [id_property, name_property, kana_property, name_en_property] =
            ["id", "name", "kana", "name_en"].map(str::to_owned);
        Self { id_property, name_property, kana_property, name_en_property }
    }
}

type Indexed = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// All areas of a site.
#[derive(Clone, Debug, Default)]
pub struct Areas {
    list: Vec<Area>,
    by_id: BTreeMap<AreaId, usize>,
    /// Frames of polygons: (number of the area, number of its polygon).
    index: RTree<Indexed>,
    /// Numbers of the areas beside each.
    neighbours: Vec<Vec<usize>>,
}

/// Reads the areas of a site. Without either file there are none, and nothing to complain about.
pub fn read(sources: &Sources, config: &AreasConfig) -> Checked<Areas> {
    shape::read(sources, config).join(table::read(sources)).then(|(shapes, rows)| merge::merge(shapes, rows, config))
}

impl Areas {
    /// Areas in the order in which they will be shown; `touching` are pairs of numbers of neighbours.
    fn new(list: Vec<Area>, touching: impl Iterator<Item = (usize, usize)>) -> Self {
        let by_id = list.iter().enumerate().map(|(at, area)| (area.id.clone(), at)).collect();
        let frames = list.iter().enumerate().flat_map(|(at, area)| {
            let polygons = area.shape.iter().flat_map(|shape| &shape.polygons).enumerate();
            polygons.map(move |(part, polygon)| {
                let frame = polygon.bounds();
                let corners = ([frame.west, frame.south], [frame.east, frame.north]);
                GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), (at, part))
            })
        });
        let index = RTree::bulk_load(frames.collect());
        let mut neighbours = vec![Vec::new(); list.len()];
        for (a, b) in touching {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(beside) = neighbours.get_mut(from) {
                    beside.push(to);
                }
            }
        }
        neighbours.iter_mut().for_each(|beside| beside.sort_unstable());
        Self { list, by_id, index, neighbours }
    }

    /// In the order in which they are shown.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Area> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True when the site has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The area of this identifier.
    #[must_use]
    pub fn get(&self, id: &AreaId) -> Option<&Area> {
        self.by_id.get(id).and_then(|&at| self.list.get(at))
    }

    /// The area whose identifier is written so.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Area> {
        self.get(&AreaId::new(text)?)
    }

    /// Its place in the order, from zero.
    #[must_use]
    pub fn order(&self, id: &AreaId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// True when some area has an outline, so that positions can be placed.
    #[must_use]
    pub fn have_shapes(&self) -> bool {
        self.index.size() > 0
    }

    /// The areas in which a position lies, in order. One, where areas neither overlap nor leave gaps; a
    /// position on a shared border lies in exactly one of its two sides.
    #[must_use]
    pub fn locate(&self, position: Position) -> Vec<&Area> {
        if !position.is_on_earth() {
            return Vec::new();
        }
        let mut found: Vec<usize> = self
            .index
            .locate_all_at_point([position.lon, position.lat])
            .map(|indexed| indexed.data)
            .filter(|&(at, part)| {
                let shape = self.list.get(at).and_then(|area| area.shape.as_ref());
                shape.and_then(|shape| shape.polygons.get(part)).is_some_and(|polygon| polygon.contains(position))
            })
            .map(|(at, _)| at)
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| self.list.get(at)).collect()
    }

    /// The frame around all outlines.
    #[must_use]
    pub fn bounds(&self) -> Option<BBox> {
        self.list.iter().filter_map(|area| area.shape.as_ref()?.bounds()).reduce(BBox::union)
    }

    /// The area with the nearest border, and how many metres away it is: for positions outside every area.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<(&Area, f64)> {
        let plane = Projection::at(position);
        let here = plane.project(position);
        let polygons = self.list.iter().flat_map(|area| {
            let polygons = area.shape.iter().flat_map(|shape| &shape.polygons);
            polygons.map(move |polygon| (area, polygon))
        });
        // No border is nearer than its polygon's frame: the near frames first, until none can be nearer.
        let mut by_frame: Vec<(f64, &Area, &Polygon)> =
            polygons.map(|(area, polygon)| (frame_distance_m(&plane, here, polygon), area, polygon)).collect();
        by_frame.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut best: Option<(&Area, f64)> = None;
        for (at_least_m, area, polygon) in by_frame {
            if best.is_some_and(|(_, best_m)| best_m <= at_least_m) {
                break;
            }
            for (a, b) in polygon.rings().flat_map(crate::geo::Ring::sides) {
                let distance_m = point_segment_distance(here, plane.project(a), plane.project(b));
                if best.is_none_or(|(_, best_m)| distance_m < best_m) {
                    best = Some((area, distance_m));
                }
            }
        }
        best
    }

    /// The area nearest to a position outside all of them, and how far away it is, in words of both languages.
    #[must_use]
    pub fn nearest_in_words(&self, position: Position) -> (String, String) {
        let Some((area, metres)) = self.nearest(position) else { return ("—".to_owned(), "—".to_owned()) };
        let distance = if metres < 995.0 {
            format!("{:.0} m", (metres / 10.0).ceil() * 10.0)
        } else {
            format!("{:.1} km", metres / 1000.0)
        };
        (area.name.clone(), distance)
    }

    /// The areas that touch this one, in order.
    #[must_use]
    pub fn neighbours(&self, id: &AreaId) -> Vec<&Area> {
        let beside = self.order(id).and_then(|at| self.neighbours.get(at));
        beside.into_iter().flatten().filter_map(|&at| self.list.get(at)).collect()
    }
}

/// The message on a text that holds an invisible character.
fn hidden_character(text: &str, key: &str, span: &Span) -> Option<Diagnostic> {
    let hidden = text.chars().find(|&c| is_hidden(c))?;
    let problem = Diagnostic::new(Code::HiddenCharacter).at(span).arg("key", key);
    Some(problem.arg("character", format!("U+{:04X}", u32::from(hidden))))
}

/// How far the polygon's frame is at least; zero inside.
fn frame_distance_m(plane: &Projection, here: Point, polygon: &Polygon) -> f64 {
    let frame = polygon.bounds();
    let low = plane.project(Position { lon: frame.west, lat: frame.south });
    let high = plane.project(Position { lon: frame.east, lat: frame.north });
    here.distance(Point { x: here.x.clamp(low.x, high.x), y: here.y.clamp(low.y, high.y) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    const TWO_SQUARES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"minami","name":"みなみ"},"geometry":{"type":"Polygon","coordinates":[[[140,35],[140,35.1],[140.1,35.1],[140.1,35],[140,35]]]}},
{"type":"Feature","properties":{"id":"kita","name":"きた"},"geometry":{"type":"Polygon","coordinates":[[[140,35.1],[140.1,35.1],[140.1,35.2],[140,35.2],[140,35.1]]]}},
{"type":"Feature","properties":{"id":"minami","name":"みなみ"},"geometry":{"type":"Polygon","coordinates":[[[140.3,35],[140.3,35.1],[140.4,35.1],[140.4,35],[140.3,35]]]}}
]}"#;

    fn site(files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::new();
        for (path, text) in files {
            sources.insert_text(SourcePath::new(path).unwrap(), text.as_bytes());
        }
        sources
    }

    fn read_files(files: &[(&str, &str)]) -> (Areas, Vec<Code>) {
        let checked = read(&site(files), &AreasConfig::default());
        let codes = checked.report.iter().map(|diagnostic| diagnostic.code).collect();
        (checked.value, codes)
    }

    #[test]
    fn features_of_one_id_are_one_area() {
        let (areas, codes) = read_files(&[("resources/areas.geojson", TWO_SQUARES)]);
        assert_eq!(codes, []);
        assert_eq!(areas.iter().map(|area| area.name.as_str()).collect::<Vec<_>>(), ["みなみ", "きた"]);
        assert_eq!(areas.find("minami").unwrap().shape.as_ref().unwrap().polygons.len(), 2);
    }

    #[test]
    fn a_position_on_the_common_border_lies_in_one_area() {
        let (areas, _) = read_files(&[("resources/areas.geojson", TWO_SQUARES)]);
        assert_eq!(areas.locate(Position { lon: 140.05, lat: 35.1 }).len(), 1);
        assert!(areas.locate(Position { lon: 139.0, lat: 35.1 }).is_empty());
        let (near, distance_m) = areas.nearest(Position { lon: 139.99, lat: 35.05 }).unwrap();
        assert_eq!(near.name, "みなみ");
        assert!((distance_m - 910.0).abs() < 10.0, "{distance_m}");
    }

    #[test]
    fn areas_above_and_below_are_neighbours() {
        let (areas, _) = read_files(&[("resources/areas.geojson", TWO_SQUARES)]);
        let kita = AreaId::new("kita").unwrap();
        assert_eq!(areas.neighbours(&kita).iter().map(|area| area.id.as_str()).collect::<Vec<_>>(), ["minami"]);
    }

    #[test]
    fn the_table_gives_order_figures_and_is_enough_alone() {
        let table = "圏域ID,名称,カナ,構成町丁目など,年度,人口,７５歳以上人口,世帯数\r\nkita,きた,キタ,一丁目;二丁目,2025,\"12,345\",2000,5000\r\nkita,,,,2024,12400,,\r\nminami,みなみ,,,2025,1,1,1\r\n";
        let (areas, codes) = read_files(&[("resources/areas.csv", table)]);
        assert_eq!(codes, []);
        let kita = areas.iter().next().unwrap();
        assert_eq!((kita.id.as_str(), kita.members.len(), kita.shape.is_none()), ("kita", 2, true));
        assert_eq!(kita.figures.iter().map(|row| row.year).collect::<Vec<_>>(), [2024, 2025]);
        assert_eq!(kita.figures[1].population, Some(12_345));
        let (both, codes) = read_files(&[("resources/areas.csv", table), ("resources/areas.geojson", TWO_SQUARES)]);
        assert_eq!(codes, []);
        assert_eq!(both.iter().map(|area| area.id.as_str()).collect::<Vec<_>>(), ["kita", "minami"]);
    }

    #[test]
    fn table_and_map_that_disagree_are_told() {
        let table = "area,name\nkita,きた\nhigashi,ひがし\n";
        let (_, codes) = read_files(&[("resources/areas.csv", table), ("resources/areas.geojson", TWO_SQUARES)]);
        assert_eq!(codes, [Code::AreaWithoutShape, Code::AreaNotListed]);
    }

    #[test]
    fn mistakes_of_the_table_have_their_own_messages() {
        let table = "area,name,year,population,色\n,x,2025,1,\na b,y,2025,1,\nkita,きた,R7,1,\nkita,,2025,多い,\nkita,,2025,1,\nhigashi,,2025,1,\n";
        let (_, mut codes) = read_files(&[("resources/areas.csv", table)]);
        codes.sort();
        let expected = [
            Code::HeadingUnknown,
            Code::AreaIdEmpty,
            Code::AreaIdUnusable,
            Code::AreaNameMissing,
            Code::AreasNumberUnreadable,
            Code::AreasNumberUnreadable,
            Code::AreasYearTwice,
        ];
        assert_eq!(codes, expected);
        assert_eq!(read_files(&[("resources/areas.csv", "name,population\nきた,1\n")]).1, [Code::HeadingMissing]);
    }

    #[test]
    fn properties_that_are_not_there_are_told_with_those_that_are() {
        let text = TWO_SQUARES.replace("\"id\"", "\"ID\"");
        let checked = read(&site(&[("resources/areas.geojson", text.as_str())]), &AreasConfig::default());
        let problem = checked.report.iter().next().unwrap();
        assert_eq!(problem.code, Code::AreaIdPropertyMissing);
        assert!(problem.args.iter().any(|(_, value)| value.contains("`ID`")), "{:?}", problem.args);
        assert_eq!(checked.report.iter().count(), 1);
    }

    #[test]
    fn overlapping_areas_are_told_with_both_names() {
        let text = TWO_SQUARES
            .replace("[140,35.2],[140,35.1]]", "[140,35.2],[140,35.09]]")
            .replace("[[[140,35.1]", "[[[140,35.09]");
        let checked = read(&site(&[("resources/areas.geojson", text.as_str())]), &AreasConfig::default());
        let codes: Vec<Code> = checked.report.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::AreasOverlap]);
    }

    #[test]
    fn names_with_invisible_characters_are_refused() {
        let text = TWO_SQUARES.replace("きた", "き\u{202E}た");
        let (_, codes) = read_files(&[("resources/areas.geojson", &text)]);
        assert_eq!(codes, [Code::HiddenCharacter]);
        let (_, codes) = read_files(&[("resources/areas.csv", "area,name\nkita,き\u{200B}た\n")]);
        assert_eq!(codes, [Code::HiddenCharacter]);
    }

    #[test]
    fn lines_and_points_are_no_areas() {
        let line = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a","name":"a"},"geometry":{"type":"LineString","coordinates":[[140,35],[141,36]]}}]}"#;
        assert_eq!(read_files(&[("resources/areas.geojson", line)]).1, [Code::AreaIsNoPolygon]);
    }
}
