//! The columns of a list, their identifiers and their Japanese headings.

use crate::table::headings::{Known, key};
use crate::vocabulary::Vocabulary;

macro_rules! columns {
    ($($variant:ident = $id:literal, [$($name:literal),+];)+) => {
        /// A column that every list may have.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[expect(missing_docs, reason = "the columns are those of the contract, section 5")]
        pub enum Column {
            $($variant),+
        }

        impl Column {
            /// All of them, in the order in which lists are written.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its identifier, and its English heading.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }

            /// Its Japanese headings, the usual one first.
            #[must_use]
            pub const fn names(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($name),+]),+
                }
            }
        }
    };
}

columns! {
    Id = "id", ["ID"];
    Category = "category", ["種別", "種類", "分類"];
    Name = "name", ["名称", "施設名", "事業所名"];
    NameKana = "name_kana", ["名称_カナ", "名称カナ", "名称（カナ）", "フリガナ", "ふりがな", "カナ"];
    PostalCode = "postal_code", ["郵便番号", "〒"];
    Address = "address", ["住所", "所在地", "所在地_連結表記"];
    Building = "building", ["方書", "建物名", "建物名等(方書)"];
    Lat = "lat", ["緯度", "latitude"];
    Lon = "lon", ["経度", "longitude", "lng"];
    Area = "area", ["圏域", "日常生活圏域", "圏域ID"];
    Serves = "serves", ["対応圏域", "対応地域", "訪問地域"];
    Phone = "phone", ["電話番号", "電話", "TEL"];
    Fax = "fax", ["FAX番号", "FAX", "ファクス番号", "ファックス番号"];
    Email = "email", ["メールアドレス", "メール", "電子メール", "Eメール", "e-mail"];
    Url = "url", ["URL", "ホームページ", "ウェブサイト"];
    Hours = "hours", ["診療時間", "営業時間", "開局時間", "対応時間", "受付時間", "時間"];
    HoursNote = "hours_note", ["診療時間備考", "診療時間の備考", "営業時間備考", "時間備考", "時間の備考"];
    Services = "services", ["対応内容", "対応できること"];
    Status = "status", ["掲載状態", "掲載状況", "掲載の可否", "掲載可否", "掲載ステータス", "掲載希望", "公開フラグ", "公開状態", "公開の可否", "公開可否"];
    Accepts = "accepts", ["新規受け入れ", "新規受入", "新規の受け入れ", "受け入れ"];
    Languages = "languages", ["対応言語", "外国語対応", "外国語"];
    Accessibility = "accessibility", ["バリアフリー", "バリアフリー情報"];
    Parking = "parking", ["駐車場", "駐車場情報"];
    Note = "note", ["備考"];
    Operator = "operator", ["法人名", "法人の名称", "運営法人"];
    Source = "source", ["情報提供", "情報提供元", "情報提供団体"];
    VerifiedOn = "verified_on", ["最終確認日", "確認日"];
    ClosedOn = "closed_on", ["廃止日", "閉鎖日", "廃止年月日"];
}

impl Column {
    /// Those without which a row cannot become a facility.
    pub const REQUIRED: &'static [Self] = &[Self::Id, Self::Category, Self::Name];

    /// Its place among `ALL`.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its usual Japanese heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self.names() {
            [first, ..] => first,
            [] => self.id(),
        }
    }

    /// How messages name it: `lat（緯度）`.
    #[must_use]
    pub fn shown(self) -> String {
        if self.heading().eq_ignore_ascii_case(self.id()) {
            self.heading().to_owned()
        } else {
            format!("{}（{}）", self.id(), self.heading())
        }
    }
}

/// The common columns by their index, then those that the categories declare.
#[must_use]
pub fn known_columns(vocabulary: &Vocabulary) -> Vec<Known> {
    let common = Column::ALL.iter().map(|column| Known {
        id: column.id().to_owned(),
        names: column.names().iter().map(|&name| name.to_owned()).collect(),
        required: Column::REQUIRED.contains(column),
    });
    let mut known: Vec<Known> = common.collect();
    for declared in vocabulary.categories.iter().flat_map(|category| &category.columns) {
        let names = [declared.name.ja.to_string(), declared.name.en.to_string()];
        match known.iter_mut().skip(Column::ALL.len()).find(|known| key(&known.id) == key(&declared.id)) {
            Some(same) => same.names.extend(names),
            None => known.push(Known { id: declared.id.to_string(), names: names.to_vec(), required: false }),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_share_a_heading() {
        let known = known_columns(&Vocabulary::builtin());
        let mut seen = std::collections::BTreeMap::new();
        for (index, column) in known.iter().enumerate() {
            for name in std::iter::once(&column.id).chain(&column.names) {
                let earlier = seen.insert(key(name), index);
                assert!(earlier.is_none_or(|earlier| earlier == index), "{name}");
            }
        }
        assert_eq!(Column::ALL.iter().map(|column| column.index()).collect::<Vec<_>>(), (0..28).collect::<Vec<_>>());
        assert_eq!(Column::Lat.shown(), "lat（緯度）");
        assert_eq!(Column::Id.shown(), "ID");
    }
}
