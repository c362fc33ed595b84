//! What a metric's value is a number of, and how it is written.

use serde::{Deserialize, Serialize};

use crate::figure;

/// What a metric's value is a number of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", from = "String")]
pub enum Unit {
    /// A share from 0 to 1.
    Fraction,
    Milliseconds,
    /// A whole number of runs, jobs, pairs or classes.
    Count,
    /// Runs at one instant; a mean of it need not be whole.
    Level,
    /// The declared unit of a measurement; `None` for a bare number.
    Own(Option<String>),
}

/// The word for a measurement without a unit.
const BARE: &str = "number";
const PERCENT: &str = "%";

impl Unit {
    /// The word in the JSON report.
    pub fn word(&self) -> &str {
        match self {
            Self::Fraction => "fraction",
            Self::Milliseconds => "ms",
            Self::Count => "count",
            Self::Level => "level",
            Self::Own(unit) => unit.as_deref().unwrap_or(BARE),
        }
    }

    /// The value that is all of something: 1 as a fraction, 100 as a percentage; `None` where the unit is of
    /// no share, of which percentage points cannot be spoken.
    pub fn whole(&self) -> Option<f64> {
        match self {
            Self::Fraction => Some(1.0),
            Self::Own(Some(unit)) if unit == PERCENT => Some(100.0),
            _ => None,
        }
    }

    /// A value in this unit, never rounded across one of `limits`; a whole count with all its digits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and not negative
    pub fn value(&self, value: f64, limits: &[f64]) -> String {
        let is_whole = value.fract() == 0.0 && (0.0..1e15).contains(&value);
        match self {
            Self::Fraction => figure::percent_against(value, limits),
            Self::Milliseconds => figure::duration_against(value, limits),
            Self::Count | Self::Level if is_whole => figure::count(value as u64),
            Self::Count | Self::Level | Self::Own(None) => figure::number_against(value, limits),
            Self::Own(Some(unit)) => format!("{} {unit}", figure::number_against(value, limits)),
        }
    }

    /// A difference of two values, with its sign.
    pub fn difference(&self, difference: f64) -> String {
        match self {
            Self::Fraction => figure::points(difference),
            Self::Milliseconds => figure::duration_change(difference),
            Self::Count | Self::Level | Self::Own(None) => figure::number_change(difference),
            Self::Own(Some(unit)) => format!("{} {unit}", figure::number_change(difference)),
        }
    }
}

impl From<&str> for Unit {
    /// The unit of a word in the JSON report.
    fn from(word: &str) -> Self {
        let known = [Self::Fraction, Self::Milliseconds, Self::Count, Self::Level, Self::Own(None)];
        let found = known.into_iter().find(|unit| unit.word() == word);
        found.unwrap_or_else(|| Self::Own(Some(word.to_owned())))
    }
}

impl From<String> for Unit {
    fn from(word: String) -> Self {
        Self::from(word.as_str())
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.word().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_exact_and_means_are_not() {
        assert_eq!(Unit::Count.value(2_366.0, &[0.0]), "2,366");
        assert_eq!(Unit::Count.value(0.0, &[]), "0");
        assert_eq!(Unit::Level.value(0.359_12, &[]), "0.359");
        assert_eq!(Unit::Count.value(-4.0, &[]), "−4");
    }

    #[test]
    fn a_measured_percentage_is_no_fraction() {
        let percent = Unit::from("%");
        assert_eq!(percent.value(50.0, &[]), "50 %");
        assert_eq!((percent.word(), percent.whole()), ("%", Some(100.0)));
        assert_eq!((Unit::Own(None).value(50.0, &[]), Unit::from("number")), ("50".into(), Unit::Own(None)));
    }
}
