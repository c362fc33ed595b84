//! What the rows' status words and names say before anything is counted.

use std::collections::BTreeMap;

use super::error::ObserveError;
use super::read::StatusWord;
use crate::legible;
use crate::mapping::StatusMeaning;
use crate::window::{PerSide, Side};

/// Rows of one kind. Rows before a window's start are looked at because they may still occupy, and those
/// before the stagger window may be the baseline's own, so that the two are not added up.
#[derive(Debug, Default)]
struct Seen {
    inside: u64,
    before: PerSide<u64>,
}

impl Seen {
    fn add(&mut self, word: &StatusWord) {
        match (word.inside, word.side) {
            (true, _) => self.inside += word.rows,
            (false, Side::Baseline) => self.before.baseline += word.rows,
            (false, Side::Stagger) => self.before.stagger += word.rows,
        }
    }

    /// Rows in the windows; if there are none, those that may reach into one.
    fn rows(&self) -> u64 {
        if self.inside > 0 { self.inside } else { self.before.baseline.max(self.before.stagger) }
    }
}

/// Rows of a window that nothing counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOut {
    pub(super) out_of_scope: u64,
    pub(super) after_as_of: u64,
    /// Known and not started yet.
    pub(super) open: u64,
    /// Without an instant that says which window they belong to.
    pub(super) unplaced: u64,
}

/// Rows of each window that nothing counts.
///
/// # Errors
/// When a word in scope is not mapped (the one that most rows bear is named), or a row has no job name.
pub(super) fn rows_left_out(
    words: Vec<StatusWord>,
    meaning: impl Fn(Option<&str>) -> Option<StatusMeaning>,
) -> Result<PerSide<LeftOut>, ObserveError> {
    let mut unmapped: BTreeMap<Option<String>, Seen> = BTreeMap::new();
    let mut nameless = Seen::default();
    let mut left_out: PerSide<LeftOut> = PerSide::default();
    for word in words {
        let side = left_out.get_mut(word.side);
        if !word.named {
            nameless.add(&word);
        } else if !word.in_scope {
            side.out_of_scope += if word.inside && !word.late { word.rows } else { 0 };
        } else if word.late {
            side.after_as_of += word.rows;
        } else {
            match meaning(word.word.as_deref()) {
                None => unmapped.entry(word.word.clone()).or_default().add(&word),
                Some(StatusMeaning::Open) if word.inside => side.open += word.rows,
                Some(StatusMeaning::Open) => {}
                Some(_) if word.unplaced => side.unplaced += word.rows,
                Some(_) => {}
            }
        }
    }
    if nameless.rows() > 0 {
        return Err(ObserveError::Nameless { rows: counted(nameless.rows(), "has", "have") });
    }
    match unmapped.into_iter().max_by_key(|(_, seen)| seen.rows()) {
        None => Ok(left_out),
        Some((word, seen)) => Err(not_mapped(word.as_deref(), seen.rows())),
    }
}

fn not_mapped(word: Option<&str>, rows: u64) -> ObserveError {
    let rows = counted(rows, "bears", "bear");
    match word {
        Some(word) => ObserveError::Status { word: legible::name(word), rows, key: toml_key(word) },
        None => ObserveError::NoStatus { rows },
    }
}

/// The word as a quoted key of TOML, with everything that cannot be seen written as its number.
fn toml_key(word: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' ' => c.to_string(),
        c if legible::visible(&c.to_string()) == c.to_string() => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", word.chars().map(written).collect::<String>())
}

/// `1 row bears`, `3 rows bear`.
fn counted(rows: u64, one: &str, many: &str) -> String {
    if rows == 1 { format!("1 row {one}") } else { format!("{rows} rows {many}") }
}
