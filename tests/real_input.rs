//! The importers on what public bodies really publish, from `../shared/data`; skipped with a line where it is absent.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and prints what it counted")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use sumika::diag::{Code, Language, Severity};
use sumika::facility::Column;
use sumika::import::{Imported, Input, Options, kaigo, list, standard};
use sumika::japan::municipality_code::MunicipalityCode;
use sumika::list::Schema;
use sumika::source::{SourcePath, Text, decode};
use sumika::vocabulary::Vocabulary;

fn shared(path: &str) -> Option<Input> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let Ok(bytes) = std::fs::read(&file) else {
        println!("skipped: shared/data/{path} is not here");
        return None;
    };
    let (text, encoding) = decode(&bytes).expect("the published files can be decoded");
    let name = path.rsplit('/').next().expect("a name");
    Some(Input::new(SourcePath::new(name).expect("a path"), Text { text: Arc::from(text), encoding }))
}

fn show(title: &str, imported: &Imported, inputs: &[Input], started: Instant) {
    println!("{title}: {:.0} ms\n{}", started.elapsed().as_secs_f64() * 1000.0, imported.report.table(Language::Ja));
    if std::env::var_os("SUMIKA_SHOW").is_some() {
        println!("{}", imported.report.render(inputs, Language::Ja));
    }
    for file in &imported.report.files {
        assert_eq!(file.read, file.imported + file.skipped + file.refused, "{}", file.path);
    }
    let reasons = imported.report.findings.iter().filter(|finding| finding.severity != Severity::Note);
    assert!(reasons.count() >= imported.report.total().refused, "every refused row has a reason");
    assert_eq!(imported.report.total().imported, imported.rows.len());
}

#[test]
fn care_services_of_the_whole_country() {
    let files = ["155", "551", "760", "770"].map(|code| shared(&format!("mhlw-kaigo/jigyosho_{code}.csv")));
    let inputs: Vec<Input> = files.into_iter().flatten().collect();
    if inputs.len() < 4 {
        return;
    }
    let started = Instant::now();
    let imported = kaigo::import(&inputs, &Options::default());
    show("介護サービス 全国", &imported, &inputs, started);
    let report = &imported.report;
    assert_eq!(report.total().read, 2807);
    assert_eq!((report.count(Code::ImportPlaceholder), report.total().refused), (1, 1));
    assert_eq!(report.count(Code::ImportPlaceAbroad), 5);
    assert!(report.count(Code::ImportPlaceZero) >= 1);
    assert!(imported.rows.iter().any(|row| row.id() == "kaigo-01b3700015-551"));
    let lettered = imported.rows.iter().filter(|row| row.get(Column::Lat) == "0").count();
    assert_eq!(lettered, 0);
    let text = list::write(&imported.rows, &Schema::new(&Vocabulary::builtin()), list::HeadingLanguage::Japanese);
    assert_eq!(text.lines().count(), imported.rows.len() + 1);
}

