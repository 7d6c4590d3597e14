//! What the lists say when their rows are looked at together, and on a day: for `sumika check`.
//!
//! In: the library, the sources and the day. Out: a report. `facility` has told by itself what is wrong inside a row;
//! here are the doubts that need a person who knows the place: rows that nobody confirmed, two rows that may be one
//! place, a closed place that is still listed, hours that cannot be, files that lie where nothing reads them.
//! Nothing here withholds or changes anything, and a build does not ask.
//!
//! # The rules of lists, and what shows each
//!
//! What real lists get wrong, what is made of it, and the folder of `tests/cases/` (or the test) that shows it.
//! `tests/tidy.rs` holds that every folder named here is there.
//!
//! | what is found | what is made of it | shown by |
//! |---|---|---|
//! | UTF-8 with byte order mark, CP932 | read | `japanese-headings-in-utf-8-with-bom`, `japanese-headings-in-cp932` |
//! | UTF-16, ISO-2022-JP, EUC-JP, two encodings | refused by name | `S0103-a-list-saved-as-utf-16`, `S0104-a-list-saved-as-iso-2022-jp`, `S0105-a-list-saved-as-euc-jp`, `S0107-two-encodings-in-one-file` |
//! | line ends and quotes inside cells, tabs for commas | read as RFC 4180 has it, or told | `S0601-a-list-with-tabs`, `S0602-a-quote-that-never-ends`, `S0603-a-quote-inside-a-cell`, `table::tests` |
//! | headings in other letters or order, titles above them | matched by name, never by place | `japanese-headings-in-utf-8-with-bom`, `S0612-a-list-with-a-title-above`, `S1303-columns-in-any-order` |
//! | headings unknown, missing, twice | told | `S0611-a-column-that-nobody-declared`, `S0608-a-list-without-headings`, `S0609-a-list-without-names`, `S0610-a-heading-twice` |
//! | ids that are row numbers, or numbers of a spreadsheet | told; matched by stable keys | `S0636-ids-that-are-row-numbers`, `S1225-ids-that-are-row-numbers`, `S1420-ids-that-are-row-numbers-shift`, `S0634-an-id-that-excel-made-a-number` |
//! | one place in two rows or lists | told, never merged | `S0637-one-facility-in-two-rows`, `S1404-one-place-in-two-lists`, `S1219-two-clinics-with-one-number` |
//! | coordinates of zero, swapped, abroad, outside, half | never drawn: an error with its cell | `S0644-a-position-of-zeros`, `S0645-latitude-and-longitude-swapped`, `S0646-a-clinic-in-ireland`, `S0647-a-clinic-outside-every-area`, `S0643-half-a-position` |
//! | the same in files of others | imported without a position, told | `S1210-coordinates-of-zero`, `S1211-coordinates-in-ireland`, `S1212-latitude-and-longitude-swapped`, `S1213-coordinates-outside-the-areas`, `S1214-coordinates-in-minutes` |
//! | outside, but visits areas | drawn, with the distance as a warning | `S0648-a-visitor-from-outside` |
//! | no coordinates | stays in the list: 地図にはありません | `clinic-without-position-stays-in-the-list` |
//! | many addresses on one point | told | `S1405-four-addresses-on-one-point` |
//! | Tokyo datum | refused where the file says so, never guessed | `S0705-an-old-datum` |
//! | telephone numbers in any writing, several, without area code or zero, too long | one form, or told as written | `S1301-a-date-in-another-form`, `S0652-a-phone-that-nobody-can-call`, `S1215-several-telephone-numbers`, `S1216-a-number-without-area-code`, `S1217-a-number-that-lost-its-zero`, `S1218-a-number-with-a-digit-too-many` |
//! | postal codes in any writing, or short | one form, or told | `S0653-a-postal-code-too-short`, `S1223-a-postal-code-without-its-zero`, `list::cell` |
//! | dashes between digits, ー in words | a hyphen, a letter | `list::cell` |
//! | full-width letters, ヶ and ケ, 髙 and 高, forms of legal bodies | folded for keys, never for display | `S1404-one-place-in-two-lists`, `japan::kana` |
//! | addresses without prefecture or city | completed at import, told | `S1228-an-address-without-its-city` |
//! | dates of eras; a spreadsheet's number for a day | read; told | `S1301-a-date-in-another-form`, `S0661-a-date-of-no-calendar`, `calendar::date` |
//! | hours in words, as fractions, impossible, odd | shown as written, told | `S0657-hours-in-words`, `S1227-hours-that-are-a-fraction`, `S1236-hours-that-can-not-be-right`, `S1408-hours-that-can-hardly-be-meant` |
//! | closed or paused in a name, a note, a number of beds | told; not shown as open | `S0640-paused-in-the-name`, `S1206-a-clinic-that-has-closed`, `S1224-a-clinic-that-pauses`, `S1226-beds-out-of-use`, `S1406-closed-in-words-only`, `S1407-confirmed-after-it-closed` |
//! | rows that vanish | told; kept with their last day | `S1423-rows-that-vanish`, `closed-clinic-leaves-on-its-day` |
//! | 〇〇 for a name, ー for nothing | refused, passed over | `S1201-a-placeholder-is-not-imported`, `S0632-a-cell-that-says-nothing` |
//! | ○, △, 有, 1 | never guessed; mapped one by one | `S0631-a-circle-for-yes`, `S0639-a-row-of-circles`, `S1234-a-mark-of-no-known-meaning` |
//! | characters that nobody sees | refused, or taken away and told | `an-invisible-character-is-removed-at-import`, `S0212-a-title-with-a-hidden-character` |
//! | no association, no day of confirmation | told | `S1403-a-row-that-nobody-answers-for`, `S1402-a-list-that-nobody-ever-confirmed` |
//! | confirmed more than 12 months ago | a remark on the entry, a warning | `S1401-a-list-that-nobody-confirmed-for-long`, `clinic-unconfirmed-for-less-than-18-months-stays` |
//! | confirmed more than 18 months ago | not shown, unless the site wants it; told to staff | `clinic-that-nobody-confirmed-for-18-months-leaves`, `unconfirmed-clinic-stays-where-the-site-wants-it` |
//! | 掲載を望まない | kept, never published | `unlisted-clinic-is-never-published` |

