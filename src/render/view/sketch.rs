//! Pictures over time and over lengths of time, in text: for mails and terminals what charts are for a
//! browser.

use crate::analysis::figures::pictures::LevelSeries;
use crate::clock::{SECOND_US, Timestamp};
use crate::figure::{self, FEW_RUNS};
use crate::legible;
use crate::render::chart::scale::Ratios;
use crate::render::view::Picture;
use crate::render::view::change::{self, DurationRow};
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
    let series = report.pictures.levels_in_equal_steps();
    let peaks = || series.iter().flat_map(|series| series.points.iter().map(|point| point.peak));
    let highest = peaks().max().filter(|peak| *peak > 0)?;
    let joined = series.iter().map(|series| steps(series).div_ceil(COLUMNS)).max().unwrap_or(1).max(1);
    let heads = super::text::heads(report);
    let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0);
    let lines = Side::BOTH.into_iter().flat_map(|side| {
        let head = heads.get(side);
        let facts = &report.totals.get(side).concurrency;
        let series = series.get(side);
        let step = figure::span(series.bucket_seconds as f64 * joined as f64);
        let figures = format!(
            "most {}, mean {}; a column is {step}",
            figure::count(facts.peak),
            figure::number(facts.mean)
        );
        let pad = " ".repeat(width - head.chars().count());
        let bars = strip(series, joined, highest);
        [format!("{head}{pad}  {bars}"), format!("{}  {figures}", " ".repeat(width))]
    });
    Some(Picture { title: "Most running at once, over time".to_owned(), lines: lines.collect() })
}

/// Which step of a series an instant lies in, from its first.
fn nth(series: &LevelSeries, at: Timestamp) -> usize {
    let first = series.points.first().map_or(at, |point| point.at);
    let bucket_us = (series.bucket_seconds * SECOND_US).max(1);
    usize::try_from(at.since(first).us() / bucket_us).unwrap_or(0)
}

fn steps(series: &LevelSeries) -> usize {
    series.points.last().map_or(0, |last| nth(series, last.at) + 1)
}

/// Columns of the highest level, each of so many steps `joined`. Steps that were not observed are gaps.
fn strip(series: &LevelSeries, joined: usize, highest: u64) -> String {
    let mut columns: Vec<Option<f64>> = vec![None; steps(series).div_ceil(joined)];
    for point in &series.points {
        if let Some(column) = columns.get_mut(nth(series, point.at) / joined) {
            *column = Some(column.unwrap_or(0.0).max(point.peak as f64));
        }
    }
    if columns.is_empty() { figure::ABSENT.to_owned() } else { sparkline(&columns, highest as f64) }
}

/// How the median of each job changed, on one scale of ratios. `None` when no run completed.
pub(super) fn durations(report: &Report) -> Option<Picture> {
    let (rows, _) = change::durations(report, JOBS);
    let scale = change::scale(&rows);
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(format!("{}: {}", legible::name(&row.job.name), row.verdict()));
        lines.push(format!("  {}  {}", track(row, scale), row.medians_text()));
    }
    lines.push(format!("  {}", labels(scale)));
    let title = "How the median duration of each job changed: ○ before, ● after".to_owned();
    (!rows.is_empty()).then_some(Picture { title, lines })
}

/// From before to after; each run where they are too few for a median.
fn track(row: &DurationRow<'_>, scale: Ratios) -> String {
    let mut track = ['·'; TRACK];
    let Some(before) = row.before() else { return track.iter().collect() };
    let column = |ms: f64| column(scale, ms / before);
    track[column(before)] = '┊';
    let medians = row.medians();
    if let Some(medians) = medians {
        let ends = medians.map(column);
        track[ends.baseline.min(ends.stagger)..=ends.baseline.max(ends.stagger)].fill('━');
    }
    for (side, dot) in [(Side::Baseline, '○'), (Side::Stagger, '●')] {
        match row.facts.get(side) {
            Some(facts) if medians.is_some() || facts.n >= FEW_RUNS => track[column(facts.median)] = dot,
            _ => row.few(side).into_iter().for_each(|ms| track[column(ms)] = '│'),
        }
    }
    track.iter().collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share of the columns
fn column(scale: Ratios, ratio: f64) -> usize {
    ((scale.place(ratio) * TRACK as f64) as usize).min(TRACK - 1)
}

/// The marks of the scale where they stand.
fn labels(scale: Ratios) -> String {
    let mut marks = change::marks(scale, 0.3);
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut line = String::new();
    for (ratio, label) in marks {
        let room = column(scale, ratio).saturating_sub(line.chars().count());
        line.push_str(&format!("{}╵{label}", " ".repeat(room)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::duration::DurationFacts;
    use crate::analysis::figures::pictures::LevelStep;

    #[test]
    fn many_steps_are_joined_by_their_highest() {
        let point = |second: i64, peak| LevelStep { at: Timestamp(second * SECOND_US), peak, mean: 0.0 };
        let mut points: Vec<LevelStep> = (0..96).map(|second| point(second, 1)).collect();
        points[3].peak = 8;
        points.drain(10..20);
        let series = LevelSeries { bucket_seconds: 1, points };
        let bars = strip(&series, steps(&series).div_ceil(COLUMNS), 8);
        assert_eq!(bars.chars().count(), 48);
        assert!(bars.starts_with("▁█▁▁▁·····▁"), "{bars}");
    }

    #[test]
    fn a_job_is_drawn_from_before_to_after() {
        let (_, mut report) = crate::render::sample::reports().unwrap().remove(0);
        report.jobs.retain(|job| job.stagger.duration_ms.is_some());
        report.jobs.truncate(2);
        let like = report.jobs[0].stagger.duration_ms.unwrap();
        let facts = |median| Some(DurationFacts { n: 100, median, p95: median, ..like });
        (report.jobs[0].baseline.duration_ms, report.jobs[0].stagger.duration_ms) =
            (facts(10.0), facts(20.0));
        report.jobs[1].baseline.duration_ms = None;
        let lines = durations(&report).unwrap().lines;
        let [changed, alone] =
            [&lines[1], &lines[3]].map(|line| line.trim_start().split(' ').next().unwrap());
        assert!(changed.contains("○━") && changed.contains("━●"), "{changed}");
        assert_eq!(alone, "·".repeat(TRACK));
    }
}
