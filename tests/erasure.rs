//! Nothing withheld casts a shadow: every way to withhold × every kind of content × the second before, at, and after
//! its instant × time zones. The table is made here; each cell is two builds that have to be equal to the byte.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read files and stop at what they did not expect"
)]

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use sumika::artifact::{Artifact, Body};
use sumika::diag::Checked;
use sumika::pipeline::{self, Opened};
use sumika::select::{Medium, Request};
use sumika::source::{Blob, ContentHash, PictureSize, Source, SourcePath, Sources};

/// Cairo has no midnight on the day below, St. John's is half an hour off, Kiritimati a day ahead.
const ZONES: [&str; 4] = ["Asia/Tokyo", "Africa/Cairo", "America/St_Johns", "Pacific/Kiritimati"];
const DAY: Date = date(2026, 4, 24);

/// Words that only the withheld thing has.
const CANARY: [&str; 4] = ["カナリア題", "カナリア文", "kanaria", "カナリア札"];

/// A thing that is withheld before or from an instant on.
struct Cell {
    name: String,
    /// Files that are there with the thing, and without it (`None`: no such file).
    files: Vec<(String, Option<String>, Option<String>)>,
    zone: &'static str,
    instant: Timestamp,
    before: bool,
    from: bool,
    quarantine: bool,
}

/// How articles are withheld: front matter, consent, whether public before and from the instant on.
struct How {
    name: &'static str,
    front: String,
    consent: String,
    instant: fn(&TimeZone) -> Timestamp,
    before: bool,
    from: bool,
}

fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).unwrap().start_of_day().unwrap().timestamp()
}

fn at_day(zone: &TimeZone) -> Timestamp {
    start_of(DAY, zone)
}

fn after_day(zone: &TimeZone) -> Timestamp {
    start_of(DAY.tomorrow().unwrap(), zone)
}

fn at_noon_in_tokyo(_: &TimeZone) -> Timestamp {
    "2026-04-24T12:00:00+09:00".parse().unwrap()
}

const OPEN: &str = "obtained = 2026-01-05\nscope = [\"web\"]";

fn hows() -> Vec<How> {
    let how = |name, front: &str, consent: &str, instant, (before, from)| How {
        name,
        front: front.to_owned(),
        consent: consent.to_owned(),
        instant,
        before,
        from,
    };
    let consent = |rest: &str| format!("{OPEN}\n{rest}");
    vec![
        how("draft", "draft = true", OPEN, at_day, (false, false)),
        how("publish on a day", "publish = 2026-04-24", OPEN, at_day, (false, true)),
        how("publish at an instant", "publish = 2026-04-24T12:00:00+09:00", OPEN, at_noon_in_tokyo, (false, true)),
        how("expire on a day", "expire = 2026-04-24", OPEN, at_day, (true, false)),
        how("expire at an instant", "expire = 2026-04-24T12:00:00+09:00", OPEN, at_noon_in_tokyo, (true, false)),
        how("with its edition", "edition = \"e\"", OPEN, at_noon_in_tokyo, (false, true)),
        how("consent to come", "", "obtained = 2026-04-24\nscope = [\"web\"]", at_day, (false, true)),
        how("consent until a day", "", &consent("until = 2026-04-24"), after_day, (true, false)),
        how("consent withdrawn", "", &consent("withdrawn = 2026-04-24"), at_day, (true, false)),
        how("consent for print", "", "obtained = 2026-01-05\nscope = [\"print\"]", at_day, (false, false)),
        how("broken", "nonsense = 1", OPEN, at_day, (false, false)),
    ]
}

const KINDS: [(&str, &str, &str); 7] = [
    ("story", "stories", ""),
    ("faq", "faq", "answer_short = \"カナリア文\"\n"),
    ("guide", "guides", ""),
    ("event", "events", "\n[event]\nstarts = 2026-09-01T10:00:00+09:00\nvenue = \"カナリア文\"\nmethod = \"cafe\"\n"),
    ("news", "news", "date = 2026-04-01\n"),
    ("page", "", ""),
    ("term", "glossary", "reading = \"かなりあ\"\n"),
];

