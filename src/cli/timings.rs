//! How long each stage takes, for `--timings`.

#![expect(clippy::disallowed_methods, reason = "edge: the clock")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::artifact::{Artifact, Sink};

/// Time on the clock, and time of all processors.
#[derive(Clone, Copy, Default)]
pub(super) struct Spent {
    wall: Duration,
    cpu: Duration,
}

impl Spent {
    fn plus(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }

    pub(super) fn wall_ns(self) -> u64 {
        u64::try_from(self.wall.as_nanos()).unwrap_or(u64::MAX)
    }

    /// Work of several threads at once, which is part of another stage.
    pub(super) fn of_threads(spent: Duration) -> Self {
        Self { wall: Duration::ZERO, cpu: spent }
    }

    fn minus(self, other: Self) -> Self {
        Self { wall: self.wall.saturating_sub(other.wall), cpu: self.cpu.saturating_sub(other.cpu) }
    }
}

/// One stage of a run.
struct Row {
    name: &'static str,
    spent: Spent,
    count: Option<usize>,
}

/// The stages of a run, in their order.
pub(super) struct Timings {
    began: Instant,
    rows: Vec<Row>,
}

impl Timings {
    pub(super) fn start() -> Self {
        Self { began: Instant::now(), rows: Vec::new() }
    }

    /// Does `work` and notes how long it took.
    pub(super) fn measure<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let (done, spent) = timed(work);
        self.note(name, spent, None);
        done
    }

    /// Adds a stage that was measured elsewhere.
    pub(super) fn note(&mut self, name: &'static str, spent: Spent, count: Option<usize>) {
        self.rows.push(Row { name, spent, count });
    }

    /// Says how many things the last stage dealt with.
    pub(super) fn count(&mut self, count: usize) {
        if let Some(row) = self.rows.last_mut() {
            row.count = Some(count);
        }
    }

    /// The table, with the time of all processors and the peak of memory.
    pub(super) fn table(&self) -> String {
        let mut table = format!("{:<8}{:>10}{:>10}{:>10}\n", "", "ms", "cpu ms", "n");
        for row in &self.rows {
            let count = row.count.map_or_else(String::new, |count| count.to_string());
            let _ = writeln!(
                table,
                "{:<8}{:>10.1}{:>10.1}{count:>10}",
                row.name,
                millis(row.spent.wall),
                millis(row.spent.cpu)
            );
        }
        let (wall, cpu) = (millis(self.began.elapsed()), millis(processor_time()));
        let _ = writeln!(table, "{:<8}{wall:>10.1}{cpu:>10.1}", "total");
        if let Some(mib) = peak_memory_mib() {
            let _ = writeln!(table, "{:<8}{mib:>10.1} MiB", "memory");
        }
        table
    }
}

/// Does `work` and tells how long it took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let (began, cpu) = (Instant::now(), processor_time());
    let done = work();
    (done, Spent { wall: began.elapsed(), cpu: processor_time().saturating_sub(cpu) })
}

fn millis(spent: Duration) -> f64 {
    spent.as_secs_f64() * 1000.0
}

/// User and system time of all threads so far.
fn processor_time() -> Duration {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(spent.tv_sec).unwrap_or(0), u32::try_from(spent.tv_nsec).unwrap_or(0))
}

/// The most memory that was in use at once, where the system tells.
fn peak_memory_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(f64::from(kib) / 1024.0)
}

/// A sink that notes how long the stages before it take, and the sink behind it.
pub(super) struct Timed<'a> {
    sink: &'a mut dyn Sink,
    stage: &'static str,
    began: (Instant, Duration),
    /// Time in the sink behind since the stage began, and altogether.
    behind: Spent,
    written: Spent,
    count: usize,
    rows: Vec<(&'static str, Spent)>,
}

impl<'a> Timed<'a> {
    pub(super) fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            stage: "build",
            began: (Instant::now(), processor_time()),
            behind: Spent::default(),
            written: Spent::default(),
            count: 0,
            rows: Vec::new(),
        }
    }

    /// Hands the stages over.
    pub(super) fn note_in(mut self, timings: &mut Timings) {
        self.ends();
        for (stage, spent) in self.rows.iter().skip(1) {
            timings.note(stage, *spent, (*stage == "render").then_some(self.count));
        }
        timings.note("write", self.written, Some(self.count));
    }

    fn ends(&mut self) {
        let whole = Spent { wall: self.began.0.elapsed(), cpu: processor_time().saturating_sub(self.began.1) };
        self.rows.push((self.stage, whole.minus(self.behind)));
        self.written = self.written.plus(self.behind);
        self.behind = Spent::default();
        self.began = (Instant::now(), processor_time());
    }
}

impl Sink for Timed<'_> {
    fn put(&mut self, artifact: Artifact) {
        let ((), spent) = timed(|| self.sink.put(artifact));
        self.behind = self.behind.plus(spent);
        self.count += 1;
    }

    fn begins(&mut self, stage: &'static str) {
        self.ends();
        self.stage = stage;
    }
}
