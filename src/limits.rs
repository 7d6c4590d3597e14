//! How much of anything from outside is read: every limit, in this one table.
//!
//! In: nothing. Out: a constant for each limit, which the rooms that read take from here, and `ALL` with the words for
//! users: the READMEs show it, and `tests/limits.rs` tries each at its limit and one beyond. Past a limit a file is
//! refused, with a message that says the limit; nothing is ever cut short in silence.

/// One limit, in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// The name of its constant.
    pub name: &'static str,
    /// How much is still read.
    pub value: u64,
    /// What the value counts.
    pub unit: Unit,
    /// What is limited, in Japanese.
    pub ja: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// The code of the message past it.
    pub code: &'static str,
}

/// What a limit counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Bytes, shown as KiB, MiB or GiB.
    Bytes,
    /// Anything else.
    Count,
}

impl Limit {
    /// The value for people: `256 MiB`, `1,000,000`.
    #[must_use]
    pub fn shown(&self) -> String {
        let value = self.value;
        match self.unit {
            Unit::Bytes if value >= 1 << 30 && value.is_multiple_of(1 << 30) => format!("{} GiB", value >> 30),
            Unit::Bytes if value >= 1 << 20 && value.is_multiple_of(1 << 20) => format!("{} MiB", value >> 20),
            Unit::Bytes if value >= 1 << 10 && value.is_multiple_of(1 << 10) => format!("{} KiB", value >> 10),
            _ => grouped(value),
        }
    }
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

macro_rules! limits {
    ($($name:ident: $kind:ty = $value:expr, $unit:ident, $code:literal, $ja:literal, $en:literal;)+) => {
        $(
            #[doc = $en]
            pub const $name: $kind = $value;
        )+

        /// All limits, in the order in which users read them.
        pub const ALL: &[Limit] = &[
            $(Limit {
                name: stringify!($name),
                value: $value as u64,
                unit: Unit::$unit,
                ja: $ja,
                en: $en,
                code: $code,
            }),+
        ];
    };
}

limits! {
    FILES: usize = 200_000, Count, "S1111",
        "サイトのファイルの数", "Files of a site";
    FOLDERS: usize = 32, Count, "S1111",
        "フォルダーの深さ", "Folders inside folders";
    TEXT_BYTES: u64 = 4 << 20, Bytes, "S0102",
        "記事・設定・テンプレート", "An article, a configuration file or a template";
    LIST_BYTES: u64 = 256 << 20, Bytes, "S0102",
        "CSV・GeoJSON・JSON・XML・Excel ブック", "A CSV, GeoJSON, JSON or XML file, a workbook";
    PICTURE_BYTES: u64 = 64 << 20, Bytes, "S0102",
        "画像", "A picture";
    BASE_MAP_BYTES: u64 = 256 << 20, Bytes, "S0102",
        "地図の下絵（`base.pmtiles`）", "A base map (`base.pmtiles`)";
    ATTACHMENT_BYTES: u64 = 1 << 30, Bytes, "S0102",
        "そのほかのファイル（動画・PDF など）", "Any other file (a video, a PDF)";
    YAML_DEPTH: usize = 32, Count, "S0213",
        "YAML の入れ子（`&`・`*`・`!` は使えません）", "Nesting of YAML (`&`, `*` and `!` are refused)";
    TOML_DEPTH: usize = 80, Count, "S0201",
        "TOML の入れ子", "Nesting of TOML";
    MARKDOWN_DEPTH: usize = 16, Count, "S0213",
        "`:::` の囲みの入れ子", "`:::` containers inside each other";
    TABLE_ROWS: usize = 1_000_000, Count, "S0604",
        "CSV の行", "Rows of a CSV file";
    TABLE_COLUMNS: usize = 512, Count, "S0605",
        "CSV の列", "Columns of a CSV file";
    CELL_BYTES: usize = 32 << 10, Bytes, "S0606",
        "CSV のセルひとつ", "One cell of a CSV file";
    WORKBOOK_ENTRIES: usize = 2_000, Count, "S1231",
        "Excel ブックの中のファイル", "Files inside a workbook";
    WORKBOOK_UNPACKED_BYTES: u64 = 256 << 20, Bytes, "S1231",
        "Excel ブックを展開した大きさ", "A workbook when it is unpacked";
    WORKBOOK_SHEETS: usize = 200, Count, "S1231",
        "Excel ブックのシート", "Sheets of a workbook";
    WORKBOOK_ROWS: u32 = 500_000, Count, "S1231",
        "シートの行", "Rows of a sheet";
    WORKBOOK_COLUMNS: u32 = 512, Count, "S1231",
        "シートの列", "Columns of a sheet";
    WORKBOOK_CELLS: usize = 8_000_000, Count, "S1231",
        "Excel ブックの、空でないセル", "Cells of a workbook that hold anything";
    JSON_DEPTH: usize = 128, Count, "S0702",
        "GeoJSON の括弧の入れ子", "Nesting of brackets in GeoJSON";
    FEATURES: usize = 100_000, Count, "S0714",
        "GeoJSON の地物", "Features of a GeoJSON file";
    VERTICES: usize = 1_000_000, Count, "S0715",
        "GeoJSON の点", "Positions of a GeoJSON file";
    PICTURE_PIXELS: u64 = 100_000_000, Count, "S0109",
        "画像の画素（縦×横）", "Pixels of a picture, across times down";
    PICTURE_SIDE_PX: u32 = 20_000, Count, "S0109",
        "画像の一辺の画素", "Pixels of a picture, across or down";
    PICTURE_MEMORY_BYTES: u64 = 256 << 20, Bytes, "S0109",
        "画像を展開した大きさ", "A picture when it is decoded";
}