fn article(kind: (&str, &str, &str), how: &How) -> String {
    let (keys, table) = if kind.2.starts_with('\n') { ("", kind.2) } else { (kind.2, "") };
    format!(
        "+++\ntitle = \"カナリア題\"\ntags = [\"カナリア札\"]\nareas = [\"east\"]\nviewpoints = [\"reality\"]\n\
         scenes = [\"daily\"]\naliases = [\"/kanaria-old/\"]\nimage = \"/images/kanaria.png\"\nimage_alt = \"カナリア文\"\n{}\n{keys}\n[consent]\n{}\n{table}\
         +++\n\n## カナリア文の見出し\n\nカナリア文です。\n",
        how.front, how.consent
    )
}

fn articles() -> Vec<Cell> {
    let mut cells = Vec::new();
    for kind in KINDS {
        for how in hows() {
            for zone in ZONES {
                let folder = if kind.1.is_empty() { String::new() } else { format!("{}/", kind.1) };
                cells.push(Cell {
                    name: format!("{}, {}, {zone}", kind.0, how.name),
                    files: vec![(format!("content/{folder}kanaria.md"), Some(article(kind, &how)), None)],
                    zone,
                    instant: (how.instant)(&TimeZone::get(zone).unwrap()),
                    before: how.before,
                    from: how.from,
                    quarantine: how.name == "broken",
                });
            }
        }
    }
    cells
}

/// Translations: of what is withheld, and withheld themselves.
fn translations() -> Vec<Cell> {
    let guide = KINDS[2];
    let original = "+++\ntitle = \"手引き\"\n+++\n\n文です。\n".to_owned();
    let file = |name: &str| format!("content/guides/{name}");
    let mut cells = Vec::new();
    for how in hows() {
        for zone in ZONES {
            let mut push = |name: &str, files| {
                cells.push(Cell {
                    name: format!("{name}, {}, {zone}", how.name),
                    files,
                    zone,
                    instant: (how.instant)(&TimeZone::get(zone).unwrap()),
                    before: how.before,
                    from: how.from,
                    quarantine: how.name == "broken",
                });
            };
            let open = How { name: "", front: String::new(), consent: OPEN.to_owned(), ..how };
            push(
                "translation of what is withheld",
                vec![
                    (file("kanaria.md"), Some(article(guide, &how)), None),
                    (file("kanaria.en.md"), Some(article(guide, &open).replace("/kanaria-old/", "/kanaria-en/")), None),
                ],
            );
            push(
                "translation withheld itself",
                vec![
                    (file("guide.md"), Some(original.clone()), Some(original.clone())),
                    (file("guide.en.md"), Some(article(guide, &how)), None),
                ],
            );
        }
    }
    cells
}

const INDICATOR: &str = "[[indicator]]\nid = \"known\"\nname = \"知っている人\"\nkind = \"outcome\"\nunit = \"%\"\n\
                         definition = \"調査\"\nsource = \"市\"\n";
const VALUES: &str = "indicator,year,area,value,note\nknown,2025,,41.0,\n";
const SURVEY: &str = "[[survey]]\nid = \"kurashi\"\nname = \"くらし\"\ndefinition = \"全員\"\nsource = \"市\"\n";
const ANSWERS: &str =
    "survey,year,question,answer,area,count,n\nkurashi,2025,問い,はい,,60,\nkurashi,2025,問い,いいえ,,40,\n";

