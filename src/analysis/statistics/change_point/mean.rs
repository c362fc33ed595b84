//! When the mean of a series changed: the step is put where least squares put it, beside a season of the day.

use std::f64::consts::TAU;

use super::{
    ChangePoint, LEAST, LEAST_BESIDE, Onset, PLACE_95, Point, around, dot, highest, long_run_variance,
};

/// Harmonics of the day in a season.
const HARMONICS: u32 = 3;
/// Days from which a season can be told from a change.
const SEASON_DAYS: f64 = 1.5;
/// What a line must explain beyond the best step: the 95 % quantile of χ² with one degree of freedom.
const LINE_95: f64 = 3.841_459;
/// Fewest points that say something of their own: of fewer, swings that last for hours cannot be told from a change.
const LEAST_INDEPENDENT: f64 = 60.0;
/// Of a column, what is left beside the others for it to be a column of its own.
const INDEPENDENT: f64 = 1e-9;

/// `None` where there are too few points, they resemble each other too much, or there is nothing to tell a step by.
pub fn find(points: &[Point]) -> Option<ChangePoint> {
    if points.len() < LEAST {
        return None;
    }
    let roots: Vec<f64> = points.iter().map(|point| point.of.sqrt()).collect();
    let beside = Explained::of(points, &roots);
    let series = points.iter().zip(&roots).map(|(point, root)| root * point.sum / point.of);
    let series = beside.without(series.collect());
    let gains = beside.gains_of_steps(&roots, &series);
    let best = highest(&gains);
    let step = roots.iter().enumerate().map(|(place, root)| if place < best { 0.0 } else { *root });
    let line = points.iter().zip(&roots).map(|(point, root)| root * (point.day - points[0].day));
    let (step, line) = (beside.without(step.collect()), beside.without(line.collect()));
    let beyond_step = gain(&line, &series) - gains[best];
    let explains = if beyond_step > 0.0 { line } else { step };
    let left = without(series, &explains);
    let parameters = beside.columns.len() + 2;
    let variance = long_run_variance(&left, parameters);
    let by_chance = dot(&left, &left) / points.len().saturating_sub(parameters).max(1) as f64;
    if by_chance * (points.len() as f64) < LEAST_INDEPENDENT * variance {
        return None;
    }
    let onset = match beyond_step / variance {
        clearly if clearly > LINE_95 => Onset::Gradual,
        nearly if nearly > -PLACE_95 => Onset::Unclear,
        _ => Onset::Step,
    };
    around(&gains, best, variance, onset)
}

/// What stands beside the step: a level, and a season where the series is long enough. Orthonormal columns.
struct Explained {
    columns: Vec<Vec<f64>>,
}

impl Explained {
    fn of(points: &[Point], roots: &[f64]) -> Self {
        let mut basis = Self { columns: Vec::new() };
        basis.add(roots.to_vec());
        let days = points.last().map_or(0.0, |last| last.day) - points.first().map_or(0.0, |first| first.day);
        if days >= SEASON_DAYS {
            for harmonic in 1..=HARMONICS {
                for wave in [f64::sin, f64::cos] {
                    let of =
                        |(point, root): (&Point, &f64)| root * wave(TAU * f64::from(harmonic) * point.day);
                    basis.add(points.iter().zip(roots).map(of).collect());
                }
            }
        }
        basis
    }

    fn add(&mut self, column: Vec<f64>) {
        let whole = dot(&column, &column);
        let mut rest = self.without(self.without(column));
        let size = dot(&rest, &rest);
        if size > INDEPENDENT * whole {
            let length = size.sqrt();
            rest = rest.into_iter().map(|x| x / length).collect();
            self.columns.push(rest);
        }
    }

    /// What `series` has beside the columns.
    fn without(&self, series: Vec<f64>) -> Vec<f64> {
        self.columns.iter().fold(series, |rest, column| without(rest, column))
    }

    /// By how much a step at each place lessens the sum of squares of `series`, which has nothing of the columns; 0
    /// where there are too few points on a side, or the step is none of its own.
    fn gains_of_steps(&self, roots: &[f64], series: &[f64]) -> Vec<f64> {
        let mut gains = vec![0.0; roots.len()];
        let (mut product, mut weight) = (0.0, 0.0);
        let mut shared = vec![0.0; self.columns.len()];
        for place in (LEAST_BESIDE..roots.len()).rev() {
            let root = roots[place];
            product += root * series[place];
            weight += root * root;
            for (shared, column) in shared.iter_mut().zip(&self.columns) {
                *shared += root * column[place];
            }
            let own = weight - dot(&shared, &shared);
            if roots.len() - place >= LEAST_BESIDE && own > INDEPENDENT * weight {
                gains[place] = product * product / own;
            }
        }
        gains
    }
}

/// By how much a column lessens the sum of squares of `series`.
fn gain(column: &[f64], series: &[f64]) -> f64 {
    let own = dot(column, column);
    if own > 0.0 { dot(column, series).powi(2) / own } else { 0.0 }
}

/// `series` without its part along `column`.
fn without(mut series: Vec<f64>, column: &[f64]) -> Vec<f64> {
    let own = dot(column, column);
    if own > 0.0 {
        let part = dot(&series, column) / own;
        series.iter_mut().zip(column).for_each(|(x, of)| *x -= part * of);
    }
    series
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(mean: impl Fn(usize) -> f64) -> Vec<Point> {
        let noise = |i: usize| ((i * 7_919) % 101) as f64 / 100.0 - 0.5;
        let point = |i: usize| Point { day: i as f64 / 100.0, sum: mean(i) + noise(i), of: 1.0 };
        (0..300).map(point).collect()
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let found = find(&series(|i| if i < 170 { 0.0 } else { 2.0 })).unwrap();
        assert_eq!((found.first, found.best, found.last, found.onset), (170, 170, 170, Onset::Step));
    }

    #[test]
    fn a_season_is_none() {
        let season = |i: usize| 2.0 * (TAU * i as f64 / 100.0).sin();
        let found = find(&series(|i| season(i) + if i < 200 { 0.0 } else { 1.0 })).unwrap();
        assert!((195..=205).contains(&found.first) && (195..=205).contains(&found.last), "{found:?}");
    }

    #[test]
    fn a_slope_is_no_step() {
        assert_eq!(find(&series(|i| i as f64 / 50.0)).unwrap().onset, Onset::Gradual);
    }

    #[test]
    fn a_faint_step_can_be_anywhere_near() {
        let found = find(&series(|i| if i < 170 { 0.0 } else { 0.2 })).unwrap();
        assert!(found.first < 165 && found.last > 175, "{found:?}");
    }

    #[test]
    fn what_is_constant_or_short_has_no_place() {
        let flat: Vec<Point> = (0..300).map(|i| Point { day: f64::from(i), sum: 3.0, of: 1.0 }).collect();
        assert!(find(&flat).is_none_or(|found| found.first < 10 && found.last > 290));
        assert_eq!(find(&flat[..LEAST - 1]), None);
        assert_eq!(find(&[]), None);
    }
}
