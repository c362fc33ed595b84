//! Whether the load changed: runs started per observed hour, of a job and of all together. Where it stopped, or
//! its rows begin late, is left out: silence is no load.

use crate::analysis::Analysis;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::restriction::{Restriction, RestrictionsByMetric, restrict_all};
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::silence::{self, Silence};
use crate::analysis::metric::{self, Metric, Value};
use crate::analysis::statistics::{benjamini_hochberg, binomial, normal};
use crate::window::PerSide;

/// A load that differs by less than this share of the larger one is not reported: the tolerance that
/// the hours of the two windows are held to as well.
const TOLERATED: f64 = 0.2;

/// From this variance on the normal distribution with continuity correction stands for the binomial one,
/// whose sum takes as many steps as some standard deviations hold runs.
const MANY: f64 = 10_000.0;

/// The metrics of all jobs together that follow the load.
fn of_totals() -> impl Iterator<Item = &'static Metric> {
    let levels = metric::ALL.into_iter().filter(|metric| matches!(metric.value, Value::Level(_)));
    Metric::tested_rates().chain(levels)
}

/// Restricts the tested comparisons of each job whose load changed, and those of all jobs together. A job
/// that ran in one window only changed the population, not its load.
pub(super) fn find(analysis: &Analysis, restrictions: &mut PerSubject<RestrictionsByMetric>) {
    let load = |baseline: u64, stagger: u64, silences: &[Silence]| Load {
        runs: PerSide { baseline, stagger },
        seconds: silence::active_seconds(silences, analysis.observed_seconds),
    };
    let of_job = |job: &JobReport| load(job.baseline.started, job.stagger.started, &job.silences);
    let loads: Vec<Load> = analysis.jobs.iter().map(of_job).collect();
    let p_values: Vec<f64> = loads.iter().map(|load| load.p_value()).collect();
    let adjusted = benjamini_hochberg::adjust(&p_values);
    for ((job, load), p_adjusted) in restrictions.jobs.iter_mut().zip(loads).zip(adjusted) {
        if p_adjusted <= FAMILY_LEVEL && load.is_material() {
            restrict_all(job, Metric::tested(), Restriction::LoadChanged);
        }
    }
    let totals = &analysis.totals;
    let all = load(totals.baseline.job.started, totals.stagger.job.started, &totals.silences);
    if all.p_value() <= FAMILY_LEVEL && all.is_material() {
        restrict_all(&mut restrictions.totals, of_totals(), Restriction::LoadChanged);
    }
}

/// Runs started before and after, and the seconds that they started in.
#[derive(Clone, Copy)]
struct Load {
    runs: PerSide<u64>,
    seconds: PerSide<f64>,
}

impl Load {
    /// The two-sided p value of equal rates: of all runs, those of the stagger window are binomial with
    /// its share of the time. Starts by a schedule vary less than that, so that the test is cautious.
    ///
    /// Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313–323.
    fn p_value(self) -> f64 {
        let PerSide { baseline: before, stagger: after } = self.runs;
        let all = before + after;
        let share = self.seconds.stagger / (self.seconds.baseline + self.seconds.stagger);
        if before == 0 || after == 0 || !share.is_finite() {
            return 1.0;
        }
        let (mean, variance) = (all as f64 * share, all as f64 * share * (1.0 - share));
        if variance > MANY {
            return normal::two_sided(((after as f64 - mean).abs() - 0.5).max(0.0) / variance.sqrt());
        }
        // the other tail is the larger one
        let above = after as f64 > mean;
        let tail =
            if above { binomial::at_least(after, all, share) } else { binomial::at_most(after, all, share) };
        (2.0 * tail).min(1.0)
    }

    /// Whether the rates differ by more than a fifth of the larger one, and by more than the two runs
    /// that the edges of a window can add or take.
    fn is_material(self) -> bool {
        let rates = self.runs.zip(self.seconds).map(|(runs, seconds)| runs as f64 / seconds);
        let PerSide { baseline: before, stagger: after } = rates;
        let apart = (after - before).abs();
        let shorter = self.seconds.baseline.min(self.seconds.stagger);
        apart > TOLERATED * before.max(after) && apart * shorter > 2.0
    }
}
