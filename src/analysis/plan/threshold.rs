//! Thresholds that may differ by metric: set for one metric, for its kind, or for all.

use crate::analysis::metric::{self, Metric, Value};

/// A threshold by metric. Of what is set the nearest counts: that of the metric itself, that of its kind,
/// that of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByMetric<T> {
    pub all: Option<T>,
    pub duration: Option<T>,
    pub rate: Option<T>,
    /// For one metric, in the order of the table.
    pub own: [Option<T>; metric::COUNT],
}

impl<T> Default for ByMetric<T> {
    fn default() -> Self {
        Self { all: None, duration: None, rate: None, own: [const { None }; metric::COUNT] }
    }
}

impl<T: Copy> ByMetric<T> {
    /// The same for every metric.
    pub fn of_all(value: T) -> Self {
        Self { all: Some(value), ..Self::default() }
    }

    /// With a value for one metric of the runs.
    #[must_use]
    pub fn with(mut self, metric: &Metric, value: T) -> Self {
        if let Some(own) = metric.place().and_then(|place| self.own.get_mut(place)) {
            *own = Some(value);
        }
        self
    }

    /// The value for a metric; `None` where none is set.
    pub fn of(&self, metric: &Metric) -> Option<T> {
        let kind = match metric.value {
            Value::Duration { .. } => self.duration,
            Value::Share(_) => self.rate,
            _ => None,
        };
        metric.place().and_then(|place| self.own[place]).or(kind).or(self.all)
    }

    /// These, and `farther` where they set nothing for a metric: what a job sets goes before what is set
    /// for all jobs, however narrowly.
    #[must_use]
    pub fn or(self, farther: Self) -> Self {
        let resolved = |metric: &Metric| self.of(metric).or(farther.of(metric));
        Self {
            all: self.all.or(farther.all),
            duration: self.duration.or(self.all).or(farther.duration),
            rate: self.rate.or(self.all).or(farther.rate),
            own: metric::ALL.map(resolved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_threshold_counts() {
        let everywhere = ByMetric { duration: Some(20), ..ByMetric::of_all(10) };
        let everywhere = everywhere.with(&metric::P95_DURATION, 100);
        let of = |found: ByMetric<i32>| {
            [&metric::P95_DURATION, &metric::MEDIAN_DURATION, &metric::P99_DURATION, &metric::FAILURE_RATE]
                .map(|metric| found.of(metric))
        };
        assert_eq!(of(everywhere), [Some(100), Some(20), Some(20), Some(10)]);
        assert_eq!(of(ByMetric::of_all(4).or(everywhere)), [Some(4); 4], "a job's own goes before");
        let narrow = ByMetric::default().with(&metric::FAILURE_RATE, 7).or(everywhere);
        assert_eq!(of(narrow), [Some(100), Some(20), Some(20), Some(7)]);
        assert_eq!(ByMetric::<i32>::default().of(&metric::MEDIAN_DURATION), None);
    }
}
