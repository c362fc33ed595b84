//! Samples by a query of the database that holds the runs.

use super::error::MeasureError;
use super::series::MOST_SAMPLES;
use crate::clock::Timestamp;
use crate::database::{
    BoundValue, ColumnInfo, ColumnType, DatabaseError, Dialect, Session, Statement, StreamColumn, StreamRow,
};
use crate::measurement::{SampleQuery, query_name};
use crate::observation::Samples;
use crate::source::mapping::select_on;
use crate::source::native_time::{DeclaredTimes, NotATime, TimeKind};
use crate::window::Window;

const COLUMNS: [StreamColumn; 2] = [
    StreamColumn { name: "at_us", kind: ColumnType::Int },
    StreamColumn { name: "sampled", kind: ColumnType::Real },
];

/// The samples of a window, in the order of time.
pub(super) async fn samples(
    kpi: &str,
    query: &SampleQuery,
    window: &Window,
    session: &mut Session,
) -> Result<Samples, MeasureError> {
    let failed = |source| MeasureError::Database { kpi: kpi.to_owned(), source };
    let statement = statement(kpi, query, window, session).await?;
    let mut samples = Samples::default();
    let mut rows = 0;
    let mut take = |row: &StreamRow<'_>| {
        rows += 1;
        let (at, value) = (row.optional_int(0)?.map(Timestamp), row.optional_real(1)?);
        if let (Some(at), Some(value)) = (at.filter(|at| window.observes(*at)), value) {
            samples.add(at, value, &window.excluded);
        }
        Ok::<(), DatabaseError>(())
    };
    session.stream(&query_name(kpi), statement, &COLUMNS, &mut take).await.map_err(failed)?;
    if rows > MOST_SAMPLES {
        let advice = "let the query return one value a minute, or narrow the windows";
        return Err(MeasureError::TooMany { kpi: kpi.to_owned(), limit: MOST_SAMPLES, advice });
    }
    Ok(samples)
}

/// The query's rows of one window: its condition stands around the query, where databases push it into a plain one.
pub(super) async fn statement(
    kpi: &str,
    query: &SampleQuery,
    window: &Window,
    session: &mut Session,
) -> Result<Statement, MeasureError> {
    let dialect = session.dialect();
    let select = select_on(&query.select, dialect)
        .ok_or_else(|| MeasureError::NoQuery { kpi: kpi.to_owned(), database: dialect.family() })?;
    let columns = session
        .query_columns(&select)
        .await
        .map_err(|source| MeasureError::Database { kpi: kpi.to_owned(), source })?;
    let (at, value) = (column(kpi, "at", &columns)?, column(kpi, "value", &columns)?);
    let declared = DeclaredTimes { unit: query.time_unit, zone: query.time_zone, format: None };
    let kind = TimeKind::of(dialect, &at.type_name, declared).map_err(|problem| MeasureError::NotATime {
        kpi: kpi.to_owned(),
        type_name: at.type_name.clone(),
        advice: advice(&problem),
    })?;
    let number = number(dialect, value).ok_or_else(|| MeasureError::NotANumber {
        kpi: kpi.to_owned(),
        type_name: value.type_name.clone(),
    })?;
    let at = dialect.identifier(&at.name);
    let around = (window.period.start, window.observed_end());
    let mut statement = Statement::default();
    let bounds = kind.bounds(dialect, &at, "sampled", around, &mut statement.values);
    let at_us = dialect.integer(&kind.microseconds(dialect, &at, around));
    statement.fragments.insert("kpi_query".to_owned(), select);
    // The bounds that an index serves are not exact in every type.
    for (name, at) in [("start_us", around.0), ("end_us", around.1)] {
        statement.values.insert(name.to_owned(), BoundValue::Int(at.us()));
    }
    statement.text = format!(
        "SELECT at_us, sampled FROM (\n  SELECT {at_us} AS at_us, {number} AS sampled\n  \
         FROM :kpi_query AS kpi_samples\n  WHERE {bounds}\n) AS placed\n\
         WHERE at_us >= :start_us AND at_us < :end_us\nORDER BY at_us\nLIMIT {}",
        MOST_SAMPLES + 1
    );
    Ok(statement)
}

fn column<'c>(
    kpi: &str,
    wanted: &'static str,
    columns: &'c [ColumnInfo],
) -> Result<&'c ColumnInfo, MeasureError> {
    columns.iter().find(|column| column.name.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        MeasureError::NoQueryColumn {
            kpi: kpi.to_owned(),
            column: wanted,
            columns: crate::legible::list(&names, 20),
        }
    })
}

const fn advice(problem: &NotATime) -> &'static str {
    match problem {
        NotATime::NeedsUnit => "say what its numbers count by time_unit = \"s\", \"ms\" or \"us\"",
        NotATime::TextOfNumbers => "return numbers, such as CAST(… AS INTEGER)",
        NotATime::Text | NotATime::WrongType => "return a timestamp",
    }
}

/// SQL for a column's value as a double; in `SQLite`, which holds anything in any column, infinity for what is no
/// number. `None` for types that hold none.
fn number(dialect: Dialect, column: &ColumnInfo) -> Option<String> {
    let name = dialect.identifier(&column.name);
    let type_name = column.type_name.as_str();
    let is = |words: &[&str]| words.iter().any(|word| type_name.contains(word));
    let is_number = is(&["int", "numeric", "decimal", "double", "real", "float"])
        && !is(&["interval", "point"])
        || dialect.is_mysql() && is(&["bool"]);
    match dialect {
        Dialect::Sqlite => Some(format!(
            "CASE typeof({name}) WHEN 'real' THEN {name} WHEN 'integer' THEN CAST({name} AS REAL) \
             WHEN 'null' THEN NULL ELSE 9e999 END"
        )),
        _ if !is_number => None,
        Dialect::Postgres => Some(format!("CAST({name} AS double precision)")),
        Dialect::MySql | Dialect::MariaDb => Some(format!("({name} + 0e0)")),
    }
}
