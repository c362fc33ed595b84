//! The cycle: a strip of cells a window, darker where more runs start; below it the jobs, of many jobs those
//! that moved.

use std::collections::BTreeMap;

use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::start_rates::StartRates;
use crate::analysis::figures::window::JobWindow;
use crate::figure;
use crate::render::chart::drawing::{Anchor, Drawing, NAMES};
use crate::render::chart::part::{AXIS, Chart, KEY, class, heading, key, left_out, mark};
use crate::render::chart::scale::Ratios;
use crate::render::view::{View, picture};
use crate::report::model::Report;
use crate::window::{PerSide, Side};

/// Jobs that all have a row; of more, those that moved.
const FEW: usize = 12;
/// Rows of jobs that moved.
const MOVED: usize = 24;
/// Parts of a cycle that a job's row tells apart.
const PARTS: f64 = 120.0;
/// Cells of a strip; a cycle of more has several strips below each other.
const ACROSS: usize = 60;
/// Height of one strip, and of a strip among several.
const STRIPS: [f64; 2] = [24.0, 8.0];
/// Height of a job's row, and of its marks above and below its line.
const ROW: f64 = 32.0;
const RUG: f64 = 11.0;
/// Where cells and marks begin, a share of the width.
const LEFT: f64 = NAMES + 0.03;
/// Width of a mark that is still seen on a phone.
const LEAST: f64 = 0.009;
/// Shades of cells, and the least share of the busiest cell that has one of its own.
const SHADES: f64 = 5.0;
const PALEST: f64 = 0.01;

/// `None` when nothing started.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let starts = view.starts.as_ref()?;
    let cycle = Cycle { seconds: report.cycle_s, part: (report.cycle_s / PARTS).ceil().max(1.0) };
    let (jobs, all) = rows(report);
    let mut drawing = Drawing::of_jobs(jobs.iter().map(|job| job.name.as_str()));
    key(&mut drawing, view);
    let mut y = KEY;
    let cells = StripCells::of(report);
    if let Some(cells) = &cells {
        for side in Side::BOTH {
            y = cells.draw(&mut drawing, report, view, side, y);
        }
        y += AXIS;
    }
    let top = y;
    for job in &jobs {
        row(&mut drawing, job, &cycle, y);
        y += ROW;
    }
    if !jobs.is_empty() {
        quarters(&mut drawing, cycle.seconds, [top, y]);
        y += AXIS;
    }
    Some(Chart {
        title: starts.title.clone(),
        note: note(cells.as_ref(), jobs.len(), all),
        drawings: vec![drawing.finish("starts", &starts.title, &description(report, view), y)],
        left_out: left_out(all, jobs.len(), "job", "jobs").filter(|_| !jobs.is_empty()),
    })
}

fn note(cells: Option<&StripCells>, rows: usize, all: usize) -> String {
    let mut parts = Vec::new();
    if let Some(cells) = cells {
        parts.push(format!(
            "Each cell is {} of the cycle; the more runs start there, the darker it is, on one scale in both \
             windows; the figure is the mean number of starts in the busiest cell.",
            figure::span(cells.0.part_seconds)
        ));
    }
    if rows == 0 {
        parts.push("No job moved.".to_owned());
    } else if rows < all {
        parts.push("Below, the jobs that moved.".to_owned());
    }
    if rows > 0 {
        parts.push(
            "Above a job's line: before; below: after. A mark is as long as its share of the job's runs."
                .to_owned(),
        );
    }
    parts.join(" ")
}

/// The jobs with a row, and how many started: all of few; of many those with another main place than before,
/// by their place after.
fn rows(report: &Report) -> (Vec<&JobReport>, usize) {
    let mut jobs: Vec<&JobReport> = report.jobs.iter().filter(|job| job.started()).collect();
    let all = jobs.len();
    let places = |job: &JobReport| PerSide::of(|side| job.get(side).start_places.main);
    if all > FEW {
        jobs.retain(|job| places(job).both().is_some_and(|places| places.baseline != places.stagger));
    }
    let order = |job: &&JobReport| {
        let PerSide { baseline, stagger } = places(job);
        let place = stagger.or(baseline);
        (place.is_none(), place, job.name.clone())
    };
    jobs.sort_by_cached_key(order);
    jobs.truncate(MOVED);
    (jobs, all)
}

/// The cycle and the parts of it that a row tells apart, seconds.
struct Cycle {
    seconds: f64,
    part: f64,
}

