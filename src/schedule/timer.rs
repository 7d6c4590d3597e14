//! The schedule for machines that start the build: cron, GitHub Actions, systemd.
//!
//! They hold instants only, no names. A machine that starts a moment late, or once too often, does no harm: a build
//! is a function of the files and the clock. None starts early: an instant with seconds is rounded up to the minute.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Change;
use crate::diag::Language;

/// The instants, rounded up to whole minutes, each once, in `zone`.
fn minutes(changes: &[Change], zone: &TimeZone) -> Vec<DateTime> {
    let up = |at: Timestamp| match at.as_nanosecond().rem_euclid(60_000_000_000) {
        0 => at,
        _ => at.checked_add(SignedDuration::from_secs(60)).unwrap_or(at),
    };
    let rounded: BTreeSet<DateTime> = changes.iter().map(|change| zone.to_datetime(up(change.at))).collect();
    rounded.into_iter().collect()
}

/// Lines of a crontab, in the site's zone; each tests the year, which cron does not know.
#[must_use]
pub fn cron(changes: &[Change], zone: &TimeZone, root: &str, language: Language) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    let mut text = match language {
        Language::Ja => format!(
            "# 公開内容が変わる日時に書き出します。`crontab -e` で貼り付けてください。\n\
             # 時刻は {name} です。CRON_TZ を知らない cron では、サーバーの時間帯を {name} にしてください。\n\
             # 予定は原稿と一覧から計算しています。変えたら、作り直してください（取りこぼしのないよう、毎朝4時にも動かします）。\n"
        ),
        Language::En => format!(
            "# Builds at every instant at which the public site changes. Paste it with `crontab -e`.\n\
             # Times are of {name}. If your cron does not know CRON_TZ, the machine's zone has to be {name}.\n\
             # Make it anew when articles or lists change; the line at four every morning catches what was missed.\n"
        ),
    };
    // A bare % ends the command of a crontab.
    let build = format!("sumika build --root {}", quoted(root).replace('%', "\\%"));
    let _ = writeln!(text, "CRON_TZ={name}\n0 4 * * * {build}");
    for at in minutes(changes, zone) {
        let _ = writeln!(
            text,
            "{} {} {} {} * [ \"$(TZ={name} date +\\%Y)\" = {} ] && {build}",
            at.minute(),
            at.hour(),
            at.day(),
            at.month(),
            at.year()
        );
    }
    text
}

/// A workflow that calls the site's publishing workflow at every change of the next year.
#[must_use]
pub fn github(changes: &[Change], zone: &TimeZone, language: Language) -> String {
    let mut text = String::from(match language {
        Language::Ja => {
            "# 公開内容が変わる日時に書き出します。.github/workflows/schedule.yml に置いてください。\n\
             # GitHub の予定は数分から数十分遅れることがあります。早まることはありません。\n\
             # 年は指定できないため、翌年の同じ日にも動きますが、内容が同じなら何も変わりません。\n\
             # 60日間変更のないリポジトリーでは、GitHub が予定を止めることがあります。\n\
             name: 公開予定\n"
        }
        Language::En => {
            "# Builds at every instant at which the public site changes. Put it at .github/workflows/schedule.yml\n\
             # GitHub may start minutes late, never early. It knows no years: a run on the same day of another year\n\
             # changes nothing. In a repository without changes for 60 days GitHub may stop schedules.\n\
             name: Schedule\n"
        }
    });
    text.push_str("on:\n  workflow_dispatch:\n  schedule:\n    - cron: \"7 19 * * *\"\n");
    let mut lines = BTreeSet::new();
    for at in minutes(changes, &TimeZone::UTC) {
        let line = format!("    - cron: \"{} {} {} {} *\"", at.minute(), at.hour(), at.day(), at.month());
        if lines.insert(line.clone()) {
            let local = zone.to_datetime(TimeZone::UTC.to_timestamp(at).unwrap_or_default());
            let _ = writeln!(text, "{line} # {} {:02}:{:02}", local.date(), local.hour(), local.minute());
        }
    }
    text.push_str(
        "permissions:\n  contents: read\n  pages: write\n  id-token: write\n\
         jobs:\n  publish:\n    uses: ./.github/workflows/publish.yml\n    secrets: inherit\n",
    );
    text
}

