//! From values to places, and where the marks of an axis stand. All charts place by these.

use crate::clock::{SECOND_US, Timestamp};
use crate::window::Period;

/// A scale on which equal distances are equal ratios; values beyond it stand at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::render) struct Ratios {
    /// The low end, above 0.
    pub(in crate::render) from: f64,
    /// The high end, above `from`.
    pub(in crate::render) to: f64,
}

impl Ratios {
    /// The place of `value`, a share of the length.
    pub(in crate::render) fn place(self, value: f64) -> f64 {
        ((value.max(self.from) / self.from).ln() / (self.to / self.from).ln()).clamp(0.0, 1.0)
    }

    /// As many of `values` on the scale as stand `apart`, a share of the length; earlier ones come first.
    pub(in crate::render) fn marks(self, values: &[f64], apart: f64) -> Vec<f64> {
        let mut marks: Vec<f64> = Vec::new();
        for &value in values.iter().filter(|value| (self.from..=self.to).contains(*value)) {
            if marks.iter().all(|other| (self.place(*other) - self.place(value)).abs() >= apart) {
                marks.push(value);
            }
        }
        marks
    }
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
    fn equal_distances_are_equal_ratios() {
        let scale = Ratios { from: 0.25, to: 4.0 };
        assert!((scale.place(1.0) - 0.5).abs() < 1e-12 && (scale.place(2.0) - 0.75).abs() < 1e-12);
        assert_eq!((scale.place(0.0), scale.place(1e9)), (0.0, 1.0));
        assert_eq!(scale.marks(&[1.0, 2.0, 0.5, 1.1, 9.0], 0.2), [1.0, 2.0, 0.5]);
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
