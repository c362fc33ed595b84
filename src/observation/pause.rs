//! How long nothing of a job started.

use serde::{Deserialize, Serialize};

use crate::clock::{SECOND_US, Span, Timestamp};
use crate::window::Period;

/// Seconds of a window that fit beside those of a pause.
const SECONDS: i64 = 1 << 31;

/// The longest observed stretch between two consecutive starts of a job in a window: excluded periods between
/// them do not count. Of equal ones the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pause {
    /// From one start to the next, without what is excluded between them, whole seconds.
    pub seconds: i64,
    /// The start that ends it, its part of a second cut off.
    pub until: Timestamp,
}

impl Pause {
    /// `excluded`: of the window, ascending. None of them holds a start.
    pub fn between(last: Timestamp, next: Timestamp, excluded: &[Period]) -> Self {
        let between = excluded.iter().filter(|gap| last < gap.end && gap.start < next);
        let excluded_us: i64 = between.map(|gap| gap.length().us()).sum();
        Self { seconds: (next.since(last).us() - excluded_us) / SECOND_US, until: Self::whole_second(next) }
    }

    /// The pause that `queries/dependence.sql` returns in one number, of a window that begins at `start`.
    pub fn unpack(packed: i64, start: Timestamp) -> Self {
        let until = Self::whole_second(start).us() + packed % SECONDS * SECOND_US;
        Self { seconds: packed / SECONDS, until: Timestamp(until) }
    }

    fn whole_second(at: Timestamp) -> Timestamp {
        Timestamp(at.us() / SECOND_US * SECOND_US)
    }

    /// About when it began, to two seconds.
    pub fn from(&self, excluded: &[Period]) -> Timestamp {
        let before = |from: Timestamp, gap: &Period| {
            let is_between = from < gap.end && gap.start < self.until;
            if is_between { from.plus(Span(-gap.length().us())) } else { from }
        };
        excluded.iter().rev().fold(self.until.plus(Span(-self.length().us())), before)
    }

    pub fn length(&self) -> Span {
        Span(self.seconds * SECOND_US)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp(second * SECOND_US)
    }

    #[test]
    fn an_excluded_period_is_no_part_of_a_pause_and_its_start_lies_before() {
        let excluded = [(10, 40), (50, 60)].map(|(start, end)| Period { start: at(start), end: at(end) });
        for (last, next, seconds) in [(0, 5, 5), (0, 45, 15), (5, 70, 25), (42, 48, 6), (61, 90, 29)] {
            let pause = Pause::between(at(last), at(next), &excluded);
            assert_eq!((pause.seconds, pause.from(&excluded)), (seconds, at(last)), "{last} to {next}");
        }
    }
}
