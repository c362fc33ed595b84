//! The cycle: which job starts where, before and after.

use std::collections::BTreeMap;

use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::figure;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::part::{AXIS, KEY, class, heading, key, mark};
use crate::render::chart::part::{Chart, left_out};
use crate::render::view::{View, picture};
use crate::report::model::Report;
use crate::window::Side;

/// Most parts of the cycle that are told apart.
const PARTS: f64 = 120.0;
/// Half the height of the picture of all jobs.
const HALF: f64 = 46.0;
/// Height of a job's row.
const ROW: f64 = 58.0;
/// Height of a job's marks above and below its line.
const RUG: f64 = 12.0;
/// Width of a mark that is still seen on a phone.
const LEAST: f64 = 0.009;
/// Distance between labels that do not touch on a phone.
const APART: f64 = 0.05;

/// `None` when nothing started.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let starts = view.starts.as_ref()?;
    let cycle = Cycle { seconds: report.cycle_s, part: (report.cycle_s / PARTS).ceil().max(1.0) };
    let jobs: Vec<&JobReport> = view
        .jobs
        .first
        .iter()
        .filter_map(|row| report.jobs.iter().find(|job| job.name == row.name))
        .collect();
    let started = |job: &JobReport| Side::BOTH.iter().any(|side| job.get(*side).started > 0);
    let all = report.jobs.iter().filter(|job| started(job)).count();
    let jobs: Vec<&JobReport> = jobs.into_iter().filter(|job| started(job)).collect();
    let mut drawing = Drawing::default();
    key(&mut drawing, view);
    let mut y = KEY;
    let counted = Side::BOTH.iter().any(|side| !picture::main_places(report, *side).0.is_empty());
    if counted {
        together(&mut drawing, report, &cycle, y);
        axis(&mut drawing, &cycle, [KEY + 14.0, KEY + 2.0 * HALF + 16.0], false);
        y += 2.0 * HALF + 30.0;
    }
    let top = y;
    for job in &jobs {
        row(&mut drawing, job, &cycle, y);
        y += ROW;
    }
    axis(&mut drawing, &cycle, [top + 20.0, y], true);
    Some(Chart {
        title: starts.title.clone(),
        note: format!(
            "{}Before stands on a job's line, after hangs from it; a mark is as long as its share of the job's \
             runs.",
            if counted {
                "Each bar counts the jobs most of whose runs start there. Below, one line a job. "
            } else {
                ""
            }
        ),
        drawings: vec![drawing.finish("starts", &starts.title, &description(report, view), y + AXIS)],
        left_out: left_out(all, jobs.len(), "job", "jobs"),
    })
}

/// The cycle and its parts, seconds.
struct Cycle {
    seconds: f64,
    part: f64,
}

impl Cycle {
    fn place(&self, second: u32) -> f64 {
        f64::from(second) / self.seconds
    }

    /// From and to of the part that `second` lies in; wide enough to be seen.
    fn ends(&self, second: u32) -> [f64; 2] {
        let from = (f64::from(second) / self.part).floor() * self.part / self.seconds;
        let width = (self.part / self.seconds * 0.75).max(LEAST);
        let from = from.min(1.0 - width);
        [from, from + width]
    }
}

/// The first jobs of all at each place: before upwards, after downwards.
fn together(drawing: &mut Drawing, report: &Report, cycle: &Cycle, top: f64) {
    let sides = Side::BOTH.map(|side| (side, jobs_at(report, side, cycle)));
    let most = sides.iter().flat_map(|(_, places)| places.values().copied()).max().unwrap_or(1).max(1);
    let middle = top + HALF + 8.0;
    drawing.line("base", (0.0, middle), (1.0, middle));
    for (side, places) in &sides {
        let labelled = labelled(places, cycle);
        for (&place, &jobs) in places {
            let height = (jobs as f64 / most as f64 * (HALF - 12.0)).max(2.0);
            let (y, label_y) = match side {
                Side::Baseline => (middle - 1.0 - height, middle - height - 5.0),
                Side::Stagger => (middle + 1.0, middle + height + 14.0),
            };
            let ends = cycle.ends(place);
            let at = figure::place(place, cycle.seconds);
            drawing.named(&format!("{at}: {}", figure::counted(jobs, "job", "jobs")), |inner| {
                inner.rect(class(*side), ends, y, height);
                if labelled.contains(&place) {
                    let centre = f64::midpoint(ends[0], ends[1]);
                    let anchor = Anchor::inside(centre);
                    let x = if anchor == Anchor::Start { ends[0] } else { centre };
                    inner.text("value", anchor, x, label_y, &figure::count(jobs));
                }
            });
        }
    }
}

