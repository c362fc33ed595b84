//! Pictures made of text: bars and sparklines. They read in a mail, on a phone and in a terminal.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::figure;
use crate::report::model::Report;
use crate::window::{PerSide, Side};

/// Places shown one by one; more are grouped into equal parts of the cycle.
const PLACES: usize = 12;
/// Rows of levels.
const LEVELS: usize = 8;
const BAR: usize = 10;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    pub title: String,
    pub lines: Vec<String>,
}

/// What is drawn in one row: a label, and a bar with its figure for each window.
struct BarRow {
    label: String,
    sides: PerSide<(u64, String)>,
}

/// How many jobs start at each place of the cycle. `None` when nothing started.
pub(super) fn starts(report: &Report) -> Option<Picture> {
    let sides = PerSide::of(|side| main_places(report, side));
    let spread = sides.as_ref().map(|(_, jobs)| *jobs);
    let mut counts = sides.map(|(places, _)| places);
    let mut places: BTreeSet<u32> = counts.iter().flat_map(|side| side.keys().copied()).collect();
    if places.is_empty() && spread.iter().all(|jobs| *jobs == 0) {
        return None;
    }
    let mut part_s = 0;
    if places.len() > PLACES {
        part_s = part_length(report.cycle_s);
        counts = counts.map(|side| in_parts(&side, part_s));
        places = counts.iter().flat_map(|side| side.keys().copied()).collect();
    }
    let counted = |jobs: u64| (jobs, figure::count(jobs));
    let of = |side: &BTreeMap<u32, u64>, place: u32| side.get(&place).copied().unwrap_or(0);
    let mut rows: Vec<BarRow> = places
        .into_iter()
        .map(|place| BarRow {
            label: place_label(place, part_s, report.cycle_s),
            sides: counts.as_ref().map(|side| counted(of(side, place))),
        })
        .collect();
    if spread.iter().any(|jobs| *jobs > 0) {
        rows.push(BarRow { label: "spread".to_owned(), sides: spread.map(counted) });
    }
    let title = format!("Where each job starts in the {}", cycle_word(report.cycle_s));
    Some(Picture { title, lines: bars(report, &rows) })
}

/// The share of the observed time with at least N runs at once. `None` when nothing ran.
pub(super) fn time_at_level(report: &Report) -> Option<Picture> {
    let shares = time_at_least(report)?;
    let highest = shares.iter().map(Vec::len).max().unwrap_or(0);
    let rows = round_levels(highest).into_iter().map(|level| {
        let sides = shares.as_ref().map(|shares| {
            let share = shares.get(level - 1).copied().unwrap_or(0.0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 1
            let permille = (share * 1_000.0).ceil() as u64;
            (permille, figure::percent(share))
        });
        BarRow { label: format!("{level}+"), sides }
    });
    Some(Picture {
        title: "How often N jobs ran together, or more".to_owned(),
        lines: bars(report, &rows.collect::<Vec<_>>()),
    })
}

/// For each level from 1 to the highest, the share of the observed time spent there or above. `None` when
/// nothing was observed or nothing ran.
pub(in crate::render) fn time_at_least(report: &Report) -> Option<PerSide<Vec<f64>>> {
    let shares = PerSide::of(|side| report.totals.get(side).concurrency.shares_at_least());
    let ran = shares.iter().any(|shares| !shares.is_empty());
    ran.then_some(shares)
}

/// At most [`LEVELS`] levels up to `highest`: each, or round ones.
pub(in crate::render) fn round_levels(highest: usize) -> Vec<usize> {
    if highest <= LEVELS {
        return (1..=highest).collect();
    }
    let round = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000];
    let mut levels: Vec<usize> = round.into_iter().filter(|level| *level < highest).collect();
    let most = levels.len().saturating_sub(LEVELS - 1);
    levels.drain(1..=most);
    levels.push(highest);
    levels
}

