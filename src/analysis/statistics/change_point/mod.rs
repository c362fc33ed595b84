//! When a series changed, if it changed once.
//!
//! The change is put where it explains most. Source of the interval: B. E. Hansen, "Sample splitting and threshold
//! estimation", Econometrica 68 (2000) 575–603: the places that explain nearly as much, by a likelihood ratio. In
//! place of the variance stands the long-run variance of what the change does not explain, since runs resemble their
//! predecessors.

use serde::{Deserialize, Serialize};

pub mod mean;
pub mod share;

/// A part of a series, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Its middle, in days since any moment.
    pub day: f64,
    /// The sum of its values, of a share the hits.
    pub sum: f64,
    /// How many these are.
    pub of: f64,
}

/// Where a series changed. Places are numbers of points: the change lies between the point and the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangePoint {
    /// The place that explains most.
    pub best: usize,
    /// The earliest and the latest that explain nearly as much: a 95 % interval.
    pub first: usize,
    pub last: usize,
    pub onset: Onset,
}

/// How a series went from what it was to what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Onset {
    /// At once.
    Step,
    /// Steadily: a straight line explains more than any step.
    Gradual,
    /// A straight line explains nearly as much as the best step does, or a little more.
    Unclear,
}

/// Fewest points on either side.
const LEAST_BESIDE: usize = 5;
/// Fewest points in all.
const LEAST: usize = 60;
/// Fewest stretches of points that tell a variance.
const LEAST_STRETCHES: usize = 24;
/// The likelihood ratio that the true place exceeds in one case of twenty: −2 ln(1 − √0.95).
const PLACE_95: f64 = 7.352_277;
/// Correlation of neighbours beyond which none is believed.
const MOST_CORRELATED: f64 = 0.97;

/// Places that a change can have.
fn places(points: usize) -> std::ops::RangeInclusive<usize> {
    LEAST_BESIDE..=points.saturating_sub(LEAST_BESIDE)
}

/// The change of a series whose places explain so much, with `variance` left over; `None` where none explains
/// anything.
fn around(gains: &[f64], best: usize, variance: f64, onset: Onset) -> Option<ChangePoint> {
    let most = *gains.get(best).filter(|most| **most > 0.0)?;
    let near = |place: &usize| gains.get(*place).is_some_and(|gain| most - gain <= PLACE_95 * variance);
    let first = places(gains.len()).find(near)?;
    let last = places(gains.len()).rev().find(near)?;
    Some(ChangePoint { best, first, last, onset })
}

/// The first of the highest.
fn highest(gains: &[f64]) -> usize {
    let ascending = |a: &(usize, &f64), b: &(usize, &f64)| a.1.total_cmp(b.1).then(b.0.cmp(&a.0));
    gains.iter().enumerate().max_by(ascending).map_or(0, |(place, _)| place)
}

/// The variance of a mean of many neighbours, times their number: the largest that stretches of doubling length
/// show, and neighbours that resemble each other foretell.
fn long_run_variance(left: &[f64], parameters: usize) -> f64 {
    let points = left.len();
    let free = points.saturating_sub(parameters).max(1) as f64;
    let squares = dot(left, left);
    let neighbours: f64 = left.windows(2).map(|two| two[0] * two[1]).sum();
    let correlation = if squares > 0.0 { (neighbours / squares).clamp(0.0, MOST_CORRELATED) } else { 0.0 };
    let foretold = squares / free * (1.0 + correlation) / (1.0 - correlation);
    let lengths = std::iter::successors(Some(1), |length| Some(length * 2));
    let shown = lengths.take_while(|length| points / length >= LEAST_STRETCHES).map(|length| {
        let sums = left.chunks_exact(length).map(|stretch| stretch.iter().sum::<f64>().powi(2));
        let stretches = (points / length) as f64;
        sums.sum::<f64>() / (length as f64) / (stretches * free / points as f64)
    });
    shown.fold(foretold, f64::max)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
