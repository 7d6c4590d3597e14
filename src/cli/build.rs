//! `sumika build`: the public site at an instant, published whole or not at all.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Status;
use super::check::Nowhere;
use super::derived::Derived;
use super::site::{SiteArguments, base_url};
use super::terminal::Terminal;
use super::timings::{Spent, Timed, Timings};
use crate::artifact::{Artifact, Sink};
use crate::bundle;
use crate::cache::Cache;
use crate::config;
use crate::diag::{Checked, Code, Report, Severity};
use crate::fault::{Action, Fault};
use crate::load::{self, Loaded, load};
use crate::pipeline::{self, Build, Opened};
use crate::publish::output::STATE;
use crate::publish::record::{self, Key, Record};
use crate::publish::{Lock, Outcome, Output, Pictures, Stage};
use crate::select::{Medium, Request};
use crate::source::{Limits, Lines, SourcePath};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long)]
    quarantine: bool,
    #[arg(long)]
    no_cache: bool,
    #[arg(long)]
    timings: bool,
}

impl Arguments {
    /// What a program that follows a site asks for again and again.
    pub(super) fn following(root: PathBuf, out: PathBuf, base_url: Option<String>, quarantine: bool) -> Self {
        Self { site: SiteArguments::of(root), out: Some(out), base_url, quarantine, no_cache: false, timings: false }
    }

    fn output(&self) -> PathBuf {
        // One edition alone never takes the place of the public site.
        let usual = self.site.edition.as_ref().map_or_else(|| "public".to_owned(), |slug| format!("edition-{slug}"));
        self.out.clone().unwrap_or_else(|| self.site.root.join(usual))
    }

    fn state(&self) -> PathBuf {
        self.site.root.join(STATE)
    }

    /// Everything but the instant and the files that decides the output, in words.
    fn request(&self) -> String {
        format!("web drafts={} quarantine={} base_url={:?}", self.site.drafts, self.quarantine, self.base_url)
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let mut timings = Timings::start();
    arguments.site.limit_jobs();
    let status = publish(arguments, None, terminal, &mut timings)?.status;
    if arguments.timings {
        terminal.note(timings.table().trim_end());
    }
    Ok(status)
}

/// How a build ended, and between which instants (the later one exclusive) the same would be built.
pub(super) struct Done {
    pub(super) status: Status,
    pub(super) constant: (Option<Timestamp>, Option<Timestamp>),
    /// The site's zone, for telling people when.
    pub(super) zone: TimeZone,
}

/// One build into a folder, of an instant that is now, for a program that goes on afterwards.
pub(super) fn once(arguments: &Arguments, now: Timestamp, terminal: &Terminal) -> Result<Done, Fault> {
    publish(arguments, Some(now), terminal, &mut Timings::start())
}

/// Without a `now` it is the instant at which nobody else writes any more.
fn publish(
    arguments: &Arguments,
    now: Option<Timestamp>,
    terminal: &Terminal,
    timings: &mut Timings,
) -> Result<Done, Fault> {
    load::expect_site(&arguments.site.root)?;
    let output = Output::at(&arguments.output(), &arguments.site.root)?;
    // The lock comes before the reading: else a build that waited would publish what it read before it waited.
    let lock = Lock::take(&output, |holder| say_waiting(terminal, holder))?;
    output.recover(&lock)?;
    output.published()?;
    terminal.progress("読み込んでいます", "reading");
    let loaded = timings.measure("load", || load(&arguments.site.root, &Limits::STANDARD))?;
    timings.count(loaded.sources.iter().count());
    let now = now.unwrap_or_else(super::site::now);
    let at = arguments.site.instant(&loaded.sources, now)?;
    let key = timings.measure("key", || key(arguments, &loaded, &output));
    let held = timings.measure("record", || key.as_ref().and_then(|key| still_holds(arguments, key, at, &output)));
    if let Some(record) = held {
        let zone = config::read(&loaded.sources).value.zone;
        say_unchanged(terminal, &output, record.warnings);
        return Ok(Done { status: Status::Fine, constant: (record.constant_since, record.constant_until), zone });
    }
    terminal.progress("組み立てています", "building");
    let run = Run { arguments, terminal, loaded: &loaded, output: &output, lock: &lock, now };
    run.build(at, key, timings)
}

/// What a build was asked for and has at hand.
struct Run<'a> {
    arguments: &'a Arguments,
    terminal: &'a Terminal,
    loaded: &'a Loaded,
    output: &'a Output,
    lock: &'a Lock,
    now: Timestamp,
}

