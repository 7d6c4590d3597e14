//! Large invented sites, the same for the same size: articles of 2.4 KB, facilities, areas.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// How large a site is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Articles in Markdown.
    pub(crate) articles: usize,
    /// Rows of the facility list.
    pub(crate) facilities: usize,
    /// Daily-living areas.
    pub(crate) areas: usize,
}

const SENTENCES: [&str; 10] = [
    "住み慣れた家で暮らし続けるために、まず地域の相談窓口に声をかけてください。",
    "訪問診療の医師と訪問看護師は、電話で互いの様子を伝え合っています。",
    "退院の前に、本人と家族、病院、在宅の担当者が集まって話し合います。",
    "急に具合が悪くなったときの連絡先は、冷蔵庫の扉に貼っておくと安心です。",
    "食事がむせやすくなったら、歯科の訪問を頼むことができます。",
    "薬の飲み合わせに迷ったら、薬局の薬剤師が自宅まで来て確かめてくれます。",
    "夜中の不安は、ひとりで抱えずに二十四時間の窓口へお話しください。",
    "本人がどう過ごしたいかを、元気なうちから家族と話しておきましょう。",
    "介護する人が休むための短い泊まりも、早めに相談しておくと使いやすくなります。",
    "最期まで家で過ごした方のご家族からは、静かな時間だったという声が届いています。",
];

/// Writes the site into an empty folder.
///
/// # Errors
/// A file can't be written.
pub(crate) fn generate(root: &Path, size: Size) -> io::Result<()> {
    for folder in ["content/guides", "resources/facilities"] {
        std::fs::create_dir_all(root.join(folder))?;
    }
    std::fs::write(root.join("sumika.toml"), CONFIGURATION)?;
    std::fs::write(root.join("resources/areas.geojson"), areas(size.areas))?;
    std::fs::write(root.join("resources/facilities/all.csv"), facilities(size))?;
    for number in 0..size.articles {
        std::fs::write(root.join(format!("content/guides/g{number:05}.md")), article(number, size))?;
    }
    Ok(())
}

const CONFIGURATION: &str = r#"[site]
title = "在宅療養ガイド"
description = "大きさを測るための、架空のサイトです。"
base_url = "https://example.jp/"
languages = ["ja"]

[[municipality]]
code = "011002"
name = "架空市"

[desk]
name = "架空市在宅医療・介護連携相談室"
phone = "011-000-0000"
hours = "平日 9:00–17:00"

[emergency]
text = "意識がないときは 119 へ。迷うときは、かかりつけの訪問看護へお電話ください。"
"#;

fn article(number: usize, size: Size) -> String {
    let mut text = format!(
        "+++\ntitle = \"家で過ごすための手引き {number}\"\ndescription = \"架空の手引きの {number} 番目です。\"\ndate = {}\nareas = [\"a{:02}\"]\ntags = [\"手引き\"]\n+++\n\n",
        day(number),
        number % size.areas.max(1)
    );
    let mut random = Random(number as u64);
    for section in 1..=3 {
        let _ = writeln!(text, "## はじめに確かめること {section}\n");
        for paragraph in 0..2 {
            for _ in 0..2 {
                text.push_str(random.choose(&SENTENCES));
            }
            let emphasis = if paragraph == 0 {
                "**まず相談**してください。"
            } else {
                "{看取|みと}りの話もできます。"
            };
            let _ = writeln!(text, "{emphasis}\n");
        }
        let _ = writeln!(text, "- {}\n- {}\n", random.choose(&SENTENCES), random.choose(&SENTENCES));
    }
    if number > 0 {
        let _ = writeln!(text, "[前の手引き](g{:05}.md)もお読みください。", number - 1);
    }
    text
}

fn day(number: usize) -> String {
    format!("20{:02}-{:02}-{:02}", 20 + number % 6, 1 + number / 6 % 12, 1 + number / 72 % 28)
}

/// Squares side by side, eight in a row, near Sapporo.
fn areas(count: usize) -> String {
    let features: Vec<String> = (0..count)
        .map(|number| {
            let (west, south) = corner(number);
            let (east, north) = (west + SIDE_DEG, south + SIDE_DEG);
            format!(
                r#"{{"type":"Feature","properties":{{"id":"a{number:02}","name":"第{number}圏域"}},"geometry":{{"type":"Polygon","coordinates":[[[{west:.4},{south:.4}],[{east:.4},{south:.4}],[{east:.4},{north:.4}],[{west:.4},{north:.4}],[{west:.4},{south:.4}]]]}}}}"#
            )
        })
        .collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

const SIDE_DEG: f64 = 0.02;

fn corner(number: usize) -> (f64, f64) {
    let (column, row) = (number % 8, number / 8);
    (141.2 + SIDE_DEG * column as f64, 42.9 + SIDE_DEG * row as f64)
}

fn facilities(size: Size) -> String {
    let mut list = String::from("id,category,name,name_kana,address,lat,lon,phone,hours,services,verified_on\n");
    let categories = ["clinic", "dental", "pharmacy", "visiting_nursing", "care_manager", "day_care"];
    for number in 0..size.facilities {
        let mut random = Random(1_000_000 + number as u64);
        let (west, south) = corner(number % size.areas.max(1));
        let mut within = || SIDE_DEG * (0.05 + 0.9 * random.next_unit());
        let (lat, lon) = (south + within(), west + within());
        let category = categories[number % categories.len()];
        let _ = writeln!(
            list,
            "f{number:05},{category},架空の事業所{number},カクウノジギョウショ,架空市{}丁目{},{lat:.6},{lon:.6},011-000-{:04},Mo-Fr 09:00-17:00,visits;?around_the_clock,2026-04-01",
            number % 40,
            number % 20 + 1,
            number % 10_000,
        );
    }
    list
}

/// SplitMix64: no crate, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn next_unit(&mut self) -> f64 {
        (self.next() >> 40) as f64 / (1_u64 << 24) as f64
    }

    fn choose<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.next() % from.len().max(1) as u64).unwrap_or(0);
        from.get(at).copied().unwrap_or("")
    }
}
