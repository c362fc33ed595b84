//! A number that can be compared and hashed.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

// Zero has one sign, so that equal numbers have equal bits.
/// A finite number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "f64", try_from = "f64")]
pub struct Finite(f64);

impl Finite {
    /// `None` for infinity and for what is no number.
    pub fn new(number: f64) -> Option<Self> {
        // -0.0 + 0.0 is 0.0.
        number.is_finite().then_some(Self(number + 0.0))
    }

    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Finite {}

impl From<Finite> for f64 {
    fn from(number: Finite) -> Self {
        number.get()
    }
}

impl TryFrom<f64> for Finite {
    type Error = &'static str;

    fn try_from(number: f64) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a number that is not finite")
    }
}

impl Hash for Finite {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_equal_bits() {
        let (zero, negative_zero) = (Finite::new(0.0).unwrap(), Finite::new(-0.0).unwrap());
        assert_eq!(zero.get().to_bits(), negative_zero.get().to_bits());
        assert_eq!(Finite::new(f64::NAN), None);
        assert_eq!(Finite::new(f64::INFINITY), None);
        assert_eq!(Finite::new(0.05).map(Finite::get), Some(0.05));
    }
}
