//! An interval of an estimate.

/// The values that the data do not contradict at the level 95 %, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub fn excludes_zero(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Whether the whole of it lies between `-margin` and `margin`.
    pub fn within(self, margin: f64) -> bool {
        -margin <= self.low && self.high <= margin
    }

    /// What covers both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Both ends put through `f`, which must not change their order.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { low: f(self.low), high: f(self.high) }
    }

    /// Lower and upper limit, as the report writes them.
    pub fn to_array(self) -> [f64; 2] {
        [self.low, self.high]
    }
}
