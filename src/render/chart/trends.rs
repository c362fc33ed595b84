//! The jobs that changed over time, the worse first, as small multiples: mean duration, and runs below it.

use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::figures::trend::{Series, SeriesPoint};
use crate::clock::Span;
use crate::figure;
use crate::legible;
use crate::render::chart::drawing::{Anchor, Drawing};
use crate::render::chart::panes::{Pane, change, deployment};
use crate::render::chart::part::{AXIS, Chart, class, left_out, steps};
use crate::render::view::{TrendRow, View};
use crate::report::model::Report;
use crate::window::{PerSide, Side};

/// Where the field of durations begins, its height, and the height of the field of runs.
const TOP: f64 = 46.0;
const MEAN: f64 = 58.0;
const RUNS: f64 = 20.0;
/// Radius of a mean without neighbours.
const LONE: f64 = 2.2;
/// Height of the crosses between the two.
const CROSSES: f64 = 13.0;

/// Characters of the news that a card has room for; its description has all.
const NEWS: usize = 42;

/// `None` where no job with a series changed.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let panes = Pane::both(report, 0.0);
    let told =
        view.trends.rows.iter().filter_map(|row| row.job.as_deref().zip(row.news.as_deref()).zip(Some(row)));
    let drawings: Vec<String> = told
        .enumerate()
        .map(|(nth, ((job, news), row))| small(report, job, news, row, &panes, nth))
        .collect();
    if drawings.is_empty() {
        return None;
    }
    let started = report.jobs.iter().filter(|job| job.started()).count();
    let title = "Jobs that changed, over time";
    Some(Chart {
        title: title.to_owned(),
        note: format!(
            "Above, the mean duration, from 0 to the figure on the right; below, runs started, with a cross over \
             steps in which some failed. The upright line between the windows is the deployment; ▼ \
             is when the job changed, where that can be told; excluded periods are shaded. {} Times are UTC.",
            steps(&view.trends.step_before, &view.trends.step_after, view)
        ),
        left_out: left_out(started, drawings.len(), "job", "jobs"),
        drawings,
    })
}

fn small(
    report: &Report,
    job: &str,
    news: &str,
    row: &TrendRow,
    panes: &PerSide<Pane>,
    nth: usize,
) -> String {
    let all = &report.trends.series;
    let of = |series: &&Series, side| series.window == side && series.job.as_deref() == Some(job);
    let series = PerSide::of(|side| all.iter().find(|series| of(series, side)));
    let means = series.iter().flatten().flat_map(|s| s.points.iter().filter_map(|p| p.mean_ms));
    let top = means.fold(0.0, f64::max);
    let mut drawing = Drawing::default();
    drawing.short_name(12.0, job);
    drawing.text("value halo", Anchor::End, 1.0, 12.0, &row.highest_mean);
    let marked = format!("{} {}", row.mark, legible::cut(news, NEWS));
    drawing.text(&format!("small {}", row.group), Anchor::Start, 0.0, 28.0, &marked);
    let (foot, bottom) = (TOP + MEAN, TOP + MEAN + CROSSES + RUNS);
    deployment(&mut drawing, report, panes, TOP, bottom);
    if let Some(moment) = moment(report, job) {
        change(&mut drawing, panes, &moment, TOP, bottom);
    }
    for side in Side::BOTH {
        let (series, pane) = (series.get(side), panes.get(side));
        pane.frame(&mut drawing, TOP, bottom);
        drawing.line("base", (pane.ends[0], foot), (pane.ends[1], foot));
        if let Some(series) = series {
            let step = Span::seconds(*report.trends.bucket_seconds.get(side));
            if top > 0.0 {
                let (lone, strokes): (Vec<_>, Vec<_>) =
                    strokes(series, pane, step, top).into_iter().partition(|stroke| stroke.len() == 1);
                drawing.path(&format!("line {}", class(side)), TOP, MEAN, &strokes);
                for (x, share) in lone.into_iter().flatten() {
                    drawing.dot(class(side), x, TOP + MEAN * (1.0 - share), LONE);
                }
            }
            runs(&mut drawing, series, side, pane, step, bottom);
        }
    }
    let description = description(news, row, series);
    drawing.finish(&format!("trend-{nth}"), &legible::name(job), &description, bottom + AXIS)
}

/// When the job changed, of the metric that its verdict rests on; `None` where that is not known.
fn moment(report: &Report, job: &str) -> Option<MomentFacts> {
    let job = report.jobs.iter().find(|found| found.name == job)?;
    let moment = job.comparison.get(job.verdict.metric?)?.moment?;
    moment.is_at_once().then_some(moment)
}

/// The means as lines through the middles of their steps, broken where a step has none.
fn strokes(series: &Series, pane: &Pane, step: Span, top: f64) -> Vec<Vec<(f64, f64)>> {
    let mut strokes: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut expected = None;
    for point in &series.points {
        let Some(mean) = point.mean_ms else { continue };
        if expected != Some(point.at) {
            strokes.push(Vec::new());
        }
        expected = Some(point.at.plus(step));
        if let Some(stroke) = strokes.last_mut() {
            let middle = f64::midpoint(pane.place(point.at), pane.place(point.at.plus(step)));
            stroke.push((middle, mean / top));
        }
    }
    strokes
}

/// Runs started as bars on the bottom, each window on a scale of its own, and crosses over failures.
fn runs(drawing: &mut Drawing, series: &Series, side: Side, pane: &Pane, step: Span, bottom: f64) {
    let most = series.points.iter().map(|point| point.runs).max().unwrap_or(0).max(1);
    for point in &series.points {
        let (from, to) = (pane.place(point.at), pane.place(point.at.plus(step)));
        let height = (point.runs as f64 / most as f64 * RUNS).max(1.0);
        drawing.named(&said(point), |inner| {
            inner.rect(class(side), [from, from + (to - from) * 0.86], bottom - height, height);
            if point.failed > 0 {
                inner.text("failed", Anchor::Middle, f64::midpoint(from, to), bottom - RUNS - 3.0, "✕");
            }
        });
    }
}

fn said(point: &SeriesPoint) -> String {
    let mut parts = vec![figure::counted(point.runs, "run", "runs")];
    parts.extend((point.failed > 0).then(|| format!("{} failed", figure::count(point.failed))));
    parts.extend(point.mean_ms.map(|mean| format!("mean {}", figure::duration(mean))));
    parts.extend(point.p95_ms.map(|p95| format!("95th percentile {}", figure::duration(p95))));
    format!("{}: {}", figure::instant(point.at), parts.join(", "))
}

fn description(news: &str, row: &TrendRow, series: PerSide<Option<&Series>>) -> String {
    let of = |series: Option<&Series>| {
        let points = || series.into_iter().flat_map(|series| &series.points);
        let (runs, failed) = (points().map(|p| p.runs).sum(), points().map(|p| p.failed).sum());
        format!("{}, {} failed", figure::counted(runs, "run", "runs"), figure::count(failed))
    };
    format!(
        "{}. Before: {}. After: {}. Highest mean of a step: {}.",
        legible::capital(news),
        of(series.baseline),
        of(series.stagger),
        row.highest_mean
    )
}
