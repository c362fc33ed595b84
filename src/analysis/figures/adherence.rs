//! Whether a job kept to its plan: starts on time, fires answered, runs beyond them.

use std::collections::BTreeMap;

use crate::analysis::figures::window::Adherence;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::analysis::schedule::Schedule;
use crate::analysis::schedule::punctuality;
use crate::clock::Span;
use crate::observation::{FireCounts, JobObservations};
use crate::window::{Period, Side, Window};

impl Adherence {
    /// Holds what was seen of a job in `window` against its plan. A job that was not seen missed every
    /// fire.
    pub(in crate::analysis) fn of(
        plan: Option<&JobPlan>,
        seen: Option<&JobObservations>,
        window: &Window,
        side: Side,
        settings: &AnalysisSettings,
    ) -> Self {
        let Some((plan, schedule)) = plan.and_then(|plan| Some((plan, plan.schedule_in(side)?))) else {
            return Self::default();
        };
        let on_time = seen.map_or((0, 0), |seen| on_time(schedule, seen, &window.observed, settings));
        let kept = Self {
            on_time: Some(on_time),
            dense: schedule.fires_more_often_than(Span::seconds(2)),
            ..Self::default()
        };
        if !plan.enabled {
            return kept;
        }
        let expected = schedule.fires(&window.observed);
        let counts = match seen {
            None => Some(FireCounts::default()),
            Some(seen) => seen.fires,
        };
        let unanswered = counts.map(|counts| against_fires(schedule, expected, counts));
        Self {
            expected: Some(expected),
            missed: unanswered.map(|(missed, _)| missed),
            extra: unanswered.map(|(_, extra)| extra),
            ..kept
        }
    }
}

/// Missed and extra runs. Where fires are at least a minute apart the distinct minutes of the starts are
/// held against them, so that a run logged twice hides no missed one.
fn against_fires(schedule: &Schedule, expected: u64, counts: FireCounts) -> (u64, u64) {
    if schedule.is_sub_minute() {
        return (
            expected.saturating_sub(counts.first_attempts),
            counts.started_first_attempts.saturating_sub(expected),
        );
    }
    (
        expected.saturating_sub(counts.distinct_minutes),
        counts.started_first_attempts.saturating_sub(counts.started_distinct_minutes),
    )
}

/// First attempts that started on time, and all of them that started.
fn on_time(
    schedule: &Schedule,
    seen: &JobObservations,
    observed: &[Period],
    settings: &AnalysisSettings,
) -> (u64, u64) {
    let seconds = punctuality::seconds(schedule, observed, settings);
    let starts = |runs_by_second: &BTreeMap<u32, u64>, on_time: bool| -> u64 {
        let of =
            runs_by_second.iter().filter(|(second, _)| !on_time || seconds.contains(i64::from(**second)));
        of.map(|(_, runs)| runs).sum()
    };
    let firsts =
        |on_time| starts(&seen.start_seconds, on_time).saturating_sub(starts(&seen.retry_seconds, on_time));
    (firsts(true), firsts(false))
}

#[cfg(test)]
mod tests {
    use chrono_tz::UTC;

    use super::*;
    use crate::analysis::plan::threshold::ByMetric;
    use crate::clock::{SECOND_US, Timestamp};

    fn plan(expression: &str, offset: i64, enabled: bool) -> JobPlan {
        JobPlan {
            name: "job".to_owned(),
            was: None,
            schedule: Some(Schedule::parse(expression, Span::seconds(offset), UTC).unwrap()),
            baseline_schedule: Some(Schedule::parse(expression, Span(0), UTC).unwrap()),
            enabled,
            control: false,
            orphan_after: None,
            min_runs: ByMetric::default(),
            margin: ByMetric::default(),
            note: None,
        }
    }

    fn hour() -> Window {
        let period = Period { start: Timestamp(0), end: Timestamp(3_600 * SECOND_US) };
        Window::observe(period, Timestamp(i64::MAX), &[], crate::window::Chosen::Given, None)
    }

