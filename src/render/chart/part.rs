//! What several charts are made of: the key to the marks, axes, and shading.

use serde::Serialize;

use super::drawing::{Anchor, Drawing, Place};
use super::scale::TimeAxis;
use crate::clock::Timestamp;
use crate::figure;
use crate::render::view::View;
use crate::window::{Period, Side};

/// One chart: one or several drawings with what they show.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Chart {
    pub(super) title: String,
    pub(super) note: String,
    /// SVG; each has a title and a description of its own.
    pub(super) drawings: Vec<String>,
    /// Jobs that it does not show: `288 jobs`; `null` when it shows all.
    pub(super) left_out: Option<String>,
}

/// What a chart does not show of `all` things.
pub(super) fn left_out(all: usize, shown: usize, one: &str, many: &str) -> Option<String> {
    let rest = all.saturating_sub(shown);
    (rest > 0).then(|| figure::counted(rest as u64, one, many))
}

/// Where the track of a chart of rows lies, between the jobs' names and the words on the right.
pub(super) const TRACK: [f64; 2] = [0.35, 0.62];

/// The place of a share of the track.
pub(super) fn in_track(share: f64) -> f64 {
    TRACK[0] + share * (TRACK[1] - TRACK[0])
}

pub(super) const KEY: f64 = 26.0;
/// Height of an axis with its labels.
pub(super) const AXIS: f64 = 22.0;
/// Width of a character of small type, pixels; a little too wide, so that labels never touch.
const CHARACTER: f64 = 7.6;

/// The class of a window's marks.
pub(super) fn class(side: Side) -> &'static str {
    match side {
        Side::Baseline => "before",
        Side::Stagger => "after",
    }
}

/// What a reader calls a window.
pub(super) fn heading(view: &View, side: Side) -> &str {
    match side {
        Side::Baseline => &view.before.heading,
        Side::Stagger => &view.after.heading,
    }
}

/// The key: which mark is before and which is after.
pub(super) fn key(drawing: &mut Drawing, view: &View) {
    let mut left = 6.0;
    for side in Side::BOTH {
        let label = heading(view, side);
        drawing.dot(class(side), Place::Pixels(left), 9.0, 4.5);
        drawing.text("small", Anchor::Start, Place::Pixels(left + 10.0), 13.0, label);
        left += 34.0 + CHARACTER * label.chars().count() as f64;
    }
}

/// How long the steps of a chart over time are.
pub(super) fn steps(before: &str, after: &str, view: &View) -> String {
    if before == after {
        return format!("A step is {after}.");
    }
    let [first, second] = Side::BOTH.map(|side| heading(view, side).to_lowercase());
    format!("A step is {before} {first} and {after} {second}.")
}

/// Upright lines at round instants, with the time in UTC below; `place` says where an instant stands.
pub(super) fn time_axis(
    drawing: &mut Drawing,
    axis: &TimeAxis,
    most: i64,
    place: &dyn Fn(Timestamp) -> f64,
    [top, bottom]: [f64; 2],
) {
    for (at, label) in axis.marks(most) {
        mark(drawing, place(at), top, bottom, &label);
    }
}

/// One mark of an axis.
pub(super) fn mark(drawing: &mut Drawing, place: f64, top: f64, bottom: f64, label: &str) {
    drawing.line("grid", (place, top), (place, bottom));
    drawing.text("tick", Anchor::inside(place), place, bottom + 15.0, label);
}

/// Shades a period that was left out between two places; edges show it where shades are not seen.
pub(super) fn shade(drawing: &mut Drawing, period: Period, ends: [f64; 2], top: f64, height: f64) {
    drawing.named(&format!("excluded: {}", figure::period(period.start, period.end)), |inner| {
        inner.rect("excluded", ends, top, height);
        for end in ends {
            inner.line("excluded-edge", (end, top), (end, top + height));
        }
    });
}
