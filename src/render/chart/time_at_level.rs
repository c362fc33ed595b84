//! Running at once: how often N jobs ran together, before and after.

use super::drawing::{Anchor, Drawing, Place};
use super::part::{AXIS, Chart, class, heading, mark};
use super::scale::Ratios;
use crate::figure;
use crate::render::view::{View, picture};
use crate::report::model::Report;
use crate::window::{PerSide, Side};

const HEIGHT: f64 = 150.0;
/// Room for the labels of the shares, a share of the width of the smallest drawing.
const GUTTER: f64 = 0.15;
/// Height of the key, a line a window.
const KEY: f64 = 46.0;
/// Levels to which each has a dot.
const DOTS: usize = 24;
/// Most labels of levels that a phone has room for.
const LABELS: usize = 8;
/// Shares below are drawn at the foot.
const LEAST: f64 = 1e-7;
/// A window this many times as long as the other sees rarer levels.
const LONGER: f64 = 2.0;

/// `None` when nothing was observed, or nothing ran.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let picture = view.time_at_level.as_ref()?;
    let shares = picture::time_at_least(report)?;
    let highest = shares.iter().map(Vec::len).max().unwrap_or(1);
    let least = shares.iter().flatten().copied().filter(|share| *share > 0.0).fold(1.0, f64::min).max(LEAST);
    let decades = (1..=7_i32).find(|nth| 10_f64.powi(-nth) <= least).unwrap_or(7);
    let scale = Ratios { from: 10_f64.powi(-decades), to: 1.0 };
    let mut drawing = Drawing::default();
    for (side, y) in [(Side::Baseline, 9.0), (Side::Stagger, 29.0)] {
        drawing.dot(class(side), Place::Pixels(6.0), y, 4.5);
        drawing.text("small", Anchor::Start, Place::Pixels(16.0), y + 4.0, &summary(report, view, side));
    }
    let (top, bottom) = (KEY, KEY + HEIGHT);
    for nth in 0..=decades {
        let share = 10_f64.powi(-nth);
        let y = bottom - HEIGHT * scale.place(share);
        drawing.line("grid", (GUTTER, y), (1.0, y));
        drawing.text("tick", Anchor::End, GUTTER - 0.012, y + 4.0, &decade(nth));
    }
    let middle = |level: usize| GUTTER + (1.0 - GUTTER) * (level as f64 - 0.5) / highest as f64;
    for level in labelled(highest) {
        mark(&mut drawing, middle(level), top, bottom, &level.to_string());
    }
    let half = (1.0 - GUTTER) / highest as f64 / 2.0;
    for side in Side::BOTH {
        let levels = || shares.get(side).iter().copied().zip(1..);
        let steps = levels().flat_map(|(share, level)| {
            let place = scale.place(share);
            [(middle(level) - half, place), (middle(level) + half, place)]
        });
        drawing.path(&format!("curve {}", class(side)), top, HEIGHT, &[steps.collect()]);
        for (share, level) in levels().take_while(|_| highest <= DOTS) {
            let said = format!(
                "{}: at least {level} running {} of the time",
                heading(view, side),
                figure::percent(share)
            );
            let radius = if side == Side::Baseline { 4.5 } else { 3.0 };
            let y = bottom - HEIGHT * scale.place(share);
            drawing.named(&said, |inner| inner.dot(class(side), middle(level), y, radius));
        }
    }
    Some(Chart {
        title: picture.title.clone(),
        note: note(report),
        drawings: vec![drawing.finish(
            "time-at-level",
            &picture.title,
            &description(report, view, &shares),
            bottom + AXIS,
        )],
        left_out: None,
    })
}

/// `100 %`, `0.01 %`: so many times a tenth of all.
fn decade(nth: i32) -> String {
    match nth {
        0..=2 => format!("{} %", 10_f64.powi(2 - nth)),
        _ => format!("{:.1$} %", 10_f64.powi(2 - nth), usize::try_from(nth - 2).unwrap_or(0)),
    }
}

fn note(report: &Report) -> String {
    let mut note =
        "From left to right, the number of runs at once; upwards, the share of the observed time with at \
                    least so many. Each line of the grid is ten times the one below it."
            .to_owned();
    let length = PerSide::of(|side| report.windows.get(side).seconds);
    if length.baseline.max(length.stagger) >= LONGER * length.baseline.min(length.stagger) {
        note.push_str(" The shorter window may miss levels that are rare.");
    }
    note
}

/// `Before: at most 4 at once, 1.02 on average`
fn summary(report: &Report, view: &View, side: Side) -> String {
    let levels = &report.totals.get(side).concurrency;
    let (most, mean) = (figure::count(levels.peak), figure::number(levels.mean));
    format!("{}: at most {most} at once, {mean} on average", heading(view, side))
}

/// Levels with a label: 1, and round steps from there.
fn labelled(highest: usize) -> Vec<usize> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
    let step = steps.into_iter().find(|step| highest / step < LABELS).unwrap_or(highest);
    let rest = (1..=highest / step).map(|nth| nth * step).filter(|level| *level > 1);
    std::iter::once(1).chain(rest).collect()
}

fn description(report: &Report, view: &View, shares: &PerSide<Vec<f64>>) -> String {
    let of = |side: Side| {
        let levels = picture::round_levels(shares.get(side).len());
        let parts = levels.into_iter().filter_map(|level| {
            let share = shares.get(side).get(level - 1)?;
            Some(format!("at least {level} for {}", figure::percent(*share)))
        });
        format!("{}. {}.", summary(report, view, side), parts.collect::<Vec<_>>().join(", "))
    };
    Side::BOTH.map(of).join(" ")
}

#[cfg(test)]
mod tests {
    use super::{decade, labelled};

    #[test]
    fn decades_are_short() {
        assert_eq!([0, 1, 2, 3, 5].map(decade), ["100 %", "10 %", "1 %", "0.1 %", "0.001 %"]);
    }

    #[test]
    fn axes_show_forty_beside_one() {
        assert_eq!(labelled(3), [1, 2, 3]);
        assert_eq!(labelled(40), [1, 10, 20, 30, 40]);
        assert!(labelled(5_000).len() <= 9);
    }
}
