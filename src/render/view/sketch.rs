//! Pictures over time and over lengths of time, in text: for mails and terminals what charts are for a
//! browser.

use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::pictures::LevelSeries;
use crate::analysis::figures::window::JobWindow;
use crate::figure;
use crate::legible;
use crate::render::chart::scale::Scale;
use crate::render::view::Picture;
use crate::render::view::job::JobRow;
use crate::render::view::picture::sparkline;
use crate::report::model::Report;
use crate::window::Side;

/// Columns of a line of levels.
const COLUMNS: usize = 48;
/// Columns of a line of durations.
const TRACK: usize = 28;
/// Jobs whose durations are sketched.
const JOBS: usize = 8;

/// The highest level of each stretch of time. `None` when the report holds no levels, or nothing ran.
pub(super) fn levels(report: &Report) -> Option<Picture> {
    let series = Side::BOTH.map(|side| report.pictures.levels.get(side));
    let highest =
        series.iter().flat_map(|s| s.points.iter().map(|p| p.peak)).max().filter(|peak| *peak > 0)?;
    let heads = heads(report);
    let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0);
    let lines = Side::BOTH.into_iter().zip(series).zip(heads).flat_map(|((side, series), head)| {
        let facts = &report.totals.get(side).concurrency;
        let (bars, step) = strip(series, highest);
        let figures = format!(
            "most {}, mean {}; a column is {step}",
            figure::count(facts.peak),
            figure::number(facts.mean)
        );
        let pad = " ".repeat(width - head.chars().count());
        [format!("{head}{pad}  {bars}"), format!("{}  {figures}", " ".repeat(width))]
    });
    Some(Picture { title: "Running at once, over time".to_owned(), lines: lines.collect() })
}

fn heads(report: &Report) -> [String; 2] {
    [0, 1].map(|side| super::text::heading(&report.deployment.labels[side]).to_lowercase())
}

/// Columns of the highest level, and how long each is. Steps that were not observed are gaps.
fn strip(series: &LevelSeries, highest: u64) -> (String, String) {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else {
        return (figure::ABSENT.to_owned(), figure::ABSENT.to_owned());
    };
    let bucket_us = (series.bucket_seconds * crate::clock::SECOND_US).max(1);
    let nth = |at: crate::clock::Timestamp| usize::try_from(at.since(first.at).us() / bucket_us).unwrap_or(0);
    let joined = (nth(last.at) + 1).div_ceil(COLUMNS);
    let mut columns: Vec<Option<f64>> = vec![None; nth(last.at) / joined + 1];
    for point in &series.points {
        if let Some(column) = columns.get_mut(nth(point.at) / joined) {
            *column = Some(column.unwrap_or(0.0).max(point.peak as f64));
        }
    }
    (sparkline(&columns, highest as f64), figure::span(series.bucket_seconds as f64 * joined as f64))
}

/// The median of each job with its interval, before and after, on one scale. `None` when no run completed.
pub(super) fn durations(report: &Report, first: &[JobRow]) -> Option<Picture> {
    let measured = |job: &JobReport| Side::BOTH.iter().any(|side| job.get(*side).duration_ms.is_some());
    let jobs: Vec<(&JobRow, &JobReport)> = first
        .iter()
        .filter_map(|row| Some((row, report.jobs.iter().find(|job| job.name == row.name)?)))
        .filter(|(_, job)| measured(job))
        .take(JOBS)
        .collect();
    let windows = || jobs.iter().flat_map(|(_, job)| Side::BOTH.map(|side| job.get(side)));
    let ends = windows().filter_map(|w| w.duration_ms.map(|facts| range(&facts))).flatten();
    let scale = Scale::of(ends)?;
    let heads = heads(report);
    let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (row, job) in &jobs {
        lines.push(format!("{} ({})", legible::name(&job.name), row.verdict));
        let figures = [&row.median_before, &row.median];
        for ((side, head), figure) in Side::BOTH.into_iter().zip(&heads).zip(figures) {
            let pad = " ".repeat(width - head.chars().count());
            lines.push(format!("  {head}{pad}  {}  {figure}", track(job.get(side), side, scale)));
        }
    }
    lines.push(format!("  {}  {}", " ".repeat(width), labels(scale)));
    Some(Picture { title: "Median durations with their 95 % intervals".to_owned(), lines })
}

/// Least and most of what is drawn.
fn range(facts: &DurationFacts) -> [f64; 2] {
    facts.median_interval.map_or([facts.min, facts.max], |[low, high]| [low, high])
}

/// A dot with its interval; each run where they are too few for one.
fn track(window: &JobWindow, side: Side, scale: Scale) -> String {
    let mut track = vec!['·'; TRACK];
    let Some(facts) = window.duration_ms else { return track.into_iter().collect() };
    let [low, high] = range(&facts).map(|end| column(scale, end));
    if facts.median_interval.is_some() {
        track[low..=high.max(low)].fill('─');
        track[column(scale, facts.median)] = if side == Side::Baseline { '○' } else { '●' };
    } else {
        let table = window.duration_table.iter().flatten();
        let runs = table.map(|(us, _)| *us as f64 / 1_000.0).chain([facts.min, facts.max]);
        runs.for_each(|run| track[column(scale, run)] = '│');
    }
    track.into_iter().collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share of the columns
fn column(scale: Scale, value: f64) -> usize {
    ((scale.place(value) * TRACK as f64) as usize).min(TRACK - 1)
}

/// The marks of the scale where they stand, as many as have room.
fn labels(scale: Scale) -> String {
    let mut line = String::new();
    for mark in scale.marks() {
        let label = format!("╵{}", figure::duration(mark));
        let (at, end) = (column(scale, mark), line.chars().count());
        if at >= end + usize::from(end > 0) && at + label.chars().count() <= TRACK + 6 {
            line.push_str(&" ".repeat(at - end));
            line.push_str(&label);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::pictures::LevelStep;
    use crate::clock::{SECOND_US, Timestamp};

    #[test]
    fn many_steps_are_joined_by_their_highest() {
        let point = |second: i64, peak| LevelStep { at: Timestamp(second * SECOND_US), peak, mean: 0.0 };
        let mut points: Vec<LevelStep> = (0..96).map(|second| point(second, 1)).collect();
        points[3].peak = 8;
        points.drain(10..20);
        let (bars, step) = strip(&LevelSeries { bucket_seconds: 1, points }, 8);
        assert_eq!(step, "2 s");
        assert_eq!(bars.chars().count(), 48);
        assert!(bars.starts_with("▁█▁▁▁·····▁"), "{bars}");
    }

    #[test]
    fn a_window_without_durations_is_an_empty_track() {
        let track = track(&JobWindow::default(), Side::Stagger, Scale::Linear { to: 1.0 });
        assert_eq!(track, "·".repeat(TRACK));
    }
}
