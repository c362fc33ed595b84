//! Targets and triggers, a row each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::metric::{Metric, Unit};
use crate::figure::{self, ABSENT, FEW_RUNS};
use crate::judgement::{Accepted, Severity, TargetResult, TargetVerdict, TriggerResult};
use crate::legible;
use crate::render::view::metric;
use crate::report::model::Report;
use crate::window::Side;

/// One target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetRow {
    /// `Completion ≥ 99 %`, with the job where it is about one.
    pub label: String,
    /// `completion_rate`
    pub metric: String,
    /// The job; `null` for all together.
    pub job: Option<String>,
    /// As written: `>= 99%`.
    pub wanted: String,
    /// Value before.
    pub before: String,
    /// Value after.
    pub after: String,
    /// The change that was held against the target, for a decided target about one; `null` otherwise.
    pub change: Option<String>,
    /// 95 % interval of what was held against the target; `null` without one.
    pub interval: Option<String>,
    /// `met`, `missed`, `inconclusive`, `not_measured`.
    pub verdict: TargetVerdict,
    /// `✓`, `✗`, `?`, `–`.
    pub mark: String,
    /// `met`, `missed`, `undecided`, `not measured`.
    pub word: String,
    /// Whether the window before missed it too: `already missed before, 94.7 %`; `null` for what is not missed.
    pub history: Option<String>,
    /// Why, with the size of the miss and with `history`; may be empty.
    pub reason: String,
    /// It is missed, and was before.
    #[serde(skip)]
    pub missed_before: bool,
    #[serde(skip)]
    pub reason_begins_with_value: bool,
    /// Shown only, never decides.
    pub advisory: bool,
    /// Who answers for a miss.
    pub accepted: Option<Accepted>,
}

impl TargetRow {
    /// `Completion ≥ 99 % (already missed before, 94.7 %)`
    fn name_and_history(&self) -> String {
        let advisory = self.advisory.then_some("advisory");
        let beside: Vec<&str> = advisory.into_iter().chain(self.history.as_deref()).collect();
        if beside.is_empty() { self.label.clone() } else { format!("{} ({})", self.label, beside.join(", ")) }
    }

    /// The change, unless the reason, where it is `shown`, begins with it.
    pub(in crate::render) fn change_unsaid(&self, shown: bool) -> Option<&str> {
        let change = self.change.as_deref()?;
        (!shown || !self.reason_begins_with_value).then_some(change)
    }
}

/// One rollback trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriggerRow {
    /// `Failure rate > +5 pp`.
    pub label: String,
    /// The number held against the threshold.
    pub value: String,
    /// `null` when it could not be judged.
    pub fired: Option<bool>,
    /// `✗`, `✓`, `?`.
    pub mark: String,
    /// `fired`, `not fired`, `not judged`.
    pub word: String,
    /// Why; may be empty.
    pub reason: String,
    #[serde(skip)]
    pub reason_begins_with_value: bool,
}

pub(super) fn rows(report: &Report) -> Vec<TargetRow> {
    // Once per metric: a target asked of each job is there for every job.
    let mut limits: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for target in &report.targets {
        let name = target.metric.name();
        limits.entry(name).or_insert_with(|| report.limits(name));
    }
    let of = |target: &TargetResult| limits.get(target.metric.name()).map_or(&[][..], Vec::as_slice);
    report.targets.iter().map(|target| row(report, target, of(target))).collect()
}

/// Missed targets that a line names.
const NAMED: usize = 4;

/// The missed targets by name, those that decide first: `Missed: Completion ≥ 99 % (met before); and 2 more`;
/// `None` when none is.
pub(super) fn missed(rows: &[TargetRow]) -> Option<String> {
    let mut missed: Vec<&TargetRow> =
        rows.iter().filter(|row| row.verdict == TargetVerdict::Missed).collect();
    missed.sort_by_key(|row| row.advisory);
    let (named, rest) = missed.split_at(missed.len().min(NAMED));
    let mut parts: Vec<String> = named.iter().map(|row| row.name_and_history()).collect();
    if !rest.is_empty() {
        parts.push(format!("and {} more", figure::count(rest.len() as u64)));
    }
    (!parts.is_empty()).then(|| format!("Missed: {}", parts.join("; ")))
}

/// Rows that a reader takes in before scrolling.
const GLANCE: usize = 20;

