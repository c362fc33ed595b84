//! What limits single comparisons: the limits that the analysis attached to them, in words. Jobs with the
//! same limit share a caveat; the comparisons themselves bear its code.

use crate::analysis::comparison::limit::Limit;
use crate::analysis::comparison::{Comparison, Comparisons};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{Metric, Unit};
use crate::figure;
use crate::legible;
use crate::observation::WindowObservations;
use crate::report::caveat::{Caveat, NAMED, Subject, Touched, window_name};
use crate::window::Side;

impl Subject<'_> {
    pub(super) fn of_comparisons(&self) -> Vec<Caveat> {
        let mut found: Vec<Caveat> = self.too_fast().into_iter().collect();
        found.extend(self.not_in_both_halves());
        found.extend(Side::BOTH.into_iter().filter_map(|side| self.drift(side)));
        found.extend(self.load());
        found.extend(self.population());
        found
    }

    fn too_fast(&self) -> Option<Caveat> {
        let touched = self.limited(Limit::TooFast)?;
        let (end, its) = if touched.names.len() == 1 { ("ends", "its") } else { ("end", "their") };
        let message = format!(
            "{} ({}) {end} faster, but fewer of {its} runs end well: durations are those of completed runs only, so this is no improvement",
            figure::counted(touched.names.len() as u64, "job", "jobs"),
            legible::list(&touched.names, NAMED),
        );
        Some(touched.caveat(Limit::TooFast.code(), message).on(Side::Stagger))
    }

    fn not_in_both_halves(&self) -> Option<Caveat> {
        let code = Limit::NotInBothHalves.code();
        let limited: Vec<(Option<&str>, &str, &Comparison)> = self
            .comparisons()
            .flat_map(|(job, all)| all.iter().map(move |(metric, found)| (job, metric.as_str(), found)))
            .filter(|(.., found)| found.is_limited_by(Limit::NotInBothHalves))
            .collect();
        let &(job, metric, first) = limited.first()?;
        let mut jobs: Vec<&str> = limited.iter().filter_map(|(job, ..)| *job).collect();
        jobs.dedup();
        if limited.len() == 1 {
            let whose = job.map_or_else(|| "all jobs".to_owned(), |job| legible::list(&[job], NAMED));
            let message = format!(
                "the change of {metric} of {whose} does not hold in both halves of the after window{}",
                halves(metric, first)
            );
            return Some(Caveat::new(code, message).on(Side::Stagger).about(&jobs));
        }
        let whose = if jobs.is_empty() { "all jobs".to_owned() } else { legible::list(&jobs, NAMED) };
        let message = format!(
            "{} do not hold in both halves of the after window ({whose}); the reason of each says in which",
            figure::counted(limited.len() as u64, "change", "changes"),
        );
        Some(Caveat::new(code, message).on(Side::Stagger).about(&jobs))
    }

    fn drift(&self, side: Side) -> Option<Caveat> {
        let touched = self.limited(Limit::drift_in(side))?;
        let message = format!(
            "{} ({}) changed within {}: its two halves differ in durations, in completed runs or in starts on time, so one figure for the whole hides a course",
            figure::counted(touched.names.len() as u64, "job", "jobs"),
            legible::list(&touched.names, NAMED),
            window_name(side),
        );
        Some(Caveat::new(Limit::drift_in(side).code(), message).on(side).about(&touched.names))
    }

    fn load(&self) -> Vec<Caveat> {
        let code = Limit::LoadChanged.code();
        let mut found = Vec::new();
        let totals = &self.analysis.totals;
        if is_limited(&totals.comparison, Limit::LoadChanged) {
            let started = [totals.baseline.job.started, totals.stagger.job.started];
            let message = format!(
                "all jobs together started {}: a change of load alone can move durations, failures and levels",
                self.per_hour(started)
            );
            found.push(Caveat::new(code, message));
        }
        if let Some(touched) = self.limited(Limit::LoadChanged) {
            let example = touched.names.first().and_then(|name| self.analysis.job(name)).map(|job| {
                let rates = self.per_hour([job.baseline.started, job.stagger.started]);
                if touched.names.len() == 1 {
                    rates
                } else {
                    format!("{}: {rates}", legible::list(&[&job.name], NAMED))
                }
            });
            let message = format!(
                "the load of {} ({}) changed by more than a fifth ({}), which alone can move durations and failures",
                figure::counted(touched.names.len() as u64, "job", "jobs"),
                legible::list(&touched.names, NAMED),
                example.unwrap_or_default(),
            );
            found.push(Caveat::new(code, message).about(&touched.names));
        }
        found
    }

    /// `240 runs an hour before and 120 after`
    fn per_hour(&self, started: [u64; 2]) -> String {
        let seconds = &self.analysis.observed_seconds;
        let rate = |runs: u64, seconds: f64| figure::number(runs as f64 * 3_600.0 / seconds);
        format!(
            "{} runs an hour before and {} after",
            rate(started[0], seconds.baseline),
            rate(started[1], seconds.stagger)
        )
    }

    fn population(&self) -> Option<Caveat> {
        if !is_limited(&self.analysis.totals.comparison, Limit::PopulationChanged) {
            return None;
        }
        let [before, after] = Side::BOTH.map(|side| self.observations.get(side));
        let (new, gone) = (only_in(after, before), only_in(before, after));
        let part = |jobs: &[&str], when: &str| {
            let count = figure::counted(jobs.len() as u64, "job", "jobs");
            (!jobs.is_empty()).then(|| format!("{count} ran {when} only ({})", legible::list(jobs, NAMED)))
        };
        let parts: Vec<String> = [part(&new, "after"), part(&gone, "before")].into_iter().flatten().collect();
        let renamed = if parts.len() == 2 { "; a job that was renamed is declared with `was`" } else { "" };
        let message =
            format!("{}: figures over all jobs compare different jobs{renamed}", parts.join(" and "));
        Some(Caveat::new(Limit::PopulationChanged.code(), message))
    }

    /// The comparisons of all jobs together, then those of each job.
    fn comparisons(&self) -> impl Iterator<Item = (Option<&str>, &Comparisons)> {
        let jobs = self.analysis.jobs.iter().map(|job| (Some(job.name.as_str()), &job.comparison));
        std::iter::once((None, &self.analysis.totals.comparison)).chain(jobs)
    }

    /// The jobs with a comparison that `limit` touches, with their runs after.
    fn limited(&self, limit: Limit) -> Option<Touched<'_>> {
        let runs = |job: &JobReport| {
            if is_limited(&job.comparison, limit) { job.stagger.started.max(1) } else { 0 }
        };
        Touched::of(self.analysis.jobs.iter().map(|job| (job.name.as_str(), runs(job))))
    }
}

fn is_limited(comparisons: &Comparisons, limit: Limit) -> bool {
    comparisons.values().any(|found| found.is_limited_by(limit))
}

fn only_in<'a>(window: &'a WindowObservations, other: &WindowObservations) -> Vec<&'a str> {
    window.jobs.keys().filter(|job| !other.jobs.contains_key(*job)).map(String::as_str).collect()
}

/// `: −12 ms in the first, +0.1 ms in the second`
fn halves(metric: &str, found: &Comparison) -> String {
    let Some([first, second]) = found.halves else { return String::new() };
    let change = |value: f64| match Metric::from_name(metric).map(Metric::unit) {
        Some(Unit::Fraction) => figure::points(value),
        _ => figure::duration_change(value),
    };
    format!(": {} in the first, {} in the second", change(first), change(second))
}
