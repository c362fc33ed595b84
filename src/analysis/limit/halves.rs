//! Whether a change holds in both halves of the stagger window.
//!
//! The middle of a window is the instant at which half of its observed length has passed. Each half is
//! held against the whole baseline.

use super::drift::is_drifting;
use super::{Analysis, Bench, Limit, OUTCOMES};
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::duration::DurationFacts;
use crate::analysis::duration_trial::{Sample, compare_durations};
use crate::analysis::job::JobReport;
use crate::analysis::parallel;
use crate::analysis::rate_trial::{Proportion, compare_rates};
use crate::analysis::verdict::metric::TestedMetric;
use crate::analysis::verdict::rule::Rule;
use crate::analysis::verdict::{Standing, Trial, judge};
use crate::observation::{HalfObservations, JobObservations, Outcomes};
use crate::window::PerSide;

/// What a half is called.
const NAMES: [&str; 2] = ["first", "second"];

/// Fills in what each half of the stagger window shows against the baseline, in the unit of `change`, for
/// the tested metrics of durations and outcomes; places in the cycle are not kept by halves.
pub(super) fn measure(analysis: &mut Analysis, bench: &Bench<'_>) {
    let mut all = [Outcomes::default(); 2];
    let facts = parallel::map(&analysis.jobs, |_, job| {
        let halves = &bench.seen(&job.name).stagger.halves;
        halves.each_ref().map(|half| DurationFacts::of(&half.durations))
    });
    for (job, durations) in analysis.jobs.iter_mut().zip(facts) {
        let halves = &bench.seen(&job.name).stagger.halves;
        for (sum, half) in all.iter_mut().zip(halves) {
            sum.merge(&half.outcomes);
        }
        let of =
            |value: fn(&DurationFacts) -> f64| durations.each_ref().map(|facts| facts.as_ref().map(value));
        for (metric, values) in [
            (TestedMetric::MedianDuration, of(|facts| facts.median)),
            (TestedMetric::MeanDuration, of(|facts| facts.mean)),
            (TestedMetric::P95Duration, of(|facts| facts.p95)),
        ] {
            set(job.comparison.get_mut(metric.name()), values);
        }
        let outcomes = halves.each_ref().map(|half| half.outcomes);
        for metric in OUTCOMES {
            set(job.comparison.get_mut(metric.name()), outcomes.each_ref().map(|seen| share(metric, seen)));
        }
    }
    for metric in OUTCOMES {
        let values = all.each_ref().map(|seen| share(metric, seen));
        set(analysis.totals.comparison.get_mut(metric.name()), values);
    }
}

fn set(comparison: Option<&mut Comparison>, values: [Option<f64>; 2]) {
    let Some(comparison) = comparison else { return };
    if let (Some(before), [Some(first), Some(second)]) = (comparison.baseline, values) {
        comparison.halves = Some([first - before, second - before]);
    }
}

/// Runs that count in a rate of outcomes, and those with a known outcome.
pub(super) fn hits(metric: TestedMetric, outcomes: &Outcomes) -> (u64, u64) {
    let hits = match metric {
        TestedMetric::CompletionRate => outcomes.completed,
        _ => outcomes.failed + outcomes.timed_out,
    };
    (hits, outcomes.decided())
}

fn share(metric: TestedMetric, outcomes: &Outcomes) -> Option<f64> {
    let (hits, of) = hits(metric, outcomes);
    (of > 0).then(|| hits as f64 / of as f64)
}

/// A rate of a part of `seen`, whose runs resemble their predecessors as those of the whole window do.
pub(super) fn proportion(metric: TestedMetric, part: &Outcomes, seen: &JobObservations) -> Proportion {
    let lag = match metric {
        TestedMetric::CompletionRate => seen.dependence.completed.as_ref(),
        _ => seen.dependence.failed.as_ref(),
    };
    let (hits, of) = hits(metric, part);
    Proportion::new(hits, of, lag)
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
    for metric in OUTCOMES {
        let Some(comparison) = analysis.totals.comparison.get_mut(metric.name()) else { continue };
        if is_decided(comparison) {
            let names = analysis.jobs.iter().map(|job| job.name.as_str());
            limit(comparison, &together(metric, names, bench));
        }
    }
}

/// The halves of what is decided of a job.
fn of_decided(job: &JobReport, bench: &Bench<'_>) -> Vec<[Trial; 2]> {
    let decided = |metric: TestedMetric| job.comparison.get(metric.name()).is_some_and(is_decided);
    let seen = bench.seen(&job.name);
    let rule = bench.rule(&job.name);
    let mut trials: Vec<[Trial; 2]> = Vec::new();
    if super::DURATIONS.into_iter().any(decided) {
        let [first, second] =
            seen.stagger.halves.each_ref().map(|half| {
                compare_durations(&Sample::of(seen.baseline), &sample(half, seen.stagger), &rule)
            });
        trials.extend(first.into_iter().zip(second).map(|(first, second)| [first, second]));
    }
    for metric in OUTCOMES.into_iter().filter(|metric| decided(*metric)) {
        trials.push(outcomes(metric, &seen, &rule));
    }
    trials
}

fn is_decided(comparison: &Comparison) -> bool {
    matches!(comparison.verdict, Some(ComparisonVerdict::Improved | ComparisonVerdict::Regressed))
}

/// Each half of the stagger window against the baseline.
fn outcomes(metric: TestedMetric, seen: &PerSide<&JobObservations>, rule: &Rule) -> [Trial; 2] {
    let before = proportion(metric, &seen.baseline.outcomes, seen.baseline);
    seen.stagger
        .halves
        .each_ref()
        .map(|half| compare_rates(metric, before, proportion(metric, &half.outcomes, seen.stagger), rule))
}

/// The same for all jobs together.
fn together<'a>(
    metric: TestedMetric,
    jobs: impl Iterator<Item = &'a str> + Clone,
    bench: &Bench<'_>,
) -> [Trial; 2] {
    let all = |of: &dyn Fn(&PerSide<&JobObservations>) -> Proportion| {
        Proportion::together(&jobs.clone().map(|job| of(&bench.seen(job))).collect::<Vec<_>>())
    };
    let before = all(&|seen| proportion(metric, &seen.baseline.outcomes, seen.baseline));
    [0, 1].map(|half: usize| {
        let after = all(&|seen| proportion(metric, &seen.stagger.halves[half].outcomes, seen.stagger));
        compare_rates(metric, before, after, &bench.common_rule())
    })
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
    let towards = match (verdict, half.metric.lower_is_better()) {
        (ComparisonVerdict::Improved, true) | (ComparisonVerdict::Regressed, false) => -evidence.estimate,
        _ => evidence.estimate,
    };
    let short = is_drifting(whole) && towards < evidence.margin;
    !(contrary || short || alone == ComparisonVerdict::NoMaterialChange)
}
