//! Native columns of durations: how each becomes whole microseconds.

use super::native_time::within;
use crate::database::Dialect;
use crate::mapping::EpochUnit;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationKind {
    Whole(EpochUnit),
    /// Numbers with a fraction.
    Fraction(EpochUnit),
    /// `PostgreSQL`'s own type; a month has 30 days there.
    Interval,
    /// `TIME`, read as a length.
    Clock,
    /// Text: a number of the unit with a point or a comma, or `HH:MM:SS` with a fraction. In `SQLite` numbers as
    /// well.
    Text(EpochUnit),
}

/// `HH:MM:SS`, for databases with regular expressions.
const CLOCK: &str = "'^[0-9]{1,6}:[0-5][0-9]:[0-5][0-9]([.,][0-9]{1,9})?$'";

/// Digits before the point of a number: more would not fit whole microseconds.
const fn most_digits(unit: EpochUnit) -> u8 {
    match unit {
        EpochUnit::Seconds => 11,
        EpochUnit::Milliseconds => 14,
        EpochUnit::Microseconds => 17,
    }
}

impl DurationKind {
    /// The kind of a column by its declared type; `None` when the type holds no durations.
    pub fn of(dialect: Dialect, type_name: &str, unit: EpochUnit) -> Option<Self> {
        let is = |words: &[&str]| words.iter().any(|word| type_name.contains(word));
        if is(&["interval"]) {
            return (dialect == Dialect::Postgres).then_some(Self::Interval);
        }
        // Declared types bind nothing in SQLite, and a computed column has none.
        if dialect == Dialect::Sqlite {
            return (!is(&["date", "json", "blob"])).then_some(Self::Text(unit));
        }
        if is(&["int"]) && !is(&["point"]) {
            return Some(Self::Whole(unit));
        }
        if is(&["double", "real", "float", "numeric", "decimal"]) {
            return Some(Self::Fraction(unit));
        }
        if is(&["char", "text"]) {
            return Some(Self::Text(unit));
        }
        (type_name.starts_with("time") && !is(&["timestamp", "with time zone"])).then_some(Self::Clock)
    }

    /// SQL for `value` in whole microseconds; NULL where a text is no duration.
    pub fn microseconds(self, dialect: Dialect, value: &str) -> String {
        match self {
            Self::Whole(unit) => {
                let us = dialect.integer(&format!("{value} * {}", unit.us()));
                within(dialect, value, unit.us(), us)
            }
            Self::Fraction(unit) => {
                let us = dialect.integer(&format!("ROUND({value} * {})", unit.us()));
                within(dialect, value, unit.us(), us)
            }
            Self::Interval => {
                let us = dialect.integer(&format!("EXTRACT(EPOCH FROM {value}) * 1000000"));
                format!("CASE WHEN {value} < INTERVAL '7000 years' THEN {us} END")
            }
            Self::Clock if dialect == Dialect::Postgres => {
                dialect.integer(&format!("EXTRACT(EPOCH FROM {value}) * 1000000"))
            }
            Self::Clock => {
                let seconds = dialect.integer(&format!("FLOOR(ABS(TIME_TO_SEC({value})))"));
                format!(
                    "((CASE WHEN {value} < '00:00:00' THEN -1 ELSE 1 END) * ({seconds} * 1000000 + MICROSECOND({value})))"
                )
            }
            Self::Text(unit) => match dialect {
                Dialect::Sqlite => sqlite_text(value, unit),
                Dialect::Postgres => postgres_text(value, unit),
                Dialect::MySql | Dialect::MariaDb => mysql_text(dialect, value, unit),
            },
        }
    }

    /// A condition for values that cannot be read, NULL among them; `None` where all can.
    pub fn unreadable(self, dialect: Dialect, value: &str) -> Option<String> {
        let Self::Text(_) = self else { return None };
        Some(format!("{} IS NULL", self.microseconds(dialect, value)))
    }
}

fn postgres_text(value: &str, unit: EpochUnit) -> String {
    let text = format!("CAST({value} AS text)");
    let decimal = |text: &str, by: i64| {
        Dialect::Postgres.integer(&format!("ROUND(CAST(REPLACE({text}, ',', '.') AS numeric) * {by})"))
    };
    let part = |place: u8| format!("split_part({text}, ':', {place})");
    let [hours, minutes] = [1, 2].map(|place| Dialect::Postgres.integer(&part(place)));
    let clock = clock_us(&hours, &minutes, &decimal(&part(3), 1_000_000));
    matched(&format!("{text} ~"), unit, &decimal(&text, unit.us()), &clock)
}

