//! Keeps a published folder up to date: builds at every instant at which the site changes, and when its files change.
//!
//! In: a `World` (clock, files, build, rest), which is the machine in the program and a simulation in tests. Out: calls
//! of its `build`, never for an instant that the clock has not reached. Nothing is remembered between two runs of the
//! program: what is published is a function of the files and the clock, so the first thing it does is to build.
//!
//! - *Never early*: a build asks for the instant that the clock shows before it begins.
//! - *Late by a build at most*: a build for changed files does not begin when it would be running at a change.
//! - *A clock that jumps*: forward, one build catches up; backward before the last change, the site goes back with it.
//! - *A build that fails* leaves the last good site; it is tried again after a second, two, four, … ten minutes, and as
//!   soon as the files change.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The first and the longest pause after a build that failed.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(600));

/// What following needs of the machine.
pub trait World {
    /// The clock.
    fn now(&self) -> Timestamp;

    /// A mark of the site's files: another one when any of them changed.
    fn mark(&mut self) -> Mark;

    /// Builds the site of this instant and switches the published folder over, or leaves it as it was.
    fn build(&mut self, at: Timestamp) -> Attempt;

    /// Rests until an instant (without one: for ever), or less: until files changed, the clock jumped, or it is time to
    /// stop.
    fn rest(&mut self, until: Option<Timestamp>, mark: &Mark) -> Rest;

    /// Tells people what happened.
    fn tell(&mut self, news: &News);
}

/// A mark of the site's files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark(pub String);

/// What came of a build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Attempt {
    /// The folder shows the site of that instant, and the same until the next change.
    Published {
        /// From when on it is the same; none: always.
        since: Option<Timestamp>,
        /// The next change; none: never.
        until: Option<Timestamp>,
    },
    /// The folder is as it was.
    Failed,
}

/// Why a rest ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    /// Time to look again.
    Over,
    /// Somebody asked the program to stop.
    Stop,
}

/// What people want to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// Published; the next change.
    Published {
        /// The instant that was built.
        at: Timestamp,
        /// The next change.
        next: Option<Timestamp>,
    },
    /// A build failed; the last good site stays.
    Failed {
        /// How many in a row.
        times: u32,
        /// When it is tried again.
        again: Timestamp,
    },
    /// The clock went back behind what is published.
    ClockWentBack,
    /// Stopped.
    Stopped,
}

/// What is published, or was tried last.
struct State {
    mark: Mark,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    failed: u32,
    /// How long the last build took.
    took: SignedDuration,
}

/// Follows until it is asked to stop.
pub fn follow(world: &mut impl World) {
    let mut state: Option<State> = None;
    loop {
        let now = world.now();
        let mark = world.mark();
        let next = match state.take() {
            Some(known) if !known.is_due(now, &mark) => known,
            known => {
                if known.as_ref().is_some_and(|known| known.is_before(now)) {
                    world.tell(&News::ClockWentBack);
                }
                attempt(world, now, mark, known)
            }
        };
        let wake = next.until;
        let seen = if next.hurries(now) { world.mark() } else { next.mark.clone() };
        state = Some(next);
        if world.rest(wake, &seen) == Rest::Stop {
            world.tell(&News::Stopped);
            return;
        }
    }
}

fn attempt(world: &mut impl World, at: Timestamp, mark: Mark, known: Option<State>) -> State {
    let attempt = world.build(at);
    let took = world.now().duration_since(at).max(SignedDuration::ZERO);
    match attempt {
        Attempt::Published { since, until } => {
            world.tell(&News::Published { at, next: until });
            State { mark, since, until, failed: 0, took }
        }
        Attempt::Failed => {
            let failed = known.map_or(0, |known| known.failed).saturating_add(1);
            // A failed build tells nothing of the next change; so the pause is the only wait.
            let again = at.checked_add(took).and_then(|end| end.checked_add(pause(failed))).unwrap_or(Timestamp::MAX);
            world.tell(&News::Failed { times: failed, again });
            State { mark, since: Some(at), until: Some(again), failed, took }
        }
    }
}

impl State {
    fn is_before(&self, now: Timestamp) -> bool {
        self.failed == 0 && self.since.is_some_and(|since| now < since)
    }

    /// True when what is published may not be what should be.
    fn is_due(&self, now: Timestamp, mark: &Mark) -> bool {
        let passed = self.until.is_some_and(|until| now >= until);
        let back = self.since.is_some_and(|since| now < since);
        passed || back || (mark != &self.mark && !self.hurries(now))
    }

    /// True when a build that begins now would be running at the next change: both are then built at once.
    fn hurries(&self, now: Timestamp) -> bool {
        let room = self.took.saturating_add(self.took);
        self.failed == 0 && self.until.is_some_and(|until| until > now && until.duration_since(now) < room)
    }
}

/// One second, two, four, … ten minutes.
fn pause(failed: u32) -> SignedDuration {
    let (first, longest) = PAUSE;
    let pause = first.saturating_mul(1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX)).min(longest);
    SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests;
