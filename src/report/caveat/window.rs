//! What the windows can and cannot show.

use crate::analysis::figures::job::JobReport;
use crate::analysis::metric;
use crate::clock::Span;
use crate::report::caveat::hours::TimesCovered;
use crate::report::caveat::{Caveat, CaveatKind, Grounds};
use crate::window::{Exclusion, PerSide, Side};

/// Exclusions that get a sentence of their own.
const EXCLUSIONS: usize = 5;

impl Grounds<'_> {
    pub(super) fn of_windows(&self) -> Vec<Caveat> {
        let mut found = Vec::new();
        found.extend(self.elsewhere());
        for side in Side::BOTH {
            found.extend(self.short_window(side));
            found.extend(self.no_starts(side));
            found.extend(self.cut_by_as_of(side));
        }
        found.extend(self.other_hours());
        found.extend(self.fixed_baseline());
        found
    }

    /// A baseline from another place differs in more than the deployment.
    fn elsewhere(&self) -> Option<Caveat> {
        let chosen = self.observations.windows.baseline.chosen.clone();
        let kind = CaveatKind::BaselineElsewhere { chosen };
        self.elsewhere.then(|| Caveat::new(kind).on(Side::Baseline))
    }

    /// Periods that were taken out, with the runs that started in them.
    pub(super) fn of_exclusions(&self) -> Vec<Caveat> {
        let counted = self.exclusions.iter().zip(self.observations.excluded_runs.iter().copied());
        if self.exclusions.len() > EXCLUSIONS {
            let runs = counted.map(|(_, runs)| runs).sum();
            let periods = self.exclusions.len();
            return vec![Caveat::new(CaveatKind::Excluded { periods }).with_runs(runs)];
        }
        counted.map(|(exclusion, runs)| self.excluded(exclusion, runs)).collect()
    }

    fn excluded(&self, exclusion: &Exclusion, runs: u64) -> Caveat {
        let windows = &self.observations.windows;
        let touched =
            Side::BOTH.into_iter().find(|&side| windows.get(side).period.overlaps(&exclusion.period));
        let Exclusion { period, reason } = exclusion.clone();
        let caveat = match touched {
            None => Caveat::new(CaveatKind::ExcludedBetween { period, reason }),
            Some(side) => Caveat::new(CaveatKind::ExcludedInside { period, reason }).on(side),
        };
        caveat.with_runs(runs)
    }

    /// A window shorter than two periods of a schedule shows little of its job, or nothing.
    fn short_window(&self, side: Side) -> Option<Caveat> {
        let window = self.observations.windows.get(side);
        let observed = window.observed_length();
        let mut short: Vec<&str> = Vec::new();
        let mut silent = 0;
        for (plan, schedule) in self.scheduled(side) {
            let fires = schedule.fires(&window.observed);
            if fires < 2
                || schedule.typical_period().is_some_and(|p| observed.us() < p.us().saturating_mul(2))
            {
                short.push(&plan.name);
            }
            if fires == 0 {
                silent += 1;
            }
        }
        let kind = CaveatKind::ShortWindow { observed, silent };
        (!short.is_empty()).then(|| Caveat::new(kind).on(side).about(&short))
    }

    fn no_starts(&self, side: Side) -> Option<Caveat> {
        let started = self.analysis.totals.get(side).job.started;
        (started == 0).then(|| Caveat::new(CaveatKind::NoStarts).on(side))
    }

    pub(super) fn earlier_days(&self) -> Option<Caveat> {
        let ordinary = &self.observations.ordinary;
        let compared = ordinary.pairs.len() as u64;
        Some(Caveat::new(CaveatKind::EarlierDays { shortfall: ordinary.shortfall?, compared }))
    }

    fn cut_by_as_of(&self, side: Side) -> Option<Caveat> {
        let (window, as_of) = (self.observations.windows.get(side), self.observations.as_of);
        if window.period.end <= as_of {
            return None;
        }
        let observed = window.observed_length();
        let kind = CaveatKind::AsOfInsideWindow { end: window.period.end, as_of, observed };
        Some(Caveat::new(kind).on(side))
    }

    fn other_hours(&self) -> Vec<Caveat> {
        let covered = PerSide::of(|side| TimesCovered::of(self.observations.windows.get(side)));
        let mut found = Vec::new();
        if covered.baseline.has_other_hours_than(&covered.stagger) {
            found.push(Caveat::new(CaveatKind::DifferentHours(covered.as_ref().map(TimesCovered::hours))));
        }
        if covered.baseline.has_other_weekdays_than(&covered.stagger) {
            let weekdays = covered.as_ref().map(TimesCovered::weekdays);
            found.push(Caveat::new(CaveatKind::DifferentWeekdays(weekdays)));
        }
        found
    }

    /// Too few runs before, in a window that is past.
    fn fixed_baseline(&self) -> Option<Caveat> {
        let window = self.observations.windows.get(Side::Baseline);
        if window.period.end > self.observations.as_of {
            return None;
        }
        let few: Vec<&str> = self
            .analysis
            .jobs
            .iter()
            .filter(|job| self.lacks_baseline(job))
            .map(|job| job.name.as_str())
            .collect();
        let first_started = self.observations.coverage.first_started;
        let kind = CaveatKind::BaselineCannotGrow { start: window.period.start, first_started };
        (!few.is_empty()).then(|| Caveat::new(kind).on(Side::Baseline).about(&few))
    }

    fn lacks_baseline(&self, job: &JobReport) -> bool {
        let needed = self.thresholds.least_runs(self.plan(&job.name), &metric::MEDIAN_DURATION);
        let seen = job.started();
        seen && job.enabled != Some(false) && job.baseline.started < needed
    }
}

/// A tenth: how far from a window's edge the rows of a job without a schedule may begin or end.
pub(super) fn tenth(span: Span) -> Span {
    Span(span.us() / 10)
}
