//! The target language: `OP VALUE`, read with the metric's unit in view, so that a mistyped target is
//! refused and never passes.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::analysis::metric::{Metric, Unit};
use crate::finite::Finite;

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Op {
    #[serde(rename = "<")]
    Less,
    #[serde(rename = "<=")]
    LessOrEqual,
    #[serde(rename = ">")]
    Greater,
    #[serde(rename = ">=")]
    GreaterOrEqual,
    #[serde(rename = "==")]
    Equal,
    #[serde(rename = "!=")]
    NotEqual,
}

impl Op {
    /// All, those of two characters first, so that a prefix match finds the whole operator.
    const ALL: [Self; 6] =
        [Self::LessOrEqual, Self::GreaterOrEqual, Self::Equal, Self::NotEqual, Self::Less, Self::Greater];

    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }

    /// A condition with this operator as readers see it: `≥ 99 %`, `≤ −20 %`, `> +5 pp`.
    pub fn condition(self, written: &str) -> String {
        let sign = match self {
            Self::Less => "<",
            Self::LessOrEqual => "≤",
            Self::Greater => ">",
            Self::GreaterOrEqual => "≥",
            Self::Equal => "=",
            Self::NotEqual => "≠",
        };
        let value = written.trim().trim_start_matches(self.symbol()).trim();
        match WrittenNumber::read(value) {
            Some(number) => format!("{sign} {number}"),
            None => format!("{sign} {value}"),
        }
    }

    /// Whether a value that compares so with the threshold satisfies the operator.
    pub const fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
        }
    }
}

/// The value of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetValue {
    /// In the metric's unit: a fraction, milliseconds, a number.
    Absolute(Finite),
    /// Change relative to the baseline's value, as a fraction.
    Relative(Finite),
    /// Change in percentage points, as a fraction.
    Points(Finite),
    /// The baseline's own value.
    Baseline,
}

impl TargetValue {
    /// Whether the baseline takes part in it.
    pub const fn needs_baseline(self) -> bool {
        !matches!(self, Self::Absolute(_))
    }

