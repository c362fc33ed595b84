//! Time at each level: how long how many ran at once, before and after.

use super::drawing::{Anchor, Drawing};
use super::part::Chart;
use super::part::{KEY, class, heading, key};
use crate::render::view::{View, picture};
use crate::report::model::Report;
use crate::window::Side;

const ROW: f64 = 42.0;

/// `None` when nothing was observed, or nothing ran.
pub(super) fn chart(report: &Report, view: &View) -> Option<Chart> {
    let picture = view.time_at_level.as_ref()?;
    let levels = picture::level_shares(report)?;
    let mut drawing = Drawing::default();
    key(&mut drawing, view);
    let mut y = KEY;
    let mut said = Side::BOTH.map(|side| format!("{}:", heading(view, side)));
    for level in &levels {
        let [before, after] = &level.texts;
        drawing.text("name", Anchor::Start, 0.0, y + 12.0, &format!("{} at once", level.label));
        drawing.text("value", Anchor::End, 1.0, y + 12.0, &format!("{before} → {after}"));
        for (nth, side) in (0_u8..).zip(Side::BOTH) {
            let share = level.shares[usize::from(nth)];
            let top = y + 18.0 + 9.0 * f64::from(nth);
            drawing.rect("track", [0.0, 1.0], top, 7.0);
            if share > 0.0 {
                drawing.rect(class(side), [0.0, share], top, 7.0);
            }
            said[usize::from(nth)].push_str(&format!(
                " {} of the time {} at once,",
                level.texts[usize::from(nth)],
                level.label
            ));
        }
        y += ROW;
    }
    let description = said.map(|text| format!("{}.", text.trim_end_matches(','))).join(" ");
    Some(Chart {
        title: picture.title.clone(),
        note: "A full bar is the whole of the observed time.".to_owned(),
        drawings: vec![drawing.finish("time-at-level", &picture.title, &description, y)],
        left_out: None,
    })
}
