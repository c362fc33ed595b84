//! The rules that turn a figure and a target into a verdict.

use super::allowance::allowance;
use super::criterion::{Criterion, Measured, Purpose};
use super::language::TargetValue;
use super::measured::Subject;
use super::reason::Allowance;
use super::reason::Reason;
use super::result::TargetVerdict;
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::comparison::verdict::rule::LEAST_RATE_MARGIN;
use crate::analysis::metric::{Better, Method, Metric, Unit, Value};
use crate::window::{PerSide, Side};

/// A criterion held against a figure.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) threshold: Option<f64>,
    pub(super) baseline: Option<f64>,
    pub(super) actual: Option<f64>,
    pub(super) compared: Option<f64>,
    pub(super) interval: Option<[f64; 2]>,
    pub(super) verdict: TargetVerdict,
    /// Of a rate that is held against a bound as such.
    pub(super) allowance: Option<Allowance>,
    pub(super) reason: Reason,
}

/// Holds `criterion` against the subject's figures.
pub(super) fn hold<'a>(criterion: Criterion<'a>, subject: Subject<'a>, require_interval: bool) -> Held {
    let metric = criterion.metric;
    if let Value::Measurement { of, .. } = &metric.value
        && !subject.is_sampled(of)
    {
        return not_measured(&criterion, None, None, Reason::WithoutSource { measurement: of.clone() });
    }
    let baseline = subject.value(metric, Side::Baseline);
    let Some(actual) = subject.value(metric, Side::Stagger) else {
        return not_measured(&criterion, baseline, None, Reason::no_value(metric, &subject));
    };
    let Some((compared, threshold)) = compared(&criterion, &subject, baseline, actual) else {
        let reason = Reason::no_comparison(metric, &subject, baseline);
        return not_measured(&criterion, baseline, Some(actual), reason);
    };
    let interval = interval(&criterion, &subject, baseline);
    let measured = Measured { criterion, subject, baseline, actual, compared, threshold, interval };
    let allowance = allowance(&measured);
    let (verdict, reason) = verdict(&measured, allowance, require_interval);
    Held {
        threshold: Some(threshold),
        baseline,
        actual: Some(actual),
        compared: Some(compared),
        interval,
        verdict,
        allowance,
        reason,
    }
}

/// A criterion about a job that has not run yet.
pub(super) fn awaited(criterion: &Criterion<'_>) -> Held {
    not_measured(criterion, None, None, Reason::JobNotSeen)
}

fn not_measured(
    criterion: &Criterion<'_>,
    baseline: Option<f64>,
    actual: Option<f64>,
    reason: Reason,
) -> Held {
    let threshold = match criterion.value {
        TargetValue::Absolute(value) | TargetValue::Relative(value) | TargetValue::Points(value) => {
            Some(value.get())
        }
        TargetValue::Baseline => baseline,
    };
    let verdict = TargetVerdict::NotMeasured;
    Held { threshold, baseline, actual, compared: None, interval: None, verdict, allowance: None, reason }
}

/// The number that is held against the threshold, and the threshold. `None` where there is nothing to
/// compare with. Counts change per observed hour, because the windows need not be of one length.
fn compared(
    criterion: &Criterion<'_>,
    subject: &Subject<'_>,
    baseline: Option<f64>,
    actual: f64,
) -> Option<(f64, f64)> {
    let metric = criterion.metric;
    match criterion.value {
        TargetValue::Absolute(value) => Some((actual, value.get())),
        TargetValue::Baseline => Some((actual, baseline?)),
        TargetValue::Points(value) => Some(((actual - baseline?) / metric.unit.whole()?, value.get())),
        TargetValue::Relative(value) => {
            let (mut before, mut after) = (baseline?, actual);
            if metric.method == Method::PerHour {
                before /= subject.seconds(Side::Baseline);
                after /= subject.seconds(Side::Stagger);
            }
            let change = (after - before) / before;
            change.is_finite().then_some((change, value.get()))
        }
    }
}