impl Run<'_> {
    fn build(&self, at: Timestamp, key: Option<Key>, timings: &mut Timings) -> Result<Done, Fault> {
        let sources = &self.loaded.sources;
        let Checked { value: mut opened, mut report } = timings.measure("open", || pipeline::open(sources));
        if let Some(url) = &self.arguments.base_url {
            Arc::make_mut(&mut opened.library.config).base_url = base_url(url)?;
        }
        let now = self.now;
        let request = Request {
            // An edition that is out is handed on as it is now: what was withdrawn since has no place in it.
            at: self.arguments.site.release(&opened)?.map_or(at, |release| release.max(now)),
            now,
            medium: Medium::Web,
            drafts: self.arguments.site.drafts,
            quarantine: self.arguments.quarantine,
        };
        let read = |source: &SourcePath, hash| self.loaded.folder.read(source, hash);
        let pictures = Pictures::new(&read, self.cache(), &Limits::STANDARD);
        let derive = Derived::new(&self.loaded.folder, &pictures);
        let mut stage = Stage::begin(self.output, self.lock, self.output.published()?, &derive)?;
        let hopeless = report.has_errors() && !request.quarantine;
        let mut all: Vec<Artifact> = Vec::new();
        let sink: &mut dyn Sink = match &self.arguments.site.edition {
            _ if hopeless => &mut Nowhere,
            Some(_) => &mut all,
            None => &mut stage,
        };
        let built = if self.arguments.timings {
            build_timed(&opened, &request, sink, timings)
        } else {
            pipeline::build(&opened, &request, sink)
        };
        report.append(built.report);
        let zone = opened.library.config.zone.clone();
        let constant = (built.value.constant_since, built.value.constant_until);
        let report = report.sorted();
        self.terminal.report(&report, sources);
        if built.value.fatal || (report.has_errors() && !request.quarantine) {
            return Ok(self.nothing_published());
        }
        if let Some(slug) = &self.arguments.site.edition {
            let bundle = self.bundle(all, &opened, (slug, request.at > request.now));
            bundle.into_iter().for_each(|artifact| stage.put(artifact));
        }
        self.terminal.progress("公開しています", "publishing");
        stage.settle();
        let broken = pictures.report();
        self.terminal.report(&broken, sources);
        if broken.has_errors() && !request.quarantine {
            return Ok(self.nothing_published());
        }
        let outcome = timings.measure("swap", || stage.finish())?;
        timings.count(outcome.changes.kept);
        // One edition uses few pictures; those of the site are still the site's.
        if self.arguments.site.edition.is_none() {
            pictures.forget_unused();
        }
        let (spent, count) = derive.spent();
        timings.note("derive", Spent::of_threads(spent), Some(count));
        self.say_published(&outcome);
        if self.arguments.quarantine && (self.list_broken(&built.value) || broken.has_errors()) {
            return Ok(Done { status: Status::Withheld, constant, zone });
        }
        self.keep_record(key, &built.value, &report);
        Ok(Done { status: Status::Fine, constant, zone })
    }

    /// One edition alone, marked where it is not public yet.
    fn bundle(&self, all: Vec<Artifact>, opened: &Opened, (slug, early): (&str, bool)) -> Vec<Artifact> {
        let mark = self.terminal.pick(
            "公開前の見本です。公開の日時まで、外に出さないでください",
            "Preview: not public yet, please keep it inside",
        );
        bundle::bundle(all, &opened.library, bundle::Wish { slug, mark: early.then_some(mark) })
    }

    fn nothing_published(&self) -> Done {
        self.terminal.note(self.terminal.pick("公開中のサイトは前のままです", "the published site is as it was"));
        Done { status: Status::Errors, constant: (None, None), zone: TimeZone::UTC }
    }
}

