//! The rules that turn a figure and a target into a verdict.

use super::criterion::{Criterion, Measured, Purpose};
use super::language::TargetValue;
use super::measured::Subject;
use super::reason;
use super::result::TargetVerdict;
use crate::analysis::metric::{Method, Unit, Value};
use crate::window::Side;

/// A criterion held against a figure.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) threshold: Option<f64>,
    pub(super) baseline: Option<f64>,
    pub(super) actual: Option<f64>,
    pub(super) compared: Option<f64>,
    pub(super) interval: Option<[f64; 2]>,
    pub(super) verdict: TargetVerdict,
    pub(super) reason: String,
}

/// Holds `criterion` against the subject's figures.
pub(super) fn judge<'a>(criterion: Criterion<'a>, subject: Subject<'a>, require_interval: bool) -> Judged {
    let metric = criterion.metric;
    if let Value::Measurement { of, .. } = &metric.value {
        return not_measured(&criterion, None, None, format!("{of} is declared without a source"));
    }
    let baseline = subject.value(metric, Side::Baseline);
    let Some(actual) = subject.value(metric, Side::Stagger) else {
        return not_measured(&criterion, baseline, None, reason::no_value(metric, &subject));
    };
    let Some((compared, threshold)) = compared(&criterion, &subject, baseline, actual) else {
        let reason = reason::no_comparison(metric, &subject, baseline);
        return not_measured(&criterion, baseline, Some(actual), reason);
    };
    let interval = interval(&criterion, &subject, baseline);
    let measured = Measured { criterion, metric, subject, baseline, actual, compared, threshold, interval };
    let (verdict, reason) = verdict(&measured, require_interval);
    Judged {
        threshold: Some(threshold),
        baseline,
        actual: Some(actual),
        compared: Some(compared),
        interval,
        verdict,
        reason,
    }
}

fn not_measured(
    criterion: &Criterion<'_>,
    baseline: Option<f64>,
    actual: Option<f64>,
    reason: String,
) -> Judged {
    let threshold = match criterion.value {
        TargetValue::Absolute(value) | TargetValue::Relative(value) | TargetValue::Points(value) => {
            Some(value.get())
        }
        TargetValue::Baseline => baseline,
    };
    let verdict = TargetVerdict::NotMeasured;
    Judged { threshold, baseline, actual, compared: None, interval: None, verdict, reason }
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
    let change = || compared().and_then(|comparison| comparison.interval);
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
fn verdict(measured: &Measured<'_>, require_interval: bool) -> (TargetVerdict, String) {
    if let Some(reason) = undecided(measured, require_interval) {
        return (TargetVerdict::Inconclusive, reason);
    }
    let holds = measured.criterion.op.admits(measured.order());
    let verdict = if holds { TargetVerdict::Met } else { TargetVerdict::Missed };
    let reason = match (measured.criterion.purpose, holds) {
        (Purpose::Trigger, _) => reason::neutral(measured),
        (Purpose::Target, true) => reason::finding(measured),
        (Purpose::Target, false) => reason::miss(measured),
    };
    (verdict, reason)
}

/// Why the data do not decide; `None` when they do.
fn undecided(measured: &Measured<'_>, require_interval: bool) -> Option<String> {
    let Measured { metric, subject, .. } = measured;
    let against_baseline = measured.criterion.value.needs_baseline();
    let few = |side| subject.runs(metric, side) < subject.min_runs(metric);
    let few_after = few(Side::Stagger);
    let few_before = against_baseline && few(Side::Baseline);
    if (against_baseline || metric.unit == Unit::Milliseconds) && (few_before || few_after) {
        return Some(reason::too_few(measured, few_before, few_after));
    }
    if metric.unit == Unit::Fraction && few_after && measured.straddles() {
        return Some(reason::few_outcomes(measured));
    }
    if against_baseline && metric.grows_with_length() && lengths_differ(subject) {
        return Some(reason::lengths_differ(subject));
    }
    (require_interval && measured.straddles()).then(|| reason::interval_reaches_over(measured))
}

/// Whether one window was observed for more than twice as long as the other.
fn lengths_differ(subject: &Subject<'_>) -> bool {
    let (before, after) = (subject.seconds(Side::Baseline), subject.seconds(Side::Stagger));
    before.max(after) > 2.0 * before.min(after)
}
