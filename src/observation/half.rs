//! What was seen of one job in a part of a window.

use serde::{Deserialize, Serialize};

use super::compact::is_nothing;
use super::durations::DurationTable;
use super::outcomes::Outcomes;

/// What was seen of one job in one half of a window's observed length; both halves together are the
/// window's outcomes, durations and starts on time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HalfObservations {
    /// Rows by what became of them.
    #[serde(skip_serializing_if = "is_nothing")]
    pub outcomes: Outcomes,
    /// Durations of successful runs.
    #[serde(skip_serializing_if = "is_nothing")]
    pub durations: DurationTable,
    /// First attempts that started on time, of `outcomes.first_starts()`; `None` where that was not measured, as in
    /// [`Dependence::on_time`].
    #[serde(skip_serializing_if = "is_nothing")]
    pub on_time: Option<u64>,
}

impl HalfObservations {
    /// Both halves together.
    #[must_use]
    pub fn together([mut first, second]: [Self; 2]) -> Self {
        first.merge(&second);
        first
    }

    /// Adds what another part of the same half, or another job, showed. Starts on time are lost where
    /// either part started runs without measuring them.
    pub fn merge(&mut self, other: &Self) {
        let measured =
            |half: &Self| half.on_time.or_else(|| (half.outcomes.first_starts() == 0).then_some(0));
        self.on_time = match (self.on_time, other.on_time) {
            (None, None) => None,
            _ => measured(self).zip(measured(other)).map(|(a, b)| a + b),
        };
        self.outcomes.merge(&other.outcomes);
        self.durations.merge(&other.durations);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_on_time_are_lost_with_runs_that_were_not_measured() {
        let half = |completed, on_time| HalfObservations {
            outcomes: Outcomes { completed, ..Outcomes::default() },
            on_time,
            ..HalfObservations::default()
        };
        let merged = |mut a: HalfObservations, b: &HalfObservations| {
            a.merge(b);
            a.on_time
        };
        assert_eq!(merged(half(3, Some(2)), &half(4, Some(1))), Some(3));
        assert_eq!(merged(half(3, Some(2)), &half(4, None)), None);
        assert_eq!(merged(half(3, Some(2)), &half(0, None)), Some(2));
        assert_eq!(merged(half(0, None), &half(0, None)), None);
    }

    #[test]
    fn what_an_earlier_report_did_not_keep_is_absent() {
        let read: HalfObservations = serde_json::from_str("{}").unwrap();
        assert_eq!(read.on_time, None);
    }
}
