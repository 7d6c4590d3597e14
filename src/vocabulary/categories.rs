//! Categories and services: the built-in table, extended and overridden by the site's own.
//!
//! In: `resources/categories.toml`, if there is one. Out: the site's `Vocabulary`. The built-in table is a
//! file of the same form, read by the same code.

use std::sync::Arc;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Sources, Span, Spanned, is_device_name};
use crate::tree::{Fields, Table, parse_toml};

use super::{Category, CategoryId, Colour, ExtraColumn, Marker, Scene, Service, ServiceId, Shape, Vocabulary, Words};

/// Where a site names its own categories and services.
pub const CATEGORIES_FILE: &str = "resources/categories.toml";

/// The least contrast between a mark and the white number on it.
const CONTRAST_MIN: f64 = 4.5;

/// More colours than these are not told apart.
const COLOURS_MAX: usize = 6;

/// The vocabulary of a site: the built-in one with what the site's own file says.
pub fn read(sources: &Sources) -> Checked<Vocabulary> {
    let mut vocabulary = builtin();
    let Some((path, text)) = sources.text_at(CATEGORIES_FILE) else { return Checked::clean(vocabulary) };
    let mut report = Report::new();
    let tree = parse_toml(&text.text, &path, 0).into(&mut report);
    extend(&mut vocabulary, &tree, Origin::Site, &mut report);
    report_colours(&vocabulary, &path, &mut report);
    Checked::new(vocabulary, report)
}

/// The table that comes with the program.
pub(super) fn builtin() -> Vocabulary {
    let path = SourcePath::new("builtin/categories.toml").unwrap_or_else(|| unreachable!("a plain name"));
    let mut report = Report::new();
    let tree = parse_toml(include_str!("builtin.toml"), &path, 0).into(&mut report);
    let mut vocabulary = Vocabulary::default();
    extend(&mut vocabulary, &tree, Origin::Builtin, &mut report);
    assert!(report.is_empty(), "builtin.toml is well-formed, see the test: {report:?}");
    vocabulary
}

/// Whose table is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Builtin,
    Site,
}

fn extend(vocabulary: &mut Vocabulary, tree: &Table, origin: Origin, report: &mut Report) {
    let root = Fields::new(tree, "");
    let mut seen: Vec<Spanned<String>> = Vec::new();
    // Tables without a usable id are read all the same, as if they
    // changed a known one, for the messages on the keys they do have.
    let mut nowhere = vocabulary.clone();
    for table in root.tables("category") {
        let fields = Fields::new(table, "category.");
        match identifier(&fields, &mut seen) {
            Some(id) => read_category(vocabulary, &fields, &id, origin),
            None => {
                let any = nowhere.categories.first().map_or_else(String::new, |known| known.id.to_string());
                read_category(&mut nowhere, &fields, &Spanned::new(any, fields.span().clone()), origin);
            }
        }
        fields.finish(report);
    }
    seen.clear();
    for table in root.tables("service") {
        let fields = Fields::new(table, "service.");
        match identifier(&fields, &mut seen) {
            Some(id) => read_service(vocabulary, &fields, &id, origin),
            None => {
                let any = nowhere.services.first().map_or_else(String::new, |known| known.id.to_string());
                read_service(&mut nowhere, &fields, &Spanned::new(any, fields.span().clone()), origin);
            }
        }
        fields.finish(report);
    }
    root.finish(report);
}

/// The id of a table: well-formed and not written before in the same file.
fn identifier(fields: &Fields<'_>, seen: &mut Vec<Spanned<String>>) -> Option<Spanned<String>> {
    let id = fields.required_text("id")?;
    if !is_identifier(&id.value) {
        fields.push(Diagnostic::new(Code::IdentifierForm).at(&id.span).arg("value", &id.value));
        return None;
    }
    if let Some(first) = seen.iter().find(|earlier| earlier.value == id.value) {
        let twice = Diagnostic::new(Code::DuplicateKey).at(&id.span).arg("key", &id.value);
        fields.push(twice.label(&first.span, "first"));
        return None;
    }
    seen.push(id.clone());
    Some(id)
}

fn is_identifier(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
        && !is_device_name(text)
}

