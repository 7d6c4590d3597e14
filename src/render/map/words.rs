//! The words that a map itself says, for one language. Themes may override each.

use super::Facts;

/// Sentences with `{placeholders}`, and single words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MapWords {
    /// Title of an area's map: `{name}`.
    pub area_title: String,
    /// Title of the map of all areas: `{name}` of the municipality.
    pub overview_title: String,
    /// Title of a single place's map: `{name}`.
    pub spot_title: String,
    /// How many places are marked: `{count}`.
    pub count: String,
    /// Where most lie: `{quadrant}`, `{count}`.
    pub densest: String,
    /// How many areas there are: `{count}`.
    pub areas: String,
    /// What is near a single place: `{names}`.
    pub near: String,
    /// Name of an enlarged part: `{number}`.
    pub inset: String,
    /// Title of an enlarged part: `{name}` of the map, `{inset}`.
    pub inset_title: String,
    /// After the first name of several that share a mark: `{count}` of the others, their `{numbers}`.
    pub merged: String,
    /// What a frame with several numbers is, in a legend.
    pub merged_legend: String,
    /// Between names.
    pub comma: String,
    /// North-west, north-east, south-west, south-east.
    pub quadrants: [String; 4],
    /// Letter of the north arrow.
    pub north: String,
}

impl MapWords {
    /// In Japanese.
    #[must_use]
    pub fn japanese() -> Self {
        Self {
            area_title: "{name}の地図".to_owned(),
            overview_title: "{name}の日常生活圏域の地図".to_owned(),
            spot_title: "{name}の場所を示す地図".to_owned(),
            count: "印は{count}か所です。".to_owned(),
            densest: "{quadrant}に多く集まっています（{count}か所）。".to_owned(),
            areas: "{count}の圏域があります。".to_owned(),
            near: "近くに{names}があります。".to_owned(),
            inset: "拡大図{number}".to_owned(),
            inset_title: "{name}（{inset}）".to_owned(),
            merged: "、ほか{count}か所（{numbers}）".to_owned(),
            merged_legend: "近いものをまとめた印（数字は一覧の番号）".to_owned(),
            comma: "、".to_owned(),
            quadrants: ["北西", "北東", "南西", "南東"].map(str::to_owned),
            north: "北".to_owned(),
        }
    }

    /// In English.
    #[must_use]
    pub fn english() -> Self {
        Self {
            area_title: "Map of {name}".to_owned(),
            overview_title: "Map of the daily-living areas of {name}".to_owned(),
            spot_title: "Map showing where {name} is".to_owned(),
            count: "{count} places are marked.".to_owned(),
            densest: " Most lie in the {quadrant} ({count}).".to_owned(),
            areas: "There are {count} areas.".to_owned(),
            near: "Near {names}.".to_owned(),
            inset: "Inset {number}".to_owned(),
            inset_title: "{name} ({inset})".to_owned(),
            merged: ", and {count} more ({numbers})".to_owned(),
            merged_legend: "Several places close together (numbers as in the list)".to_owned(),
            comma: ", ".to_owned(),
            quadrants: ["north-west", "north-east", "south-west", "south-east"].map(str::to_owned),
            north: "N".to_owned(),
        }
    }

    /// What the enlarged part with this number is called.
    #[must_use]
    pub fn inset_name(&self, number: u32) -> String {
        filled(&self.inset, "number", &number.to_string())
    }

    /// How many are marked and where most lie.
    #[must_use]
    pub fn description(&self, facts: &Facts) -> String {
        let mut text = filled(&self.count, "count", &facts.shown.to_string());
        if let Some((at, count)) = facts.densest()
            && let Some(quadrant) = self.quadrants.get(at)
        {
            text.push_str(&filled(&filled(&self.densest, "quadrant", quadrant), "count", &count.to_string()));
        }
        text
    }
}

/// The sentence with one placeholder filled.
pub(super) fn filled(sentence: &str, name: &str, value: &str) -> String {
    sentence.replace(&format!("{{{name}}}"), value)
}
