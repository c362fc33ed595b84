//! Whether a figure of all jobs together moved with its jobs, or with their shares of the runs.
//!
//! The change of a pooled figure is the sum of what changed within the jobs, at the mean of their shares in
//! both windows, and of what changed in their shares. A change of the whole that is not at least half that
//! of its jobs, and not as large as the margin there, is one of the mix.
//!
//! Source: E. M. Kitagawa, Journal of the American Statistical Association 50 (1955) 1168–1194.

use crate::analysis::Analysis;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::restriction::{Restriction, RestrictionsByMetric};
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::trial::Standing;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, DurationFigure, Metric, Value};
use crate::window::PerSide;

/// What changed within the jobs, for the figures of all jobs together, and which of these are withheld.
pub(super) fn find(analysis: &Analysis, judged: &JudgedByMetric, restrictions: &mut RestrictionsByMetric) {
    for metric in metric::ALL {
        let Some(parts) = ChangeParts::of(metric, &analysis.jobs) else { continue };
        let restrictions = restrictions.or_default(metric);
        restrictions.within_jobs = Some(parts.within);
        let Some(found) = judged.get(metric).filter(|found| found.ruling.is_change()) else { continue };
        let Standing::Tested(evidence) = &found.trial.standing else { continue };
        // a new job has nothing to be compared with: what it takes from the whole is news, what it adds is not
        let for_worse = found.ruling.verdict == ComparisonVerdict::Regressed;
        let moved = if for_worse { parts.within + parts.new } else { parts.within };
        let least = evidence.margin.min(evidence.estimate.abs() / 2.0);
        if moved * evidence.estimate.signum() < least {
            restrictions.caveats.insert(Restriction::Mixture);
        }
    }
}

/// The parts of the change of a pooled figure.
struct ChangeParts {
    /// Of the jobs that have it in both windows.
    within: f64,
    /// Of the jobs that have it after the change only, against all jobs before.
    new: f64,
}

impl ChangeParts {
    /// `None` of a single job, and of other figures than means over runs.
    fn of(metric: &Metric, jobs: &[JobReport]) -> Option<Self> {
        let of = |job: &JobReport| PerSide::of(|side| mean(metric, job.get(side)));
        let jobs: Vec<PerSide<Option<Mean>>> = jobs.iter().map(of).collect();
        let held = jobs.iter().filter(|job| job.iter().any(Option::is_some)).count();
        let before = Mean::of_all(jobs.iter().filter_map(|job| job.baseline))?;
        let after = Mean::of_all(jobs.iter().filter_map(|job| job.stagger))?;
        let mut parts = Self { within: 0.0, new: 0.0 };
        for job in jobs {
            let share = |mean: Mean, all: Mean| mean.runs / all.runs;
            match (job.baseline, job.stagger) {
                (Some(was), Some(is)) => {
                    parts.within += (is.value - was.value) * (share(was, before) + share(is, after)) / 2.0;
                }
                (None, Some(is)) => parts.new += (is.value - before.value) * share(is, after),
                _ => {}
            }
        }
        (held > 1).then_some(parts)
    }
}

/// A mean over runs.
#[derive(Clone, Copy)]
struct Mean {
    value: f64,
    runs: f64,
}

impl Mean {
    fn of_all(jobs: impl Iterator<Item = Self>) -> Option<Self> {
        let (sum, runs) =
            jobs.fold((0.0, 0.0), |(sum, runs), job| (sum + job.value * job.runs, runs + job.runs));
        (runs > 0.0).then(|| Self { value: sum / runs, runs })
    }
}

fn mean(metric: &Metric, window: &JobWindow) -> Option<Mean> {
    match metric.value {
        Value::Share(ref share) => {
            (share.rate)(window).map(|rate| Mean { value: rate.value, runs: rate.of as f64 })
        }
        Value::Duration { figure: DurationFigure::Mean, .. } => {
            window.duration_ms.map(|facts| Mean { value: facts.mean, runs: facts.n as f64 })
        }
        _ => None,
    }
}