/// A line of blocks from 0 to `highest`; `·` where there is no value.
pub fn sparkline(values: &[Option<f64>], highest: f64) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    values
        .iter()
        .map(|value| match value {
            None => '·',
            Some(value) if highest > 0.0 => {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to the blocks
                let step = (value / highest * 8.0).ceil().clamp(1.0, 8.0) as usize - 1;
                BLOCKS.get(step).copied().unwrap_or('█')
            }
            Some(_) => '▁',
        })
        .collect()
}

/// Rows of bars, a column for each window. A bar is never shorter than one block unless it is zero.
fn bars(report: &Report, rows: &[BarRow]) -> Vec<String> {
    let highest = rows.iter().flat_map(|row| row.sides.iter().map(|side| side.0)).max().unwrap_or(0);
    let bar = |value: u64| {
        let length = if highest <= BAR as u64 { value } else { (value * BAR as u64).div_ceil(highest) };
        "█".repeat(usize::try_from(length).unwrap_or(BAR))
    };
    let cell = |(value, text): &(u64, String)| {
        if *value == 0 { String::new() } else { format!("{} {text}", bar(*value)) }
    };
    let line = |label: &str, PerSide { baseline, stagger }| [label.to_owned(), baseline, stagger];
    let mut table = vec![line("", super::text::heads(report))];
    table.extend(rows.iter().map(|row| line(&row.label, row.sides.as_ref().map(cell))));
    let widths = [0, 1].map(|column| table.iter().map(|line| line[column].width()).max().unwrap_or(0));
    table
        .iter()
        .map(|[label, before, after]| {
            let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width - text.width()));
            format!("{}  {}  {after}", pad(label, widths[0]), pad(before, widths[1])).trim_end().to_owned()
        })
        .collect()
}

/// For each place the jobs most of whose runs start there, and the number of jobs without such a place.
pub(in crate::render) fn main_places(report: &Report, side: Side) -> (BTreeMap<u32, u64>, u64) {
    let (mut places, mut spread) = (BTreeMap::new(), 0);
    for window in report.jobs.iter().map(|job| job.get(side)).filter(|window| window.started > 0) {
        match window.start_places.main {
            Some(place) => *places.entry(place).or_default() += 1,
            None => spread += 1,
        }
    }
    (places, spread)
}

/// Length in whole seconds of one of at most [`PLACES`] equal parts of the cycle.
fn part_length(cycle_s: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // cycles are whole seconds, at most some days
    let length = (cycle_s / PLACES as f64).ceil().max(1.0) as u32;
    length
}

fn in_parts(places: &BTreeMap<u32, u64>, part_s: u32) -> BTreeMap<u32, u64> {
    let mut binned = BTreeMap::new();
    for (place, jobs) in places {
        *binned.entry(place / part_s * part_s).or_default() += jobs;
    }
    binned
}

fn place_label(place: u32, part_s: u32, cycle_s: f64) -> String {
    let first = figure::place(place, cycle_s);
    if part_s > 1 { format!("{first}–{}", figure::place(place + part_s - 1, cycle_s)) } else { first }
}

fn cycle_word(cycle_s: f64) -> String {
    match figure::span(cycle_s).as_str() {
        "1 min" => "minute".to_owned(),
        "1 h" => "hour".to_owned(),
        "1 d" => "day".to_owned(),
        span => format!("cycle of {span}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_few_and_reach_the_highest() {
        assert_eq!(round_levels(3), [1, 2, 3]);
        assert_eq!(round_levels(40), [1, 2, 3, 5, 10, 20, 40]);
        let many = round_levels(1_500);
        assert!(many.len() <= LEVELS && many.ends_with(&[1_000, 1_500]), "{many:?}");
    }

    #[test]
    fn sparklines_start_at_zero_and_leave_gaps() {
        assert_eq!(sparkline(&[Some(0.0), None, Some(4.0), Some(8.0)], 8.0), "▁·▄█");
        assert_eq!(sparkline(&[Some(0.0)], 0.0), "▁");
        assert_eq!(sparkline(&[], 1.0), "");
    }
}