impl Cycle {
    /// From and to of the part that `second` lies in; wide enough to be seen.
    fn ends(&self, second: u32) -> [f64; 2] {
        let from = across((f64::from(second) / self.part).floor() * self.part / self.seconds);
        let width = ((1.0 - LEFT) * self.part / self.seconds * 0.75).max(LEAST);
        let from = from.min(1.0 - width);
        [from, from + width]
    }
}

/// The place of a share of the cycle.
fn across(share: f64) -> f64 {
    LEFT + share * (1.0 - LEFT)
}

/// The cells of the strips.
struct StripCells(StartRates);

impl StripCells {
    fn of(report: &Report) -> Option<Self> {
        let seconds = report.windows.as_ref().map(|window| window.seconds);
        StartRates::of(&report.pictures.starts, seconds, report.cycle_s).map(Self)
    }

    /// The shade of a cell, from 1 to [`SHADES`]: equal steps are equal ratios. `None` for an empty cell.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 1 to the number of shades
    fn shade(&self, rate: f64) -> Option<u8> {
        let scale = Ratios { from: PALEST * self.0.highest, to: self.0.highest };
        (rate > 0.0).then(|| (scale.place(rate) * SHADES).ceil().max(1.0) as u8)
    }

    /// One window; gives where it ends.
    fn draw(&self, drawing: &mut Drawing, report: &Report, view: &View, side: Side, top: f64) -> f64 {
        let rates = self.0.of_parts.get(side);
        let lines = rates.len().div_ceil(ACROSS).max(1);
        let height = if lines == 1 { STRIPS[0] } else { STRIPS[1] };
        let bottom = top + height * lines as f64;
        drawing.text("name", Anchor::Start, 0.0, top + 10.0, heading(view, side));
        drawing.text("value", Anchor::Start, 0.0, top + 24.0, &self.most(report, side));
        let columns = rates.len().clamp(1, ACROSS);
        let mut shaded: BTreeMap<u8, Vec<Vec<(f64, f64)>>> = BTreeMap::new();
        for (cell, rate) in rates.iter().enumerate() {
            let Some(shade) = self.shade(*rate) else { continue };
            let (line, column) = (cell / ACROSS, cell % ACROSS);
            let [left, right] = [column, column + 1].map(|column| across(column as f64 / columns as f64));
            let [high, low] = [line, line + 1].map(|line| 1.0 - line as f64 / lines as f64);
            shaded.entry(shade).or_default().push(vec![
                (left, high),
                (right, high),
                (right, low),
                (left, low),
            ]);
        }
        for (shade, cells) in shaded {
            drawing.path(&format!("cells shade-{shade}"), top, bottom - top, &cells);
        }
        drawing.frame("base", [LEFT, 1.0], top, bottom - top);
        let seconds = if lines == 1 { report.cycle_s } else { report.cycle_s / lines as f64 };
        if side == Side::Stagger {
            quarters(drawing, seconds, [bottom, bottom]);
        }
        bottom + 8.0
    }

    /// `4 at :00`
    fn most(&self, report: &Report, side: Side) -> String {
        self.0.most(side).map_or_else(
            || "no start".to_owned(),
            |(second, rate)| format!("{} at {}", figure::number(rate), figure::place(second, report.cycle_s)),
        )
    }
}

/// One job: its name, its main places, and its starts on a line.
fn row(drawing: &mut Drawing, job: &JobReport, cycle: &Cycle, top: f64) {
    let places = PerSide::of(|side| main_place(job.get(side), cycle));
    drawing.job(top + 12.0, &job.name);
    drawing.text(
        "value",
        Anchor::Start,
        0.0,
        top + 26.0,
        &format!("{} → {}", places.baseline, places.stagger),
    );
    let line = top + ROW / 2.0;
    drawing.line("base", (LEFT, line), (1.0, line));
    let mains = PerSide::of(|side| job.get(side).start_places.main).both();
    if let Some(mains) = mains {
        let ends = mains.map(|second| f64::midpoint(cycle.ends(second)[0], cycle.ends(second)[1]));
        drawing.line("move", (ends.baseline, line), (ends.stagger, line));
    }
    for side in Side::BOTH {
        for (second, share) in shares(job.get(side), cycle) {
            let height = (share * RUG).max(2.5);
            let y = if side == Side::Baseline { line - 1.0 - height } else { line + 1.0 };
            let at = figure::place(second, cycle.seconds);
            drawing.named(&format!("{at}: {} of its runs", figure::percent(share)), |inner| {
                inner.rect(class(side), cycle.ends(second), y, height);
            });
        }
    }
}

/// The main place of a job, in words.
fn main_place(window: &JobWindow, cycle: &Cycle) -> String {
    match window.start_places.main {
        Some(place) => figure::place(place, cycle.seconds),
        None if window.started > 0 => "spread".to_owned(),
        None => figure::ABSENT.to_owned(),
    }
}

