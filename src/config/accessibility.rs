//! `[accessibility]`: what the municipality states about the site's accessibility.

use jiff::civil::Date;

use super::{Lang, Localised, localised};
use crate::diag::Report;
use crate::tree::{Fields, Table};

/// The statement's variable parts. The page says only what a person wrote here; nothing claims conformance by itself.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    /// 対象範囲.
    pub scope: Option<Localised>,
    /// 規格の番号と年.
    pub standard: Option<String>,
    /// 目標の等級.
    pub level: Option<String>,
    /// 対応度 that a person states.
    pub conformance: Option<Localised>,
    /// 達成期限.
    pub deadline: Option<Date>,
    /// 例外事項.
    pub exceptions: Option<Localised>,
    /// 追加する達成基準.
    pub additional: Option<Localised>,
    /// 把握している問題点と今後の対応.
    pub known_issues: Option<Localised>,
    /// 担当部署.
    pub department: Option<Localised>,
    /// 連絡先.
    pub contact: Option<Localised>,
}

pub(super) fn read(top: &Fields<'_>, languages: &[Lang], report: &mut Report) -> Accessibility {
    let empty = Table::empty(top.span().clone());
    let fields = Fields::new(top.table("accessibility").unwrap_or(&empty), "accessibility.");
    let text = |key: &str| localised(&fields, key, languages);
    let statement = Accessibility {
        scope: text("scope"),
        standard: fields.text("standard").map(|text| text.value),
        level: fields.text("level").map(|text| text.value),
        conformance: text("conformance"),
        deadline: fields.date("deadline").map(|date| date.value),
        exceptions: text("exceptions"),
        additional: text("additional"),
        known_issues: text("known_issues"),
        department: text("department"),
        contact: text("contact"),
    };
    fields.finish(report);
    statement
}
