//! The rules that are compared, on the same draws: jobdelta's, and the peers'.

use jobdelta::analysis::comparison::ComparisonVerdict::{self, Improved, NotMeasured, Regressed};
use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::metric::{
    COMPLETION_RATE, FAILURE_RATE, MEAN_DURATION, MEDIAN_DURATION, Metric, P95_DURATION,
};
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::statistics::cells::Cells;
use jobdelta::analysis::statistics::hodges_lehmann;
use jobdelta::analysis::statistics::mann_whitney::Ordering;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::observation::{JobObservations, Observations};
use jobdelta::window::Side;

/// The tested metrics, rates first.
pub(crate) const METRICS: [&Metric; 5] =
    [&COMPLETION_RATE, &FAILURE_RATE, &MEDIAN_DURATION, &MEAN_DURATION, &P95_DURATION];

/// The first of the durations among [`METRICS`].
pub(crate) const DURATIONS: usize = 2;

/// What the report says of a job, or of all together.
pub(crate) struct Said {
    /// By the order of [`METRICS`].
    pub(crate) verdicts: [ComparisonVerdict; 5],
    /// Whether it is said to drift in each window.
    pub(crate) drifts: [bool; 2],
}

impl Said {
    /// Whether any of `metrics`, by their place in [`METRICS`], is called changed.
    pub(crate) fn is_change(&self, metrics: std::ops::Range<usize>) -> bool {
        self.verdicts[metrics].iter().any(|verdict| matches!(verdict, Improved | Regressed))
    }
}

/// What the report says of every job, and of the rates of all together.
pub(crate) fn jobdelta(observations: &Observations, plans: &[JobPlan]) -> (Vec<Said>, Said) {
    said(&analyse(observations, &AnalysisSettings::default(), plans))
}

/// What a report of `analysis` says.
pub(crate) fn said(analysis: &Analysis) -> (Vec<Said>, Said) {
    let Analysis { jobs, totals, .. } = analysis;
    let said = |comparisons: &jobdelta::analysis::comparison::Comparisons| Said {
        verdicts: METRICS
            .map(|metric| comparisons.get(metric).and_then(|c| c.verdict).unwrap_or(NotMeasured)),
        drifts: Side::BOTH
            .map(|side| comparisons.values().any(|c| c.is_restricted_by(Restriction::drift_in(side)))),
    };
    (jobs.iter().map(|job| said(&job.comparison)).collect(), said(&totals.comparison))
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

pub(crate) fn peers(before: &JobObservations, after: &JobObservations) -> Peers {
    let (before, after) = (Cells::from(&before.durations), Cells::from(&after.durations));
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
