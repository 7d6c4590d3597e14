//! `sumika publish --follow DIR`: a small program for a town's own server that keeps the site published.
//!
//! What follows is decided in `follow`; here is the machine: the system's clock, the files, signals.
//!
//! *Why are files looked at every few seconds, instead of being watched?* It works on every file system (network
//! shares among them), has no limit of watches to run out of, and misses nothing when events come by the thousand.
//! Names, sizes, times and inodes are enough, so a look costs a few milliseconds. A git working tree that moves (a
//! pull, a checkout) is nothing else than files that change; while git holds its index lock, we wait for it to end.
//! Nothing is fetched: who brings the files, a `git pull` in a timer or a shared folder, is the town's choice.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use clap::Args;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::site::SiteArguments;
use super::terminal::Terminal;
use super::{Status, build, site};
use crate::fault::{Action, Fault};
use crate::follow::{Attempt, Mark, News, Rest, World, follow};
use crate::load;
use crate::publish::Output;
use crate::source::Limits;

/// Files have to be quiet this long before they are built, but changes are not put off for ever.
const QUIET: Duration = Duration::from_millis(700);
const QUIET_AT_LATEST: Duration = Duration::from_secs(30);

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, value_name = "DIR", required = true)]
    follow: PathBuf,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long)]
    quarantine: bool,
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3600))]
    every: u64,
}

pub(super) fn run(arguments: Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    load::expect_site(&arguments.root)?;
    // What no later build could mend is told at once, not tried again and again.
    Output::at(&arguments.follow, &arguments.root)?.published()?;
    let stop = signals(&arguments.root)?;
    let every = Duration::from_secs(arguments.every);
    let root = arguments.root.clone();
    // Once for all builds to come.
    SiteArguments::of(root.clone()).limit_jobs();
    let build = build::Arguments::following(arguments.root, arguments.follow, arguments.base_url, arguments.quarantine);
    follow(&mut Machine { root, every, build, terminal, stop, zone: TimeZone::UTC });
    Ok(Status::Fine)
}

/// SIGTERM, SIGINT and SIGHUP as messages. A build that is running is finished first: it switches over or not at all.
fn signals(root: &std::path::Path) -> Result<Receiver<()>, Fault> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).map_err(|cause| Fault::io(Action::Read, root, cause))?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for _ in signals.forever() {
            if sender.send(()).is_err() {
                return;
            }
        }
    });
    Ok(receiver)
}

struct Machine<'a> {
    root: PathBuf,
    every: Duration,
    build: build::Arguments,
    terminal: &'a Terminal,
    stop: Receiver<()>,
    zone: TimeZone,
}

impl Machine<'_> {
    /// True when it is time to stop.
    fn sleep(&self, span: Duration) -> bool {
        !matches!(self.stop.recv_timeout(span), Err(RecvTimeoutError::Timeout))
    }

    fn look(&self) -> Mark {
        // A folder that can't be listed has a mark of its own: the build then says what is wrong with it.
        Mark(load::mark(&self.root, &Limits::STANDARD).unwrap_or_else(|_| "?".to_owned()))
    }

    /// Waits until nobody writes any more; true when it is time to stop.
    fn settle(&self, until: Option<Timestamp>) -> bool {
        let lock = self.root.join(".git/index.lock");
        let mut waited = Duration::ZERO;
        let mut last = self.look();
        while waited < QUIET_AT_LATEST && until.is_none_or(|until| site::now() < until) {
            if self.sleep(QUIET) {
                return true;
            }
            waited += QUIET;
            let mark = self.look();
            if mark == last && !lock.exists() {
                return false;
            }
            last = mark;
        }
        false
    }
}

impl World for Machine<'_> {
    fn now(&self) -> Timestamp {
        site::now()
    }

    fn mark(&mut self) -> Mark {
        self.look()
    }

    fn build(&mut self, at: Timestamp) -> Attempt {
        match build::once(&self.build, at, self.terminal) {
            Ok(done) if matches!(done.status, Status::Fine | Status::Withheld) => {
                self.zone = done.zone;
                Attempt::Published { since: done.constant.0, until: done.constant.1 }
            }
            Ok(_) => Attempt::Failed,
            Err(fault) => {
                self.terminal.refuse(&fault);
                Attempt::Failed
            }
        }
    }

    fn rest(&mut self, until: Option<Timestamp>, mark: &Mark) -> Rest {
        let mut seen = site::now();
        loop {
            let left = until.map(|until| Duration::try_from(until.duration_since(seen)).unwrap_or(Duration::ZERO));
            if self.sleep(left.map_or(self.every, |left| left.min(self.every))) {
                return Rest::Stop;
            }
            let now = site::now();
            let back = now < seen && seen.duration_since(now) > SignedDuration::from_millis(1);
            if back || until.is_some_and(|until| now >= until) {
                return Rest::Over;
            }
            if self.look() != *mark {
                return if self.settle(until) { Rest::Stop } else { Rest::Over };
            }
            seen = now;
        }
    }

    fn tell(&mut self, news: &News) {
        let terminal = self.terminal;
        let shown = |at: &Timestamp| at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S（%Z）").to_string();
        terminal.note(match news {
            News::Published { next: Some(next), .. } => terminal.pick(
                format!("次に公開内容が変わるのは {} です。それまで見守ります", shown(next)),
                format!("the next change is at {}; waiting", shown(next)),
            ),
            News::Published { next: None, .. } => terminal.pick(
                "これから変わる予定はありません。ファイルが変わるまで見守ります".to_owned(),
                "no change is ahead; waiting for files to change".to_owned(),
            ),
            News::Failed { times, again } => terminal.pick(
                format!(
                    "公開できませんでした（続けて{times}回目）。公開中のサイトはそのままです。{} にもう一度試します",
                    shown(again)
                ),
                format!(
                    "nothing was published ({times} in a row); the last good site stays; next try at {}",
                    shown(again)
                ),
            ),
            News::ClockWentBack => terminal.pick(
                "時計が戻りました。その時刻の公開内容に合わせ直します".to_owned(),
                "the clock went back; the site goes back with it".to_owned(),
            ),
            News::Stopped => terminal.pick("終わります".to_owned(), "stopping".to_owned()),
        });
    }
}
