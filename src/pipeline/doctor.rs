//! A look at a source before it is relied on: what would stop a report, or make it slow or misleading.

use super::error::PipelineError;
use super::reading::Keep;
use super::source::{Fitted, Inquiry, Source, create_index};
use crate::cancellation::Cancellation;
use crate::clock::{Clock, SECOND_US, Span, Timestamp};
use crate::database::{Session, Statement};
use crate::figure;
use crate::legible;
use crate::observation::Coverage;
use crate::settings::{Policy, Settings};
use crate::source::mapping::{MainColumn, Mapping, Native, ZoneBasis};
use crate::window::Period;

/// Clocks further apart than this are reported.
const CLOCK_TOLERANCE: Span = Span::seconds(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Nothing to do.
    Good,
    /// A report works, but something is worth knowing.
    Warning,
    /// A report does not work.
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub health: Health,
    pub found: String,
    /// What to do about it; empty when there is nothing to do.
    pub advice: String,
}

fn check(name: &'static str, health: Health, found: String, advice: impl Into<String>) -> Check {
    Check { name, health, found, advice: advice.into() }
}

/// Examines the source of `settings`. A step that fails ends the examination with a broken check.
pub async fn examine(settings: &Settings, clock: Clock, cancellation: &Cancellation) -> Vec<Check> {
    let Settings { question, policy, .. } = settings;
    // An index that is missing is a finding of its own.
    let policy = Policy { allow_full_scan: true, ..*policy };
    let inquiry = Inquiry::new(question, policy, Keep::Figures, cancellation);
    let mut checks = Vec::new();
    if let Err((name, error)) = steps(inquiry, clock, &mut checks).await {
        checks.push(check(name, Health::Broken, error.to_string(), ""));
    }
    checks
}

async fn steps(
    inquiry: Inquiry<'_>,
    clock: Clock,
    checks: &mut Vec<Check>,
) -> Result<(), (&'static str, PipelineError)> {
    let question = inquiry.question;
    let (mut session, mapping) =
        inquiry.connect(&question.source).await.map_err(|error| ("connection", error))?;
    let found = format!("{} at {}", session.server_version(), session.identity());
    checks.push(check("connection", Health::Good, found, ""));
    if session.check_sound(u64::MAX).await.map_err(|error| ("file", error.into()))? {
        checks.push(check("file", Health::Good, "SQLite finds no damage".to_owned(), ""));
    }
    checks.push(clocks(&mut session, clock).await.map_err(|error| ("clock", error))?);
    let fitted = Fitted::of(&mapping, &mut session).await.map_err(|error| ("mapping", error.into()))?;
    let mapping = &fitted.mapping;
    checks.push(mapped(&fitted));
    checks.extend(role(mapping, &mut session).await.map_err(|error| ("role", error))?);
    checks.push(index(mapping, &mut session).await.map_err(|error| ("index", error))?);
    checks.extend(needs(mapping, &mut session).await.map_err(|error| ("settings", error))?);
    let Source { mut session, table } =
        inquiry.look(session, fitted, question.as_of).await.map_err(|error| ("rights", error))?;
    checks.push(rights(&table.mapping, &table.coverage));
    let windows = table.windows().map_err(|error| ("windows", error.into()))?;
    checks.push(retention(&table.coverage, windows.baseline.period));
    let looked_at = [windows.baseline.period.start, windows.stagger.period.end];
    let mut observer = table.observer(windows);
    let looked = observer.check_statuses(&mut session).await.map_err(|error| ("statuses", error.into()))?;
    checks.push(statuses(looked.inside, looked_at));
    checks.push(zone(table.mapping.zone_basis(), looked.zoneless));
    checks.push(ahead(table.coverage.rows_ahead));
    let shown = observer.unreadable_starts(&mut session).await.map_err(|error| ("starts", error.into()))?;
    checks.push(starts(looked.unplaced, &shown));
    let shown =
        observer.unreadable_durations(&mut session).await.map_err(|error| ("durations", error.into()))?;
    checks.extend(durations(&shown));
    Ok(())
}

