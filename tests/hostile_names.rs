//! Names and places from outside: no link, pipe, socket or device is read, nothing leaves the site, no two names are one
//! on some system, and no character that nobody sees stands in a name or field. The encodings of texts beside them.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test makes files and prints what it counted")]

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;

use sumika::artifact::Artifact;
use sumika::load;
use sumika::pipeline;
use sumika::select::{Medium, Request};
use sumika::source::{Encoding, Limits, Refusal, Source, SourcePath, Sources, Text, decode};
use sumika::table::Table;

const CONFIG: &str = "[site]\ntitle = \"試し\"\nbase_url = \"https://example.jp/\"\nlanguages = [\"ja\"]\n[[municipality]]\ncode = \"132012\"\nname = \"こもれび市\"\nkana = \"こもれびし\"\n[desk]\nname = \"窓口\"\nphone = \"042-000-0000\"\n[emergency]\ntext = \"119番へ\"\n";

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path")
}

fn sources(files: &[(&str, String)]) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.insert_text(path(name), text.as_bytes());
    }
    sources
}

/// The codes of what is said of a site, and the paths of its output.
fn built(sources: &Sources) -> (BTreeSet<String>, BTreeMap<String, Artifact>) {
    let at = "2026-07-01T00:00:00Z".parse().expect("an instant");
    let opened = pipeline::open(sources);
    let mut artifacts: Vec<Artifact> = Vec::new();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: true };
    let built = pipeline::build(&opened.value, &request, &mut artifacts);
    let codes = opened.report.iter().chain(built.report.iter()).map(|problem| problem.code.to_string()).collect();
    (codes, artifacts.into_iter().map(|artifact| (artifact.path.as_str().to_owned(), artifact)).collect())
}

#[test]
fn what_is_no_plain_file_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let content = folder.path().join("content");
    std::fs::create_dir(&content).expect("a folder");
    std::fs::write(folder.path().join("sumika.toml"), CONFIG).expect("a file");
    symlink(outside.path(), content.join("file.md")).expect("a link");
    symlink("/", content.join("root")).expect("a link");
    symlink("nowhere", content.join("broken.md")).expect("a link");
    symlink("/dev/zero", content.join("device.md")).expect("a link");
    let _socket = UnixListener::bind(content.join("socket.md")).expect("a socket");
    let (here, mode) = (rustix::fs::CWD, rustix::fs::Mode::RUSR);
    rustix::fs::mknodat(here, content.join("pipe.md"), rustix::fs::FileType::Fifo, mode, 0).expect("a pipe");
    let loaded = load::load(folder.path(), &Limits::STANDARD).expect("a site");
    let refused = loaded.sources.iter().filter(|(_, source)| matches!(source, Source::Refused(Refusal::NotAFile)));
    let names: Vec<&str> = refused.map(|(path, _)| path.file_name()).collect();
    assert_eq!(names, ["broken.md", "device.md", "file.md", "pipe.md", "root", "socket.md"]);
    assert_eq!(loaded.sources.iter().count(), 7);
}

/// What is used to leave a folder, or to be two things at once.
fn escapes() -> Vec<String> {
    let own = [
        "..",
        ".",
        "../x",
        "..\\x",
        "/etc/passwd",
        "//host/x",
        "C:\\x",
        "c:x",
        "%2e%2e/x",
        "%2e%2e%2fx",
        "a%00b",
        "a\\b",
        "a/../../x",
        "....//x",
        "con",
        "NUL",
        "aux.html",
        "com1",
        "a.",
        "a ",
        "a:b",
        "a?b",
        "a#b",
        "a*b",
        "~",
        "$HOME",
        "`id`",
        "A",
        "Ａ",
        "e\u{301}",
        "a\u{202E}b",
        "a\u{200B}",
        "",
        " ",
        "\t",
        "x\ty",
        "あ/い",
        "data:,x",
        "file:///etc/passwd",
        "\u{FF0E}\u{FF0E}/x",
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/traversal");
    let files = std::fs::read_dir(corpus).into_iter().flatten().filter_map(Result::ok);
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect::<Vec<String>>();
    let payload =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["payload"].as_str().map(str::to_owned);
    let payloads: Vec<String> = texts.iter().flat_map(|text| text.lines()).filter_map(payload).step_by(20).collect();
    println!("{} ways out of a folder, {} of them from the corpora", own.len() + payloads.len(), payloads.len());
    own.iter().map(|&text| text.to_owned()).chain(payloads).collect()
}

/// A path of the output that every system and server takes for the same one place below the root.
fn is_sound(path: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && !part.chars().any(|c| c.is_control() || "\\:*?\"<>|%#".contains(c))
            && !sumika::source::is_device_name(part)
    };
    path == ".htaccess" || path.split('/').all(part)
}

