//! Runs that could speak against an improvement, and are missing.
//!
//! A rate is a share of runs with a known outcome, a duration is that of a completed run. A run that was
//! skipped or cancelled, that never started, or whose row is gone is in neither, and where the bad ones go
//! missing the rest looks better. An improvement therefore needs that they are still there:
//!
//! - *Due* in a window are its rows and the fires that no run answered. Without a schedule, a job with an even
//!   course before is due as often after the change.
//! - *Missing* are the due runs that the metric does not hold. *Gone* are those that are missing after the
//!   change beyond the share before it. Where that share is worse by rule 1 at a tenth of its level, they are
//!   *shown* to be gone, and as many count as the upper limit of the interval allows. It is not adjusted for the
//!   other jobs, because a false alarm here only withholds praise, and a missed one gives it; a tenth, because
//!   every report asks it of every job, and one improvement in a hundred would be withheld by chance.
//! - A rate improved if it does so with every gone run counted against it. A duration has no such bound, since
//!   a run may take any time: it did not improve where runs are shown to be gone.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::restriction::{Restriction, RestrictionsByMetric};
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::ruling;
use crate::analysis::comparison::verdict::trial::Standing;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Better, Denominator, Metric, Value};
use crate::observation::JobObservations;
use crate::window::{PerSide, Side};

/// By how many chances of a false alarm a loss is judged.
const CHANCES: f64 = 10.0;

/// Runs by which the halves of an even course may differ, and that the edges of a window may add or take.
const EDGES: u64 = 2;

/// From this loss on a course that is even after the change as well is another schedule.
const OTHER_SCHEDULE: f64 = 0.2;

