use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Attempt, Mark, News, PAUSE, Rest, World, follow};

/// A machine whose builds fail so many times; a rest is over when its instant comes, or when files change.
struct Stubborn {
    clock: Timestamp,
    failures: usize,
    /// The files change in this rest, counted from one.
    edited_in_rest: Option<usize>,
    rests: usize,
    files: u32,
    attempts: Vec<Timestamp>,
    news: Vec<News>,
}

impl Stubborn {
    fn new(failures: usize) -> Self {
        let clock = "2026-06-01T00:00:00Z".parse().unwrap_or_default();
        let (attempts, news) = (Vec::new(), Vec::new());
        Self { clock, failures, edited_in_rest: None, rests: 0, files: 0, attempts, news }
    }

    /// Whole seconds between one attempt and the next.
    fn pauses(&self) -> Vec<i64> {
        self.attempts.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_secs()).collect()
    }
}

impl World for Stubborn {
    fn now(&self) -> Timestamp {
        self.clock
    }

    fn mark(&mut self) -> Mark {
        Mark(self.files.to_string())
    }

    fn build(&mut self, at: Timestamp) -> Attempt {
        self.attempts.push(at);
        if self.attempts.len() <= self.failures {
            return Attempt::Failed;
        }
        Attempt::Published { since: None, until: None }
    }

    fn rest(&mut self, until: Option<Timestamp>, _mark: &Mark) -> Rest {
        self.rests += 1;
        let Some(until) = until else { return Rest::Stop };
        if self.edited_in_rest == Some(self.rests) {
            self.files += 1;
            self.clock = self.clock.checked_add(SignedDuration::from_millis(100)).unwrap_or(self.clock);
            return Rest::Over;
        }
        self.clock = self.clock.max(until);
        Rest::Over
    }

    fn tell(&mut self, news: &News) {
        self.news.push(news.clone());
    }
}

#[test]
fn a_build_that_fails_is_tried_again_after_longer_and_longer_pauses_up_to_ten_minutes() {
    let mut world = Stubborn::new(13);
    follow(&mut world);
    assert_eq!(world.pauses(), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
    assert_eq!(PAUSE.1, Duration::from_secs(600));
    let told: Vec<u32> = world
        .news
        .iter()
        .filter_map(|news| if let News::Failed { times, .. } = news { Some(*times) } else { None })
        .collect();
    assert_eq!(told, (1..=13).collect::<Vec<u32>>(), "each failure is told, with how many in a row");
    assert!(matches!(world.news.get(13..), Some([News::Published { .. }, News::Stopped])), "{:?}", world.news);
}

#[test]
fn a_changed_file_ends_the_pause_after_a_failure() {
    let mut world = Stubborn { edited_in_rest: Some(8), ..Stubborn::new(8) };
    follow(&mut world);
    assert_eq!(world.pauses(), [1, 2, 4, 8, 16, 32, 64, 0], "the mended site is not kept waiting");
}