/// A service and its timer, in one text with the names of the two files.
#[must_use]
pub fn systemd(changes: &[Change], zone: &TimeZone, root: &str, language: Language) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    let remark = match language {
        Language::Ja => {
            "# 二つの単位に分けて置き、`systemctl enable --now sumika-build.timer` で始めます。\n\
             # 予定は原稿と一覧から計算しています。変えたら、作り直してください。\n"
        }
        Language::En => {
            "# Two units; start them with `systemctl enable --now sumika-build.timer`.\n\
             # Make them anew when articles or lists change.\n"
        }
    };
    let about = match language {
        Language::Ja => ("公開サイトの書き出し", "公開内容が変わる日時"),
        Language::En => ("builds the public site", "instants at which the public site changes"),
    };
    let mut text = format!(
        "{remark}\n# /etc/systemd/system/sumika-build.service\n[Unit]\nDescription=Sumika: {}\n\n\
         [Service]\nType=oneshot\nExecStart=sumika build --root {}\n\n\
         # /etc/systemd/system/sumika-build.timer\n[Unit]\nDescription=Sumika: {}\n\n\
         [Timer]\nAccuracySec=1s\nPersistent=true\nOnCalendar=*-*-* 04:00:00 {name}\n",
        about.0,
        quoted_for_systemd(root),
        about.1,
    );
    let exact: BTreeSet<DateTime> = changes.iter().map(|change| zone.to_datetime(change.at)).collect();
    for at in exact {
        let _ =
            writeln!(text, "OnCalendar={} {:02}:{:02}:{:02} {name}", at.date(), at.hour(), at.minute(), at.second());
    }
    text.push_str("\n[Install]\nWantedBy=timers.target\n");
    text
}

/// A path as systemd takes it for one word: `%`, `$`, `"` and `\` have meanings of their own.
fn quoted_for_systemd(path: &str) -> String {
    let escaped = path.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    if escaped == path && !path.contains([' ', '\'', ';', '\t']) { escaped } else { format!("\"{escaped}\"") }
}

/// A path as shells take it for one word.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Report;

    fn at(texts: &[&str]) -> Vec<Change> {
        let change = |text: &&str| {
            let at = text.parse().expect("an instant");
            Change { at, effects: Vec::new(), errors: Report::new(), pages: None }
        };
        texts.iter().map(change).collect()
    }

    #[test]
    fn seconds_are_rounded_up_and_never_down() {
        let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
        let changes = at(&["2026-06-01T00:00:00Z", "2026-06-01T00:00:01Z", "2026-12-31T14:59:30Z"]);
        let lines = cron(&changes, &zone, "/srv/site", Language::En);
        let of = |start: &str| lines.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!((of("0 9 1 6 *"), of("1 9 1 6 *"), of("0 0 1 1 *")), (1, 1, 1), "{lines}");
        assert!(lines.contains("= 2027 ] && sumika build"), "{lines}");
        let units = systemd(&changes, &zone, "/srv/site", Language::En);
        assert!(units.contains("OnCalendar=2026-12-31 23:59:30 Asia/Tokyo"), "{units}");
    }

    #[test]
    fn a_workflow_names_each_line_once_in_utc() {
        let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
        let changes = at(&["2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z"]);
        let text = github(&changes, &zone, Language::Ja);
        assert_eq!(text.matches("0 0 1 6 *").count(), 1, "{text}");
        assert!(text.contains("# 2026-06-01 09:00"), "{text}");
    }

    #[test]
    fn a_root_with_a_space_stays_one_word() {
        assert_eq!(quoted("/srv/my site"), "'/srv/my site'");
        assert_eq!(quoted("/srv/凪浦"), "/srv/凪浦");
        assert_eq!(quoted_for_systemd("/srv/凪浦"), "/srv/凪浦");
        assert_eq!(quoted_for_systemd("/srv/100% \"ours\""), "\"/srv/100%% \\\"ours\\\"\"");
        let zone = TimeZone::UTC;
        assert!(cron(&at(&["2026-06-01T00:00:00Z"]), &zone, "/srv/100%", Language::En).contains("'/srv/100\\%'"));
    }
}
