//! When a start counts as on time: the places of a schedule in the cycle, and the seconds after them.

use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::analysis::schedule::Schedule;
use crate::clock::SECOND_US;
use crate::observation::punctual::{PunctualJobs, PunctualSeconds};
use crate::window::{PerSide, Period, Side, Window};

/// The seconds of the declared jobs in each window, for whoever reads the rows. A job is left out without a
/// schedule, and where its seconds are too scattered for a query.
pub fn punctual_jobs(
    jobs: &[JobPlan],
    windows: &PerSide<Window>,
    settings: &AnalysisSettings,
) -> PerSide<PunctualJobs> {
    let of = |side: Side| {
        let seconds = |job: &JobPlan| {
            let seconds = seconds(job.schedule_in(side)?, &windows.get(side).observed, settings);
            seconds.is_bounded().then(|| (job.name.clone(), seconds))
        };
        jobs.iter().filter_map(seconds).collect()
    };
    PerSide::of(of)
}

/// The seconds at which a start is on time while the zone's clock stands as it did in `observed`.
pub fn seconds(schedule: &Schedule, observed: &[Period], settings: &AnalysisSettings) -> PunctualSeconds {
    let places = schedule.places(settings.cycle, observed);
    let (cycle, within) = (settings.cycle.us() / SECOND_US, settings.on_time_within.us() / SECOND_US);
    PunctualSeconds::new(&places, within, cycle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::plan::threshold::ByMetric;
    use crate::clock::{Span, Timestamp};
    use crate::window::Window;

    fn window(start: &str, end: &str) -> Window {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let period = Period { start: at(start), end: at(end) };
        Window::observe(period, Timestamp(i64::MAX), &[], crate::window::Chosen::Given, None)
    }

    fn job(name: &str, expression: &str) -> JobPlan {
        let schedule = Schedule::parse(expression, Span(0), chrono_tz::Europe::Berlin).unwrap();
        JobPlan {
            name: name.to_owned(),
            was: None,
            schedule: Some(schedule),
            baseline_schedule: None,
            enabled: true,
            control: false,
            orphan_after: None,
            min_runs: ByMetric::default(),
            margin: ByMetric::default(),
            note: None,
        }
    }

    #[test]
    fn a_daily_job_moves_with_summer_time() {
        let day = AnalysisSettings { cycle: Span::seconds(86_400), ..AnalysisSettings::default() };
        let in_stagger = |start: &str, end: &str| {
            let stagger = window(start, end);
            let windows = PerSide { baseline: Window::nothing_at(stagger.period.start), stagger };
            let jobs = [job("daily", "30 3 * * *"), job("scattered", "*/7 8-22 * * *")];
            let punctual = punctual_jobs(&jobs, &windows, &day);
            assert!(punctual.baseline.is_empty(), "no schedule is declared for it");
            assert_eq!(punctual.stagger.keys().collect::<Vec<_>>(), ["daily"], "the other is not bounded");
            punctual.stagger["daily"].ranges().to_vec()
        };
        let (winter, summer) = ((9_000, 9_001), (5_400, 5_401));
        assert_eq!(in_stagger("2026-02-01T00:00:00Z", "2026-02-08T00:00:00Z"), [winter]);
        assert_eq!(in_stagger("2026-07-01T00:00:00Z", "2026-07-08T00:00:00Z"), [summer]);
        assert_eq!(in_stagger("2026-03-25T00:00:00Z", "2026-04-01T00:00:00Z"), [summer, winter]);
    }
}
