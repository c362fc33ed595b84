//! How many ran at once, over time: the highest level and the mean of each step.

use crate::analysis::figures::pictures::LevelSeries;
use crate::clock::Span;
use crate::figure;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::panes::{Pane, deployment};
use crate::render::chart::part::Chart;
use crate::render::chart::part::{AXIS, KEY, class, heading, key, steps};
use crate::render::view::View;
use crate::report::model::Report;
use crate::window::Side;

const HEIGHT: f64 = 130.0;
/// Most levels that are marked on the axis.
const MARKS: u64 = 4;

/// `None` when the report holds no levels over time, or nothing ran.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let series = Side::BOTH.map(|side| report.pictures.levels.get(side));
    let highest =
        series.iter().flat_map(|s| s.points.iter().map(|p| p.peak)).max().filter(|peak| *peak > 0)?;
    let gutter = gutter(highest);
    let panes = Pane::both(report, gutter);
    let (top, bottom) = (KEY + 12.0, KEY + 12.0 + HEIGHT);
    let mut drawing = Drawing::default();
    key(&mut drawing, view);
    let share = |level: f64| level / highest as f64;
    let step = highest.div_ceil(MARKS).max(1);
    for level in (0..=highest / step).map(|nth| nth * step) {
        let y = bottom - HEIGHT * share(level as f64);
        drawing.line("grid", (gutter, y), (1.0, y));
        drawing.text("tick", Anchor::End, gutter - 0.008, y + 4.0, &figure::count(level));
    }
    deployment(&mut drawing, report, &panes, top, bottom);
    for ((side, series), pane) in Side::BOTH.into_iter().zip(series).zip(&panes) {
        pane.frame(&mut drawing, top, bottom);
        let (peak, mean) = outlines(series, pane, &share);
        let areas: Vec<Vec<(f64, f64)>> = peak.iter().map(|outline| closed(outline)).collect();
        drawing.path(&format!("area {}", class(side)), top, HEIGHT, &areas);
        drawing.path(&format!("peak {}", class(side)), top, HEIGHT, &peak);
        drawing.path(&format!("mean {}", class(side)), top, HEIGHT, &mean);
    }
    let title = "Running at once, over time";
    Some(Chart {
        title: title.to_owned(),
        note: format!(
            "The outline is the most that ran at once in a step, the thick line the mean. {} Times are UTC.",
            steps(&span(series[0]), &span(series[1]), view)
        ),
        drawings: vec![drawing.finish("levels", title, &description(report, view), bottom + AXIS)],
        left_out: None,
    })
}

/// Room for the figures of the levels, a share of the width of the smallest drawing.
fn gutter(highest: u64) -> f64 {
    0.022 + 0.022 * figure::count(highest).chars().count() as f64
}

fn span(series: &LevelSeries) -> String {
    figure::span(series.bucket_seconds as f64)
}

/// An outline of places and shares.
type Outlines = Vec<Vec<(f64, f64)>>;

/// The highest levels and the means as steps, broken where a step is missing.
fn outlines(series: &LevelSeries, pane: &Pane, share: &dyn Fn(f64) -> f64) -> (Outlines, Outlines) {
    let length = Span::seconds(series.bucket_seconds);
    let (mut peaks, mut means): (Outlines, Outlines) = (Vec::new(), Vec::new());
    let mut expected = None;
    for point in &series.points {
        let end = point.at.plus(length);
        if expected != Some(point.at) {
            peaks.push(Vec::new());
            means.push(Vec::new());
        }
        expected = Some(end);
        let (from, to) = (pane.place(point.at), pane.place(end));
        for (strokes, value) in [(&mut peaks, point.peak as f64), (&mut means, point.mean)] {
            if let Some(stroke) = strokes.last_mut() {
                stroke.extend([(from, share(value)), (to, share(value))]);
            }
        }
    }
    (peaks, means)
}

/// An outline with its feet on the ground.
fn closed(outline: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let feet = |point: Option<&(f64, f64)>| point.map(|(x, _)| (*x, 0.0));
    feet(outline.first()).into_iter().chain(outline.iter().copied()).chain(feet(outline.last())).collect()
}

fn description(report: &Report, view: &View) -> String {
    let sides = Side::BOTH.map(|side| {
        let levels = &report.totals.get(side).concurrency;
        format!(
            "{}: at most {} at once, {} on average.",
            heading(view, side),
            figure::count(levels.peak),
            figure::number(levels.mean)
        )
    });
    sides.join(" ")
}
