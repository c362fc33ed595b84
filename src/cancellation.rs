//! A request to stop and a time limit, handed down to whatever waits.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::clock::{Span, Stopwatch};

/// Shared by its clones: cancelled for one is cancelled for all, and stays so.
#[derive(Clone, Debug)]
pub struct Cancellation(Arc<watch::Sender<bool>>);

impl Default for Cancellation {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Cancellation {
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    pub async fn cancelled(&self) {
        // The sender is not gone as long as this value is here.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}

/// A time limit, and since when it counts.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    started: Stopwatch,
    limit: Duration,
}

impl Deadline {
    pub fn after(limit: Duration) -> Self {
        Self { started: Stopwatch::start(), limit }
    }

    /// The whole time.
    pub fn limit(&self) -> Span {
        Span(i64::try_from(self.limit.as_micros()).unwrap_or(i64::MAX))
    }

    /// Zero once it has passed.
    pub fn left(&self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }

    pub async fn passed(&self) {
        tokio::time::sleep(self.left()).await;
    }
}