/// The 95 % interval of the compared number: the figure's own, or that of its change, which the
/// analysis gives in the metric's unit.
fn interval(criterion: &Criterion<'_>, subject: &Subject<'_>, baseline: Option<f64>) -> Option<[f64; 2]> {
    let metric = criterion.metric;
    let compared = || subject.comparison(metric).filter(|_| metric.method != Method::PerHour);
    // What is added to a rate takes it neither below none nor above all.
    let possible = |end: f64| match (metric.unit.whole(), baseline) {
        (Some(whole), Some(before)) => end.clamp(-before, (whole - before).max(-before)),
        _ => end,
    };
    let change = || compared().and_then(|comparison| comparison.interval).map(|ends| ends.map(possible));
    match criterion.value {
        TargetValue::Absolute(_) => subject.interval(metric),
        TargetValue::Points(_) => change(),
        TargetValue::Relative(_) => {
            let before = baseline?;
            change().map(|ends| ends.map(|end| end / before))
        }
        TargetValue::Baseline => {
            let before = baseline?;
            change().map(|ends| ends.map(|end| end + before))
        }
    }
}

/// The verdict by the value itself, unless the data do not decide.
fn verdict(
    measured: &Measured<'_>,
    allowance: Option<Allowance>,
    require_interval: bool,
) -> (TargetVerdict, Reason) {
    if let Some(reason) = undecided(measured, require_interval) {
        return (TargetVerdict::Inconclusive, reason);
    }
    let holds = measured.criterion.op.admits(measured.order());
    let verdict = if holds { TargetVerdict::Met } else { TargetVerdict::Missed };
    let reason = match (measured.criterion.purpose, holds) {
        (Purpose::Trigger, _) => Reason::Found(measured.found()),
        (Purpose::Target, true) => Reason::Met(measured.found()),
        (Purpose::Target, false) => miss(measured, allowance),
    };
    (verdict, reason)
}

/// Why a target is missed. A rate that is held against a share is short of a number of runs.
fn miss(measured: &Measured<'_>, allowance: Option<Allowance>) -> Reason {
    match (measured.criterion.value, allowance) {
        (TargetValue::Absolute(_), Some(allowance)) => {
            let lost = lost(measured.criterion.metric, &measured.subject, allowance.against);
            Reason::MissedByRuns { allowance, lost }
        }
        _ => Reason::Missed(measured.found()),
    }
}

/// What became of the runs that count against a rate.
fn lost(metric: &Metric, subject: &Subject<'_>, against: u64) -> Vec<(u64, String)> {
    let window = subject.window(Side::Stagger);
    let kinds = metric.share().map(|share| share.against).unwrap_or_default();
    if kinds.is_empty() {
        return vec![(against, format!("not {}", metric.noun(against as f64)))];
    }
    let kinds = kinds.iter().map(|(runs, word)| (runs(window), (*word).to_owned()));
    kinds.filter(|(runs, _)| *runs > 0).collect()
}

/// Why the data do not decide; `None` when they do.
fn undecided(measured: &Measured<'_>, require_interval: bool) -> Option<Reason> {
    let Measured { criterion, subject, .. } = measured;
    let metric = criterion.metric;
    let against_baseline = criterion.value.needs_baseline();
    if unplaced_rows_decide(measured) {
        let unplaced = subject.analysis.rows_unplaced;
        let rows = unplaced.baseline.max(unplaced.stagger);
        return Some(Reason::Unplaced { found: measured.found(), rows });
    }
    if let Some(missing) = missing_runs_decide(measured) {
        return Some(Reason::RunsMissing { found: measured.found(), missing });
    }
    if let Some(within_jobs) = mixture_decides(measured) {
        return Some(Reason::Mixture { found: measured.found(), within_jobs });
    }
    let needed = subject.min_runs(metric);
    let few = |side| Some(subject.runs(metric, side)).filter(|runs| *runs < needed);
    let runs =
        PerSide { baseline: few(Side::Baseline).filter(|_| against_baseline), stagger: few(Side::Stagger) };
    let any_few = runs.iter().any(Option::is_some);
    if (against_baseline || metric.unit == Unit::Milliseconds) && any_few {
        let are_samples = matches!(metric.value, Value::Measurement { .. });
        return Some(Reason::TooFew { runs, needed, are_samples });
    }
    if metric.unit == Unit::Fraction && runs.stagger.is_some() && measured.straddles() {
        return Some(Reason::FewOutcomes { found: measured.found(), needed });
    }
    if against_baseline && metric.grows_with_length() && lengths_differ(subject) {
        return Some(Reason::LengthsDiffer(PerSide::of(|side| subject.seconds(side))));
    }
    (require_interval && measured.straddles()).then(|| Reason::ReachesOver(measured.found()))
}

