//! The two windows side by side, each with an axis of time of its own: they may lie a day apart, and one
//! may be a hundred times as long as the other.

use super::drawing::{Anchor, Drawing};
use super::part::shade;
use super::scale::TimeAxis;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::clock::Timestamp;
use crate::figure;
use crate::report::model::Report;
use crate::window::{PerSide, Period};

/// The least share of the width that a window gets.
const LEAST: f64 = 0.2;
const GAP: f64 = 0.04;
/// Width of a label's character in the smallest drawing.
const CHARACTER: f64 = 0.0235;

/// One window's part of a drawing.
#[derive(Clone, Debug)]
pub(super) struct Pane {
    axis: TimeAxis,
    pub(super) ends: [f64; 2],
    excluded: Vec<Period>,
}

impl Pane {
    /// The panes of both windows, with room on the left for what stands beside them.
    pub(super) fn both(report: &Report, left: f64) -> PerSide<Self> {
        let windows = report.windows.as_ref();
        let length = windows.map(|window| window.end.since(window.start).as_seconds().max(1.0));
        let share = (length.baseline / (length.baseline + length.stagger)).clamp(LEAST, 1.0 - LEAST);
        let split = left + share * (1.0 - GAP - left);
        let ends = PerSide { baseline: [left, split], stagger: [split + GAP, 1.0] };
        windows.zip(ends).map(|(window, ends)| Self {
            axis: TimeAxis { period: Period { start: window.start, end: window.end } },
            ends,
            excluded: window.excluded.clone(),
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

    /// So many marks as a small drawing has room for; none whose label would touch the other window's or
    /// the one before it.
    fn marks(&self, drawing: &mut Drawing, top: f64, bottom: f64, width: f64) {
        let first = self.ends[1] < 1.0;
        let Some((_, most)) = [(0.7, 4), (0.42, 3), (0.3, 2)].into_iter().find(|(least, _)| width >= *least)
        else {
            let (anchor, place) = if first { (Anchor::Start, self.ends[0]) } else { (Anchor::End, 1.0) };
            drawing.text("tick", anchor, place, bottom + 15.0, &self.beginning());
            return;
        };
        let mut taken = if first { f64::NEG_INFINITY } else { self.ends[0] - GAP / 2.0 };
        let end = if first { self.ends[1] + GAP / 2.0 } else { f64::INFINITY };
        for (at, label) in self.axis.marks(most) {
            let place = self.place(at);
            drawing.line("grid", (place, top), (place, bottom));
            let half = CHARACTER * label.chars().count() as f64 / 2.0;
            if place - half >= taken && place + half <= end {
                drawing.text("tick", Anchor::inside(place), place, bottom + 15.0, &label);
                taken = place + half;
            }
        }
    }

    /// When the window begins, for a pane that has room for one label.
    fn beginning(&self) -> String {
        let format = if self.axis.period.length().as_seconds() > 86_400.0 { "%-d %b" } else { "%H:%M" };
        self.axis.period.start.to_utc().map(|at| at.format(format).to_string()).unwrap_or_default()
    }
}

/// The gap between the windows: the deployment, shaded where a period between them is excluded.
pub(super) fn deployment(
    drawing: &mut Drawing,
    report: &Report,
    panes: &PerSide<Pane>,
    top: f64,
    bottom: f64,
) {
    let gap = [panes.baseline.ends[1], panes.stagger.ends[0]];
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

/// Marks when something changed, over the pane in which it did, or over the deployment where it came with that.
pub(super) fn change(
    drawing: &mut Drawing,
    panes: &PerSide<Pane>,
    moment: &MomentFacts,
    top: f64,
    bottom: f64,
) {
    let period = Period { start: moment.from, end: moment.until };
    let pane = match moment.apart_s {
        0 => None,
        before if before < 0 => Some(&panes.baseline),
        _ => Some(&panes.stagger),
    };
    let [from, until] = match pane {
        Some(pane) => [period.start, period.end].map(|at| pane.place(at)),
        None => [f64::midpoint(panes.baseline.ends[1], panes.stagger.ends[0]); 2],
    };
    let said = format!("it changed: {}", figure::period(period.start, period.end));
    drawing.named(&said, |inner| {
        if pane.is_some() {
            inner.rect("moment", [from, until], top, bottom - top);
        }
        inner.text("moment-mark", Anchor::Middle, f64::midpoint(from, until), top - 5.0, "▼");
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels that a pane writes, and where.
    fn ticks(pane: &Pane) -> Vec<(f64, String)> {
        let mut drawing = Drawing::default();
        pane.marks(&mut drawing, 0.0, 10.0, pane.ends[1] - pane.ends[0]);
        let svg = drawing.finish("x", "x", "x", 20.0);
        svg.split("<text class=\"tick")
            .skip(1)
            .map(|text| {
                let place = text.split_once("x=\"").unwrap().1.split_once('%').unwrap().0;
                let label = text.split_once('>').unwrap().1.split_once('<').unwrap().0;
                (place.parse::<f64>().unwrap() / 100.0, label.to_owned())
            })
            .collect()
    }

    #[test]
    fn labels_of_a_fortnight_do_not_touch() {
        let period =
            |start: &str, end: &str| Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        for day in 1..=14 {
            let start = format!("2026-03-{day:02}T00:00:00Z");
            let end = format!("2026-03-{:02}T00:00:00Z", day + 14);
            let axis = TimeAxis { period: period(&start, &end) };
            let marks = ticks(&Pane { axis, ends: [0.0, 0.48], excluded: Vec::new() });
            assert!(!marks.is_empty(), "{start}");
            for pair in marks.windows(2) {
                let needed = CHARACTER * (pair[0].1.chars().count() + pair[1].1.chars().count()) as f64 / 2.0;
                assert!(pair[1].0 - pair[0].0 >= needed - 1e-3, "{start}: {pair:?}");
            }
        }
    }

    #[test]
    fn a_narrow_pane_says_when_it_begins_in_the_unit_that_matters() {
        let pane = |end: &str| {
            let period = Period { start: "2026-03-02T06:00:00Z".parse().unwrap(), end: end.parse().unwrap() };
            Pane { axis: TimeAxis { period }, ends: [0.0, 0.2], excluded: Vec::new() }
        };
        assert_eq!(ticks(&pane("2026-03-02T07:00:00Z"))[0].1, "06:00");
        assert_eq!(ticks(&pane("2026-03-05T07:00:00Z"))[0].1, "2 Mar");
    }
}
