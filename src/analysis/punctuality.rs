//! When a start counts as on time: the places of a schedule in the cycle, and the seconds after them.

use super::plan::{AnalysisSettings, JobPlan};
use super::schedule::Schedule;
use crate::clock::SECOND_US;
use crate::observation::punctual::{PunctualJobs, PunctualSeconds};
use crate::window::{PerSide, Period, Side, WindowPair};

/// The seconds of the declared jobs in each window, for whoever reads the rows. A job is left out without a
/// schedule, and where its seconds are too scattered for a query.
pub fn punctual_jobs(
    jobs: &[JobPlan],
    windows: &WindowPair,
    settings: &AnalysisSettings,
) -> PerSide<PunctualJobs> {
    let of = |side: Side| {
        let seconds = |job: &JobPlan| {
            let seconds = seconds(job.schedule_in(side)?, &windows.get(side).observed, settings);
            seconds.is_bounded().then(|| (job.name.clone(), seconds))
        };
        jobs.iter().filter_map(seconds).collect()
    };
    PerSide { baseline: of(Side::Baseline), stagger: of(Side::Stagger) }
}

/// The seconds at which a start is on time while the zone's clock stands as it did in `observed`.
pub(super) fn seconds(
    schedule: &Schedule,
    observed: &[Period],
    settings: &AnalysisSettings,
) -> PunctualSeconds {
    let places = schedule.places(settings.cycle, observed);
    let (cycle, within) = (settings.cycle.us() / SECOND_US, settings.on_time_within.us() / SECOND_US);
    PunctualSeconds::new(&places, within, cycle)
}