/// How many jobs have each part of the cycle as their main place.
fn jobs_at(report: &Report, side: Side, cycle: &Cycle) -> BTreeMap<u32, u64> {
    let mut parts = BTreeMap::new();
    for (place, jobs) in picture::main_places(report, side).0 {
        *parts.entry(start_of_part(place, cycle)).or_default() += jobs;
    }
    parts
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a second of a cycle of some days at most
fn start_of_part(second: u32, cycle: &Cycle) -> u32 {
    ((f64::from(second) / cycle.part).floor() * cycle.part) as u32
}

/// The places whose figures are written: the largest first, none too near another.
fn labelled(places: &BTreeMap<u32, u64>, cycle: &Cycle) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = places.iter().map(|(&place, &jobs)| (jobs, place)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<u32> = Vec::new();
    for (_, place) in order {
        if chosen.iter().all(|other| (cycle.place(*other) - cycle.place(place)).abs() >= APART) {
            chosen.push(place);
        }
    }
    chosen
}

/// One job: its name, its main places, and its starts on a line.
fn row(drawing: &mut Drawing, job: &JobReport, cycle: &Cycle, top: f64) {
    let [before, after] = Side::BOTH.map(|side| main_place(job.get(side), cycle));
    drawing.name(top + 12.0, &job.name);
    drawing.text("value halo", Anchor::End, 1.0, top + 12.0, &format!("{before} → {after}"));
    let line = top + 34.0;
    drawing.line("base", (0.0, line), (1.0, line));
    if let [Some(from), Some(to)] = Side::BOTH.map(|side| job.get(side).start_places.main) {
        let middle = |second| f64::midpoint(cycle.ends(second)[0], cycle.ends(second)[1]);
        drawing.line("move", (middle(from), line), (middle(to), line));
    }
    for side in Side::BOTH {
        let shares = shares(job.get(side), cycle);
        for (&second, &share) in &shares {
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

/// The share of a job's runs that starts in each part of the cycle.
fn shares(window: &JobWindow, cycle: &Cycle) -> BTreeMap<u32, f64> {
    let mut parts: BTreeMap<u32, u64> = BTreeMap::new();
    let starts = || window.start_seconds.iter().flatten();
    let total: u64 = starts().map(|(_, runs)| runs).sum();
    for &(second, runs) in starts() {
        *parts.entry(start_of_part(second, cycle)).or_default() += runs;
    }
    parts.into_iter().map(|(second, runs)| (second, runs as f64 / total.max(1) as f64)).collect()
}

/// Lines at the quarters of the cycle, with their places below them where asked for.
fn axis(drawing: &mut Drawing, cycle: &Cycle, [top, bottom]: [f64; 2], labelled: bool) {
    for quarter in 0..4_u32 {
        let place = f64::from(quarter) / 4.0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // as above
        let label = figure::place((place * cycle.seconds) as u32, cycle.seconds);
        if labelled {
            mark(drawing, place, top, bottom, &label);
        } else {
            drawing.line("grid", (place, top), (place, bottom));
        }
    }
    drawing.line("grid", (1.0, top), (1.0, bottom));
}

fn description(report: &Report, view: &View) -> String {
    let sides = Side::BOTH.map(|side| {
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
    });
    sides.join(" ")
}
