//! A job that was slow at first after the change, and then no longer.

use serde::{Deserialize, Serialize};

use crate::observation::{DurationTable, LagSums, OPENINGS, Observations, Opening, representative_of};

/// Fewest measured runs of a start.
const LEAST_RUNS: u64 = 5;
/// How many times as long they typically are as the others.
const SLOWER: f64 = 2.0;
/// A start is at most this part of the window's runs.
const LARGEST_PART: u64 = 4;
/// At most this part of the later runs is as long as the shortest of a start.
const LARGEST_REST: u64 = 10;
/// The largest chance that as many runs are all so long, as often as such runs are there at other times.
const CHANCE: f64 = 1e-6;

/// The first runs after the change typically take at least twice as long as those before and as the later ones, and
/// so many in a row that are all so long are no chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlowStart {
    /// Runs that started by then, at most; slow ones may follow.
    pub runs: u64,
    /// From the start of the window to the last of their starts.
    pub seconds: f64,
    /// Their typical duration.
    pub first_ms: f64,
    /// That of the later runs.
    pub rest_ms: f64,
}

/// The longest slow start of `job` that is seen. `inflation`: of the variance of its durations before.
pub(in crate::analysis) fn slow_start(
    observations: &Observations,
    job: &str,
    inflation: Option<f64>,
) -> Option<SlowStart> {
    let (before, after) = (observations.baseline.job(job)?, observations.stagger.job(job)?);
    let usual = Durations { table: &before.durations, sums: before.dependence.durations? };
    let all = Durations { table: &after.durations, sums: after.dependence.durations? };
    let openings = OPENINGS.iter().zip(after.openings.as_deref()?);
    let slow = openings.rev().find_map(|(runs, opening)| {
        let typical = apart(&usual, &all, opening, inflation.unwrap_or(1.0).max(1.0))?;
        Some((*runs, opening.until, typical))
    });
    let (runs, until, [first_us, rest_us]) = slow?;
    let seconds = until.since(observations.windows.stagger.period.start).as_seconds();
    Some(SlowStart { runs, seconds, first_ms: first_us / 1_000.0, rest_ms: rest_us / 1_000.0 })
}

/// The durations of a window.
struct Durations<'a> {
    table: &'a DurationTable,
    sums: LagSums,
}

impl Durations<'_> {
    /// How many are in the cell or a larger one.
    fn as_long_as(&self, representative_us: i64) -> u64 {
        let shorter = self.table.cells.partition_point(|(cell, _)| *cell < representative_us);
        self.table.cells[shorter..].iter().map(|(_, runs)| runs).sum()
    }
}

/// The typical durations of the first runs and of the rest, µs, where the first ones are slow and the rest is not.
fn apart(usual: &Durations<'_>, all: &Durations<'_>, opening: &Opening, inflation: f64) -> Option<[f64; 2]> {
    let first = opening.durations;
    let rest = all.sums.n.checked_sub(first).filter(|rest| *rest >= (LARGEST_PART - 1) * first)?;
    if first < LEAST_RUNS {
        return None;
    }
    let first_us = typical_us(opening.cell_sum, first)?;
    let rest_us = typical_us(all.sums.sum - opening.cell_sum, rest)?;
    let usual_us = typical_us(usual.sums.sum, usual.sums.n)?;
    let least_us = representative_of(opening.least_cell.unsigned_abs())?;
    let as_long_later = all.as_long_as(least_us).saturating_sub(first);
    let chance = |as_long: u64, of: u64| {
        let share = (as_long + 1) as f64 / (of + 1) as f64;
        share.powf(first as f64 / inflation)
    };
    let is_slow = first_us >= SLOWER * rest_us.max(usual_us)
        && as_long_later <= rest / LARGEST_REST
        && chance(as_long_later, rest) <= CHANCE
        && chance(usual.as_long_as(least_us), usual.sums.n) <= CHANCE;
    is_slow.then_some([first_us, rest_us])
}

/// The duration of the mean cell, µs.
fn typical_us(cell_sum: i64, runs: u64) -> Option<f64> {
    let mean = u64::try_from(cell_sum).ok()?.checked_div(runs)?;
    representative_of(mean).map(|us| us as f64)
}
