//! Following a site: over two fiscal years of the sample by a simulated clock, and for real with signals.
//!
//! The simulated world has a clock that only moves when somebody rests or builds, a machine that is killed in the
//! middle of builds, clocks that jump and builds that fail. What it publishes is written to a real folder.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests look at the disk, start programs, and stop at what they did not expect"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sumika::artifact::{Artifact, ImageJob, Sink};
use sumika::fault::Fault;
use sumika::follow::{Attempt, Mark, News, Rest, World, follow};
use sumika::load::{Folder, load};
use sumika::pipeline::{self, Opened};
use sumika::publish::{Derive, Lock, Output, Stage};
use sumika::schedule;
use sumika::select::{Medium, Request};
use sumika::source::{Limits, Source, SourcePath, Sources, Text};

/// Takes files from the site, and writes a picture's description in its place.
struct Described(Folder);

impl Derive for Described {
    fn locate(&self, source: &SourcePath) -> PathBuf {
        self.0.locate(source)
    }

    fn image(&self, job: &ImageJob) -> Result<Vec<u8>, Fault> {
        Ok(format!("{} {}", job.source, job.width_px).into_bytes())
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The day on which the sample's lists were last confirmed: later than that of any row.
fn written() -> Timestamp {
    instant("2026-11-22T00:00:00Z")
}

fn request(at: Timestamp) -> Request {
    Request { at, now: written(), medium: Medium::Web, drafts: false, quarantine: false }
}

/// Of a list, its headings and the rows that change in time or that an article shows.
fn shortened(list: &str, articles: &str) -> String {
    let stays = |line: &&str| {
        let id = line.split(',').next().unwrap_or_default();
        articles.contains(&format!("facility:{id})")) || articles.contains(&format!("id=\"{id}\""))
    };
    let (headings, rows) = list.split_once('\n').unwrap();
    let rows: Vec<&str> =
        rows.lines().enumerate().filter(|(at, line)| *at < 1 || stays(line)).map(|(_, line)| line).collect();
    format!("{headings}\n{}\n", rows.join("\n"))
}

/// The sample site in the theme that prints the model as plain text: all its articles, plans, editions and figures, a few
/// of its facilities, none of the translations, and maps without rivers and roads, so that many builds of it take little time.
fn sample() -> (Opened, Folder) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(root, &Limits::STANDARD).unwrap();
    let mut sources: Sources = loaded.sources.clone();
    let (path, text) = loaded.sources.text_at("sumika.toml").unwrap();
    let bare = text.text.replace("theme = \"default\"", "theme = \"bare\"");
    sources.insert(path, Source::Text(Text { text: bare.into(), encoding: text.encoding }));
    for entry in walkdir::WalkDir::new(root.join("tests/themes")).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(root.join("tests")).unwrap().to_str().unwrap();
            sources.insert_text(SourcePath::new(below).unwrap(), &std::fs::read(entry.path()).unwrap());
        }
    }
    let articles: String = loaded.sources.texts_in("content", "md").map(|(_, text)| &*text.text).collect();
    let kept = |path: &str| !path.starts_with("resources/map/") && !path.ends_with(".en.md");
    let mut small = Sources::new();
    for (path, source) in sources.iter().filter(|(path, _)| kept(path.as_str())) {
        match source {
            Source::Text(text) if path.as_str().starts_with("resources/facilities/") => {
                small.insert_text(path.clone(), shortened(&text.text, &articles).as_bytes());
            }
            other => small.insert(path.clone(), other.clone()),
        }
    }
    let opened = pipeline::open(&small);
    assert!(!opened.report.has_errors());
    (opened.value, loaded.folder)
}

/// What happens to the machine, beside the passing of time.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Incident {
    /// The power goes in the middle of the next build.
    Kill,
    /// The next build fails.
    Fail,
    /// The clock jumps.
    Jump(SignedDuration),
}

/// A whole site, and between which instants it is the same.
struct Built {
    artifacts: Vec<Artifact>,
    window: (Option<Timestamp>, Option<Timestamp>),
}