/// The share of a job's runs that starts in each part of the cycle; of its main place alone where no more is
/// known.
fn shares(window: &JobWindow, cycle: &Cycle) -> BTreeMap<u32, f64> {
    let mut parts: BTreeMap<u32, u64> = BTreeMap::new();
    let main = window.start_places.main.map(|place| vec![(place, window.started)]);
    let starts = window.start_seconds.clone().or(main).unwrap_or_default();
    let total: u64 = starts.iter().map(|(_, runs)| runs).sum();
    for (second, runs) in starts {
        *parts.entry(start_of_part(second, cycle)).or_default() += runs;
    }
    parts.into_iter().map(|(second, runs)| (second, runs as f64 / total.max(1) as f64)).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a second of a cycle of some days at most
fn start_of_part(second: u32, cycle: &Cycle) -> u32 {
    ((f64::from(second) / cycle.part).floor() * cycle.part) as u32
}

/// Marks at the quarters of a stretch of the cycle.
fn quarters(drawing: &mut Drawing, seconds: f64, [top, bottom]: [f64; 2]) {
    for quarter in 0..4_u32 {
        let share = f64::from(quarter) / 4.0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a second of a cycle
        let label = figure::place((share * seconds) as u32, seconds);
        mark(drawing, across(share), top, bottom, &label);
    }
}

fn description(report: &Report, view: &View) -> String {
    let of = |side: Side| {
        let (places, spread) = picture::main_places(report, side);
        let mut order: Vec<(u64, u32)> = places.iter().map(|(&place, &jobs)| (jobs, place)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut parts: Vec<String> = order
            .iter()
            .take(8)
            .map(|(jobs, place)| {
                let jobs = figure::counted(*jobs, "job", "jobs");
                format!("{jobs} at {}", figure::place(*place, report.cycle_s))
            })
            .collect();
        parts.extend(left_out(order.len(), 8, "more place", "more places"));
        if spread > 0 {
            parts.push(format!("{} spread", figure::counted(spread, "job", "jobs")));
        }
        if parts.is_empty() {
            parts.push("no job".to_owned());
        }
        format!("{}: {}.", heading(view, side), parts.join(", "))
    };
    Side::BOTH.map(of).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        crate::render::sample::reports().unwrap().remove(0).1
    }

    #[test]
    fn of_many_jobs_those_that_moved_have_a_row() {
        let mut report = report();
        let like = report.jobs.iter().find(|job| job.stagger.started > 0).unwrap().clone();
        let jobs = |count: u32| -> Vec<JobReport> {
            let of = |nth: u32| {
                let mut job = like.clone();
                job.name = format!("job {nth:03}");
                (job.baseline.started, job.stagger.started) = (10, 10);
                job.baseline.start_places.main = Some(0);
                job.stagger.start_places.main = Some(if nth.is_multiple_of(10) { 59 - nth % 60 } else { 0 });
                job
            };
            (0..count).map(of).collect()
        };
        report.jobs = jobs(12);
        assert_eq!((rows(&report).0.len(), rows(&report).1), (12, 12));
        report.jobs = jobs(40);
        let (moved, all) = rows(&report);
        let names: Vec<&str> = moved.iter().map(|job| job.name.as_str()).collect();
        assert_eq!((names, all), (vec!["job 030", "job 020", "job 010", "job 000"], 40));
        report.jobs = jobs(400);
        assert_eq!((rows(&report).0.len(), rows(&report).1), (MOVED, 400));
    }

    #[test]
    fn cells_show_forty_starts_beside_one() {
        let mut report = report();
        let seconds = report.cycle_s;
        report.windows = report.windows.map(|window| crate::report::model::WindowFacts { seconds, ..window });
        report.pictures.starts = PerSide { baseline: vec![40, 0, 1], stagger: vec![1, 8, 8] };
        let cells = StripCells::of(&report).unwrap();
        let shades = cells
            .0
            .of_parts
            .as_ref()
            .map(|rates| rates.iter().map(|rate| cells.shade(*rate)).collect::<Vec<_>>());
        assert_eq!(shades.baseline, [Some(5), None, Some(1)]);
        assert_eq!(shades.stagger, [Some(1), Some(4), Some(4)]);
        report.pictures.starts = PerSide::default();
        assert!(StripCells::of(&report).is_none(), "an older report has none");
    }

    #[test]
    fn where_no_job_moved_the_note_says_so() {
        assert_eq!(note(None, 0, 40), "No job moved.");
        assert!(note(None, 3, 40).starts_with("Below, the jobs that moved."));
    }
}
