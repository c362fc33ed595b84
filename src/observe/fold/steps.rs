//! Levels: each run is a step up where it begins to occupy the observed part and a step down where it ends.

use crate::window::Period;

/// The steps of some runs, in µs.
#[derive(Debug, Default)]
pub(super) struct Steps {
    starts: Vec<i64>,
    ends: Vec<i64>,
}

impl Steps {
    /// Adds an occupancy, cut to the observed parts that it touches.
    pub(super) fn add(&mut self, from_us: i64, until_us: i64, observed: &[Period]) {
        for part in observed {
            let (from, until) = (from_us.max(part.start.us()), until_us.min(part.end.us()));
            if from < until {
                self.starts.push(from);
                self.ends.push(until);
            }
        }
    }

    /// Visits every stretch of time with a level above 0 in order: level, start and end. At equal instants
    /// all steps are taken together.
    pub(super) fn visit(mut self, mut stretch: impl FnMut(usize, i64, i64)) {
        self.starts.sort_unstable();
        self.ends.sort_unstable();
        let mut starts = self.starts.into_iter().peekable();
        let mut ends = self.ends.into_iter().peekable();
        let (mut level, mut at) = (0, i64::MIN);
        // A run ends after it starts, so that the starts run out first.
        while let Some(end) = ends.peek() {
            let next = starts.peek().map_or(*end, |start| *start.min(end));
            if level > 0 && at < next {
                stretch(level, at, next);
            }
            at = next;
            while starts.next_if_eq(&at).is_some() {
                level += 1;
            }
            while ends.next_if_eq(&at).is_some() {
                level -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    #[test]
    fn ends_come_before_starts() {
        let mut steps = Steps::default();
        let observed = [(0, 10), (20, 30)].map(|(a, b)| Period { start: Timestamp(a), end: Timestamp(b) });
        for (from, until) in [(-5, 3), (3, 4), (2, 25), (10, 20), (29, 40)] {
            steps.add(from, until, &observed);
        }
        let mut seen = Vec::new();
        steps.visit(|level, from, until| seen.push((level, from, until)));
        let expected = [(1, 0, 2), (2, 2, 3), (2, 3, 4), (1, 4, 10), (1, 20, 25), (1, 29, 30)];
        assert_eq!(seen, expected);
    }
}
