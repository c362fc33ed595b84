//! What changed in a metric, and what that rests on.

pub mod duration_trial;
pub mod evidence;
pub mod family;
pub mod limit;
pub(in crate::analysis) mod limits;
pub(in crate::analysis) mod rate_counts;
pub mod rate_trial;
pub mod verdict;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::limit::Limit;
use crate::analysis::metric::{self, Method, Metric};
use crate::window::PerSide;

/// Comparisons by metric name.
pub type Comparisons = BTreeMap<String, Comparison>;

/// The verdict of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonVerdict {
    /// Better, shown.
    Improved,
    /// Worse, shown.
    Regressed,
    /// Shown to be the same within the margin.
    NoMaterialChange,
    /// The data do not decide.
    Inconclusive,
    /// There are no data.
    NotMeasured,
}

impl ComparisonVerdict {
    /// The words that readers see.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Regressed => "regressed",
            Self::NoMaterialChange => "no material change",
            Self::Inconclusive => "undecided",
            Self::NotMeasured => "not measured",
        }
    }
}

/// What changed in one metric, and what that rests on. `change` is stagger − baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Value before, in the metric's own unit.
    pub baseline: Option<f64>,
    /// Value after.
    pub stagger: Option<f64>,
    /// `stagger - baseline`; for counts per observed hour.
    pub change: Option<f64>,
    /// `change / baseline`; `null` when the baseline is zero.
    pub relative_change: Option<f64>,
    /// Hodges–Lehmann shift, for `median_duration` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<f64>,
    /// The shift relative to the baseline's median.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_relative: Option<f64>,
    /// Interval of the shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_interval: Option<[f64; 2]>,
    /// Interval of `change`, in the metric's own unit.
    pub interval: Option<[f64; 2]>,
    /// p value of the test.
    pub p: Option<f64>,
    /// The same, adjusted for the family of comparisons.
    pub p_adjusted: Option<f64>,
    /// Smallest change worth a word, in the unit of `change`; for what was tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// Variance inflation by the dependence of consecutive runs, the larger of both sides, that p and
    /// intervals bear; for what was tested, and `null` there where it was not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflation: Option<f64>,
    /// Probability that a run after is faster than one before, ties counted half.
    pub probability_faster: Option<f64>,
    /// First and second half of the stagger window, each against the baseline, in the unit of `change`;
    /// for the tested metrics; of `on_time_rate` where starts on time were counted by halves.
    pub halves: Option<[f64; 2]>,
    /// What limits it besides; the report's caveats of these codes say it in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<Limit>,
    /// `null` for metrics without a test.
    pub verdict: Option<ComparisonVerdict>,
    /// Why, in words.
    pub reason: String,
}

impl Comparison {
    /// Whether `limit` touches it.
    pub fn is_limited_by(&self, limit: Limit) -> bool {
        self.caveats.contains(&limit)
    }

    pub(in crate::analysis) fn limit(&mut self, limit: Limit) {
        if !self.is_limited_by(limit) {
            self.caveats.push(limit);
            self.caveats.sort_unstable();
        }
    }
}

const COUNT: &str = "a count: the change is per observed hour, and there is no test";
const ALL_JOBS: &str = "durations of different jobs are described together, not tested";

/// One comparison a metric for one job. `value` gives the values, `hours` are the observed hours of the
/// two windows.
pub fn of_job(value: impl Fn(&Metric) -> PerSide<Option<f64>>, hours: PerSide<Option<f64>>) -> Comparisons {
    let metrics = metric::ALL.into_iter().filter(|metric| metric.per_job);
    metrics.map(|metric| (metric.name().to_owned(), compare(metric.method, value(metric), hours))).collect()
}

/// One comparison a metric for all jobs together.
pub fn of_totals(
    value: impl Fn(&Metric) -> PerSide<Option<f64>>,
    hours: PerSide<Option<f64>>,
) -> Comparisons {
    let method = |metric: &Metric| match metric.method {
        Method::Test(..) if metric.is_duration() => Method::Description(ALL_JOBS),
        method => method,
    };
    let metrics = metric::ALL.into_iter().filter(|metric| metric.method != Method::AfterOnly);
    metrics.map(|metric| (metric.name().to_owned(), compare(method(metric), value(metric), hours))).collect()
}