fn missing(
    present: PerSide<u64>,
    due: PerSide<u64>,
    seen: &PerSide<&JobObservations>,
    rule: &Rule,
) -> Missing {
    let due = due.zip(present).map(|(due, present)| due.max(present));
    let missing = due.zip(present).map(|(due, present)| due - present);
    let mut found = Missing { missing, due, gone: 0, shown: false };
    // how the missing ones resemble their predecessors is not measured; the outcomes of the others are taken
    let share = |side: Side| {
        let lag = seen.get(side).dependence.completed.as_ref();
        Proportion::new(*missing.get(side), *due.get(side), lag)
    };
    let shares = PerSide::of(share);
    let Some(values) = shares.map(Proportion::value).both() else { return found };
    let mut growth = values.stagger - values.baseline;
    if growth <= 0.0 {
        return found;
    }
    let trial = compare_rates(&metric::FAILURE_RATE, shares.baseline, shares.stagger, rule);
    if let Standing::Tested(evidence) = &trial.standing {
        let p = (evidence.p * CHANCES).min(1.0);
        found.shown = ruling(&trial, Some(p)).verdict == ComparisonVerdict::Regressed;
        if found.shown {
            growth = evidence.interval.high;
        }
    }
    found.gone = runs(growth * due.stagger as f64);
    found
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not negative, at most all due runs
fn runs(share_of_due: f64) -> u64 {
    share_of_due.round() as u64
}

/// What is missing of the runs that each rate and each duration is about. It restricts those that improved no
/// more.
pub(super) fn find(
    analysis: &Analysis,
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
    restrictions: &mut PerSubject<RestrictionsByMetric>,
) {
    let mut totals: BTreeMap<&'static Metric, Missing> = BTreeMap::new();
    for ((job, judged), restrictions) in analysis.jobs.iter().zip(&judged.jobs).zip(&mut restrictions.jobs) {
        let (seen, rule) = (bench.seen(&job.name), bench.rule(&job.name));
        let due = due(job, analysis, &seen);
        for (metrics, present) in kinds(job, &seen) {
            let missing = missing(present, due, &seen, &rule);
            for metric in metrics {
                let all = totals.entry(metric).or_default();
                *all = all.plus(missing);
                let sides = || Some(counts(metric, job, &seen)?.map(|counts| counts.whole()));
                restrict(restrictions, judged, metric, missing, &rule, sides);
            }
        }
    }
    let rule = bench.common_rule();
    for (metric, missing) in totals {
        let together = || {
            let of = |job: &JobReport| counts(metric, job, &bench.seen(&job.name));
            let jobs: Vec<PerSide<RateCounts>> = analysis.jobs.iter().filter_map(of).collect();
            let side = |side| jobs.iter().map(|job| job.get(side).whole()).collect::<Vec<_>>();
            Some(PerSide::of(|of| Proportion::together(&side(of))))
        };
        restrict(&mut restrictions.totals, &judged.totals, metric, missing, &rule, together);
    }
}

/// The metrics that hold the same runs, and how many these are.
fn kinds(job: &JobReport, seen: &PerSide<&JobObservations>) -> Vec<(Vec<&'static Metric>, PerSide<u64>)> {
    let with =
        |is: &dyn Fn(&Value) -> bool| metric::ALL.into_iter().filter(|metric| is(&metric.value)).collect();
    let starts =
        |value: &Value| matches!(value, Value::Share(share) if share.of == Denominator::ScheduledStarts);
    let outcomes = |value: &Value| matches!(value, Value::Share(_)) && !starts(value);
    let durations = with(&|value| matches!(value, Value::Duration { .. }));
    let mut kinds = vec![
        (with(&outcomes), PerSide::of(|side| job.get(side).decided)),
        (durations, PerSide::of(|side| seen.get(side).durations.count())),
    ];
    if job.schedule.is_some() {
        kinds.push((with(&starts), PerSide::of(|side| job.get(side).started)));
    }
    kinds
}

/// The runs of a rate in both windows.
fn counts(metric: &Metric, job: &JobReport, seen: &PerSide<&JobObservations>) -> Option<PerSide<RateCounts>> {
    PerSide::of(|side| RateCounts::of(metric, job.get(side), seen.get(side))).both()
}

fn restrict(
    restrictions: &mut RestrictionsByMetric,
    judged: &JudgedByMetric,
    metric: &'static Metric,
    missing: Missing,
    rule: &Rule,
    sides: impl Fn() -> Option<PerSide<Proportion>>,
) {
    if missing.gone == 0 {
        return;
    }
    let restrictions = restrictions.or_default(metric);
    restrictions.missing = Some(missing);
    if judged.get(metric).is_none_or(|found| found.ruling.verdict != ComparisonVerdict::Improved) {
        return;
    }
    if metric.is_duration() && missing.shown {
        restrictions.caveats.insert(Restriction::TooFast);
    } else if metric.share().is_some()
        && !sides().is_some_and(|sides| improves_without(metric, sides, missing.gone, rule))
    {
        restrictions.caveats.insert(Restriction::RunsMissing);
    }
}

/// Whether a rate improved although every gone run counts against it.
fn improves_without(metric: &'static Metric, sides: PerSide<Proportion>, gone: u64, rule: &Rule) -> bool {
    let PerSide { baseline, stagger } = sides;
    let against = if metric.better == Some(Better::Lower) { gone } else { 0 };
    let stagger = Proportion { hits: stagger.hits + against, of: stagger.of + gone, ..stagger };
    let trial = compare_rates(metric, baseline, stagger, rule);
    ruling(&trial, None).verdict == ComparisonVerdict::Improved
}

/// The runs of a job that should have an outcome. Rows that may belong to any window and job are taken as
/// its own after the change.
fn due(job: &JobReport, analysis: &Analysis, seen: &PerSide<&JobObservations>) -> PerSide<u64> {
    let rows = |window: &JobWindow| window.rows() - window.in_flight + window.missed_runs.unwrap_or(0);
    let (before, mut after) = (rows(&job.baseline), rows(&job.stagger));
    if job.stagger.expected_runs.is_none()
        && let Some(expected) = expected_by_course(analysis, seen)
    {
        after = after.max(expected);
    }
    PerSide { baseline: before, stagger: after + analysis.rows_unplaced.stagger }
}

/// The rows that a job with an even course before would have after the change; `None` where its course was
/// not even, and where it has become another one that is even too.
fn expected_by_course(analysis: &Analysis, seen: &PerSide<&JobObservations>) -> Option<u64> {
    let halves = seen.map(|seen| seen.halves.each_ref().map(|half| half.outcomes.rows()));
    let [first, second] = halves.baseline;
    if first.abs_diff(second) > EDGES {
        return None;
    }
    let PerSide { baseline, stagger } = analysis.observed_seconds;
    let expected = runs((first + second).saturating_sub(1) as f64 * stagger / baseline).saturating_sub(EDGES);
    let after = halves.stagger[0] + halves.stagger[1];
    let lost = expected.saturating_sub(after) as f64;
    let is_other = halves.stagger[0].abs_diff(halves.stagger[1]) < EDGES && after > 0;
    (!is_other || lost < OTHER_SCHEDULE * expected as f64).then_some(expected)
}
