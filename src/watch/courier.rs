//! Carries messages to their receivers, beside looks and samples: none of them waits for it.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::watch::{Receiver, Sender};

use super::news::News;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Timestamp};
use crate::report::checkpoint::CheckpointKey;
use crate::settings::Settings;
use crate::sink::webhook::{Delivered, post};
use crate::store::StoreError;
use crate::store::messages::{AddressedMessage, MessageStore};
use crate::webhook::{WebhookMessage, WebhookReceiver};

/// After the first try that failed; twice as long after each further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);

const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// How long receivers are waited for before the program ends. Whoever acts on its exit code waits, too.
const LAST_PATIENCE: Duration = Duration::from_secs(10);

/// Messages that were made and not delivered, in the order in which they were made.
pub(super) struct Outbox {
    waiting: RefCell<Vec<AddressedMessage>>,
    /// A message came.
    added: Sender<()>,
    /// A message went.
    taken: Sender<()>,
}

impl Outbox {
    pub(super) fn new(waiting: Vec<AddressedMessage>) -> Self {
        Self { waiting: RefCell::new(waiting), added: Sender::new(()), taken: Sender::new(()) }
    }

    /// Whoever waits before another try tries at once.
    pub(super) fn add(&self, messages: Vec<AddressedMessage>) {
        self.waiting.borrow_mut().extend(messages);
        self.added.send_replace(());
    }

    fn first(&self, receiver: &str) -> Option<WebhookMessage> {
        let waiting = self.waiting.borrow();
        waiting.iter().find(|waiting| waiting.receiver == receiver).map(|found| found.message.clone())
    }

    fn remove(&self, receiver: &str, id: &str) {
        self.waiting.borrow_mut().retain(|waiting| waiting.receiver != receiver || waiting.message.id != id);
        self.taken.send_replace(());
    }
}

/// A message to each receiver.
pub(super) fn addressed(receivers: &[WebhookReceiver], message: &WebhookMessage) -> Vec<AddressedMessage> {
    let to =
        |receiver: &WebhookReceiver| AddressedMessage { receiver: receiver.key(), message: message.clone() };
    receivers.iter().map(to).collect()
}

pub(super) struct Courier<'a> {
    pub(super) receivers: &'a [WebhookReceiver],
    pub(super) outbox: Outbox,
    /// Where messages are kept.
    pub(super) store: Option<MessageStore>,
    pub(super) clock: Clock,
    pub(super) cancellation: &'a Cancellation,
    pub(super) unsaid: &'a RefCell<Vec<(Timestamp, News)>>,
}

impl<'a> Courier<'a> {
    /// With the messages of the deployment that were not delivered before.
    pub(super) async fn open(
        settings: &'a Settings,
        store: Option<&Path>,
        clock: Clock,
        cancellation: &'a Cancellation,
        key: &CheckpointKey,
        unsaid: &'a RefCell<Vec<(Timestamp, News)>>,
    ) -> Result<Self, StoreError> {
        let receivers = &settings.delivery.webhooks;
        let store = match store {
            Some(path) if !receivers.is_empty() => Some(MessageStore::open(path).await?),
            _ => None,
        };
        let waiting = match &store {
            Some(store) => store.undelivered(key).await?,
            None => Vec::new(),
        };
        Ok(Courier { receivers, outbox: Outbox::new(waiting), store, clock, cancellation, unsaid })
    }

    /// Delivers until somebody ends the watch.
    pub(super) async fn go_on(&self) {
        join_all(self.receivers.iter().map(|receiver| self.serve(receiver))).await;
    }

    /// Every message for one receiver, one after another.
    async fn serve(&self, receiver: &WebhookReceiver) {
        let key = receiver.key();
        let mut added = self.outbox.added.subscribe();
        let failures = Cell::new(0_u32);
        while !self.cancellation.is_cancelled() {
            added.mark_unchanged();
            let Some(message) = self.outbox.first(&key) else {
                self.wait(None, &mut added).await;
                continue;
            };
            match post(receiver, &message, self.clock.now(), self.cancellation).await {
                Delivered::Failed { .. } if self.cancellation.is_cancelled() => return,
                Delivered::Failed { problem, wait } => {
                    if failures.get() == 0 {
                        self.tell(News::NotDelivered { receiver: receiver.host().to_owned(), problem });
                    }
                    let pause = FIRST_WAIT.saturating_mul(1 << failures.get().min(16));
                    failures.set(failures.get() + 1);
                    self.wait(Some(wait.map_or(pause, |wait| wait.max(pause)).min(LONGEST_WAIT)), &mut added)
                        .await;
                }
                done => {
                    if done == Delivered::Unwanted {
                        let problem = "wants no more messages (410)".to_owned();
                        self.tell(News::NotDelivered { receiver: receiver.host().to_owned(), problem });
                    }
                    failures.set(0);
                    if let Some(store) = &self.store
                        && let Err(error) = store.delivered(&key, &message.id).await
                    {
                        self.tell(News::NotKept { problem: error.to_string() });
                    }
                    // The last, since the program may end once nothing is left.
                    self.outbox.remove(&key, &message.id);
                }
            }
        }
    }

    async fn wait(&self, pause: Option<Duration>, added: &mut Receiver<()>) {
        let pausing = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = pausing => {}
            _ = added.changed() => {}
            () = self.cancellation.cancelled() => {}
        }
    }

    /// Until nothing waits that somebody here receives, or nobody has the time for it.
    pub(super) async fn emptied(&self) {
        let mut taken = self.outbox.taken.subscribe();
        let empty = async { while self.waiting() > 0 && taken.changed().await.is_ok() {} };
        tokio::select! {
            () = empty => {}
            () = tokio::time::sleep(LAST_PATIENCE) => {}
            () = self.cancellation.cancelled() => {}
        }
    }

    /// What is to be said of messages that wait when the program ends.
    pub(super) fn left(&self) -> Option<(Timestamp, News)> {
        let (messages, are_kept) = (self.waiting(), self.store.is_some());
        (messages > 0).then(|| (self.clock.now(), News::LeftUndelivered { messages, are_kept }))
    }

    /// How many messages wait for the receivers.
    fn waiting(&self) -> u64 {
        let keys: Vec<String> = self.receivers.iter().map(WebhookReceiver::key).collect();
        let waiting = self.outbox.waiting.borrow();
        waiting.iter().filter(|waiting| keys.contains(&waiting.receiver)).count() as u64
    }

    fn tell(&self, news: News) {
        self.unsaid.borrow_mut().push((self.clock.now(), news));
    }
}