/// Whether rows without a usable start could turn the verdict, each of which may belong to a window and
/// count for or against.
fn unplaced_rows_decide(measured: &Measured<'_>) -> bool {
    let Measured { criterion, subject, actual, .. } = measured;
    let unplaced = subject.analysis.rows_unplaced;
    if unplaced.iter().all(|rows| *rows == 0) {
        return false;
    }
    let more = unplaced.stagger as f64;
    let reach = match &criterion.metric.value {
        Value::Share(_) => subject.rate(criterion.metric, Side::Stagger).map(|rate| {
            let (hits, of) = (rate.hits as f64, rate.of as f64 + more);
            [hits / of, (hits + more) / of]
        }),
        Value::Count(_) | Value::NewErrors => Some([*actual, actual + more]),
        Value::Missed => Some([(actual - more).max(0.0), *actual]),
        _ => None,
    };
    reach.is_some_and(|reach| criterion.value.needs_baseline() || measured.divides(reach))
}

/// The runs that are shown to be missing after the change, where they could turn the verdict: those of a rate
/// by counting against it, those of a change of durations by having taken any time.
fn missing_runs_decide(measured: &Measured<'_>) -> Option<Missing> {
    let Measured { criterion, subject, baseline, compared: found, .. } = measured;
    let metric = criterion.metric;
    let missing = subject.comparison(metric)?.missing.filter(|missing| missing.shown)?;
    let worst = match metric.value {
        Value::Share(_) => {
            let rate = subject.rate(metric, Side::Stagger)?;
            let against = if metric.better == Some(Better::Lower) { missing.gone } else { 0 };
            let value = (rate.hits + against) as f64 / (rate.of + missing.gone) as f64;
            compared(criterion, subject, *baseline, value)?.0
        }
        _ => Some(f64::INFINITY).filter(|_| criterion.value.needs_baseline())?,
    };
    measured.divides([found.min(worst), found.max(worst)]).then_some(missing)
}

/// What the rate of all jobs together changed to within the jobs, where the verdict is good news that their
/// mix alone makes.
fn mixture_decides(measured: &Measured<'_>) -> Option<f64> {
    let Measured { criterion, subject, baseline, actual, .. } = measured;
    let metric = criterion.metric;
    if !criterion.value.needs_baseline() || subject.job.is_some() || metric.share().is_none() {
        return None;
    }
    let within_jobs = (*baseline)? + subject.comparison(metric)?.within_jobs?;
    let (compared, _) = compared(criterion, subject, *baseline, within_jobs)?;
    let holds = criterion.op.admits(measured.order());
    let is_good = holds == (criterion.purpose == Purpose::Target);
    let turns = criterion.op.admits(measured.order_of(compared)) != holds;
    (is_good && turns && (actual - within_jobs).abs() >= LEAST_RATE_MARGIN).then_some(within_jobs)
}

/// Whether one window was observed for more than twice as long as the other.
fn lengths_differ(subject: &Subject<'_>) -> bool {
    let (before, after) = (subject.seconds(Side::Baseline), subject.seconds(Side::Stagger));
    before.max(after) > 2.0 * before.min(after)
}
