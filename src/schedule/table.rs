//! The schedule as people read it.

use jiff::tz::TimeZone;

use super::pages::{Pages, address};
use super::{Change, words};
use crate::diag::Language;

/// One paragraph an instant: when, then what changes, a line each.
#[must_use]
pub fn table(changes: &[Change], zone: &TimeZone, language: Language) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&words::instant(change.at, zone, language));
        text.push('\n');
        for effect in &change.effects {
            text.push_str("    ");
            text.push_str(&words::sentence(effect, language));
            text.push('\n');
        }
        if change.errors.has_errors() {
            text.push_str(match language {
                Language::Ja => "    ※ このときには誤りがあり、公開が切り替わりません（下を見てください）\n",
                Language::En => "    ! with errors at that time, nothing will be published (see below)\n",
            });
        }
        if let Some(pages) = &change.pages {
            files(pages, language, &mut text);
        }
    }
    text
}

/// So many pages that only change are named; the others are counted.
const NAMED: usize = 8;

/// Pages that appear and go are all named.
fn files(pages: &Pages, language: Language, text: &mut String) {
    let addresses = |paths: &[String]| -> Vec<String> { paths.iter().filter_map(|path| address(path)).collect() };
    let [new, changed, gone] = [&pages.new, &pages.changed, &pages.gone].map(|paths| addresses(paths));
    let all = pages.new.len() + pages.changed.len() + pages.gone.len();
    let others = all - new.len() - changed.len() - gone.len();
    let counts = (new.len(), changed.len(), gone.len());
    text.push_str(&match language {
        Language::Ja => {
            let (new, changed, gone) = counts;
            format!("    ページ：新しい {new}、変わる {changed}、なくなる {gone}（ほかのファイル {others}）\n")
        }
        Language::En => {
            let (new, changed, gone) = counts;
            format!("    pages: {new} new, {changed} changed, {gone} gone ({others} other files)\n")
        }
    });
    let more = changed.len().saturating_sub(NAMED);
    let named = new.iter().map(|page| ('+', page)).chain(gone.iter().map(|page| ('-', page)));
    for (sign, page) in named.chain(changed.iter().take(NAMED).map(|page| ('~', page))) {
        text.push_str(&format!("      {sign} {page}\n"));
    }
    if more > 0 {
        text.push_str(&match language {
            Language::Ja => format!("      ~ ほか{more}ページ\n"),
            Language::En => format!("      ~ and {more} more\n"),
        });
    }
}
