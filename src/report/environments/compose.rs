//! Holds the reports of one deployment in several environments against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    EnvironmentChange, EnvironmentFacts, EnvironmentTarget, Environments, PredictedChange, PredictionOutcome,
};
use crate::analysis::comparison::{Comparison, ComparisonVerdict, Comparisons};
use crate::analysis::metric::Metric;
use crate::report::checkpoint::TargetCounts;
use crate::report::model::Report;
use crate::window::{PerSide, Period, Side};

const MOST_TARGETS: usize = 20;
const MOST_CHANGES: usize = 30;

/// Metrics that go without saying where another one has the same outcome.
const SAID_BY: [(&str, &str); 3] = [
    ("mean_duration", "median_duration"),
    ("p95_duration", "median_duration"),
    ("failure_rate", "completion_rate"),
];

/// The last report with what the others showed; `None` without any.
pub fn compared(mut reports: Vec<Report>) -> Option<Report> {
    let environments = environments(&reports);
    let mut last = reports.pop()?;
    last.environments = environments.map(Box::new);
    Some(last)
}

fn environments(reports: &[Report]) -> Option<Environments> {
    let [.., before, last] = reports else { return None };
    let mut targets = targets(reports);
    let more_targets = truncated(&mut targets, MOST_TARGETS);
    let (mut changes, without_change) = changes(before, last);
    let mut outcomes = BTreeMap::new();
    for change in &changes {
        *outcomes.entry(change.outcome).or_default() += 1;
    }
    let more_changes = truncated(&mut changes, MOST_CHANGES);
    let names = |report: &'_ Report| report.jobs.iter().map(|job| job.name.clone()).collect::<BTreeSet<_>>();
    let (before, here) = (names(before), names(last));
    Some(Environments {
        environments: reports.iter().map(facts).collect(),
        targets,
        more_targets,
        changes,
        more_changes,
        outcomes,
        without_change,
        jobs_only_here: here.difference(&before).count() as u64,
        jobs_only_before: before.difference(&here).count() as u64,
    })
}

/// Leaves the first `most`; how many it took away.
fn truncated<T>(all: &mut Vec<T>, most: usize) -> u64 {
    let more = all.len().saturating_sub(most) as u64;
    all.truncate(most);
    more
}

fn facts(report: &Report) -> EnvironmentFacts {
    let window = |side| &report.totals.get(side).job;
    let period = |side: Side| {
        let window = report.windows.get(side);
        Period { start: window.start, end: window.end }
    };
    EnvironmentFacts {
        name: report.deployment.environment.clone().unwrap_or_default(),
        as_of: report.as_of,
        windows: PerSide::of(period),
        started: PerSide::of(|side| window(side).started),
        completion_rate: PerSide::of(|side| window(side).completion_rate.map(|rate| rate.value)),
        decision: report.decision.as_ref().map(|decision| decision.verdict),
        targets: TargetCounts::of(report),
        fired: report.triggers.iter().filter(|trigger| trigger.fired == Some(true)).count() as u64,
        caveats: report.caveats.len() as u64,
    }
}

/// Those whose verdicts differ.
fn targets(reports: &[Report]) -> Vec<EnvironmentTarget> {
    let mut verdicts = BTreeMap::new();
    for (place, report) in reports.iter().enumerate() {
        for target in &report.targets {
            let asked = (target.job.clone(), format!("{} {}", target.metric, target.target));
            verdicts.entry(asked).or_insert_with(|| vec![None; reports.len()])[place] = Some(target.verdict);
        }
    }
    let differ = |verdicts: &Vec<Option<_>>| verdicts.windows(2).any(|pair| pair[0] != pair[1]);
    let differing = verdicts.into_iter().filter(|(_, verdicts)| differ(verdicts));
    differing.map(|((job, asked), verdicts)| EnvironmentTarget { asked, job, verdicts }).collect()
}

/// What is shown to have changed in one of the two, and how much is shown to have changed in neither.
fn changes(before: &Report, last: &Report) -> (Vec<EnvironmentChange>, u64) {
    let mut changes = Vec::new();
    let mut without = 0;
    let mut compare = |job: Option<&str>, predicted: &Comparisons, happened: &Comparisons| {
        let metrics: BTreeSet<&Metric> =
            predicted.iter().chain(happened.iter()).map(|(metric, _)| metric).collect();
        for metric in metrics {
            let (predicted, happened) = (predicted.get(metric), happened.get(metric));
            let both = [predicted, happened].map(|found| found.and_then(|found| found.verdict));
            if both == [None, None] {
                continue;
            }
            let [predicted, happened] = [predicted, happened]
                .map(|found| found.map_or_else(Default::default, |found| change(metric, found)));
            match outcome(&predicted, &happened) {
                Some(outcome) => changes.push(EnvironmentChange {
                    metric: metric.name().to_owned(),
                    job: job.map(str::to_owned),
                    outcome,
                    predicted,
                    happened,
                }),
                None => without += u64::from(both.iter().all(Option::is_some)),
            }
        }
    };
    compare(None, &before.totals.comparison, &last.totals.comparison);
    let nothing = Comparisons::default();
    // By the bytes of their names, both.
    for job in &last.jobs {
        let place = before.jobs.binary_search_by(|other| other.name.as_bytes().cmp(job.name.as_bytes()));
        // Of a job that the environment before has not, nothing was predicted.
        let other = place.ok().and_then(|place| before.jobs.get(place));
        compare(Some(&job.name), other.map_or(&nothing, |other| &other.comparison), &job.comparison);
    }
    let mut changes = in_few_words(changes);
    changes.sort_by(|a, b| (a.outcome, &a.job, &a.metric).cmp(&(b.outcome, &b.job, &b.metric)));
    (changes, without)
}

