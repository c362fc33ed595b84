//! What the plan leaves open, and where the rows begin or end too far from a window's edges for it.

use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::{Schedule, shared_fires};
use crate::clock::{Span, Timestamp};
use crate::observation::JobObservations;
use crate::report::caveat::window::tenth;
use crate::report::caveat::{Caveat, CaveatKind, Grounds};
use crate::window::{PerSide, Period, Side, Window};

impl<'a> Grounds<'a> {
    pub(super) fn of_plan(&self) -> Vec<Caveat> {
        let mut found: Vec<Caveat> = self.missing_schedules().into_iter().collect();
        found.extend(self.hasty_orphans());
        found.extend(self.disabled_and_running());
        found.extend(self.affected_controls());
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
        let kind = CaveatKind::MissingSchedule { all: missing.len() == jobs.len() };
        (!missing.is_empty()).then(|| Caveat::new(kind).about(&missing))
    }

    /// Jobs that were switched off in the plan and ran after the change all the same.
    fn disabled_and_running(&self) -> Option<Caveat> {
        let jobs = self.analysis.jobs.iter().filter(|job| job.enabled == Some(false));
        let ran: Vec<_> = jobs.filter(|job| job.stagger.started > 0).collect();
        let runs: u64 = ran.iter().map(|job| job.stagger.started).sum();
        let names: Vec<&str> = ran.iter().map(|job| job.name.as_str()).collect();
        let caveat = Caveat::new(CaveatKind::DisabledButRunning).on(Side::Stagger);
        (!names.is_empty()).then(|| caveat.about(&names).with_runs(runs))
    }

    /// Control jobs that start together with jobs of the change, and did not before, or no longer do.
    fn affected_controls(&self) -> Option<Caveat> {
        let plans: Vec<&JobPlan> = self.plans.values().copied().collect();
        if plans.iter().all(|plan| !plan.control) {
            return None;
        }
        let from = self.observations.windows.stagger.period.start;
        let shared = PerSide::of(|side| shared_fires(&plans, side, from));
        let names = shared.stagger.iter().filter(|(name, fires)| shared.baseline.get(*name) != Some(*fires));
        let names: Vec<&str> = names.map(|(name, _)| *name).collect();
        (!names.is_empty()).then(|| Caveat::new(CaveatKind::ControlsAffected).about(&names))
    }

    /// Jobs that succeeded after more time than the one after which they count as lost.
    fn hasty_orphans(&self) -> Option<Caveat> {
        if self.thresholds.nothing_in_flight {
            return None;
        }
        let longest = |job: &str| {
            let seen = Side::BOTH.into_iter().filter_map(|side| self.observations.get(side).job(job));
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
        let kind = CaveatKind::OrphanAfterTooShort { longest, orphan_after: patience(job) };
        Some(Caveat::new(kind).about(&names))
    }

    /// Rows that begin or end so far inside the window that earlier or later ones may have been deleted.
    fn retention(&self, side: Side) -> Option<Caveat> {
        let window = self.observations.windows.get(side);
        let start = window.observed.first()?.start;
        if let Some(first_started) = self.observations.coverage.first_started
            && first_started.since(start) > tenth(window.observed_length())
        {
            let after_start = first_started.since(start);
            return Some(Caveat::new(CaveatKind::TableBeginsLate { first_started, after_start }).on(side));
        }
        let touched = self.touched(side, |name, seen| u64::from(self.is_cut(name, seen, side)))?;
        Some(Caveat::new(CaveatKind::RowsFarFromAnEdge).on(side).about(&touched.names))
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
