//! What the tested rates of one job in one window are made of, for the window and for each half of it.

use crate::analysis::comparison::rate_trial::Proportion;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{Denominator, Metric};
use crate::analysis::statistics::dependence;
use crate::observation::{JobObservations, LagSums};

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
    /// The counts of `metric`; `None` where there is nothing that it could be a share of: for another metric,
    /// or without a schedule or a start. What was counted in the database belongs to the same schedule only
    /// if it comes to as many; a baseline from an earlier report may have been made with another one.
    pub(in crate::analysis) fn of(
        metric: &Metric,
        window: &JobWindow,
        seen: &JobObservations,
    ) -> Option<Self> {
        let share = metric.share()?;
        let (hits, of) = match (share.rate)(window) {
            Some(rate) => (rate.hits, rate.of),
            None if share.of != Denominator::ScheduledStarts => (0, 0),
            None => return None,
        };
        let [first, second] = seen.halves.each_ref().map(share.half);
        let halves = first.zip(second).map(|(first, second)| [first, second]);
        let is_whole = |[first, second]: &[(u64, u64); 2]| first.0 + second.0 == hits;
        let is_same = |lag: &&LagSums| lag.n == of && u64::try_from(lag.sum) == Ok(hits);
        Some(Self {
            whole: (hits, of),
            halves: halves.filter(is_whole),
            inflation: (share.lag)(&seen.dependence).filter(is_same).map(dependence::inflation_of_outcomes),
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
    use crate::analysis::metric;
    use crate::observation::{HalfObservations, Outcomes};

    fn counts(hits: u64, started: u64, seen: &JobObservations) -> Option<RateCounts> {
        let window = JobWindow { on_time_rate: Rate::new(hits, started), ..JobWindow::default() };
        RateCounts::of(&metric::ON_TIME_RATE, &window, seen)
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
