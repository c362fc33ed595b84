//! The same hours of earlier days, read after the windows: as many as there is time and memory for.

use std::collections::BTreeMap;
use std::time::Duration;

use super::error::PipelineError;
use super::source::Source;
use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::punctuality::punctual_jobs;
use crate::clock::{Span, Stopwatch};
use crate::database::Dialect;
use crate::observation::counting::{CountedJob, CountingSettings};
use crate::observation::ordinary::{OrdinaryDays, OrdinaryPlan, Shortfall, Stretch};
use crate::observe::{Observer, Way};
use crate::report::provenance::EARLIER_TIMES;
use crate::source::relation::Relation;
use crate::window::{Chosen, Exclusion, PerSide, Period, Window};

/// Most jobs times days that are held, about a kilobyte each.
const MOST_HELD: usize = 100_000;

/// Rows that the program reads at once, at most where earlier days have as many as both windows together: about 24 bytes
/// of memory each. Each time costs a look at the whole table where no index leads to rows without a start.
const ROWS_AT_ONCE: u64 = 12_000_000;

/// So many times the rows of the periods are read, with those between them, rather than each period by itself.
const MOST_BETWEEN: i64 = 4;

impl Source<'_> {
    /// What the same hours of earlier days showed. The windows were read in `took`; once the next days would take
    /// more than half of the time that is left, or more memory than a report has, no more are read.
    pub(super) async fn ordinary_days(
        &mut self,
        windows: &PerSide<Window>,
        way: Way,
        took: Duration,
        connections: usize,
    ) -> Result<OrdinaryDays, PipelineError> {
        let question = self.table.question;
        let first_started = self.table.coverage.first_started;
        let left_out = [question.exclusions.as_slice(), &self.table.gaps].concat();
        let plan = OrdinaryPlan::of(windows, first_started, &left_out, question.analysis.placebo_days);
        let before = self.session.executed().len();
        let rows: u64 = self.session.executed().iter().map(|query| query.rows).sum();
        let at_once = at_once(&plan.periods, way, rows, self.table.dialect);
        let counting = as_before(&self.table.counting);
        let jobs: Vec<JobPlan> = question.jobs.iter().map(as_it_was).collect();
        let mut stretches = BTreeMap::new();
        let mut each = took / 2;
        let mut cut_short = None;
        let reserve = self.session.time_left() / 2;
        for periods in plan.periods.chunks(at_once) {
            let count = u32::try_from(periods.len()).unwrap_or(u32::MAX);
            if self.session.time_left() < reserve.saturating_add(each.saturating_mul(count)) {
                cut_short = Some(Shortfall::Time);
                break;
            }
            if stretches.values().map(Stretch::len).sum::<usize>() > MOST_HELD {
                cut_short = Some(Shortfall::Memory);
                break;
            }
            let watch = Stopwatch::start();
            let mut periods = periods.to_vec();
            periods.sort();
            let windows = self.windows_of(&periods, way);
            let punctual = punctual_jobs(&jobs, &windows, &question.analysis);
            let relation = Relation {
                mapping: &self.table.mapping,
                dialect: self.table.dialect,
                settings: &counting,
                as_of: self.table.as_of,
                as_of_is_clock: false,
            };
            let observer = Observer::new(relation, windows, punctual).with_connections(connections);
            let coverage = self.table.coverage;
            let found = observer.outlines(&mut self.session, coverage, way, periods.clone()).await?;
            stretches.extend(periods.into_iter().zip(found));
            each = watch.elapsed() / count.max(1);
        }
        self.session.gather(before, EARLIER_TIMES);
        Ok(plan.read(stretches, cut_short))
    }

    /// One window with all of the periods where the program counts, else one for each of two.
    fn windows_of(&self, periods: &[Period], way: Way) -> PerSide<Window> {
        let as_of = self.table.as_of;
        let window = |period| Window::observe(period, as_of, &[], Chosen::Given, None);
        match (way, periods) {
            (Way::Pushdown, [first, second]) => {
                PerSide { baseline: window(*first), stagger: window(*second) }
            }
            (_, [only]) => PerSide { baseline: Window::nothing_at(only.start), stagger: window(*only) },
            (_, [first, .., last]) => {
                let between = periods.windows(2).map(|two| Exclusion {
                    period: Period { start: two[0].end, end: two[1].start },
                    reason: String::new(),
                });
                let gaps: Vec<Exclusion> = between.collect();
                let whole = Period { start: first.start, end: last.end };
                let stagger = Window::observe(whole, as_of, &gaps, Chosen::Given, None);
                PerSide { baseline: Window::nothing_at(whole.start), stagger }
            }
            (_, []) => PerSide::of(|_| Window::nothing_at(as_of)),
        }
    }
}

/// How many of the periods are read at once, of about so many rows each. The program reads what lies between them as
/// well, unless that is most of it and an index leads past it; the database counts two at once.
fn at_once(periods: &[Period], way: Way, rows: u64, dialect: Dialect) -> usize {
    let mut sorted = periods.to_vec();
    sorted.sort();
    let (Some(first), Some(last), Way::Scan) = (sorted.first(), sorted.last(), way) else { return 2 };
    let inside = sorted.iter().map(|period| period.length().us()).sum::<i64>().max(1);
    let apart = sorted.windows(2).all(|two| !two[0].overlaps(&two[1]));
    let times = (last.end.since(first.start).us() + inside - 1) / inside;
    // SQLite reads the whole table for rows without a start, whatever the period.
    if !apart || times > MOST_BETWEEN && dialect != Dialect::Sqlite {
        return 1;
    }
    let each = rows.max(1).saturating_mul(u64::try_from(times).unwrap_or(u64::MAX));
    usize::try_from(ROWS_AT_ONCE / each).unwrap_or(usize::MAX).max(1)
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