/// A cell of figures: its name, its files with and without, from when on it is public, and whether it is at all.
type Figure = (&'static str, Vec<(&'static str, String, &'static str)>, fn(&TimeZone) -> Timestamp, bool);

fn april_2027(zone: &TimeZone) -> Timestamp {
    start_of(date(2027, 4, 1), zone)
}

/// Rows of indicators, what is said of their years, and whole indicators.
fn indicators() -> Vec<Figure> {
    let (definitions, values) = ("resources/indicators/indicators.toml", "resources/indicators/values.csv");
    let year = "[[indicator.year]]\nyear = 2026\npublish = 2026-04-24\nchanged = \"カナリア文\"\n";
    let files = |more: &str, rows: &str| {
        vec![(definitions, format!("{INDICATOR}{more}"), INDICATOR), (values, format!("{VALUES}{rows}"), VALUES)]
    };
    let other =
        ("resources/indicators/other.csv", "indicator,年,年,value\nknown,2024,2024,カナリア文\n".to_owned(), "");
    let canary = INDICATOR.replace("known", "kanaria").replace("知っている人", "カナリア題");
    let row = "known,2026,,47.5,カナリア文\n";
    vec![
        ("year of an indicator, published on a day", files(year, row), at_day, true),
        ("year of an indicator to come", files("", &row.replace("2026", "2027")), april_2027, true),
        (
            "indicator without a public year",
            files(&format!("{canary}{year}"), &row.replace("known", "kanaria")),
            at_day,
            true,
        ),
        ("indicator with broken headings", files("", "").into_iter().chain([other]).collect(), at_day, false),
        ("broken row of an indicator", files("", "known,2026,,カナリア文,\n"), at_day, false),
    ]
}

/// Rows of surveys and what is said of their years.
fn surveys() -> Vec<Figure> {
    let (definitions, answers) = ("resources/surveys/surveys.toml", "resources/surveys/kurashi.csv");
    let year = "[[survey.year]]\nyear = 2026\npublish = 2026-04-24\nchanged = \"カナリア文\"\n";
    let files = |more: &str, rows: &str| {
        vec![(definitions, format!("{SURVEY}{more}"), SURVEY), (answers, format!("{ANSWERS}{rows}"), ANSWERS)]
    };
    let rows = "kurashi,2026,カナリア題,カナリア文,,70,\nkurashi,2026,カナリア題,ほか,,30,\n";
    let unreadable = format!("{}kurashi,2026,カナリア題,別,,たくさん,\n", ANSWERS.replace("問い", "カナリア題"));
    let mut broken = files("", "");
    broken.push(("resources/surveys/other.csv", unreadable, ""));
    vec![
        ("year of a survey, published on a day", files(year, rows), at_day, true),
        ("year of a survey to come", files("", &rows.replace("2026", "2027")), april_2027, true),
        ("broken row of a survey takes its file with it", broken, at_day, false),
    ]
}

fn figures() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (name, files, begins, from) in indicators().into_iter().chain(surveys()) {
        for zone in ZONES {
            let both = |(path, with, without): &(&str, String, &str)| {
                let without = (!without.is_empty()).then(|| (*without).to_owned());
                ((*path).to_owned(), Some(with.clone()), without)
            };
            cells.push(Cell {
                name: format!("{name}, {zone}"),
                files: files.iter().map(both).collect(),
                zone,
                instant: begins(&TimeZone::get(zone).unwrap()),
                before: false,
                from,
                quarantine: name.contains("broken"),
            });
        }
    }
    cells
}

const HEADER: &str = "id,category,name,address,lat,lon,area,services,status,verified_on,closed_on,secret\n";
const KNOWN: &str = "hikari,clinic,ひかり診療所,こもれび市東町1-1,35.65,139.55,east,visits,open,2026-01-10,,\n";

