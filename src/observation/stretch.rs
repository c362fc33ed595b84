//! Windows as stretches of time like those of earlier days.

use std::borrow::Cow;

use super::ordinary::Stretch;
use super::{HalfObservations, Observations, WindowObservations};
use crate::window::{Period, Side};

/// What was seen of each job in the whole window.
pub fn stretch_of(window: WindowObservations) -> Stretch {
    window.jobs.into_iter().map(|(name, job)| (name, HalfObservations::together(job.halves))).collect()
}

impl Observations {
    /// What was seen of `job` in a period of an earlier pair; `None` where nothing was.
    pub fn seen_earlier(&self, period: Period, job: &str) -> Option<Cow<'_, HalfObservations>> {
        if let Some(stretch) = self.ordinary.stretches.get(&period) {
            return stretch.get(job).map(Cow::Borrowed);
        }
        let halves = self.get(Side::Baseline).jobs.get(job)?.halves.clone();
        Some(Cow::Owned(HalfObservations::together(halves)))
    }
}
