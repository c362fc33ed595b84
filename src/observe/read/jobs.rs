//! The jobs of both windows while the queries come in.

use std::collections::BTreeMap;

use super::row::side_of;
use crate::clock::Timestamp;
use crate::database::{Row, UnexpectedCell};
use crate::observation::JobObservations;
use crate::window::{PerSide, Side};

/// The jobs of both windows while the queries come in.
#[derive(Debug, Default)]
pub(in crate::observe) struct CountedJobs(
    pub(in crate::observe) PerSide<BTreeMap<String, Box<JobObservations>>>,
);

impl CountedJobs {
    /// Adds a job of a window that was counted as a whole.
    pub(in crate::observe) fn insert(&mut self, side: Side, name: String, job: JobObservations) {
        self.0.get_mut(side).insert(name, Box::new(job));
    }

    pub(super) fn job(&mut self, row: &Row<'_>) -> Result<&mut JobObservations, UnexpectedCell> {
        let side = side_of(row)?;
        Ok(self.0.get_mut(side).entry(row.text("job_name")?).or_default())
    }

    /// How many there are in either window.
    pub(in crate::observe) fn count(&self) -> usize {
        let PerSide { baseline, stagger } = &self.0;
        baseline.len() + stagger.keys().filter(|name| !baseline.contains_key(*name)).count()
    }

    /// The jobs of a window, taken out.
    pub(in crate::observe) fn take(&mut self, side: Side) -> BTreeMap<String, Box<JobObservations>> {
        std::mem::take(self.0.get_mut(side))
    }

    /// Every job with what was seen of it in either window.
    pub(in crate::observe) fn pairs(
        &self,
    ) -> impl Iterator<Item = (&str, PerSide<Option<&JobObservations>>)> {
        let PerSide { baseline, stagger } = &self.0;
        let before = baseline.iter().map(|(name, job)| {
            let after = stagger.get(name).map(Box::as_ref);
            (name.as_str(), PerSide { baseline: Some(job.as_ref()), stagger: after })
        });
        let after = stagger.iter().filter(|(name, _)| !baseline.contains_key(*name));
        before.chain(
            after.map(|(name, job)| (name.as_str(), PerSide { baseline: None, stagger: Some(job.as_ref()) })),
        )
    }

    /// The first and the last start of all jobs of each window.
    pub(in crate::observe) fn ranges(&self) -> PerSide<Option<(Timestamp, Timestamp)>> {
        self.0.as_ref().map(|jobs| {
            let first = jobs.values().filter_map(|job| job.first_started).min()?;
            Some((first, jobs.values().filter_map(|job| job.last_started).max()?))
        })
    }
}