/// Rows that nobody may see: what they are called, the row, whether it is public before and from the day on.
fn rows() -> [(&'static str, String, (bool, bool)); 4] {
    let row = |status: &str, verified: &str, closed: &str| {
        format!("kanaria,clinic,カナリア題,カナリア文,35.64,139.56,east,visits,{status},{verified},{closed},\n")
    };
    [
        ("facility closed", row("open", "2026-01-10", "2026-04-24"), (true, false)),
        ("facility unlisted", row("unlisted", "2026-01-10", ""), (false, false)),
        ("facility broken", row("nonsense", "2026-01-10", ""), (false, false)),
        ("facility that nobody confirmed for 18 months", row("open", "2024-10-24", ""), (true, false)),
    ]
}

/// Lists of which nothing can be trusted, and a row that is none.
fn untrusted_lists() -> Vec<Cell> {
    let row = "kanaria,clinic,カナリア題,カナリア文,35.64,139.56,east,visits,open,2026-01-10,,\n";
    let lists = [
        ("facility of a list with a broken gate", HEADER.replace("status", "statsu"), row),
        ("facility of a list with a broken heading", HEADER.replace("secret", "name"), row),
        ("facility of a list with broken headings", HEADER.replace("id,", "番号,"), row),
        ("facility of a row broken to no row", HEADER.to_owned(), "kanaria,clinic,カナリア題,カナリア文\n"),
    ];
    let cell = |(name, heading, row): (&str, String, &str)| {
        let emptied = (heading == HEADER).then(|| heading.clone());
        Cell {
            name: name.to_owned(),
            files: vec![("resources/facilities/other.csv".to_owned(), Some(format!("{heading}{row}")), emptied)],
            zone: "Asia/Tokyo",
            instant: at_day(&TimeZone::get("Asia/Tokyo").unwrap()),
            before: false,
            from: false,
            quarantine: true,
        }
    };
    lists.map(cell).into()
}

/// Rows of lists, cells of them, an edition, a plan, what came of an event.
fn others() -> Vec<Cell> {
    let mut cells = Vec::new();
    let list = "resources/facilities/list.csv";
    for zone in ZONES {
        let zone_of = TimeZone::get(zone).unwrap();
        let mut push = |name: &str, files: Vec<(&str, String, Option<String>)>, instant, (before, from)| {
            let files = files.into_iter().map(|(path, with, without)| (path.to_owned(), Some(with), without)).collect();
            let quarantine = name.contains("broken");
            cells.push(Cell { name: format!("{name}, {zone}"), files, zone, instant, before, from, quarantine });
        };
        let without = Some(format!("{HEADER}{KNOWN}"));
        let with = |row: String| format!("{HEADER}{KNOWN}{row}");
        for (name, row, public) in rows() {
            push(name, vec![(list, with(row), without.clone())], at_day(&zone_of), public);
        }
        let secret = KNOWN.replace(",,\n", ",,カナリア文\n");
        push(
            "cell for professionals",
            vec![(list, format!("{HEADER}{secret}"), without.clone())],
            at_day(&zone_of),
            (false, false),
        );
        let plan = |edition: &str| format!("{PLAN}{edition}");
        let edition = "[[edition]]\nslug = \"kanaria\"\nstage = 1\ntitle = \"カナリア題\"\nsummary = \"カナリア文\"\n\
                       release = 2026-04-24T12:00:00+09:00\n";
        push(
            "edition",
            vec![("content/plans/2026.toml", plan(edition), Some(plan("")))],
            at_noon_in_tokyo(&zone_of),
            (false, true),
        );
        let next = PLAN.replace("2026", "2027").replace("目的", "カナリア文");
        push(
            "plan",
            vec![("content/plans/2027.toml", next, None)],
            start_of(date(2027, 4, 1), &zone_of),
            (false, true),
        );
        let event = |result: &str| {
            format!(
                "+++\ntitle = \"催し\"\nareas = [\"east\"]\n\n[event]\nstarts = 2026-04-24\nmethod = \"cafe\"\n{result}+++\n\n文\n"
            )
        };
        let expected = "\n[event.expected]\nparticipants = 31\nchange = \"カナリア文\"\n";
        push(
            "what was expected of an event",
            vec![("content/events/e.md", event(expected), Some(event("")))],
            after_day(&zone_of),
            (false, false),
        );
        let result = "\n[event.result]\nparticipants = 31\nnotes = \"カナリア文\"\n";
        push(
            "result of an event",
            vec![("content/events/e.md", event(result), Some(event("")))],
            after_day(&zone_of),
            (false, true),
        );
    }
    cells
}

const PLAN: &str = "fiscal_year = 2026\npurpose = \"目的\"\n\n[[stage]]\nnumber = 1\ntitle = \"表明\"\n\n";

/// A site with one public article and facility, an edition `e`, and the files of the cell.
fn site(cell: &Cell, with: bool) -> Sources {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_base/minimal");
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/bare");
    let mut sources = Sources::new();
    let mut put = |path: &str, bytes: &[u8]| sources.insert_text(SourcePath::new(path).unwrap(), bytes);
    let configuration = std::fs::read_to_string(base.join("sumika.toml")).unwrap();
    let translated = cell.files.iter().any(|(path, ..)| path.ends_with(".en.md"));
    let languages = if translated { "languages = [\"ja\", \"en\"]" } else { "languages = [\"ja\"]" };
    let configuration = configuration.replace("languages = [\"ja\"]", languages);
    let zoned = configuration.replace("theme = \"bare\"", &format!("theme = \"bare\"\ntimezone = \"{}\"", cell.zone));
    put("sumika.toml", zoned.as_bytes());
    put("resources/areas.geojson", &std::fs::read(base.join("resources/areas.geojson")).unwrap());
    for entry in walkdir::WalkDir::new(&themes).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(&themes).unwrap().to_str().unwrap();
            put(&format!("themes/bare/{below}"), &std::fs::read(entry.path()).unwrap());
        }
    }
    put("content/guides/start.md", "+++\ntitle = \"はじめに\"\n+++\n\n家で暮らす。\n".as_bytes());
    put("resources/categories.toml", CATEGORIES.as_bytes());
    put("resources/facilities/list.csv", format!("{HEADER}{KNOWN}").as_bytes());
    let edition = "[[edition]]\nslug = \"e\"\nstage = 1\ntitle = \"号\"\nrelease = 2026-04-24T12:00:00+09:00\n";
    put("content/plans/2026.toml", format!("{PLAN}{edition}").as_bytes());
    // The picture lies there all the time: it is public only through what shows it.
    let picture = Some(PictureSize { width_px: 800, height_px: 600 });
    let blob = Blob { hash: ContentHash::of(b"a picture"), bytes: 9, picture };
    sources.insert(SourcePath::new("content/images/kanaria.png").unwrap(), Source::Blob(blob));
    let mut put = |path: &str, bytes: &[u8]| sources.insert_text(SourcePath::new(path).unwrap(), bytes);
    for (path, there, not_there) in &cell.files {
        if let Some(text) = if with { there } else { not_there } {
            put(path, text.as_bytes());
        }
    }
    sources
}

