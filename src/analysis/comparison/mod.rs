//! What changed in a metric, and what that rests on.

pub mod change_unit;
pub mod duration_trial;
pub mod evidence;
pub mod family;
pub mod job_verdict;
pub mod missing_runs;
mod per_subject;
pub(in crate::analysis) mod rate_counts;
pub mod rate_trial;
pub mod restriction;
pub mod restrictions;
mod result;
pub mod verdict;
pub(in crate::analysis) mod wording;

use std::collections::BTreeMap;

pub use self::per_subject::PerSubject;
pub use self::result::{Comparison, Comparisons};
pub use self::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::family::Judged;
use crate::analysis::comparison::restriction::Restrictions;
use crate::analysis::comparison::result::per;
use crate::analysis::figures::failure::{FailureClass, new_classes};
use crate::analysis::metric::{self, Method, Metric, Value};
use crate::analysis::{Analysis, parallel};
use crate::window::PerSide;

const COUNT: &str = "a count: the change is per observed hour, and there is no test";
const ALL_JOBS: &str = "durations of different jobs are described together, not tested";

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
    let new = new_classes(&analysis.failures).len() as u64;
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

/// What nothing is tested of.
fn described(
    method: Method,
    values: PerSide<Option<f64>>,
    hours: PerSide<f64>,
    restrictions: &Restrictions,
) -> Comparison {
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
    let Restrictions { halves, baseline_halves, missing, within_jobs, .. } = *restrictions;
    let caveats = restrictions.caveats.iter().copied().collect();
    Comparison {
        halves,
        baseline_halves,
        caveats,
        verdict,
        reason,
        missing,
        within_jobs,
        ..Comparison::of(values, rates)
    }
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
            None => described(method, values, hours, restrictions),
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

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: PerSide<f64> = PerSide { baseline: 0.5, stagger: 8.0 };

    fn of(metric: &Metric, before: Option<f64>, after: Option<f64>) -> Comparison {
        let values = PerSide { baseline: before, stagger: after };
        described(metric.method, values, HOURS, &Restrictions::default())
    }

    #[test]
    fn counts_change_per_observed_hour() {
        let slow = of(&metric::SLOW_RUNS, Some(2.0), Some(40.0));
        assert_eq!((slow.baseline, slow.stagger), (Some(2.0), Some(40.0)));
        assert_eq!((slow.change, slow.relative_change), (Some(1.0), Some(0.25))); // 4 an hour, then 5
        assert_eq!((slow.verdict, slow.p), (None, None));
        assert!(slow.reason.contains("per observed hour"));
    }

    #[test]
    fn a_zero_baseline_has_no_relative_change() {
        let missed = of(&metric::MISSED_RUNS, Some(0.0), Some(8.0));
        assert_eq!((missed.change, missed.relative_change), (Some(1.0), None));
    }

    #[test]
    fn tested_metrics_without_data_are_not_measured() {
        for (before, after, reason) in [
            (None, Some(0.5), "no data in the baseline window"),
            (Some(1.0), None, "no data in the stagger window"),
            (None, None, "no data in either window"),
        ] {
            let rate = of(&metric::ON_TIME_RATE, before, after);
            assert_eq!((rate.verdict, rate.reason.as_str()), (Some(ComparisonVerdict::NotMeasured), reason));
            assert_eq!(rate.change, None);
        }
    }

    #[test]
    fn levels_say_what_they_are() {
        let peak = of(&metric::PEAK_CONCURRENCY, Some(4.0), Some(2.0));
        assert_eq!((peak.change, peak.relative_change, peak.verdict), (Some(-2.0), Some(-0.5), None));
        assert!(peak.reason.contains("highest level"));
    }
}
