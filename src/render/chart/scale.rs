//! From values to places, and where the marks of an axis stand. All charts place by these.

use crate::clock::{SECOND_US, Timestamp};
use crate::window::Period;

/// Beyond this ratio of the largest to the smallest a linear scale hides the small.
const LOG_FROM: f64 = 20.0;
/// Most marks on an axis that a phone has room for.
const MARKS: f64 = 5.0;

/// A scale of lengths of time, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::render) enum Scale {
    /// Equal distances are equal differences; from 0.
    Linear { to: f64 },
    /// Equal distances are equal ratios.
    Log {
        /// The left end, above 0.
        from: f64,
        /// The right end.
        to: f64,
    },
}

impl Scale {
    /// The scale that shows all of `values`: by ratios where they differ much. `None` without a value.
    pub(in crate::render) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|value| value.is_finite()) {
            (least, most) = (least.min(value), most.max(value));
        }
        if most <= 0.0 {
            return (most == 0.0).then_some(Self::Linear { to: 1.0 });
        }
        // A microsecond is the least that is measured.
        let least = least.max(0.001);
        if most / least < LOG_FROM {
            return Some(Self::Linear { to: most * 1.04 });
        }
        Some(Self::Log { from: least / 1.3, to: most * 1.3 })
    }

    /// The place of `value`, a share of the width.
    pub(in crate::render) fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear { to } => (value / to).clamp(0.0, 1.0),
            Self::Log { from, to } => ((value.max(from) / from).ln() / (to / from).ln()).clamp(0.0, 1.0),
        }
    }

    /// Round values to mark, ascending.
    pub(in crate::render) fn marks(self) -> Vec<f64> {
        match self {
            Self::Linear { to } => {
                let step = round_step(to / MARKS);
                (0..=64_i32).map(|nth| f64::from(nth) * step).filter(|value| *value <= to).collect()
            }
            Self::Log { from, to } => {
                let inside = |value: &f64| (from..=to).contains(value);
                let decades: Vec<f64> = ROUND.into_iter().filter(inside).collect();
                if decades.len() > 2 {
                    return thinned(decades);
                }
                thinned(ROUND.into_iter().flat_map(finer).filter(inside).collect())
            }
        }
    }
}

/// Round lengths in the units that they are written in, milliseconds.
const ROUND: [f64; 13] = [
    0.001,
    0.01,
    0.1,
    1.0,
    10.0,
    100.0,
    1_000.0,
    10_000.0,
    60_000.0,
    600_000.0,
    3_600_000.0,
    36_000_000.0,
    360_000_000.0,
];

/// A round length and those up to the next.
fn finer(round: f64) -> impl Iterator<Item = f64> {
    // Ten seconds are followed by a minute, ten minutes by an hour, ten hours by four days.
    let steps: &[f64] = if round < 10_000.0 { &[1.0, 2.0, 5.0] } else { &[1.0, 3.0] };
    steps.iter().map(move |step| step * round)
}

/// Every second or third of them, where there are too many.
fn thinned(marks: Vec<f64>) -> Vec<f64> {
    let step = marks.len().div_ceil(5);
    marks.into_iter().step_by(step.max(1)).collect()
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= least).unwrap_or(power)
}

/// Steps of an axis of time, seconds.
const TIME_STEPS: [i64; 24] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
    259_200, 432_000, 604_800, 1_209_600, 2_419_200, 31_536_000,
];

/// A stretch of time from left to right, in UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TimeAxis {
    pub(super) period: Period,
}

impl TimeAxis {
    /// The place of an instant, a share of the width.
    pub(super) fn place(&self, at: Timestamp) -> f64 {
        let length = self.period.length().us().max(1) as f64;
        (at.since(self.period.start).us() as f64 / length).clamp(0.0, 1.0)
    }

    /// Round instants inside, at most `most`, each with its label: the date where a day begins or steps
    /// are days, otherwise the time of day.
    pub(super) fn marks(&self, most: i64) -> Vec<(Timestamp, String)> {
        let length = self.period.length().us() / SECOND_US;
        let step = TIME_STEPS.into_iter().find(|step| length / step < most.max(1)).unwrap_or(31_536_000);
        let step_us = step * SECOND_US;
        let first = self.period.start.us().div_euclid(step_us) * step_us;
        (0..=most + 1)
            .map(|nth| Timestamp(first + nth * step_us))
            .filter(|at| self.period.start <= *at && *at <= self.period.end)
            .map(|at| (at, label(at, step)))
            .collect()
    }
}

fn label(at: Timestamp, step: i64) -> String {
    let Some(utc) = at.to_utc() else { return String::new() };
    let midnight = at.us().rem_euclid(86_400 * SECOND_US) == 0;
    let format = match step {
        86_400.. => "%-d %b",
        60.. if midnight => "%-d %b",
        60.. => "%H:%M",
        _ => "%H:%M:%S",
    };
    utc.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_much_are_placed_by_ratio() {
        assert_eq!(Scale::of([10.0, 20.0]), Some(Scale::Linear { to: 20.0 * 1.04 }));
        let scale = Scale::of([1.0, 10_000.0]).unwrap();
        assert!(matches!(scale, Scale::Log { .. }));
        let middle = scale.place(100.0);
        assert!((middle - 0.5).abs() < 1e-9, "{middle}");
        assert_eq!(scale.marks(), [1.0, 10.0, 100.0, 1_000.0, 10_000.0]);
        let short = Scale::of([900.0, 20_000.0]).unwrap().marks();
        assert_eq!(short, [1_000.0, 2_000.0, 5_000.0, 10_000.0]);
        assert_eq!(Scale::of([]), None);
        assert_eq!(Scale::of([0.0]), Some(Scale::Linear { to: 1.0 }));
    }

    #[test]
    fn places_stay_inside() {
        let scale = Scale::of([5.0, 500.0]).unwrap();
        for value in [0.0, 5.0, 77.0, 500.0, 1e9] {
            assert!((0.0..=1.0).contains(&scale.place(value)));
        }
        assert!(scale.place(5.0) < scale.place(6.0));
    }

    #[test]
    fn axes_of_time_have_few_round_marks() {
        let axis = |start: &str, end: &str| TimeAxis {
            period: Period { start: start.parse().unwrap(), end: end.parse().unwrap() },
        };
        let labels = |axis: TimeAxis| axis.marks(5).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        let night = axis("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z");
        assert_eq!(labels(night), ["22:00", "2 Feb", "02:00", "04:00"]);
        let minute = axis("2026-02-01T20:56:00Z", "2026-02-01T20:57:00Z");
        assert_eq!(labels(minute), ["20:56:00", "20:56:15", "20:56:30", "20:56:45", "20:57:00"]);
        let fortnight = axis("2026-02-01T00:00:00Z", "2026-02-15T00:00:00Z");
        assert!(labels(fortnight).len() <= 5);
        assert!((night.place("2026-02-02T05:34:00Z".parse().unwrap()) - 1.0).abs() < 1e-12);
    }
}
