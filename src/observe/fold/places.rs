//! Runs by a small number, such as the second of the cycle.

use std::collections::BTreeMap;

/// One table at a time; its list is used again for the next.
#[derive(Debug, Default)]
pub(super) struct PlaceCounts {
    runs: Vec<u64>,
    touched: Vec<u32>,
}

impl PlaceCounts {
    pub(super) fn add(&mut self, place: u32) {
        let index = usize::try_from(place).unwrap_or(usize::MAX);
        if index >= self.runs.len() {
            self.runs.resize(index + 1, 0);
        }
        if self.runs[index] == 0 {
            self.touched.push(place);
        }
        self.runs[index] += 1;
    }

    /// The table so far; the next one begins empty.
    pub(super) fn take(&mut self) -> BTreeMap<u32, u64> {
        self.touched.sort_unstable();
        let runs = &mut self.runs;
        let taken = |place: u32| {
            usize::try_from(place).ok().and_then(|index| runs.get_mut(index)).map(std::mem::take)
        };
        let mut taken = taken;
        self.touched.drain(..).map(|place| (place, taken(place).unwrap_or(0))).collect()
    }
}
