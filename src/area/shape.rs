//! Outlines of areas out of `resources/areas.geojson`.

use std::collections::{BTreeMap, BTreeSet};

use super::{AreaId, AreasConfig, hidden_character};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::feature::{self, Feature, Geometry};
use crate::geo::MultiPolygon;
use crate::source::{SourcePath, Sources, Span};
use crate::tree::nearest;

/// Where the outlines are.
const PATH: &str = "resources/areas.geojson";

/// What one or more features say of an area.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub(super) id: AreaId,
    pub(super) name: Option<String>,
    pub(super) kana: Option<String>,
    pub(super) name_en: Option<String>,
    pub(super) shape: MultiPolygon,
    pub(super) span: Span,
}

/// The outlines in the order of the file; `None` without the file.
pub(super) fn read(sources: &Sources, config: &AreasConfig) -> Checked<Option<Vec<Outline>>> {
    let Some((path, source)) = sources.text_at(PATH) else { return Checked::clean(None) };
    feature::read(&path, &source.text).then(|features| {
        let mut reader = Reader { path: &path, text: &source.text, config, report: Report::new() };
        let outlines = reader.outlines(&features);
        Checked::new(Some(outlines), reader.report)
    })
}

struct Reader<'a> {
    path: &'a SourcePath,
    text: &'a str,
    config: &'a AreasConfig,
    report: Report,
}

impl<'a> Reader<'a> {
    fn outlines(&mut self, features: &[Feature]) -> Vec<Outline> {
        if !features.is_empty() && features.iter().all(|feature| !feature.has(&self.config.id_property)) {
            self.id_property_missing(features, &features[0], features.len());
            return Vec::new();
        }
        let mut outlines: Vec<Outline> = Vec::new();
        let mut numbers: BTreeMap<AreaId, usize> = BTreeMap::new();
        for feature in features {
            let Some(id) = self.id(features, feature) else { continue };
            let Some(shape) = self.shape(feature) else { continue };
            let config: &'a AreasConfig = self.config;
            let name = self.words(feature, &config.name_property);
            let kana = self.words(feature, &config.kana_property);
            let name_en = self.words(feature, &config.name_en_property);
            if let Some(outline) = numbers.get(&id).and_then(|&at| outlines.get_mut(at)) {
                if let (Some(known), Some(other)) = (&outline.name, &name)
                    && known != other
                {
                    let problem = names_differ(&id, (&outline.span, known), (&feature.head(self.text), other));
                    self.report.push(problem);
                }
                outline.name = outline.name.take().or(name);
                outline.kana = outline.kana.take().or(kana);
                outline.name_en = outline.name_en.take().or(name_en);
                outline.shape.polygons.extend(shape.polygons);
            } else {
                numbers.insert(id.clone(), outlines.len());
                outlines.push(Outline { id, name, kana, name_en, shape, span: feature.head(self.text) });
            }
        }
        outlines
    }

    fn id(&mut self, features: &[Feature], feature: &Feature) -> Option<AreaId> {
        let property = &self.config.id_property;
        if !feature.has(property) {
            self.id_property_missing(features, feature, 1);
            return None;
        }
        let here = feature.property_span(self.text, property);
        let written = feature.text(property).unwrap_or_default();
        let id = AreaId::new(&written);
        if id.is_none() {
            let code = if written.is_empty() { Code::AreaIdEmpty } else { Code::AreaIdUnusable };
            let problem = Diagnostic::new(code).at(&here).arg("place", place(feature)).arg("key", property);
            self.report.push(problem.arg("value", written));
        }
        id
    }

    /// A property that readers will see.
    fn words(&mut self, feature: &Feature, property: &str) -> Option<String> {
        let text = feature.text(property).filter(|text| !text.is_empty())?;
        let problem = hidden_character(&text, property, &feature.property_span(self.text, property));
        problem.into_iter().for_each(|problem| self.report.push(problem));
        Some(text)
    }

    fn id_property_missing(&mut self, features: &[Feature], feature: &Feature, count: usize) {
        let known: BTreeSet<&str> = features.iter().flat_map(Feature::property_names).collect();
        let property = &self.config.id_property;
        let mut names: Vec<&str> = nearest(property, known.iter().copied()).into_iter().collect();
        names.extend(known.iter().copied().filter(|name| names.first() != Some(name)).take(20).collect::<Vec<_>>());
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let problem = Diagnostic::new(Code::AreaIdPropertyMissing).at(&feature.head(self.text));
        self.report.push(
            problem
                .arg("feature", feature.number)
                .arg("count", count)
                .arg("key", property)
                .arg("known", if names.is_empty() { "（なし / none）".to_owned() } else { names.join(" ") }),
        );
    }

    fn shape(&mut self, feature: &Feature) -> Option<MultiPolygon> {
        let head = feature.head(self.text);
        match &feature.geometry {
            Geometry::Areas(shape) if !shape.polygons.is_empty() => Some(shape.clone()),
            Geometry::Nothing | Geometry::Areas(_) => {
                self.report.push(Diagnostic::new(Code::AreaHasNoGeometry).at(&head).arg("feature", feature.number));
                None
            }
            other => {
                let problem = Diagnostic::new(Code::AreaIsNoPolygon).at(&head).arg("feature", feature.number);
                self.report.push(problem.arg("kind", other.kind()).arg("path", self.path));
                None
            }
        }
    }
}

fn place(feature: &Feature) -> String {
    format!("feature {}", feature.number)
}

/// Two places give one area two names.
pub(super) fn names_differ(id: &AreaId, (first, known): (&Span, &str), (second, other): (&Span, &str)) -> Diagnostic {
    let problem = Diagnostic::new(Code::AreaNamesDiffer).at(second).label(first, "first");
    problem.arg("id", id).arg("name", known).arg("other", other)
}
