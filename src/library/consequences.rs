//! What one mistake in a file that others rest on makes of the others: nothing that is worth a message.
//!
//! In: the report of everything. Out: the same, without what only follows. A list whose areas are unknown because
//! the boundaries can't be read is told when they can be; until then the one message is the one to act upon.

use crate::config::{CONFIG_PATH, Lang};
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::source::Span;

/// Files, or folders of them, on which others rest, and what their mistakes make of the others.
struct Root {
    files: &'static [&'static str],
    /// Whether an error of this kind takes away what others rest on.
    hides: fn(Code) -> bool,
    follow: &'static [Code],
}

const ROOTS: &[Root] = &[
    // the languages, the names of properties, the credit of the base map
    Root {
        files: &[CONFIG_PATH],
        hides: any,
        follow: &[
            Code::LanguageNotOfSite,
            Code::TranslationAlone,
            Code::BaseCreditMissing,
            Code::AreaIdPropertyMissing,
            Code::AreaNameMissing,
        ],
    },
    Root {
        files: &["resources/areas.geojson", "resources/areas.csv"],
        hides: more_than_a_number,
        follow: &[
            Code::AreaUnknown,
            Code::ListAreaUnknown,
            Code::FigureAreaUnknown,
            Code::PositionOutsideAreas,
            Code::PositionOutsideButServes,
            Code::AreaDiffers,
            Code::AreaWithoutShape,
            Code::AreaNotListed,
            Code::AddressUnknown,
        ],
    },
    Root {
        files: &["resources/categories.toml"],
        hides: any,
        follow: &[Code::CategoryUnknown, Code::ServiceUnknown, Code::HeadingUnknown, Code::ColumnOfOtherCategory],
    },
    Root {
        files: &["resources/indicators/indicators.toml"],
        hides: any,
        follow: &[
            Code::IndicatorUnknown,
            Code::GoalIndicatorUnknown,
            Code::ExpectedIndicatorUnknown,
            Code::ChartUnknown,
            Code::FigureWithoutRows,
        ],
    },
    Root {
        files: &["resources/surveys/surveys.toml"],
        hides: any,
        follow: &[
            Code::GoalIndicatorUnknown,
            Code::GoalAnswerUnknown,
            Code::ExpectedIndicatorUnknown,
            Code::ChartUnknown,
            Code::ChartQuestionUnknown,
        ],
    },
    // Any other mistake in a plan leaves its editions known.
    Root { files: &["content/plans"], hides: |code| code == Code::TomlSyntax, follow: &[Code::EditionUnknown] },
];

fn any(_: Code) -> bool {
    true
}

/// The area of a number that can't be read is still there.
fn more_than_a_number(code: Code) -> bool {
    !matches!(code, Code::AreasNumberUnreadable | Code::AreasYearTwice)
}

impl Root {
    /// True for an error in one of the files. After a mere warning the site is published: what follows is told then.
    fn is_hurt_by(&self, told: &Diagnostic) -> bool {
        let is_one =
            |span: &Span| self.files.iter().any(|file| span.path.as_str() == *file || span.path.is_below(file));
        let inside = told.primary.as_ref().is_some_and(is_one);
        inside && told.severity == Severity::Error && (self.hides)(told.code)
    }
}

/// `purpose.en` where the configuration, which lists the languages, can't be read.
fn is_of_unread_language(told: &Diagnostic) -> bool {
    let last = told.filling("key").rsplit('.').next().and_then(Lang::new);
    let is_elsewhere = told.primary.as_ref().is_some_and(|span| span.path.as_str() != CONFIG_PATH);
    told.code == Code::UnknownKey && is_elsewhere && last.is_some()
}

/// The report without what only follows from a mistake in a file that others rest on.
pub(super) fn without(report: Report) -> Report {
    let hurt = ROOTS.iter().filter(|root| report.iter().any(|told| root.is_hurt_by(told)));
    let follow: Vec<Code> = hurt.flat_map(|root| root.follow.iter().copied()).collect();
    let are_languages_unread = follow.contains(&Code::LanguageNotOfSite);
    let only_follows =
        |told: &Diagnostic| follow.contains(&told.code) || (are_languages_unread && is_of_unread_language(told));
    report.keeping(|told| !only_follows(told))
}
