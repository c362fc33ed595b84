//! The smallest rise of a failing share that is found.

use super::hurdle::{Findable, Hurdle, PowerLimit};
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::compare_rates;
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::FAILURE_RATE;
use crate::analysis::statistics::moderation::Variance;
use crate::observation::JobObservations;

/// Halvings of the interval in which the share lies.
const STEPS: usize = 60;

pub(super) fn of_failures(
    job: &JobReport,
    seen: &JobObservations,
    rule: &Rule,
    hurdle: Hurdle,
    days: Option<Variance>,
) -> Option<Findable> {
    let counts = RateCounts::of(&FAILURE_RATE, &job.stagger, seen)?.whole();
    let trial = compare_rates(&FAILURE_RATE, counts, counts, rule);
    let margin = trial.evidence()?.margin;
    let (before, runs) = (counts.value()?, counts.of as f64 / counts.inflation.unwrap_or(1.0));
    let variance = |share: f64| share * (1.0 - share) / runs;
    let level = hurdle.shown();
    let is_found = |after: f64| {
        let common = f64::midpoint(before, after);
        let shown = level * (2.0 * variance(common)).sqrt();
        after - before >= shown + hurdle.beyond * (variance(before) + variance(after)).sqrt()
    };
    if !is_found(1.0) {
        return None;
    }
    let (mut missed, mut found) = (before, 1.0);
    for _ in 0..STEPS {
        let middle = f64::midpoint(missed, found);
        if is_found(middle) { found = middle } else { missed = middle }
    }
    let of_days = days.map_or(0.0, |days| days.value.sqrt() * hurdle.sum_with(days.df));
    let of_runs = found - before;
    Some(if of_days > of_runs.max(margin) {
        Findable { change: of_days, limited_by: PowerLimit::Days }
    } else if margin > of_runs {
        Findable { change: margin, limited_by: PowerLimit::Margin }
    } else {
        Findable { change: of_runs, limited_by: PowerLimit::Runs }
    })
}