/// The rows that are shown first, and what the others are.
pub(super) fn at_a_glance(rows: &[TargetRow]) -> (Vec<TargetRow>, Option<String>) {
    if rows.len() <= GLANCE {
        return (rows.to_vec(), None);
    }
    let mut order: Vec<&TargetRow> = rows.iter().collect();
    order.sort_by_key(|row| match row.verdict {
        TargetVerdict::Missed => u8::from(row.advisory),
        TargetVerdict::Inconclusive => 2,
        TargetVerdict::NotMeasured => 3,
        TargetVerdict::Met => 4,
    });
    let (first, rest) = order.split_at(GLANCE);
    // In the order of a verdict's weight, as the rows are.
    let mut kinds: Vec<(&str, u64)> = Vec::new();
    for row in rest {
        match kinds.iter_mut().find(|(word, _)| *word == row.word) {
            Some((_, count)) => *count += 1,
            None => kinds.push((&row.word, 1)),
        }
    }
    let kinds: Vec<String> =
        kinds.into_iter().map(|(word, count)| format!("{} {word}", figure::count(count))).collect();
    let left_out = format!("{} more: {}", figure::count(rest.len() as u64), kinds.join(", "));
    (first.iter().map(|row| (*row).clone()).collect(), Some(left_out))
}

fn row(report: &Report, target: &TargetResult, limits: &[f64]) -> TargetRow {
    let mark = match target.verdict {
        TargetVerdict::Met => "✓",
        TargetVerdict::Missed => "✗",
        TargetVerdict::Inconclusive => "?",
        TargetVerdict::NotMeasured => "–",
    };
    let before = cell(report, target, Side::Baseline, limits);
    let history = target
        .met_before
        .filter(|_| target.verdict == TargetVerdict::Missed)
        .map(|met| if met { "met before".to_owned() } else { format!("already missed before, {before}") });
    let reason = [Some(target.reason.to_string()).filter(|reason| !reason.is_empty()), history.clone()];
    TargetRow {
        label: label(&target.metric, &target.op.condition(&target.target), target.job.as_deref()),
        metric: target.metric.to_string(),
        job: target.job.clone(),
        wanted: target.target.clone(),
        before,
        missed_before: target.verdict == TargetVerdict::Missed && target.met_before == Some(false),
        history,
        after: cell(report, target, Side::Stagger, limits),
        change: change(target),
        interval: target.interval.map(|interval| interval_text(target, interval)),
        verdict: target.verdict,
        mark: mark.to_owned(),
        word: target.verdict.words().to_owned(),
        reason: reason.into_iter().flatten().collect::<Vec<_>>().join("; "),
        reason_begins_with_value: target.reason.begins_with_value(),
        advisory: target.severity == Severity::Advisory,
        accepted: target.accepted.clone(),
    }
}

fn label(metric: &Metric, condition: &str, job: Option<&str>) -> String {
    match job {
        Some(job) => format!("{}: {} {condition}", legible::name(job), metric.label.to_lowercase()),
        None => format!("{} {condition}", metric.label),
    }
}

/// The value of one side, not rounded across `limits`, on both sides alike, so that equal values look
/// equal: counts for a share of few runs, the number of runs where durations are too few
/// to say anything, otherwise the value.
fn cell(report: &Report, target: &TargetResult, side: Side, limits: &[f64]) -> String {
    let value = match side {
        Side::Baseline => target.baseline,
        Side::Stagger => target.actual,
    };
    let window = metric::window_of(report, target.job.as_deref(), side);
    if let Some(window) = window.filter(|_| value.is_some() && target.metric.share().is_some()) {
        return metric::share(window, &target.metric, limits);
    }
    let unit = &target.unit;
    let runs = window.and_then(|window| window.duration_ms).map_or(0, |facts| facts.n);
    if *unit == Unit::Milliseconds
        && (1..FEW_RUNS).contains(&runs)
        && target.verdict == TargetVerdict::Inconclusive
    {
        return figure::counted(runs, "run", "runs");
    }
    value.map_or_else(|| ABSENT.to_owned(), |value| unit.value(value, limits))
}

/// The change of a decided target about one.
fn change(target: &TargetResult) -> Option<String> {
    let decided = matches!(target.verdict, TargetVerdict::Met | TargetVerdict::Missed);
    let compared = target.compared.filter(|_| decided && target.value.is_change())?;
    Some(target.value.shown(&target.unit, compared, target.threshold.as_slice()))
}

fn interval_text(target: &TargetResult, interval: [f64; 2]) -> String {
    let limits = target.threshold.as_slice();
    if target.unit == Unit::Fraction && !target.value.is_change() {
        return figure::percent_interval(interval, limits);
    }
    let [low, high] = interval.map(|end| target.value.shown(&target.unit, end, limits));
    format!("{low} to {high}")
}

