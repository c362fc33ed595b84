//! What was sampled of a declared measurement in a part of a window.

use serde::{Deserialize, Serialize};

use super::compact::is_nothing;
use super::exact_sum::ExactSum;
use crate::clock::{Span, Timestamp};
use crate::window::Period;

/// The largest value that is taken for one, so that sums of samples stay finite.
pub const LARGEST_VALUE: f64 = 1e100;

/// Samples added up. Without any there was no measurement; that is never 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Samples {
    /// Samples with a value.
    pub n: u64,
    #[serde(skip_serializing_if = "is_nothing")]
    pub sum: ExactSum,
    /// Smallest and largest value.
    #[serde(skip_serializing_if = "is_nothing")]
    pub range: Option<[f64; 2]>,
    /// First and last instant with a value.
    #[serde(skip_serializing_if = "is_nothing")]
    pub between: Option<[Timestamp; 2]>,
    /// Distinct instants with a value.
    #[serde(skip_serializing_if = "is_nothing")]
    pub instants: u64,
    /// The longest stretch between two of them next to each other.
    #[serde(skip_serializing_if = "is_nothing")]
    pub gap: Option<SampleGap>,
    /// Samples whose value is no finite number: left out.
    #[serde(skip_serializing_if = "is_nothing")]
    pub unusable: u64,
    /// Why nothing was measured although there is a source; not in files.
    #[serde(skip)]
    pub failure: Option<String>,
}

/// A stretch without a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleGap {
    /// Without what is excluded, µs.
    pub length_us: i64,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl SampleGap {
    /// `excluded`: of the window.
    pub fn between(from: Timestamp, until: Timestamp, excluded: &[Period]) -> Self {
        let inside = |gap: &Period| gap.end.min(until).since(gap.start.max(from)).us().max(0);
        let excluded_us: i64 = excluded.iter().map(inside).sum();
        Self { length_us: until.since(from).us() - excluded_us, from, until }
    }

    pub fn length(&self) -> Span {
        Span(self.length_us)
    }

    /// The longer one, of equal ones the first.
    fn longer(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) if b.length_us > a.length_us => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }
}

impl Samples {
    /// Adds a sample, which is not earlier than those before it. `excluded`: of the window.
    pub fn add(&mut self, at: Timestamp, value: f64, excluded: &[Period]) {
        if !value.is_finite() || value.abs() > LARGEST_VALUE {
            self.unusable += 1;
            return;
        }
        let mut one = Self { n: 1, instants: 1, range: Some([value; 2]), ..Self::default() };
        one.between = Some([at; 2]);
        one.sum.add(value);
        self.merge(&one, excluded);
    }

    /// Adds those of a later part of the same window. `excluded`: of the window.
    pub fn merge(&mut self, later: &Self, excluded: &[Period]) {
        self.unusable += later.unusable;
        let Some([first, last]) = later.between else { return };
        let mut gap = SampleGap::longer(self.gap, later.gap);
        let mut instants = self.instants + later.instants;
        if let Some([_, end]) = self.between {
            if end == first {
                instants -= 1;
            } else {
                gap = SampleGap::longer(gap, Some(SampleGap::between(end, first, excluded)));
            }
        }
        self.range = match (self.range, later.range) {
            (Some([low, high]), Some([other_low, other_high])) => {
                Some([low.min(other_low), high.max(other_high)])
            }
            (one, other) => one.or(other),
        };
        self.n += later.n;
        self.sum.merge(&later.sum);
        self.between = Some([self.between.map_or(first, |[start, _]| start), last]);
        self.instants = instants;
        self.gap = gap;
    }

    /// The usual distance between samples: the mean one, the longest left out where there are several. `excluded`:
    /// of the window.
    pub fn spacing(&self, excluded: &[Period]) -> Option<Span> {
        let [first, last] = self.between?;
        let steps = i64::try_from(self.instants).ok()? - 1;
        let covered = SampleGap::between(first, last, excluded).length_us;
        match (steps, self.gap) {
            (..=0, _) => None,
            (1, _) | (_, None) => Some(Span(covered / steps)),
            (_, Some(gap)) => Some(Span((covered - gap.length_us) / (steps - 1))),
        }
    }

    /// The longest stretch without a sample, the edges of what was observed included. `excluded`: of the window.
    pub fn longest_gap(&self, observed: &[Period], excluded: &[Period]) -> Option<SampleGap> {
        let (start, end) = (observed.first()?.start, observed.last()?.end);
        let Some([first, last]) = self.between else {
            return Some(SampleGap::between(start, end, excluded));
        };
        let edges = [SampleGap::between(start, first, excluded), SampleGap::between(last, end, excluded)];
        edges.into_iter().fold(self.gap, |longest, edge| SampleGap::longer(longest, Some(edge)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(values: &[(i64, f64)], excluded: &[Period]) -> Samples {
        let mut samples = Samples::default();
        for &(second, value) in values {
            samples.add(at(second), value, excluded);
        }
        samples
    }

    fn at(second: i64) -> Timestamp {
        Timestamp(second * 1_000_000)
    }

    const VALUES: [(i64, f64); 6] = [(0, 0.1), (10, 0.2), (20, 1e16), (20, 0.3), (60, -1e16), (70, 4.0)];

    #[test]
    fn parts_added_up_are_the_whole_wherever_it_is_cut() {
        let whole = sampled(&VALUES, &[]);
        assert_eq!((whole.n, whole.instants, whole.range), (6, 5, Some([-1e16, 1e16])));
        assert_eq!(whole.gap, Some(SampleGap::between(at(20), at(60), &[])));
        for cut in 0..=VALUES.len() {
            let (before, after) = VALUES.split_at(cut);
            let mut joined = sampled(before, &[]);
            joined.merge(&sampled(after, &[]), &[]);
            assert_eq!(joined.sum.value().to_bits(), whole.sum.value().to_bits(), "cut at {cut}");
            assert_eq!(Samples { sum: whole.sum.clone(), ..joined }, whole, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_no_number_is_counted_apart() {
        let samples = sampled(&[(0, f64::NAN), (1, 5.0), (2, f64::INFINITY), (3, -1e101), (4, 7.0)], &[]);
        assert_eq!((samples.n, samples.unusable, samples.sum.value()), (2, 3, 12.0));
        assert_eq!(samples.gap.map(|gap| (gap.from, gap.until)), Some((at(1), at(4))));
    }

    #[test]
    fn an_excluded_period_is_no_gap() {
        let excluded = [Period { start: at(22), end: at(58) }];
        let samples = sampled(&VALUES, &excluded);
        assert_eq!(samples.gap.map(|gap| gap.length()), Some(Span::seconds(10)));
        assert_eq!(samples.spacing(&excluded), Some(Span(8_000_000)));
        let observed = [Period { start: at(-30), end: at(22) }, Period { start: at(58), end: at(75) }];
        let longest = samples.longest_gap(&observed, &excluded).map(|gap| (gap.from, gap.length()));
        assert_eq!(longest, Some((at(-30), Span::seconds(30))));
        let none = Samples::default().longest_gap(&observed, &excluded).map(|gap| gap.length());
        assert_eq!(none, Some(Span::seconds(52 + 17)));
    }
}
