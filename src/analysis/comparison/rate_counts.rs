//! What the tested rates of one job in one window are made of, for the window and for each half of it.

use crate::analysis::comparison::rate_trial::Proportion;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::analysis::statistics::dependence;
use crate::observation::{JobObservations, LagSums, Outcomes};

/// The runs that count in a rate, and those it is a share of.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct RateCounts {
    whole: (u64, u64),
    /// `None` where starts on time were not counted by halves.
    halves: Option<[(u64, u64); 2]>,
    /// How runs resemble their predecessors, in the halves as in the whole; `None` where not measured.
    inflation: Option<f64>,
}

impl RateCounts {
    /// The counts of `metric`, a rate; `None` where there is nothing that it could be a share of: for
    /// `on_time_rate` without a schedule or without runs.
    pub(in crate::analysis) fn of(
        metric: &'static Metric,
        window: &JobWindow,
        seen: &JobObservations,
    ) -> Option<Self> {
        if metric == &metric::ON_TIME_RATE {
            return Self::on_time(window, seen);
        }
        Some(Self::outcomes(metric, seen))
    }

    /// The counts of a rate of outcomes.
    pub(in crate::analysis) fn outcomes(metric: &'static Metric, seen: &JobObservations) -> Self {
        let completed = metric == &metric::COMPLETION_RATE;
        let counts = |outcomes: &Outcomes| {
            let failed = outcomes.failed + outcomes.timed_out;
            (if completed { outcomes.completed } else { failed }, outcomes.decided())
        };
        let lag = if completed { &seen.dependence.completed } else { &seen.dependence.failed };
        Self {
            whole: counts(&seen.outcomes),
            halves: Some(seen.halves.each_ref().map(|half| counts(&half.outcomes))),
            inflation: lag.as_ref().map(dependence::inflation_of_outcomes),
        }
    }

    /// The starts on time, taken back from their share: finding them again would mean to go through the
    /// schedule once more. What was counted where the rows are belongs to the same schedule only if it comes
    /// to as many; a baseline from an earlier report may have been made with another one.
    fn on_time(window: &JobWindow, seen: &JobObservations) -> Option<Self> {
        let started: u64 = seen.start_seconds.values().sum();
        let hits = window.on_time_rate?.hits(started);
        let [first, second] =
            seen.halves.each_ref().map(|half| Some((half.on_time?, half.outcomes.started())));
        let halves = first.zip(second).map(|(first, second)| [first, second]);
        let is_whole = |[first, second]: &[(u64, u64); 2]| first.0 + second.0 == hits;
        let is_same = |lag: &&LagSums| lag.n == started && u64::try_from(lag.sum) == Ok(hits);
        Some(Self {
            whole: (hits, started),
            halves: halves.filter(is_whole),
            inflation: seen
                .dependence
                .on_time
                .as_ref()
                .filter(is_same)
                .map(dependence::inflation_of_outcomes),
        })
    }

    /// The rate of the whole window.
    pub(in crate::analysis) fn whole(&self) -> Proportion {
        self.proportion(self.whole)
    }

    /// The rate of each half.
    pub(in crate::analysis) fn halves(&self) -> Option<[Proportion; 2]> {
        self.halves.map(|halves| halves.map(|counts| self.proportion(counts)))
    }

    fn proportion(&self, (hits, of): (u64, u64)) -> Proportion {
        Proportion { hits, of, inflation: self.inflation }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::rate::Rate;
    use crate::observation::HalfObservations;

    fn counts(hits: u64, started: u64, seen: &JobObservations) -> Option<RateCounts> {
        let window = JobWindow { on_time_rate: Rate::of(hits, started), ..JobWindow::default() };
        RateCounts::of(&metric::ON_TIME_RATE, &window, seen)
    }

    #[test]
    fn starts_on_time_are_counted_back_from_their_share() {
        for started in 1..200_u64 {
            for hits in 0..=started {
                let seen =
                    JobObservations { start_seconds: [(0, started)].into(), ..JobObservations::default() };
                let expected = RateCounts { whole: (hits, started), halves: None, inflation: None };
                assert_eq!(counts(hits, started, &seen), Some(expected));
            }
        }
        assert_eq!(counts(0, 0, &JobObservations::default()), None);
    }

    #[test]
    fn what_was_counted_by_another_schedule_is_not_taken() {
        let half = |on_time, completed| HalfObservations {
            outcomes: Outcomes { completed, ..Outcomes::default() },
            on_time: Some(on_time),
            ..HalfObservations::default()
        };
        let mut seen = JobObservations { start_seconds: [(0, 8), (7, 2)].into(), ..Default::default() };
        seen.halves = [half(5, 5), half(3, 5)];
        seen.dependence.on_time = Some([1, 1, 1, 1, 1, 0, 0, 1, 1, 1].into_iter().collect());
        let same = counts(8, 10, &seen).unwrap();
        assert_eq!(same.halves, Some([(5, 5), (3, 5)]));
        assert!(same.inflation.is_some_and(|inflation| inflation > 1.0), "{same:?}");
        let other = counts(2, 10, &seen).unwrap();
        assert_eq!(other, RateCounts { whole: (2, 10), halves: None, inflation: None });
    }
}
