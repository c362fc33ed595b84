//! Takes the checkpoints that are due and were not taken.

use super::error::WatchError;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Timestamp};
use crate::pipeline::checkpoint::{assess, bounds, present};
use crate::report::checkpoint::{Checkpoint, CheckpointKey, CheckpointPlan};
use crate::settings::Settings;
use crate::store::checkpoints::CheckpointStore;
use crate::window::Period;

/// The checkpoints of a deployment after those that were due have been taken.
#[derive(Debug)]
pub struct Taken {
    /// All, in the order of time.
    pub checkpoints: Vec<Checkpoint>,
    /// How many of them are new.
    pub new: usize,
    pub plan: Option<CheckpointPlan>,
    /// The present of the source.
    pub now: Timestamp,
    /// When the next is due; `None` where no plan says it, or none is to come.
    pub next: Option<Timestamp>,
    pub(super) key: CheckpointKey,
}

/// Takes every checkpoint that is due, the earliest first. Each is a function of the rows and of its period: it is the
/// same whenever it is taken, and taken once. By a plan the periods are the plan's; without one there is one from the
/// checkpoint before until now.
pub async fn take_due(
    settings: &Settings,
    store: &CheckpointStore,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Taken, WatchError> {
    let (start, end) = bounds(&settings.question)?;
    let now = present(settings, clock, cancellation).await?;
    if now <= start {
        return Err(WatchError::NotBegun { start });
    }
    let facts = &settings.question.deployment;
    let key = CheckpointKey {
        deployment: facts.name.clone().unwrap_or_default(),
        environment: facts.environment.clone().unwrap_or_default(),
        window_start: start,
    };
    let plan = CheckpointPlan::of(start, facts.monitoring.as_ref());
    let known = store.ends(&key).await?;
    let periods = due(plan, Period { start, end: end.map_or(now, |end| end.min(now)) }, &known);
    let mut new = 0;
    for period in periods {
        if let Some(checkpoint) = assess(settings, start, period, cancellation).await? {
            new += usize::from(store.add(&key, &checkpoint, clock.now()).await?);
        }
    }
    let next = plan.and_then(|plan| plan.to_come(now).find(|at| end.is_none_or(|end| *at <= end)));
    Ok(Taken { checkpoints: store.taken(&key, now).await?, new, plan, now, next, key })
}

/// The periods of `observed` that no checkpoint of `known` ends.
fn due(plan: Option<CheckpointPlan>, observed: Period, known: &[Timestamp]) -> Vec<Period> {
    if let Some(plan) = plan {
        return plan.ended(observed.end).filter(|period| !known.contains(&period.end)).collect();
    }
    let start = known.iter().copied().filter(|end| *end < observed.end).max().unwrap_or(observed.start);
    let is_new = start < observed.end && !known.contains(&observed.end);
    is_new.then_some(Period { start, end: observed.end }).into_iter().collect()
}
