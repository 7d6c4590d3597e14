//! The headings under which lists of medical institutions hold the same things.

use crate::table::headings::Known;

macro_rules! fields {
    ($($field:ident = [$first:literal $(, $name:literal)* $(,)?]),+ $(,)?) => {
        /// What a column means.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Field {
            $($field),+
        }

        /// All columns, in the order of `Field`.
        pub(super) fn known() -> Vec<Known> {
            let known = vec![$(Known::new($first, &[$($name),*])),+];
            known.into_iter().map(|column| if column.id == "名称" { column.required() } else { column }).collect()
        }
    };
}

fields! {
    Municipality = [
        "都道府県コード又は市区町村コード", "全国地方公共団体コード", "都道府県コード又は市町村コード", "市区町村コード", "prefCode",
    ],
    Number = ["NO", "ID", "#property", "番号"],
    Prefecture = ["都道府県名", "所在地_都道府県", "pref"],
    City = ["市区町村名", "地方公共団体名", "city"],
    AddressCity = ["所在地_市区町村"],
    Name = ["名称", "name", "hospital_name", "医療機関名称", "医療機関名", "施設名", "施設名称"],
    Kana = ["名称_カナ", "名称カナ", "名称（カナ）", "フリガナ", "fullNameInKana"],
    Kind = ["医療機関の種類", "種別", "種類", "alternativeName"],
    Address = ["住所", "所在地_連結表記", "所在地", "address"],
    AddressMisspelt = ["所在地_連結標記"],
    Street = ["所在地_町字"],
    Lot = ["所在地_番地以下"],
    Building = ["方書", "建物名等(方書)", "方書（ビル名等）", "katagaki"],
    Lat = ["緯度", "latitude", "lat"],
    Lon = ["経度", "longitude", "longtitude", "lon", "lng"],
    Location = ["location", "緯度経度"],
    PostalCode = ["郵便番号", "postal_num", "postalCode"],
    Extension = ["内線番号"],
    Phone = ["電話番号", "telephone number", "telephoneNumber", "phone_number", "電話", "TEL"],
    Fax = ["FAX番号", "FAX", "faxNumber"],
    Email = ["連絡先メールアドレス", "メールアドレス", "email"],
    Operator = ["法人の名称", "法人名", "開設者", "開設者名", "corporateName", "establisher"],
    Code = ["医療機関コード", "medicalCode"],
    Days = ["診療曜日", "利用可能曜日", "availableDate"],
    Start = ["診療開始時間", "開始時間", "medicalStartTime", "startTime"],
    End = ["診療終了時間", "終了時間", "medicalEndTime", "endTime"],
    HoursNote = ["診療日時特記事項", "利用可能日時特記事項", "利用可能曜日特記事項", "availableDateNote"],
    Overtime = ["時間外における対応", "overtimeResponse"],
    Departments = ["診療科目", "標榜科目", "medicalSubjects", "services"],
    Beds = ["病床数", "numberOfBeds", "sickbed_num", "許可病床数"],
    Standing = ["現存・休止", "現存休止", "状況"],
    Url = ["URL", "ホームページ", "referenceObject"],
    Note = ["備考", "note"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_columns_are_in_step() {
        let known = known();
        assert_eq!(known.get(Field::Name as usize).map(|column| column.id.as_str()), Some("名称"));
        assert_eq!(known.get(Field::Note as usize).map(|column| column.id.as_str()), Some("備考"));
        assert_eq!(known.len(), Field::Note as usize + 1);
        assert_eq!(known.iter().filter(|column| column.required).count(), 1);
    }
}
