//! Which run occupies which time, and how they meet.

use std::collections::BTreeSet;

use jobdelta::clock::Timestamp;
use jobdelta::observation::{Levels, Overlap};
use jobdelta::run::Status;

use super::{Question, Row, SECOND, count};

/// A run's stretch of time, `start <= t < end`.
#[derive(Clone, Debug)]
pub struct Occupancy {
    pub job: String,
    pub start: i64,
    pub end: i64,
}

impl Occupancy {
    fn at(&self, instant: i64) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Observed time that it covers.
    pub fn observed_us(&self, observed: &[(i64, i64)]) -> i64 {
        observed.iter().map(|&(from, to)| (self.end.min(to) - self.start.max(from)).max(0)).sum()
    }
}

/// The time that a row occupies in a window, if any.
pub fn of_row(row: &Row, question: &Question, side: usize) -> Option<(i64, i64)> {
    let end = if row.status == Status::Running && question.still_runs(row) {
        question.observed(side).last()?.1
    } else if [Status::Running, Status::Skipped].contains(&row.status) {
        return None;
    } else {
        row.finished_us.filter(|at| *at >= row.started_us)?.max(row.started_us + 1)
    };
    Some((row.started_us, end)).filter(|(start, end)| start < end)
}

/// The occupancies of the runs that started in the window, whether observed there or not, or up to
/// `longest_run` before it.
pub fn occupancies(runs: &[Row], question: &Question, side: usize) -> Vec<Occupancy> {
    let from = question.windows[side].0 - question.longest_run_us;
    let near = runs.iter().filter(|row| from <= row.started_us && row.started_us < question.windows[side].1);
    near.filter_map(|row| {
        let (start, end) = of_row(row, question, side)?;
        Some(Occupancy { job: row.job.clone(), start, end })
    })
    .collect()
}

/// The observed part cut at every instant at which a run starts or ends.
fn pieces(occupancies: &[Occupancy], observed: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut found = Vec::new();
    for &(from, to) in observed {
        let edges = occupancies.iter().flat_map(|o| [o.start, o.end]).filter(|at| from < *at && *at < to);
        let cuts: BTreeSet<i64> = edges.chain([from, to]).collect();
        let cuts: Vec<i64> = cuts.into_iter().collect();
        found.extend(cuts.windows(2).map(|pair| (pair[0], pair[1])));
    }
    found
}

/// How many ran at once, for how long, and where that was most.
pub fn levels(occupancies: &[Occupancy], observed: &[(i64, i64)]) -> Levels {
    let level = |at: i64| occupancies.iter().filter(|o| o.at(at)).count();
    let pieces = pieces(occupancies, observed);
    let peak = pieces.iter().map(|piece| level(piece.0)).max().unwrap_or_default();
    let time_at_level_us = (0..=peak)
        .map(|wanted| pieces.iter().filter(|p| level(p.0) == wanted).map(|(from, to)| to - from).sum())
        .collect();
    let peak_at = pieces.iter().map(|piece| piece.0).find(|at| peak > 0 && level(*at) == peak);
    let jobs: BTreeSet<String> = peak_at
        .map(|at| occupancies.iter().filter(|o| o.at(at)).map(|o| o.job.clone()).collect())
        .unwrap_or_default();
    Levels { time_at_level_us, peak_at: peak_at.map(Timestamp), jobs_at_peak: jobs.into_iter().collect() }
}

/// How the runs of one job met each other. `rows` are those that started in the observed part.
pub fn overlap(job: &str, rows: &[&Row], occupancies: &[Occupancy], observed: &[(i64, i64)]) -> Overlap {
    let own: Vec<Occupancy> = occupancies.iter().filter(|o| o.job == job).cloned().collect();
    let mut starts: Vec<i64> =
        rows.iter().filter(|row| row.status != Status::Skipped).map(|row| row.started_us).collect();
    starts.sort_unstable();
    let busy_twice = |at: i64| own.iter().filter(|o| o.at(at)).count() >= 2;
    Overlap {
        overlapping_starts: starts
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|&at| {
                let together = count(starts.iter().filter(|start| **start == at));
                if own.iter().any(|o| o.start < at && o.at(at)) {
                    together
                } else if own.iter().any(|o| o.start == at) {
                    together - 1
                } else {
                    0
                }
            })
            .sum(),
        overlapped_us: pieces(&own, observed)
            .into_iter()
            .filter(|piece| busy_twice(piece.0))
            .map(|(from, to)| to - from)
            .sum(),
        busy_us: own.iter().map(|o| o.observed_us(observed)).sum(),
        suspected_duplicates: count(starts.windows(2).filter(|pair| pair[1] - pair[0] < SECOND)),
    }
}