async fn clocks(session: &mut Session, clock: Clock) -> Result<Check, PipelineError> {
    let server = session.clock().await?;
    let apart = server.since(clock.now());
    let seconds = apart.us() / SECOND_US;
    let found = format!("the server's clock is {seconds} s apart from this machine's");
    if apart.us().abs() <= CLOCK_TOLERANCE.us() {
        return Ok(check("clock", Health::Good, found, ""));
    }
    Ok(check("clock", Health::Warning, found, "as_of follows the server; give --as-of where it matters"))
}

fn mapped(Fitted { mapping, recognised }: &Fitted) -> Check {
    let fields: Vec<&str> = mapping.places.keys().map(|field| field.name()).collect();
    let chosen = if recognised.is_some() { ", recognised" } else { "" };
    let found = format!("{} as {}{chosen}: {}", mapping.rows, mapping.name, fields.join(", "));
    check("mapping", Health::Good, found, "")
}

/// A read-only transaction stops writes to this database only.
async fn role(mapping: &Mapping, session: &mut Session) -> Result<Option<Check>, PipelineError> {
    let more = session.more_than_reading(mapping.main.as_ref().map(|main| &main.table)).await?;
    Ok(more.map(|more| {
        let found = format!("this role may do more than read: {more}");
        let advice = "give a role that may only SELECT; a function in `where` or in a query that writes elsewhere, \
                      such as dblink_exec, is not stopped by the read-only transaction";
        check("role", Health::Warning, found, advice)
    }))
}

/// Settings of the product without which its table is of little use.
async fn needs(mapping: &Mapping, session: &mut Session) -> Result<Vec<Check>, PipelineError> {
    let Native::Query(query) = &mapping.rows else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for need in &mapping.needs {
        let statement = Statement {
            text: "SELECT 1 AS one_row FROM :source_query AS s WHERE :need LIMIT 1".to_owned(),
            fragments: [("source_query", query), ("need", &need.condition)]
                .map(|(name, text)| (name.to_owned(), text.clone()))
                .into(),
            ..Statement::default()
        };
        if !session.read("settings", &statement, 1).await?.is_empty() {
            found.push(check(
                "settings",
                Health::Warning,
                format!("there are {}", need.lacking),
                &need.advice,
            ));
        }
    }
    Ok(found)
}

async fn index(mapping: &Mapping, session: &mut Session) -> Result<Check, PipelineError> {
    let Some(MainColumn { table, column, is_key }) = &mapping.main else {
        let found = "the rows come from a query: neither its size nor the indexes that serve it are known, so \
                     that the database counts unless --execution says otherwise";
        return Ok(check("index", Health::Good, found.to_owned(), ""));
    };
    if *is_key && matches!(mapping.rows, Native::Query(_)) {
        let found = format!("rows of {table} are bounded by their key");
        return Ok(check("index", Health::Good, found, ""));
    }
    let leading = session.leading_columns(table).await?;
    if leading.contains(column) {
        return Ok(check("index", Health::Good, format!("an index begins with {column}"), ""));
    }
    Ok(check(
        "index",
        Health::Warning,
        format!("no index begins with {column}: each query reads the whole table"),
        format!("{}, or read a copy", create_index(table, column, session.dialect())),
    ))
}

fn rights(mapping: &Mapping, coverage: &Coverage) -> Check {
    let (Some(first), Some(last)) = (coverage.first_started, coverage.last_started) else {
        let advice = "check the mapping, its `where`, and whether this user may see every row";
        return check("rights", Health::Warning, format!("{} holds no runs", mapping.rows), advice);
    };
    check("rights", Health::Good, format!("readable; runs from {first} to {last}"), "")
}

/// Words are looked at in the windows alone: without a run there, nothing is known of them.
fn statuses(rows: u64, [start, end]: [Timestamp; 2]) -> Check {
    if rows > 0 {
        return check("statuses", Health::Good, "every status word is mapped".to_owned(), "");
    }
    check(
        "statuses",
        Health::Warning,
        format!("no run started in the windows ({start} to {end}), so no status word was looked at"),
        "give the windows of the report: --at, or --baseline and --stagger",
    )
}

