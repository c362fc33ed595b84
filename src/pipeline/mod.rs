//! The one way from settings to a report. Every door goes through here.

pub mod doctor;
mod error;
mod read;
mod reading;
mod source;
pub mod statements;

use std::sync::Arc;

pub use self::error::PipelineError;
use self::read::read;
use self::reading::{Keep, Reading};
use self::source::Inquiry;
use crate::analysis::analyse;
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::judgement::judge;
use crate::report::assemble::{Parts, assemble};
use crate::report::explanation::{self, Explanation};
use crate::report::model::Report;
use crate::settings::{Execution, Policy, Question, Settings};

/// Reads, analyses and judges: the report that `settings` ask for. Nothing is redacted in it yet: that is
/// part of how it is delivered. A cancellation, or dropping the future, ends the statement that runs.
pub async fn run(
    settings: &Settings,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Report, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let reading = read(Inquiry { question, policy: *policy, keep: Keep::Figures, cancellation }).await?;
    concluded(Arc::clone(question), reading, clock, cancellation).await
}

/// A number of the report back to its query, the rows that it returned, and the steps from there. The
/// database counts, so that each number has a query of its own.
pub async fn explain(
    settings: &Settings,
    clock: Clock,
    cancellation: &Cancellation,
    job: Option<&str>,
    metric: &str,
) -> Result<Explanation, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let policy = Policy { execution: Execution::Pushdown, ..*policy };
    let reading = read(Inquiry { question, policy, keep: Keep::Rows, cancellation }).await?;
    let returned = reading.returned();
    let report = concluded(Arc::clone(question), reading, clock, cancellation).await?;
    Ok(explanation::explain(&report, &returned, job, metric)?)
}

/// Concludes on a thread of its own: it takes the processor for up to a second, and other tasks wait for
/// this one.
async fn concluded(
    question: Arc<Question>,
    reading: Reading,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Report, PipelineError> {
    let concluding = tokio::task::spawn_blocking(move || conclude(&question, reading, clock));
    tokio::select! {
        report = concluding => report.map_err(PipelineError::Conclusion)?,
        () = cancellation.cancelled() => Err(PipelineError::Cancelled),
    }
}

/// Everything that follows from what was read.
fn conclude(question: &Question, reading: Reading, clock: Clock) -> Result<Report, PipelineError> {
    let provenance = reading.provenance();
    let Reading { observations, source, .. } = reading;
    let analysis = analyse(&observations, &question.analysis, &question.jobs);
    let judgement = judge(
        &question.targets,
        &question.triggers,
        &question.deployment.accepted,
        &analysis,
        &question.jobs,
        &question.analysis,
    )?;
    Ok(assemble(Parts {
        question,
        observations: &observations,
        analysis,
        judgement,
        source,
        provenance,
        generated_at: clock.now(),
    }))
}
