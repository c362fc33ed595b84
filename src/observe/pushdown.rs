//! Counting by the database itself: each query returns bounded rows.

use super::Observer;
use super::counted::{Counted, SHOWN_JOBS};
use super::queries;
use super::read::{self, Jobs};
use crate::database::{DatabaseError, Session};
use crate::settings::JobPlan;
use crate::window::PerSide;

impl Observer<'_> {
    /// Runs the queries, one after the other.
    pub(super) async fn pushdown(&self, session: &mut Session) -> Result<Counted, DatabaseError> {
        let mut jobs = Jobs::default();
        jobs.outcomes(&self.run(session, queries::OUTCOMES).await?)?;
        jobs.durations(&self.run(session, queries::DURATIONS).await?)?;
        jobs.dependence(&self.run(session, queries::DEPENDENCE).await?)?;
        jobs.start_seconds(&self.run(session, queries::START_SECONDS).await?)?;
        if self.recorded().scheduled_at {
            jobs.start_delays(&self.run(session, queries::START_DELAYS).await?)?;
        }
        let start_bursts = read::start_bursts(&self.run(session, queries::START_BURSTS).await?)?;
        let observed = PerSide {
            baseline: self.windows.baseline.observed_length(),
            stagger: self.windows.stagger.observed_length(),
        };
        let mut levels = read::levels(&self.run(session, queries::CONCURRENCY).await?, &observed)?;
        let peaks = PerSide { baseline: levels.baseline.peak_at, stagger: levels.stagger.peak_at };
        if peaks.baseline.or(peaks.stagger).is_some() {
            let rows = self.run_with(session, queries::JOBS_AT_PEAK, self.peak_values(&peaks)).await?;
            read::jobs_at_peak(&rows, &mut levels)?;
        }
        if jobs.overlaps(&self.run(session, queries::OVERLAPS).await?)? {
            jobs.overlapped_time(&self.run(session, queries::OVERLAPPED_TIME).await?)?;
        }
        let declared = |job: &JobPlan| job.schedule.is_some() || job.baseline_schedule.is_some();
        if self.relation.settings.jobs.iter().any(declared) {
            jobs.fires(&self.run(session, queries::FIRES).await?)?;
        }
        let shown = jobs.busiest(SHOWN_JOBS);
        let trends = self.run_with(session, queries::TRENDS, self.trend_values(&shown)).await?;
        let trends = read::trends(&trends, &self.buckets())?;
        Ok(Counted { jobs, levels, levels_over_time: None, start_bursts, trends })
    }
}
