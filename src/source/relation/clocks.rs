//! The times of a row as SQL: whole microseconds, by the clocks of their zone.

use super::Relation;
use crate::clock::Timestamp;
use crate::mapping::FieldSource;
use crate::run::Field;
use crate::source::native_time::ClockChange;

/// Local times, around the stretch of time that is read.
pub(super) struct Clocks<'a> {
    pub(super) relation: &'a Relation<'a>,
    pub(super) around: (Timestamp, Timestamp),
}

impl Clocks<'_> {
    /// A time field; `None` where the source does not record it.
    pub(super) fn microseconds(&self, field: Field) -> Option<String> {
        let kind = self.relation.mapping.times.get(&field)?;
        Some(kind.microseconds(self.relation.dialect, &self.relation.column(field), self.around))
    }

    pub(super) fn started_us(&self) -> String {
        let started = self.microseconds(Field::StartedAt).unwrap_or_default();
        self.started(started, self.microseconds(Field::FinishedAt))
    }

    /// The end as recorded, else the start and the duration.
    pub(super) fn finished_us(&self, started: &str) -> String {
        let (mapping, dialect) = (self.relation.mapping, self.relation.dialect);
        let duration = mapping.places.get(&Field::Duration).map(|place| {
            let value = match place {
                FieldSource::Column(column) => dialect.identifier(column),
                FieldSource::Json { .. } => self.relation.whole_number(Field::Duration),
            };
            format!("{started} + {}", mapping.duration.microseconds(dialect, &value))
        });
        let finished = self.microseconds(Field::FinishedAt).map(|finished| self.finished(finished, started));
        match (finished, duration) {
            (Some(finished), Some(computed)) => format!("COALESCE({finished}, {computed})"),
            (finished, computed) => finished.or(computed).unwrap_or_default(),
        }
    }

    /// The local time of a field, and the changes of its clocks; `None` where there are none.
    fn changes(&self, field: Field) -> Option<(String, Vec<ClockChange>)> {
        let kind = self.relation.mapping.times.get(&field)?;
        let changes = kind.clock_changes(self.around);
        let local = kind.local_us(self.relation.dialect, &self.relation.column(field));
        (!changes.is_empty()).then_some((local, changes))
    }

    /// A start that does not happen lies as long after the change as it lies in the gap; where the run would
    /// then end before it starts, it started at the change.
    fn started(&self, started: String, finished: Option<String>) -> String {
        let (Some(finished), Some((local, changes))) = (finished, self.changes(Field::StartedAt)) else {
            return started;
        };
        let branch = |change: &ClockChange| {
            let (gap, at) = (change.touches(&local), change.at_us);
            format!("WHEN {gap} AND {finished} >= {at} AND {finished} < {started} THEN {at} ")
        };
        let branches: String = changes.iter().filter(|change| !change.repeats()).map(branch).collect();
        if branches.is_empty() { started } else { format!("(CASE {branches}ELSE {started} END)") }
    }

    /// An end that happens twice is the first that does not lie before the start.
    fn finished(&self, finished: String, started: &str) -> String {
        let Some((local, changes)) = self.changes(Field::FinishedAt) else { return finished };
        let branch = |change: &ClockChange| {
            let (twice, by) = (change.touches(&local), change.by_us());
            format!("WHEN {twice} AND {finished} < {started} THEN {finished} + {by} ")
        };
        let branches: String = changes.iter().filter(|change| change.repeats()).map(branch).collect();
        if branches.is_empty() { finished } else { format!("(CASE {branches}ELSE {finished} END)") }
    }

    /// 1 where one of the row's local times does not happen, or happens twice.
    pub(super) fn doubtful(&self) -> String {
        if self.relation.mapping.knows_doubts {
            return "clock_change".to_owned();
        }
        let fields = Field::TIMES.into_iter().filter_map(|field| self.changes(field));
        let conditions =
            fields.flat_map(|(local, changes)| changes.into_iter().map(move |change| change.touches(&local)));
        flag(conditions.collect())
    }

    /// 1 where one of the row's times has no zone, and none is declared.
    pub(super) fn zoneless(&self) -> String {
        if self.relation.mapping.knows_doubts {
            return "zoneless".to_owned();
        }
        if self.relation.mapping.time_zone.is_some() {
            return flag(Vec::new());
        }
        let times = self.relation.mapping.times.iter();
        flag(times.filter_map(|(field, kind)| kind.zoneless(&self.relation.column(*field))).collect())
    }
}

pub(super) fn flag(conditions: Vec<String>) -> String {
    match conditions.as_slice() {
        [] => "0".to_owned(),
        conditions => format!("CASE WHEN {} THEN 1 ELSE 0 END", conditions.join(" OR ")),
    }
}
