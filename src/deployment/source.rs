//! `[source]`: where the rows are and how the native table becomes runs.

use std::collections::BTreeMap;
use std::fmt;

use chrono_tz::Tz;

use super::document::Item;
use super::document::Section;
use super::problem::Located;
use crate::clock::Span;
use crate::nearest::did_you_mean;
use crate::run::{FIELDS, SkipReason, Status};

/// `[source]` as written.
#[derive(Clone, Default, PartialEq)]
pub struct SourceSection {
    /// The database's URL before `${NAME}` is replaced: a report that is given another database does
    /// not need the variable. May hold a secret and is never printed.
    pub url: Option<Located<String>>,
    /// The rest.
    pub mapping: MappingSettings,
}

impl fmt::Debug for SourceSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.as_ref().map(|_| "…");
        f.debug_struct("SourceSection").field("url", &url).field("mapping", &self.mapping).finish()
    }
}

/// What the deployment file's `[source]` says about the table, as written. Whatever is `None` comes
/// from the preset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MappingSettings {
    /// A built-in mapping; `job_runs` when neither this nor `table` is given.
    pub preset: Option<String>,
    /// `table` or `schema.table`.
    pub table: Option<String>,
    /// Field of a run (`job_name`, `started_at`, …, `duration`) to native column.
    pub columns: BTreeMap<String, String>,
    /// Unit of the `duration` column.
    pub duration_unit: Option<EpochUnit>,
    /// Unit of whole-number times.
    pub time_unit: Option<EpochUnit>,
    /// The source's own status words: `success`, or `skipped:lock`.
    pub statuses: BTreeMap<String, StatusMapping>,
    /// Zone of columns without one.
    pub time_zone: Option<Tz>,
    /// A condition on the native table.
    pub condition: Option<String>,
    /// Rows of a job closer to each other than this are one run.
    pub dedupe_within: Option<Span>,
}

/// What a native status word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatusMapping {
    /// One of the six.
    pub status: Status,
    /// For skipped rows, when the word says why.
    pub skip_reason: Option<SkipReason>,
}

/// Unit of a whole number of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EpochUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
}

impl EpochUnit {
    /// The units by the words that files use for them.
    const WORDS: [(&'static str, Self); 3] =
        [("s", Self::Seconds), ("ms", Self::Milliseconds), ("us", Self::Microseconds)];

    /// Microseconds in one.
    pub const fn us(self) -> i64 {
        match self {
            Self::Seconds => 1_000_000,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1,
        }
    }
}

pub(super) fn read(item: Option<Item<'_, '_>>) -> SourceSection {
    let Some(mut section) = item.and_then(|item| item.section()) else { return SourceSection::default() };
    let unit = |item: Option<Item<'_, '_>>| item?.word(&EpochUnit::WORDS);
    let url = section.get("url").and_then(|item| item.raw_string());
    let mapping = MappingSettings {
        preset: section.string("preset"),
        table: section.string("table"),
        columns: section.get("columns").map(columns).unwrap_or_default(),
        duration_unit: unit(section.get("duration_unit")),
        time_unit: unit(section.get("time_unit")),
        statuses: section.get("statuses").map(statuses).unwrap_or_default(),
        time_zone: section.zone("time_zone"),
        condition: condition(&mut section),
        dedupe_within: section.get("dedupe_within").and_then(|item| item.positive_span()),
    };
    section.finish();
    SourceSection { url, mapping }
}

/// A condition in SQL; an empty one is a slip, because it would read as "no rows" or "all rows".
pub(super) fn condition(section: &mut Section<'_, '_>) -> Option<String> {
    let item = section.get("where")?;
    let text = item.string()?;
    if text.trim().is_empty() {
        item.wrong("the condition is empty; leave the key out for all rows");
        return None;
    }
    Some(text)
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn columns(item: Item<'_, '_>) -> BTreeMap<String, String> {
    let Some(mut section) = item.section() else { return BTreeMap::new() };
    let mut columns = BTreeMap::new();
    for (field, column) in section.entries() {
        if !FIELDS.contains(&field.as_str()) {
            column.wrong(format!("a run has no field '{field}'{}", did_you_mean(&field, FIELDS)));
        } else if let Some(name) = column.string() {
            columns.insert(field, name);
        }
    }
    columns
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn statuses(item: Item<'_, '_>) -> BTreeMap<String, StatusMapping> {
    let Some(mut section) = item.section() else { return BTreeMap::new() };
    let read = |(word, meaning): (String, Item<'_, '_>)| {
        Some((word, meaning.parsed("a status such as \"success\"", status)?))
    };
    section.entries().into_iter().filter_map(read).collect()
}

/// `success`, `skipped`, `skipped:lock`.
fn status(text: &str) -> Result<StatusMapping, String> {
    let (word, reason) = match text.split_once(':') {
        Some((word, reason)) => (word, Some(reason)),
        None => (text, None),
    };
    let words = Status::ALL.map(Status::word);
    let status = Status::from_word(word)
        .ok_or_else(|| format!("'{word}' is none of {}{}", words.join(", "), hint(word, &words)))?;
    let skip_reason = match (status, reason) {
        (_, None) => None,
        (Status::Skipped, Some("lock")) => Some(SkipReason::Lock),
        (Status::Skipped, Some("overlap")) => Some(SkipReason::Overlap),
        (Status::Skipped, Some("other")) => Some(SkipReason::Other),
        (Status::Skipped, Some(reason)) => {
            return Err(format!("'{reason}' is none of the reasons for skipping: lock, overlap, other"));
        }
        _ => return Err(format!("only skipped has a reason, as in 'skipped:lock'; write '{word}'")),
    };
    Ok(StatusMapping { status, skip_reason })
}

/// The nearest word as a phrase; the words themselves stand in the message already.
fn hint(word: &str, words: &[&str]) -> String {
    crate::nearest::nearest(word, words.iter().copied())
        .map(|near| format!("; did you mean '{near}'?"))
        .unwrap_or_default()
}
