//! What the rows themselves leave in doubt.

use super::{Caveat, CaveatKind, Grounds, Touched};
use crate::observation::Anomalies;
use crate::report::population::RowLedger;
use crate::window::Side;

/// Runs from which on whole seconds are no coincidence.
const COINCIDENCE: u64 = 3;

impl Grounds<'_> {
    pub(super) fn of_rows(&self) -> Vec<Caveat> {
        let mut found = Vec::new();
        for side in Side::BOTH {
            found.extend(self.never_finished(side));
            found.extend(self.impossible_times(side));
            found.extend(self.suspected_duplicates(side));
            found.extend(self.longest_run(side));
            found.extend(self.left_out(side));
        }
        found.extend(self.unplaced());
        found.extend(self.ahead());
        found.extend(self.zoneless());
        found.extend(self.whole_seconds());
        found
    }

    fn never_finished(&self, side: Side) -> Option<Caveat> {
        let touched = self.touched(side, |_, seen| seen.outcomes.orphaned)?;
        Some(touched.caveat(CaveatKind::NeverFinished).on(side))
    }

    fn impossible_times(&self, side: Side) -> Option<Caveat> {
        let count = |of: fn(&Anomalies) -> u64| -> u64 {
            self.observations.get(side).jobs.values().map(|seen| of(&seen.anomalies)).sum()
        };
        let kind = CaveatKind::ImpossibleTimes {
            end_before_start: count(|times| times.end_before_start),
            final_without_end: count(|times| times.final_without_end),
            running_with_end: count(|times| times.running_with_end),
        };
        let touched = self.touched(side, |_, seen| {
            let times = &seen.anomalies;
            times.end_before_start + times.final_without_end + times.running_with_end
        })?;
        Some(touched.caveat(kind).on(side))
    }

    /// Both figures: as logged, and if each close pair is one run.
    fn suspected_duplicates(&self, side: Side) -> Option<Caveat> {
        let jobs = self.analysis.jobs.iter().map(|job| (job, job.get(side)));
        let touched = Touched::of(
            jobs.map(|(job, window)| (job.name.as_str(), window.suspected_duplicates.unwrap_or(0))),
        )?;
        let of = |name: &&str| self.analysis.job(name).map_or(0, |job| job.get(side).started);
        let started: u64 = touched.names.iter().map(of).sum();
        Some(touched.caveat(CaveatKind::SuspectedDuplicates { started }).on(side))
    }

    fn longest_run(&self, side: Side) -> Option<Caveat> {
        let touched = self.touched(side, |_, seen| seen.anomalies.longer_than_longest_run)?;
        let longest_run = self.thresholds.longest_run;
        Some(touched.caveat(CaveatKind::LongestRun { longest_run }).on(side))
    }

    /// Rows of the window that are in no figure, or of which the time is in doubt.
    fn left_out(&self, side: Side) -> Vec<Caveat> {
        let seen = self.observations.get(side);
        let unaccounted = RowLedger::of(seen).unaccounted().unsigned_abs();
        let unaccounted = u64::try_from(unaccounted).unwrap_or(u64::MAX);
        let kinds = [
            (CaveatKind::OutOfScope, seen.rows_out_of_scope),
            (CaveatKind::RowsOpen, seen.rows_open),
            (CaveatKind::RowsAfterAsOf, seen.rows_after_as_of),
            (CaveatKind::ClockChange, seen.rows_in_clock_change),
            (CaveatKind::RowsUnaccounted, unaccounted),
        ];
        let some = kinds.into_iter().filter(|&(_, rows)| rows > 0);
        some.map(|(kind, rows)| Caveat::new(kind).on(side).with_runs(rows)).collect()
    }

    /// The same rows of a table may belong to either window.
    fn unplaced(&self) -> Option<Caveat> {
        let rows = Side::BOTH.map(|side| self.observations.get(side).rows_unplaced);
        let rows = rows.into_iter().max().filter(|rows| *rows > 0)?;
        Some(Caveat::new(CaveatKind::RowsUnplaced).with_runs(rows))
    }

    fn ahead(&self) -> Option<Caveat> {
        let rows = self.observations.coverage.rows_ahead;
        (rows > 0).then(|| Caveat::new(CaveatKind::RowsAhead).with_runs(rows))
    }

    fn zoneless(&self) -> Option<Caveat> {
        let rows = Side::BOTH.map(|side| self.observations.get(side).rows_zoneless).into_iter().sum();
        (rows > 0).then(|| Caveat::new(CaveatKind::NoTimeZone).with_runs(rows))
    }

    /// Jobs all of whose times are whole seconds, over both windows.
    fn whole_seconds(&self) -> Option<Caveat> {
        let of = |job: &str| {
            let seen = || Side::BOTH.into_iter().filter_map(|side| self.observations.get(side).job(job));
            let started: u64 = seen().map(|seen| seen.outcomes.started()).sum();
            let whole: u64 = seen().map(|seen| seen.anomalies.whole_seconds).sum();
            if whole == started && started >= COINCIDENCE { started } else { 0 }
        };
        let jobs = self.analysis.jobs.iter().map(|job| job.name.as_str());
        let touched = Touched::of(jobs.map(|job| (job, of(job))))?;
        Some(touched.caveat(CaveatKind::WholeSeconds))
    }
}
