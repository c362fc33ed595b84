//! `jobdelta explain [JOB] METRIC`

use super::arguments::ExplainArguments;
use super::{Exit, Failure, Surroundings, settings};
use crate::pipeline;
use crate::render::explanation;

/// Rows are shown as the database returned them.
#[derive(Debug, thiserror::Error)]
#[error("--redact: explain shows rows as the database returned them, so nothing of them can be redacted")]
struct NotRedacted;

pub(super) async fn run(
    arguments: ExplainArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    // One word is the metric of all jobs together; of two the first is the job.
    let (job, metric) = match arguments.number.as_slice() {
        [job, metric] => (Some(job.as_str()), metric.as_str()),
        words => (None, words.first().map_or("", String::as_str)),
    };
    let analysis = settings::with_store(arguments.analysis, arguments.store);
    let settings = settings::resolve(settings::with_files(analysis, arguments.files), surroundings)?;
    if !settings.delivery.redact.is_empty() {
        return Err(NotRedacted.into());
    }
    let found =
        pipeline::explain(&settings, surroundings.clock, &surroundings.cancellation, job, metric).await?;
    let width = surroundings.terminal.then_some(surroundings.style.width);
    surroundings.print(explanation::text(&found, width).as_bytes())?;
    Ok(Exit::Success)
}
