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

/// What is known of a window's rows before they are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut {
    pub(super) out_of_scope: u64,
    /// Of these, the rows of each job, where the database counts.
    pub(super) jobs_out_of_scope: BTreeMap<String, u64>,
    pub(super) after_as_of: u64,
    /// Known and not started yet.
    pub(super) open: u64,
    /// Without an instant that says which window they belong to.
    pub(super) unplaced: u64,
    /// Likewise, of rows that are open or outside the scope.
    pub(super) unplaced_aside: u64,
    /// In an excluded period.
    pub(super) excluded: u64,
    /// Rows that belong or may belong to the window, whatever becomes of them.
    pub(super) read: u64,
    /// Of these, with a time that has no zone.
    pub(super) zoneless: u64,
    /// Of these, with a local time that does not happen, or happens twice.
    pub(super) clock_change: u64,
}

impl LeftOut {
    fn add_out_of_scope(&mut self, word: &StatusWord) {
        if !word.inside || word.late {
            return;
        }
        self.out_of_scope += word.rows;
        if let Some(job) = &word.other_job {
            *self.jobs_out_of_scope.entry(job.clone()).or_default() += word.rows;
        }
    }
}

/// Rows of each window that nothing counts.
///
/// # Errors
/// When words in scope are not mapped, or a row has no job name.
pub(super) fn rows_left_out(
    words: Vec<StatusWord>,
    meaning: impl Fn(Option<&str>) -> Option<StatusMeaning>,
) -> Result<PerSide<LeftOut>, ObserveError> {
    let mut unmapped: BTreeMap<Option<String>, Seen> = BTreeMap::new();
    let mut nameless = Seen::default();
    let mut left_out: PerSide<LeftOut> = PerSide::default();
    for word in words {
        let side = left_out.get_mut(word.side);
        let belongs = word.unplaced || word.inside && (word.in_scope || !word.late);
        if belongs {
            side.read += word.rows;
            side.zoneless += if word.zoneless { word.rows } else { 0 };
            side.clock_change += if word.clock_change { word.rows } else { 0 };
        }
        if !word.named {
            nameless.add(&word);
        } else if !word.in_scope && word.unplaced {
            side.unplaced_aside += word.rows;
        } else if !word.in_scope {
            side.add_out_of_scope(&word);
        } else if word.late {
            side.after_as_of += if word.inside { word.rows } else { 0 };
        } else {
            match meaning(word.word.as_deref()) {
                None => unmapped.entry(word.word.clone()).or_default().add(&word),
                Some(StatusMeaning::Open) if word.inside => side.open += word.rows,
                // Known not to have started: such a row is missing from no window.
                Some(StatusMeaning::Open) if word.unplaced => side.unplaced_aside += word.rows,
                Some(StatusMeaning::Open) => {}
                Some(_) if word.unplaced => side.unplaced += word.rows,
                Some(_) if word.inside && !word.observed => side.excluded += word.rows,
                Some(_) => {}
            }
        }
    }
    if nameless.rows() > 0 {
        return Err(ObserveError::Nameless { rows: counted(nameless.rows(), "has", "have") });
    }
    if unmapped.is_empty() { Ok(left_out) } else { Err(not_mapped(unmapped)) }
}

/// Words that a message names: more are no status.
const NAMED: usize = 50;

/// Names the words, those of most rows first, and leaves to the reader what they mean.
fn not_mapped(mut unmapped: BTreeMap<Option<String>, Seen>) -> ObserveError {
    let without = unmapped.remove(&None);
    let mut words: Vec<(String, u64)> =
        unmapped.into_iter().filter_map(|(word, seen)| Some((word?, seen.rows()))).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let (mut found, mut entries) = (Vec::new(), Vec::new());
    if !words.is_empty() {
        let named =
            words.iter().take(NAMED).map(|(word, rows)| format!("'{}' ({rows})", legible::name(word)));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if words.len() > NAMED { ", …" } else { "" };
        let of = if words.len() == 1 { "status is" } else { "statuses are" };
        found.push(format!("{} {of} not mapped (rows in brackets): {named}{more}", words.len()));
        let keys = words.iter().take(NAMED).map(|(word, _)| format!("{} = \"?\"", toml_key(word)));
        entries.push(format!("statuses = {{ {} }}", keys.collect::<Vec<_>>().join(", ")));
    }
    if let Some(seen) = without {
        found.push(format!("{} NULL for a status", counted(seen.rows(), "has", "have")));
        entries.push("null_status = \"?\"".to_owned());
    }
    ObserveError::Statuses { found: found.join("; "), entries: entries.join(" and ") }
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

/// `1 row has`, `3 rows have`.
fn counted(rows: u64, one: &str, many: &str) -> String {
    if rows == 1 { format!("1 row {one}") } else { format!("{rows} rows {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_any_time_are_read_and_counted_once_whatever_they_are() {
        let word = |word: &str, in_scope| StatusWord {
            side: Side::Stagger,
            word: Some(word.to_owned()),
            in_scope,
            other_job: None,
            late: false,
            inside: false,
            unplaced: true,
            named: true,
            observed: false,
            zoneless: false,
            clock_change: false,
            rows: 3,
        };
        let meaning = |word: Option<&str>| match word {
            Some("queued") => Some(StatusMeaning::Open),
            _ => Some(StatusMeaning::Is(crate::run::Status::Failed)),
        };
        let words = vec![word("queued", true), word("failed", true), word("failed", false), word("?", false)];
        let found = rows_left_out(words, meaning).unwrap().stagger;
        assert_eq!((found.read, found.unplaced, found.unplaced_aside), (12, 3, 9));
        assert_eq!((found.open, found.out_of_scope), (0, 0), "they are of no window");
    }
}
