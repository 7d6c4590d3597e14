//! The headings of the facility files and of the hours files.

use crate::table::headings::Known;

/// Days as the headings name them, holidays last.
pub(super) const DAYS: [&str; 8] = ["月", "火", "水", "木", "金", "土", "日", "祝"];
/// Times of a day that a pharmacy may have.
pub(super) const TIMES: usize = 4;
/// Weeks of a month.
pub(super) const WEEKS: usize = 5;

/// What a column of a facility file means; the flags follow.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Id,
    Name,
    Kana,
    Kind,
    Prefecture,
    Municipality,
    Address,
    Lat,
    Lon,
    Url,
    Beds,
    OtherClosing,
    Holiday,
    /// The first of seven flags, Monday to Sunday.
    Weekly,
}

/// What a column of an hours file means; the times follow.
#[derive(Clone, Copy)]
pub(super) enum HoursField {
    Id,
    Department,
    /// The first of eight pairs of start and end.
    Times,
}

/// The flag for a week of the month, both from 0.
pub(super) fn monthly(week: usize, day: usize) -> usize {
    Field::Weekly as usize + 7 + week * 7 + day
}

/// The start of a pharmacy's time of day; its end is the next column.
pub(super) fn shop_time(day: usize, time: usize) -> usize {
    monthly(WEEKS, 0) + (day * TIMES + time) * 2
}

/// All columns of the facility files, in the order of `Field`.
pub(super) fn known() -> Vec<Known> {
    let mut known = vec![
        Known::new("ID", &[]).required(),
        Known::new("正式名称", &["名称"]).required(),
        Known::new("正式名称（フリガナ）", &["フリガナ", "名称（フリガナ）"]),
        Known::new("機関区分", &[]),
        Known::new("都道府県コード", &[]).required(),
        Known::new("市区町村コード", &[]).required(),
        Known::new("所在地", &[]),
        Known::new("所在地座標（緯度）", &[]),
        Known::new("所在地座標（経度）", &[]),
        Known::new("案内用ホームページアドレス", &["薬局のホームページアドレス"]),
        Known::new("合計病床数", &[]),
        Known::new("その他の休診日（gw、お盆等）", &["その他の閉店日（gw、お盆等）"]),
        Known::new("祝日に休診", &["祝日に閉店"]),
    ];
    let days = DAYS.iter().take(7);
    for day in days.clone() {
        known.push(Known::new(&format!("毎週決まった曜日に休診（{day}）"), &[&format!("定期閉店毎週（{day}）")]));
    }
    for week in 1..=WEEKS {
        for day in days.clone() {
            let clinic = format!("決まった週に休診（定期週）第{week}週（{day}）");
            known.push(Known::new(&clinic, &[&format!("定期閉店第{week}週（{day}）")]));
        }
    }
    for day in DAYS {
        for time in 1..=TIMES {
            known.push(Known::new(&format!("{day}_開店時間帯{time}_開始時間"), &[]));
            known.push(Known::new(&format!("{day}_開店時間帯{time}_終了時間"), &[]));
        }
    }
    known
}

/// All columns of the hours files, in the order of `HoursField`.
pub(super) fn known_hours() -> Vec<Known> {
    let mut known = vec![Known::new("ID", &[]).required(), Known::new("診療科目名", &[])];
    for day in DAYS {
        known.push(Known::new(&format!("{day}_診療開始時間"), &[]));
        known.push(Known::new(&format!("{day}_診療終了時間"), &[]));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_columns_are_in_step() {
        let known = known();
        let id = |at: usize| known.get(at).map_or("", |column| column.id.as_str());
        assert_eq!(id(Field::Holiday as usize), "祝日に休診");
        assert_eq!(id(Field::Weekly as usize), "毎週決まった曜日に休診（月）");
        assert_eq!(id(monthly(4, 6)), "決まった週に休診（定期週）第5週（日）");
        assert_eq!(id(shop_time(0, 0)), "月_開店時間帯1_開始時間");
        assert_eq!(id(shop_time(7, 3) + 1), "祝_開店時間帯4_終了時間");
        assert_eq!(known.len(), shop_time(7, 3) + 2);
        assert_eq!(known_hours().len(), HoursField::Times as usize + 16);
    }
}
