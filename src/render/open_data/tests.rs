use super::csv::defused;
use super::{
    Catalogue, Dataset, Distribution, Records, areas_geojson, catalogue, csv, geojson, json, licence_text, workbook,
};
use crate::area::{self, Areas, AreasConfig};
use crate::facility;
use crate::source::{Encoding, SourcePath, Sources};
use crate::table::Table;
use crate::vocabulary::{self, Vocabulary};

const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"kita","name":"きた"},
"geometry":{"type":"Polygon","coordinates":[[[140,35],[140,35.1],[140.1,35.1],[140.1,35],[140,35]]]}}]}"#;

const CATEGORIES: &str = "[[category]]\nid = \"clinic\"\ncolumns = [{ id = \"beds\", name.ja = \"病床数\" }, \
    { id = \"meeting\", name.ja = \"面談方法\", professionals_only = true }]\n";

const LIST: &str = "id,category,name,address,lat,lon,area,serves,phone,hours,services,note,beds,meeting,closed_on\n\
    ume,clinic,=cmd|'/C calc'!A1,\"北町1-2,\n3\",35.0512345678,140.05,,all,03-1234-5678,Mo-Fr 09:00-17:00,visits;!ventilator;?children,\
    ＋1とだけ,19,電話で,2030-01-01\n\
    matsu,pharmacy,{松|まつ}薬局,,,,kita,,,いつでも,,,,,\n";

fn world() -> (Records, Areas, Vocabulary) {
    let path = |text: &str| SourcePath::new(text).expect("a plain name");
    let mut sources = Sources::new();
    sources.insert_text(path("resources/areas.geojson"), SQUARE.as_bytes());
    sources.insert_text(path("resources/categories.toml"), CATEGORIES.as_bytes());
    sources.insert_text(path("resources/facilities/a.csv"), LIST.as_bytes());
    let areas = area::read(&sources, &AreasConfig::default()).value;
    let vocabulary = vocabulary::read(&sources).value;
    let facilities = facility::read(&sources, &vocabulary, &areas).value.facilities;
    assert_eq!(facilities.len(), 2);
    let with_pages =
        facilities.iter().map(|facility| (&**facility, format!("https://example.jp/facilities/{}/", facility.id)));
    let records = Records::new(with_pages, &vocabulary, &areas);
    (records, areas, vocabulary)
}

fn read_csv(bytes: &[u8]) -> Table {
    let path = SourcePath::new("resources/facilities/out.csv").expect("a plain name");
    let mut sources = Sources::new();
    sources.insert_text(path.clone(), bytes);
    let checked = Table::parse(&path, sources.text(&path).expect("text"));
    assert!(checked.report.is_empty());
    checked.value
}

#[test]
fn the_csv_is_read_back_by_our_own_reader() {
    let (records, areas, vocabulary) = world();
    let bytes = csv(&records);
    let table = read_csv(&bytes);
    assert_eq!(table.encoding(), Encoding::Utf8Bom);
    assert!(table.rows().all(|row| row.text().ends_with("\r\n")));
    let first: Vec<String> =
        table.rows().nth(2).expect("a row").cells().map(|cell| cell.value().into_owned()).collect();
    assert_eq!(first[..3], ["ume", "診療所", "'=cmd|'/C calc'!A1"]);
    assert!(first.contains(&"訪問診療;!人工呼吸器;?子ども（医療的ケア児を含む）".to_owned()), "{first:?}");
    assert!(first.contains(&"'＋1とだけ".to_owned()) && first.contains(&"35.051235".to_owned()), "{first:?}");
    let path = SourcePath::new("resources/facilities/out.csv").expect("a plain name");
    let mut sources = Sources::new();
    sources.insert_text(path, &bytes);
    let again = facility::read(&sources, &vocabulary, &areas).value.facilities;
    let ids: Vec<&str> = again.iter().map(|facility| facility.id.as_str()).collect();
    assert_eq!(ids, ["matsu", "ume"]);
    assert_eq!(again[1].services.len(), 3);
    assert_eq!(again[1].extra.len(), 1);
}

