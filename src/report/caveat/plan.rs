//! What the plan leaves open, and where the rows begin or end too far from a window's edges for it.

use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::Schedule;
use crate::clock::{Span, Timestamp};
use crate::figure;
use crate::legible;
use crate::observation::JobObservations;
use crate::report::caveat::window::tenth;
use crate::report::caveat::{Caveat, NAMED, Subject, window_name};
use crate::window::{Period, Side, Window};

impl<'a> Subject<'a> {
    pub(super) fn of_plan(&self) -> Vec<Caveat> {
        let mut found: Vec<Caveat> = self.missing_schedules().into_iter().collect();
        found.extend(self.hasty_orphans());
        found.extend(self.disabled_and_running());
        found.extend(Side::BOTH.into_iter().filter_map(|side| self.retention(side)));
        found
    }

    /// The enabled jobs with the schedule that was in force in a window.
    pub(super) fn scheduled(&self, side: Side) -> impl Iterator<Item = (&'a JobPlan, &'a Schedule)> {
        let enabled = self.plans.values().copied().filter(|plan| plan.enabled);
        enabled.filter_map(move |plan| Some((plan, plan.schedule_in(side)?)))
    }

    fn missing_schedules(&self) -> Option<Caveat> {
        let jobs = &self.analysis.jobs;
        let missing: Vec<&str> =
            jobs.iter().filter(|job| job.schedule.is_none()).map(|job| job.name.as_str()).collect();
        if missing.is_empty() {
            return None;
        }
        let which = if missing.len() == jobs.len() {
            "no job has a declared schedule".to_owned()
        } else {
            let jobs = figure::counted(missing.len() as u64, "job has", "jobs have");
            format!("{jobs} no declared schedule ({})", legible::list(&missing, NAMED))
        };
        let message = format!("{which}: which runs were expected, missed or on time cannot be told");
        Some(Caveat::new("missing_schedule", message).about(&missing))
    }

    /// Jobs that were switched off in the plan and ran after the change all the same.
    fn disabled_and_running(&self) -> Option<Caveat> {
        let jobs = self.analysis.jobs.iter().filter(|job| job.enabled == Some(false));
        let ran: Vec<_> = jobs.filter(|job| job.stagger.started > 0).collect();
        let runs: u64 = ran.iter().map(|job| job.stagger.started).sum();
        let names: Vec<&str> = ran.iter().map(|job| job.name.as_str()).collect();
        if names.is_empty() {
            return None;
        }
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!(
            "{} {verb} declared as disabled, but started {} in the after window",
            legible::list(&names, NAMED),
            figure::counted(runs, "run", "runs")
        );
        Some(Caveat::new("disabled_but_running", message).on(Side::Stagger).about(&names).with_runs(runs))
    }

    /// Jobs that succeeded after more time than the one after which they count as lost.
    fn hasty_orphans(&self) -> Option<Caveat> {
        if self.thresholds.nothing_in_flight {
            return None;
        }
        let longest = |job: &str| {
            let seen = Side::BOTH.into_iter().filter_map(|side| self.observations.get(side).jobs.get(job));
            seen.filter(|seen| !seen.durations.is_empty()).map(|seen| Span(seen.durations.max)).max()
        };
        let patience = |job: &str| {
            self.plan(job).and_then(|plan| plan.orphan_after).unwrap_or(self.thresholds.orphan_after)
        };
        let names = self.analysis.jobs.iter().map(|job| job.name.as_str());
        let hasty: Vec<(&str, Span)> = names
            .filter_map(|job| Some((job, longest(job).filter(|longest| *longest > patience(job))?)))
            .collect();
        let &(job, longest) = hasty.first()?;
        let names: Vec<&str> = hasty.iter().map(|&(job, _)| job).collect();
        let others = match names.len() - 1 {
            0 => String::new(),
            n => format!(" (and likewise {})", figure::counted(n as u64, "other job", "other jobs")),
        };
        let message = format!(
            "{} succeeded after {}, longer than the {} after which a run still running counts as never finished{others}: raise orphan_after",
            legible::list(&[job], NAMED),
            length(longest, patience(job)),
            length(patience(job), longest),
        );
        Some(Caveat::new("orphan_after_too_short", message).about(&names))
    }

    /// Rows that begin or end so far inside the window that earlier or later ones may have been deleted.
    fn retention(&self, side: Side) -> Option<Caveat> {
        let window = self.observations.windows.get(side);
        let start = window.observed.first()?.start;
        if let Some(first) = self.observations.coverage.first_started
            && first.since(start) > tenth(window.observed_length())
        {
            let message = format!(
                "the table's first run started at {}, {} after the start of {}: earlier rows may have been deleted",
                figure::instant(first),
                figure::span(first.since(start).as_seconds()),
                window_name(side),
            );
            return Some(Caveat::new("retention", message).on(side));
        }
        let touched = self.touched(side, |name, seen| u64::from(self.is_cut(name, seen, side)))?;
        let message = format!(
            "the first or last run of {} ({}) lies far from the edge of {}: rows may have been deleted, or the job did not run there",
            figure::counted(touched.names.len() as u64, "job", "jobs"),
            legible::list(&touched.names, NAMED),
            window_name(side),
        );
        Some(Caveat::new("retention", message).on(side).about(&touched.names))
    }

    fn is_cut(&self, name: &str, seen: &JobObservations, side: Side) -> bool {
        let window = self.observations.windows.get(side);
        let (Some(first), Some(last)) = (seen.first_started, seen.last_started) else { return false };
        let plan = self.plan(name);
        if plan.is_some_and(|plan| !plan.enabled) {
            return false;
        }
        match plan.and_then(|plan| plan.schedule_in(side)) {
            Some(schedule) => misses_an_edge(schedule, window, first, last),
            None => is_far_from_an_edge(seen, window, first, last),
        }
    }
}

/// Whether more than two fires go by unanswered before the first run, or after the last. Counting fires
/// rather than time keeps a job of office hours from looking cut after every weekend.
fn misses_an_edge(schedule: &Schedule, window: &Window, first: Timestamp, last: Timestamp) -> bool {
    let part = |from: Timestamp, to: Timestamp| -> Vec<Period> {
        let clipped = window.observed.iter().map(|p| Period { start: p.start.max(from), end: p.end.min(to) });
        clipped.filter(|p| p.start < p.end).collect()
    };
    let until_first = part(window.period.start, first);
    let since_last = part(last.plus(Span(1)), window.observed_end());
    // the first run comes after the fire that it answers
    schedule.fires(&until_first) > 3 || schedule.fires(&since_last) > 2
}

/// Whether the first or last run of a job without a schedule is further from the edge than a tenth of
/// the window, and than two of its mean distances: a job of three runs is always far from an edge.
fn is_far_from_an_edge(seen: &JobObservations, window: &Window, first: Timestamp, last: Timestamp) -> bool {
    let length = window.observed_length();
    let started = i64::try_from(seen.outcomes.started()).unwrap_or(i64::MAX).max(1);
    let limit = tenth(length).max(Span(length.us() / started * 2));
    let start = window.observed.first().map_or(window.period.start, |period| period.start);
    first.since(start) > limit || window.observed_end().since(last) > limit
}

/// A length beside `other`, never rounded to the same text.
fn length(length: Span, other: Span) -> String {
    let [length, other] = [length, other].map(|span| span.as_seconds() * 1_000.0);
    figure::duration_against(length, &[other])
}
