//! The same hours of earlier days, read after the windows: as many as there is time for.

use std::collections::BTreeMap;
use std::time::Duration;

use super::error::PipelineError;
use super::source::Source;
use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::punctuality::punctual_jobs;
use crate::clock::{Span, Stopwatch};
use crate::observation::counting::{CountedJob, CountingSettings};
use crate::observation::ordinary::{OrdinaryDays, OrdinaryPlan, Shortfall, Stretch};
use crate::observe::{Observer, Way};
use crate::report::provenance::EARLIER_TIMES;
use crate::source::relation::Relation;
use crate::window::{Chosen, PerSide, Period, Window};

/// Most jobs times days that are held, about a kilobyte each.
const MOST_HELD: usize = 100_000;

impl Source<'_> {
    /// What the same hours of earlier days showed. Two periods are read at once, as the two windows were, in
    /// `took`; once that would take more than half of the time that is left, or more memory than
    /// a report has, no more are.
    pub(super) async fn ordinary_days(
        &mut self,
        windows: &PerSide<Window>,
        way: Way,
        took: Duration,
        connections: usize,
    ) -> Result<OrdinaryDays, PipelineError> {
        let question = self.table.question;
        let first_started = self.table.coverage.first_started;
        let plan =
            OrdinaryPlan::of(windows, first_started, &question.exclusions, question.analysis.placebo_days);
        let before = self.session.executed().len();
        let counting = as_before(&self.table.counting);
        let jobs: Vec<JobPlan> = question.jobs.iter().map(as_it_was).collect();
        let mut stretches = BTreeMap::new();
        let mut last = took;
        let mut cut_short = None;
        let reserve = self.session.time_left() / 2;
        for periods in plan.periods.chunks(2) {
            if self.session.time_left() < reserve + last {
                cut_short = Some(Shortfall::Time);
                break;
            }
            if stretches.values().map(Stretch::len).sum::<usize>() > MOST_HELD {
                cut_short = Some(Shortfall::Memory);
                break;
            }
            let watch = Stopwatch::start();
            let two = PerSide { stagger: periods[0], baseline: *periods.last().unwrap_or(&periods[0]) };
            let windows = self.earlier_windows(two);
            let punctual = punctual_jobs(&jobs, &windows, &question.analysis);
            let relation = Relation {
                mapping: &self.table.mapping,
                dialect: self.table.dialect,
                settings: &counting,
                as_of: self.table.as_of,
                as_of_is_clock: false,
            };
            let observer = Observer::new(relation, windows, punctual).with_connections(connections);
            let PerSide { baseline, stagger } =
                observer.outline(&mut self.session, self.table.coverage, way).await?;
            stretches.insert(two.stagger, stagger);
            if two.baseline != two.stagger {
                stretches.insert(two.baseline, baseline);
            }
            last = watch.elapsed();
        }
        self.session.gather(before, EARLIER_TIMES);
        Ok(plan.read(windows.baseline.period, stretches, cut_short))
    }

    fn earlier_windows(&self, periods: PerSide<Period>) -> PerSide<Window> {
        let window = |period| Window::observe(period, self.table.as_of, &[], Chosen::Given, None);
        let PerSide { baseline, stagger } = periods;
        let before = if baseline == stagger { Window::nothing_at(baseline.start) } else { window(baseline) };
        PerSide { baseline: before, stagger: window(stagger) }
    }
}

/// How rows of earlier days are counted: as those of the baseline. What only occupied is in no figure of theirs.
fn as_before(counting: &CountingSettings) -> CountingSettings {
    let job = |job: &CountedJob| CountedJob {
        offsets: PerSide { baseline: job.offsets.baseline, stagger: job.offsets.baseline },
        ..job.clone()
    };
    CountingSettings {
        jobs: counting.jobs.iter().map(job).collect(),
        exclusions: Vec::new(),
        longest_run: Span(0),
        ..counting.clone()
    }
}

/// The job before the change.
fn as_it_was(job: &JobPlan) -> JobPlan {
    JobPlan { schedule: job.baseline_schedule.clone(), ..job.clone() }
}
