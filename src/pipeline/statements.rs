//! The queries as text, ready for a database's own client.

use super::error::PipelineError;
use super::reading::Keep;
use super::source::{Inquiry, Source, Table};
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Span};
pub use crate::database::Dialect;
use crate::database::session::{self, Limits};
use crate::database::{DatabaseError, Statement};
use crate::measure::statements;
use crate::observe::Observer;
use crate::settings::{Policy, Settings};
use crate::source::mapping::{Mapping, MappingError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub name: String,
    pub sql: String,
}

/// The queries of a report, and what is set around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub dialect: Dialect,
    /// The statements that make the session read-only, consistent and limited.
    pub settings: Vec<String>,
    /// The queries, in the order in which a report runs them; then those of an inventory.
    pub queries: Vec<Printed>,
}

/// The queries for `settings` on their database: it is asked for its columns, its clock and its coverage,
/// nothing else.
pub async fn on_database(settings: &Settings, cancellation: &Cancellation) -> Result<Script, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    let Source { mut session, table } = inquiry.open(&question.source, question.as_of).await?;
    let mut observer = table.observer(table.windows()?);
    observer.find_keys(&mut session).await?;
    let windows = table.windows()?;
    let measurements = statements(question.sampled(), &windows, &mut session).await?;
    script(&observer, measurements, table.dialect, *policy)
}

/// The queries for `settings` on a database that nobody asks: the table is taken to have every column of
/// its mapping, and to reach back as far as the windows need.
pub fn for_dialect(settings: &Settings, dialect: Dialect, clock: Clock) -> Result<Script, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let mapping = question.source.mapping.unseen().map_err(MappingError::Known)?;
    let mapping = Mapping::unseen(&mapping, dialect)?;
    let as_of = question.as_of.unwrap_or_else(|| clock.now());
    let table = Table::unseen(question, mapping, dialect, as_of);
    // Those of measurements depend on the types of their columns.
    script(&table.observer(table.windows()?), Vec::new(), dialect, *policy)
}

fn script(
    observer: &Observer<'_>,
    measurements: Vec<(String, Statement)>,
    dialect: Dialect,
    policy: Policy,
) -> Result<Script, PipelineError> {
    let mut queries = Vec::new();
    let of_runs = observer.statements();
    let of_runs = of_runs.into_iter().map(|(query, statement)| (query.name.to_owned(), statement));
    for (name, statement) in of_runs.chain(measurements) {
        let sql = statement
            .inline(dialect)
            .map_err(|source| DatabaseError::Statement { query: name.clone(), source })?;
        queries.push(Printed { name, sql });
    }
    if let Some(query) = observer.job_list() {
        queries.push(Printed { name: SCHEDULER_JOBS.to_owned(), sql: query.to_owned() });
    }
    let mut settings = session::settings(dialect, Limits::default().lock_time);
    settings.extend(session::time_limit(dialect, policy.max_time));
    Ok(Script { dialect, settings, queries })
}

/// The query for the scheduler's own list of jobs, where the mapping has one.
pub const SCHEDULER_JOBS: &str = "scheduler_jobs";

/// How far back the windows of a script reach that was asked for none: a day against the day before.
pub const DEFAULT_REACH: Span = Span::seconds(86_400);
