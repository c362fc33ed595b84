//! Judgements in words: the one place where a reason, and what a decision rests on, becomes text. It is in
//! this room, because the JSON form of a judgement holds the text, and nothing below this room needs it.

use std::fmt;

use super::language::{Op, TargetValue};
use super::reason::Allowance;
use super::reason::{HeldFigure, Reason};
use super::result::{Decision, DecisionReason, NamedTrigger, TargetVerdict};
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::metric::{Method, Unit, Value};
use crate::figure::{self, count, counted};
use crate::window::PerSide;

impl Decision {
    /// What it rests on, a phrase each: `2 required targets missed`, `1 undecided`.
    pub fn phrases(&self) -> Vec<String> {
        let is_about_targets = |reason: &DecisionReason| matches!(reason, DecisionReason::NotMet { .. });
        let first = self.reasons.iter().position(is_about_targets);
        let reasons = self.reasons.iter().enumerate();
        reasons.map(|(place, reason)| phrase(reason, first == Some(place))).collect()
    }
}

/// The phrase of a reason. The first about targets says what is counted.
fn phrase(reason: &DecisionReason, first_about_targets: bool) -> String {
    match reason {
        DecisionReason::NotMet { verdict, targets } => {
            let targets = if first_about_targets {
                counted(*targets, "required target", "required targets")
            } else {
                targets.to_string()
            };
            format!("{targets} {}", verdict.words())
        }
        DecisionReason::AllMet { targets: 1 } => "the one required target is met".to_owned(),
        DecisionReason::AllMet { targets } => format!("all {targets} required targets met"),
        DecisionReason::Fired { triggers, all } => {
            format!("{} fired: {}", some(triggers, *all), list(triggers))
        }
        DecisionReason::NotJudged { triggers, all } => {
            format!("{} could not be judged: {}", some(triggers, *all), list(triggers))
        }
        DecisionReason::NoneFired { all: 1 } => "the one trigger did not fire".to_owned(),
        DecisionReason::NoneFired { all } => format!("none of {all} triggers fired"),
        DecisionReason::Told(text) => text.clone(),
    }
}

fn some(triggers: &[NamedTrigger], all: usize) -> String {
    if all == 1 { "the one trigger".to_owned() } else { format!("{} of {all} triggers", triggers.len()) }
}

/// `peak_concurrency > 3, median_duration > +10% (Live Stats Sync)`
fn list(triggers: &[NamedTrigger]) -> String {
    let name = |NamedTrigger { metric, trigger, job }: &NamedTrigger| match job {
        Some(job) => format!("{metric} {trigger} ({job})"),
        None => format!("{metric} {trigger}"),
    };
    triggers.iter().map(name).collect::<Vec<_>>().join(", ")
}

impl TargetVerdict {
    /// The words that readers see.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Inconclusive => "undecided",
            Self::NotMeasured => "not measured",
        }
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.to_string()
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self::Told(text)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithoutSource { measurement } => write!(f, "{measurement} is declared without a source"),
            Self::JobNotSeen => f.write_str("no job of this name has run in the windows"),
            Self::NothingStartedAfter => f.write_str("nothing started after the change"),
            Self::NoValueAfter { metric } => f.write_str(metric.absent),
            Self::NothingStartedBefore => f.write_str("no baseline: nothing started before"),
            Self::NoneExpectedBefore => f.write_str("no number of runs is expected before"),
            Self::NotMeasuredBefore => f.write_str("no baseline: it was not measured before"),
            Self::ZeroBefore => f.write_str("it is 0 before, so a change in per cent has no meaning"),
            Self::TooFew { runs, needed, are_samples } => {
                let nouns = if *are_samples { ["sample", "samples"] } else { ["run", "runs"] };
                f.write_str(&too_few(*runs, *needed, nouns))
            }
            Self::LengthsDiffer(seconds) => write!(
                f,
                "{} were observed before and {} after, and a longer window shows more of it without any change",
                figure::span(seconds.baseline),
                figure::span(seconds.stagger)
            ),
            Self::FewOutcomes { found, needed } => write!(
                f,
                "{found}; {}, and fewer than {needed} runs decide only what is wholly on one side",
                reaches_over(found)
            ),
            Self::Unplaced { found, rows } => write!(
                f,
                "{found}, but {} no usable start and could change it",
                counted(*rows, "row has", "rows have")
            ),
            Self::RunsMissing { found, missing } => {
                let Missing { missing, due, .. } = missing;
                write!(
                    f,
                    "{found}, but {} due runs are missing ({} before) and could change it",
                    figure::part_of(missing.stagger, due.stagger),
                    figure::part_of(missing.baseline, due.baseline)
                )
            }
            Self::Mixture { found, within_jobs } => write!(
                f,
                "{found}, but the mix of jobs changed: within the jobs it came to {}",
                found.metric.unit.value(*within_jobs, &[found.threshold])
            ),
            Self::ReachesOver(found) => f.write_str(&reaches_over(found)),
            Self::Found(found) => found.fmt(f),
            Self::Met(found) => write!(f, "{found}{}", allowed(found)),
            Self::Missed(found) => write!(f, "{found}{}", miss(found)),
            Self::MissedByRuns { allowance, lost } => f.write_str(&missed_by_runs(*allowance, lost)),
            Self::Told(text) => f.write_str(text),
        }
    }
}

/// `4 runs before, at least 6 more are needed`
fn too_few(runs: PerSide<Option<u64>>, needed: u64, [noun, nouns]: [&str; 2]) -> String {
    let one = |runs: u64, word: &str| {
        let more = needed.saturating_sub(runs);
        let need = if more == 1 { "one more is" } else { &format!("{more} more are") };
        format!("{} {word}, at least {need} needed", counted(runs, noun, nouns))
    };
    match (runs.baseline, runs.stagger) {
        (Some(before), Some(after)) => format!(
            "{} and {} {nouns} before and after, at least {needed} each are needed",
            count(before),
            count(after)
        ),
        (Some(before), None) => one(before, "before"),
        (None, after) => one(after.unwrap_or(0), "after"),
    }
}

