//! The services of long-term care insurance, with the category and the services of ours that each comes to.
//!
//! The name in the file is the authority: tables of codes found elsewhere disagree with each other.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// A service of the 介護サービス情報公表システム.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Service {
    /// Three digits, as in the name of the file.
    pub(super) code: &'static str,
    /// How its name begins, 指定 left out.
    name: &'static str,
    /// Our category.
    pub(super) category: &'static str,
    /// What every provider of it does, by its definition.
    pub(super) services: &'static str,
}

const fn service(code: &'static str, name: &'static str, category: &'static str, services: &'static str) -> Service {
    Service { code, name, category, services }
}

/// Longer names before shorter ones that they begin with.
const SERVICES: [Service; 30] = [
    service("110", "訪問介護", "visiting_care", ""),
    service("120", "訪問入浴介護", "visiting_bath", "bathing"),
    service("130", "訪問看護", "visiting_nursing", ""),
    service("140", "訪問リハビリテーション", "visiting_rehab", "rehab"),
    service("150", "通所介護", "day_care", ""),
    service("155", "療養通所介護", "day_care", ""),
    service("160", "通所リハビリテーション", "day_care", "rehab"),
    service("210", "短期入所生活介護", "residential", "short_stay"),
    service("220", "短期入所療養介護（介護老人保健施設", "residential", "short_stay"),
    service("551", "短期入所療養介護（介護医療院", "residential", "short_stay"),
    service("230", "短期入所療養介護", "residential", "short_stay"),
    service("320", "認知症対応型共同生活介護", "residential", "dementia"),
    service("331", "特定施設入居者生活介護（有料老人ホーム", "residential", ""),
    service("332", "特定施設入居者生活介護（軽費老人ホーム", "residential", ""),
    service("334", "特定施設入居者生活介護（サービス付き高齢者向け住宅", "residential", ""),
    service("330", "特定施設入居者生活介護", "residential", ""),
    service("361", "地域密着型特定施設入居者生活介護（有料老人ホーム", "residential", ""),
    service("360", "地域密着型特定施設入居者生活介護", "residential", ""),
    service("430", "居宅介護支援", "care_manager", ""),
    service("510", "介護老人福祉施設", "residential", ""),
    service("520", "介護老人保健施設", "residential", ""),
    service("530", "介護療養型医療施設", "residential", ""),
    service("540", "地域密着型介護老人福祉施設", "residential", ""),
    service("550", "介護医療院", "residential", ""),
    service("710", "夜間対応型訪問介護", "visiting_care", "night_response"),
    service("720", "認知症対応型通所介護", "day_care", "dementia"),
    service("730", "小規模多機能型居宅介護", "multifunctional", "short_stay"),
    service("760", "定期巡回・随時対応型訪問介護看護", "visiting_care", "around_the_clock;night_response"),
    service("770", "看護小規模多機能型居宅介護", "multifunctional", "short_stay"),
    service("780", "地域密着型通所介護", "day_care", ""),
];

/// The service of this name, with the code in the file's name where that is more exact.
pub(super) fn find(name: &str, file_stem: &str) -> Option<(&'static Service, String)> {
    let found = SERVICES.iter().find(|service| service.name == name).or_else(|| find_by_key(name))?;
    let digits = file_stem.rsplit(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 3);
    Some((found, digits.unwrap_or(found.code).to_owned()))
}

fn find_by_key(name: &str) -> Option<&'static Service> {
    static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| SERVICES.iter().map(|service| key(service.name)).collect());
    let name = key(name);
    let name = name.strip_prefix("指定").unwrap_or(&name);
    let (found, _) = SERVICES.iter().zip(KEYS.iter()).find(|(_, key)| name.starts_with(key.as_str()))?;
    Some(found)
}

fn key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_by_name() {
        let check = |name: &str, stem: &str, code: &str, category: &str| {
            let (service, found) = find(name, stem).expect(name);
            assert_eq!((found.as_str(), service.category), (code, category), "{name}");
        };
        check("定期巡回・随時対応型訪問介護看護", "jigyosho_760", "760", "visiting_care");
        check("看護小規模多機能型居宅介護（複合型サービス）", "jigyosho_770", "770", "multifunctional");
        check("指定療養通所介護", "download", "155", "day_care");
        check("短期入所療養介護（介護医療院）", "jigyosho_551", "551", "residential");
        check("訪問看護", "list", "130", "visiting_nursing");
        check("特定施設入居者生活介護（有料老人ホーム）", "jigyosho_331", "331", "residential");
        assert_eq!(find("福祉用具貸与", "jigyosho_170"), None);
        for service in &SERVICES {
            assert_eq!(find_by_key(service.name), Some(service), "the short way is the long way");
        }
    }
}
