//! Texts of several tables.

use crate::legible;

pub(super) fn some_text(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

pub(super) fn pair(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// A label of a window, fit for the head of a column.
pub(super) fn heading(label: &str) -> String {
    legible::capital(&legible::cut(&legible::visible(label), 20))
}
