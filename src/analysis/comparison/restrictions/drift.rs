//! Whether a job changed within a window: its two halves against each other.
//!
//! All jobs and both windows are one family of Mann–Whitney tests of the durations and tests of the completed
//! shares and of the shares on time, adjusted together at the level of every family, with the inflation of
//! the whole window, which a drift only enlarges. What remains must also differ by the margin. A window whose
//! halves are too short for a statement is not tested. Where durations are compared at the same times of day, a drift
//! that both windows have is the season of the day, unless it goes on from one window to the next.

use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::duration_trial::compare_durations;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::restriction::{OUTCOMES, Restriction, RestrictionsByMetric, restrict_all};
use crate::analysis::comparison::restrictions::halves::sample;
use crate::analysis::comparison::verdict::enough::{self, LEAST_EFFECTIVE, Size};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::trial::{Standing, Trial};
use crate::analysis::comparison::verdict::{FAMILY_LEVEL, ruling};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric, Value};
use crate::analysis::parallel;
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::mann_whitney::Ordering;
use crate::analysis::statistics::{benjamini_hochberg, dependence};
use crate::observation::JobObservations;
use crate::window::{PerSide, Side, Window};

/// What is tested: whether it is about durations, about outcomes, or about starts.
const KINDS: [&Metric; 3] = [&metric::MEDIAN_DURATION, &metric::COMPLETION_RATE, &metric::ON_TIME_RATE];

/// The comparisons that a drift of a kind touches.
fn touched(kind: &Metric) -> Vec<&'static Metric> {
    if kind.is_duration() {
        Metric::tested_durations().collect()
    } else if OUTCOMES.contains(&kind) {
        OUTCOMES.to_vec()
    } else {
        vec![&metric::ON_TIME_RATE]
    }
}

/// A job's window with the p value of a kind of drift.
struct Suspicion {
    job: usize,
    side: Side,
    kind: &'static Metric,
    p: f64,
}

/// Restricts the comparisons of jobs that changed within a window.
pub(super) fn find(
    jobs: &[JobReport],
    bench: &Bench<'_>,
    judged: &[JudgedByMetric],
    restrictions: &mut [RestrictionsByMetric],
) {
    let suspicions = suspicions(jobs, bench);
    let p_values: Vec<f64> = suspicions.iter().map(|found| found.p).collect();
    let adjusted = benjamini_hochberg::adjust(&p_values);
    for (found, p_adjusted) in suspicions.iter().zip(adjusted) {
        if p_adjusted > FAMILY_LEVEL {
            continue;
        }
        let job = &jobs[found.job];
        let seen = bench.seen(&job.name);
        let rule = bench.rule(&job.name);
        let drift_in = |side: Side| trial(found.kind, job.get(side), seen.get(side), &rule);
        let is_season = |drift: &Trial| {
            let matched = found.kind.is_duration() && bench.matched(&job.name).is_some();
            let windows = &bench.all_observations().windows;
            let both = || PerSide::of(drift_in).both();
            matched
                && both().is_some_and(|both| are_about_equal(&both.baseline, &both.stagger))
                && !goes_on(drift, &judged[found.job], windows)
        };
        let shown = drift_in(found.side).filter(|drift| ruling(drift, Some(p_adjusted)).is_change());
        if shown.is_some_and(|drift| !is_season(&drift)) {
            restrict_all(
                &mut restrictions[found.job],
                touched(found.kind),
                Restriction::drift_in(found.side),
            );
            if found.side == Side::Baseline {
                for metric in touched(found.kind) {
                    let within = halves_within(metric, &job.baseline, seen.baseline);
                    restrictions[found.job].or_default(metric).baseline_halves = within;
                }
            }
        }
    }
}

/// What is about equal, as a ratio.
const ABOUT: std::ops::RangeInclusive<f64> = 0.5..=2.0;

fn are_about_equal(one: &Trial, other: &Trial) -> bool {
    let both = one.evidence().zip(other.evidence());
    both.is_some_and(|(one, other)| ABOUT.contains(&(one.estimate / other.estimate)))
}

