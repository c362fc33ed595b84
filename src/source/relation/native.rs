//! The first steps: native rows of each range in microseconds, then words mapped and the scope marked.

use super::clocks::Clocks;
use super::query::Column;
use super::range::{Extent, ReadRange};
use super::writer::{ROWS, RowStarts, Writer};
use crate::clock::{DAY_US, Span, Timestamp};
use crate::database::Dialect;
use crate::mapping::{StatusMeaning, StatusWords};
use crate::observation::counting::Scope;
use crate::run::{Field, SkipReason, Status};
use crate::source::native_time::TimeKind;

/// How far from the windows a run may have been meant to start, and may have ended: twenty years.
pub const POSSIBLE: Span = Span(20 * 366 * DAY_US);

impl Writer<'_> {
    /// The native rows of one range, times in microseconds: those that started in it, or all those without a
    /// start that can be read, or both.
    pub(super) fn native(&mut self, range: &ReadRange, starts: RowStarts) -> String {
        let relation = self.relation;
        let dialect = relation.dialect;
        // A chain of rows that touches the range may begin before it and end beyond it.
        let chain = relation.chain();
        let around = (range.from.plus(Span(-chain.us())), range.until.plus(chain));
        let clocks = Clocks { relation, around };
        let missing = starts == RowStarts::Missing;
        let started = if missing { dialect.integer("NULL") } else { clocks.started_us() };
        let finished = clocks.finished_us(&started);
        let mut columns = vec![
            format!("{} AS job_name", relation.text(Field::JobName)),
            format!("{started} AS started_us"),
            format!("{finished} AS finished_us"),
            format!("{} AS status_word", relation.text(Field::Status)),
        ];
        for column in self.carried() {
            if column == Column::PlacedUs && !range.has_startless {
                continue;
            }
            let value = match column {
                Column::ScheduledUs => {
                    clocks.microseconds(Field::ScheduledAt).unwrap_or_else(|| dialect.integer("NULL"))
                }
                Column::ErrorLine => format!("@first_line({})", relation.text(Field::ErrorMessage)),
                Column::Attempt => self.attempt(),
                Column::StaggerOffset => relation.whole_number(Field::StaggerOffsetS),
                Column::Schedule => relation.text(Field::Schedule),
                Column::EffectiveSchedule => relation.text(Field::EffectiveSchedule),
                Column::SkipReason => relation.text(Field::SkipReason),
                Column::PlacedUs => self.startless(starts),
                Column::Zoneless => clocks.zoneless(),
                Column::ClockChange => clocks.doubtful(),
                column => column.name().to_owned(),
            };
            let name = if column == Column::PlacedUs { "startless" } else { column.name() };
            columns.push(format!("{value} AS {name}"));
        }
        let conditions = self.conditions(range, around, starts);
        let native = relation.native(&mut self.fragments);
        let columns = columns.join(",\n    ");
        let window = range.window_id;
        if relation.dialect == Dialect::Postgres && relation.mapping.is_local {
            // Read in place, an expression would be worked out once for every use of its column. The number
            // of the window stays outside, where the planner knows that it is the same throughout.
            return format!(
                "  SELECT {window} AS window_id, r.* FROM (SELECT {columns}\n  FROM {native}\n  WHERE {conditions}\n  OFFSET 0) AS r"
            );
        }
        format!("  SELECT {window} AS window_id,\n    {columns}\n  FROM {native}\n  WHERE {conditions}")
    }

    /// 0 for a row with a start, 1 where none is recorded, 2 where it cannot be read.
    fn startless(&self, starts: RowStarts) -> String {
        let started = self.relation.column(Field::StartedAt);
        let which = format!("CASE WHEN {started} IS NULL THEN 1 ELSE 2 END");
        match (starts, self.relation.mapping.times.get(&Field::StartedAt)) {
            (RowStarts::InsideOrMissing, Some(kind)) => {
                let missing = kind.missing(self.relation.dialect, &started);
                format!("CASE WHEN {missing} THEN {which} ELSE 0 END")
            }
            (RowStarts::Missing, _) => which,
            _ => "0".to_owned(),
        }
    }

    pub(super) fn attempt(&self) -> String {
        let attempt = self.relation.whole_number(Field::Attempt);
        match self.relation.mapping.attempt_base {
            0 => format!("{attempt} + 1"),
            _ => attempt,
        }
    }

    /// The bounds on the native start column, and the user's conditions.
    pub(super) fn conditions(
        &mut self,
        range: &ReadRange,
        around: (Timestamp, Timestamp),
        starts: RowStarts,
    ) -> String {
        let relation = self.relation;
        let mut conditions = Vec::new();
        if let Some(kind) = relation.mapping.times.get(&Field::StartedAt) {
            let started = relation.column(Field::StartedAt);
            let missing = || kind.missing(relation.dialect, &started);
            let mut inside = || {
                let late = if range.until > range.end { "_late" } else { "" };
                let name = format!("{}{late}", range.name);
                kind.bounds(relation.dialect, &started, &name, around, &mut self.values)
            };
            conditions.push(match starts {
                RowStarts::Inside => inside(),
                RowStarts::Missing => missing(),
                RowStarts::InsideOrMissing => format!("({} OR {})", inside(), missing()),
            });
        }
        conditions.extend(relation.within_keys(range.keys));
        if let Some(condition) = &relation.mapping.condition {
            self.fragments.insert("source_where".to_owned(), condition.clone());
            conditions.push(":source_where".to_owned());
        }
        if let Some(condition) = &range.condition {
            let name = format!("{}_where", range.name);
            self.fragments.insert(name.clone(), condition.clone());
            conditions.push(format!(":{name}"));
        }
        conditions.join("\n    AND ")
    }

    /// Status words mapped, earlier names replaced, the scope marked.
    pub(super) fn mapped(&mut self, ranges: &[ReadRange]) -> String {
        let relation = self.relation;
        let finished = possible("finished_us", self.extent);
        let mut columns = vec![
            "window_id".to_owned(),
            format!("{} AS job_name", self.present_name()),
            "started_us".to_owned(),
            format!("{finished} AS finished_us"),
            "status_word".to_owned(),
            format!("{} AS status", self.status()),
            format!("{} AS in_scope", self.in_scope()),
        ];
        for column in self.carried() {
            columns.push(match column {
                Column::SkipReason => format!("{} AS skip_reason", self.skip_reason()),
                Column::ScheduledUs => format!("{} AS scheduled_us", possible("scheduled_us", self.extent)),
                Column::PlacedUs => format!("{} AS placed_us", self.placed(ranges)),
                column => column.name().to_owned(),
            });
        }
        let startless = self.reads_startless(ranges);
        let exact = relation.mapping.times.get(&Field::StartedAt).is_none_or(TimeKind::is_exact);
        // Where the native bounds are wider than the range, the microseconds decide; `source_runs` does it.
        let note = match (exact, startless) {
            (true, _) => "",
            (false, true) => "\n  WHERE started_us IS NOT NULL OR startless > 0",
            (false, false) => "\n  WHERE started_us IS NOT NULL",
        };
        format!("  SELECT {}\n  FROM {ROWS}{note}", columns.join(", "))
    }

    /// The instant by which a row belongs to a window: its start; without one, when it was meant to start,
    /// else when it ended. NULL where the row has neither, has a start that cannot be read, or says that it
    /// still runs.
    fn placed(&mut self, ranges: &[ReadRange]) -> String {
        if !self.reads_startless(ranges) {
            return "started_us".to_owned();
        }
        let status = self.status();
        format!(
            "CASE startless WHEN 0 THEN started_us \
             WHEN 1 THEN CASE WHEN {status} <> 'running' THEN COALESCE(scheduled_us, finished_us) END END"
        )
    }

    /// Exact bounds in microseconds, where the native ones are wider, chains reach beyond the range, or rows
    /// without a start are read; empty elsewhere.
    pub(super) fn exact_bounds(&self, ranges: &[ReadRange]) -> String {
        let startless = self.reads_startless(ranges);
        if self.relation.bounds_are_exact() && !startless {
            return String::new();
        }
        if let ([range], true) = (ranges, self.relation.bounds_are_exact()) {
            // Said of the rows without a start only, and so that no planner takes them for the many.
            let (from, until) = (range.from.us(), range.until.us());
            return format!(
                "NOT (started_us IS NULL AND placed_us IS NOT NULL AND (placed_us < {from} OR placed_us >= {until}))"
            );
        }
        let at = self.query.instant();
        let cases: Vec<String> = ranges
            .iter()
            .map(|range| {
                let (from, until) = (range.from.us(), range.until.us());
                let inside = format!("{at} >= {from} AND {at} < {until}");
                let only = ranges.len() == 1;
                if only {
                    format!("({inside})")
                } else {
                    format!("(window_id = {} AND {inside})", range.window_id)
                }
            })
            .chain(startless.then(|| "placed_us IS NULL".to_owned()))
            .collect();
        cases.join("\n    OR ")
    }

    pub(super) fn present_name(&mut self) -> String {
        let mut branches = String::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            if let Some(was) = &job.was {
                let was = self.text(&format!("was_{number}"), was);
                let name = self.text(&format!("job_{number}"), &job.name);
                branches.push_str(&format!(" WHEN {was} THEN {name}"));
            }
        }
        if branches.is_empty() {
            return "job_name".to_owned();
        }
        self.dialect().bytewise(&format!("CASE job_name{branches} ELSE job_name END"))
    }

    pub(super) fn in_scope(&mut self) -> String {
        if self.relation.settings.scope == Scope::All {
            return "1".to_owned();
        }
        let mut names = Vec::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            names.push(self.text(&format!("job_{number}"), &job.name));
            if let Some(was) = &job.was {
                names.push(self.text(&format!("was_{number}"), was));
            }
        }
        if names.is_empty() {
            return "1".to_owned();
        }
        format!("CASE WHEN job_name IN ({}) THEN 1 ELSE 0 END", names.join(", "))
    }

    /// A word that is not mapped becomes NULL; `statuses` finds it before anything is counted.
    pub(super) fn status(&mut self) -> String {
        let statuses = &self.relation.mapping.statuses;
        let own_words = Status::ALL
            .iter()
            .all(|status| statuses.words.get(status.word()) == Some(&StatusMeaning::Is(*status)));
        if own_words
            && statuses.words.len() == Status::ALL.len()
            && statuses.null.or(statuses.other).is_none()
        {
            return "status_word".to_owned();
        }
        self.by_word(|meaning| Some(format!("'{}'", meaning.word())))
    }

    pub(super) fn skip_reason(&mut self) -> String {
        self.by_word(|meaning| match meaning {
            StatusMeaning::Skipped(SkipReason::Lock) => Some("'lock'".to_owned()),
            StatusMeaning::Skipped(SkipReason::Overlap) => Some("'overlap'".to_owned()),
            StatusMeaning::Skipped(SkipReason::Other) => Some("'other'".to_owned()),
            StatusMeaning::Is(Status::Skipped) => Some(
                "CASE skip_reason WHEN 'lock' THEN 'lock' WHEN 'overlap' THEN 'overlap' ELSE 'other' END"
                    .to_owned(),
            ),
            StatusMeaning::Open | StatusMeaning::Is(_) => None,
        })
    }

    /// A value by what the status word means; NULL where there is none.
    fn by_word(&mut self, value: impl Fn(StatusMeaning) -> Option<String>) -> String {
        let StatusWords { words, null, other } = &self.relation.mapping.statuses;
        let [null, other] = [null, other].map(|meaning| meaning.and_then(&value));
        let mut branches = String::new();
        for (number, (word, meaning)) in words.iter().enumerate() {
            let value = value(*meaning);
            // A word without a value differs only from other words that have one.
            if value.is_some() || other.is_some() {
                let word = self.text(&format!("status_{number}"), word);
                let value = value.unwrap_or_else(|| "NULL".to_owned());
                branches.push_str(&format!(" WHEN {word} THEN {value}"));
            }
        }
        let other = other.unwrap_or_else(|| "NULL".to_owned());
        let known =
            if branches.is_empty() { other } else { format!("CASE status_word{branches} ELSE {other} END") };
        match null {
            Some(null) => format!("CASE WHEN status_word IS NULL THEN {null} ELSE {known} END"),
            None => known,
        }
    }
}

/// An instant, NULL where it is too far from the windows to be one: a year 9999 that stands for "never", whose
/// distances would not fit their sums.
fn possible(column: &str, extent: Extent) -> String {
    let (from, until) = (extent.from.plus(Span(-POSSIBLE.us())), extent.until.plus(POSSIBLE));
    format!("CASE WHEN {column} >= {} AND {column} < {} THEN {column} END", from.us(), until.us())
}