#[test]
fn no_name_leaves_the_output() {
    let (_, plain) = built(&sources(&[("sumika.toml", CONFIG.to_owned())]));
    for escape in escapes() {
        let quoted = serde_json::Value::from(escape.as_str()).to_string();
        let cell = format!("\"{}\"", escape.replace('"', "\"\""));
        let front = |lines: &str| format!("+++\ntitle = \"題\"\n{lines}\n+++\n\n文\n");
        let places = [
            ("content/guides/a.md", front(&format!("slug = {quoted}"))),
            ("content/guides/a.md", front(&format!("aliases = [{quoted}]"))),
            ("content/guides/a.md", front(&format!("image = {quoted}\nimage_alt = \"絵\""))),
            (
                "content/guides/a.md",
                front("") + &format!("![絵](<{escape}>) [先](<{escape}>)\n\n::: figure src={quoted} alt=\"絵\"\n"),
            ),
            ("resources/facilities/a.csv", format!("id,category,name\n{cell},clinic,ひかり\n")),
            ("resources/areas.csv", format!("area,name\n{cell},北\n")),
            (
                "resources/categories.toml",
                format!("[[category]]\nid = {quoted}\nname.ja = \"あ\"\nshape = \"circle\"\ncolour = \"#336699\"\n"),
            ),
            (
                "content/plans/2026.toml",
                format!("year = 2026\n[[edition]]\nslug = {quoted}\nstage = 1\ntitle = \"号\"\nrelease = 2026-06-01\n"),
            ),
        ];
        for (place, text) in places {
            let (codes, outputs) = built(&sources(&[("sumika.toml", CONFIG.to_owned()), (place, text)]));
            for path in outputs.keys().filter(|path| !plain.contains_key(*path)) {
                assert!(is_sound(path), "{escape:?} in {place} makes {path:?} ({codes:?})");
            }
        }
    }
}

#[test]
fn file_names_are_addresses_on_every_system() {
    for (name, code) in [("！.md", "S0322"), ("…….md", "S0322")] {
        let file = format!("content/guides/{name}");
        let (codes, outputs) =
            built(&sources(&[("sumika.toml", CONFIG.to_owned()), (&file, "+++\ntitle = \"題\"\n+++\n".to_owned())]));
        assert!(codes.contains(code), "{name}: {codes:?}");
        assert!(outputs.keys().all(|path| is_sound(path)), "{name}");
    }
    let areas = "area,name\nA1,北\na1,南\n".to_owned();
    let (codes, _) = built(&sources(&[("sumika.toml", CONFIG.to_owned()), ("resources/areas.csv", areas)]));
    assert!(codes.contains("S0108"), "areas that differ by case only: {codes:?}");
}

