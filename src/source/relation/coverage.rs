//! The question for the first and the last start of a table.

use std::collections::BTreeMap;

use super::Relation;
use super::query::Query;
use super::range::KeyRange;
use super::statement::split_header;
use super::writer::{ROWS, StatementSteps};
use crate::clock::{Span, Timestamp};
use crate::database::{BoundValue, Statement};
use crate::run::Field;

/// Clocks of servers differ by less.
const CLOCK_TOLERANCE: Span = Span::seconds(60);

/// In the year 9987: every database holds it.
const FAR: Timestamp = Timestamp(253_000_000_000_000_000);

impl Relation<'_> {
    /// The statement for the first and last start in the table, whatever the windows are; `keys` are those
    /// among which the one and the other is.
    pub fn coverage(&self, query: &Query, keys: Option<[KeyRange; 2]>) -> Statement {
        let mut values = BTreeMap::new();
        let mut fragments = BTreeMap::new();
        let started = self.column(Field::StartedAt);
        let mut ends = Vec::new();
        let keys = keys.map_or([None; 2], |keys| keys.map(Some));
        let of_ends = [("MIN", "first_started_us"), ("MAX", "last_started_us")];
        for ((function, name), keys) in of_ends.into_iter().zip(keys.iter().copied()) {
            let kind = self.mapping.times.get(&Field::StartedAt);
            let us = kind.map_or_else(
                || format!("{function}({started})"),
                |kind| kind.extreme_us(self.dialect, function, &started, (Timestamp(0), self.as_of)),
            );
            let mut conditions = vec![format!("{started} IS NOT NULL")];
            if let Some(kind) = kind {
                let all = (Timestamp(0), self.as_of);
                conditions.push(kind.bounds(self.dialect, &started, "coverage", all, &mut values));
            }
            conditions.extend(self.within_keys(keys));
            if let Some(condition) = &self.mapping.condition {
                fragments.insert("source_where".to_owned(), condition.clone());
                conditions.push(":source_where".to_owned());
            }
            ends.push(format!(
                "(SELECT {us} FROM {} WHERE {}) AS {name}",
                self.native(&mut fragments),
                conditions.join(" AND ")
            ));
        }
        ends.push(self.ahead(keys[1], &mut values, &mut fragments));
        let steps = StatementSteps {
            rows: format!("  SELECT {}", ends.join(",\n  ")),
            others: vec![format!("coverage AS (\n  SELECT * FROM {ROWS}\n)")],
        };
        let (header, body) = split_header(query.text);
        Statement { text: format!("{header}{}", self.with_steps(&steps, body)), values, fragments }
    }

    /// The column with the number of rows that start after the clock.
    fn ahead(
        &self,
        keys: Option<KeyRange>,
        values: &mut BTreeMap<String, BoundValue>,
        fragments: &mut BTreeMap<String, String>,
    ) -> String {
        let Some(kind) = self.mapping.times.get(&Field::StartedAt).filter(|_| self.as_of_is_clock) else {
            return format!("{} AS rows_ahead", self.dialect.integer("NULL"));
        };
        let started = self.column(Field::StartedAt);
        let from = self.as_of.plus(CLOCK_TOLERANCE);
        let us = kind.microseconds(self.dialect, &started, (from, FAR));
        let bounds = kind.bounds(self.dialect, &started, "ahead", (from, FAR), values);
        let mut conditions = vec![bounds, format!("{us} >= {}", from.us())];
        conditions.extend(self.within_keys(keys));
        if self.mapping.condition.is_some() {
            conditions.push(":source_where".to_owned());
        }
        let native = self.native(fragments);
        format!("(SELECT COUNT(*) FROM {native} WHERE {}) AS rows_ahead", conditions.join(" AND "))
    }
}
