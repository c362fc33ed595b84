//! When a share changed: the step is put where it makes what happened most likely.

use super::{ChangePoint, LEAST, Onset, Point, around, highest, long_run_variance, places};

/// `None` where there are too few points, or nothing to tell a step by.
pub fn find(points: &[Point]) -> Option<ChangePoint> {
    if points.len() < LEAST {
        return None;
    }
    let whole = points.iter().fold(Hits::default(), Hits::with);
    let mut before = Hits::default();
    let mut gains = vec![0.0; points.len()];
    for (place, point) in points.iter().enumerate() {
        if places(points.len()).contains(&place) {
            let after = whole.less(before);
            gains[place] = 2.0 * (before.log_likelihood() + after.log_likelihood() - whole.log_likelihood());
        }
        before = before.with(point);
    }
    let best = highest(&gains);
    // Runs that resemble each other scatter more than chance does; less they are not believed to.
    let dispersion = long_run_variance(&left(points, best), 3).max(1.0);
    around(&gains, best, dispersion, Onset::Step)
}

#[derive(Clone, Copy, Default)]
struct Hits {
    hits: f64,
    of: f64,
}

impl Hits {
    fn with(self, point: &Point) -> Self {
        Self { hits: self.hits + point.sum, of: self.of + point.of }
    }

    fn less(self, part: Self) -> Self {
        Self { hits: self.hits - part.hits, of: self.of - part.of }
    }

    /// Of the counts at their own share, but for what all shares have in common.
    fn log_likelihood(self) -> f64 {
        let part = |count: f64| if count > 0.0 { count * (count / self.of).ln() } else { 0.0 };
        part(self.hits) + part(self.of - self.hits)
    }
}

/// What a change at `place` leaves over, in standard deviations of chance.
fn left(points: &[Point], place: usize) -> Vec<f64> {
    let (before, after) = points.split_at(place);
    let of_side = |side: &[Point]| {
        let Hits { hits, of } = side.iter().fold(Hits::default(), Hits::with);
        let share = hits / of;
        let scaled = |point: &Point| {
            let variance = point.of * share * (1.0 - share);
            if variance > 0.0 { (point.sum - point.of * share) / variance.sqrt() } else { 0.0 }
        };
        side.iter().map(scaled).collect::<Vec<f64>>()
    };
    [of_side(before), of_side(after)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(fails: impl Fn(usize) -> bool) -> Vec<Point> {
        let point = |i: usize| Point { day: i as f64 / 100.0, sum: f64::from(u8::from(fails(i))), of: 1.0 };
        (0..300).map(point).collect()
    }

    #[test]
    fn failures_are_placed_where_they_begin() {
        let found = find(&series(|i| i >= 200 && i % 5 == 0)).unwrap();
        assert_eq!(found.best, 200);
        assert!(found.first > 180 && found.last < 210, "{found:?}");
    }

    #[test]
    fn failures_in_bursts_are_placed_less_surely() {
        let alone = find(&series(|i| i >= 150 && i % 5 == 0)).unwrap();
        let bursts = find(&series(|i| i >= 150 && i % 50 < 10)).unwrap();
        assert!(bursts.last - bursts.first > alone.last - alone.first, "{alone:?} {bursts:?}");
    }

    #[test]
    fn what_never_happens_has_no_place() {
        assert_eq!(find(&series(|_| false)), None);
        assert_eq!(find(&series(|_| true)), None);
    }
}