mod contradiction;
mod freshness;
mod hours;
mod misplaced;
mod twin;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::{ParallelIterator as _, ParallelSlice as _};

use crate::diag::Report;
use crate::facility::Facility;
use crate::library::Library;
use crate::source::{SourcePath, Sources};

pub use misplaced::beside_the_site;

/// Every doubt about the lists on a day.
#[must_use]
pub fn check(library: &Library, sources: &Sources, today: Date) -> Report {
    let mut report = Report::new();
    freshness::check(library, today, &mut report);
    twin::check(&library.facilities, &mut report);
    let by_row = |facilities: &[Arc<Facility>]| {
        let mut report = Report::new();
        for facility in facilities {
            contradiction::check(facility, sources, today, &mut report);
            hours::check(facility, sources, &mut report);
        }
        report
    };
    let parts: Vec<Report> = library.facilities.par_chunks(ROWS_AT_ONCE).map(by_row).collect();
    parts.into_iter().for_each(|part| report.append(part));
    let paths: Vec<&SourcePath> = sources.iter().map(|(path, _)| path).collect();
    misplaced::check(&paths, &mut report);
    report
}

/// Enough rows to be worth a thread's while.
const ROWS_AT_ONCE: usize = 2_048;

const NAMES_TOLD: usize = 5;

/// The first few names, for a message.
pub(crate) fn some_names(names: &[&str]) -> String {
    let mut told = names.iter().take(NAMES_TOLD).copied().collect::<Vec<_>>().join("、");
    if names.len() > NAMES_TOLD {
        told.push('…');
    }
    told
}
