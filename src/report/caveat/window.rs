//! What the windows can and cannot show.

use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::clock::Span;
use crate::figure;
use crate::legible;
use crate::report::caveat::hours::Coverage;
use crate::report::caveat::{Caveat, NAMED, Subject, window_name};
use crate::window::{Exclusion, Side};

/// Exclusions that get a sentence of their own.
const EXCLUSIONS: usize = 5;

impl Subject<'_> {
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
        let chosen = &self.observations.windows.baseline.chosen;
        let message = format!(
            "the before window was read elsewhere ({chosen}): whatever else differs between the two places is part of the comparison"
        );
        self.elsewhere.then(|| Caveat::new("baseline_elsewhere", message).on(Side::Baseline))
    }

    /// Periods that were taken out, with the runs that started in them.
    pub(super) fn of_exclusions(&self) -> Vec<Caveat> {
        let counted = self.exclusions.iter().zip(self.observations.excluded_runs.iter().copied());
        if self.exclusions.len() > EXCLUSIONS {
            let runs = counted.map(|(_, runs)| runs).sum();
            let message = format!(
                "{} periods are declared as excluded and belong to neither window; {} started in them",
                self.exclusions.len(),
                figure::counted(runs, "run", "runs")
            );
            return vec![Caveat::new("excluded", message).with_runs(runs)];
        }
        counted.map(|(exclusion, runs)| self.excluded(exclusion, runs)).collect()
    }

    fn excluded(&self, exclusion: &Exclusion, runs: u64) -> Caveat {
        let windows = &self.observations.windows;
        let touched =
            Side::BOTH.into_iter().find(|&side| windows.get(side).period.overlaps(&exclusion.period));
        let what = format!(
            "{} ({})",
            figure::period(exclusion.period.start, exclusion.period.end),
            exclusion.reason
        );
        let started = format!("{} started in it", figure::counted(runs, "run", "runs"));
        match touched {
            None => Caveat::new("excluded_between", format!("in neither window: {what}; {started}")),
            Some(side) => {
                let message = format!("taken out of {}: {what}; {started}", window_name(side));
                Caveat::new("excluded_inside", message).on(side)
            }
        }
        .with_runs(runs)
    }

    /// A window shorter than two periods of a schedule shows little of its job, or nothing.
    fn short_window(&self, side: Side) -> Option<Caveat> {
        let window = self.observations.windows.get(side);
        let length = window.observed_length();
        let mut short: Vec<&str> = Vec::new();
        let mut silent: Vec<&str> = Vec::new();
        for (plan, schedule) in self.scheduled(side) {
            let fires = schedule.fires(&window.observed);
            if fires < 2 || schedule.typical_period().is_some_and(|p| length.us() < p.us().saturating_mul(2))
            {
                short.push(&plan.name);
            }
            if fires == 0 {
                silent.push(&plan.name);
            }
        }
        if short.is_empty() {
            return None;
        }
        let message = format!(
            "{} of {} is shorter than two periods of {} ({}){}",
            window_name(side),
            figure::span(length.as_seconds()),
            figure::counted(short.len() as u64, "schedule", "schedules"),
            legible::list(&short, NAMED),
            without_fires(silent.len(), short.len()),
        );
        Some(Caveat::new("short_window", message).on(side).about(&short))
    }

    fn no_starts(&self, side: Side) -> Option<Caveat> {
        let started = self.analysis.totals.get(side).job.started;
        (started == 0)
            .then(|| Caveat::new("no_starts", format!("no run started in {}", window_name(side))).on(side))
    }

    fn cut_by_as_of(&self, side: Side) -> Option<Caveat> {
        let (window, as_of) = (self.observations.windows.get(side), self.observations.as_of);
        if window.period.end <= as_of {
            return None;
        }
        let message = format!(
            "{} goes on until {}, but rows are known until {} only: {} of it were observed",
            window_name(side),
            figure::instant(window.period.end),
            figure::instant(as_of),
            figure::span(window.observed_length().as_seconds()),
        );
        Some(Caveat::new("as_of_inside_window", message).on(side))
    }

    fn other_hours(&self) -> Vec<Caveat> {
        let [before, after] = Side::BOTH.map(|side| Coverage::of(self.observations.windows.get(side)));
        let mut found = Vec::new();
        if before.has_other_hours_than(&after) {
            let parts = match (before.part_of_day(), after.part_of_day()) {
                (Some(a), Some(b)) if a != b => format!("; {a} hours are compared with {b} hours"),
                _ => String::new(),
            };
            let message = format!(
                "the windows cover different hours of the day: {} before, {} after (UTC){parts}",
                before.hours(),
                after.hours()
            );
            found.push(Caveat::new("different_hours", message));
        }
        if before.has_other_weekdays_than(&after) {
            let message = format!(
                "the windows cover different days of the week, or the same in other shares: {} before, {} after (UTC)",
                before.weekday_names(),
                after.weekday_names()
            );
            found.push(Caveat::new("different_weekdays", message));
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
        if few.is_empty() {
            return None;
        }
        let earlier = match self.observations.coverage.first_started {
            Some(first) if first < window.period.start => format!(
                "the table reaches back to {}, {} earlier, so a baseline that starts there would hold more",
                figure::instant(first),
                figure::span(window.period.start.since(first).as_seconds()),
            ),
            _ => format!("nothing earlier than {} is in the table", figure::instant(window.period.start)),
        };
        let message = format!(
            "the before window holds fewer runs than a statement needs of {} ({}); it is past, so waiting adds none, and {earlier}",
            figure::counted(few.len() as u64, "job", "jobs"),
            legible::list(&few, NAMED),
        );
        Some(Caveat::new("baseline_cannot_grow", message).on(Side::Baseline).about(&few))
    }

    fn lacks_baseline(&self, job: &JobReport) -> bool {
        let needed = self.thresholds.least_runs(self.plan(&job.name), Metric::MedianDuration);
        let seen = job.baseline.started + job.stagger.started > 0;
        seen && job.enabled != Some(false) && job.baseline.started < needed
    }
}

/// How many of the short-changed jobs do not fire at all in the window.
fn without_fires(silent: usize, short: usize) -> String {
    match silent {
        0 => String::new(),
        _ if silent == short => "; none of these fires in it".to_owned(),
        1 => "; one of these does not fire in it".to_owned(),
        _ => format!("; {silent} of these do not fire in it"),
    }
}

/// A tenth: how far from a window's edge the rows of a job without a schedule may begin or end.
pub(super) fn tenth(span: Span) -> Span {
    Span(span.us() / 10)
}
