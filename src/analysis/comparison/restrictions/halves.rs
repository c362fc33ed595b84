//! Whether a change holds in both halves of the stagger window.
//!
//! The middle of a window is the instant at which half of its observed length has passed. Each half is
//! held against the whole baseline; of durations that are compared at the same times of day, against the
//! same half of it.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::duration_trial::{Sample, compare_durations};
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::restriction::{Against, Restriction, RestrictionsByMetric};
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::ruling;
use crate::analysis::comparison::verdict::trial::{Standing, Trial};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{Better, Metric, Value};
use crate::analysis::parallel;
use crate::observation::{HalfObservations, JobObservations};
use crate::window::{PerSide, Side};

/// What a half is called.
const NAMES: [&str; 2] = ["first", "second"];

/// What each half of the stagger window shows against the baseline, in the unit of `change`, for the tested
/// metrics.
pub(super) fn measure(analysis: &Analysis, bench: &Bench<'_>) -> PerSubject<RestrictionsByMetric> {
    let mut all: BTreeMap<&'static Metric, Vec<Option<[Proportion; 2]>>> = BTreeMap::new();
    let facts = parallel::map(&analysis.jobs, |_, job| {
        let halves = &bench.seen(&job.name).stagger.halves;
        halves.each_ref().map(|half| DurationFacts::of(&half.durations))
    });
    let mut restrictions = PerSubject { totals: RestrictionsByMetric::default(), jobs: Vec::new() };
    for (job, durations) in analysis.jobs.iter().zip(facts) {
        let seen = bench.seen(&job.name).stagger;
        let mut of_job = RestrictionsByMetric::default();
        let mut set = |metric, values| set(&mut of_job, metric, metric.in_window(&job.baseline), values);
        for metric in Metric::tested_durations() {
            let Value::Duration { read, .. } = metric.value else { continue };
            set(metric, durations.each_ref().map(|facts| facts.as_ref().map(read)));
        }
        for metric in Metric::tested_rates() {
            if let Some(counts) = RateCounts::of(metric, &job.stagger, seen) {
                all.entry(metric).or_default().push(counts.halves());
                set(metric, values(counts.halves()));
            }
        }
        restrictions.jobs.push(of_job);
    }
    for (metric, jobs) in all {
        let together = jobs.into_iter().collect::<Option<Vec<_>>>().map(|jobs| together(&jobs));
        let baseline = metric.in_totals(&analysis.totals.baseline);
        set(&mut restrictions.totals, metric, baseline, values(together));
    }
    restrictions
}

/// The rate of each half.
fn values(halves: Option<[Proportion; 2]>) -> [Option<f64>; 2] {
    halves.map_or([None; 2], |halves| halves.map(Proportion::value))
}

/// The halves of several jobs as those of one.
fn together(jobs: &[[Proportion; 2]]) -> [Proportion; 2] {
    [0, 1].map(|half: usize| Proportion::together(&jobs.iter().map(|job| job[half]).collect::<Vec<_>>()))
}

fn set(
    restrictions: &mut RestrictionsByMetric,
    metric: &'static Metric,
    baseline: Option<f64>,
    values: [Option<f64>; 2],
) {
    if let (Some(before), [Some(first), Some(second)]) = (baseline, values) {
        restrictions.or_default(metric).halves = Some([first - before, second - before]);
    }
}

/// The durations of a half of `seen`, whose runs resemble their predecessors as those of the whole window
/// do.
pub(super) fn sample<'a>(half: &'a HalfObservations, seen: &'a JobObservations) -> Sample<'a> {
    Sample { durations: &half.durations, ..Sample::of(seen) }
}

/// Restricts each `improved` and `regressed` that does not hold in both halves.
pub(super) fn hold(
    jobs: &[JobReport],
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
    restrictions: &mut PerSubject<RestrictionsByMetric>,
) {
    let trials = parallel::map(jobs, |place, job| of_decided(job, &judged.jobs[place], bench));
    for ((trials, judged), restrictions) in trials.iter().zip(&judged.jobs).zip(&mut restrictions.jobs) {
        for halves in trials {
            restrict(restrictions, judged, halves);
        }
    }
    for metric in Metric::tested_rates() {
        if is_change(&judged.totals, metric)
            && let Some(trials) = all_jobs(metric, jobs, bench)
        {
            restrict(&mut restrictions.totals, &judged.totals, &trials);
        }
    }
}