/// Without what goes without saying.
fn in_few_words(mut changes: Vec<EnvironmentChange>) -> Vec<EnvironmentChange> {
    let subject = |found: &EnvironmentChange, metric: &str| (found.job.clone(), metric.to_owned());
    let outcomes: BTreeMap<_, _> =
        changes.iter().map(|found| (subject(found, &found.metric), found.outcome)).collect();
    changes.retain(|found| {
        let by = SAID_BY.iter().find(|(metric, _)| *metric == found.metric).map(|(_, by)| *by);
        by.and_then(|by| outcomes.get(&subject(found, by))) != Some(&found.outcome)
    });
    changes
}

fn change(metric: &Metric, found: &Comparison) -> PredictedChange {
    let interval = found.shift_interval.or(found.interval);
    // Machines differ in speed, so that lengths of time are held against each other as parts of what they were.
    let scale =
        if metric.share().is_some() { Some(1.0) } else { found.baseline.filter(|value| *value > 0.0) };
    PredictedChange {
        baseline: found.baseline,
        stagger: found.stagger,
        interval: interval.zip(scale).map(|(interval, scale)| interval.map(|end| end / scale)),
        verdict: found.verdict,
    }
}

/// `None` where neither shows a change.
fn outcome(predicted: &PredictedChange, happened: &PredictedChange) -> Option<PredictionOutcome> {
    use ComparisonVerdict::{Improved, NoMaterialChange, Regressed};
    use PredictionOutcome::{
        Absent, AsPredicted, Contradicted, Larger, NotPredicted, NotShown, Opposite, Smaller,
    };
    Some(match (predicted.verdict, happened.verdict) {
        (Some(Improved), Some(Regressed)) | (Some(Regressed), Some(Improved)) => Opposite,
        (Some(Improved | Regressed), Some(Improved | Regressed)) => {
            match (predicted.interval, happened.interval) {
                (Some(one), Some(other)) if one[1] < other[0] || other[1] < one[0] => {
                    // Both lie on one side of 0.
                    let size = |interval: [f64; 2]| (interval[0] + interval[1]).abs();
                    if size(other) > size(one) { Larger } else { Smaller }
                }
                _ => AsPredicted,
            }
        }
        (Some(NoMaterialChange), Some(Improved | Regressed)) => Contradicted,
        (_, Some(Improved | Regressed)) => NotPredicted,
        (Some(Improved | Regressed), Some(NoMaterialChange)) => Absent,
        (Some(Improved | Regressed), _) => NotShown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(verdict: Option<ComparisonVerdict>, interval: [f64; 2]) -> PredictedChange {
        PredictedChange { interval: Some(interval), verdict, ..PredictedChange::default() }
    }

    #[test]
    fn what_happened_is_held_against_what_was_predicted() {
        use ComparisonVerdict::{Improved, Inconclusive, NoMaterialChange, NotMeasured, Regressed};
        use PredictionOutcome as Outcome;
        let cases = [
            (Some(Improved), Some(Improved), Some(Outcome::AsPredicted)),
            (Some(Improved), Some(Regressed), Some(Outcome::Opposite)),
            (Some(NoMaterialChange), Some(Regressed), Some(Outcome::Contradicted)),
            (Some(Inconclusive), Some(Regressed), Some(Outcome::NotPredicted)),
            (None, Some(Improved), Some(Outcome::NotPredicted)),
            (Some(Regressed), Some(NoMaterialChange), Some(Outcome::Absent)),
            (Some(Regressed), Some(Inconclusive), Some(Outcome::NotShown)),
            (Some(Regressed), None, Some(Outcome::NotShown)),
            (Some(NoMaterialChange), Some(Inconclusive), None),
            (Some(NotMeasured), None, None),
        ];
        for (predicted, happened, expected) in cases {
            let found = outcome(&shown(predicted, [0.1, 0.3]), &shown(happened, [0.2, 0.4]));
            assert_eq!(found, expected, "{predicted:?} {happened:?}");
        }
    }

    #[test]
    fn intervals_that_do_not_overlap_are_another_change() {
        use ComparisonVerdict::{Improved, Regressed};
        let of =
            |verdict, one, other| outcome(&shown(Some(verdict), one), &shown(Some(verdict), other)).unwrap();
        assert_eq!(of(Regressed, [0.1, 0.2], [0.3, 0.4]), PredictionOutcome::Larger);
        assert_eq!(of(Regressed, [0.3, 0.4], [0.1, 0.2]), PredictionOutcome::Smaller);
        assert_eq!(of(Improved, [-0.2, -0.1], [-0.4, -0.3]), PredictionOutcome::Larger);
        assert_eq!(of(Improved, [-0.4, -0.3], [-0.31, -0.1]), PredictionOutcome::AsPredicted);
        let unknown = PredictedChange { verdict: Some(Improved), ..PredictedChange::default() };
        assert_eq!(outcome(&unknown, &unknown), Some(PredictionOutcome::AsPredicted));
    }
}
