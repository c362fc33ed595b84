//! Why a verdict is what it is, in words, with the size of a miss.

use super::allowance::{self, allowance};
use super::criterion::Measured;
use super::language::{Op, TargetValue};
use super::measured::Subject;
use super::phrase::shown;
use crate::analysis::metric::{Method, Metric, Unit, Value};
use crate::figure;
use crate::window::{PerSide, Side};

/// Why a metric has no value after the change.
pub(super) fn no_value(metric: &Metric, subject: &Subject<'_>) -> String {
    let needs_starts = !matches!(metric.value, Value::Missed);
    let nothing_started = needs_starts && subject.window(Side::Stagger).started == 0;
    let text = if nothing_started { "nothing started after the change" } else { metric.absent };
    text.to_owned()
}

/// Why a metric cannot be compared with the baseline.
pub(super) fn no_comparison(metric: &Metric, subject: &Subject<'_>, baseline: Option<f64>) -> String {
    let text = match baseline {
        Some(_) => "it is 0 before, so a change in per cent has no meaning",
        None if matches!(metric.value, Value::Missed) => "no number of runs is expected before",
        None if subject.window(Side::Baseline).started == 0 => "no baseline: nothing started before",
        None => "no baseline: it was not measured before",
    };
    text.to_owned()
}

/// `4 runs before, at least 6 more are needed`
pub(super) fn too_few(measured: &Measured<'_>, before: bool, after: bool) -> String {
    let subject = &measured.subject;
    let count = |side| subject.runs(measured.metric, side);
    let one = |side: Side, word: &str| {
        let runs = count(side);
        let noun = if runs == 1 { "run" } else { "runs" };
        let more = subject.min_runs(measured.metric).saturating_sub(runs);
        let need = if more == 1 { "one more is" } else { &format!("{more} more are") };
        format!("{} {noun} {word}, at least {need} needed", figure::count(runs))
    };
    match (before, after) {
        (true, true) => format!(
            "{} and {} runs before and after, at least {} each are needed",
            figure::count(count(Side::Baseline)),
            figure::count(count(Side::Stagger)),
            subject.min_runs(measured.metric)
        ),
        (true, false) => one(Side::Baseline, "before"),
        (false, _) => one(Side::Stagger, "after"),
    }
}

/// A rate on few outcomes whose interval reaches over the target.
pub(super) fn few_outcomes(measured: &Measured<'_>) -> String {
    format!(
        "{}; {}, and fewer than {} runs decide only what is wholly on one side",
        neutral(measured),
        interval_reaches_over(measured),
        measured.subject.min_runs(measured.metric)
    )
}

/// Counts and extremes of windows that cannot be held against each other.
pub(super) fn lengths_differ(subject: &Subject<'_>) -> String {
    format!(
        "{} were observed before and {} after, and a longer window shows more of it without any change",
        figure::span(subject.seconds(Side::Baseline)),
        figure::span(subject.seconds(Side::Stagger))
    )
}

/// `the interval 98.4 % to 99.3 % reaches over 99 %`
pub(super) fn interval_reaches_over(measured: &Measured<'_>) -> String {
    let [low, high] = measured.interval.unwrap_or([measured.compared; 2]);
    let threshold = measured.threshold;
    let show = |value, limits: &[f64]| shown(measured.criterion.value, measured.metric, value, limits);
    format!(
        "the interval {} to {} reaches over {}",
        show(low, &[threshold]),
        show(high, &[threshold]),
        show(threshold, &[])
    )
}

/// What was found, for a target that is met.
pub(super) fn finding(measured: &Measured<'_>) -> String {
    match allowed(measured) {
        Some(limit) if limit > 0.0 => format!("{}, {} allowed", neutral(measured), figure::number(limit)),
        _ => neutral(measured),
    }
}

