//! How many reports of one database are made at once, and how many wait for that.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::settings::Location;

/// Reports of one database that are made at once.
const AT_ONCE: usize = 2;

/// Reports of one database that wait.
const WAITING: usize = 16;

#[derive(Default)]
pub(super) struct Queues(Mutex<HashMap<Location, Arc<Queue>>>);

pub(super) struct Queue {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The queue is full.
pub(super) struct Full;

impl Queues {
    pub(super) fn of(&self, location: &Location) -> Arc<Queue> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Queue { places: Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) };
        Arc::clone(queues.entry(location.clone()).or_insert_with(|| Arc::new(new())))
    }

    /// How many wait for any database.
    pub(super) fn waiting(&self) -> usize {
        let queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queues.values().map(|queue| queue.waiting.load(Ordering::Relaxed)).sum()
    }
}

impl Queue {
    /// A place, which is free again when it is dropped.
    pub(super) async fn enter(&self) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let _counted = WaitingPlace::new(&self.waiting).ok_or(Full)?;
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| Full)
    }
}

/// One of those who wait.
struct WaitingPlace<'a>(&'a AtomicUsize);

impl<'a> WaitingPlace<'a> {
    fn new(waiting: &'a AtomicUsize) -> Option<Self> {
        let more = |now: usize| (now < WAITING).then_some(now + 1);
        waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Self(waiting))
    }
}

impl Drop for WaitingPlace<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
