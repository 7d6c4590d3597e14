//! `[map]`: the credit of drawn maps, and a street-level background that readers may ask for.

use super::{Lang, Localised, localised};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Spanned;
use crate::tree::{Fields, Table};

/// `[map]`.
#[derive(Clone, Debug)]
pub struct MapSettings {
    /// Credit of the boundary and base data, shown at each map.
    pub attribution: Option<Localised>,
    /// A street-level background; none by default, and never contacted by itself.
    pub tiles: Option<Tiles>,
}

/// A source of picture tiles, in the usual cut of Web Mercator.
#[derive(Clone, Debug)]
pub struct Tiles {
    /// Address with `{z}`, `{x}` and `{y}`.
    pub template: String,
    /// Scheme and host, which the pages' policy has to allow.
    pub origin: String,
    /// Whom the page contacts, in words.
    pub name: Localised,
    /// Credit, shown with the background.
    pub attribution: Localised,
    /// The lowest and highest zoom that exist.
    pub zooms: (u8, u8),
}

const PLACES: [&str; 3] = ["{z}", "{x}", "{y}"];
/// The zooms of 地理院タイル, 淡色地図.
const ZOOMS: (u8, u8) = (5, 18);

pub(super) fn map(top: &Fields<'_>, languages: &[Lang], report: &mut Report) -> MapSettings {
    let empty = Table::empty(top.span().clone());
    let fields = Fields::new(top.table("map").unwrap_or(&empty), "map.");
    let settings =
        MapSettings { attribution: localised(&fields, "attribution", languages), tiles: tiles(&fields, languages) };
    fields.finish(report);
    settings
}

fn tiles(fields: &Fields<'_>, languages: &[Lang]) -> Option<Tiles> {
    let name = localised(fields, "tiles_name", languages);
    let attribution = localised(fields, "tiles_attribution", languages);
    let zoom = |key: &str, default: u8| {
        let written = fields.integer(key, 0, 22).and_then(|number| u8::try_from(number.value).ok());
        written.unwrap_or(default)
    };
    let zooms = (zoom("tiles_zoom_min", ZOOMS.0), zoom("tiles_zoom_max", ZOOMS.1));
    let written = fields.text("tiles").filter(|written| !written.value.is_empty())?;
    let origin = origin(&written.value);
    if origin.is_none() {
        fields.push(unusable(&written));
    }
    for (key, missing) in [("tiles_name", name.is_none()), ("tiles_attribution", attribution.is_none())] {
        if missing {
            fields.push(Diagnostic::new(Code::TilesUnnamed).at(&written.span).arg("key", key));
        }
    }
    let zooms = (zooms.0.min(zooms.1), zooms.1);
    Some(Tiles { template: written.value, origin: origin?, name: name?, attribution: attribution?, zooms })
}

fn unusable(written: &Spanned<String>) -> Diagnostic {
    let problem = Diagnostic::new(Code::TilesUnusable).at(&written.span).arg("value", &written.value);
    problem.arg("z", "{z}").arg("x", "{x}").arg("y", "{y}")
}

/// Scheme and host of a usable address: encrypted, or on this very machine, for trials.
fn origin(template: &str) -> Option<String> {
    let once = |place: &str| template.matches(place).count() == 1;
    let url = PLACES.iter().fold(template.to_owned(), |url, place| url.replace(place, "0"));
    let url = url::Url::parse(&url).ok()?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    let plain = url.username().is_empty() && url.password().is_none() && !template.contains(['"', '<', '>', ' ']);
    let host_is_fixed = !url.host_str()?.is_empty() && template.find('{') > template.find("://").map(|at| at + 3);
    let host_is_fixed = host_is_fixed && template.starts_with(&url.origin().ascii_serialization());
    (PLACES.iter().all(|place| once(place)) && safe && plain && host_is_fixed)
        .then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_fixed_and_encrypted_host_may_be_asked() {
        let gsi = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png";
        assert_eq!(origin(gsi).as_deref(), Some("https://cyberjapandata.gsi.go.jp"));
        assert_eq!(origin("http://127.0.0.1:8080/{z}/{x}/{y}").as_deref(), Some("http://127.0.0.1:8080"));
        for bad in [
            "http://tile.example/{z}/{x}/{y}.png",
            "https://tile.example/{z}/{x}.png",
            "https://tile.example/{z}/{x}/{y}/{y}.png",
            "https://{z}.example/{x}/{y}.png",
            "https://a:b@tile.example/{z}/{x}/{y}.png",
            "//tile.example/{z}/{x}/{y}.png",
            "data:{z}{x}{y}",
            "",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