/// `the interval 98.4 % to 99.3 % reaches over 99 %`
fn reaches_over(found: &HeldFigure) -> String {
    let [low, high] = found.interval.unwrap_or([found.compared; 2]);
    let show = |value, limits: &[f64]| found.value.shown(&found.metric.unit, value, limits);
    format!(
        "the interval {} to {} reaches over {}",
        show(low, &[found.threshold]),
        show(high, &[found.threshold]),
        show(found.threshold, &[])
    )
}

/// `missed by one run: 20 never finished, 19 allowed`
fn missed_by_runs(allowance: Allowance, lost: &[(u64, String)]) -> String {
    let short = match allowance.against.saturating_sub(allowance.allowed) {
        1 => "one run".to_owned(),
        runs => format!("{} runs", count(runs)),
    };
    let lost: Vec<String> = lost.iter().map(|(runs, word)| format!("{} {word}", count(*runs))).collect();
    let lost = lost.join(", ");
    let joint = if lost.contains(',') { ";" } else { "," };
    format!("missed by {short}: {lost}{joint} {} allowed", count(allowance.allowed))
}

/// `, 2 allowed`, where a number is.
fn allowed(found: &HeldFigure) -> String {
    match most(found) {
        Some(most) if most > 0.0 => format!(", {} allowed", figure::number(most)),
        _ => String::new(),
    }
}

/// The size of a miss.
fn miss(found: &HeldFigure) -> String {
    match (most(found), over(found)) {
        (Some(_), _) => allowed(found),
        (None, Some(over)) => format!(": missed by {over}"),
        (None, None) => format!(", wanted {}", found.written),
    }
}

/// The largest number that an absolute target about a number admits; `None` for other targets.
fn most(found: &HeldFigure) -> Option<f64> {
    let whole = found.metric.is_whole();
    let TargetValue::Absolute(limit) = found.value else { return None };
    let limit = limit.get();
    match found.op {
        Op::LessOrEqual if whole => Some(limit),
        Op::Less if whole && limit >= 1.0 => Some(limit.ceil() - 1.0),
        Op::Equal if whole && limit.abs() < 0.5 => Some(0.0),
        _ => None,
    }
}

/// By how much a duration or a change is on the wrong side of a bound.
fn over(found: &HeldFigure) -> Option<String> {
    if matches!(found.op, Op::Equal | Op::NotEqual) {
        return None;
    }
    let gap = (found.compared - found.threshold).abs();
    match (found.value, &found.metric.unit) {
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
impl fmt::Display for HeldFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let change = self.value.shown(&self.metric.unit, self.compared, &[self.threshold]);
        match self.value {
            TargetValue::Absolute(_) => f.write_str(&absolute(self)),
            TargetValue::Baseline => f.write_str(&from_to(self)),
            TargetValue::Points(_) if self.is_no_change() => f.write_str("no change"),
            TargetValue::Points(_) => write!(f, "{change}, {}", from_to(self)),
            TargetValue::Relative(_) => {
                let hourly = if self.metric.method == Method::PerHour { " per hour" } else { "" };
                write!(f, "{change}{hourly}, {}", from_to(self))
            }
        }
    }
}

/// `from 16 of 16 to 1,965 of 1,985`
fn from_to(found: &HeldFigure) -> String {
    let HeldFigure { metric, baseline, actual, .. } = found;
    if let Some(PerSide { baseline: before, stagger: after }) = found.counts.both() {
        return format!(
            "from {} to {}",
            figure::part_of(before.0, before.1),
            figure::part_of(after.0, after.1)
        );
    }
    let before = baseline.map_or_else(|| "nothing".to_owned(), |value| metric.unit.value(value, &[*actual]));
    format!("from {before} to {}", metric.unit.value(*actual, baseline.as_slice()))
}

/// The figure after the change, with what it is a number of.
fn absolute(found: &HeldFigure) -> String {
    let noun = found.metric.noun(found.actual);
    if let Some((hits, of)) = found.counts.stagger {
        return format!("{} {noun}", figure::part_of(hits, of));
    }
    let value = found.metric.unit.value(found.actual, &[found.threshold]);
    match found.metric.value {
        Value::Missed => format!("{value} of {} {noun}", count(found.expected.unwrap_or(0))),
        _ if noun.is_empty() => value,
        _ => format!("{value} {noun}"),
    }
}

impl TargetValue {
    /// A number that is held against a target's threshold, in the form of the target.
    pub fn shown(self, unit: &Unit, value: f64, limits: &[f64]) -> String {
        match self {
            Self::Absolute(_) | Self::Baseline => unit.value(value, limits),
            Self::Relative(_) => figure::change_against(value, limits),
            Self::Points(_) => figure::points_against(value, limits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite::Finite;

    #[test]
    fn a_value_stays_on_its_side_of_the_threshold() {
        let shown = |form: TargetValue, value, limit| form.shown(&Unit::Fraction, value, &[limit]);
        let finite = |number| Finite::new(number).unwrap();
        assert_eq!(shown(TargetValue::Absolute(finite(0.99)), 1_965.0 / 1_985.0, 0.99), "98.99 %");
        assert_eq!(shown(TargetValue::Relative(finite(-0.2)), -0.199_99, -0.2), "−19.999 %");
        assert_eq!(shown(TargetValue::Points(finite(0.05)), 0.061_23, 0.05), "+6.12 pp");
    }
}