#[test]
fn what_is_for_professionals_or_to_come_is_in_no_format() {
    let (records, _, _) = world();
    let files = [csv(&records), json(&records, "t", "l"), geojson(&records, "t", "l"), workbook(&records, "t")];
    for file in &files[..3] {
        let text = String::from_utf8_lossy(file);
        for secret in ["電話で", "面談方法", "meeting", "2030-01-01", "廃止日", "closed_on"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

#[test]
fn formulas_are_defused_and_numbers_are_not() {
    let check = |cell: &str, expected: &str| assert_eq!(defused(cell), expected, "{cell}");
    check("=1+1", "'=1+1");
    check("@SUM(A1)", "'@SUM(A1)");
    check("+81 3 1234", "'+81 3 1234");
    check("-2+3", "'-2+3");
    check("\t=1", "'\t=1");
    check(" =1", "' =1");
    check("＝1", "'＝1");
    check("－", "'－");
    check("-8.24389", "-8.24389");
    check("+5", "+5");
    check("-inf", "'-inf");
    check("-1e5", "'-1e5");
    check("Mo-Fr", "Mo-Fr");
    check("", "");
}

#[test]
fn no_payload_of_the_corpus_stays_a_formula() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/csv-injection/payloadbox-csv.jsonl");
    #[expect(clippy::disallowed_methods, reason = "a test reads the corpus from the disk")]
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return;
    };
    let mut payloads = 0;
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for payload in value["payload"].as_str().unwrap_or_default().lines() {
            assert!(!defused(payload).starts_with(['=', '+', '-', '@']), "{payload}");
            payloads += 1;
        }
    }
    assert!(payloads > 0);
}

#[test]
fn geojson_and_json_read_back() {
    let (records, areas, _) = world();
    let collection: geojson::FeatureCollection =
        String::from_utf8(geojson(&records, "施設", "CC BY 4.0")).expect("UTF-8").parse().expect("GeoJSON");
    let geometries: Vec<bool> = collection.features.iter().map(|feature| feature.geometry.is_some()).collect();
    assert_eq!(geometries, [false, true]);
    let document: serde_json::Value = serde_json::from_slice(&json(&records, "施設", "CC BY 4.0")).expect("JSON");
    let ume = &document["facilities"][1];
    assert_eq!((&ume["name"], &ume["services"]["children"]), (&"=cmd|'/C calc'!A1".into(), &"ask".into()));
    assert_eq!(
        (&ume["columns"]["beds"], &ume["area"], &ume["serves"][0]),
        (&"19".into(), &"kita".into(), &"all".into())
    );
    assert_eq!(document["facilities"][0]["name"], "松薬局");
    assert!(document["facilities"][0].get("phone").is_none());
    let shapes: geojson::FeatureCollection =
        String::from_utf8(areas_geojson(&areas, "圏域", "CC BY 4.0")).expect("UTF-8").parse().expect("GeoJSON");
    assert_eq!(shapes.features.len(), 1);
}

#[test]
fn the_workbook_is_the_same_every_time() {
    let (records, _, _) = world();
    let bytes = workbook(&records, "施設");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, workbook(&records, "施設"));
    assert!(workbook(&Records::default(), "").starts_with(b"PK"));
}

#[test]
fn the_catalogue_names_every_file() {
    let file = |name: &str, media_type: &str| Distribution {
        title: name.to_owned(),
        address: format!("https://example.jp/data/{name}"),
        media_type: media_type.to_owned(),
    };
    let data = Catalogue {
        page: "https://example.jp/data/".to_owned(),
        title: "青葉市の在宅療養".to_owned(),
        description: "公開データ".to_owned(),
        publisher: "青葉市".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
        datasets: vec![Dataset {
            id: "facilities".to_owned(),
            title: "施設一覧".to_owned(),
            description: "一覧".to_owned(),
            keywords: vec!["在宅医療".to_owned()],
            modified: Some(jiff::civil::date(2026, 6, 1)),
            distributions: vec![file("facilities.csv", "text/csv"), file("facilities.json", "application/json")],
        }],
    };
    let document: serde_json::Value = serde_json::from_slice(&catalogue(&data)).expect("JSON");
    let files = document["dcat:dataset"][0]["dcat:distribution"].as_array().map(Vec::len);
    assert_eq!((files, &document["@type"]), (Some(2), &"dcat:Catalog".into()));
    assert_eq!(document["dcat:dataset"][0]["dct:modified"]["@value"], "2026-06-01");
    let text = String::from_utf8(licence_text(&data)).expect("UTF-8");
    assert!(text.contains("https://example.jp/data/facilities.csv") && text.contains("CC BY 4.0"));
}
