//! Bounds on a key that grows with time, where the start has no index: which keys the rows of a stretch of
//! time have, found by looking at a few rows.

use std::collections::BTreeMap;

use super::Relation;
use super::range::{KeyRange, ReadRange};
use crate::clock::{Span, Timestamp};
use crate::database::{DatabaseError, Session, Statement};
use crate::run::Field;

/// Ranges of keys need not be narrower than the table's by this factor: what is read in excess is little.
const PRECISION: i64 = 1_000;

impl Relation<'_> {
    /// Gives each range its keys; without a `bound` in the mapping it has none.
    pub async fn find_keys(
        &self,
        ranges: &mut [ReadRange],
        session: &mut Session,
    ) -> Result<(), DatabaseError> {
        let Some(mut probe) = Probe::of(self, session).await? else { return Ok(()) };
        // A chain of rows that are one run may reach beyond its range.
        let margin = Span(probe.within.us() + self.chain().us());
        for range in ranges {
            let (from, until) = (range.from.plus(Span(-margin.us())), range.until.plus(margin));
            let ((from, _), (_, until)) = (probe.around(from).await?, probe.around(until).await?);
            range.keys = Some(KeyRange { from, until });
        }
        Ok(())
    }

    /// The keys among which the earliest start is, and those among which the latest is.
    pub async fn keys_of_coverage(
        &self,
        session: &mut Session,
    ) -> Result<Option<[KeyRange; 2]>, DatabaseError> {
        let Some(mut probe) = Probe::of(self, session).await? else { return Ok(None) };
        let within = probe.within;
        let (_, first_us) = probe.first();
        let (_, last_us) = probe.last();
        let last = Timestamp(last_us).min(self.as_of);
        let (_, until) = probe.around(Timestamp(first_us).plus(within)).await?;
        let (from, _) = probe.around(last.plus(Span(-within.us()))).await?;
        Ok(Some([KeyRange { from: None, until }, KeyRange { from, until: None }]))
    }
}

/// Looks at single rows by their key. What was seen narrows every later search.
struct Probe<'a> {
    relation: &'a Relation<'a>,
    session: &'a mut Session,
    /// The key as an identifier.
    column: String,
    /// How far a start may lie before that of a row with a smaller key.
    within: Span,
    /// The start of some rows by their key, µs; the first and the last row are among them.
    seen: BTreeMap<i64, i64>,
}

impl<'a> Probe<'a> {
    /// `None` where the mapping has no bound, or the table no row.
    async fn of(relation: &'a Relation<'a>, session: &'a mut Session) -> Result<Option<Self>, DatabaseError> {
        let Some(bound) = &relation.mapping.bound else { return Ok(None) };
        let column = relation.dialect.identifier(&bound.column);
        let within = bound.within.unwrap_or(relation.settings.longest_run);
        let mut probe = Self { relation, session, column, within, seen: BTreeMap::new() };
        probe.look("", "").await?;
        let last = probe.look("", " DESC").await?;
        Ok(last.map(|_| probe))
    }

    fn first(&self) -> (i64, i64) {
        self.seen.first_key_value().map_or((0, 0), |(key, start)| (*key, *start))
    }

    fn last(&self) -> (i64, i64) {
        self.seen.last_key_value().map_or((0, 0), |(key, start)| (*key, *start))
    }

    /// Key and start of the first row of an order that has a start.
    async fn look(&mut self, condition: &str, order: &str) -> Result<Option<(i64, i64)>, DatabaseError> {
        let relation = self.relation;
        let mut statement = Statement::default();
        let always = (Timestamp(0), relation.as_of);
        let started = relation.column(Field::StartedAt);
        let started = match relation.mapping.times.get(&Field::StartedAt) {
            Some(kind) => kind.microseconds(relation.dialect, &started, always),
            None => started,
        };
        let column = &self.column;
        let key = relation.dialect.integer(column);
        let native = relation.native(&mut statement.fragments);
        statement.text = format!(
            "SELECT {key} AS bound_key, {started} AS started_us FROM {native} \
             WHERE {started} IS NOT NULL AND {column} IS NOT NULL{condition} ORDER BY {column}{order} LIMIT 1"
        );
        let rows = self.session.read("bound", &statement, 1).await?;
        let Some(row) = rows.iter().next() else { return Ok(None) };
        let (key, started_us) = (row.int("bound_key")?, row.int("started_us")?);
        self.seen.insert(key, started_us);
        Ok(Some((key, started_us)))
    }

    /// The keys of two rows, not far from one another, of which the one starts before `instant` and the
    /// other does not.
    async fn around(&mut self, instant: Timestamp) -> Result<(Option<i64>, Option<i64>), DatabaseError> {
        let close = self.last().0.saturating_sub(self.first().0) / PRECISION;
        loop {
            let before = |(_, start): &(&i64, &i64)| **start < instant.us();
            let low = self.seen.iter().filter(before).map(|(key, _)| *key).next_back();
            let after_low = |key: &i64| low.is_none_or(|low| *key > low);
            let high = self.seen.keys().copied().find(after_low);
            let (Some(low), Some(high)) = (low, high) else { return Ok((low, high)) };
            let middle = low.midpoint(high);
            if high.saturating_sub(low) <= close.max(1) {
                return Ok((Some(low), Some(high)));
            }
            let column = &self.column;
            let condition = format!(" AND {column} >= {middle} AND {column} < {high}");
            if self.look(&condition, "").await?.is_none() {
                // No row from the middle on: it is as if the higher one had its key.
                let start = self.seen.get(&high).copied().unwrap_or(i64::MAX);
                self.seen.insert(middle, start);
            }
        }
    }
}
