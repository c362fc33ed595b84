//! The SELECT that makes runs of columns which cannot be read as they are.

use super::choose::ChosenColumns;
use super::content::{LengthShape, TimeShape};
use super::sample::SampledTable;
use crate::database::Dialect;
use crate::mapping::EpochUnit;
use crate::run::Field;

/// `None` where every column is read as it is.
pub(super) fn query(table: &SampledTable, chosen: &ChosenColumns, dialect: Dialect) -> Option<String> {
    let has_format = chosen.time_format().is_some();
    let mut times = Field::TIMES.into_iter().filter_map(|field| chosen.time(field));
    let times_are_native = has_format || times.all(|time| time.native);
    let length_is_native = chosen.length.is_none_or(|length| length.native);
    let has_status = chosen.fields.contains_key(&Field::Status);
    if times_are_native && length_is_native && has_status {
        return None;
    }
    let column = |field: &Field| {
        let name =
            chosen.fields.get(field).map(|finding| dialect.identifier(&finding.column)).unwrap_or_default();
        let expression = match (chosen.time(*field), chosen.length) {
            (Some(time), _) if !time.native && !has_format => time_of(dialect, &name, time.shape),
            (None, Some(length)) if *field == Field::Duration && !length.native => match length.shape {
                Some(LengthShape::WithUnit(unit)) => without_unit(dialect, &name, unit),
                _ => name,
            },
            _ => name,
        };
        format!("{expression} AS {}", field.name())
    };
    let mut columns: Vec<String> = chosen.fields.keys().map(column).collect();
    if !has_status {
        let end = [Field::FinishedAt, Field::Duration].iter().find_map(|field| chosen.fields.get(field));
        let end = end.map(|end| dialect.identifier(&end.column));
        columns.push(match end {
            Some(end) => format!("CASE WHEN {end} IS NULL THEN 'running' ELSE 'ended' END AS status"),
            None => "'ended' AS status".to_owned(),
        });
    }
    Some(format!("SELECT {}\nFROM {}", columns.join(",\n  "), table.name.quoted(dialect)))
}

/// A time of a text, or of a number that is kept as text.
fn time_of(dialect: Dialect, column: &str, shape: TimeShape) -> String {
    match (shape, dialect) {
        (TimeShape::Epoch(unit), Dialect::Postgres) => {
            format!("to_timestamp(CAST({column} AS numeric) / {})", 1_000_000 / unit.us())
        }
        (TimeShape::Epoch(unit), Dialect::MySql | Dialect::MariaDb) => format!(
            "TIMESTAMPADD(MICROSECOND, CAST({column} AS SIGNED) * {}, TIMESTAMP'1970-01-01 00:00:00')",
            unit.us()
        ),
        (TimeShape::Epoch(_), Dialect::Sqlite) => format!("CAST({column} AS INTEGER)"),
        (TimeShape::Iso { offset: true }, Dialect::Postgres) => format!("CAST({column} AS timestamptz)"),
        (TimeShape::Iso { .. }, Dialect::Postgres) => format!("CAST({column} AS timestamp)"),
        (TimeShape::Iso { .. }, Dialect::MySql | Dialect::MariaDb) => {
            format!("CAST(REPLACE({column}, 'T', ' ') AS DATETIME(6))")
        }
        (TimeShape::Iso { .. }, Dialect::Sqlite) => format!("CAST({column} AS TEXT)"),
        (TimeShape::DayFirst { separator, seconds }, dialect) => {
            dated(dialect, column, ["d", "m"], separator, seconds)
        }
        (TimeShape::MonthFirst { separator, seconds }, dialect) => {
            dated(dialect, column, ["m", "d"], separator, seconds)
        }
    }
}

/// A text with day, month and year in an order of its own. `order` are the first two.
fn dated(dialect: Dialect, column: &str, order: [&str; 2], separator: char, seconds: bool) -> String {
    match dialect {
        Dialect::Postgres => {
            let word = |part: &str| if part == "d" { "DD" } else { "MM" };
            let time = if seconds { "HH24:MI:SS.US" } else { "HH24:MI" };
            let [first, second] = order.map(word);
            format!(
                "CAST(to_timestamp({column}, '{first}{separator}{second}{separator}YYYY {time}') AS timestamp)"
            )
        }
        Dialect::MySql | Dialect::MariaDb => {
            let time = if seconds { "%H:%i:%s" } else { "%H:%i" };
            let [first, second] = order;
            format!("STR_TO_DATE({column}, '%{first}{separator}%{second}{separator}%Y {time}')")
        }
        Dialect::Sqlite => {
            // Two digits each, as is seen to be so.
            let [first, second] = [format!("substr({column}, 1, 2)"), format!("substr({column}, 4, 2)")];
            let (day, month) = if order[0] == "d" { (first, second) } else { (second, first) };
            format!("substr({column}, 7, 4) || '-' || {month} || '-' || {day} || ' ' || substr({column}, 12)")
        }
    }
}

/// The number of a length of time that is written with its unit.
fn without_unit(dialect: Dialect, column: &str, unit: EpochUnit) -> String {
    let letter = match unit {
        EpochUnit::Seconds => "s",
        EpochUnit::Milliseconds => "m",
        EpochUnit::Microseconds => "u",
    };
    match dialect {
        Dialect::Sqlite => format!("CAST({column} AS REAL)"),
        Dialect::Postgres => {
            number(dialect, &format!("NULLIF(trim(split_part({column}, '{letter}', 1)), '')"))
        }
        Dialect::MySql | Dialect::MariaDb => {
            number(dialect, &format!("NULLIF(TRIM(SUBSTRING_INDEX({column}, '{letter}', 1)), '')"))
        }
    }
}

fn number(dialect: Dialect, text: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("CAST({text} AS numeric)"),
        Dialect::Sqlite => format!("CAST({text} AS REAL)"),
        Dialect::MySql | Dialect::MariaDb => format!("CAST({text} AS DECIMAL(20, 6))"),
    }
}
