//! What changed in a metric, and what that rests on.

pub(in crate::analysis) mod bench;
pub mod change_unit;
mod comparisons;
pub mod duration_trial;
pub mod evidence;
pub mod family;
pub mod job_verdict;
pub mod missing_runs;
pub mod moment_facts;
pub(in crate::analysis) mod ordinary;
pub mod ordinary_facts;
mod per_subject;
pub(in crate::analysis) mod rate_counts;
pub mod rate_trial;
pub mod reason;
pub mod restriction;
pub mod restrictions;
mod result;
mod scale;
pub mod verdict;
mod wording;

use std::collections::BTreeMap;

pub use self::comparisons::Comparisons;
pub use self::per_subject::PerSubject;
pub use self::result::Comparison;
pub use self::verdict::answer::ComparisonVerdict;
use crate::analysis::Analysis;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::comparisons::Described;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::restriction::{Restrictions, RestrictionsByMetric};
use crate::analysis::figures::failure::{FailureClass, new_classes};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{self, Method, Metric, Value};
use crate::window::PerSide;

/// Every comparison, made once: trials, their p values adjusted in one family, verdicts, what restricts these,
/// and from all of it the comparisons.
pub(in crate::analysis) fn compare(analysis: &Analysis, bench: &Bench<'_>) -> PerSubject<Comparisons> {
    let ordinary = OrdinaryChanges::of(&analysis.jobs, bench);
    let judged = evidence::judged(&analysis.jobs, bench, &ordinary);
    let restrictions = restrictions::find(analysis, bench, &judged, &ordinary);
    let new_errors = new_errors(&analysis.failures);
    let hours = analysis.observed_seconds.map(|seconds| seconds / 3_600.0);
    let (totals, of_jobs) = (judged.totals, judged.jobs.into_iter().zip(restrictions.jobs));
    let of_job = |(job, (judged, restrictions)): (&JobReport, (JudgedByMetric, RestrictionsByMetric))| {
        let new = new_errors.get(job.name.as_str()).copied().unwrap_or(0);
        let metrics = metric::ALL.into_iter().filter(|metric| metric.per_job);
        let values = |metric: &Metric| {
            with_new_errors(metric, PerSide::of(|side| metric.in_window(job.get(side))), new)
        };
        let described = Described { together: false, hours, values: Box::default() };
        made(metrics.map(|metric| (metric, values(metric))), described, &judged, &restrictions)
    };
    let jobs = analysis.jobs.iter().zip(of_jobs).map(of_job).collect();
    let new = new_classes(&analysis.failures).len() as u64;
    let metrics = metric::ALL.into_iter().filter(|metric| metric.method != Method::AfterOnly);
    let values = |metric: &Metric| {
        with_new_errors(metric, PerSide::of(|side| metric.in_totals(analysis.totals.get(side))), new)
    };
    let described = Described { together: true, hours, values: Box::default() };
    let metrics = metrics.map(|metric| (metric, values(metric)));
    PerSubject { totals: made(metrics, described, &totals, &restrictions.totals), jobs }
}

/// The comparisons of one subject: judged ones where there was a trial, descriptions of the others, of which
/// those without a restriction are made later.
fn made(
    metrics: impl Iterator<Item = (&'static Metric, PerSide<Option<f64>>)>,
    described: Described,
    judged: &JudgedByMetric,
    restrictions: &RestrictionsByMetric,
) -> Comparisons {
    let unrestricted = Restrictions::default();
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for (metric, values) in metrics {
        match (judged.get(metric), restrictions.get(metric)) {
            (Some(judged), restrictions) => {
                kept.push((metric, judged.comparison(values, restrictions.unwrap_or(&unrestricted))));
            }
            (None, Some(restrictions)) => {
                kept.push((metric, described.restricted(metric, values, restrictions)));
            }
            (None, None) => rest.push((metric, values)),
        }
    }
    Comparisons::new(kept.into_iter().collect(), Described { values: rest.into(), ..described })
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
        comparisons::described(metric.method, values, HOURS)
    }

    #[test]
    fn counts_change_per_observed_hour() {
        let slow = of(&metric::SLOW_RUNS, Some(2.0), Some(40.0));
        assert_eq!((slow.baseline, slow.stagger), (Some(2.0), Some(40.0)));
        assert_eq!((slow.change, slow.relative_change), (Some(1.0), Some(0.25))); // 4 an hour, then 5
        assert_eq!((slow.verdict, slow.p), (None, None));
        assert!(slow.reason.to_string().contains("per observed hour"));
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
            assert_eq!(
                (rate.verdict, rate.reason.to_string()),
                (Some(ComparisonVerdict::NotMeasured), reason.to_owned())
            );
            assert_eq!(rate.change, None);
        }
    }

    #[test]
    fn levels_say_what_they_are() {
        let peak = of(&metric::PEAK_CONCURRENCY, Some(4.0), Some(2.0));
        assert_eq!((peak.change, peak.relative_change, peak.verdict), (Some(-2.0), Some(-0.5), None));
        assert!(peak.reason.to_string().contains("highest level"));
    }
}
