//! A request to stop, handed down to whatever waits.

use std::sync::Arc;

use tokio::sync::watch;

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

    /// Waits until it is cancelled.
    pub async fn cancelled(&self) {
        // The sender is not gone as long as this value is here.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}