impl Run<'_> {
    /// Pictures of earlier builds. That the folder can't be made shows when the record is kept.
    fn cache(&self) -> Option<Cache> {
        if self.arguments.no_cache {
            return None;
        }
        let state = self.arguments.state();
        let _ = record::make_state_folder(&state);
        Some(Cache::at(&state.join("cache")))
    }

    fn say_published(&self, outcome: &Outcome) {
        let (folder, changes) = (self.output.folder().display(), &outcome.changes);
        if let Some(fault) = &outcome.unsynced {
            self.terminal.warn(Code::PublishedUnsynced, fault);
        }
        if let Some(fault) = &outcome.leftover {
            self.terminal.warn(Code::OldReleaseLeft, fault);
        }
        if outcome.written == 0 && changes.is_empty() {
            return say_unchanged(self.terminal, self.output, 0);
        }
        let (added, changed, removed) = (changes.added.len(), changes.changed.len(), changes.removed.len());
        let all = outcome.manifest.len();
        self.terminal.say(self.terminal.pick(
            format!(
                "{folder} に公開しました：{all} ファイル（新しい {added}、変わった {changed}、なくなった {removed}）"
            ),
            format!("published {all} files to {folder} ({added} new, {changed} changed, {removed} gone)"),
        ));
    }

    /// Lists what quarantine withheld; false when that is nothing.
    fn list_broken(&self, build: &Build) -> bool {
        let mut lines = Lines::new(&self.loaded.sources);
        let broken: Vec<String> = build
            .withheld
            .iter()
            .filter(|item| item.reason.is_broken())
            .map(|item| match lines.locate(&item.span) {
                Some(place) => format!("  {}:{}", item.span.path, place.line),
                None => format!("  {}", item.span.path),
            })
            .collect();
        if broken.is_empty() {
            return false;
        }
        let (count, list) = (broken.len(), broken.join("\n"));
        self.terminal.note(self.terminal.pick(
            format!("誤りがあるため載せなかったもの（{count}件）\n{list}"),
            format!("withheld because of errors ({count}):\n{list}"),
        ));
        true
    }

    /// Remembers the build, unless it had errors: those must be shown again.
    fn keep_record(&self, key: Option<Key>, build: &Build, report: &Report) {
        let (Some(key), false) = (key, report.has_errors()) else { return };
        let span = (build.constant_since, build.constant_until);
        let Some(record) = Record::of(key, span, report.count(Severity::Warning), self.output) else { return };
        let state = self.arguments.state();
        if let Err(cause) = record.write(&state) {
            self.terminal.warn(Code::RecordNotKept, &Fault::io(Action::Write, &state, cause));
        }
    }
}

/// Builds into `sink`, and notes what of the time went into writing.
fn build_timed(opened: &Opened, request: &Request, sink: &mut dyn Sink, timings: &mut Timings) -> Checked<Build> {
    let mut sink = Timed::new(sink);
    let built = pipeline::build(opened, request, &mut sink);
    sink.note_in(timings);
    built
}

/// What decides the output; none where the shortcut is not wanted, or the instant is not known yet.
fn key(arguments: &Arguments, loaded: &Loaded, output: &Output) -> Option<Key> {
    if arguments.no_cache || arguments.site.edition.is_some() {
        return None;
    }
    Some(Key {
        program: record::program()?,
        sources: loaded.fingerprint.full(),
        request: arguments.request(),
        output: output.folder().to_owned(),
    })
}

fn still_holds(arguments: &Arguments, key: &Key, at: Timestamp, output: &Output) -> Option<Record> {
    Record::read(&arguments.state()).filter(|record| record.holds(key, at, output))
}

fn say_waiting(terminal: &Terminal, holder: &str) {
    let (ja, en) = match holder {
        "" => (String::new(), String::new()),
        holder => (format!("（プロセス {holder}）"), format!(" (process {holder})")),
    };
    terminal.note(terminal.pick(
        format!("ほかの sumika が書き出しています{ja}。終わるのを待ちます"),
        format!("another sumika is publishing{en}; waiting for it to finish"),
    ));
}

fn say_unchanged(terminal: &Terminal, output: &Output, warnings: usize) {
    let folder = output.folder().display();
    terminal.say(terminal.pick(
        format!("変わったものはありません：{folder} はそのままです"),
        format!("nothing changed: {folder} stays as it is"),
    ));
    if warnings > 0 {
        terminal.note(terminal.pick(
            format!("前回からの注意が {warnings}件あります（`sumika check` で見られます）"),
            format!("{warnings} warnings as before (see `sumika check`)"),
        ));
    }
}
