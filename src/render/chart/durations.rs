//! How the duration of each job changed: a row a job, on one scale of ratios to the median before.

use crate::analysis::figures::duration::DurationFacts;
use crate::figure;
use crate::legible;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::part::{AXIS, Chart, KEY, class, in_track, key, left_out, mark};
use crate::render::chart::scale::Ratios;
use crate::render::view::View;
use crate::render::view::change::{self, DurationOutcome, DurationRow};
use crate::report::model::Report;
use crate::window::{PerSide, Side};

/// Jobs that all have a row; of more, those that changed.
const JOBS: usize = 60;
const ROW: f64 = 22.0;
/// Distance of two marks, a share of the track, that a phone has room for.
const APART: f64 = 0.42;

/// `None` when no run completed.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let (rows, all) = change::durations(report, JOBS);
    if rows.is_empty() {
        return None;
    }
    let scale = change::scale(&rows);
    let mut drawing = Drawing::of_jobs(rows.iter().map(|row| row.job.name.as_str()));
    key(&mut drawing, view);
    let bottom = KEY + ROW * rows.len() as f64;
    for (ratio, label) in change::marks(scale, APART) {
        mark(&mut drawing, in_track(scale.place(ratio)), KEY, bottom, &label);
    }
    for (nth, row) in rows.iter().enumerate() {
        one(&mut drawing, row, scale, KEY + ROW * nth as f64);
    }
    let unchanged = in_track(scale.place(1.0));
    drawing.line("unchanged", (unchanged, KEY), (unchanged, bottom));
    let title = "How the duration of each job changed";
    Some(Chart {
        title: title.to_owned(),
        note: "Each row goes from the median before to the median after, relative to before; short strokes are \
               the 95th percentiles. The shaded band is the margin: smaller changes are not reported. Bars of \
               slower jobs are filled, of faster jobs outlined. Equal distances are equal ratios; values \
               beyond the scale are drawn at its ends. Where runs are too few for a median, each run is a \
               stroke."
            .to_owned(),
        drawings: vec![drawing.finish("durations", title, &description(&rows), bottom + AXIS)],
        left_out: left_out(all, rows.len(), "job", "jobs"),
    })
}

fn one(drawing: &mut Drawing, row: &DurationRow<'_>, scale: Ratios, top: f64) {
    let (middle, text) = (top + ROW / 2.0, top + 15.0);
    drawing.line("row", (0.0, top + ROW), (1.0, top + ROW));
    drawing.job(text, &row.job.name);
    let verdict = format!("value {}", looks(row.outcome));
    drawing.text(&format!("{verdict} wide"), Anchor::End, 1.0, text, &whole(row));
    drawing.text(&format!("{verdict} narrow"), Anchor::End, 1.0, text, &row.short_verdict());
    let Some(before) = row.before() else { return };
    let place = |ms: f64| in_track(scale.place(ms / before));
    if let Some(margin) = row.margin() {
        let ends = [1.0 - margin, 1.0 + margin].map(|ratio| in_track(scale.place(ratio)));
        drawing.rect("margin", ends, top, ROW);
    }
    drawing.named(&said(row), |inner| {
        let medians = row.medians();
        if let Some(medians) = medians {
            let ends = [place(medians.baseline), place(medians.stagger)];
            let ends = [ends[0].min(ends[1]), ends[0].max(ends[1])];
            inner.rect(&format!("bar {}", looks(row.outcome)), ends, middle - 3.0, 6.0);
        }
        for (side, radius) in [(Side::Baseline, 4.5), (Side::Stagger, 3.0)] {
            let Some(facts) = row.facts.get(side) else { continue };
            // Before above the middle, after below it.
            let [from, to] = if side == Side::Baseline { [-9.0, -1.0] } else { [1.0, 9.0] };
            let mut stroke =
                |ms| inner.line(class(side), (place(ms), middle + from), (place(ms), middle + to));
            if facts.n >= figure::FEW_RUNS || medians.is_some() {
                stroke(facts.p95);
                inner.dot(class(side), place(facts.median), middle, radius);
            } else {
                row.few(side).into_iter().for_each(stroke);
            }
        }
    });
}

/// How a change looks: the class of its bar and of its words.
fn looks(outcome: DurationOutcome) -> &'static str {
    match outcome {
        DurationOutcome::Slower => "worse",
        DurationOutcome::Faster => "better",
        _ => "open",
    }
}

/// `4.8 s → 7.7 s, +61 % slower`
fn whole(row: &DurationRow<'_>) -> String {
    format!("{}, {}", row.medians_text(), row.verdict())
}

fn said(row: &DurationRow<'_>) -> String {
    let of = |facts: &DurationFacts| {
        format!(
            "median {}, 95th percentile {}, {}",
            figure::duration(facts.median),
            figure::duration(facts.p95),
            figure::counted(facts.n, "run", "runs")
        )
    };
    let facts = PerSide { baseline: "before", stagger: "after" }.zip(row.facts.as_ref());
    let parts = facts.iter().filter_map(|(word, facts)| Some(format!("{word} {}", of(facts.as_ref()?))));
    format!("{}: {}", legible::name(&row.job.name), parts.collect::<Vec<_>>().join("; "))
}

fn description(rows: &[DurationRow<'_>]) -> String {
    let lines = rows.iter().map(|row| format!("{}: {}.", legible::name(&row.job.name), whole(row)));
    format!("Medians before and after, the slowest change first. {}", lines.collect::<Vec<_>>().join(" "))
}
