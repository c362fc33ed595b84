//! Runs that were due, and are in no figure.

use crate::window::PerSide;

/// Due runs that a metric does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    pub missing: PerSide<u64>,
    pub due: PerSide<u64>,
    /// Missing after the change, beyond the share before it.
    pub gone: u64,
    /// Whether they are gone by more than chance.
    pub shown: bool,
}

impl Missing {
    /// Those of several jobs.
    pub(super) fn plus(self, other: Self) -> Self {
        let add = |a: PerSide<u64>, b: PerSide<u64>| a.zip(b).map(|(a, b)| a + b);
        Self {
            missing: add(self.missing, other.missing),
            due: add(self.due, other.due),
            gone: self.gone + other.gone,
            shown: self.shown || other.shown,
        }
    }
}
