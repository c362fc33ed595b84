//! The most that ran at once in each step of time: a point a step, the same step in both windows.

use crate::analysis::figures::pictures::LevelSeries;
use crate::clock::Span;
use crate::figure;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::panes::{Pane, deployment};
use crate::render::chart::part::{AXIS, Chart, KEY, class, heading, key};
use crate::render::view::View;
use crate::report::model::Report;
use crate::window::{PerSide, Side};

const HEIGHT: f64 = 110.0;
/// Most levels that are marked on the axis.
const MARKS: u64 = 4;

/// `None` when the report holds no levels over time, or nothing ran.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let series = report.pictures.levels_in_equal_steps();
    let peaks = || series.iter().flat_map(|series| series.points.iter().map(|point| point.peak));
    let highest = peaks().max().filter(|peak| *peak > 0)?;
    let gutter = gutter(highest);
    let panes = Pane::both(report, gutter);
    let (top, bottom) = (KEY + 12.0, KEY + 12.0 + HEIGHT);
    let mut drawing = Drawing::default();
    key(&mut drawing, view);
    let height = |level: u64| bottom - HEIGHT * level as f64 / highest as f64;
    let step = highest.div_ceil(MARKS).max(1);
    for level in (0..=highest / step).map(|nth| nth * step) {
        let y = height(level);
        drawing.line("grid", (gutter, y), (1.0, y));
        drawing.text("tick", Anchor::End, gutter - 0.008, y + 4.0, &figure::count(level));
    }
    deployment(&mut drawing, report, &panes, top, bottom);
    for side in Side::BOTH {
        let pane = panes.get(side);
        pane.frame(&mut drawing, top, bottom);
        for (place, peak) in points(series.get(side), pane) {
            drawing.dot(&format!("point {}", class(side)), place, height(peak), 2.5);
        }
    }
    let title = "Most running at once, over time";
    let length = figure::span(series.stagger.bucket_seconds.max(series.baseline.bucket_seconds) as f64);
    Some(Chart {
        title: title.to_owned(),
        note: format!(
            "A point is the most that ran at once in a step of {length}; steps in which nothing ran have none. \
             Times are UTC."
        ),
        drawings: vec![drawing.finish("levels", title, &description(view, &series), bottom + AXIS)],
        left_out: None,
    })
}

/// Room for the figures of the levels, a share of the width of the smallest drawing.
fn gutter(highest: u64) -> f64 {
    0.022 + 0.022 * figure::count(highest).chars().count() as f64
}

/// The middle of each step in which something ran, and the highest level in it.
fn points(series: &LevelSeries, pane: &Pane) -> Vec<(f64, u64)> {
    let length = Span::seconds(series.bucket_seconds);
    let middle = |at| f64::midpoint(pane.place(at), pane.place(at.plus(length)));
    let busy = series.points.iter().filter(|point| point.peak > 0);
    busy.map(|point| (middle(point.at), point.peak)).collect()
}

fn description(view: &View, series: &PerSide<LevelSeries>) -> String {
    let of = |side: Side| {
        let points = &series.get(side).points;
        let most = points.iter().map(|point| point.peak).max().unwrap_or(0);
        let at = points.iter().filter(|point| point.peak == most).count() as u64;
        format!(
            "{}: at most {}, in {} of {}.",
            heading(view, side),
            figure::count(most),
            figure::count(at),
            figure::counted(points.len() as u64, "step", "steps")
        )
    };
    Side::BOTH.map(of).join(" ")
}