struct Simulated<'a> {
    opened: &'a Opened,
    /// The last site that was rendered: a second try within its window writes the same.
    built: RefCell<Option<Built>>,
    derive: &'a Described,
    root: &'a Path,
    clock: Timestamp,
    end: Timestamp,
    build_takes: SignedDuration,
    incidents: BTreeMap<Timestamp, Incident>,
    next: Option<Incident>,
    /// How many builds were killed or failed.
    doomed: usize,
    killed: bool,
    /// What was published: the clock at the beginning of the build, and its editions' slugs.
    published: Vec<(Timestamp, BTreeSet<String>)>,
    news: Vec<News>,
}

impl Simulated<'_> {
    fn editions(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.root.join("public/editions")).into_iter().flatten();
        let folders = entries.map(Result::unwrap).filter(|entry| entry.path().is_dir());
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    fn publish(&self, at: Timestamp, kill: bool) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
        let output = Output::at(&self.root.join("public"), self.root).unwrap();
        let lock = Lock::take(&output, |_| {}).unwrap();
        output.recover(&lock).unwrap();
        let mut stage = Stage::begin(&output, &lock, output.published().unwrap(), self.derive).unwrap();
        let mut memory = self.built.borrow_mut();
        let holds = |built: &Built| {
            built.window.0.is_none_or(|since| since <= at) && built.window.1.is_none_or(|until| at < until)
        };
        if !memory.as_ref().is_some_and(holds) {
            let mut artifacts: Vec<Artifact> = Vec::new();
            let built = pipeline::build(self.opened, &request(at), &mut artifacts);
            assert!(!built.report.has_errors(), "{at}: {:?}", built.report.errors());
            *memory = Some(Built { artifacts, window: (built.value.constant_since, built.value.constant_until) });
        }
        let Built { artifacts, window } = memory.as_ref()?;
        let few = if kill { 300 } else { usize::MAX };
        artifacts.iter().take(few).for_each(|artifact| stage.put(artifact.clone()));
        if kill {
            stage.settle();
            // What a killed process leaves: nothing is cleaned up.
            std::mem::forget(stage);
            return None;
        }
        stage.finish().unwrap();
        Some(*window)
    }
}

impl World for Simulated<'_> {
    fn now(&self) -> Timestamp {
        self.clock
    }

    fn mark(&mut self) -> Mark {
        Mark(String::new())
    }

    fn build(&mut self, at: Timestamp) -> Attempt {
        assert!(at <= self.clock, "a build for a time to come");
        let began = self.clock;
        let incident = self.next.take();
        self.doomed += usize::from(incident.is_some());
        if incident == Some(Incident::Fail) {
            return Attempt::Failed;
        }
        self.killed = incident == Some(Incident::Kill);
        let window = self.publish(at, self.killed);
        self.clock = self.clock.checked_add(self.build_takes).unwrap();
        let Some((since, until)) = window else { return Attempt::Failed };
        self.published.push((began, self.editions()));
        Attempt::Published { since, until }
    }

    fn rest(&mut self, until: Option<Timestamp>, _mark: &Mark) -> Rest {
        if self.killed {
            return Rest::Stop;
        }
        let wake = until.unwrap_or(self.end).min(self.end);
        let incident = self.incidents.range(..=wake).next().map(|(at, incident)| (*at, *incident));
        let Some((at, incident)) = incident else {
            self.clock = self.clock.max(wake);
            return if wake >= self.end { Rest::Stop } else { Rest::Over };
        };
        self.incidents.remove(&at);
        self.clock = self.clock.max(at);
        match incident {
            Incident::Jump(by) => self.clock = self.clock.checked_add(by).unwrap(),
            other => self.next = Some(other),
        }
        Rest::Over
    }

    fn tell(&mut self, news: &News) {
        self.news.push(news.clone());
    }
}

