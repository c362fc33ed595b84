//! What the runs of single jobs say slice by slice: whether a season of the day hides a change, when it came, and whether
//! only the hours changed at which they ran.

mod hidden;
mod hours;
mod moment;
mod same_hours;
mod series;

use std::collections::BTreeMap;

pub(in crate::analysis) use self::hidden::PROMISING;
use self::hidden::{hidden, may_be_hidden};
use self::series::Series;
use crate::analysis::Analysis;
use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::job_verdict::job_verdict;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{self, Metric};
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::observation::slices::{Course, MOST_JOBS, RankScale, SlicePlan, Slices};
use crate::observation::{DurationTable, Observations};
use crate::window::{PerSide, Side, Window};

/// What has to be read to look closely at the changes that `analysis` shows, or that a season may hide: of the jobs that
/// changed most clearly. `None` where there are none, or the windows do not allow it.
pub fn plan(analysis: &Analysis, observations: &Observations) -> Option<SlicePlan> {
    let mut changed: Vec<(f64, &str)> =
        analysis.jobs.iter().filter_map(|job| Some((clearest(job)?, job.name.as_str()))).collect();
    changed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let changed = changed.into_iter().map(|(_, job)| job).collect();
    let jobs = in_turn(changed, hidden(analysis, &observations.windows)).into_iter().take(MOST_JOBS);
    let jobs = jobs.map(|job| (job.to_owned(), rank_scale(observations, job)));
    SlicePlan::of(&observations.windows, jobs.collect(), all_changed(analysis))
}

/// Whether a change of all jobs together is shown whose course can be looked at.
fn all_changed(analysis: &Analysis) -> bool {
    let mut changes = analysis.totals.comparison.iter().filter(|(_, found)| found.is_change());
    changes.any(|(metric, _)| Series::of_all(metric).is_some())
}

/// What has to be read to know what a season of the day leaves of the jobs that it may hide a change of: plans of some
/// of them each. None where the windows do not allow it.
pub fn plans_of_seasons(analysis: &Analysis, observations: &Observations) -> Vec<SlicePlan> {
    let jobs = may_be_hidden(analysis, &observations.windows);
    let plan = |jobs: &[&str]| {
        let jobs = jobs.iter().map(|job| ((*job).to_owned(), rank_scale(observations, job)));
        SlicePlan::of(&observations.windows, jobs.collect(), false)
    };
    jobs.chunks(MOST_JOBS).filter_map(plan).collect()
}

/// One of `first`, one of `second`, and so on; each once.
fn in_turn<'a>(first: Vec<&'a str>, second: Vec<&'a str>) -> Vec<&'a str> {
    let places = first.len().max(second.len());
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut all: Vec<&str> = Vec::with_capacity(places);
    for _ in 0..places {
        for next in [first.next(), second.next()].into_iter().flatten() {
            if !all.contains(&next) {
                all.push(next);
            }
        }
    }
    all
}

/// The smallest adjusted p of a change whose course can be looked at.
fn clearest(job: &JobReport) -> Option<f64> {
    let changes = job
        .comparison
        .iter()
        .filter(|(metric, found)| found.is_change() && Series::of(metric, false).is_some());
    changes.filter_map(|(_, found)| found.p_adjusted).min_by(f64::total_cmp)
}

/// What durations of both windows are ranked by.
fn rank_scale(observations: &Observations, job: &str) -> RankScale {
    let none = DurationTable::default();
    let cells = PerSide::of(|side: Side| {
        Cells::from(observations.get(side).job(job).map_or(&none, |seen| &seen.durations))
    });
    let at = |percent| {
        let both = quantile::pooled(&cells.baseline, &cells.stagger, Percentile(percent));
        let one = || cells.iter().find_map(|cells| quantile::estimate(cells, Percentile(percent)));
        both.or_else(one).map_or(0, whole)
    };
    RankScale { fifths: [20, 40, 60, 80].map(at), slow_after: at(90) }
}

#[expect(clippy::cast_possible_truncation, reason = "a duration in whole µs")]
fn whole(us: f64) -> i64 {
    us.floor() as i64
}

/// A change of fewer than so many standard deviations of what days do by themselves is not placed: the end of a day
/// could be its moment.
const BEYOND_DAYS: f64 = 4.0;

/// Whether a change is large enough for its moment to be told.
fn stands_out(found: &Comparison) -> bool {
    let days = found.ordinary_days.as_deref();
    days.is_none_or(|days| found.change.is_some_and(|change| change.abs() >= BEYOND_DAYS * days.deviation))
}

/// What was read of single jobs, as planned.
#[derive(Clone, Debug)]
pub struct SeenSlices {
    pub plan: SlicePlan,
    pub slices: Slices,
}

impl SeenSlices {
    /// Compares again where a season hides what changed, and then looks at each change: one that is of the hours only is
    /// none that can be told, and to the others it is added when they came.
    pub fn refine(
        &self,
        analysis: &mut Analysis,
        observations: &Observations,
        settings: &AnalysisSettings,
        jobs: &[JobPlan],
    ) {
        let matched = self.matched(&hidden(analysis, &observations.windows), observations);
        if !matched.is_empty() {
            analysis.compare(&Bench::new(observations, settings, jobs).with_matched(matched));
        }
        at_changes(analysis, &self.plan, &self.slices, &observations.windows);
    }

    /// What pairs of the same time of day say of every job of the plan, by name.
    pub fn seasons(&self, observations: &Observations) -> BTreeMap<String, MatchedPairs> {
        let jobs: Vec<&str> = self.plan.jobs.iter().map(|(name, _)| name.as_str()).collect();
        self.matched(&jobs, observations)
    }

    fn matched(&self, jobs: &[&str], observations: &Observations) -> BTreeMap<String, MatchedPairs> {
        same_hours::matched(jobs, observations, &self.plan, &self.slices)
    }
}

fn at_changes(analysis: &mut Analysis, plan: &SlicePlan, slices: &Slices, windows: &PerSide<Window>) {
    let look = |found: &mut Comparison, series: Series, course: &Course| {
        if let Some(left) = hours::left_within(series, plan, course, windows) {
            found.is_of_hours(left);
        } else if stands_out(found)
            && let Some(moment) = moment::moment(series, plan, course, windows)
        {
            found.came(moment);
        }
    };
    for job in &mut analysis.jobs {
        let Some(course) = slices.jobs.get(&job.name) else { continue };
        let median = job.comparison.get(&metric::MEDIAN_DURATION).is_some_and(Comparison::is_change);
        for metric in Metric::tested() {
            let found = job.comparison.get_mut(metric).filter(|found| found.is_change());
            if let (Some(series), Some(found)) = (Series::of(metric, median), found) {
                look(found, series, course);
            }
        }
        job.verdict = job_verdict(job);
    }
    if plan.all {
        for metric in Metric::tested() {
            let found = analysis.totals.comparison.get_mut(metric).filter(|found| found.is_change());
            if let (Some(series), Some(found)) = (Series::of_all(metric), found) {
                look(found, series, &slices.all);
            }
        }
    }
}
