//! Says to webhooks what checkpoints decided.

use std::cell::RefCell;
use std::path::Path;

use super::checkpoints::Taken;
use super::courier::{Courier, addressed};
use super::error::WatchError;
use super::message::CheckpointNotice;
use super::running::Tell;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, DAY_US, Span};
use crate::settings::Settings;
use crate::store::messages::{AddressedMessage, MessageStore};
use crate::webhook::WebhookReceiver;

/// What happened longer ago is not said to a webhook that is new.
const RECENT: Span = Span(DAY_US);

/// Announces each change of decision among the checkpoints, and the last one. Nothing that was said once is said again:
/// a process that was killed in between is made up for by the next.
///
/// # Errors
/// When the store cannot be used. A receiver that takes nothing is reported by `tell`.
pub async fn announce(
    settings: &Settings,
    store: &Path,
    taken: &Taken,
    clock: Clock,
    cancellation: &Cancellation,
    tell: &mut Tell<'_>,
) -> Result<(), WatchError> {
    if settings.delivery.webhooks.is_empty() {
        return Ok(());
    }
    let unsaid = RefCell::default();
    let messages_kept = MessageStore::open(store).await?;
    for receiver in &settings.delivery.webhooks {
        let is_new = !messages_kept.knows(&taken.key, &receiver.key()).await?;
        let messages = messages(taken, receiver, is_new)?;
        messages_kept.add(&taken.key, &messages).await?;
    }
    let courier = Courier::open(settings, Some(store), clock, cancellation, &taken.key, &unsaid).await?;
    tokio::select! {
        () = courier.emptied() => {}
        () = courier.go_on() => {}
    }
    for (at, news) in unsaid.take().into_iter().chain(courier.left()) {
        tell(at, &news)?;
    }
    Ok(())
}

/// Of all checkpoints, since what was said once is known; of a receiver that is new, the recent ones.
fn messages(
    taken: &Taken,
    receiver: &WebhookReceiver,
    is_new: bool,
) -> std::io::Result<Vec<AddressedMessage>> {
    let mut messages = Vec::new();
    for notice in CheckpointNotice::all(&taken.key, &taken.checkpoints, taken.plan) {
        if !is_new || taken.now.since(notice.at()) <= RECENT {
            messages.extend(addressed(std::slice::from_ref(receiver), &notice.message()?));
        }
    }
    Ok(messages)
}