fn read_category(vocabulary: &mut Vocabulary, fields: &Fields<'_>, id: &Spanned<String>, origin: Origin) {
    let old = vocabulary.categories.iter().position(|category| category.id.as_str() == id.value);
    let base = old.and_then(|index| vocabulary.categories.get(index)).cloned();
    let shape = fields.choice("shape", Shape::CHOICES).map(|shape| shape.value);
    let colour = colour(fields);
    let own_columns = columns(fields);
    let name = words(fields, "name", base.as_ref().map(|base| &base.name), &id.value);
    let description = words(fields, "description", base.as_ref().map(|base| &base.description), "");
    if base.is_none() {
        fields.require("name");
        fields.require("shape");
    }
    let (old_shape, old_colour, old_columns) = base.map_or(((Shape::Circle, true), Colour::INK, Vec::new()), |base| {
        ((base.marker.shape, base.marker.outlined), base.marker.colour, base.columns)
    });
    let (shape, outlined) = shape.unwrap_or(old_shape);
    let category = Category {
        id: CategoryId::new(&id.value),
        name,
        description,
        marker: Marker { shape, outlined, colour: colour.unwrap_or(old_colour) },
        columns: if fields.has("columns") { own_columns } else { old_columns },
        span: (origin == Origin::Site).then(|| id.span.clone()),
    };
    match old.and_then(|index| vocabulary.categories.get_mut(index)) {
        Some(slot) => *slot = category,
        None => vocabulary.categories.push(category),
    }
}

fn read_service(vocabulary: &mut Vocabulary, fields: &Fields<'_>, id: &Spanned<String>, origin: Origin) {
    let old = vocabulary.services.iter().position(|service| service.id.as_str() == id.value);
    let base = old.and_then(|index| vocabulary.services.get(index)).cloned();
    let name = words(fields, "name", base.as_ref().map(|base| &base.name), &id.value);
    let description = words(fields, "description", base.as_ref().map(|base| &base.description), "");
    let scenes = fields.choices("scenes", Scene::CHOICES).into_iter().map(|scene| scene.value).collect();
    if base.is_none() {
        fields.require("name");
    }
    let service = Service {
        scenes: if fields.has("scenes") { scenes } else { base.map_or_else(Vec::new, |base| base.scenes) },
        id: ServiceId::new(&id.value),
        name,
        description,
        span: (origin == Origin::Site).then(|| id.span.clone()),
    };
    match old.and_then(|index| vocabulary.services.get_mut(index)) {
        Some(slot) => *slot = service,
        None => vocabulary.services.push(service),
    }
}

/// `key.ja` and `key.en`; what is not written stays as it was, and English without a text of its own is Japanese.
fn words(fields: &Fields<'_>, key: &str, base: Option<&Words>, fallback: &str) -> Words {
    let parts = fields.fields(key);
    let ja = parts.as_ref().and_then(|parts| parts.text("ja"));
    let en = parts.as_ref().and_then(|parts| parts.text("en"));
    let old = base.cloned().unwrap_or_else(|| Words { ja: fallback.to_owned().into(), en: fallback.to_owned().into() });
    let new_ja = ja.map(|ja| ja.value);
    let new_en = en.map(|en| en.value).or_else(|| if base.is_none() { new_ja.clone() } else { None });
    if let Some(parts) = parts {
        let mut report = Report::new();
        parts.finish(&mut report);
        for diagnostic in report.iter() {
            fields.push(diagnostic.clone());
        }
    }
    Words { ja: new_ja.map_or(old.ja, Into::into), en: new_en.map_or(old.en, Into::into) }
}

fn colour(fields: &Fields<'_>) -> Option<Colour> {
    let text = fields.text("colour")?;
    let Some(colour) = Colour::parse(&text.value) else {
        fields.push(Diagnostic::new(Code::ColourForm).at(&text.span).arg("value", &text.value));
        return None;
    };
    let contrast = colour.contrast_on_white();
    if contrast < CONTRAST_MIN {
        let pale = Diagnostic::new(Code::ColourTooLight).at(&text.span).arg("value", &text.value);
        fields.push(pale.arg("contrast", format!("{contrast:.1}")));
    }
    Some(colour)
}

fn columns(fields: &Fields<'_>) -> Vec<ExtraColumn> {
    let mut seen = Vec::new();
    let mut columns = Vec::new();
    for table in fields.tables("columns") {
        let column = Fields::new(table, "columns.");
        if let Some(id) = identifier(&column, &mut seen) {
            columns.push(ExtraColumn {
                name: words(&column, "name", None, &id.value),
                professionals_only: column.boolean("professionals_only").unwrap_or(false),
                id: Arc::from(id.value.as_str()),
            });
        }
        let mut report = Report::new();
        column.finish(&mut report);
        for diagnostic in report.iter() {
            fields.push(diagnostic.clone());
        }
    }
    columns
}

