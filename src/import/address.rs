//! Addresses with their prefecture and city in front, and without the building at their end.

/// Where a row's address begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region<'a> {
    /// `北海道`.
    pub(super) prefecture: &'a str,
    /// `札幌市中央区`.
    pub(super) city: &'a str,
}

/// The address with what is missing in front of it; the second value tells whether anything was.
pub(super) fn complete(address: &str, region: Region<'_>) -> (String, bool) {
    let address = address.trim();
    let rest = address.strip_prefix(region.prefecture).unwrap_or(address);
    if rest.is_empty() {
        return (address.to_owned(), false);
    }
    let whole = format!("{}{}{rest}", region.prefecture, missing_city(rest, region.city));
    let changed = whole != address;
    (whole, changed)
}

/// What of `札幌市中央区` is missing in front of an address without prefecture.
fn missing_city<'a>(rest: &str, city: &'a str) -> &'a str {
    // 郡 stands between the two: 上川郡東川町 of 東川町.
    let near: String = rest.chars().take(16).map(one_ke).collect();
    if city.is_empty() || near.contains(&folded(city)) {
        return "";
    }
    let (first, ward) = match city.split_once('市') {
        Some((name, ward)) if !ward.is_empty() => (city.get(..name.len() + '市'.len_utf8()).unwrap_or(""), ward),
        _ => (city, ""),
    };
    match () {
        () if near.starts_with(&folded(first)) => "",
        () if !ward.is_empty() && near.starts_with(&folded(ward)) => first,
        () => city,
    }
}

/// Names of places as they are compared: 鎌ヶ谷, 鎌ケ谷, 鎌ｹ谷 and 鎌が谷 are one. Never for display.
pub(super) fn folded(name: &str) -> String {
    name.chars().map(one_ke).collect()
}

fn one_ke(c: char) -> char {
    if matches!(c, 'ヶ' | 'ｹ' | 'が' | 'ガ') { 'ケ' } else { c }
}

/// The address without the building that another column repeats.
pub(super) fn without_building<'a>(address: &'a str, building: &str) -> &'a str {
    if building.is_empty() {
        return address;
    }
    match address.strip_suffix(building) {
        Some(rest) if !rest.trim().is_empty() => rest.trim_end(),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |address: &str, prefecture: &str, city: &str, expected: &str| {
            assert_eq!(complete(address, Region { prefecture, city }).0, expected);
        };
        check("北海道札幌市中央区北1条", "北海道", "札幌市中央区", "北海道札幌市中央区北1条");
        check("札幌市中央区北1条", "北海道", "札幌市中央区", "北海道札幌市中央区北1条");
        check("中央区北1条", "北海道", "札幌市中央区", "北海道札幌市中央区北1条");
        check("北21条西5丁目2－1", "北海道", "札幌市北区", "北海道札幌市北区北21条西5丁目2－1");
        check("北海道豊平区月寒西2条", "北海道", "札幌市豊平区", "北海道札幌市豊平区月寒西2条");
        check("上川郡東川町1", "北海道", "東川町", "北海道上川郡東川町1");
        check("高松市番町一丁目", "香川県", "高松市", "香川県高松市番町一丁目");
        check("番町一丁目", "", "", "番町一丁目");
        check("鎌ヶ谷市中央1", "千葉県", "鎌ケ谷市", "千葉県鎌ヶ谷市中央1");
        check("千葉県鎌ケ谷市中央1", "千葉県", "鎌ヶ谷市", "千葉県鎌ケ谷市中央1");
        check("龍が崎市1", "茨城県", "龍ケ崎市", "茨城県龍が崎市1");
        check("横浜市保土ヶ谷区1", "神奈川県", "横浜市保土ケ谷区", "神奈川県横浜市保土ヶ谷区1");
        check("保土ｹ谷区1", "神奈川県", "横浜市保土ケ谷区", "神奈川県横浜市保土ｹ谷区1");
        assert_eq!(without_building("北11条西14丁目1番72号ふれあいの森", "ふれあいの森"), "北11条西14丁目1番72号");
        assert_eq!(without_building("ふれあいの森", "ふれあいの森"), "ふれあいの森");
    }
}
