//! Runs held against those of the same time of day in the other window.

use std::collections::BTreeMap;

use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::matched_pairs::{MatchedPairs, PairedMeans};
use crate::observation::slices::{RankScale, SliceCounts, SlicePlan, Slices};
use crate::observation::{DurationTable, Observations};
use crate::window::{PerSide, Side, Window};

/// Of the runs of each side, what must be in pairs.
const PAIRED: f64 = 0.8;
/// Fewest pairs; runs that would make fewer are not looked at.
const LEAST_PAIRS: i64 = 24;

/// What pairs say of `jobs`, by name.
pub(super) fn matched(
    jobs: &[&str],
    observations: &Observations,
    plan: &SlicePlan,
    slices: &Slices,
) -> BTreeMap<String, MatchedPairs> {
    let windows = &observations.windows;
    let of = |name: &&str| {
        let scale = plan.jobs.iter().find(|(job, _)| job == name).map(|(_, scale)| scale)?;
        let found = pairs(plan, slices.jobs.get(*name)?, windows)?;
        let found = MatchedPairs::of(&found, scatter(observations, name, scale))?;
        Some(((*name).to_owned(), found))
    };
    jobs.iter().filter_map(of).collect()
}

/// Sums of ranks and runs by time of day, where most runs have a partner: as many times of day as runs, or fewer.
fn pairs(
    plan: &SlicePlan,
    slices: &BTreeMap<i64, SliceCounts>,
    windows: &PerSide<Window>,
) -> Option<Vec<PairedMeans>> {
    let ranks = PerSide::of(|side: Side| by_offset(plan, slices, windows.get(side)));
    let runs = ranks.as_ref().map(|ranks| ranks.iter().map(|(_, _, runs)| *runs).sum::<f64>());
    let length = windows.baseline.period.length().us().min(windows.stagger.observed_length().us());
    let finest = (length / plan.length.us().max(1)).min(whole(runs.baseline.min(runs.stagger)));
    let counts = std::iter::successors(Some(finest), |count| Some(count / 2));
    counts.take_while(|count| *count >= LEAST_PAIRS).find_map(|count| {
        let width = length / count;
        let slots = ranks.as_ref().map(|ranks| slots(ranks, width));
        let pairs: Vec<PairedMeans> = slots
            .baseline
            .iter()
            .filter_map(|(slot, before)| {
                Some(PairedMeans { before: *before, after: *slots.stagger.get(slot)? })
            })
            .collect();
        let paired = PerSide {
            baseline: pairs.iter().map(|pair| pair.before.1).sum::<f64>(),
            stagger: pairs.iter().map(|pair| pair.after.1).sum::<f64>(),
        };
        let are_most = paired.zip(runs).iter().all(|(paired, runs)| *paired >= PAIRED * runs);
        are_most.then_some(pairs)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a number of runs")]
fn whole(runs: f64) -> i64 {
    runs as i64
}

/// The slices of a window: their middle since its start in µs, the sum of ranks, and the runs.
fn by_offset(plan: &SlicePlan, slices: &BTreeMap<i64, SliceCounts>, window: &Window) -> Vec<(i64, f64, f64)> {
    let of = |(number, counts): (&i64, &SliceCounts)| {
        let slice = plan.slice(*number);
        let middle = slice.start.since(window.period.start).us() + slice.length().us() / 2;
        let is_within = middle >= 0 && window.period.start.us() + middle < window.period.end.us();
        (is_within && counts.durations > 0).then_some((middle, counts.ranks as f64, counts.durations as f64))
    };
    slices.iter().filter_map(of).collect()
}

fn slots(ranks: &[(i64, f64, f64)], width: i64) -> BTreeMap<i64, (f64, f64)> {
    let mut slots: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
    for (at, sum, runs) in ranks {
        let slot = slots.entry(at / width).or_default();
        *slot = (slot.0 + sum, slot.1 + runs);
    }
    slots
}

/// The variance of ranks within each side.
fn scatter(observations: &Observations, job: &str, scale: &RankScale) -> f64 {
    let none = DurationTable::default();
    let of = |side: Side| {
        let cells = Cells::from(observations.get(side).job(job).map_or(&none, |seen| &seen.durations));
        let beyond = scale.fifths.map(|fifth| cells.above(fifth as f64) as f64);
        let runs = cells.count() as f64;
        let (sum, squares) = beyond.iter().zip(0_u32..).fold((0.0, 0.0), |(sum, squares), (runs, nth)| {
            (sum + runs, squares + f64::from(2 * nth + 1) * runs)
        });
        (squares - sum * sum / runs, runs)
    };
    let sides = PerSide::of(of);
    (sides.baseline.0 + sides.stagger.0) / (sides.baseline.1 + sides.stagger.1)
}
