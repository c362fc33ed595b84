//! A look at a source before it is relied on: what would stop a report, or make it slow or misleading.

mod check;
mod index;
mod mapping;
mod pooler;
mod replica;
mod retention;
mod rights;
mod sampler;
mod server;
mod statuses;
mod times;

pub use self::check::{Check, Health};
use super::error::PipelineError;
use super::reading::Keep;
use super::source::{Fitted, Inquiry, Source};
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::settings::{Policy, Settings};

/// Examines the source of `settings`. A step that fails ends the examination with a broken check.
pub async fn examine(settings: &Settings, clock: Clock, cancellation: &Cancellation) -> Vec<Check> {
    let Settings { question, policy, .. } = settings;
    // An index that is missing is a finding of its own.
    let policy = Policy { allow_full_scan: true, ..*policy };
    let inquiry = Inquiry::new(question, policy, Keep::Figures, cancellation);
    let mut checks = Vec::new();
    if let Err((name, error)) = steps(inquiry, clock, &mut checks).await {
        checks.push(Check::broken(name, error.to_string(), ""));
    }
    checks
}

async fn steps(
    inquiry: Inquiry<'_>,
    clock: Clock,
    checks: &mut Vec<Check>,
) -> Result<(), (&'static str, PipelineError)> {
    let question = inquiry.question;
    let (mut session, choice) =
        inquiry.connect(&question.source).await.map_err(|error| ("connection", error))?;
    checks.push(server::connection(&session));
    checks.extend(server::file(&mut session).await.map_err(|error| ("file", error))?);
    checks.push(server::clock(&mut session, clock).await.map_err(|error| ("clock", error))?);
    checks.extend(pooler::pooler(&mut session).await.map_err(|error| ("pooler", error))?);
    let max_time = inquiry.policy.max_time;
    checks.extend(replica::replica(&mut session, max_time).await.map_err(|error| ("replica", error))?);
    checks.extend(sampler::sampler(inquiry, &session.place(), clock).await.map_err(|e| ("sampler", e))?);
    let fitted = Fitted::of(&choice, &mut session).await.map_err(|error| ("mapping", error.into()))?;
    checks.push(mapping::mapped(&fitted));
    let fit = &fitted.mapping;
    checks.extend(rights::role(fit, &mut session).await.map_err(|error| ("role", error))?);
    checks.push(index::index(fit, &mut session).await.map_err(|error| ("index", error))?);
    checks.extend(mapping::needs(fit, &mut session).await.map_err(|error| ("settings", error))?);
    let Source { mut session, table } =
        inquiry.look(session, fitted, question.as_of).await.map_err(|error| ("rights", error))?;
    checks.push(rights::readable(&table.mapping, &table.coverage));
    let windows = table.windows().map_err(|error| ("windows", error.into()))?;
    checks.push(retention::retention(&table.coverage, windows.baseline.period));
    let looked_at = [windows.baseline.period.start, windows.stagger.period.end];
    let mut observer = table.observer(windows);
    let looked = observer.check_statuses(&mut session).await.map_err(|error| ("statuses", error.into()))?;
    checks.push(statuses::statuses(looked.inside, looked_at));
    checks.push(times::zone(table.mapping.zone_basis(), looked.zoneless));
    checks.push(times::ahead(table.coverage.rows_ahead));
    let shown = observer.unreadable_starts(&mut session).await.map_err(|error| ("starts", error.into()))?;
    checks.push(times::starts(looked.unplaced, &shown));
    let shown =
        observer.unreadable_durations(&mut session).await.map_err(|error| ("durations", error.into()))?;
    checks.extend(times::durations(&shown));
    Ok(())
}
