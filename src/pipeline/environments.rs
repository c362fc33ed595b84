//! One deployment in several environments.

use super::{PipelineError, run};
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::report::environments::compared;
use crate::report::model::Report;
use crate::settings::Settings;

/// The report of the last environment, with what the others showed. Each is read in a snapshot of its own, one after
/// another.
///
/// # Errors
/// As for any report, with the environment; and where there are fewer than two.
pub async fn run_all(
    environments: &[Settings],
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Report, PipelineError> {
    let mut reports = Vec::with_capacity(environments.len());
    for settings in environments {
        let report = Box::pin(run(settings, clock, cancellation)).await.map_err(|source| {
            let environment = settings.question.deployment.environment.clone().unwrap_or_default();
            PipelineError::Environment { environment, source: Box::new(source) }
        })?;
        reports.push(report);
    }
    let several = reports.len() > 1;
    compared(reports).filter(|_| several).ok_or(PipelineError::FewEnvironments)
}
