//! Texts of several tables.

use crate::legible;
use crate::report::model::Report;
use crate::window::{PerSide, Side};

pub(super) fn some_text(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

pub(super) fn pair(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// What the deployment calls a window.
pub(super) fn label(report: &Report, side: Side) -> &str {
    let [before, after] = &report.deployment.labels;
    match side {
        Side::Baseline => before,
        Side::Stagger => after,
    }
}

/// The labels of both windows, fit for the head of a column of a picture.
pub(super) fn heads(report: &Report) -> PerSide<String> {
    PerSide::of(|side| heading(label(report, side)).to_lowercase())
}

/// A label of a window, fit for the head of a column.
pub(super) fn heading(label: &str) -> String {
    legible::capital(&legible::cut(&legible::visible(label), 20))
}
