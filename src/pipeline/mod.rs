//! The one way from settings to a report. Every door goes through here.

pub mod checkpoint;
pub mod cost;
pub mod doctor;
pub mod draft;
mod draft_error;
pub mod environments;
mod error;
mod history;
pub mod inventory;
pub mod look;
mod ordinary;
pub mod power;
mod reach;
mod read;
mod reading;
pub mod record;
pub mod samples;
mod slices;
mod source;
pub mod statements;

use std::sync::Arc;

pub use self::error::{FailureKind, PipelineError};
pub use self::reach::reach;
use self::read::read;
use self::reading::{Keep, SourceReading};
use self::source::Inquiry;
pub use self::source::MOST_ROWS_WITHOUT_INDEX;
use crate::analysis::analyse;
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::Clock;
use crate::judgement::judge;
use crate::report::assemble::{Parts, assemble};
use crate::report::explanation::{self, Explanation};
use crate::report::model::Report;
use crate::settings::{Execution, Policy, Question, Settings};
use crate::window::Exclusion;

/// Reads, analyses and judges: the report that `settings` ask for. Nothing is redacted in it yet: that is
/// part of how it is delivered. A cancellation, or dropping the future, ends the statement that runs.
pub async fn run(
    settings: &Settings,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Report, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    let reading = Box::pin(read(inquiry)).await?;
    concluded(inquiry, Arc::clone(question), reading, clock).await
}

/// How a reported number was computed: its query, the rows that it returned, and the steps from there. The
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
    let inquiry = Inquiry::new(question, policy, Keep::Rows, cancellation);
    let reading = Box::pin(read(inquiry)).await?;
    let returned = reading.returned();
    let report = concluded(inquiry, Arc::clone(question), reading, clock).await?;
    Ok(explanation::explain(&report, &returned, job, metric)?)
}

async fn concluded(
    inquiry: Inquiry<'_>,
    question: Arc<Question>,
    reading: SourceReading,
    clock: Clock,
) -> Result<Report, PipelineError> {
    let Inquiry { cancellation, deadline, .. } = inquiry;
    let question = with_gaps(question, &reading.gaps);
    computed("the analysis", cancellation, deadline, move || conclude(&question, reading, clock)).await?
}

/// What was not recorded is taken out of the windows, as a declared exclusion is.
fn with_gaps(question: Arc<Question>, gaps: &[Exclusion]) -> Arc<Question> {
    if gaps.is_empty() {
        return question;
    }
    let exclusions = [&question.exclusions, gaps].concat();
    Arc::new(Question { exclusions, ..Question::clone(&question) })
}

/// Computes on a thread of its own, since other tasks wait for this one. Nobody waits for it beyond a
/// cancellation or the deadline, but it goes on as long as the program does.
pub async fn computed<T: Send + 'static>(
    step: &'static str,
    cancellation: &Cancellation,
    deadline: Deadline,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PipelineError> {
    let computing = tokio::task::spawn_blocking(work);
    tokio::select! {
        done = computing => done.map_err(|source| PipelineError::Computation { step, source }),
        () = cancellation.cancelled() => Err(PipelineError::Cancelled),
        () = deadline.passed() => Err(PipelineError::over_limit(step, deadline)),
    }
}

fn conclude(question: &Question, reading: SourceReading, clock: Clock) -> Result<Report, PipelineError> {
    let provenance = reading.provenance();
    let SourceReading { observations, analysis, source, limits, scheduler, .. } = reading;
    let analysis = match analysis {
        Some(analysis) => analysis.with_samples(&observations),
        None => analyse(&observations, &question.analysis, &question.jobs),
    };
    let judgement = judge(
        &question.targets,
        &question.triggers,
        &question.deployment.accepted,
        &analysis,
        &question.jobs,
        &question.analysis,
        question.absent_job,
    )?;
    Ok(assemble(Parts {
        question,
        observations,
        analysis,
        judgement,
        source,
        limits,
        scheduler,
        provenance,
        generated_at: clock.now(),
    }))
}