#[test]
fn care_services_of_one_city_with_its_wards() {
    let inputs: Vec<Input> =
        ["760", "770"].iter().filter_map(|code| shared(&format!("mhlw-kaigo/jigyosho_{code}.csv"))).collect();
    if inputs.len() < 2 {
        return;
    }
    let options =
        Options { municipalities: MunicipalityCode::parse("011002").into_iter().collect(), ..Options::default() };
    let started = Instant::now();
    let imported = kaigo::import(&inputs, &options);
    show("介護サービス 札幌市", &imported, &inputs, started);
    assert_eq!(imported.rows.len(), 126);
    let elsewhere: Vec<&str> = imported
        .rows
        .iter()
        .map(|row| row.get(Column::Address))
        .filter(|text| !text.starts_with("北海道札幌市"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn hospitals_of_a_prefecture_for_one_city() {
    let Some(input) = shared("hokkaido/hospital_list.csv") else { return };
    let inputs = [input];
    let options = Options {
        municipalities: MunicipalityCode::parse("011002").into_iter().collect(),
        cities: vec!["札幌市".to_owned()],
        ..Options::default()
    };
    let started = Instant::now();
    let imported = standard::import(&inputs, &options);
    show("北海道の病院", &imported, &inputs, started);
    assert_eq!(imported.report.total().read, 574);
    let elsewhere: Vec<&str> = imported
        .rows
        .iter()
        .map(|row| row.get(Column::Address))
        .filter(|text| !text.starts_with("北海道札幌市"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert_eq!(imported.report.count(Code::ImportIdUnstable), 1);
}

#[test]
fn medical_institutions_of_a_city_in_both_generations() {
    // One clinic stands twice in the newer file, with the same name, address and number.
    for (path, paused, refused) in [("takamatsu/hospital_data.csv", 10, 1), ("takamatsu/hospital_old_0062.csv", 0, 0)] {
        let Some(input) = shared(path) else { return };
        let inputs = [input];
        let options =
            Options { municipalities: MunicipalityCode::parse("372013").into_iter().collect(), ..Options::default() };
        let started = Instant::now();
        let imported = standard::import(&inputs, &options);
        show(path, &imported, &inputs, started);
        assert_eq!(imported.report.count(Code::ImportIdUnstable), 1, "{path}");
        assert_eq!(imported.report.count(Code::ImportPaused), paused, "{path}");
        assert_eq!(imported.report.total().refused, refused, "{path}");
        assert!(imported.rows.iter().all(|row| row.id().starts_with("tel-") || row.id().starts_with("name-")));
    }
}

#[test]
fn ids_stay_when_a_list_is_published_anew() {
    let (Some(new), Some(old)) = (shared("takamatsu/hospital_data.csv"), shared("takamatsu/hospital_old_0062.csv"))
    else {
        return;
    };
    let import = |input: Input| standard::import(&[input], &Options::default()).rows;
    let (new, old) = (import(new), import(old));
    let same = new.iter().filter(|row| old.iter().any(|earlier| earlier.id() == row.id())).count();
    println!("ids that stay from one edition to the next: {same} of {}", new.len());
    assert!(same > 570);
}

/// The same numbers on every machine.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).expect("31 bits")
}

#[test]
fn damaged_files_are_answered_and_every_row_is_counted() {
    let files = ["mhlw-kaigo/jigyosho_155.csv", "takamatsu/hospital_old_0062.csv", "hokkaido/hospital_list.csv"];
    let junk = ["\"", ",", "\n", "\r", "　", "（", "９", "-", "\0", "令和", "🏥", "@", "://", "休止", "\u{202e}"];
    let mut state = 20_261_122;
    let mut counted = 0;
    for input in files.iter().filter_map(|path| shared(path)) {
        let whole = &input.text.text;
        let end = whole.char_indices().nth(6000).map_or(whole.len(), |(at, _)| at);
        let text = whole.get(..end).expect("a boundary");
        for _ in 0..40 {
            let mut letters: Vec<char> = text.chars().collect();
            for _ in 0..1 + next(&mut state) % 12 {
                let at = next(&mut state) % letters.len();
                let piece: Vec<char> = junk[next(&mut state) % junk.len()].chars().collect();
                let cut = next(&mut state) % 4;
                letters.splice(at..(at + cut).min(letters.len()), piece);
            }
            let damaged: String = letters.into_iter().collect();
            let text = Text { text: Arc::from(damaged), encoding: input.text.encoding };
            let inputs = [Input::new(input.path.clone(), text)];
            for imported in
                [kaigo::import(&inputs, &Options::default()), standard::import(&inputs, &Options::default())]
            {
                let total = imported.report.total();
                assert_eq!(total.read, total.imported + total.skipped + total.refused);
                assert_eq!(total.imported, imported.rows.len());
                assert!(imported.report.render(&inputs, Language::En).is_char_boundary(0));
                counted += total.read;
            }
        }
    }
    println!("rows of damaged files that were counted: {counted}");
}