    /// Whether it is about the change of a figure, and not about the figure itself.
    pub const fn is_change(self) -> bool {
        matches!(self, Self::Relative(_) | Self::Points(_))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LanguageError {
    #[error("'{text}' does not start with one of <, <=, >, >=, ==, != (as in '>= 99%')")]
    Operator { text: String },
    #[error("'{value}' does not fit {metric}, which takes {expected}")]
    Value { value: String, metric: String, expected: String },
}

/// Reads `OP VALUE` about `metric`.
pub(super) fn parse(metric: &Metric, text: &str) -> Result<(Op, TargetValue), LanguageError> {
    let trimmed = text.trim();
    let (op, rest) = Op::ALL
        .into_iter()
        .find_map(|op| trimmed.strip_prefix(op.symbol()).map(|rest| (op, rest.trim())))
        .ok_or_else(|| LanguageError::Operator { text: text.to_owned() })?;
    let value = value(metric, rest).ok_or_else(|| LanguageError::Value {
        value: rest.to_owned(),
        metric: metric.to_string(),
        expected: expected(metric),
    })?;
    Ok((op, value))
}

/// The value of `text`, when `metric` can be held against it.
fn value(metric: &Metric, text: &str) -> Option<TargetValue> {
    if text == "baseline" {
        return metric.has_baseline().then_some(TargetValue::Baseline);
    }
    let number = WrittenNumber::read(text)?;
    if number.signed {
        return change(metric, &number);
    }
    absolute(&metric.unit, &number).map(TargetValue::Absolute)
}

/// A signed value: a change against the baseline. Nothing can fall by more than all of it, so a lower
/// change is a slip of the pen that would always, or never, hold.
fn change(metric: &Metric, number: &WrittenNumber<'_>) -> Option<TargetValue> {
    let value = number.value(-2).filter(|_| metric.has_baseline())?;
    match number.unit {
        "%" if value.get() >= -1.0 => Some(TargetValue::Relative(value)),
        "pp" if metric.unit.whole().is_some() && value.get().abs() <= 1.0 => Some(TargetValue::Points(value)),
        _ => None,
    }
}

/// An unsigned value in the unit of a metric. A percentage says its sign, so that no fraction passes for it.
fn absolute(unit: &Unit, number: &WrittenNumber<'_>) -> Option<Finite> {
    match (unit, number.unit) {
        (Unit::Fraction, "%") => number.value(-2).filter(|share| share.get() <= 1.0),
        (Unit::Milliseconds, "s") => number.value(3),
        (Unit::Milliseconds, "m" | "min") => {
            number.value(3).and_then(|value| Finite::new(value.get() * 60.0))
        }
        (Unit::Milliseconds, "h") => number.value(3).and_then(|value| Finite::new(value.get() * 3_600.0)),
        (Unit::Count, "") if !number.digits.contains('.') => number.value(0),
        (Unit::Milliseconds, "ms") | (Unit::Level | Unit::Own(None), "") => number.value(0),
        (Unit::Own(Some(own)), "") if own != "%" => number.value(0),
        (Unit::Own(Some(own)), written) if own == written => number.value(0),
        _ => None,
    }
}

/// What a metric can be held against, for the reader of an error.
fn expected(metric: &Metric) -> String {
    let absolute = match &metric.unit {
        Unit::Fraction => "a percentage from 0% to 100%".to_owned(),
        Unit::Milliseconds => "a length of time such as 500ms, 2s or 1m".to_owned(),
        Unit::Count => "a whole number such as 0".to_owned(),
        Unit::Level => "a number such as 2".to_owned(),
        Unit::Own(Some(unit)) if unit == "%" => "a percentage such as 50%".to_owned(),
        Unit::Own(Some(unit)) => format!("a number such as 50 or 50{unit}"),
        Unit::Own(None) => "a number such as 50 (it is declared without a unit)".to_owned(),
    };
    if !metric.has_baseline() {
        return absolute;
    }
    let points = if metric.unit.whole().is_some() { " or -1pp" } else { "" };
    format!("{absolute}, a signed change such as -20%{points} (not below -100%), or 'baseline'")
}

/// A decimal number with what follows it.
struct WrittenNumber<'a> {
    signed: bool,
    digits: &'a str,
    negative: bool,
    unit: &'a str,
}

impl<'a> WrittenNumber<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']);
        let rest = unsigned.unwrap_or(text);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (digits, unit) = rest.split_at(end);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        if whole.is_empty() || fraction.is_empty() || fraction.contains('.') || digits.len() > 18 {
            return None;
        }
        let negative = text.starts_with('-');
        Some(Self { signed: unsigned.is_some(), digits, negative, unit: unit.trim_start() })
    }

    /// The number times ten to the `exponent`, rounded once: `99.9%` is the double nearest to 0.999,
    /// which a share of 999 in 1,000 equals exactly.
    fn value(&self, exponent: i32) -> Option<Finite> {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}e{exponent}", self.digits).parse().ok().and_then(Finite::new)
    }
}

/// `99 %`, `−20 %`, `+5 pp`
impl fmt::Display for WrittenNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match (self.signed, self.negative) {
            (false, _) => "",
            (true, false) => "+",
            (true, true) => "−",
        };
        let space = if self.unit.is_empty() { "" } else { " " };
        write!(f, "{sign}{}{space}{}", self.digits, self.unit)
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_shown_with_their_signs() {
        for (op, written, shown) in [
            (Op::GreaterOrEqual, ">= 99%", "≥ 99 %"),
            (Op::LessOrEqual, "<= -20%", "≤ −20 %"),
            (Op::Greater, "> +5pp", "> +5 pp"),
            (Op::Equal, "== 0", "= 0"),
            (Op::Less, "<500ms", "< 500 ms"),
            (Op::LessOrEqual, "<= baseline", "≤ baseline"),
        ] {
            assert_eq!(op.condition(written), shown);
        }
    }
}
