//! The rules that are compared, on the same draws: jobdelta's, and the peers'.

use jobdelta::analysis::comparison::ComparisonVerdict::{self, Improved, NoMaterialChange, Regressed};
use jobdelta::analysis::duration_trial::{Sample, compare_durations};
use jobdelta::analysis::family::Family;
use jobdelta::analysis::rate_trial::{Proportion, compare_rates};
use jobdelta::analysis::statistics::cells::Cells;
use jobdelta::analysis::statistics::hodges_lehmann;
use jobdelta::analysis::statistics::mann_whitney::Ordering;
use jobdelta::analysis::verdict::metric::TestedMetric;
use jobdelta::analysis::verdict::rule::Rule;

use crate::draws::Window;

/// One job, before and after.
pub(crate) struct Pair {
    pub(crate) before: Window,
    pub(crate) after: Window,
}

/// What jobdelta said of one job's metric.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    pub(crate) job: usize,
    pub(crate) metric: TestedMetric,
    pub(crate) verdict: ComparisonVerdict,
}

impl Said {
    pub(crate) fn is_change(self) -> bool {
        matches!(self.verdict, Improved | Regressed)
    }

    pub(crate) fn is_judged(self) -> bool {
        self.is_change() || self.verdict == NoMaterialChange
    }
}

/// jobdelta's verdicts on a report: durations and rates of all jobs in one family.
pub(crate) fn jobdelta(pairs: &[Pair]) -> Vec<Said> {
    let rule = Rule::default();
    let mut family = Family::new();
    for (job, pair) in pairs.iter().enumerate() {
        for trial in compare_durations(&sample(&pair.before), &sample(&pair.after), &rule) {
            family.add(job, trial);
        }
        let (completed, failed) =
            (completed as fn(&Window) -> Proportion, failed as fn(&Window) -> Proportion);
        for (metric, of) in [(TestedMetric::CompletionRate, completed), (TestedMetric::FailureRate, failed)] {
            family.add(job, compare_rates(metric, of(&pair.before), of(&pair.after), &rule));
        }
    }
    let said = |(job, outcome): (usize, jobdelta::analysis::family::TestOutcome)| Said {
        job,
        metric: outcome.metric,
        verdict: outcome.comparison.verdict.unwrap_or(ComparisonVerdict::NotMeasured),
    };
    family.finish().into_iter().map(said).collect()
}

fn sample(window: &Window) -> Sample<'_> {
    Sample { durations: &window.durations, lag: Some(&window.lag), whole_seconds: window.whole_seconds }
}

fn failed(window: &Window) -> Proportion {
    Proportion::new(window.failed, window.durations.count(), Some(&window.failure_lag))
}

/// The correlation of the complement is the same, so its sums may stand in.
fn completed(window: &Window) -> Proportion {
    let of = window.durations.count();
    Proportion::new(of - window.failed, of, Some(&window.failure_lag))
}

/// Whether each peer calls the durations of a job changed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Peers {
    /// Mann–Whitney at 0.05 per job.
    pub(crate) benchstat: bool,
    /// Mann–Whitney at confidence 0.98: the interval of the shift beyond 0.25 times the shift.
    pub(crate) kayenta: bool,
    /// The means differ by more than 10 %.
    pub(crate) threshold: bool,
}

pub(crate) fn peers(pair: &Pair) -> Peers {
    let (before, after) = (Cells::from(&pair.before.durations), Cells::from(&pair.after.durations));
    let Some(ordering) = Ordering::of(&before, &after) else { return Peers::default() };
    // the 98 % interval: 2.326 in place of 1.960 standard deviations
    let wider = (2.326_347_874_040_841_f64 / 1.959_963_984_540_054).powi(2);
    let kayenta = hodges_lehmann::shift(&before, &after, &ordering, wider).is_some_and(|shift| {
        let bound = 0.25 * shift.estimate.abs();
        shift.interval.low > bound || shift.interval.high < -bound
    });
    let threshold =
        before.mean().zip(after.mean()).is_some_and(|(before, after)| (after - before).abs() > 0.1 * before);
    Peers { benchstat: ordering.p_value(1.0) < 0.05, kayenta, threshold }
}