pub(super) fn trigger_rows(report: &Report) -> Vec<TriggerRow> {
    report.triggers.iter().map(trigger_row).collect()
}

fn trigger_row(trigger: &TriggerResult) -> TriggerRow {
    let (mark, word) = match trigger.fired {
        Some(true) => ("✗", "fired"),
        Some(false) => ("✓", "not fired"),
        None => ("?", "not judged"),
    };
    let shown = |compared| trigger.value.shown(&trigger.unit, compared, &[]);
    let value = trigger.compared.map_or_else(|| ABSENT.to_owned(), shown);
    let condition = trigger.op.condition(&trigger.trigger);
    TriggerRow {
        label: label(&trigger.metric, &condition, trigger.job.as_deref()),
        value,
        fired: trigger.fired,
        mark: mark.to_owned(),
        word: word.to_owned(),
        reason: trigger.reason.to_string(),
        reason_begins_with_value: trigger.reason.begins_with_value(),
    }
}

/// The mark and the word of a comparison: those of its verdict, but no praise for a faster job
/// of whose runs fewer end well.
pub(super) fn comparison_words(found: Option<&Comparison>) -> (&'static str, &'static str) {
    match found {
        Some(found) if found.is_restricted_by(Restriction::TooFast) => ("!", "faster, fewer end well"),
        _ => verdict_words(found),
    }
}

/// The mark and the word of a comparison's verdict. An arrow points the way the number went; it is filled where
/// that is bad, and outlined where it is good.
fn verdict_words(found: Option<&Comparison>) -> (&'static str, &'static str) {
    let verdict = found.and_then(|found| found.verdict);
    let rose = found.and_then(|found| found.shift.or(found.change)).is_some_and(|change| change > 0.0);
    let mark = match (verdict, rose) {
        (Some(ComparisonVerdict::Improved), true) => "△",
        (Some(ComparisonVerdict::Improved), false) => "▽",
        (Some(ComparisonVerdict::Regressed), true) => "▲",
        (Some(ComparisonVerdict::Regressed), false) => "▼",
        (Some(ComparisonVerdict::NoMaterialChange), _) => "=",
        (Some(ComparisonVerdict::Inconclusive), _) => "?",
        (Some(ComparisonVerdict::NotMeasured) | None, _) => "–",
    };
    (mark, verdict.map_or("not tested", ComparisonVerdict::words))
}

#[cfg(test)]
mod tests {
    use super::{at_a_glance, comparison_words};
    use crate::analysis::comparison::{Comparison, ComparisonVerdict};
    use crate::render::view::View;

    #[test]
    fn of_very_many_targets_those_that_are_not_met_come_first() {
        let (_, report) = crate::render::sample::reports().unwrap().remove(0);
        let five = View::of(&report).targets;
        assert_eq!(at_a_glance(&five), (five.clone(), None));
        let met = five.iter().find(|row| row.word == "met").unwrap();
        let mut many = vec![met.clone(); 100];
        many.extend(five.clone());
        let (first, rest) = at_a_glance(&many);
        let words: Vec<&str> = first.iter().map(|row| row.word.as_str()).collect();
        assert_eq!(words[..5], ["missed", "missed", "undecided", "not measured", "met"]);
        assert_eq!((first.len(), rest.as_deref()), (20, Some("85 more: 85 met")));
    }

    #[test]
    fn arrows_point_the_way_the_number_goes_and_are_filled_where_that_is_bad() {
        let mark = |verdict, change| {
            let found = Comparison { verdict: Some(verdict), change: Some(change), ..Comparison::default() };
            comparison_words(Some(&found)).0
        };
        let (worse, better) = (ComparisonVerdict::Regressed, ComparisonVerdict::Improved);
        let marks = [mark(worse, 900.0), mark(worse, -0.36), mark(better, -900.0), mark(better, 0.36)];
        assert_eq!(marks, ["▲", "▼", "▽", "△"]);
    }

    #[test]
    fn a_change_is_said_once() {
        let (_, report) = crate::render::sample::reports().unwrap().remove(0);
        let mut row = View::of(&report).targets.remove(0);
        row.change = Some("+46.4 %".to_owned());
        row.reason_begins_with_value = true;
        assert_eq!((row.change_unsaid(true), row.change_unsaid(false)), (None, Some("+46.4 %")));
        row.reason_begins_with_value = false;
        assert_eq!(row.change_unsaid(true), Some("+46.4 %"));
    }
}