const CATEGORIES: &str = "[[category]]\nid = \"clinic\"\nname = { ja = \"診療所\" }\nshape = \"circle\"\ncolour = \"#1b5e8c\"\n\
                          columns = [{ id = \"secret\", name = { ja = \"職員用\" }, professionals_only = true }]\n";

fn build(opened: &Checked<Opened>, at: Timestamp, quarantine: bool) -> BTreeMap<String, Body> {
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine };
    let mut artifacts: Vec<Artifact> = Vec::new();
    let built = pipeline::build(&opened.value, &request, &mut artifacts);
    let reports = [&opened.report, &built.report];
    let told: Vec<String> = reports
        .iter()
        .flat_map(|report| report.errors().iter().map(|error| format!("{error:?}")).collect::<Vec<_>>())
        .collect();
    assert!(told.is_empty() || quarantine, "{}", told.join("\n"));
    artifacts.into_iter().map(|artifact| (artifact.path.as_str().to_owned(), artifact.body)).collect()
}

/// Where a canary sings: in a name or in a text.
fn canaries(outputs: &BTreeMap<String, Body>) -> Vec<String> {
    let sings = |text: &str| CANARY.iter().any(|canary| text.contains(canary));
    let of = |(path, body): (&String, &Body)| {
        let text = match body {
            Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        };
        (sings(path) || sings(&text)).then(|| path.clone())
    };
    outputs.iter().filter_map(of).collect()
}

fn complaints(cell: &Cell) -> Vec<String> {
    let second = SignedDuration::from_secs(1);
    let moments = [
        ("a second before", cell.instant.checked_sub(second).unwrap(), cell.before),
        ("at", cell.instant, cell.from),
        ("a second after", cell.instant.checked_add(second).unwrap(), cell.from),
    ];
    let (with, without) = (pipeline::open(&site(cell, true)), pipeline::open(&site(cell, false)));
    let mut found = Vec::new();
    for (when, at, public) in moments {
        let outputs = build(&with, at, cell.quarantine);
        let singing = canaries(&outputs);
        if public && singing.is_empty() {
            found.push(format!("{}: {when} ({at}), it should be public", cell.name));
        }
        if !public {
            if !singing.is_empty() {
                found.push(format!("{}: {when} ({at}), seen in {singing:?}", cell.name));
            }
            let clean = build(&without, at, cell.quarantine);
            if outputs != clean {
                found.push(format!("{}: {when} ({at}), the site differs from one without it", cell.name));
            }
        }
    }
    found
}

#[test]
fn every_way_to_withhold_hides_every_kind_of_content_to_the_second_in_every_zone() {
    let mut cells = articles();
    cells.extend(translations());
    cells.extend(others());
    cells.extend(untrusted_lists());
    cells.extend(figures());
    let found: Vec<String> = cells.par_iter().flat_map_iter(complaints).collect();
    println!("{} cells at three instants each", cells.len());
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), cells.len(), found.join("\n"));
}
