//! Whether the jobs outside the deployment changed as well.
//!
//! Each called change is held against the mean change of the control jobs, a job's own left out: the difference of
//! both differences, on the logarithmic scale for durations and in points for rates. Its error is what the same
//! difference was on earlier days, where there are enough; else that of the job and of the mean of the controls, whose
//! scatter holds their own runs and what days do to each. All called changes are one family. What is not shown beyond
//! the controls is not shown to be the deployment's doing.

use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::restriction::{ControlFacts, Restriction, RestrictionsByMetric};
use crate::analysis::comparison::scale::Scaled;
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::analysis::statistics::{benjamini_hochberg, student_t};
use crate::observation::ordinary::FEWEST;

/// Fewest control jobs whose scatter says how far one of them is from the others.
const FEWEST_CONTROLS: usize = 2;

/// A called change beyond that of the controls.
struct Beyond {
    job: usize,
    metric: &'static Metric,
    facts: ControlFacts,
    /// Whether it goes the way of the change, by the margin at least.
    is_material: bool,
}

pub(super) fn find(
    jobs: &[JobReport],
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
    ordinary: &OrdinaryChanges,
    restrictions: &mut [RestrictionsByMetric],
) {
    let controls: Vec<usize> = (0..jobs.len()).filter(|job| bench.is_control(&jobs[*job].name)).collect();
    if controls.len() < FEWEST_CONTROLS {
        return;
    }
    let mut found: Vec<Beyond> = Vec::new();
    for metric in Metric::tested() {
        let scaled = |job: usize| Scaled::of(&judged.jobs[job].get(metric)?.trial);
        let tested: Vec<(usize, f64)> =
            controls.iter().filter_map(|job| Some((*job, scaled(*job)?.change))).collect();
        for job in 0..jobs.len() {
            let is_change = judged.jobs[job].get(metric).is_some_and(|found| found.ruling.is_change());
            let others: Vec<(usize, f64)> =
                tested.iter().copied().filter(|(other, _)| *other != job).collect();
            if let (true, Some(own)) = (is_change && others.len() >= FEWEST_CONTROLS, scaled(job)) {
                found.push(beyond(job, metric, own, &others, ordinary));
            }
        }
    }
    let p_values: Vec<f64> = found.iter().map(|found| found.facts.p).collect();
    for (beyond, p) in found.into_iter().zip(benjamini_hochberg::adjust(&p_values)) {
        let restrictions = restrictions[beyond.job].or_default(beyond.metric);
        restrictions.controls = Some(ControlFacts { p, ..beyond.facts });
        if p > FAMILY_LEVEL || !beyond.is_material {
            restrictions.caveats.insert(Restriction::ControlsToo);
        }
    }
}

fn beyond(
    job: usize,
    metric: &'static Metric,
    own: Scaled,
    controls: &[(usize, f64)],
    ordinary: &OrdinaryChanges,
) -> Beyond {
    let count = controls.len() as f64;
    let mean = controls.iter().map(|(_, change)| change).sum::<f64>() / count;
    let change = own.change - mean;
    let (error, df) = on_earlier_days(job, metric, controls, ordinary).unwrap_or_else(|| {
        let of_mean =
            controls.iter().map(|(_, change)| (change - mean).powi(2)).sum::<f64>() / (count - 1.0) / count;
        let variance = own.error * own.error + of_mean;
        (variance.sqrt(), variance.powi(2) * (count - 1.0) / of_mean.powi(2))
    });
    let df = if df.is_finite() { df.min(MOST_DF) } else { MOST_DF };
    let (p, reach) = if error > 0.0 {
        (student_t::two_sided(change / error, df), student_t::reach(df) * error)
    } else {
        (if change.abs() > 0.0 { 0.0 } else { 1.0 }, 0.0)
    };
    let told = |change: f64| own.scale.relative(change);
    let facts = ControlFacts {
        jobs: controls.len() as u64,
        change: told(mean),
        beyond: told(change),
        interval: [told(change - reach), told(change + reach)],
        p,
    };
    Beyond { job, metric, facts, is_material: change * own.change.signum() >= own.margin }
}

/// Degrees of freedom from which on Student's distribution is the normal one.
const MOST_DF: f64 = 1e6;

/// The root of the mean square of the same difference on earlier days, with its degrees of freedom; days that follow
/// one another share a day, which costs a third of these.
fn on_earlier_days(
    job: usize,
    metric: &'static Metric,
    controls: &[(usize, f64)],
    ordinary: &OrdinaryChanges,
) -> Option<(f64, f64)> {
    let of_controls: Vec<_> =
        controls.iter().map(|(control, _)| ordinary.earlier(*control, metric)).collect();
    let difference = |(place, own): (usize, f64)| {
        let others: Vec<f64> = of_controls
            .iter()
            .filter_map(|days| days.iter().find(|(day, _)| *day == place))
            .map(|(_, c)| *c)
            .collect();
        let is_told = others.len() * 2 >= controls.len();
        is_told.then(|| own - others.iter().sum::<f64>() / others.len() as f64)
    };
    let differences: Vec<f64> = ordinary.earlier(job, metric).into_iter().filter_map(difference).collect();
    let count = differences.len() as f64;
    let square = differences.iter().map(|difference| difference * difference).sum::<f64>() / count;
    (differences.len() >= FEWEST).then(|| (square.sqrt(), count / 1.5))
}
