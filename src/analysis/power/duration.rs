//! The smallest change of a median that is found.

use super::hurdle::{Findable, Hurdle, PowerLimit};
use super::pairs::PairPower;
use crate::analysis::comparison::duration_trial::{Sample, compare_durations, compare_matched};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::trial::Trial;
use crate::analysis::metric::MEDIAN_DURATION;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
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
    /// What the error is from, where it is of runs at the same time of day.
    pub(super) same_hours: Option<MatchedPairs>,
}

/// What is to be found of every job.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) hurdle: Hurdle,
    /// Of durations, as a fraction.
    pub(super) change: f64,
    /// How many such windows the table holds.
    pub(super) windows: f64,
}

/// The window of a job against another like it. `days`: what two of them differ by, on the logarithmic scale; where that
/// is not known, `matched` is what pairs of the same time of day say.
pub(super) fn of_durations(
    seen: &JobObservations,
    rule: &Rule,
    wanted: Wanted,
    days: Option<Variance>,
    matched: Option<MatchedPairs>,
) -> Option<DurationPower> {
    let Wanted { hurdle, change: asked, windows } = wanted;
    let sample = Sample::of(seen);
    let trial = of_median(compare_durations(&sample, &sample, rule))?;
    let before = trial.values.baseline.filter(|before| *before > 0.0)?;
    let (of_runs, margin) = (reach(&trial)? / normal::Z_95 / before, trial.evidence()?.margin / before);
    let (error, sum) =
        days.map_or((of_runs, hurdle.sum()), |days| (days.value.sqrt(), hurdle.sum_with(days.df)));
    let limited_by = if error > MORE_THAN_RUNS * of_runs { PowerLimit::Days } else { PowerLimit::Runs };
    let plain = Findable { change: (sum * error).exp_m1(), limited_by };
    // What days differ by has the chance of runs in it, and no season: where runs seem to leave more, that is the season.
    let plain_lengths = lengths(asked, error, of_runs.min(error), sum);
    let pairs = matched.filter(|_| days.is_none()).and_then(|matched| {
        let held = of_median(compare_matched(&sample, &sample, rule, Some(matched)))?;
        let independent = of_runs / trial.inflation.unwrap_or(1.0).sqrt();
        Some(PairPower { matched, reach: reach(&held)? / before, independent, hurdle })
    });
    // A report looks at pairs once its runs alone decide nothing: what either finds is found.
    let of_pairs = pairs.and_then(|pairs| Some((pairs, pairs.needed(1.0)?.exp_m1())));
    let of_pairs = of_pairs.filter(|(_, change)| *change < plain.change);
    let found = of_pairs.map_or(plain, |(_, change)| Findable { change, limited_by: PowerLimit::Runs });
    let of_margin = Findable { change: margin, limited_by: PowerLimit::Margin };
    let sooner = of_pairs.and_then(|(pairs, _)| pairs.lengths(asked, windows));
    Some(DurationPower {
        smallest: if found.change < margin { of_margin } else { found },
        lengths: sooner.into_iter().chain(plain_lengths).min_by(f64::total_cmp),
        same_hours: of_pairs.map(|(pairs, _)| pairs.matched),
    })
}

fn of_median(trials: Vec<Trial>) -> Option<Trial> {
    trials.into_iter().find(|trial| *trial.metric == MEDIAN_DURATION)
}

/// Half of the interval of the shift, ms; `None` where rule 0 stopped the trial.
fn reach(trial: &Trial) -> Option<f64> {
    Some(trial.evidence()?.interval.half_width())
}

/// How many windows after the change until `asked` is found. The window before stays as it is, and half of the
/// error is its own; a longer window after averages runs, not days.
fn lengths(asked: f64, error: f64, of_runs: f64, sum: f64) -> Option<f64> {
    let allowed = (asked.ln_1p() / sum).powi(2);
    let (half, days) = (of_runs.powi(2) / 2.0, (error.powi(2) - of_runs.powi(2)).max(0.0));
    let left = allowed - half - days;
    (left > 0.0).then(|| half / left)
}