/// Follows from `clock` to `end`; the program is started anew after each kill.
fn simulate(
    opened: &Opened,
    derive: &Described,
    span: (Timestamp, Timestamp),
    incidents: BTreeMap<Timestamp, Incident>,
) -> (Vec<(Timestamp, BTreeSet<String>)>, Vec<News>) {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("sumika.toml"), "").unwrap();
    let mut world = Simulated {
        opened,
        built: RefCell::new(None),
        derive,
        root: root.path(),
        clock: span.0,
        end: span.1,
        build_takes: SignedDuration::from_secs(40),
        incidents,
        next: None,
        doomed: 0,
        killed: false,
        published: Vec::new(),
        news: Vec::new(),
    };
    loop {
        world.killed = false;
        follow(&mut world);
        if !world.killed {
            let failures = world.news.iter().filter(|news| matches!(news, News::Failed { .. })).count();
            assert_eq!(failures, world.doomed, "each doomed build is told");
            return (world.published, world.news);
        }
        let left = world.editions();
        let before = world.published.last().map(|(_, editions)| editions.clone()).unwrap_or_default();
        assert_eq!(left, before, "a killed build changed what is public");
        // The machine comes up again after a minute.
        world.clock = world.clock.checked_add(SignedDuration::from_mins(1)).unwrap();
    }
}

/// The editions that are public at an instant, by the plans alone.
fn released(opened: &Opened, at: Timestamp) -> BTreeSet<String> {
    let editions = opened.library.plans.iter().flat_map(|plan| &plan.editions);
    editions.filter(|edition| edition.release.value <= at).map(|edition| edition.id.to_string()).collect()
}

#[test]
fn two_fiscal_years_of_the_sample_are_published_on_time_through_kills_failures_and_jumps() {
    let (opened, folder) = sample();
    let derive = Described(folder);
    let span = (instant("2025-03-31T15:00:00Z"), instant("2027-03-31T15:00:00Z"));
    let changes = schedule::changes(&opened, &request(span.0), Some(span.1));
    let editions = released(&opened, span.1);
    assert_eq!(editions.len(), 6, "{editions:?}");
    // What would have happened in these weeks falls together at their end.
    let jumped = instant("2026-02-10T00:00:00Z")..instant("2026-03-25T00:00:00Z");
    let mut incidents = BTreeMap::new();
    for (number, change) in changes.iter().enumerate().filter(|(_, change)| !jumped.contains(&change.at)) {
        // One minute before every third change the next build is doomed.
        let before = change.at.checked_sub(SignedDuration::from_mins(1)).unwrap();
        match number % 6 {
            1 => drop(incidents.insert(before, Incident::Kill)),
            4 => drop(incidents.insert(before, Incident::Fail)),
            _ => {}
        }
    }
    incidents.insert(jumped.start, Incident::Jump(SignedDuration::from_hours(24 * 40)));
    incidents.insert(instant("2026-12-24T00:00:00Z"), Incident::Jump(SignedDuration::from_hours(-24 * 25)));
    let (published, news) = simulate(&opened, &derive, span, incidents);
    for (at, public) in &published {
        assert_eq!(public, &released(&opened, *at), "at {at}");
    }
    assert!(news.contains(&News::ClockWentBack));
    let failures = news.iter().filter(|news| matches!(news, News::Failed { .. })).count();
    assert!(failures > 10, "{failures} builds were killed or failed first");
    // Each change is followed by a build that began at most a restart (or a second try) and a build later.
    let slack = SignedDuration::from_secs(60 + 40 + 40 + 2);
    for change in changes.iter().filter(|change| change.at < span.1 && !jumped.contains(&change.at)) {
        let built = published.iter().map(|(at, _)| *at).filter(|at| *at >= change.at).min().unwrap();
        assert!(built.duration_since(change.at) <= slack, "{} was built only at {built}", change.at);
    }
    println!("{} changes, {} builds, {failures} of them killed or failed first", changes.len(), published.len());
}

#[test]
fn without_incidents_every_change_is_built_at_its_very_instant_and_nothing_else_is() {
    let (opened, folder) = sample();
    let derive = Described(folder);
    let span = (instant("2026-08-30T15:00:00Z"), instant("2026-10-10T15:00:00Z"));
    let (published, _) = simulate(&opened, &derive, span, BTreeMap::new());
    let begun: Vec<Timestamp> = published.iter().map(|(at, _)| *at).skip(1).collect();
    let changes = schedule::changes(&opened, &request(span.0), Some(span.1));
    let listed: BTreeSet<Timestamp> = changes.iter().map(|change| change.at).collect();
    assert!(listed.iter().all(|at| begun.contains(at)), "{listed:?} {begun:?}");
}

