//! The smallest change of a median that is found.

use super::hurdle::{Findable, Hurdle, PowerLimit};
use crate::analysis::comparison::duration_trial::{Sample, compare_durations};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::metric::{MEDIAN_DURATION, Metric};
use crate::analysis::statistics::moderation::Variance;
use crate::analysis::statistics::normal;
use crate::observation::JobObservations;

/// By how much days differ more than their runs alone would, so that it is not chance.
const MORE_THAN_RUNS: f64 = 1.25;

#[derive(Clone, Copy)]
pub(super) struct DurationPower {
    pub(super) smallest: Findable,
    /// Windows after the change until the asked change is found; `None` where no number does.
    pub(super) lengths: Option<f64>,
}

/// The window of a job against another like it. `days`: what two of them differ by, on the logarithmic scale.
pub(super) fn of_durations(
    seen: &JobObservations,
    rule: &Rule,
    hurdle: Hurdle,
    asked: f64,
    days: &impl Fn(&Metric) -> Option<Variance>,
) -> Option<DurationPower> {
    let sample = Sample::of(seen);
    let trials = compare_durations(&sample, &sample, rule);
    let trial = trials.into_iter().find(|trial| *trial.metric == MEDIAN_DURATION)?;
    let (evidence, before) = (trial.evidence()?, trial.values.baseline.filter(|before| *before > 0.0)?);
    let of_runs = evidence.interval.half_width() / normal::Z_95 / before;
    let of_days = days(&MEDIAN_DURATION).map(|days| (days.value.sqrt(), days.df));
    let (error, sum) = of_days.map_or((of_runs, hurdle.sum()), |(error, df)| (error, hurdle.sum_with(df)));
    let (found, margin) = ((sum * error).exp_m1(), evidence.margin / before);
    let limit = if error > MORE_THAN_RUNS * of_runs { PowerLimit::Days } else { PowerLimit::Runs };
    let smallest = if found < margin {
        Findable { change: margin, limited_by: PowerLimit::Margin }
    } else {
        Findable { change: found, limited_by: limit }
    };
    Some(DurationPower { smallest, lengths: lengths(asked, error, of_runs, sum) })
}

/// How many windows after the change until `asked` is found. The window before stays as it is, and half of the
/// error is its own; a longer window after averages runs, not days.
fn lengths(asked: f64, error: f64, of_runs: f64, sum: f64) -> Option<f64> {
    let allowed = (asked.ln_1p() / sum).powi(2);
    let (half, days) = (of_runs.powi(2) / 2.0, (error.powi(2) - of_runs.powi(2)).max(0.0));
    let left = allowed - half - days;
    (left > 0.0).then(|| half / left)
}
