//! Levels: each run is a step up where it begins to occupy the observed part and a step down where it ends.

use crate::window::Period;

/// The steps of some runs, in µs, and the level that those visited so far lead to.
#[derive(Debug, Default)]
pub(super) struct Steps {
    starts: Vec<i64>,
    ends: Vec<i64>,
    level: usize,
    at: i64,
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
    pub(super) fn visit(mut self, stretch: impl FnMut(usize, i64, i64)) {
        self.visit_until(i64::MAX, stretch);
    }

    /// The same up to the last step before `bound`; steps that are added later are not before it.
    pub(super) fn visit_until(&mut self, bound: i64, mut stretch: impl FnMut(usize, i64, i64)) {
        self.starts.sort_unstable();
        self.ends.sort_unstable();
        let (mut started, mut ended) = (0, 0);
        // A run ends after it starts, so that the starts run out first.
        while let Some(&end) = self.ends.get(ended) {
            let next = self.starts.get(started).map_or(end, |start| *start.min(&end));
            if next >= bound {
                break;
            }
            if self.level > 0 && self.at < next {
                stretch(self.level, self.at, next);
            }
            self.at = next;
            while self.starts.get(started) == Some(&next) {
                started += 1;
                self.level += 1;
            }
            while self.ends.get(ended) == Some(&next) {
                ended += 1;
                self.level -= 1;
            }
        }
        self.starts.drain(..started);
        self.ends.drain(..ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    const RUNS: [(i64, i64); 5] = [(-5, 3), (2, 25), (3, 4), (10, 20), (29, 40)];
    const EXPECTED: [(usize, i64, i64); 6] =
        [(1, 0, 2), (2, 2, 3), (2, 3, 4), (1, 4, 10), (1, 20, 25), (1, 29, 30)];

    fn observed() -> [Period; 2] {
        [(0, 10), (20, 30)].map(|(a, b)| Period { start: Timestamp(a), end: Timestamp(b) })
    }

    #[test]
    fn ends_come_before_starts() {
        let mut steps = Steps::default();
        for (from, until) in RUNS {
            steps.add(from, until, &observed());
        }
        let mut seen = Vec::new();
        steps.visit(|level, from, until| seen.push((level, from, until)));
        assert_eq!(seen, EXPECTED);
    }

    #[test]
    fn bounds_change_nothing() {
        for bound in -5..45 {
            let (mut steps, mut seen) = (Steps::default(), Vec::new());
            let mut visit = |level, from, until| seen.push((level, from, until));
            let (before, after): (Vec<_>, Vec<_>) = RUNS.into_iter().partition(|(from, _)| *from < bound);
            for (from, until) in before {
                steps.add(from, until, &observed());
            }
            steps.visit_until(bound, &mut visit);
            for (from, until) in after {
                steps.add(from, until, &observed());
            }
            steps.visit(&mut visit);
            assert_eq!(seen, EXPECTED, "{bound}");
        }
    }
}