    fn seen(start_seconds: &[(u32, u64)], fires: FireCounts) -> JobObservations {
        JobObservations {
            start_seconds: start_seconds.iter().copied().collect(),
            fires: Some(fires),
            ..JobObservations::default()
        }
    }

    fn fires(first: u64, minutes: u64, started: u64, started_minutes: u64) -> FireCounts {
        FireCounts {
            first_attempts: first,
            distinct_minutes: minutes,
            started_first_attempts: started,
            started_distinct_minutes: started_minutes,
        }
    }

    fn of(plan: &JobPlan, seen: Option<&JobObservations>, side: Side) -> Adherence {
        Adherence::of(Some(plan), seen, &hour(), side, &AnalysisSettings::default())
    }

    #[test]
    fn a_start_is_on_time_within_a_second_after_its_place() {
        let starts = seen(&[(44, 1), (45, 10), (46, 4), (47, 2), (0, 3)], fires(20, 20, 20, 20));
        let kept = of(&plan("* * * * *", 45, true), Some(&starts), Side::Stagger);
        assert_eq!(kept.on_time, Some((14, 20)));
        // the baseline is held against the schedule without the offset; second 59 + 1 goes round
        let kept = of(&plan("* * * * *", 45, true), Some(&starts), Side::Baseline);
        assert_eq!(kept.on_time, Some((3, 20)));
        let round = seen(&[(0, 1), (59, 1), (1, 1)], fires(3, 3, 3, 3));
        assert_eq!(of(&plan("* * * * *", 59, true), Some(&round), Side::Stagger).on_time, Some((2, 3)));
    }

    #[test]
    fn double_logging_hides_no_missed_run() {
        // 60 fires; 55 minutes were answered, 50 of them by runs that were logged twice, 5 were skipped
        let kept = of(&plan("* * * * *", 0, true), Some(&seen(&[], fires(105, 55, 100, 50))), Side::Stagger);
        assert_eq!((kept.expected, kept.missed, kept.extra), (Some(60), Some(5), Some(50)));
    }

    #[test]
    fn fires_within_a_minute_are_matched_by_number() {
        let every_20 = plan("*/20 * * * * *", 0, true);
        let few = of(&every_20, Some(&seen(&[], fires(170, 60, 160, 60))), Side::Stagger);
        assert_eq!((few.expected, few.missed, few.extra), (Some(180), Some(10), Some(0)));
        let many = of(&every_20, Some(&seen(&[], fires(190, 60, 185, 60))), Side::Stagger);
        assert_eq!((many.missed, many.extra), (Some(0), Some(5)));
    }

    #[test]
    fn a_job_that_was_never_seen_missed_every_fire() {
        let kept = of(&plan("*/5 * * * *", 5, true), None, Side::Stagger);
        assert_eq!((kept.expected, kept.missed, kept.extra), (Some(12), Some(12), Some(0)));
        assert_eq!(kept.on_time, Some((0, 0)));
    }

    #[test]
    fn nothing_is_expected_of_disabled_and_undeclared_jobs() {
        let disabled = of(&plan("*/5 * * * *", 5, false), None, Side::Stagger);
        assert_eq!((disabled.expected, disabled.missed, disabled.extra), (None, None, None));
        let undeclared = Adherence::of(None, None, &hour(), Side::Stagger, &AnalysisSettings::default());
        assert_eq!(undeclared, Adherence::default());
    }

    #[test]
    fn fires_that_were_not_counted_are_not_missed() {
        let uncounted = JobObservations { fires: None, ..JobObservations::default() };
        let kept = of(&plan("* * * * *", 0, true), Some(&uncounted), Side::Stagger);
        assert_eq!((kept.expected, kept.missed, kept.extra), (Some(60), None, None));
    }

    #[test]
    fn only_a_schedule_of_every_second_is_dense() {
        assert!(of(&plan("* * * * * *", 0, true), None, Side::Stagger).dense);
        assert!(!of(&plan("*/2 * * * * *", 0, true), None, Side::Stagger).dense);
    }
}
