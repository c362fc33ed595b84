//! The busiest minute, before and after: a thin bar for each run below the skyline of the level.

use crate::analysis::figures::pictures::{Minute, MinuteRun};
use crate::clock::{MINUTE_US, Span, Timestamp};
use crate::figure;
use crate::legible;
use crate::render::chart::drawing::{Anchor, Drawing, NAMES};
use crate::render::chart::part::{AXIS, Chart, class, heading, time_axis};
use crate::render::chart::scale::TimeAxis;
use crate::render::view::View;
use crate::report::model::Report;
use crate::window::{Period, Side};

/// Runs that have a bar: those that occupy most of the minute.
const RUNS: usize = 120;
/// Runs to which each has the name of its job beside it.
const NAMED: usize = 30;
/// Height of a row with a name, and of one without.
const ROWS: [f64; 2] = [16.0, 5.0];
/// Height of the skyline, and where it begins.
const SKYLINE: f64 = 44.0;
const HEAD: f64 = 40.0;
/// Where the bars begin, a share of the width.
const LEFT: f64 = NAMES + 0.02;
/// Least width of a bar: runs of some milliseconds are seen too.
const LEAST: f64 = 0.006;

/// `None` when the report holds no busiest minute.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let minutes = Side::BOTH.map(|side| (side, report.pictures.busiest_minute.get(side).as_ref()));
    let minutes: Vec<(Side, &Minute)> = minutes.into_iter().filter_map(|(s, m)| Some((s, m?))).collect();
    if minutes.is_empty() {
        return None;
    }
    let highest = minutes.iter().map(|(_, minute)| most(&skyline(minute))).max().unwrap_or(1).max(1);
    let drawings = minutes.iter().map(|(side, minute)| draw(report, view, *side, minute, highest)).collect();
    let hidden = |(_, minute): &(Side, &Minute)| minute.runs_left_out + not_drawn(minute);
    let hidden: u64 = minutes.iter().map(hidden).sum();
    let mut note = "Each bar is a run, in the order of their starts. Above them is how many ran at once, on one scale \
                    in both windows; the upright line is the first moment at which the most did. Times are UTC."
        .to_owned();
    if hidden > 0 {
        note.push_str(&format!(" {} not drawn.", figure::counted(hidden, "run is", "runs are")));
    }
    Some(Chart { title: "The busiest minute".to_owned(), note, drawings, left_out: None })
}

/// The runs with a bar, by their starts.
fn rows(minute: &Minute) -> Vec<&MinuteRun> {
    let mut runs: Vec<&MinuteRun> = minute.runs.iter().collect();
    runs.sort_by_key(|run| std::cmp::Reverse(inside(run, minute)));
    runs.truncate(RUNS);
    runs.sort_by(|a, b| (a.start, a.end, &a.job).cmp(&(b.start, b.end, &b.job)));
    runs
}

fn not_drawn(minute: &Minute) -> u64 {
    minute.runs.len().saturating_sub(RUNS) as u64
}

/// The part of a run that lies in the minute, µs.
fn inside(run: &MinuteRun, minute: &Minute) -> i64 {
    run.end.min(end_of(minute)).since(run.start.max(minute.start)).us().max(0)
}

fn end_of(minute: &Minute) -> Timestamp {
    minute.start.plus(Span(MINUTE_US))
}

/// How many ran at once from each instant on, the first at the start of the minute.
fn skyline(minute: &Minute) -> Vec<(Timestamp, i64)> {
    let end = end_of(minute);
    let mut steps: Vec<(Timestamp, i64)> = vec![(minute.start, 0)];
    for run in minute.runs.iter().filter(|run| inside(run, minute) > 0) {
        steps.push((run.start.max(minute.start), 1));
        steps.push((run.end.min(end), -1));
    }
    // A run that ends as another starts does not overlap it: the fall comes first.
    steps.sort();
    let mut level = 0;
    let mut line: Vec<(Timestamp, i64)> = Vec::new();
    for (at, step) in steps {
        level += step;
        match line.last_mut().filter(|last| last.0 == at) {
            Some(last) => last.1 = level,
            None => line.push((at, level)),
        }
    }
    line
}

fn most(skyline: &[(Timestamp, i64)]) -> i64 {
    skyline.iter().map(|(_, level)| *level).max().unwrap_or(0)
}

