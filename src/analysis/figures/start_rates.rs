//! How many runs start in each part of the cycle.

use crate::window::{PerSide, Side};

/// Runs that start in each part of the cycle, for each time that it passed.
#[derive(Clone, Debug, PartialEq)]
pub struct StartRates {
    pub of_parts: PerSide<Vec<f64>>,
    /// The highest of both windows, above 0.
    pub highest: f64,
    /// Length of a part, seconds.
    pub part_seconds: f64,
}

impl StartRates {
    /// Of `starts` by part, in windows and a cycle of so many seconds; `None` where nothing started.
    pub fn of(starts: &PerSide<Vec<u64>>, windows: PerSide<f64>, cycle: f64) -> Option<Self> {
        let rates = |side| {
            let passed = windows.get(side) / cycle;
            let rate = |runs: &u64| if passed > 0.0 { *runs as f64 / passed } else { 0.0 };
            starts.get(side).iter().map(rate).collect::<Vec<f64>>()
        };
        let of_parts = PerSide::of(rates);
        let parts = of_parts.iter().map(Vec::len).max().filter(|parts| *parts > 0)?;
        let highest = of_parts.iter().flatten().copied().fold(0.0, f64::max);
        (highest > 0.0).then(|| Self { of_parts, highest, part_seconds: cycle / parts as f64 })
    }

    /// The first part with the most starts in a window: the second of the cycle in which it begins, and its rate.
    pub fn most(&self, side: Side) -> Option<(u32, f64)> {
        let parts = self.of_parts.get(side).iter().copied().enumerate();
        let (part, rate) = parts.rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, rate)| *rate > 0.0)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a second of a cycle
        let second = (part as f64 * self.part_seconds) as u32;
        Some((second, rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_of_each_pass_of_the_cycle() {
        let starts = PerSide { baseline: vec![4, 0], stagger: vec![3, 6] };
        let rates = StartRates::of(&starts, PerSide { baseline: 120.0, stagger: 180.0 }, 60.0).unwrap();
        assert_eq!(rates.of_parts, PerSide { baseline: vec![2.0, 0.0], stagger: vec![1.0, 2.0] });
        assert_eq!((rates.highest, rates.part_seconds), (2.0, 30.0));
        assert_eq!(
            (rates.most(Side::Baseline), rates.most(Side::Stagger)),
            (Some((0, 2.0)), Some((30, 2.0)))
        );
        assert_eq!(StartRates::of(&PerSide::default(), PerSide::default(), 60.0), None);
    }
}
