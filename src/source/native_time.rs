//! Native time columns: how each becomes whole microseconds, and how a bound in microseconds becomes a
//! condition on the native column that an index can serve.

use std::collections::BTreeMap;

use chrono::{Offset, TimeZone};
use chrono_tz::Tz;

use super::written_time;
use crate::clock::{DAY_US, HOUR_US, SECOND_US, Timestamp};
use crate::database::{BoundValue, Dialect};
use crate::mapping::EpochUnit;
use crate::time_format::TimeFormat;

#[derive(Clone, Debug, PartialEq)]
pub enum TimeKind {
    /// A whole number since the epoch.
    Epoch(EpochUnit),
    /// Seconds since the epoch with a fraction.
    EpochFraction,
    /// An instant: `timestamptz`, or `MySQL`'s `TIMESTAMP` in a session at UTC.
    Instant,
    /// A date and time without a zone: UTC, or the given zone.
    Local(Option<Tz>),
    /// ISO 8601 text, with an offset or in the given zone, else UTC (`SQLite`).
    Text(Option<Tz>),
    /// Text in a declared format, in the given zone, else UTC. It does not sort as the times that it says.
    Written(TimeFormat, Option<Tz>),
}

/// What a mapping says of all of its times.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeclaredTimes<'a> {
    pub unit: Option<EpochUnit>,
    pub zone: Option<Tz>,
    /// Of text.
    pub format: Option<&'a TimeFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// The instant, µs.
    pub at_us: i64,
    /// The zone's offset from UTC before it and from it on, µs.
    pub offsets_us: [i64; 2],
}

impl ClockChange {
    /// Whether local times happen twice; otherwise some do not happen.
    pub const fn repeats(&self) -> bool {
        self.offsets_us[1] < self.offsets_us[0]
    }

    /// How far the clocks are put, µs.
    pub const fn by_us(&self) -> i64 {
        (self.offsets_us[1] - self.offsets_us[0]).abs()
    }