/// The halves of what is decided of a job.
fn of_decided(job: &JobReport, judged: &JudgedByMetric, bench: &Bench<'_>) -> Vec<[Trial; 2]> {
    let decided = |metric: &'static Metric| is_change(judged, metric);
    let seen = bench.seen(&job.name);
    let rule = bench.rule(&job.name);
    let mut trials: Vec<[Trial; 2]> = Vec::new();
    if Metric::tested_durations().any(decided) {
        let [first, second] = [0, 1].map(|half: usize| {
            let before = match bench.matched(&job.name) {
                Some(_) => sample(&seen.baseline.halves[half], seen.baseline),
                None => Sample::of(seen.baseline),
            };
            compare_durations(&before, &sample(&seen.stagger.halves[half], seen.stagger), &rule)
        });
        trials.extend(first.into_iter().zip(second).map(|(first, second)| [first, second]));
    }
    for metric in Metric::tested_rates().filter(|metric| decided(metric)) {
        trials.extend(Sides::of(metric, job, &seen).map(|sides| sides.trials(metric, &rule)));
    }
    trials
}

fn is_change(judged: &JudgedByMetric, metric: &Metric) -> bool {
    judged.get(metric).is_some_and(|found| found.ruling.is_change())
}

/// A rate before, and in each half of the stagger window.
struct Sides {
    before: Proportion,
    halves: [Proportion; 2],
}

impl Sides {
    /// `None` where the halves were not counted.
    fn of(metric: &'static Metric, job: &JobReport, seen: &PerSide<&JobObservations>) -> Option<Self> {
        let counts = |side: Side| RateCounts::of(metric, job.get(side), seen.get(side));
        Some(Self { before: counts(Side::Baseline)?.whole(), halves: counts(Side::Stagger)?.halves()? })
    }

    /// Each half against the baseline.
    fn trials(&self, metric: &'static Metric, rule: &Rule) -> [Trial; 2] {
        self.halves.map(|half| compare_rates(metric, self.before, half, rule))
    }
}

/// Each half against the baseline for the jobs that have the rate in both windows; `None` where one of them
/// was not counted by halves.
fn all_jobs(metric: &'static Metric, jobs: &[JobReport], bench: &Bench<'_>) -> Option<[Trial; 2]> {
    let has_rate = |job: &&JobReport| {
        let seen = bench.seen(&job.name);
        Side::BOTH.iter().all(|side| RateCounts::of(metric, job.get(*side), seen.get(*side)).is_some())
    };
    let sides = |job: &JobReport| Sides::of(metric, job, &bench.seen(&job.name));
    let all: Vec<Sides> = jobs.iter().filter(has_rate).map(sides).collect::<Option<_>>()?;
    let before = Proportion::together(&all.iter().map(|job| job.before).collect::<Vec<_>>());
    let halves = together(&all.iter().map(|job| job.halves).collect::<Vec<_>>());
    Some(Sides { before, halves }.trials(metric, &bench.common_rule()))
}

/// Restricts a verdict, where it is decided, by what its halves show.
fn restrict(restrictions: &mut RestrictionsByMetric, judged: &JudgedByMetric, halves: &[Trial; 2]) {
    let metric = halves[0].metric;
    let Some(ruling) = judged.get(metric).map(|found| &found.ruling).filter(|ruling| ruling.is_change())
    else {
        return;
    };
    let restrictions = restrictions.or_default(metric);
    let drifts = restrictions.caveats.contains(&Restriction::DriftInStagger);
    for (half, name) in halves.iter().zip(NAMES) {
        if !holds_in(ruling.verdict, drifts, half) {
            let change = match &half.standing {
                Standing::Tested(evidence) => Some((evidence.unit, evidence.estimate)),
                Standing::Stopped(_) => None,
            };
            restrictions.against.push(Against { half: name, change });
            restrictions.caveats.insert(Restriction::NotInBothHalves);
        }
    }
}

/// Whether a decided verdict holds in a half of the stagger window. It does unless the half speaks against
/// it: judged alone, by the rules of any comparison, it shows no material change or the contrary; or the
/// two halves are shown to differ, and the half's own estimate falls short of the margin. A half with
/// too few runs for either says nothing, and is not held against the whole.
fn holds_in(verdict: ComparisonVerdict, drifts: bool, half: &Trial) -> bool {
    let Standing::Tested(evidence) = &half.standing else { return true };
    let alone = ruling(half, None);
    let contrary = alone.is_change() && alone.verdict != verdict;
    let towards = match (verdict, half.metric.better) {
        (ComparisonVerdict::Improved, Some(Better::Lower))
        | (ComparisonVerdict::Regressed, Some(Better::Higher)) => -evidence.estimate,
        _ => evidence.estimate,
    };
    let short = drifts && towards < evidence.margin;
    !(contrary || short || alone.verdict == ComparisonVerdict::NoMaterialChange)
}
