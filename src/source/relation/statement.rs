//! A statement: the relation over the ranges that a query reads, then the query.

use std::collections::BTreeMap;

use super::Relation;
use super::query::{Query, Reads};
use super::range::{Extent, ReadRange};
use super::writer::Writer;
use crate::database::{BoundValue, Statement};
use crate::run::Field;
use crate::source::native_time::TimeKind;

impl Relation<'_> {
    /// A statement: the relation over `ranges`, then `query`, with the query's own values; most queries look
    /// at one window, and stand there once for each. The columns that a query does not declare are not read.
    pub fn statement(
        &self,
        ranges: &[ReadRange],
        query: &Query,
        values: BTreeMap<String, BoundValue>,
        only: &[String],
    ) -> Statement {
        match query.reads {
            Reads::Coverage => self.coverage(query, None),
            Reads::StoredRows if self.mapping.dedupe_within.is_none() => self.shown(query, ranges),
            _ => self.relation_statement(ranges, query, values, only),
        }
    }

    pub(super) fn relation_statement(
        &self,
        ranges: &[ReadRange],
        query: &Query,
        values: BTreeMap<String, BoundValue>,
        only: &[String],
    ) -> Statement {
        let ranges = &self.read_by(query, ranges);
        let extent = Extent::of(ranges);
        let mut writer = Writer { relation: self, query, extent, only, values, fragments: BTreeMap::new() };
        let (header, body) = split_header(query.text);
        let text = if query.is_by_window() {
            let windows: Vec<String> = ranges.iter().map(|range| writer.window(range, body)).collect();
            windows.join("\nUNION ALL\n")
        } else {
            self.with_steps(&writer.steps(ranges), body)
        };
        Statement { text: format!("{header}{text}"), values: writer.values, fragments: writer.fragments }
    }

    /// The part of `ranges` that `query` can have rows of: what started at or after `as_of` is only in
    /// `source_runs`, and what started outside of the observed part matters only where occupancy does.
    /// Native bounds that say so leave a planner nothing to guess.
    pub fn read_by(&self, query: &Query, ranges: &[ReadRange]) -> Vec<ReadRange> {
        let mut ranges = ranges.to_vec();
        let late = [Reads::RunsAndLate, Reads::StoredRows].contains(&query.reads);
        if late && self.mapping.has(Field::ScheduledAt) {
            for range in &mut ranges {
                // What was meant for the window and has no start may be meant for later than was looked at.
                (range.until, range.has_startless) = (range.end.plus(self.settings.longest_run), true);
            }
        }
        if !self.bounds_are_exact() || [Reads::SourceRuns, Reads::StoredRows].contains(&query.reads) {
            return ranges;
        }
        for range in &mut ranges {
            range.until = range.until.min(self.as_of);
            if let ([first, ..], [.., last]) = (&range.observed[..], &range.observed[..])
                && query.reads == Reads::ObservedRuns
            {
                (range.from, range.until) = (first.start, last.end);
            }
        }
        ranges
    }

    /// Whether the bounds on the native column let exactly the rows of a range through.
    pub(super) fn bounds_are_exact(&self) -> bool {
        let exact = self.mapping.times.get(&Field::StartedAt).is_none_or(TimeKind::is_exact);
        exact && self.mapping.dedupe_within.is_none()
    }
}

/// The comment at the head of a query, and the query.
pub(super) fn split_header(query: &str) -> (&str, &str) {
    let mut length = 0;
    for line in query.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim_start().starts_with("--") {
            break;
        }
        length += line.len();
    }
    query.split_at(length)
}
