//! Sums of fractions that do not depend on the order in which they were added.

use serde::{Deserialize, Serialize};

/// A sum without rounding, as numbers of which no two have a digit in common, the smallest first (Shewchuk 1997).
/// It is rounded once, when it is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExactSum(Vec<f64>);

impl ExactSum {
    pub fn add(&mut self, number: f64) {
        let mut carried = number;
        let mut kept = 0;
        for place in 0..self.0.len() {
            let part = self.0[place];
            let (large, small) = if carried.abs() < part.abs() { (part, carried) } else { (carried, part) };
            let sum = large + small;
            let rest = small - (sum - large);
            if rest != 0.0 {
                self.0[kept] = rest;
                kept += 1;
            }
            carried = sum;
        }
        self.0.truncate(kept);
        if carried != 0.0 {
            self.0.push(carried);
        }
    }

    pub fn merge(&mut self, other: &Self) {
        for part in &other.0 {
            self.add(*part);
        }
    }

    /// The sum, rounded to the nearest number.
    pub fn value(&self) -> f64 {
        let mut parts = self.0.iter().rev().copied();
        let Some(mut sum) = parts.next() else { return 0.0 };
        while let Some(part) = parts.next() {
            let before = sum;
            sum = before + part;
            let rest = part - (sum - before);
            if rest == 0.0 {
                continue;
            }
            // Half way between two numbers what follows decides.
            if let Some(next) = parts.next()
                && (rest < 0.0) == (next < 0.0)
            {
                let doubled = rest * 2.0;
                let beside = sum + doubled;
                if (doubled - (beside - sum)).abs() == 0.0 {
                    sum = beside;
                }
            }
            break;
        }
        sum
    }

    /// Whether every part is a number.
    pub fn is_finite(&self) -> bool {
        self.0.iter().all(|part| part.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(numbers: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        for number in numbers {
            sum.add(*number);
        }
        sum
    }

    #[test]
    fn nothing_is_lost() {
        assert_eq!(sum(&[1e16, 1.0, -1e16]).value().to_bits(), 1.0_f64.to_bits());
        assert_eq!(sum(&[0.1; 10]).value().to_bits(), 1.0_f64.to_bits());
        assert_eq!(sum(&[]).value().to_bits(), 0.0_f64.to_bits());
        // Half way, and a hair beyond.
        assert_eq!(sum(&[1e16, 1.0, 1e-16]).value().to_bits(), 10_000_000_000_000_002.0_f64.to_bits());
    }

    proptest! {
        #[test]
        fn order_and_cuts_do_not_matter(numbers in prop::collection::vec(-1e100..1e100_f64, 0..40), cut in 0_usize..40) {
            let (before, after) = numbers.split_at(cut.min(numbers.len()));
            let mut joined = sum(after);
            joined.merge(&sum(before));
            let turned: Vec<f64> = numbers.iter().rev().copied().collect();
            prop_assert_eq!(joined.value().to_bits(), sum(&numbers).value().to_bits());
            prop_assert_eq!(sum(&turned).value().to_bits(), sum(&numbers).value().to_bits());
        }
    }
}