fn draw(report: &Report, view: &View, side: Side, minute: &Minute, highest: i64) -> String {
    let axis = TimeAxis { period: Period { start: minute.start, end: end_of(minute) } };
    let place = |at: Timestamp| LEFT + (1.0 - LEFT) * axis.place(at);
    let runs = rows(minute);
    let [named, thin] = ROWS;
    let row = if runs.len() <= NAMED { named } else { thin };
    let (foot, first) = (HEAD + SKYLINE, HEAD + SKYLINE + 8.0);
    let bottom = first + row * runs.len() as f64;
    let mut drawing = Drawing::of_jobs(runs.iter().map(|run| run.job.as_str()));
    let period = figure::period(minute.start, end_of(minute));
    drawing.text("side", Anchor::Start, 0.0, 13.0, heading(view, side));
    drawing.text("small", Anchor::End, 1.0, 13.0, &period);
    time_axis(&mut drawing, &axis, 3, &place, [HEAD, bottom]);
    drawing.path(&format!("sky {}", class(side)), HEAD, SKYLINE, &[outline(minute, highest, &place)]);
    drawing.line("base", (LEFT, foot), (1.0, foot));
    let (peak, at) = (figure::count(report.totals.get(side).concurrency.peak), place(minute.peak_at));
    drawing.text("small", Anchor::Start, 0.0, foot - 2.0, &format!("{peak} at once"));
    drawing.line("peak-mark", (at, HEAD - 4.0), (at, bottom));
    for (nth, run) in runs.iter().enumerate() {
        let top = first + row * nth as f64;
        if row >= named {
            drawing.job_beside(top + 12.0, &run.job);
        }
        let from = place(run.start).min(1.0 - LEAST);
        let ends = [from, place(run.end).max(from + LEAST)];
        drawing.named(&said(run), |inner| inner.rect(class(side), ends, top + 1.0 + row / 4.0, row / 2.0));
    }
    let title = format!("{}, {period}", heading(view, side));
    drawing.finish(&format!("minute-{}", class(side)), &title, &description(minute, &peak), bottom + AXIS)
}

/// The skyline as a closed outline: places and shares of the highest level of both windows.
fn outline(minute: &Minute, highest: i64, place: &dyn Fn(Timestamp) -> f64) -> Vec<(f64, f64)> {
    let line = skyline(minute);
    let ends = line.iter().skip(1).map(|(at, _)| *at).chain([end_of(minute)]);
    let steps = line.iter().zip(ends).flat_map(|((from, level), to)| {
        let share = *level as f64 / highest as f64;
        [(place(*from), share), (place(to), share)]
    });
    std::iter::once((LEFT, 0.0)).chain(steps).chain([(1.0, 0.0)]).collect()
}

fn said(run: &MinuteRun) -> String {
    let length = figure::duration(run.end.since(run.start).as_ms());
    format!("{}: {length}, {}", legible::name(&run.job), figure::period(run.start, run.end))
}

fn description(minute: &Minute, peak: &str) -> String {
    let runs = minute.runs.len() as u64 + minute.runs_left_out;
    format!(
        "{} in this minute, at most {peak} at once, first at {}.",
        figure::counted(runs, "run", "runs"),
        figure::instant(minute.peak_at)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SECOND_US;

    fn minute(runs: &[(i64, i64)]) -> Minute {
        let run = |&(start, end): &(i64, i64)| MinuteRun {
            job: format!("{start} to {end}"),
            start: Timestamp(start * SECOND_US),
            end: Timestamp(end * SECOND_US),
        };
        let runs = runs.iter().map(run).collect();
        Minute { start: Timestamp(0), peak_at: Timestamp(0), runs, runs_left_out: 0 }
    }

    #[test]
    fn the_skyline_counts_runs_and_not_jobs() {
        let seconds: Vec<(i64, i64)> = skyline(&minute(&[(-5, 10), (10, 20), (15, 90), (15, 16)]))
            .into_iter()
            .map(|(at, level)| (at.us() / SECOND_US, level))
            .collect();
        assert_eq!(seconds, [(0, 1), (10, 1), (15, 3), (16, 2), (20, 1), (60, 0)]);
        assert_eq!(most(&skyline(&minute(&[]))), 0);
    }

    #[test]
    fn the_runs_that_occupy_most_have_a_bar_by_their_starts() {
        let short: Vec<(i64, i64)> = (0..50).cycle().map(|nth| (nth, nth + 1)).take(RUNS).collect();
        let minute = minute(&[short.as_slice(), &[(40, 90), (30, 50)]].concat());
        let rows = rows(&minute);
        assert_eq!((rows.len(), not_drawn(&minute)), (RUNS, 2));
        assert!(rows.iter().any(|run| run.job == "40 to 90") && rows.iter().any(|run| run.job == "30 to 50"));
        assert!(rows.is_sorted_by_key(|run| run.start));
    }
}
