//! `jobdelta check`

use super::arguments::CheckArguments;
use super::report::exit_of;
use super::{Exit, Failure, Surroundings, github, settings};
use crate::pipeline;
use crate::render::terminal;
use crate::report::redact;

/// An empty gate must not pass.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is nothing to check: no required target and no rollback trigger is declared; \
     add [targets] to the deployment file, or give --target 'completion_rate >= 99%'"
)]
pub(super) struct NothingToCheck;

pub(super) async fn run(
    arguments: CheckArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let analysis = settings::with_store(arguments.analysis, arguments.store);
    let settings = settings::resolve(settings::with_files(analysis, arguments.files), surroundings)?;
    if !settings.question.can_decide() {
        return Err(NothingToCheck.into());
    }
    let report = pipeline::run(&settings, surroundings.clock, &surroundings.cancellation).await?;
    let report = redact::report(report, &settings.delivery.redact);
    let text = terminal::check(&report, &surroundings.style);
    surroundings.print(text.as_bytes())?;
    surroundings.tell_queries(&report)?;
    github::tell(&report, surroundings)?;
    Ok(exit_of(&report))
}
