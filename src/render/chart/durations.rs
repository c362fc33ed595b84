//! Durations of each job, before and after: the median with its interval.

use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::figure;
use crate::render::chart::drawing::Drawing;
use crate::render::chart::part::{AXIS, KEY, class, duration_axis, key};
use crate::render::chart::part::{Chart, left_out};
use crate::render::chart::scale::Scale;
use crate::render::view::{JobRow, View};
use crate::report::model::Report;
use crate::window::Side;

const ROW: f64 = 50.0;

/// `None` when no run completed.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let measured = |job: &JobReport| Side::BOTH.iter().any(|side| job.get(*side).duration_ms.is_some());
    let jobs: Vec<(&JobRow, &JobReport)> = view
        .jobs
        .first
        .iter()
        .filter_map(|row| Some((row, report.jobs.iter().find(|job| job.name == row.name)?)))
        .filter(|(_, job)| measured(job))
        .collect();
    let windows = || jobs.iter().flat_map(|(_, job)| Side::BOTH.map(|side| job.get(side)));
    let scale = Scale::of(windows().flat_map(ends))?;
    let mut drawing = Drawing::default();
    key(&mut drawing, view);
    let mut y = KEY;
    let bottom = KEY + ROW * jobs.len() as f64;
    duration_axis(&mut drawing, scale, KEY, bottom);
    for (row, job) in &jobs {
        drawing.name(y + 12.0, &job.name);
        drawing.figure(y + 12.0, &with_word(row), &format!("{} {}", row.medians, row.mark));
        for (lane, side) in [25.0, 37.0].into_iter().zip(Side::BOTH) {
            one(&mut drawing, job.get(side), side, scale, y + lane);
        }
        y += ROW;
    }
    let title = "Durations of each job";
    let all = report.jobs.iter().filter(|job| measured(job)).count();
    Some(Chart {
        title: title.to_owned(),
        note: note(scale),
        drawings: vec![drawing.finish("durations", title, &description(&jobs), y + AXIS)],
        left_out: left_out(all, jobs.len(), "job", "jobs"),
    })
}

/// How the chart is read.
fn note(scale: Scale) -> String {
    let mut note = "A dot is the median, the line through it its 95 % interval, the short stroke the 95th \
                    percentile. Where runs are too few for an interval, each run is a stroke."
        .to_owned();
    if matches!(scale, Scale::Log { .. }) {
        note.push_str(" The scale is logarithmic: equal distances are equal ratios.");
    }
    note
}

/// The values of a window that are drawn.
fn ends(window: &JobWindow) -> Vec<f64> {
    let Some(facts) = window.duration_ms else { return Vec::new() };
    match facts.median_interval {
        Some([low, high]) => vec![low, facts.median, high, facts.p95],
        None => vec![facts.min, facts.max],
    }
}

fn one(drawing: &mut Drawing, window: &JobWindow, side: Side, scale: Scale, y: f64) {
    let Some(facts) = window.duration_ms else { return };
    drawing.named(&said(&facts), |inner| match facts.median_interval {
        Some([low, high]) => {
            inner.line("whisker", (scale.place(low), y), (scale.place(high), y));
            let p95 = scale.place(facts.p95);
            inner.line("stroke", (p95, y - 4.0), (p95, y + 4.0));
            inner.dot(class(side), scale.place(facts.median), y, 4.5);
        }
        None => {
            for value in few(window, &facts) {
                let place = scale.place(value);
                inner.line(class(side), (place, y - 5.0), (place, y + 5.0));
            }
        }
    });
}

/// The durations of few runs, one by one.
fn few(window: &JobWindow, facts: &DurationFacts) -> Vec<f64> {
    match &window.duration_table {
        Some(table) => table.iter().map(|(us, _)| *us as f64 / 1_000.0).collect(),
        None => vec![facts.min, facts.max],
    }
}

fn said(facts: &DurationFacts) -> String {
    let runs = figure::counted(facts.n, "run", "runs");
    match facts.median_interval {
        Some([low, high]) => format!(
            "median {} ({} to {}), 95th percentile {}, {runs}",
            figure::duration(facts.median),
            figure::duration(low),
            figure::duration(high),
            figure::duration(facts.p95)
        ),
        None => format!("{runs}, {} to {}", figure::duration(facts.min), figure::duration(facts.max)),
    }
}

/// Both medians, and the verdict where there is one.
fn with_word(row: &JobRow) -> String {
    format!("{}, {}", row.medians, row.verdict)
}

fn description(jobs: &[(&JobRow, &JobReport)]) -> String {
    let lines =
        jobs.iter().map(|(row, job)| format!("{}: {}.", crate::legible::name(&job.name), with_word(row)));
    format!("Medians before and after. {}", lines.collect::<Vec<_>>().join(" "))
}