#[test]
fn characters_that_nobody_sees_are_refused_in_every_field() {
    let hidden = [
        '\u{202E}',
        '\u{2066}',
        '\u{200B}',
        '\u{200F}',
        '\u{61C}',
        '\u{AD}',
        '\u{FEFF}',
        '\u{2028}',
        '\u{1}',
        '\u{7F}',
        '\u{E0041}',
    ];
    let fields: [(&str, &str); 16] = [
        ("sumika.toml", "[site]\ntitle = \"試@し\"\nbase_url = \"https://example.jp/\"\nlanguages = [\"ja\"]\n"),
        (
            "sumika.toml",
            "[site]\ntitle = \"試\"\nbase_url = \"https://example.jp/\"\nlanguages = [\"ja\"]\n[desk]\nname = \"窓@口\"\n",
        ),
        ("content/guides/a.md", "+++\ntitle = \"題@名\"\n+++\n"),
        ("content/guides/a.md", "---\ntitle: \"題@名\"\n---\n"),
        ("content/guides/a.md", "+++\ntitle = \"題\"\ndescription = \"題@名\"\n+++\n"),
        ("content/guides/a.md", "+++\ntitle = \"題\"\ntags = [\"題@名\"]\n+++\n"),
        ("content/guides/a.md", "+++\ntitle = \"題\"\nauthors = [\"題@名\"]\n+++\n"),
        ("content/events/a.md", "+++\ntitle = \"題\"\n[event]\nstarts = 2026-08-01\nvenue = \"会@場\"\n+++\n"),
        ("resources/facilities/a.csv", "id,category,name\na,clinic,ひ@かり\n"),
        ("resources/facilities/a.csv", "id,category,name,address\na,clinic,ひかり,東@町\n"),
        ("resources/facilities/a.csv", "id,category,name,note\na,clinic,ひかり,東@町\n"),
        ("resources/areas.csv", "area,name\na,北@部\n"),
        ("resources/areas.csv", "area,name,members\na,北,一@丁目\n"),
        (
            "resources/areas.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"a\",\"name\":\"北@部\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[140,35],[140,36],[141,36],[140,35]]]}}]}",
        ),
        (
            "resources/map/landmark.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"北@部\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[140,35]}}]}",
        ),
        (
            "resources/categories.toml",
            "[[category]]\nid = \"own\"\nname.ja = \"あ@い\"\nshape = \"circle\"\ncolour = \"#336699\"\n",
        ),
    ];
    for (file, text) in fields {
        for character in hidden {
            // TOML and JSON have words for what may not stand in them as it is.
            let escaped = match file.rsplit('.').next() {
                Some("csv") => character.to_string(),
                Some("geojson") if u32::from(character) < 0x1_0000 => format!("\\u{:04X}", u32::from(character)),
                Some("geojson") => character.to_string(),
                _ if u32::from(character) < 0x1_0000 => format!("\\u{:04X}", u32::from(character)),
                _ => format!("\\U{:08X}", u32::from(character)),
            };
            let mut files = vec![(file, text.replace('@', &escaped))];
            if file != "sumika.toml" {
                files.push(("sumika.toml", CONFIG.to_owned()));
            }
            let (codes, _) = built(&sources(&files));
            assert!(codes.contains("S0212"), "U+{:04X} in {file} {text:?}: {codes:?}", u32::from(character));
        }
    }
}

/// Every character of CP932, each with its bytes.
fn characters_of_cp932() -> Vec<(Vec<u8>, char)> {
    let leads = (0x81..=0x9F).chain(0xE0..=0xFC);
    let two = leads.flat_map(|lead| (0x40..=0xFC).map(move |trail| vec![lead, trail]));
    let all = (0xA1..=0xDF).map(|byte| vec![byte]).chain(two);
    all.filter_map(|bytes| {
        let text = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes)?.into_owned();
        let mut characters = text.chars();
        let (first, rest) = (characters.next()?, characters.next());
        rest.is_none().then_some((bytes, first))
    })
    .collect()
}

#[test]
fn all_characters_of_cp932_come_through() {
    let all = characters_of_cp932();
    let mut changed = Vec::new();
    let mut bytes = "id,名称\n".as_bytes().to_vec();
    bytes = encoding_rs::SHIFT_JIS.encode(&String::from_utf8(bytes).expect("text")).0.into_owned();
    for (number, (written, _)) in all.iter().enumerate() {
        bytes.extend(format!("{number},").bytes());
        bytes.extend(encoding_rs::SHIFT_JIS.encode("（株）").0.iter());
        bytes.extend(written);
        bytes.push(b'\n');
    }
    let (text, encoding) = decode(&bytes).expect("CP932");
    assert_eq!(encoding, Encoding::Cp932);
    let table = Table::parse(&path("list.csv"), &Text { text: Arc::from(text), encoding }).value;
    for ((written, character), row) in all.iter().zip(table.rows().skip(1)) {
        let cell = row.cell(1).map(|cell| cell.value().into_owned()).unwrap_or_default();
        if cell != format!("（株）{character}") {
            changed.push((written.clone(), *character, cell));
        }
    }
    // NEC's and IBM's additions are there, the private area is not.
    assert!("髙﨑㈱①Ⅹ∑".chars().all(|wanted| all.iter().any(|(_, character)| *character == wanted)));
    println!("{} characters of CP932, {} changed", all.len(), changed.len());
    assert!(changed.is_empty(), "{changed:?}");
}