/// Local times that are taken for UTC move every window.
fn zone(basis: ZoneBasis, zoneless: u64) -> Check {
    let advice = "give time_zone in [source]: the zone that the times are in, \"UTC\" where they are in UTC";
    let (health, found) = match basis {
        ZoneBasis::Instants => (Health::Good, "the times are instants".to_owned()),
        ZoneBasis::Declared(zone) => {
            (Health::Good, format!("times without a zone are in {zone}, as declared"))
        }
        ZoneBasis::OffsetOrAssumed if zoneless == 0 => {
            (Health::Good, "times have their offset from UTC; one without it would be read as UTC".to_owned())
        }
        ZoneBasis::OffsetOrAssumed | ZoneBasis::Assumed => {
            (Health::Warning, "no time zone is known: the times are read as UTC".to_owned())
        }
    };
    check("time zone", health, found, if health == Health::Good { "" } else { advice })
}

fn ahead(rows: u64) -> Check {
    if rows == 0 {
        return check("future", Health::Good, "no row starts after the server's clock".to_owned(), "");
    }
    check(
        "future",
        Health::Warning,
        format!("{} after the server's clock", figure::counted(rows, "row starts", "rows start")),
        "the times may be those of another zone; give it as time_zone in [source]",
    )
}

/// Rows without a start that can be read, or anything in its place, are in no figure.
fn starts(unplaced: u64, shown: &[String]) -> Check {
    if unplaced == 0 {
        let found = "every row has a start, or another time that places it".to_owned();
        return check("starts", Health::Good, found, "");
    }
    let rows = figure::counted(unplaced, "row has", "rows have");
    let such_as = match shown {
        [] => ": it is NULL".to_owned(),
        texts => {
            format!(", such as '{}'", texts.iter().map(|t| legible::name(t)).collect::<Vec<_>>().join("', '"))
        }
    };
    check(
        "starts",
        Health::Broken,
        format!("{rows} no start that can be read{such_as}; they are in no figure"),
        "read the start by a query in [source] that makes it a time, map scheduled_at, or map statuses of what \
         has not started to \"open\"",
    )
}

/// Rows of which only a duration says when they ended.
fn durations(shown: &[String]) -> Option<Check> {
    if shown.is_empty() {
        return None;
    }
    let texts: Vec<String> = shown.iter().map(|text| legible::name(text)).collect();
    let found = format!("durations cannot be read, such as '{}'; these runs have no end", texts.join("', '"));
    let advice = "write them as numbers or HH:MM:SS, by a query in [source]";
    Some(check("durations", Health::Broken, found, advice))
}

/// Rows begin late from where a report's caveat says so: a tenth of the window after its start.
fn retention(coverage: &Coverage, baseline: Period) -> Check {
    let Period { start: baseline, end } = baseline;
    match coverage.first_started {
        Some(first) if first.since(baseline).us() > end.since(baseline).us() / 10 => check(
            "retention",
            Health::Warning,
            format!("the earliest run ({first}) lies after the baseline's start ({baseline})"),
            "rows may have been deleted; choose a later baseline or keep rows longer",
        ),
        Some(_) => {
            check("retention", Health::Good, format!("rows reach back to the baseline ({baseline})"), "")
        }
        None => check("retention", Health::Warning, "no rows".to_owned(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_run_a_moment_after_the_baselines_start_is_no_retention() {
        let period = Period { start: Timestamp(0), end: Timestamp(3_600 * SECOND_US) };
        let health = |first_us: i64| {
            let coverage = Coverage { first_started: Some(Timestamp(first_us)), ..Coverage::default() };
            retention(&coverage, period).health
        };
        assert_eq!(health(8_000), Health::Good);
        assert_eq!(health(360 * SECOND_US), Health::Good);
        assert_eq!(health(361 * SECOND_US), Health::Warning);
    }
}
