//! How a change stands among the same comparisons on earlier days: a row a job, on one scale of ratios.

use super::drawing::{Anchor, Drawing, Place};
use super::part::{AXIS, Chart, KEY, in_track, left_out, mark};
use super::scale::Ratios;
use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::metric;
use crate::figure;
use crate::legible;
use crate::render::view::change;
use crate::report::model::Report;

/// Jobs that have a row, the largest changes first.
const JOBS: usize = 12;
const ROW: f64 = 22.0;
/// Distance of two marks, a share of the track, that a phone has room for.
const APART: f64 = 0.42;
/// The most that the scale shows, to either side.
const WIDEST: f64 = 8.0;
/// The least.
const NARROWEST: f64 = 1.25;

struct PlaceboRow<'a> {
    job: &'a str,
    /// After against before.
    ratio: f64,
    /// The same on each earlier day.
    earlier: Vec<f64>,
    /// The largest of these changes, as the reason has it.
    largest: f64,
    facts: &'a OrdinaryFacts,
}

/// `None` where no change was held against earlier days.
pub(super) fn chart(report: &Report) -> Option<Chart> {
    let mut rows: Vec<PlaceboRow<'_>> = report
        .jobs
        .iter()
        .filter_map(|job| row(&job.name, job.comparison.get(&metric::MEDIAN_DURATION)?))
        .collect();
    rows.sort_by(|a, b| b.ratio.ln().abs().total_cmp(&a.ratio.ln().abs()).then_with(|| a.job.cmp(b.job)));
    let all = rows.len();
    rows.truncate(JOBS);
    let reach = |row: &PlaceboRow<'_>| {
        row.earlier.iter().chain([&row.ratio]).map(|ratio| ratio.max(1.0 / ratio)).fold(1.0, f64::max)
    };
    let widest = rows.iter().map(reach).fold(NARROWEST, f64::max).min(WIDEST);
    let scale = Ratios { from: 1.0 / widest, to: widest };
    (!rows.is_empty()).then(|| drawn(&rows, all, scale))
}

fn row<'a>(job: &'a str, comparison: &'a Comparison) -> Option<PlaceboRow<'a>> {
    let facts = comparison.ordinary_days.as_deref().filter(|facts| !facts.changes.is_empty())?;
    let before = comparison.baseline.filter(|before| *before > 0.0)?;
    let ratio_of = |change: f64| 1.0 + change / before;
    let ratio = ratio_of(comparison.shift.or(comparison.change)?);
    let earlier = facts.changes.iter().map(|change| ratio_of(*change)).filter(|ratio| *ratio > 0.0);
    (ratio > 0.0).then(|| PlaceboRow {
        job,
        ratio,
        earlier: earlier.collect(),
        largest: facts.largest / before,
        facts,
    })
}

fn drawn(rows: &[PlaceboRow<'_>], all: usize, scale: Ratios) -> Chart {
    let mut drawing = Drawing::of_jobs(rows.iter().map(|row| row.job));
    for (class, left, label) in [("before", 6.0, "an earlier day"), ("after", 136.0, "the change")] {
        drawing.dot(class, Place::Pixels(left), 9.0, 4.5);
        drawing.text("small", Anchor::Start, Place::Pixels(left + 10.0), 13.0, label);
    }
    let bottom = KEY + ROW * rows.len() as f64;
    for (ratio, label) in change::marks(scale, APART) {
        mark(&mut drawing, in_track(scale.place(ratio)), KEY, bottom, &label);
    }
    for (nth, row) in rows.iter().enumerate() {
        let top = KEY + ROW * nth as f64;
        let (middle, text) = (top + ROW / 2.0, top + 15.0);
        drawing.line("row", (0.0, top + ROW), (1.0, top + ROW));
        drawing.job(text, row.job);
        drawing.text("value wide", Anchor::End, 1.0, text, &words(row));
        drawing.text("value narrow", Anchor::End, 1.0, text, &figure::change(row.ratio - 1.0));
        drawing.named(&said(row), |inner| {
            for ratio in &row.earlier {
                inner.dot("before", in_track(scale.place(*ratio)), middle, 3.0);
            }
            inner.dot("after", in_track(scale.place(row.ratio)), middle, 4.5);
        });
    }
    let unchanged = in_track(scale.place(1.0));
    drawing.line("unchanged", (unchanged, KEY), (unchanged, bottom));
    let title = "Changes beside those of ordinary days";
    let lines: Vec<String> = rows.iter().map(said).collect();
    Chart {
        title: title.to_owned(),
        note: "Each row has the change of the median duration, filled, and the same comparison on earlier days, on which \
               nothing was changed, hollow. A change among the hollow marks is none."
            .to_owned(),
        drawings: vec![drawing.finish("ordinary-days", title, &lines.join(" "), bottom + AXIS)],
        left_out: left_out(all, rows.len(), "job", "jobs"),
    }
}

/// `+54.1 %, days 16 %`
fn words(row: &PlaceboRow<'_>) -> String {
    format!("{}, days {}", figure::change(row.ratio - 1.0), figure::percent(row.largest.abs()))
}

fn said(row: &PlaceboRow<'_>) -> String {
    format!(
        "{}: {}; as large on {} of {}.",
        legible::name(row.job),
        figure::change(row.ratio - 1.0),
        figure::count(row.facts.as_large),
        figure::counted(row.facts.days, "earlier day", "earlier days")
    )
}
