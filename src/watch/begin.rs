//! Begins a watch, or goes on with one that was killed: what it looks at, and what goes on beside it.

use std::cell::RefCell;
use std::convert::Infallible;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;

use super::courier::Courier;
use super::error::WatchError;
use super::kept::Kept;
use super::news::News;
use super::order::WatchOrder;
use super::running::{Tell, Watch, WatchEnd};
use super::sampling::{Sampler, SamplesBeside};
use super::state::WatchState;
use super::timetable::Timetable;
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::settings::Settings;

/// Watches a deployment until it is decided.
///
/// # Errors
/// When the question is wrong, or the store cannot be opened. A source that cannot be read is a gap.
pub async fn watch(
    order: &WatchOrder,
    settings: &Settings,
    store: Option<&Path>,
    clock: Clock,
    cancellation: &Cancellation,
    tell: &mut Tell<'_>,
) -> Result<WatchEnd, WatchError> {
    let now = clock.now();
    let planned = order.plan(&settings.question, now)?;
    let (key, name) = (planned.key, order.name(&settings.question));
    let unsaid = RefCell::default();
    let courier = Courier::open(settings, store, clock, cancellation, &key, &unsaid).await?;
    let kept = match store {
        Some(path) => Some(Kept::open(path, key.clone(), name.clone()).await?),
        None => None,
    };
    let resumed = match &kept {
        Some(kept) => kept.resumed(now, order).await?,
        None => None,
    };
    let is_resumed = resumed.is_some();
    let state = resumed.unwrap_or_else(|| WatchState::new(planned.timetable.period));
    let end = state.period.end;
    tell(now, &News::Begins { until: end, resumed: is_resumed })?;
    let question = Arc::new(order.asked(planned.question, end));
    let sampler = match store {
        Some(path) if question.samples_itself() => {
            let sampler = Sampler::open(path, Arc::clone(&question), clock, cancellation).await?;
            Some(SamplesBeside { sampler, unsaid: &unsaid })
        }
        _ => None,
    };
    let sample_every = question.sampling.every;
    let watch = Watch {
        settings: Settings { question, ..settings.clone() },
        store: kept,
        takes_checkpoints: order.takes_checkpoints(),
        store_failed: false,
        clock,
        cancellation,
        timetable: Timetable { period: state.period, ..planned.timetable },
        state,
        report: None,
        known_baseline: None,
        runs_before: None,
        key,
        name,
        courier: &courier,
        unsaid: &unsaid,
    };
    // Goes on for as long as anybody waits for it.
    let mut beside = pin!(async {
        let sampling = async {
            match sampler {
                Some(sampler) => sampler.go_on(sample_every).await,
                None => Ok(()),
            }
        };
        let (sampled, ()) = tokio::join!(sampling, courier.go_on());
        sampled?;
        std::future::pending::<Result<Infallible, WatchError>>().await
    });
    let end = tokio::select! {
        end = Box::pin(watch.run(&mut *tell)) => end?,
        failed = &mut beside => match failed? {},
    };
    tokio::select! {
        () = courier.emptied() => {}
        failed = &mut beside => match failed? {},
    }
    for (at, news) in unsaid.take().into_iter().chain(courier.left()) {
        tell(at, &news)?;
    }
    Ok(end)
}
