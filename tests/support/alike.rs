//! Two outcomes held against each other.
#![allow(unreachable_pub)]

use jobdelta::analysis::comparison::ComparisonVerdict::{self, Improved, Regressed};

/// The verdict with the two windows exchanged.
pub fn flipped(verdict: Option<ComparisonVerdict>) -> Option<ComparisonVerdict> {
    verdict.map(|verdict| match verdict {
        Improved => Regressed,
        Regressed => Improved,
        same => same,
    })
}

/// Whether two values differ by no more than the last digits.
pub fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-12),
        (a, b) => a == b,
    }
}
