//! `jobdelta sql [QUERY]`

use super::arguments::{AnalysisArguments, DialectArgument, SqlArguments};
use super::{Exit, Failure, Surroundings, settings};
use crate::measurement::is_of_a_kpi;
use crate::nearest::nearest;
use crate::observe::queries;
use crate::pipeline::statements::{self, Dialect, Script};
use crate::source::relation::Query;

#[derive(Debug, thiserror::Error)]
#[error("there is no query '{asked}'{}; `jobdelta sql` lists them", nearest.as_ref().map(|n| format!("; did you mean '{n}'?")).unwrap_or_default())]
struct UnknownQuery {
    asked: String,
    nearest: Option<String>,
}

pub(super) async fn run(
    arguments: SqlArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    if arguments.query.is_none() && !arguments.all {
        surroundings.print_exactly(list().as_bytes())?;
        return Ok(Exit::Success);
    }
    // Those of measurements are known from the deployment file.
    if let Some(asked) = arguments.query.as_ref().filter(|asked| !is_of_a_kpi(asked)) {
        check_known(asked, queries::ALL.iter().map(|query| query.name).chain([statements::SCHEDULER_JOBS]))?;
    }
    let analysis = AnalysisArguments { rows: arguments.rows, ..AnalysisArguments::default() };
    let script = match arguments.dialect {
        Some(dialect) => {
            let settings = settings::for_looking(analysis, surroundings, false)?;
            statements::for_dialect(&settings, flavour(dialect), surroundings.clock)?
        }
        None => {
            let settings = settings::for_looking(analysis, surroundings, true)?;
            statements::on_database(&settings, &surroundings.cancellation).await?
        }
    };
    let text = print(&script, arguments.query.as_deref())?;
    surroundings.print_exactly(text.as_bytes())?;
    Ok(Exit::Success)
}

/// Name and question of each query.
fn list() -> String {
    let line = |query: &Query| format!("{:18} {}\n", query.name, query.question());
    let lines: String = queries::ALL.iter().map(line).collect();
    format!("{lines}\n`jobdelta sql QUERY` prints one as it runs, `jobdelta sql --all` all of them.\n")
}

fn flavour(dialect: DialectArgument) -> Dialect {
    match dialect {
        DialectArgument::Sqlite => Dialect::Sqlite,
        DialectArgument::Postgres => Dialect::Postgres,
        DialectArgument::Mysql => Dialect::MySql,
        DialectArgument::Mariadb => Dialect::MariaDb,
    }
}

fn check_known<'n>(asked: &str, known: impl Iterator<Item = &'n str> + Clone) -> Result<(), UnknownQuery> {
    if known.clone().any(|name| name == asked) {
        return Ok(());
    }
    Err(UnknownQuery { asked: asked.to_owned(), nearest: nearest(asked, known).map(str::to_owned) })
}

/// A script for the database's client: the session's settings, the queries, the end of the transaction.
fn print(script: &Script, query: Option<&str>) -> Result<String, UnknownQuery> {
    let names = script.queries.iter().map(|printed| printed.name.as_str());
    let wanted = |name: &str| query.is_none_or(|query| query == name);
    if let Some(asked) = query {
        check_known(asked, names)?;
    }
    let mut text = String::new();
    for statement in &script.settings {
        text.push_str(&format!("{statement};\n"));
    }
    for printed in script.queries.iter().filter(|printed| wanted(&printed.name)) {
        text.push_str(&format!("\n-- {}\n{}\n;\n", printed.name, printed.sql.trim_end()));
    }
    text.push_str("\nROLLBACK;\n");
    Ok(text)
}