    /// SQL for: the local time, in µs as if it were UTC, does not happen, or happens twice.
    pub fn touches(&self, local_us: &str) -> String {
        let [before, after] = self.offsets_us;
        let (from, until) = (self.at_us + before.min(after), self.at_us + before.max(after));
        format!("({local_us} >= {from} AND {local_us} < {until})")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATime {
    /// Whole numbers need `time_unit`.
    NeedsUnit,
    /// Text, which does not sort as the numbers that `time_unit` promises (`SQLite`).
    TextOfNumbers,
    /// Text, of which nothing says how times are written in it.
    Text,
    /// The type holds no times.
    WrongType,
}

impl TimeKind {
    /// The kind of a column by its declared type.
    pub fn of(dialect: Dialect, type_name: &str, declared: DeclaredTimes<'_>) -> Result<Self, NotATime> {
        let DeclaredTimes { unit, zone, format } = declared;
        let is = |words: &[&str]| words.iter().any(|word| type_name.contains(word));
        let zone = zone.filter(|zone| *zone != Tz::UTC);
        let is_text = is(&["char", "clob", "text"]);
        if type_name.contains("timestamp") && dialect == Dialect::Postgres {
            return Ok(if is(&["with time zone"]) { Self::Instant } else { Self::Local(zone) });
        }
        if dialect.is_mysql() && is(&["timestamp"]) {
            return Ok(Self::Instant);
        }
        if dialect.is_mysql() && is(&["datetime"]) {
            return Ok(Self::Local(zone));
        }
        if is(&["int"]) && !is(&["interval", "point"]) {
            return unit.map(Self::Epoch).ok_or(NotATime::NeedsUnit);
        }
        if is(&["double", "real", "float", "numeric", "decimal"]) {
            return Ok(Self::EpochFraction);
        }
        if let Some(format) = format.filter(|_| is_text || dialect == Dialect::Sqlite) {
            return Ok(Self::Written(format.clone(), zone));
        }
        if dialect == Dialect::Sqlite {
            let Some(unit) = unit else { return Ok(Self::Text(zone)) };
            // A column of these types compares numbers as text; other types bind nothing in SQLite.
            return if is_text { Err(NotATime::TextOfNumbers) } else { Ok(Self::Epoch(unit)) };
        }
        Err(if is_text { NotATime::Text } else { NotATime::WrongType })
    }

    /// SQL for the column's value in whole microseconds since the epoch; NULL for NULL, for infinity, and
    /// beyond the year 9999, where the number would not fit.
    /// `around` is the stretch of time in which zone changes matter.
    pub fn microseconds(&self, dialect: Dialect, column: &str, around: (Timestamp, Timestamp)) -> String {
        match self {
            Self::Epoch(unit) if unit.us() == 1 => dialect.integer(column),
            Self::Epoch(unit) => within(dialect, column, unit.us(), format!("({column} * {})", unit.us())),
            Self::EpochFraction => {
                let us = dialect.integer(&format!("ROUND({column} * 1000000)"));
                within(dialect, column, SECOND_US, us)
            }
            Self::Instant | Self::Local(None) => self.calendar_near(dialect, column, around),
            Self::Local(Some(zone)) => {
                let local = self.calendar_near(dialect, column, around);
                format!("({local} - {})", zone_offset_us(*zone, &local, around))
            }
            Self::Text(zone) => text_us(column, *zone, around),
            Self::Written(format, None) => written_time::microseconds(format, dialect, column),
            Self::Written(format, Some(zone)) => {
                let local = written_time::microseconds(format, dialect, column);
                let at = |local: &str| format!("{local} - {}", zone_offset_us(*zone, local, around));
                if dialect == Dialect::Sqlite {
                    // Computed once: `SQLite` does not fold a query with a LIMIT into its outer one.
                    let shifted = at("jd_local");
                    return format!("(SELECT {shifted} FROM (SELECT {local} AS jd_local LIMIT 1) LIMIT 1)");
                }
                format!("({})", at(&local))
            }
        }
    }

    /// SQL for the first or last time of the column: `function` is `MIN` or `MAX`.
    pub fn extreme_us(
        &self,
        dialect: Dialect,
        function: &str,
        column: &str,
        around: (Timestamp, Timestamp),
    ) -> String {
        match self {
            Self::Written(..) => format!("{function}({})", self.microseconds(dialect, column, around)),
            _ => self.microseconds(dialect, &format!("{function}({column})"), around),
        }
    }

    /// Conditions `column >= from` and `column < until` that an index on the column serves. They never
    /// leave out a row of the period; where they are not exact ([`TimeKind::is_exact`]) the caller
    /// compares microseconds as well.
    pub fn bounds(
        &self,
        dialect: Dialect,
        column: &str,
        name: &str,
        (from, until): (Timestamp, Timestamp),
        values: &mut BTreeMap<String, BoundValue>,
    ) -> String {
        let mut bind = |end: &str, value: BoundValue| {
            let name = format!("{name}_{end}");
            let place = format!(":{name}");
            values.insert(name, value);
            place
        };
        match self {
            Self::Epoch(unit) => {
                let ceil = |at: Timestamp| {
                    at.us().div_euclid(unit.us()) + i64::from(at.us().rem_euclid(unit.us()) > 0)
                };
                let (from, until) =
                    (bind("from", BoundValue::Int(ceil(from))), bind("until", BoundValue::Int(ceil(until))));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::EpochFraction => {
                let whole = |at: Timestamp, more: i64| BoundValue::Int(at.us().div_euclid(SECOND_US) + more);
                let (from, until) = (bind("from", whole(from, 0)), bind("until", whole(until, 1)));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::Instant | Self::Local(_) if dialect == Dialect::Postgres => {
                // Written out, they are constants for the planner, and for another server that it asks.
                let wide = if let Self::Local(Some(_)) = self { [-14, 15] } else { [0, 0] };
                let [from, until] = [(from, wide[0]), (until, wide[1])]
                    .map(|(at, hours)| self.written_out(Timestamp(at.us() + hours * HOUR_US)));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::Instant | Self::Local(None) => {
                let (from, until) = (bind("from", native_text(from)), bind("until", native_text(until)));
                let (from, until) = (Self::cast(dialect, &from), Self::cast(dialect, &until));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::Local(Some(_)) => {
                let wide = |at: Timestamp, hours: i64| native_text(Timestamp(at.us() + hours * HOUR_US));
                let (from, until) = (bind("from", wide(from, -14)), bind("until", wide(until, 15)));
                let (from, until) = (Self::cast(dialect, &from), Self::cast(dialect, &until));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::Text(_) => {
                let day = |at: Timestamp, days: i64| match native_text(Timestamp(at.us() + days * DAY_US)) {
                    BoundValue::Text(text) => BoundValue::Text(text.chars().take(10).collect()),
                    number @ BoundValue::Int(_) => number,
                };
                let (from, until) = (bind("from", day(from, -1)), bind("until", day(until, 2)));
                format!("{column} >= {from} AND {column} < {until}")
            }
            Self::Written(..) => format!("{column} IS NOT NULL"),
        }
    }

    /// The changes of the column's clocks that matter around a stretch of time.
    pub fn clock_changes(&self, around: (Timestamp, Timestamp)) -> Vec<ClockChange> {
        match self {
            Self::Local(Some(zone)) | Self::Text(Some(zone)) | Self::Written(_, Some(zone)) => {
                clock_changes(*zone, around)
            }
            _ => Vec::new(),
        }
    }

    /// SQL for the column's local time in µs, as if it were UTC; NULL where its text has an offset.
    pub fn local_us(&self, dialect: Dialect, column: &str) -> String {
        match self {
            Self::Text(_) => {
                let local = calendar_us(dialect, column);
                format!("(CASE WHEN NOT {} THEN {local} END)", has_offset(column))
            }
            Self::Written(format, _) => written_time::microseconds(format, dialect, column),
            _ => format!("({})", calendar_us(dialect, column)),
        }
    }

    /// SQL for: the value is a time to which only an assumption gives a zone; `None` where that cannot be.
    pub fn zoneless(&self, column: &str) -> Option<String> {
        match self {
            Self::Local(None) | Self::Written(_, None) => Some(format!("{column} IS NOT NULL")),
            Self::Text(None) => Some(format!("({column} GLOB '{DATE}' AND NOT {})", has_offset(column))),
            _ => None,
        }
    }

    /// A condition for rows whose start is missing or cannot be read as a time.
    pub fn missing(&self, dialect: Dialect, column: &str) -> String {
        let unreadable = match (self, dialect) {
            (Self::Text(_), _) => {
                format!("{} IS NULL", text_us(column, None, (Timestamp(0), Timestamp(0))))
            }
            (Self::Written(format, _), _) => {
                format!("{} IS NULL", written_time::microseconds(format, dialect, column))
            }
            // Text in a column of numbers sorts after all of them.
            (_, Dialect::Sqlite) => format!("{column} >= ''"),
            (Self::EpochFraction, Dialect::Postgres) => format!("{column} = 'NaN'"),
            (Self::Instant | Self::Local(_), Dialect::Postgres) => {
                format!("{column} IN ('-infinity', 'infinity')")
            }
            // A date of noughts.
            (Self::Instant | Self::Local(_), _) => format!("{column} < '1000-01-01'"),
            _ => return format!("{column} IS NULL"),
        };
        format!("({column} IS NULL OR {unreadable})")
    }

    /// Whether [`TimeKind::bounds`] lets exactly the rows of the period through.
    pub const fn is_exact(&self) -> bool {
        matches!(self, Self::Epoch(_) | Self::Instant | Self::Local(None))
    }

    /// An instant as `PostgreSQL` reads it in the column's type.
    fn written_out(&self, at: Timestamp) -> String {
        let text = match native_text(at) {
            BoundValue::Text(text) => text,
            BoundValue::Int(us) if us > 0 => "infinity".to_owned(),
            BoundValue::Int(_) => "-infinity".to_owned(),
        };
        match self {
            Self::Instant if text.ends_with("infinity") => format!("TIMESTAMPTZ '{text}'"),
            Self::Instant => format!("TIMESTAMPTZ '{text}+00'"),
            _ => format!("TIMESTAMP '{text}'"),
        }
    }

    /// Microseconds of a date-and-time value, read as UTC, that is compared with those of a stretch of time.
    /// `PostgreSQL` keeps them as such, and the difference that its ranges use is the one way to them that is
    /// neither a text nor a decimal nor, as far as another server is concerned, subject to settings. It is a
    /// double, exact once rounded up to 2^50 µs.
    fn calendar_near(&self, dialect: Dialect, column: &str, (from, until): (Timestamp, Timestamp)) -> String {
        if dialect != Dialect::Postgres || until.us() - from.us() > MOST_NEAR_US {
            return calendar_us(dialect, column);
        }
        let start = Timestamp(from.us().div_euclid(DAY_US) * DAY_US);
        let range = if *self == Self::Instant { "tstzrange" } else { "tsrange" };
        let at = |us: i64| self.written_out(Timestamp(us));
        format!(
            "CASE WHEN {column} > {} AND {column} < {} THEN CAST({range}_subdiff({column}, {}) * 1000000 AS bigint) + {} END",
            at(start.us() - NEAR_US),
            at(start.us() + NEAR_US),
            at(start.us()),
            start.us()
        )
    }

    fn cast(dialect: Dialect, place: &str) -> String {
        match dialect {
            Dialect::Sqlite => place.to_owned(),
            Dialect::Postgres => format!("CAST({place} AS timestamp)"),
            Dialect::MySql | Dialect::MariaDb => format!("CAST({place} AS DATETIME(6))"),
        }
    }
}

/// `us`, the microseconds of `value`, NULL where they would not fit their number. `SQLite` goes over to numbers
/// with a fraction instead.
pub(super) fn within(dialect: Dialect, value: &str, unit_us: i64, us: String) -> String {
    /// 10000-01-01T00:00:00Z
    const END_US: i64 = 253_402_300_800_000_000;
    if dialect == Dialect::Sqlite || unit_us == 1 {
        return us;
    }
    let end = END_US / unit_us;
    format!("CASE WHEN {value} > -{end} AND {value} < {end} THEN {us} END")
}

/// `2026-02-01 20:56:00.000000`, which every database reads.
fn native_text(at: Timestamp) -> BoundValue {
    match at.to_utc() {
        Some(at) => BoundValue::Text(at.format("%Y-%m-%d %H:%M:%S%.6f").to_string()),
        None => BoundValue::Int(at.us()),
    }
}

/// Microseconds of a native date-and-time value, read as UTC.
fn calendar_us(dialect: Dialect, column: &str) -> String {
    match dialect {
        // date_part is a double, exact to the microsecond until 2106 once rounded, and several times
        // faster than the numeric of EXTRACT; infinity is no end.
        Dialect::Postgres => format!(
            "CASE WHEN {column} > '-infinity' AND {column} < '2100-01-01' \
             THEN CAST(date_part('epoch', {column}) * 1000000 AS bigint) \
             WHEN {column} > '-infinity' AND {column} < '10000-01-01' \
             THEN CAST(EXTRACT(EPOCH FROM {column}) * 1000000 AS bigint) END"
        ),
        Dialect::MySql | Dialect::MariaDb => {
            format!("TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', {column})")
        }
        Dialect::Sqlite => text_us(column, None, (Timestamp(0), Timestamp(0))),
    }
}

/// How far from a stretch of time its times are worked out: 35 years, below 2^50 µs.
const NEAR_US: i64 = 35 * 365 * DAY_US;
/// The longest such stretch, with room for what is further away than any time that counts.
const MOST_NEAR_US: i64 = 14 * 365 * DAY_US;

/// What text with a date begins with, for GLOB.
const DATE: &str = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*";

fn has_offset(column: &str) -> String {
    format!("({column} LIKE '%Z' OR (length({column}) > 20 AND substr({column}, -6, 1) IN ('+', '-')))")
}

/// Microseconds of `SQLite` text: whole seconds by `strftime`, the fraction by its digits, since
/// `SQLite` itself keeps milliseconds only. NULL for what is no ISO 8601 from its first character to its
/// last: a bound on text finds nothing else, so that reading more would lose rows.
fn text_us(column: &str, zone: Option<Tz>, around: (Timestamp, Timestamp)) -> String {
    let offset = format!(
        "CASE WHEN {column} LIKE '%Z' THEN 'Z' WHEN length({column}) > 20 AND substr({column}, -6, 1) IN ('+', '-') \
         THEN substr({column}, -6) ELSE '' END"
    );
    let seconds = format!("CAST(strftime('%s', substr({column}, 1, 19) || {offset}) AS INTEGER) * 1000000");
    let fraction = format!(
        "CASE WHEN substr({column}, 20, 1) = '.' THEN \
         CAST(round(CAST('0' || substr({column}, 20) AS REAL) * 1000000) AS INTEGER) ELSE 0 END"
    );
    let read = format!(
        "CASE WHEN typeof({column}) = 'text' AND {column} GLOB '{DATE}' AND strftime('%s', {column}) IS NOT NULL \
         THEN {seconds} + {fraction} END"
    );
    match zone {
        None => format!("({read})"),
        Some(zone) => {
            let read = format!("({read})");
            let shift = zone_offset_us(zone, &read, around);
            format!("({read} - CASE WHEN {} THEN 0 ELSE {shift} END)", has_offset(column))
        }
    }
}

/// SQL for the offset of `zone` from UTC in microseconds at the local time `local_us`: the zone's changes
/// from our own tables, so that all databases agree and none needs zone tables of its own. A local time
/// that happens twice is its first occurrence; one that does not happen lies as long after the change as it
/// lies in the gap.
fn zone_offset_us(zone: Tz, local_us: &str, around: (Timestamp, Timestamp)) -> String {
    let changes = clock_changes(zone, around);
    let Some(last) = changes.last() else { return offset_at(zone, around.0.us()).to_string() };
    let branch = |change: &ClockChange| {
        let [before, after] = change.offsets_us;
        format!("WHEN {local_us} < {} THEN {before} ", change.at_us + before.max(after))
    };
    let branches: String = changes.iter().map(branch).collect();
    format!("CASE {branches}ELSE {} END", last.offsets_us[1])
}

/// The offset of a zone from UTC at an instant, both in µs.
fn offset_at(zone: Tz, us: i64) -> i64 {
    let at = Timestamp(us).to_utc().map(|at| zone.offset_from_utc_datetime(&at.naive_utc()));
    at.map_or(0, |offset| i64::from(offset.fix().local_minus_utc()) * SECOND_US)
}

/// The changes of a zone's clocks from two days before a stretch of time to two days after it.
fn clock_changes(zone: Tz, (from, until): (Timestamp, Timestamp)) -> Vec<ClockChange> {
    let (start, end) = (from.us() - 2 * DAY_US, until.us() + 2 * DAY_US);
    let offset_at = |us: i64| offset_at(zone, us);
    let (mut at, mut offset) = (start, offset_at(start));
    let mut changes = Vec::new();
    while at < end {
        let next = (at + 6 * HOUR_US).min(end);
        let later = offset_at(next);
        if later != offset {
            changes.push(ClockChange {
                at_us: change_between(at, next, &offset_at),
                offsets_us: [offset, later],
            });
            offset = later;
        }
        at = next;
    }
    changes
}

/// The first instant with another offset than `from`, by halving.
fn change_between(mut from: i64, mut until: i64, offset_at: &dyn Fn(i64) -> i64) -> i64 {
    let before = offset_at(from);
    while until - from > 1 {
        let middle = from + (until - from) / 2;
        if offset_at(middle) == before { from = middle } else { until = middle }
    }
    until
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_with_a_change_becomes_a_case() {
        let around = ("2026-03-28T00:00:00Z".parse().unwrap(), "2026-03-30T00:00:00Z".parse().unwrap());
        let sql = zone_offset_us("Europe/Berlin".parse().unwrap(), "t", around);
        // 2026-03-29T01:00:00Z, in local time 02:00 that becomes 03:00.
        assert_eq!(sql, "CASE WHEN t < 1774753200000000 THEN 3600000000 ELSE 7200000000 END");
        assert_eq!(zone_offset_us("Europe/Istanbul".parse().unwrap(), "t", around), "10800000000");
    }

    #[test]
    fn kinds_follow_the_declared_type() {
        let ms = Some(EpochUnit::Milliseconds);
        let kind = |dialect, name| TimeKind::of(dialect, name, DeclaredTimes::default());
        let in_ms =
            |name| TimeKind::of(Dialect::Sqlite, name, DeclaredTimes { unit: ms, ..Default::default() });
        assert_eq!(kind(Dialect::Postgres, "timestamp(3) with time zone"), Ok(TimeKind::Instant));
        assert_eq!(kind(Dialect::Postgres, "timestamp without time zone"), Ok(TimeKind::Local(None)));
        assert_eq!(kind(Dialect::Postgres, "bigint"), Err(NotATime::NeedsUnit));
        assert_eq!(kind(Dialect::Postgres, "text"), Err(NotATime::Text));
        assert_eq!(kind(Dialect::Postgres, "interval"), Err(NotATime::WrongType));
        assert_eq!(kind(Dialect::MariaDb, "datetime(6)"), Ok(TimeKind::Local(None)));
        assert_eq!(kind(Dialect::MariaDb, "timestamp"), Ok(TimeKind::Instant));
        assert_eq!(kind(Dialect::Sqlite, "datetime"), Ok(TimeKind::Text(None)));
        assert_eq!(in_ms(""), Ok(TimeKind::Epoch(EpochUnit::Milliseconds)));
        assert_eq!(in_ms("varchar(20)"), Err(NotATime::TextOfNumbers));
    }
}
