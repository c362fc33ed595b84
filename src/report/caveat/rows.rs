//! What the rows themselves leave in doubt.

use super::{Caveat, NAMED, Subject, Touched, window_name};
use crate::figure;
use crate::legible;
use crate::window::Side;

/// Runs from which on whole seconds are no coincidence.
const COINCIDENCE: u64 = 3;

impl Subject<'_> {
    pub(super) fn of_rows(&self) -> Vec<Caveat> {
        let mut found = Vec::new();
        for side in Side::BOTH {
            found.extend(self.never_finished(side));
            found.extend(self.impossible_times(side));
            found.extend(self.suspected_duplicates(side));
            found.extend(self.longest_run(side));
            found.extend(self.left_out(side));
        }
        found.extend(self.whole_seconds());
        found
    }

    fn never_finished(&self, side: Side) -> Option<Caveat> {
        let touched = self.touched(side, |_, seen| seen.outcomes.orphaned)?;
        let message = format!(
            "{} of {} in {} never finished: they count as lost, and occupy nothing in the levels",
            figure::counted(touched.runs, "run", "runs"),
            legible::list(&touched.names, NAMED),
            window_name(side),
        );
        Some(touched.caveat("never_finished", message).on(side))
    }

    fn impossible_times(&self, side: Side) -> Option<Caveat> {
        let kinds = [
            ("end before they start", self.touched(side, |_, seen| seen.anomalies.end_before_start)),
            (
                "have a final status and no end",
                self.touched(side, |_, seen| seen.anomalies.final_without_end),
            ),
            ("still run and have an end", self.touched(side, |_, seen| seen.anomalies.running_with_end)),
        ];
        let all = self.touched(side, |_, seen| {
            let times = &seen.anomalies;
            times.end_before_start + times.final_without_end + times.running_with_end
        })?;
        let kinds: Vec<String> = kinds
            .into_iter()
            .filter_map(|(what, touched)| Some(format!("{} {what}", figure::count(touched?.runs))))
            .collect();
        let message = format!(
            "{} of {} in {} have impossible times ({}): such ends are ignored, and final ones occupy nothing",
            figure::counted(all.runs, "run", "runs"),
            legible::list(&all.names, NAMED),
            window_name(side),
            kinds.join(", "),
        );
        Some(all.caveat("impossible_times", message).on(side))
    }

    /// Both figures: as logged, and if each close pair is one run.
    fn suspected_duplicates(&self, side: Side) -> Option<Caveat> {
        let jobs = self.analysis.jobs.iter().map(|job| (job, job.get(side)));
        let touched = Touched::of(
            jobs.map(|(job, window)| (job.name.as_str(), window.suspected_duplicates.unwrap_or(0))),
        )?;
        let of = |name: &&str| self.analysis.job(name).map_or(0, |job| job.get(side).started);
        let started: u64 = touched.names.iter().map(of).sum();
        let message = format!(
            "{} of {} of {} in {} start less than a second after the one before; if these were logged twice, {} started",
            figure::count(touched.runs),
            figure::counted(started, "run", "runs"),
            legible::list(&touched.names, NAMED),
            window_name(side),
            figure::count(started.saturating_sub(touched.runs)),
        );
        Some(touched.caveat("suspected_duplicates", message).on(side))
    }

    fn longest_run(&self, side: Side) -> Option<Caveat> {
        let touched = self.touched(side, |_, seen| seen.anomalies.longer_than_longest_run)?;
        let message = format!(
            "{} of {} in {} occupied for at least {} (longest_run): a run that started earlier than that before the window is not looked for, so levels may be too low",
            figure::counted(touched.runs, "run", "runs"),
            legible::list(&touched.names, NAMED),
            window_name(side),
            figure::span(self.thresholds.longest_run.as_seconds()),
        );
        Some(touched.caveat("longest_run", message).on(side))
    }

    /// Rows of the window that are in no figure.
    fn left_out(&self, side: Side) -> Vec<Caveat> {
        let seen = self.observations.get(side);
        let rows = |count| figure::counted(count, "row", "rows");
        let kinds = [
            ("out_of_scope", seen.rows_out_of_scope, "of jobs that are not declared"),
            ("rows_after_as_of", seen.rows_after_as_of, "that started at or after the instant of reading"),
        ];
        let some = kinds.into_iter().filter(|&(_, count, _)| count > 0);
        some.map(|(code, count, what)| {
            let message = format!("{} in {} {what} are left out", rows(count), window_name(side));
            Caveat::new(code, message).on(side).with_runs(count)
        })
        .collect()
    }

    /// Jobs all of whose times are whole seconds, over both windows.
    fn whole_seconds(&self) -> Option<Caveat> {
        let of = |job: &str| {
            let seen = || Side::BOTH.into_iter().filter_map(|side| self.observations.get(side).jobs.get(job));
            let started: u64 = seen().map(|seen| seen.outcomes.started()).sum();
            let whole: u64 = seen().map(|seen| seen.anomalies.whole_seconds).sum();
            if whole == started && started >= COINCIDENCE { started } else { 0 }
        };
        let jobs = self.analysis.jobs.iter().map(|job| job.name.as_str());
        let touched = Touched::of(jobs.map(|job| (job, of(job))))?;
        let message = format!(
            "the times of {} ({}) are whole seconds: durations and delays below a second cannot be told apart",
            figure::counted(touched.names.len() as u64, "job", "jobs"),
            legible::list(&touched.names, NAMED),
        );
        Some(touched.caveat("whole_seconds", message))
    }
}
