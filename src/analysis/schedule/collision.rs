//! Jobs that are meant to start at one instant.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::plan::JobPlan;
use crate::clock::{DAY_US, Span, Timestamp};
use crate::window::{Period, Side};

/// The number of pairs of enabled declared jobs that fire at one instant at least once within the 24 h
/// from `from` on; `None` when no enabled job has a schedule.
///
/// Jobs that fire at the same instants throughout are looked at as one, and so are instants at which the
/// same jobs fire; for each remaining instant the work is the number of its jobs times a sixty-fourth
/// of the number of all.
pub fn collisions(jobs: &[JobPlan], from: Timestamp) -> Option<u64> {
    let day = Period { start: from, end: from.plus(Span(DAY_US)) };
    let mut kinds: BTreeMap<Vec<Timestamp>, u64> = BTreeMap::new();
    let mut scheduled = false;
    for schedule in jobs.iter().filter(|job| job.enabled).filter_map(|job| job.schedule.as_ref()) {
        scheduled = true;
        let fires: Vec<Timestamp> = schedule.fires_iter(day).collect();
        if !fires.is_empty() {
            *kinds.entry(fires).or_default() += 1;
        }
    }
    let sizes: Vec<u64> = kinds.values().copied().collect();
    let within: u64 = sizes.iter().map(|size| size * (size - 1) / 2).sum();
    scheduled.then(|| within + pairs_between(&kinds, &sizes))
}

/// Of each control job with a schedule, how many of its fires in a window's plan, within the 24 h from `from` on, are
/// those of a job that is part of the change as well.
pub fn shared_fires<'a>(jobs: &[&'a JobPlan], side: Side, from: Timestamp) -> BTreeMap<&'a str, u64> {
    let day = Period { start: from, end: from.plus(Span(DAY_US)) };
    let fires = |control: bool| {
        let jobs = jobs.iter().filter(move |job| job.enabled && job.control == control);
        jobs.filter_map(move |job| Some((job.name.as_str(), job.schedule_in(side)?.fires_iter(day))))
    };
    let changed: BTreeSet<Timestamp> = fires(false).flat_map(|(_, fires)| fires).collect();
    fires(true).map(|(name, fires)| (name, fires.filter(|at| changed.contains(at)).count() as u64)).collect()
}

/// Pairs of jobs of different kinds that share an instant.
fn pairs_between(kinds: &BTreeMap<Vec<Timestamp>, u64>, sizes: &[u64]) -> u64 {
    let mut instants: BTreeMap<Timestamp, Vec<usize>> = BTreeMap::new();
    for (kind, fires) in kinds.keys().enumerate() {
        for &at in fires {
            instants.entry(at).or_default().push(kind);
        }
    }
    let groups: BTreeSet<Vec<usize>> = instants.into_values().filter(|group| group.len() > 1).collect();
    let words = sizes.len().div_ceil(64);
    let mut met = vec![0_u64; words * sizes.len()];
    for group in &groups {
        let mut members = vec![0_u64; words];
        for kind in group {
            members[kind / 64] |= 1 << (kind % 64);
        }
        for kind in group {
            for (word, member) in met[kind * words..][..words].iter_mut().zip(&members) {
                *word |= member;
            }
        }
    }
    let pair = |a: usize, b: usize| met[a * words + b / 64] >> (b % 64) & 1 == 1;
    let kinds = 0..sizes.len();
    kinds
        .flat_map(|a| (a + 1..sizes.len()).map(move |b| (a, b)))
        .filter(|&(a, b)| pair(a, b))
        .map(|(a, b)| sizes[a] * sizes[b])
        .sum()
}