fn report_colours(vocabulary: &Vocabulary, path: &SourcePath, report: &mut Report) {
    let mut colours: Vec<Colour> = vocabulary.categories.iter().map(|category| category.marker.colour).collect();
    colours.sort_unstable();
    colours.dedup();
    if colours.len() > COLOURS_MAX {
        let many = Diagnostic::new(Code::TooManyColours).arg("colours", colours.len()).arg("limit", COLOURS_MAX);
        report.push(many.at(&Span::file(path)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_file(text: &str) -> Checked<Vocabulary> {
        let mut sources = Sources::new();
        sources.insert_text(SourcePath::new(CATEGORIES_FILE).expect("a plain name"), text.as_bytes());
        read(&sources)
    }

    #[test]
    fn the_builtin_table_is_whole() {
        let vocabulary = builtin();
        assert_eq!((vocabulary.categories.len(), vocabulary.services.len()), (14, 38));
        let texts = vocabulary.categories.iter().map(|category| (&category.name, &category.description));
        for (name, description) in texts.chain(vocabulary.services.iter().map(|s| (&s.name, &s.description))) {
            for text in [&name.ja, &name.en, &description.ja, &description.en] {
                assert!(!text.is_empty(), "{name:?}");
            }
        }
        assert!(vocabulary.services.iter().all(|service| !service.scenes.is_empty()));
        let mut marks: Vec<_> = vocabulary.categories.iter().map(|c| (c.marker.shape, c.marker.outlined)).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), 14, "every category has a form of its own, readable in grey");
        let mut report = Report::new();
        report_colours(&vocabulary, &SourcePath::new("x").expect("a plain name"), &mut report);
        assert!(report.is_empty());
        assert!(vocabulary.categories.iter().all(|c| c.marker.colour.contrast_on_white() >= 6.0));
    }

    #[test]
    fn a_site_adds_and_overrides() {
        let checked = read_file(
            "[[category]]\nid = \"clinic\"\nname.ja = \"町の医院\"\ncolumns = [{ id = \"beds\", name.ja = \"病床数\" }, \
             { id = \"meeting\", name.ja = \"面談方法\", professionals_only = true }]\n\
             [[category]]\nid = \"salon\"\nname.ja = \"サロン\"\nshape = \"ring\"\n\
             [[service]]\nid = \"haircut\"\nname = { ja = \"訪問理容\", en = \"Haircuts at home\" }\nscenes = [\"daily\"]\n\
             [[service]]\nid = \"visits\"\nname.ja = \"先生の訪問\"\n",
        );
        assert!(checked.report.is_empty(), "{:?}", checked.report);
        let clinic = checked.value.category("clinic").expect("built in");
        assert_eq!((clinic.name.get("ja"), clinic.name.get("en")), ("町の医院", "Clinic"));
        assert_eq!(clinic.columns.iter().map(|c| c.professionals_only).collect::<Vec<_>>(), [false, true]);
        let salon = checked.value.category("salon").expect("the site's own");
        assert_eq!((salon.name.get("en"), salon.marker.outlined, salon.marker.colour), ("サロン", true, Colour::INK));
        assert_eq!(checked.value.service("haircut").map(|s| s.name.get("en")), Some("Haircuts at home"));
        for id in ["haircut", "visits"] {
            assert_eq!(checked.value.service(id).map(|s| s.scenes.as_slice()), Some(&[Scene::Daily][..]), "{id}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let check = |text: &str, expected: &[Code]| {
            let codes: Vec<Code> = read_file(text).report.iter().map(|d| d.code).collect();
            assert_eq!(codes, expected, "{text}");
        };
        check("[[category]]\nid = \"Salon\"\nname.ja = \"x\"\nshape = \"ring\"\n", &[Code::IdentifierForm]);
        check("[[category]]\nname.ja = \"x\"\nshape = \"ring\"\n", &[Code::MissingKey]);
        check("[[category]]\nid = \"salon\"\n", &[Code::MissingKey, Code::MissingKey]);
        check("[[category]]\nid = \"clinic\"\nshape = \"star\"\n", &[Code::UnknownIdentifier]);
        check("[[category]]\nid = \"clinic\"\ncolour = \"red\"\n", &[Code::ColourForm]);
        check("[[category]]\nid = \"clinic\"\ncolour = \"#1B6B3A\"\n", &[]);
        check("[[category]]\nid = \"clinic\"\ncolour = \"#123456\"\n", &[Code::TooManyColours]);
        let pale = "[[category]]\nid = \"clinic\"\ncolour = \"#ffee00\"\n";
        check(pale, &[Code::ColourTooLight, Code::TooManyColours]);
        check(
            &format!("{pale}[[category]]\nid = \"clinic\"\n"),
            &[Code::ColourTooLight, Code::DuplicateKey, Code::TooManyColours],
        );
        check("[[category]]\nid = \"clinic\"\nname.jp = \"x\"\n", &[Code::UnknownKey]);
    }
}
