//! The series of a metric, from the counts of its slices.

use crate::analysis::metric::{self, Metric};
use crate::analysis::statistics::change_point::{ChangePoint, Point, mean, share};
use crate::clock::DAY_US;
use crate::observation::slices::{Course, SliceCounts, SlicePlan};

/// What the course of a metric is, and how its change is found.
#[derive(Clone, Copy)]
pub(super) struct Series {
    /// Of a slice: the sum of the values of its runs, and how many these are.
    pub(super) part: fn(&SliceCounts) -> (u64, u64),
    find: fn(&[Point]) -> Option<ChangePoint>,
}

const RANKS: Series = Series { part: |slice| (slice.ranks, slice.durations), find: mean::find };
const SLOW: Series = Series { part: |slice| (slice.slow, slice.durations), find: mean::find };
const COMPLETED: Series = Series { part: |slice| (slice.completed, slice.decided), find: share::find };
const FAILED: Series = Series { part: |slice| (slice.failed, slice.decided), find: share::find };

impl Series {
    /// `None` of a metric whose course is not looked at. The slowest runs of a job have a course of their own only
    /// where the others did not change: else they are slow at the hours at which all are.
    pub(super) fn of(metric: &Metric, median_changed: bool) -> Option<Self> {
        match metric {
            m if *m == metric::MEDIAN_DURATION || *m == metric::MEAN_DURATION => Some(RANKS),
            m if *m == metric::P95_DURATION => Some(if median_changed { RANKS } else { SLOW }),
            m if *m == metric::COMPLETION_RATE => Some(COMPLETED),
            m if *m == metric::FAILURE_RATE => Some(FAILED),
            _ => None,
        }
    }

    /// The same for all jobs together, whose durations are not compared.
    pub(super) fn of_all(metric: &Metric) -> Option<Self> {
        Self::of(metric, false).filter(|_| metric.share().is_some())
    }

    /// Between which slices it changed: the last that may be before, and the first that may be after.
    pub(super) fn change(self, slices: &Course, plan: &SlicePlan) -> Option<(i64, i64, ChangePoint)> {
        let days = |number: i64| (number as f64 + 0.5) * plan.length.us() as f64 / DAY_US as f64;
        let point = |(number, counts): (&i64, &SliceCounts)| {
            let (sum, of) = (self.part)(counts);
            (of > 0).then_some((*number, Point { day: days(*number), sum: sum as f64, of: of as f64 }))
        };
        let (numbers, points): (Vec<i64>, Vec<Point>) = slices.iter().filter_map(point).unzip();
        let found = (self.find)(&points)?;
        Some((*numbers.get(found.first.checked_sub(1)?)?, *numbers.get(found.last)?, found))
    }
}
