//! Whether a change holds in both halves of the stagger window.
//!
//! The middle of a window is the instant at which half of its observed length has passed. Each half is
//! held against the whole baseline.

use std::collections::BTreeMap;

use crate::analysis::comparison::duration_trial::{Sample, compare_durations};
use crate::analysis::comparison::limits::{Analysis, Bench, Limit};
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::{Standing, Trial, judge};
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{Better, Metric, Value};
use crate::analysis::parallel;
use crate::observation::{HalfObservations, JobObservations};
use crate::window::{PerSide, Side};

/// What a half is called.
const NAMES: [&str; 2] = ["first", "second"];

/// Fills in what each half of the stagger window shows against the baseline, in the unit of `change`, for
/// the tested metrics.
pub(super) fn measure(analysis: &mut Analysis, bench: &Bench<'_>) {
    let mut all: BTreeMap<&'static Metric, Vec<Option<[Proportion; 2]>>> = BTreeMap::new();
    let facts = parallel::map(&analysis.jobs, |_, job| {
        let halves = &bench.seen(&job.name).stagger.halves;
        halves.each_ref().map(|half| DurationFacts::of(&half.durations))
    });
    for (job, durations) in analysis.jobs.iter_mut().zip(facts) {
        let seen = bench.seen(&job.name).stagger;
        for metric in Metric::tested_durations() {
            let Value::Duration { read, .. } = metric.value else { continue };
            let values = durations.each_ref().map(|facts| facts.as_ref().map(read));
            set(job.comparison.get_mut(metric.name()), values);
        }
        for metric in Metric::tested_rates() {
            if let Some(counts) = RateCounts::of(metric, &job.stagger, seen) {
                all.entry(metric).or_default().push(counts.halves());
                set(job.comparison.get_mut(metric.name()), values(counts.halves()));
            }
        }
    }
    for (metric, jobs) in all {
        let together = jobs.into_iter().collect::<Option<Vec<_>>>().map(|jobs| together(&jobs));
        set(analysis.totals.comparison.get_mut(metric.name()), values(together));
    }
}

/// The rate of each half.
fn values(halves: Option<[Proportion; 2]>) -> [Option<f64>; 2] {
    halves.map_or([None; 2], |halves| halves.map(Proportion::value))
}

/// The halves of several jobs as those of one.
fn together(jobs: &[[Proportion; 2]]) -> [Proportion; 2] {
    [0, 1].map(|half: usize| Proportion::together(&jobs.iter().map(|job| job[half]).collect::<Vec<_>>()))
}

fn set(comparison: Option<&mut Comparison>, values: [Option<f64>; 2]) {
    let Some(comparison) = comparison else { return };
    if let (Some(before), [Some(first), Some(second)]) = (comparison.baseline, values) {
        comparison.halves = Some([first - before, second - before]);
    }
}

/// The durations of a half of `seen`, whose runs resemble their predecessors as those of the whole window
/// do.
pub(super) fn sample<'a>(half: &'a HalfObservations, seen: &'a JobObservations) -> Sample<'a> {
    Sample { durations: &half.durations, ..Sample::of(seen) }
}

/// Limits each `improved` and `regressed` that does not hold in both halves, and says so in its reason.
pub(super) fn hold(analysis: &mut Analysis, bench: &Bench<'_>) {
    let trials = parallel::map(&analysis.jobs, |_, job| of_decided(job, bench));
    for (job, trials) in analysis.jobs.iter_mut().zip(trials) {
        for halves in &trials {
            if let Some(comparison) = job.comparison.get_mut(halves[0].metric.name()) {
                limit(comparison, halves);
            }
        }
    }
    for metric in Metric::tested_rates() {
        if analysis.totals.comparison.get(metric.name()).is_some_and(is_decided) {
            let trials = all_jobs(metric, &analysis.jobs, bench);
            if let (Some(comparison), Some(trials)) =
                (analysis.totals.comparison.get_mut(metric.name()), trials)
            {
                limit(comparison, &trials);
            }
        }
    }
}

/// The halves of what is decided of a job.
fn of_decided(job: &JobReport, bench: &Bench<'_>) -> Vec<[Trial; 2]> {
    let decided = |metric: &'static Metric| job.comparison.get(metric.name()).is_some_and(is_decided);
    let seen = bench.seen(&job.name);
    let rule = bench.rule(&job.name);
    let mut trials: Vec<[Trial; 2]> = Vec::new();
    if Metric::tested_durations().any(decided) {
        let [first, second] =
            seen.stagger.halves.each_ref().map(|half| {
                compare_durations(&Sample::of(seen.baseline), &sample(half, seen.stagger), &rule)
            });
        trials.extend(first.into_iter().zip(second).map(|(first, second)| [first, second]));
    }
    for metric in Metric::tested_rates().filter(|metric| decided(metric)) {
        trials.extend(Sides::of(metric, job, &seen).map(|sides| sides.trials(metric, &rule)));
    }
    trials
}

fn is_decided(comparison: &Comparison) -> bool {
    matches!(comparison.verdict, Some(ComparisonVerdict::Improved | ComparisonVerdict::Regressed))
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

/// Limits `comparison`, whose verdict is decided, by what its halves show.
fn limit(comparison: &mut Comparison, halves: &[Trial; 2]) {
    if !is_decided(comparison) {
        return;
    }
    let against: Vec<String> = halves
        .iter()
        .zip(NAMES)
        .filter(|(half, _)| !holds_in(comparison, half))
        .map(|(half, name)| match &half.standing {
            Standing::Tested(evidence) => {
                format!("the {name} half ({} there)", evidence.unit.change(evidence.estimate))
            }
            Standing::Stopped { .. } => format!("the {name} half"),
        })
        .collect();
    if !against.is_empty() {
        comparison.reason.push_str(&format!("; it does not hold in {}", against.join(" and ")));
        comparison.limit(Limit::NotInBothHalves);
    }
}

/// Whether a decided verdict holds in a half of the stagger window. It does unless the half speaks against
/// it: judged alone, by the rules of any comparison, it shows no material change or the contrary; or the
/// two halves are shown to differ, and the half's own estimate falls short of the margin. A half with
/// too few runs for either says nothing, and is not held against the whole.
fn holds_in(whole: &Comparison, half: &Trial) -> bool {
    let Some(verdict) = whole.verdict else { return true };
    let Standing::Tested(evidence) = &half.standing else { return true };
    let alone = judge(half, None).verdict;
    let contrary =
        matches!(alone, ComparisonVerdict::Improved | ComparisonVerdict::Regressed) && alone != verdict;
    let towards = match (verdict, half.metric.better == Some(Better::Lower)) {
        (ComparisonVerdict::Improved, true) | (ComparisonVerdict::Regressed, false) => -evidence.estimate,
        _ => evidence.estimate,
    };
    let short = whole.is_limited_by(Limit::DriftInStagger) && towards < evidence.margin;
    !(contrary || short || alone == ComparisonVerdict::NoMaterialChange)
}
