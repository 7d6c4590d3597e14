//! イベント一覧 of municipalities as articles of kind event.
//!
//! In: a CSV or the sheets of a workbook. Out: the text of an article for each row, and its file name. They are
//! drafts: a municipality's list has everything from jazz to tax hours, and somebody has to say what belongs here.
//! A day that stands in prose is refused; a time that does stays in words, and the event lasts its day.

mod article;
mod time;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::draft::says_nothing;
use super::report::ImportReport;
use super::values::Values;
use super::{Input, Options, Record, Row, Verdict, gather_in_turn};
use crate::diag::{Code, Diagnostic, Report};
use crate::japan::phone::Phone;
use crate::table::headings::Known;

pub use article::Article;

#[derive(Clone, Copy)]
enum Field {
    Name,
    Starts,
    Ends,
    StartTime,
    EndTime,
    TimeNote,
    Description,
    Fee,
    FeeNote,
    ContactName,
    ContactPhone,
    Organiser,
    Venue,
    Address,
    Lat,
    Lon,
    Capacity,
    Deadline,
    Apply,
    Url,
    Note,
}

fn known() -> Vec<Known> {
    let columns: [(&str, &[&str]); 21] = [
        ("イベント名", &["行事名", "催し名", "タイトル"]),
        ("開始日", &["開催日", "日付"]),
        ("終了日", &[]),
        ("開始時間", &["開始時刻"]),
        ("終了時間", &["終了時刻"]),
        ("開始日時特記事項", &[]),
        ("説明", &["内容", "概要"]),
        ("料金(基本)", &["料金", "参加費"]),
        ("料金(詳細)", &[]),
        ("連絡先名称", &["問い合わせ先（市の担当課）", "問い合わせ先"]),
        ("連絡先電話番号", &["TEL", "電話番号"]),
        ("主催者", &["主催"]),
        ("場所名称", &["会場", "場所"]),
        ("住所", &["所在地_連結表記"]),
        ("緯度", &[]),
        ("経度", &[]),
        ("定員", &[]),
        ("参加申込終了日", &["申込終了日"]),
        ("参加申込方法", &["申込期間", "申込方法"]),
        ("URL", &[]),
        ("備考", &[]),
    ];
    let required = ["イベント名", "開始日"];
    let known = |(name, aliases): (&str, &[&str])| {
        let known = Known::new(name, aliases);
        if required.contains(&name) { known.required() } else { known }
    };
    columns.into_iter().map(known).collect()
}

/// The articles of all rows, by file name.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>) -> (Vec<Article>, ImportReport) {
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    let (_, report) =
        gather_in_turn(inputs, &known(), &mut |record, doubts| judge(record, options, doubts, &mut articles));
    (articles.into_values().collect(), report)
}

fn judge(
    record: Record<'_>,
    options: &Options<'_>,
    doubts: &mut Report,
    articles: &mut BTreeMap<String, Article>,
) -> Verdict {
    let text = |field: Field| record.text(field as usize);
    let at = |code: Code, field: Field| Diagnostic::new(code).at(&record.span(field as usize));
    let title = text(Field::Name);
    if title.is_empty() {
        return at(Code::ImportNameless, Field::Name).into();
    }
    let Some((first, last)) = time::days(&text(Field::Starts), &text(Field::Ends), options.as_of) else {
        return at(Code::EventDayUnreadable, Field::Starts).arg("value", text(Field::Starts)).into();
    };
    let article = fill(record, (first, last), title);
    if let Some(earlier) = articles.get(&article.slug) {
        let twice = at(Code::ImportRowTwice, Field::Name).arg("id", &article.slug).arg("name", &article.title);
        return twice.label(&earlier.origin, "first").into();
    }
    if let Some(words) = &article.time_in_words {
        doubts.push(at(Code::EventTimeInWords, Field::StartTime).arg("value", words));
    }
    let row = Row { values: Values::default(), extra: BTreeMap::new(), origin: article.origin.clone() };
    articles.insert(article.slug.clone(), article);
    Verdict::Import(Box::new(row))
}

fn fill(record: Record<'_>, (first, last): (Date, Date), title: String) -> Article {
    let said = |field: Field| {
        let text = record.text(field as usize);
        if says_nothing(&text) { String::new() } else { text }
    };
    let (start, end) = (said(Field::StartTime), said(Field::EndTime));
    let (from, to) = (time::clock(&start), time::clock(&end));
    let is_clear = (start.is_empty() || from.is_some()) && (end.is_empty() || to.is_some());
    let (from, to) = if is_clear { (from, to) } else { (None, None) };
    let to = to.filter(|_| from.is_some());
    let in_words = format!("{start}〜{end}");
    let position = [Field::Lat, Field::Lon].map(|field| record.text(field as usize).parse::<f64>().ok());
    let phone = Phone::parse(&record.text(Field::ContactPhone as usize)).ok();
    Article {
        slug: article::slug(first, &title),
        title,
        first,
        last,
        from,
        to,
        time_in_words: (!is_clear).then_some(in_words),
        venue: said(Field::Venue),
        address: said(Field::Address),
        position: match position {
            [Some(lat), Some(lon)] => Some(crate::geo::Position { lat, lon }).filter(|position| position.is_in_japan()),
            _ => None,
        },
        capacity: said(Field::Capacity).trim_end_matches(['人', '名']).parse().ok().filter(|count| *count > 0),
        url: Some(record.text(Field::Url as usize)).filter(|url| url.starts_with("http")),
        phone: phone.map(|phone| phone.shown().to_owned()),
        deadline: time::day(&record.text(Field::Deadline as usize), Some(first)),
        description: record
            .headings
            .cell(&record.row, Field::Description as usize)
            .map_or_else(String::new, |cell| cell.value().trim().to_owned()),
        facts: [
            ("時間", said(Field::TimeNote)),
            (
                "料金",
                [said(Field::Fee), said(Field::FeeNote)]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            ("申込", said(Field::Apply)),
            ("主催", said(Field::Organiser)),
            (
                "問い合わせ",
                [said(Field::ContactName), record.text(Field::ContactPhone as usize)]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            ("備考", said(Field::Note)),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect(),
        origin: record.row.line_span(),
    }
}
