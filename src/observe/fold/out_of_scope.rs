//! Rows of jobs outside the scope, job by job.

use std::collections::BTreeMap;

use crate::window::{PerSide, Side};

/// By the places of the names.
#[derive(Debug, Default)]
pub(super) struct OutOfScope(PerSide<Vec<u64>>);

impl OutOfScope {
    pub(super) fn count(&mut self, side: Side, job: usize, rows: u64) {
        let counts = self.0.get_mut(side);
        if counts.len() <= job {
            counts.resize(job + 1, 0);
        }
        counts[job] += rows;
    }

    /// Adds what another stream counted; `places` are those of its names here.
    pub(super) fn absorb(&mut self, other: &Self, places: &[usize]) {
        for side in Side::BOTH {
            for (rows, job) in other.0.get(side).iter().zip(places) {
                self.count(side, *job, *rows);
            }
        }
    }

    pub(super) fn by_name(&self, names: &[String]) -> PerSide<BTreeMap<String, u64>> {
        self.0.as_ref().map(|counts| {
            let counted = names.iter().zip(counts).filter(|(_, rows)| **rows > 0);
            counted.map(|(name, rows)| (name.clone(), *rows)).collect()
        })
    }
}