/// Whether a drift of the typical duration goes on from one window to the next: then the change between them is about as
/// many times that between the halves as the windows lie further apart.
fn goes_on(drift: &Trial, judged: &JudgedByMetric, windows: &PerSide<Window>) -> bool {
    let change = judged.get(&metric::MEDIAN_DURATION).and_then(|found| found.trial.evidence());
    let (Some(change), Some(halves)) = (change, drift.evidence()) else { return true };
    let apart = windows.stagger.period.start.since(windows.baseline.period.start).us() as f64;
    let between_halves = windows.baseline.observed_length().us() as f64 / 2.0;
    ABOUT.contains(&(change.estimate / (halves.estimate * apart / between_halves)))
}

/// Each half of a window against the whole of it, in the metric's unit.
fn halves_within(metric: &Metric, window: &JobWindow, seen: &JobObservations) -> Option<[f64; 2]> {
    let whole = metric.in_window(window)?;
    let values = match metric.value {
        Value::Duration { read, .. } => {
            seen.halves.each_ref().map(|half| DurationFacts::of(&half.durations).as_ref().map(read))
        }
        _ => RateCounts::of(metric, window, seen)?.halves()?.map(Proportion::value),
    };
    let [first, second] = values;
    Some([first? - whole, second? - whole])
}

/// Every window of every job with runs enough in both halves. Here only p values are computed, which
/// is cheap; sizes and intervals are left for the few that stand out.
fn suspicions(jobs: &[JobReport], bench: &Bench<'_>) -> Vec<Suspicion> {
    let of_job = |number: usize, job: &JobReport| {
        let (seen, rule) = (bench.seen(&job.name), bench.rule(&job.name));
        let each = Side::BOTH.into_iter().flat_map(|side| KINDS.map(|kind| (side, kind)));
        let found = each.filter_map(|(side, kind)| {
            let seen = seen.get(side);
            let p = if kind.is_duration() {
                p_of_durations(seen, &rule)
            } else {
                p_of_rate(kind, job.get(side), seen, &rule)
            };
            p.map(|p| Suspicion { job: number, side, kind, p })
        });
        found.collect::<Vec<_>>()
    };
    parallel::map(jobs, of_job).into_iter().flatten().collect()
}

fn p_of_durations(seen: &JobObservations, rule: &Rule) -> Option<f64> {
    let inflation = seen.dependence.durations.as_ref().map_or(1.0, dependence::inflation);
    let [first, second] = seen.halves.each_ref().map(|half| Cells::from(&half.durations));
    let size = |half: &Cells| Size { runs: half.count(), inflation };
    let sizes = PerSide { baseline: size(&first), stagger: size(&second) };
    if enough::stop(&metric::MEDIAN_DURATION, &sizes, LEAST_EFFECTIVE, rule).is_some() {
        return None;
    }
    if first.is_constant() && first.values() == second.values() {
        return None;
    }
    Ordering::of(&first, &second).map(|ordering| ordering.p_value(inflation))
}

/// `None` as well where all runs came to the same, so that no test could show anything.
fn p_of_rate(rate: &'static Metric, window: &JobWindow, seen: &JobObservations, rule: &Rule) -> Option<f64> {
    match trial(rate, window, seen, rule)?.standing {
        Standing::Tested(evidence) => evidence.informative.then_some(evidence.p),
        Standing::Stopped { .. } => None,
    }
}

/// The second half of a window against its first; `None` where a rate was not counted by halves.
fn trial(kind: &'static Metric, window: &JobWindow, seen: &JobObservations, rule: &Rule) -> Option<Trial> {
    if kind.is_duration() {
        let [first, second] = seen.halves.each_ref();
        let trials = compare_durations(&sample(first, seen), &sample(second, seen), rule);
        return trials.into_iter().find(|trial| trial.metric == kind);
    }
    let [first, second] = RateCounts::of(kind, window, seen)?.halves()?;
    Some(compare_rates(kind, first, second, rule))
}