fn mysql_text(dialect: Dialect, value: &str, unit: EpochUnit) -> String {
    let decimal = |text: &str, by: i64| {
        dialect.integer(&format!("ROUND(CAST(REPLACE({text}, ',', '.') AS DECIMAL(30, 9)) * {by})"))
    };
    let hours = dialect.integer(&format!("SUBSTRING_INDEX({value}, ':', 1)"));
    let minutes = dialect.integer(&format!("SUBSTRING_INDEX(SUBSTRING_INDEX({value}, ':', 2), ':', -1)"));
    let clock =
        clock_us(&hours, &minutes, &decimal(&format!("SUBSTRING_INDEX({value}, ':', -1)"), 1_000_000));
    // `$` also stands before a line feed at the end.
    matched(&format!("{value} NOT LIKE '%\n' AND {value} REGEXP"), unit, &decimal(value, unit.us()), &clock)
}

fn clock_us(hours: &str, minutes: &str, seconds_us: &str) -> String {
    format!("({hours} * 3600 + {minutes} * 60) * 1000000 + {seconds_us}")
}

/// `matches` stands before a regular expression.
fn matched(matches: &str, unit: EpochUnit, number_us: &str, clock_us: &str) -> String {
    let digits = most_digits(unit);
    format!(
        "(CASE WHEN {matches} '^[0-9]{{1,{digits}}}([.,][0-9]{{1,9}})?$' THEN {number_us} \
         WHEN {matches} {CLOCK} THEN {clock_us} END)"
    )
}

/// `SQLite` has no regular expressions.
fn sqlite_text(value: &str, unit: EpochUnit) -> String {
    let decimal = |text: &str, by: i64| {
        format!("CAST(ROUND(CAST(REPLACE({text}, ',', '.') AS REAL) * {by}) AS INTEGER)")
    };
    let digits = |text: &str| format!("{text} GLOB '[0-9]*' AND {text} NOT GLOB '*[^0-9]*'");
    let fraction = |text: &str, from: &str| {
        format!("length({text}) - {from} BETWEEN 1 AND 9 AND substr({text}, {from} + 1) NOT GLOB '*[^0-9]*'")
    };
    let point = format!("instr(REPLACE({value}, ',', '.'), '.')");
    let whole = format!("substr({value}, 1, CASE {point} WHEN 0 THEN length({value}) ELSE {point} - 1 END)");
    let is_number = format!(
        "{} AND length({whole}) <= {} AND ({point} = 0 OR {})",
        digits(&whole),
        most_digits(unit),
        fraction(value, &point)
    );
    let hours = format!("substr({value}, 1, instr({value}, ':') - 1)");
    let rest = format!("substr({value}, instr({value}, ':') + 1)");
    let (minutes, seconds) = (format!("substr({rest}, 1, 2)"), format!("substr({rest}, 4)"));
    let is_clock = format!(
        "{} AND length({hours}) <= 6 AND ({rest} GLOB '[0-5][0-9]:[0-5][0-9]' \
         OR {rest} GLOB '[0-5][0-9]:[0-5][0-9][.,][0-9]*' AND {})",
        digits(&hours),
        fraction(&rest, "6")
    );
    let clock = clock_us(
        &format!("CAST({hours} AS INTEGER)"),
        &format!("CAST({minutes} AS INTEGER)"),
        &decimal(&seconds, 1_000_000),
    );
    let (number, unit) = (decimal(value, unit.us()), unit.us());
    format!(
        "(CASE WHEN typeof({value}) IN ('integer', 'real') THEN CAST(ROUND({value} * {unit}) AS INTEGER) \
         WHEN typeof({value}) <> 'text' THEN NULL WHEN {is_number} THEN {number} WHEN {is_clock} THEN {clock} END)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_the_declared_type() {
        let ms = EpochUnit::Milliseconds;
        let kind = |dialect, name| DurationKind::of(dialect, name, ms);
        assert_eq!(kind(Dialect::Postgres, "interval"), Some(DurationKind::Interval));
        assert_eq!(kind(Dialect::Postgres, "time without time zone"), Some(DurationKind::Clock));
        assert_eq!(kind(Dialect::Postgres, "time with time zone"), None);
        assert_eq!(kind(Dialect::Postgres, "timestamp without time zone"), None);
        assert_eq!(kind(Dialect::Postgres, "character varying(20)"), Some(DurationKind::Text(ms)));
        assert_eq!(kind(Dialect::MariaDb, "time(6)"), Some(DurationKind::Clock));
        assert_eq!(kind(Dialect::MariaDb, "datetime(6)"), None);
        assert_eq!(kind(Dialect::Sqlite, "time"), Some(DurationKind::Text(ms)));
        assert_eq!(kind(Dialect::Sqlite, ""), Some(DurationKind::Text(ms)));
        assert_eq!(kind(Dialect::Sqlite, "integer"), Some(DurationKind::Text(ms)));
        assert_eq!(kind(Dialect::Sqlite, "date"), None);
    }
}
