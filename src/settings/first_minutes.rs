//! The checks of the first thirty minutes: what a watch asks of a deployment that moved jobs, where the deployment file
//! or a flag says so.

use crate::deployment::{DeploymentFile, Problem};
use crate::judgement::{JobSelector, KpiDeclaration, Severity, Target};
use crate::measurement::{KpiSource, POOL_UTILIZATION};

/// What the set of checks is called.
pub const FIRST_MINUTES: &str = "first_30_minutes";

/// Places of starts, where so many jobs are declared.
const PLACES: usize = 5;

/// Metric and condition of each but that of the places.
const CHECKS: [(&str, &str); 7] = [
    ("collisions", "== 0"),
    ("on_time_rate", ">= 95%"),
    ("pool_utilization_max", "< 50%"),
    ("failure_rate", "<= 0%"),
    ("start_burst", "<= 1"),
    ("completion_rate", ">= 90%"),
    ("peak_concurrency", "<= 2"),
];

/// The file with the measurement that the checks need: a pool that has no source yet is sampled.
pub(super) fn with_pool(mut file: DeploymentFile) -> DeploymentFile {
    let (name, unit) = (POOL_UTILIZATION.name, POOL_UTILIZATION.unit);
    let source = KpiSource::BuiltIn(&POOL_UTILIZATION);
    match file.kpis.iter_mut().find(|kpi| kpi.name == name) {
        Some(kpi) => {
            kpi.source.get_or_insert(source);
        }
        None => file.kpis.push(KpiDeclaration {
            name: name.to_owned(),
            unit: unit.map(str::to_owned),
            source: Some(source),
        }),
    }
    file
}

/// Adds the checks that `targets` do not hold already.
pub(super) fn add(file: &DeploymentFile, targets: &mut Vec<Target>, problems: &mut Vec<Problem>) {
    let jobs = file.jobs.iter().filter(|job| job.value.enabled).count();
    let places = if jobs == 0 { PLACES } else { jobs.min(PLACES) };
    let of_places = format!(">= {places}");
    let checks = CHECKS.into_iter().chain([("start_places", of_places.as_str())]);
    for (metric, text) in checks {
        match Target::parse(metric, text, JobSelector::Total, Severity::Required, &file.kpis) {
            Ok(target) if targets.contains(&target) => {}
            Ok(target) => targets.push(target),
            // The unit of a pool that is declared otherwise.
            Err(error) => {
                problems.push(Problem::with_inputs(format!("checks = \"{FIRST_MINUTES}\": {error}")));
            }
        }
    }
}
