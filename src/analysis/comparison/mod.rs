//! What changed in a metric, and what that rests on.

pub mod duration_trial;
pub mod evidence;
pub mod family;
pub(in crate::analysis) mod rate_counts;
pub mod rate_trial;
pub mod restriction;
pub mod restrictions;
pub mod verdict;
pub(in crate::analysis) mod wording;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::family::Judged;
use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::restrictions::Restrictions;
use crate::analysis::comparison::verdict::Rules;
use crate::analysis::figures::failure::FailureClass;
use crate::analysis::metric::{self, Method, Metric, Value};
use crate::analysis::{Analysis, parallel};
use crate::window::PerSide;

/// Comparisons by metric name.
pub type Comparisons = BTreeMap<String, Comparison>;

/// The verdict of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Interval of `change`, in the metric's own unit; for what was tested.
    pub interval: Option<[f64; 2]>,
    /// p value of the test.
    pub p: Option<f64>,
    /// The same, adjusted for the family of comparisons; for what was tested.
    pub p_adjusted: Option<f64>,
    /// Smallest change worth a word, in the unit of `change`; for what was tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// Variance inflation that p and the intervals include: the larger of both windows. For what was tested;
    /// left out where dependence was not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflation: Option<f64>,
    /// Probability that a run after is faster than one before, ties counted half; for `median_duration` only.
    pub probability_faster: Option<f64>,
    /// First and second half of the stagger window, each against the baseline, in the unit of `change`;
    /// for the tested metrics; of `on_time_rate` where starts on time were counted by halves.
    pub halves: Option<[f64; 2]>,
    /// What restricts it besides; the report's caveats of these codes say it in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<Restriction>,
    /// `null` for metrics without a test.
    pub verdict: Option<ComparisonVerdict>,
    /// Why, in words. Without a verdict it says what the metric is, and is `null` without `--tables`.
    #[serde(with = "text_or_null")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub reason: String,
    /// What each rule of the verdict was answered; not in the JSON report.
    #[serde(skip)]
    pub rules: Option<Rules>,
}

impl Comparison {
    /// `values` side by side; `rates` are what their change is of.
    fn of(values: PerSide<Option<f64>>, rates: PerSide<Option<f64>>) -> Self {
        let change = rates.both().map(|rates| rates.stagger - rates.baseline);
        Self {
            baseline: values.baseline,
            stagger: values.stagger,
            change,
            relative_change: change.and_then(|change| per(Some(change), rates.baseline)),
            ..Self::default()
        }
    }

    /// What nothing is tested of.
    fn described(
        method: Method,
        values: PerSide<Option<f64>>,
        hours: PerSide<f64>,
        restrictions: &Restrictions,
    ) -> Self {
        let rates = match method {
            Method::PerHour => values.zip(hours).map(|(value, hours)| per(value, Some(hours))),
            _ => values,
        };
        let (verdict, reason) = match method {
            Method::PerHour => (None, COUNT.to_owned()),
            Method::Description(reason) | Method::Extreme(reason) => (None, reason.to_owned()),
            Method::Test(_) => (Some(ComparisonVerdict::NotMeasured), wording::no_data(values)),
            Method::AfterOnly => (None, String::new()),
        };
        let caveats = restrictions.caveats.iter().copied().collect();
        Self { halves: restrictions.halves, caveats, verdict, reason, ..Self::of(values, rates) }
    }

    /// Whether `restriction` touches it.
    pub fn is_restricted_by(&self, restriction: Restriction) -> bool {
        self.caveats.contains(&restriction)
    }

    /// Whether a change was shown, for better or for worse.
    pub fn is_change(&self) -> bool {
        matches!(self.verdict, Some(ComparisonVerdict::Improved | ComparisonVerdict::Regressed))
    }
}

/// An empty text as `null`.
mod text_or_null {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        Some(text).filter(|text| !text.is_empty()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or_default())
    }
}

const COUNT: &str = "a count: the change is per observed hour, and there is no test";
const ALL_JOBS: &str = "durations of different jobs are described together, not tested";

/// Something of all jobs together, and of each by its place in the report.
#[derive(Clone, Debug, Default)]
pub struct PerSubject<T> {
    pub totals: T,
    pub jobs: Vec<T>,
}

