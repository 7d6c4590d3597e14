//! Open data, the accessibility policy, and the page for addresses that do not exist.

use super::home::area_groups;
use super::{Bench, Head, Outcome};
use crate::render::publications;
use crate::render::studio::written_phone;
use crate::render::view::{
    AccessibilityPage, AccessibilityView, DataFile, DataPage, DataView, IssueView, Link, NotFoundPage,
};

pub(super) fn data(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("data");
    let config = studio.config();
    let files = publications::data_files(studio.site).into_iter().map(|file| DataFile {
        label: publications::label(studio, &file),
        href: studio.href_of(&file.address),
        format: file.format.to_owned(),
        size: studio
            .file_sizes
            .get(file.address.path())
            .map_or_else(String::new, |&bytes| format!("{}{}", studio.words().get("list_join"), file_size(bytes))),
        description: String::new(),
    });
    let data = DataView {
        files: files.collect(),
        licence: config
            .licence
            .url
            .as_ref()
            .map(|url| Link { label: config.licence.name.clone(), href: url.clone() }.into()),
        attribution: config.map.attribution.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned()),
    };
    let view = DataPage { page: bench.head(Head { kind: "data", title, description, ..Head::default() }), data };
    bench.finish(view)
}

/// `820KB`, `1.2MB`: sizes as readers know them.
fn file_size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{}KB", bytes.div_ceil(1000).max(1)),
        _ => format!("{}.{}MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

pub(super) fn accessibility(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("accessibility");
    let config = studio.config();
    let statement = &config.accessibility;
    let text = |localised: &Option<crate::config::Localised>| {
        localised.as_ref().map_or_else(String::new, |localised| localised.get(studio.lang).to_owned())
    };
    let list = |localised: &Option<crate::config::Localised>| {
        let text = text(localised);
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let issues = list(&statement.known_issues);
    let policy = AccessibilityView {
        standard: statement.standard.clone().unwrap_or_default(),
        level: statement.level.clone().unwrap_or_default(),
        degree: text(&statement.conformance),
        scope: text(&statement.scope),
        deadline: statement.deadline.map(|day| studio.date(day)),
        exceptions: list(&statement.exceptions),
        additional: list(&statement.additional),
        issues: issues.into_iter().map(|issue| IssueView { issue, plan: String::new() }).collect(),
        department: match text(&statement.department) {
            department if department.is_empty() => config.desk.name.get(studio.lang).to_owned(),
            department => department,
        },
        phone: config.desk.phone.as_ref().map(|phone| written_phone(&phone.value)),
        email: config.desk.email.as_ref().map_or_else(String::new, |email| email.value.clone()),
        contact: text(&statement.contact),
        date: None,
    };
    let head = Head { kind: "accessibility", title, description, ..Head::default() };
    let view = AccessibilityPage { page: bench.head(head), policy };
    bench.finish(view)
}

pub(super) fn not_found(bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let head = Head {
        kind: "not-found",
        title: studio.word("not_found_title"),
        emergency: true,
        noindex: true,
        ..Head::default()
    };
    let view = NotFoundPage { page: bench.head(head), scenes: studio.scene_counts(), areas: area_groups(studio) };
    bench.finish(view)
}
