//! Counting by the database itself: each query returns bounded rows.

use super::Observer;
use super::counted::Counted;
use super::error::ObserveError;
use super::parameters::{Found, SHOWN_JOBS};
use super::queries;
use super::read::{self, CountedJobs};
use super::shown;
use super::way::{self, MOST_JOBS};
use crate::database::Session;
use crate::observation::counting::CountedJob;
use crate::observation::pictures::LevelsOverTime;
use crate::window::{PerSide, Window};

/// Rows of `outcomes` that a job has at most, but for a few jobs. The rows of all of them are held at once.
const OUTCOMES_OF_A_JOB: usize = 16;

/// What the counting queries tell that pictures need.
pub(super) struct SeenForPictures {
    pub(super) levels_over_time: PerSide<LevelsOverTime>,
    /// The longest that any run occupied, µs.
    pub(super) longest_us: i64,
}

impl Observer<'_> {
    /// Outcomes and durations, and nothing else.
    pub(super) async fn outline_by_database(&self, session: &mut Session) -> Result<Counted, ObserveError> {
        let found = Found::default();
        let mut jobs = CountedJobs::default();
        jobs.outcomes(&self.run(session, &queries::OUTCOMES, &found).await?)?;
        way::check_jobs(jobs.count())?;
        jobs.durations(&self.run(session, &queries::DURATIONS, &found).await?)?;
        Ok(Counted::of(jobs))
    }

    pub(super) async fn pushdown(
        &self,
        session: &mut Session,
    ) -> Result<(Counted, SeenForPictures), ObserveError> {
        let mut jobs = CountedJobs::default();
        let mut found = Found::default();
        let outcomes = self.statement(&queries::OUTCOMES, &found);
        let outcomes = session.fetch(queries::OUTCOMES.name, outcomes, MOST_JOBS * OUTCOMES_OF_A_JOB).await?;
        jobs.outcomes(&outcomes)?;
        way::check_jobs(jobs.count())?;
        let longest_us = read::longest_occupancy_us(&outcomes)?;
        found.longest_us = Some(longest_us);
        jobs.durations(&self.run(session, &queries::DURATIONS, &found).await?)?;
        let dependence = self.run(session, &queries::DEPENDENCE, &found).await?;
        jobs.dependence(&dependence, self.windows.as_ref().map(|window| window.period.start))?;
        found.meeting = read::meeting(&dependence)?;
        jobs.start_seconds(&self.run(session, &queries::START_SECONDS, &found).await?)?;
        if self.recorded().scheduled_at {
            jobs.start_delays(&self.run(session, &queries::START_DELAYS, &found).await?)?;
        }
        let start_bursts = read::start_bursts(&self.run(session, &queries::START_BURSTS, &found).await?)?;
        let concurrency = self.run(session, &queries::CONCURRENCY, &found).await?;
        let (mut levels, levels_over_time) = read::levels(&concurrency, &self.windows)?;
        found.peaks = levels.as_ref().map(|levels| levels.peak_at);
        if found.peaks.iter().any(Option::is_some) {
            read::jobs_at_peak(&self.run(session, &queries::JOBS_AT_PEAK, &found).await?, &mut levels)?;
        }
        if !found.meeting.is_empty() {
            jobs.overlaps(&self.run(session, &queries::OVERLAPS, &found).await?)?;
            jobs.overlapped_time(&self.run(session, &queries::OVERLAPPED_TIME, &found).await?)?;
        }
        if self.relation.settings.jobs.iter().any(CountedJob::is_scheduled) {
            jobs.fires(&self.run(session, &queries::FIRES, &found).await?)?;
        }
        let observed = self.windows.as_ref().map(Window::observed_length);
        found.shown = shown::jobs(&jobs, observed, SHOWN_JOBS);
        let trends = self.run(session, &queries::TRENDS, &found).await?;
        let trends = read::trends(&trends, &self.parameters().trend_buckets_us())?;
        let seen = SeenForPictures { levels_over_time, longest_us };
        Ok((Counted { jobs, levels, start_bursts, trends }, seen))
    }
}
