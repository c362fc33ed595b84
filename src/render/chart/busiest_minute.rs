//! The busiest minute, before and after: who ran when, so that overlap is seen.

use std::collections::BTreeMap;

use crate::analysis::figures::pictures::{Minute, MinuteRun};
use crate::clock::{MINUTE_US, Span, Timestamp};
use crate::figure;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::part::{AXIS, class, heading, time_axis};
use crate::render::chart::part::{Chart, left_out};
use crate::render::chart::scale::TimeAxis;
use crate::render::view::View;
use crate::report::model::Report;
use crate::window::{Period, Side};

/// Jobs that have a row.
const JOBS: usize = 14;
/// Runs of one job that are told apart where they overlap.
const LANES: usize = 3;
/// Height of a lane, and of a job's name above its lanes.
const LANE: f64 = 10.0;
const NAME: f64 = 18.0;
const HEAD: f64 = 44.0;
/// Least width of a bar: runs of some milliseconds are seen too.
const LEAST: f64 = 0.008;

/// `None` when the report holds no busiest minute.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let minutes = Side::BOTH.map(|side| (side, report.pictures.busiest_minute.get(side).as_ref()));
    let minutes: Vec<(Side, &Minute)> = minutes.into_iter().filter_map(|(s, m)| Some((s, m?))).collect();
    if minutes.is_empty() {
        return None;
    }
    let (rows, all) = rows(&minutes);
    let drawings = minutes.iter().map(|(side, minute)| draw(report, view, *side, minute, &rows)).collect();
    let runs_left_out: u64 = minutes.iter().map(|(_, minute)| minute.runs_left_out).sum();
    let mut note =
        "Each bar is a run, and the figure beside a name the job's longest run here. The upright line is the \
         moment at which the most ran at once. Times are UTC."
            .to_owned();
    if runs_left_out > 0 {
        note.push_str(&format!(
            " {} of that minute are not drawn.",
            figure::counted(runs_left_out, "run", "runs")
        ));
    }
    Some(Chart {
        title: "The busiest minute".to_owned(),
        note,
        drawings,
        left_out: left_out(all, rows.len(), "job", "jobs"),
    })
}

/// The jobs that occupy most of the minutes, in the order of their starts after, then before; and how
/// many jobs there are. Each has as many lanes as the minute needs that needs more.
fn rows<'a>(minutes: &[(Side, &'a Minute)]) -> (Vec<(&'a str, usize)>, usize) {
    let mut busy: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, minute) in minutes {
        for run in &minute.runs {
            *busy.entry(&run.job).or_default() += inside(run, minute);
        }
    }
    let all = busy.len();
    let mut order: Vec<(&str, i64)> = busy.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order.truncate(JOBS);
    let first = |job: &str| {
        let at = |(_, minute): &(Side, &Minute)| {
            minute
                .runs
                .iter()
                .filter(|run| run.job == job)
                .map(|run| run.start.since(minute.start).us())
                .min()
        };
        // The window after comes last and counts first; jobs that it lacks follow.
        minutes.iter().rev().map(at).map(|at| (at.is_none(), at)).collect::<Vec<_>>()
    };
    order.sort_by_cached_key(|(job, _)| (first(job), *job));
    let lanes =
        |job: &str| minutes.iter().map(|(_, minute)| lanes(minute, job).len()).max().unwrap_or(1).max(1);
    (order.into_iter().map(|(job, _)| (job, lanes(job))).collect(), all)
}

/// The part of a run that lies in the minute, µs.
fn inside(run: &MinuteRun, minute: &Minute) -> i64 {
    run.end.min(end_of(minute)).since(run.start.max(minute.start)).us().max(0)
}

fn end_of(minute: &Minute) -> Timestamp {
    minute.start.plus(Span(MINUTE_US))
}

/// The runs of a job, put into lanes so that none covers another; what finds no lane shares the last.
fn lanes<'a>(minute: &'a Minute, job: &str) -> Vec<Vec<&'a MinuteRun>> {
    let mut lanes: Vec<Vec<&MinuteRun>> = Vec::new();
    for run in minute.runs.iter().filter(|run| run.job == job) {
        let free = lanes.iter().position(|lane| lane.last().is_none_or(|last| last.end <= run.start));
        match free {
            Some(lane) => lanes[lane].push(run),
            None if lanes.len() < LANES => lanes.push(vec![run]),
            None => lanes[LANES - 1].push(run),
        }
    }
    lanes
}

fn draw(report: &Report, view: &View, side: Side, minute: &Minute, rows: &[(&str, usize)]) -> String {
    let axis = TimeAxis { period: Period { start: minute.start, end: end_of(minute) } };
    let height: f64 = rows.iter().map(|(_, lanes)| NAME + LANE * *lanes as f64 + 6.0).sum();
    let bottom = HEAD + height;
    let mut drawing = Drawing::default();
    drawing.text("side", Anchor::Start, 0.0, 13.0, heading(view, side));
    let peak = figure::count(report.totals.get(side).concurrency.peak);
    let place = axis.place(minute.peak_at);
    time_axis(&mut drawing, &axis, 4, &|at| axis.place(at), [HEAD, bottom]);
    drawing.text("small", Anchor::inside(place), place, HEAD - 8.0, &format!("{peak} at once"));
    drawing.line("peak-mark", (place, HEAD - 3.0), (place, bottom));
    let mut y = HEAD;
    for (job, room) in rows {
        drawing.short_name(y + 12.0, job);
        if let Some(longest) = longest(minute, job) {
            drawing.text("value halo", Anchor::End, 1.0, y + 12.0, &longest);
        }
        for (lane, runs) in lanes(minute, job).into_iter().enumerate() {
            for run in runs {
                let ends = ends(run, &axis);
                drawing.named(&said(run), |inner| {
                    inner.rect(class(side), ends, y + NAME + LANE * lane as f64, LANE - 2.0);
                });
            }
        }
        y += NAME + LANE * *room as f64 + 6.0;
    }
    let title = format!("{}, {}", heading(view, side), figure::period(minute.start, end_of(minute)));
    drawing.text("small", Anchor::End, 1.0, 13.0, &figure::period(minute.start, end_of(minute)));
    drawing.finish(&format!("minute-{}", class(side)), &title, &description(minute, &peak), bottom + AXIS)
}

/// From and to of a bar, wide enough to be seen and inside the drawing.
fn ends(run: &MinuteRun, axis: &TimeAxis) -> [f64; 2] {
    let from = axis.place(run.start).min(1.0 - LEAST);
    [from, axis.place(run.end).max(from + LEAST)]
}

/// The longest of a job's runs in the minute, with what of it lies outside.
fn longest(minute: &Minute, job: &str) -> Option<String> {
    let lengths = minute.runs.iter().filter(|run| run.job == job).map(|run| run.end.since(run.start));
    lengths.max().map(|length| figure::duration(length.as_ms()))
}

fn said(run: &MinuteRun) -> String {
    let length = figure::duration(run.end.since(run.start).as_ms());
    format!("{}: {length}, {}", crate::legible::name(&run.job), figure::period(run.start, run.end))
}

fn description(minute: &Minute, peak: &str) -> String {
    let runs = minute.runs.len() as u64 + minute.runs_left_out;
    format!(
        "{} in this minute, at most {peak} at once, first at {}.",
        figure::counted(runs, "run", "runs"),
        figure::instant(minute.peak_at)
    )
}
