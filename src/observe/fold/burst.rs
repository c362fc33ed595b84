//! How many runs started within one clock-aligned burst window, at most, and when first.

use crate::clock::Timestamp;
use crate::observation::StartBurst;

/// Bursts, counted from starts in the order of time.
#[derive(Debug)]
pub(super) struct Bursts {
    length_us: i64,
    /// The burst that is being counted, by its number, and its runs.
    current: Option<(i64, u64)>,
    /// The largest of those before it, the earliest of equal ones.
    largest: Option<StartBurst>,
}

impl Bursts {
    pub(super) fn new(length_us: i64) -> Self {
        Self { length_us, current: None, largest: None }
    }

    pub(super) fn add(&mut self, started_us: i64) {
        let number = started_us / self.length_us;
        match &mut self.current {
            Some((known, runs)) if *known == number => *runs += 1,
            _ => {
                self.settle();
                self.current = Some((number, 1));
            }
        }
    }

    fn settle(&mut self) {
        let Some((number, runs)) = self.current.take() else { return };
        if self.largest.is_none_or(|known| runs > known.runs) {
            self.largest = Some(StartBurst { runs, at: Timestamp(number * self.length_us) });
        }
    }

    /// The largest, the earliest of equal ones; `None` when nothing started.
    pub(super) fn largest(mut self) -> Option<StartBurst> {
        self.settle();
        self.largest
    }
}