/// A site whose one edition comes out in a few seconds.
fn small_site(release: Timestamp) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_base/small");
    for entry in walkdir::WalkDir::new(&base).into_iter().filter_map(Result::ok) {
        let place = site.path().join(entry.path().strip_prefix(&base).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&place).unwrap();
        } else {
            std::fs::copy(entry.path(), &place).unwrap();
        }
    }
    let plan = site.path().join("content/plans/2026.toml");
    let year = release.to_zoned(jiff::tz::TimeZone::get("Asia/Tokyo").unwrap());
    let year = if year.month() < 4 { year.year() - 1 } else { year.year() };
    let text = std::fs::read_to_string(&plan).unwrap();
    let text = text.replace("2026-06-01T09:00:00+09:00", &release.to_string());
    let text = text.replace("fiscal_year = 2026", &format!("fiscal_year = {year}"));
    std::fs::remove_file(&plan).unwrap();
    std::fs::write(site.path().join(format!("content/plans/{year}.toml")), text).unwrap();
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/bare");
    for entry in walkdir::WalkDir::new(&themes).into_iter().filter_map(Result::ok) {
        let place = site.path().join("themes/bare").join(entry.path().strip_prefix(&themes).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&place).unwrap();
        } else {
            std::fs::copy(entry.path(), &place).unwrap();
        }
    }
    site
}

fn start(site: &Path) -> Child {
    let words = ["publish", "--lang", "en", "--every", "1", "--root"];
    let log = std::fs::File::options().create(true).append(true).open(site.join("follow.log")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sumika"));
    command.args(words).arg(site).arg("--follow").arg(site.join("web"));
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}

/// Waits for something to be true, for a minute at most.
fn wait_for(what: &str, site: &Path, mut truth: impl FnMut() -> bool) {
    let began = Instant::now();
    while !truth() {
        let log = || std::fs::read_to_string(site.join("follow.log")).unwrap_or_default();
        assert!(began.elapsed() < Duration::from_secs(60), "waited in vain: {what}\n{}", log());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn the_program_publishes_on_time_survives_a_kill_keeps_the_last_good_site_and_stops_when_told() {
    let release = Timestamp::now().checked_add(SignedDuration::from_secs(8)).unwrap();
    let site = small_site(release);
    let edition = site.path().join("web/editions/2026-06/index.html");
    let home = site.path().join("web/index.html");
    let mut first = start(site.path());
    wait_for("the first site", site.path(), || home.exists());
    assert!(!edition.exists(), "too early");
    signal(&first, "-KILL");
    first.wait().unwrap();
    let mut second = start(site.path());
    wait_for("the edition", site.path(), || {
        let there = edition.exists();
        assert!(!there || Timestamp::now() >= release, "published before its release");
        there
    });
    let late = Timestamp::now().duration_since(release);
    println!("published {late:#} after the release");
    // A mistake keeps the last good site, and is told; mending it publishes again.
    let guide = site.path().join("content/guides/start.md");
    let good = std::fs::read_to_string(&guide).unwrap();
    let before = std::fs::read_to_string(&home).unwrap();
    std::fs::write(&guide, good.replace("title", "tittle")).unwrap();
    let log = || std::fs::read_to_string(site.path().join("follow.log")).unwrap();
    wait_for("word of the mistake", site.path(), || log().contains("the last good site stays"));
    assert_eq!(std::fs::read_to_string(&home).unwrap(), before);
    std::fs::write(&guide, good.replace("+++\n\n", "+++\n\n新しい段落。\n\n")).unwrap();
    let page = site.path().join("web/guides/start/index.html");
    wait_for("the mended guide", site.path(), || {
        std::fs::read_to_string(&page).is_ok_and(|text| text.contains("新しい段落"))
    });
    signal(&second, "-TERM");
    let asked = Instant::now();
    assert!(second.wait().unwrap().success(), "{}", log());
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert!(log().contains("stopping"));
    let staging = site.path().join(".web.sumika-new");
    assert!(!staging.exists(), "nothing is left beside the site");
}
