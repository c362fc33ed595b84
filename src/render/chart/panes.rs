//! The two windows side by side, each with an axis of time of its own: they may lie a day apart, and one
//! may be a hundred times as long as the other.

use super::drawing::{Anchor, Drawing};
use super::part::shade;
use super::scale::TimeAxis;
use crate::clock::Timestamp;
use crate::report::model::Report;
use crate::window::{Period, Side};

/// The least share of the width that a window gets.
const LEAST: f64 = 0.2;
/// Width of the gap between the windows.
const GAP: f64 = 0.04;
/// Room that half a label needs in a small drawing.
const ROOM: f64 = 0.055;

/// One window's part of a drawing.
#[derive(Clone, Debug)]
pub(super) struct Pane {
    axis: TimeAxis,
    /// Left and right end.
    pub(super) ends: [f64; 2],
    excluded: Vec<Period>,
}

impl Pane {
    /// The panes of both windows.
    pub(super) fn both(report: &Report) -> [Self; 2] {
        let length = |side| {
            let window = report.windows.get(side);
            window.end.since(window.start).as_seconds().max(1.0)
        };
        let (before, after) = (length(Side::Baseline), length(Side::Stagger));
        let split = (before / (before + after)).clamp(LEAST, 1.0 - LEAST) * (1.0 - GAP);
        [(Side::Baseline, [0.0, split]), (Side::Stagger, [split + GAP, 1.0])].map(|(side, ends)| {
            let window = report.windows.get(side);
            Self {
                axis: TimeAxis { period: Period { start: window.start, end: window.end } },
                ends,
                excluded: window.excluded.clone(),
            }
        })
    }

    /// The place of an instant.
    pub(super) fn place(&self, at: Timestamp) -> f64 {
        self.ends[0] + (self.ends[1] - self.ends[0]) * self.axis.place(at)
    }

    /// The frame, the excluded periods, and the marks of time below.
    pub(super) fn frame(&self, drawing: &mut Drawing, top: f64, bottom: f64) {
        let width = self.ends[1] - self.ends[0];
        for period in self.excluded.iter().filter(|period| period.overlaps(&self.axis.period)) {
            shade(drawing, *period, [self.place(period.start), self.place(period.end)], top, bottom - top);
        }
        self.marks(drawing, top, bottom, width);
        drawing.line("base", (self.ends[0], bottom), (self.ends[1], bottom));
    }

    /// So many marks as a small drawing has room for; none so near the other window that labels touch.
    fn marks(&self, drawing: &mut Drawing, top: f64, bottom: f64, width: f64) {
        let Some((_, most)) = [(0.7, 4), (0.45, 3), (0.3, 2)].into_iter().find(|(least, _)| width >= *least)
        else {
            let start = self.axis.period.start;
            let label = start.to_utc().map(|at| at.format("%H:%M").to_string()).unwrap_or_default();
            let anchor = if self.ends[0] == 0.0 { Anchor::Start } else { Anchor::End };
            let place = if self.ends[0] == 0.0 { 0.0 } else { 1.0 };
            drawing.text("tick", anchor, place, bottom + 15.0, &label);
            return;
        };
        for (at, label) in self.axis.marks(most) {
            let place = self.place(at);
            drawing.line("grid", (place, top), (place, bottom));
            let near_left = self.ends[0] > 0.0 && place - self.ends[0] < ROOM;
            let near_right = self.ends[1] < 1.0 && self.ends[1] - place < ROOM;
            if !near_left && !near_right {
                drawing.text("tick", Anchor::inside(place), place, bottom + 15.0, &label);
            }
        }
    }
}

/// The gap between the windows: the deployment, shaded where a period between them is excluded.
pub(super) fn deployment(drawing: &mut Drawing, report: &Report, panes: &[Pane; 2], top: f64, bottom: f64) {
    let gap = [panes[0].ends[1], panes[1].ends[0]];
    let between = Period { start: report.windows.baseline.end, end: report.windows.stagger.start };
    for period in &report.excluded {
        let period = Period { start: period.start, end: period.end };
        if between.start < between.end && period.overlaps(&between) {
            shade(drawing, period, gap, top, bottom - top);
        }
    }
    let middle = f64::midpoint(gap[0], gap[1]);
    drawing.named("the deployment", |inner| inner.line("deployment", (middle, top - 4.0), (middle, bottom)));
}
