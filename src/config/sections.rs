//! The smaller tables of `sumika.toml`.

use super::{Lang, Localised, localised, phone};
use crate::area::AreasConfig;
use crate::diag::{Code, Diagnostic, Report};
use crate::japan::municipality_code::MunicipalityCode;
use crate::source::Spanned;
use crate::tree::{Fields, Table};

/// One municipality of the site.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// 全国地方公共団体コード: six digits, the last one a check digit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its reading.
    pub kana: Option<String>,
}

/// The consultation desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What it is called.
    pub name: Localised,
    /// Telephone, as written.
    pub phone: Option<Spanned<String>>,
    /// Fax: the second way for people who can't phone.
    pub fax: Option<Spanned<String>>,
    /// When it answers, in words.
    pub hours: Option<Localised>,
    /// E-mail.
    pub email: Option<Spanned<String>>,
    /// Its own page or form.
    pub url: Option<Spanned<String>>,
    /// One more sentence.
    pub note: Option<Localised>,
}

/// How readers suggest corrections.
#[derive(Clone, Debug, Default)]
pub struct Contribute {
    /// Web address of the repository.
    pub repository: Option<String>,
    /// Its branch; `main` by default.
    pub branch: String,
    /// For people without an account there.
    pub email: Option<String>,
    /// Where the web editor signs people in, if the municipality runs such a service; else they use tokens.
    pub sign_in: Option<String>,
}

/// Licence of the site's text and data.
#[derive(Clone, Debug)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its web address.
    pub url: Option<String>,
}

pub(super) fn licence(site: &Fields<'_>) -> Licence {
    let name = site.text("license").map_or_else(|| "CC BY 4.0".to_owned(), |text| text.value);
    let url =
        site.web_address("license_url").map(|text| text.value).or_else(|| known_licence(&name).map(str::to_owned));
    Licence { name, url }
}

fn known_licence(name: &str) -> Option<&'static str> {
    match name.to_uppercase().replace(['-', ' '], "").as_str() {
        "CCBY4.0" => Some("https://creativecommons.org/licenses/by/4.0/"),
        "CCBYSA4.0" => Some("https://creativecommons.org/licenses/by-sa/4.0/"),
        "CC01.0" | "CC0" => Some("https://creativecommons.org/publicdomain/zero/1.0/"),
        "PDL1.0" => Some("https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
        _ => None,
    }
}

pub(super) fn municipalities(top: &Fields<'_>, report: &mut Report) -> Vec<Municipality> {
    top.require("municipality");
    let mut found = Vec::new();
    for table in top.tables("municipality") {
        let fields = Fields::new(table, "municipality.");
        let code = fields.required_text("code");
        if let Some(code) = &code
            && MunicipalityCode::parse_six(&code.value).is_err()
        {
            fields.push(Diagnostic::new(Code::MunicipalityCode).at(&code.span).arg("value", &code.value));
        }
        let name = fields.required_text("name").map_or_else(String::new, |text| text.value);
        let kana = fields.text("kana").map(|text| text.value);
        found.push(Municipality { code: code.map_or_else(String::new, |text| text.value), name, kana });
        fields.finish(report);
    }
    found
}

fn section<'a>(top: &Fields<'a>, key: &str, empty: &'a Table) -> Fields<'a> {
    Fields::new(top.table(key).unwrap_or(empty), &format!("{key}."))
}

pub(super) fn desk(top: &Fields<'_>, languages: &[Lang], report: &mut Report) -> Desk {
    top.require("desk");
    let empty = Table::empty(top.span().clone());
    let fields = section(top, "desk", &empty);
    let default = languages.first().cloned().unwrap_or_else(Lang::ja);
    if top.has("desk") {
        fields.require("name");
    }
    let desk = Desk {
        name: localised(&fields, "name", languages).unwrap_or_else(|| Localised::plain(&default, "")),
        phone: phone(&fields, "phone"),
        fax: phone(&fields, "fax"),
        hours: localised(&fields, "hours", languages),
        email: fields.text("email"),
        url: fields.web_address("url"),
        note: localised(&fields, "note", languages),
    };
    if top.has("desk") && desk.phone.is_none() && desk.email.is_none() && desk.url.is_none() {
        fields.push(Diagnostic::new(Code::DeskUnreachable).at(fields.span()));
    }
    fields.finish(report);
    desk
}

pub(super) fn contribute(top: &Fields<'_>, report: &mut Report) -> Contribute {
    let empty = Table::empty(top.span().clone());
    let fields = section(top, "contribute", &empty);
    let contribute = Contribute {
        repository: fields.web_address("repository").map(|text| text.value.trim_end_matches('/').to_owned()),
        branch: fields.text("branch").map_or_else(|| "main".to_owned(), |text| text.value),
        email: fields.text("email").map(|text| text.value),
        sign_in: fields.web_address("sign_in").map(|text| text.value.trim_end_matches('/').to_owned()),
    };
    fields.finish(report);
    contribute
}

pub(super) fn areas(top: &Fields<'_>, report: &mut Report) -> AreasConfig {
    let empty = Table::empty(top.span().clone());
    let fields = section(top, "areas", &empty);
    let property = |key: &str| fields.text(key).map_or_else(|| key.to_owned(), |text| text.value);
    let [id_property, name_property, kana_property, name_en_property] = ["id", "name", "kana", "name_en"].map(property);
    let config = AreasConfig { id_property, name_property, kana_property, name_en_property };
    fields.finish(report);
    config
}
