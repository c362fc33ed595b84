//! The jobs of one window, each by itself.

use std::collections::BTreeMap;

use super::Observer;
use super::error::ObserveError;
use super::parameters::Found;
use super::queries;
use super::read::{CountedJobs, recent_starts};
use super::way::check_jobs;
use crate::database::Session;
use crate::observation::SeenJob;
use crate::window::Side;

/// What one window holds. Unit of the counts: rows.
#[derive(Debug, Default)]
pub struct SeenJobs {
    pub jobs: BTreeMap<String, SeenJob>,
    /// Known and not started yet.
    pub open: u64,
    /// Without a time that says when.
    pub unplaced: u64,
}

impl Observer<'_> {
    /// The query for the scheduler's own list of jobs.
    pub fn job_list(&self) -> Option<&str> {
        self.relation.mapping.job_list.as_deref()
    }

    /// The jobs of the stagger window. The other window is left empty.
    ///
    /// # Errors
    /// As of [`Observer::observe`].
    pub async fn inventory(mut self, session: &mut Session) -> Result<SeenJobs, ObserveError> {
        self.find_keys(session).await?;
        let left_out = self.statuses(session).await?.stagger;
        let mut counted = CountedJobs::default();
        let mut found = Found::default();
        counted.outcomes(&self.run(session, &queries::OUTCOMES, &found).await?)?;
        check_jobs(counted.count())?;
        counted.durations(&self.run(session, &queries::DURATIONS, &found).await?)?;
        counted.overlaps(&self.run(session, &queries::OVERLAPS, &found).await?)?;
        if self.recorded().schedules {
            counted.schedules(&self.run(session, &queries::SCHEDULES, &found).await?)?;
        }
        found.jobs = counted.count();
        let mut starts = recent_starts(&self.run(session, &queries::RECENT_STARTS, &found).await?)?;
        let jobs = counted.take(Side::Stagger).into_iter().map(|(name, counts)| {
            let recent_starts = starts.remove(&name).unwrap_or_default();
            (name, SeenJob { counts: *counts, recent_starts })
        });
        Ok(SeenJobs { jobs: jobs.collect(), open: left_out.open, unplaced: left_out.unplaced })
    }
}