/// Every comparison, made once: trials, their p values adjusted in one family, verdicts, what restricts these,
/// and from all of it the comparisons.
pub(in crate::analysis) fn compare(analysis: &Analysis, bench: &Bench<'_>) -> PerSubject<Comparisons> {
    let judged = evidence::judged(&analysis.jobs, bench);
    let restrictions = restrictions::find(analysis, bench, &judged);
    let new_errors = new_errors(&analysis.failures);
    let hours = analysis.observed_seconds.map(|seconds| seconds / 3_600.0);
    let jobs = parallel::map(&analysis.jobs, |place, job| {
        let new = new_errors.get(job.name.as_str()).copied().unwrap_or(0);
        let metrics = metric::ALL.into_iter().filter(|metric| metric.per_job);
        let of = |metric: &'static Metric| {
            let values = PerSide::of(|side| metric.in_window(job.get(side)));
            (metric, metric.method, with_new_errors(metric, values, new))
        };
        let (judged, restrictions) = (judged.jobs.get(place), restrictions.jobs.get(place));
        made(metrics.map(of), hours, judged, restrictions)
    });
    let new = new_errors.values().sum();
    let metrics = metric::ALL.into_iter().filter(|metric| metric.method != Method::AfterOnly);
    let of = |metric: &'static Metric| {
        let values = PerSide::of(|side| metric.in_totals(analysis.totals.get(side)));
        let method = match metric.method {
            Method::Test(_) if metric.is_duration() => Method::Description(ALL_JOBS),
            method => method,
        };
        (metric, method, with_new_errors(metric, values, new))
    };
    let totals = made(metrics.map(of), hours, Some(&judged.totals), Some(&restrictions.totals));
    PerSubject { totals, jobs }
}

/// The comparisons of one subject: judged ones where there was a trial, descriptions of the others.
fn made(
    metrics: impl Iterator<Item = (&'static Metric, Method, PerSide<Option<f64>>)>,
    hours: PerSide<f64>,
    judged: Option<&BTreeMap<&'static Metric, Judged>>,
    restrictions: Option<&BTreeMap<&'static Metric, Restrictions>>,
) -> Comparisons {
    let unrestricted = Restrictions::default();
    let of = |(metric, method, values): (&'static Metric, Method, PerSide<Option<f64>>)| {
        let restrictions = restrictions.and_then(|all| all.get(metric)).unwrap_or(&unrestricted);
        let comparison = match judged.and_then(|all| all.get(metric)) {
            Some(judged) => judged.comparison(values, restrictions),
            None => Comparison::described(method, values, hours, restrictions),
        };
        (metric.name().to_owned(), comparison)
    };
    metrics.map(of).collect()
}

fn with_new_errors(metric: &Metric, values: PerSide<Option<f64>>, new: u64) -> PerSide<Option<f64>> {
    match metric.value {
        Value::NewErrors => PerSide { baseline: None, stagger: Some(new as f64) },
        _ => values,
    }
}

/// How many classes of failure of each job are new.
fn new_errors(failures: &[FailureClass]) -> BTreeMap<&str, u64> {
    let mut new: BTreeMap<&str, u64> = BTreeMap::new();
    for class in failures.iter().filter(|class| class.new) {
        *new.entry(&class.job).or_default() += 1;
    }
    new
}

/// A share of something; of nothing there is none.
fn per(value: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let whole = whole.filter(|whole| whole.abs() > 0.0)?;
    value.map(|value| value / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: PerSide<f64> = PerSide { baseline: 0.5, stagger: 8.0 };

    fn described(metric: &Metric, before: Option<f64>, after: Option<f64>) -> Comparison {
        let values = PerSide { baseline: before, stagger: after };
        Comparison::described(metric.method, values, HOURS, &Restrictions::default())
    }

    #[test]
    fn counts_change_per_observed_hour() {
        let slow = described(&metric::SLOW_RUNS, Some(2.0), Some(40.0));
        assert_eq!((slow.baseline, slow.stagger), (Some(2.0), Some(40.0)));
        assert_eq!((slow.change, slow.relative_change), (Some(1.0), Some(0.25))); // 4 an hour, then 5
        assert_eq!((slow.verdict, slow.p), (None, None));
        assert!(slow.reason.contains("per observed hour"));
    }

    #[test]
    fn a_zero_baseline_has_no_relative_change() {
        let missed = described(&metric::MISSED_RUNS, Some(0.0), Some(8.0));
        assert_eq!((missed.change, missed.relative_change), (Some(1.0), None));
    }

    #[test]
    fn tested_metrics_without_data_are_not_measured() {
        for (before, after, reason) in [
            (None, Some(0.5), "no data in the baseline window"),
            (Some(1.0), None, "no data in the stagger window"),
            (None, None, "no data in either window"),
        ] {
            let rate = described(&metric::ON_TIME_RATE, before, after);
            assert_eq!((rate.verdict, rate.reason.as_str()), (Some(ComparisonVerdict::NotMeasured), reason));
            assert_eq!(rate.change, None);
        }
    }

    #[test]
    fn levels_say_what_they_are() {
        let peak = described(&metric::PEAK_CONCURRENCY, Some(4.0), Some(2.0));
        assert_eq!((peak.change, peak.relative_change, peak.verdict), (Some(-2.0), Some(-0.5), None));
        assert!(peak.reason.contains("highest level"));
    }
}