/// What was found, for a target that is missed, with the size of the miss.
pub(super) fn miss(measured: &Measured<'_>) -> String {
    let Measured { criterion, metric, subject, threshold, .. } = measured;
    if let (TargetValue::Absolute(_), Some(rate)) = (criterion.value, subject.rate(metric, Side::Stagger))
        && let Some(allowance) = allowance(metric, &rate, criterion.op, *threshold)
    {
        return allowance::miss(metric, subject, &allowance);
    }
    match allowed(measured) {
        Some(limit) if limit > 0.0 => format!("{}, {} allowed", neutral(measured), figure::number(limit)),
        Some(_) => neutral(measured),
        None => match over(measured) {
            Some(over) => format!("{}: missed by {over}", neutral(measured)),
            None => format!("{}, wanted {}", neutral(measured), criterion.text),
        },
    }
}

/// The largest number that an absolute target about a number admits; `None` for other targets.
fn allowed(measured: &Measured<'_>) -> Option<f64> {
    let whole = measured.metric.is_whole();
    let TargetValue::Absolute(limit) = measured.criterion.value else { return None };
    let limit = limit.get();
    match measured.criterion.op {
        Op::LessOrEqual if whole => Some(limit),
        Op::Less if whole && limit >= 1.0 => Some(limit.ceil() - 1.0),
        Op::Equal if whole && limit.abs() < 0.5 => Some(0.0),
        _ => None,
    }
}

/// By how much a duration or a change is on the wrong side of a bound.
fn over(measured: &Measured<'_>) -> Option<String> {
    if matches!(measured.criterion.op, Op::Equal | Op::NotEqual) {
        return None;
    }
    let gap = (measured.compared - measured.threshold).abs();
    match (measured.criterion.value, &measured.metric.unit) {
        _ if gap <= f64::EPSILON => None,
        (TargetValue::Absolute(_) | TargetValue::Baseline, Unit::Milliseconds) => Some(figure::duration(gap)),
        (TargetValue::Relative(_), _) => {
            let points = figure::number(gap * 100.0);
            Some(format!("{points} {}", if points == "1" { "point" } else { "points" }))
        }
        (TargetValue::Points(_), _) => Some(format!("{} pp", figure::number(gap * 100.0))),
        _ => None,
    }
}

/// What was found, without a word of praise or blame.
pub(super) fn neutral(measured: &Measured<'_>) -> String {
    let Measured { criterion, metric, compared, threshold, .. } = measured;
    let change = || shown(criterion.value, metric, *compared, &[*threshold]);
    match criterion.value {
        TargetValue::Absolute(_) => absolute(measured),
        TargetValue::Baseline => from_to(measured),
        TargetValue::Points(_) if compared.abs() < 1e-12 => "no change".to_owned(),
        TargetValue::Points(_) => format!("{}, {}", change(), from_to(measured)),
        TargetValue::Relative(_) => {
            let hourly = if metric.method == Method::PerHour { " per hour" } else { "" };
            format!("{}{hourly}, {}", change(), from_to(measured))
        }
    }
}

/// `from 16 of 16 to 1,965 of 1,985`
fn from_to(measured: &Measured<'_>) -> String {
    let Measured { metric, subject, baseline, actual, .. } = measured;
    if let Some(rates) = PerSide::of(|side| subject.rate(metric, side)).both() {
        let PerSide { baseline, stagger } = rates.map(|rate| figure::part_of(rate.hits, rate.of));
        return format!("from {baseline} to {stagger}");
    }
    let before = baseline.map_or_else(|| "nothing".to_owned(), |value| metric.unit.value(value, &[*actual]));
    format!("from {before} to {}", metric.unit.value(*actual, baseline.as_slice()))
}

/// The figure after the change, with what it is a number of.
fn absolute(measured: &Measured<'_>) -> String {
    let Measured { metric, subject, actual, threshold, .. } = measured;
    let noun = metric.noun(*actual);
    if let Some(rate) = subject.rate(metric, Side::Stagger) {
        return format!("{} {noun}", figure::part_of(rate.hits, rate.of));
    }
    let value = metric.unit.value(*actual, &[*threshold]);
    match metric.value {
        Value::Missed => {
            let expected = subject.window(Side::Stagger).expected_runs.unwrap_or(0);
            format!("{value} of {} {noun}", figure::count(expected))
        }
        _ if noun.is_empty() => value,
        _ => format!("{value} {noun}"),
    }
}
