//! The queries as text, ready for a database's own client.

use crate::analysis::schedule::punctuality::punctual_jobs;
use crate::clock::{Clock, Span};
pub use crate::database::Dialect;
use crate::database::session;
use crate::observe::Observer;
use crate::pipeline::{PipelineError, as_of, open};
use crate::settings::Settings;
use crate::settings::windows::choose;
use crate::source::mapping::Mapping;
use crate::source::relation::Relation;

/// A query as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its name.
    pub name: &'static str,
    /// The statement, without a semicolon.
    pub sql: String,
}

/// The queries of a report, and what is set around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The flavour of SQL.
    pub dialect: Dialect,
    /// The statements that make the session read-only, consistent and limited.
    pub settings: Vec<String>,
    /// The queries, in the order in which a report runs them.
    pub queries: Vec<Printed>,
}

/// The queries for `settings` on their database: it is asked for its columns, its clock and its coverage,
/// nothing else.
///
/// # Errors
/// When the database cannot be asked, or the settings do not fit it.
pub async fn on_database(settings: &Settings) -> Result<Script, PipelineError> {
    let mut session = open(settings).await?;
    let mapping = Mapping::resolve(&settings.source.mapping, &mut session).await?;
    let as_of = as_of(settings, &mut session).await?;
    let relation = Relation { mapping: &mapping, dialect: session.dialect(), settings, as_of };
    let coverage = Observer::coverage(&relation, &mut session).await?;
    script(relation, coverage.first_started.map(|first| first.min(as_of)))
}

/// The queries for `settings` on a database that nobody asks: the table is taken to have every column of
/// its mapping, and to reach back as far as the windows need.
///
/// # Errors
/// When the settings name no mapping, or the windows cannot be chosen.
pub fn for_dialect(settings: &Settings, dialect: Dialect, clock: Clock) -> Result<Script, PipelineError> {
    let mapping = Mapping::unseen(&settings.source.mapping, dialect)?;
    let as_of = settings.as_of.unwrap_or_else(|| clock.now());
    let relation = Relation { mapping: &mapping, dialect, settings, as_of };
    script(relation, None)
}

fn script(
    relation: Relation<'_>,
    first_started: Option<crate::clock::Timestamp>,
) -> Result<Script, PipelineError> {
    let dialect = relation.dialect;
    let settings = relation.settings;
    let windows = choose(&settings.windows, relation.as_of, first_started, &settings.exclusions)?;
    let punctual = punctual_jobs(&settings.jobs, &windows, &settings.analysis);
    let observer = Observer::new(relation, windows, punctual);
    let mut queries = Vec::new();
    for (query, statement) in observer.statements() {
        let sql = statement.inline(dialect).map_err(|source| crate::database::DatabaseError::Statement {
            query: query.name.to_owned(),
            source,
        })?;
        queries.push(Printed { name: query.name, sql });
    }
    let mut around = session::settings(dialect, settings.limits);
    around.extend(session::time_limit(dialect, settings.limits.max_time));
    Ok(Script { dialect, settings: around, queries })
}

/// How far back the windows of a script reach that was asked for none: a day against the day before.
pub const DEFAULT_REACH: Span = Span::seconds(86_400);
