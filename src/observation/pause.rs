//! How long nothing of a job started.

use serde::{Deserialize, Serialize};

use crate::clock::{SECOND_US, Span, Timestamp};

/// Seconds of a window that fit beside those of a pause.
const SECONDS: i64 = 1 << 31;

/// The longest stretch between two consecutive starts of a job in a window, excluded periods included; of
/// equal ones the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pause {
    /// From one start to the next, whole seconds.
    pub seconds: i64,
    /// The start that ends it, its part of a second cut off.
    pub until: Timestamp,
}

impl Pause {
    pub fn between(last: Timestamp, next: Timestamp) -> Self {
        Self { seconds: next.since(last).us() / SECOND_US, until: Self::whole_second(next) }
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
    pub fn from(&self) -> Timestamp {
        Timestamp(self.until.us() - self.length().us())
    }

    pub fn length(&self) -> Span {
        Span(self.seconds * SECOND_US)
    }
}