fn compare(method: Method, values: PerSide<Option<f64>>, hours: PerSide<Option<f64>>) -> Comparison {
    let rates = match method {
        Method::PerHour => PerSide {
            baseline: per(values.baseline, hours.baseline),
            stagger: per(values.stagger, hours.stagger),
        },
        _ => values,
    };
    let change = rates.stagger.zip(rates.baseline).map(|(after, before)| after - before);
    let (verdict, reason) = match method {
        Method::PerHour => (None, COUNT.to_owned()),
        Method::Description(reason) | Method::Extreme(reason) => (None, reason.to_owned()),
        Method::AfterOnly => (None, String::new()),
        Method::Test(..) => match missing(values) {
            Some(windows) => (Some(ComparisonVerdict::NotMeasured), format!("no data in {windows}")),
            None => (Some(ComparisonVerdict::Inconclusive), "not tested yet".to_owned()),
        },
    };
    Comparison {
        baseline: values.baseline,
        stagger: values.stagger,
        change,
        relative_change: change.and_then(|change| per(Some(change), rates.baseline)),
        verdict,
        reason,
        ..Comparison::default()
    }
}

/// A share of something; of nothing there is none.
fn per(value: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let whole = whole.filter(|whole| whole.abs() > 0.0)?;
    value.map(|value| value / whole)
}

/// The windows without a value.
fn missing(values: PerSide<Option<f64>>) -> Option<&'static str> {
    match (values.baseline, values.stagger) {
        (None, None) => Some("either window"),
        (None, _) => Some("the baseline window"),
        (_, None) => Some("the stagger window"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: PerSide<Option<f64>> = PerSide { baseline: Some(0.5), stagger: Some(8.0) };

    fn values(baseline: impl Into<Option<f64>>, stagger: impl Into<Option<f64>>) -> PerSide<Option<f64>> {
        PerSide { baseline: baseline.into(), stagger: stagger.into() }
    }

    #[test]
    fn counts_change_per_observed_hour() {
        let slow = &of_job(|_| values(2.0, 40.0), HOURS)["slow_runs"];
        assert_eq!((slow.baseline, slow.stagger), (Some(2.0), Some(40.0)));
        assert_eq!((slow.change, slow.relative_change), (Some(1.0), Some(0.25))); // 4 an hour, then 5
        assert_eq!((slow.verdict, slow.p), (None, None));
        assert!(slow.reason.contains("per observed hour"));
    }

    #[test]
    fn a_zero_baseline_has_no_relative_change() {
        let missed = &of_job(|_| values(0.0, 8.0), HOURS)["missed_runs"];
        assert_eq!((missed.change, missed.relative_change), (Some(1.0), None));
    }

    #[test]
    fn tested_metrics_without_data_are_not_measured() {
        for (before, after, verdict, reason) in [
            (Some(1.0), Some(0.5), ComparisonVerdict::Inconclusive, "not tested yet"),
            (None, Some(0.5), ComparisonVerdict::NotMeasured, "no data in the baseline window"),
            (Some(1.0), None, ComparisonVerdict::NotMeasured, "no data in the stagger window"),
            (None, None, ComparisonVerdict::NotMeasured, "no data in either window"),
        ] {
            let median = &of_job(|_| values(before, after), HOURS)["median_duration"];
            assert_eq!((median.verdict, median.reason.as_str()), (Some(verdict), reason));
            assert_eq!(median.change.is_some(), verdict == ComparisonVerdict::Inconclusive);
        }
    }

    #[test]
    fn levels_belong_to_the_totals_and_say_what_they_are() {
        let job = of_job(|_| values(4.0, 2.0), HOURS);
        let totals = of_totals(|_| values(4.0, 2.0), HOURS);
        assert!(!job.contains_key("peak_concurrency"));
        let peak = &totals["peak_concurrency"];
        assert_eq!((peak.change, peak.relative_change, peak.verdict), (Some(-2.0), Some(-0.5), None));
        assert!(peak.reason.contains("highest level"));
        assert_eq!(totals["median_duration"].verdict, None);
        assert_eq!(totals["completion_rate"].verdict, Some(ComparisonVerdict::Inconclusive));
        assert!(!totals.contains_key("collisions"));
    }
}
