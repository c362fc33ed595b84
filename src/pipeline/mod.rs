//! The one way from settings to a report. Every door goes through here.

pub mod doctor;
pub mod statements;

use crate::analysis::analyse;
use crate::clock::{Clock, Timestamp};
use crate::database::{DatabaseError, Executed, Session, Value};
use crate::judgement::{JudgementError, judge};
use crate::observation::Observations;
use crate::observe::{ObserveError, Observer, Way};
use crate::report::assemble::{Parts, assemble, rows_left_out};
use crate::report::model::{Report, SourceFacts};
use crate::report::provenance::Provenance;
use crate::settings::windows::{WindowError, choose};
use crate::settings::{Location, Settings};
use crate::source::load::{ImportError, read_into_memory};
use crate::source::mapping::{Mapping, MappingError};
use crate::source::relation::Relation;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The files could not be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The table cannot be mapped.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The windows cannot be chosen.
    #[error(transparent)]
    Window(#[from] WindowError),
    /// The rows could not be observed.
    #[error(transparent)]
    Observe(#[from] ObserveError),
    /// A target cannot be judged as written.
    #[error(transparent)]
    Judgement(#[from] JudgementError),
}

/// Reads, analyses and judges: the report that `settings` ask for.
///
/// # Errors
/// When the rows cannot be read, or the settings do not fit them.
pub async fn run(settings: &Settings, clock: Clock) -> Result<Report, PipelineError> {
    let mut session = open(settings).await?;
    let mapping = Mapping::resolve(&settings.source.mapping, &mut session).await?;
    let (observations, way) = observe(settings, &mapping, &mut session).await?;
    let analysis = analyse(&observations, &settings.analysis, &settings.jobs);
    let judgement = judge(
        &settings.targets,
        &settings.triggers,
        &settings.deployment.accepted,
        &analysis,
        &settings.jobs,
        &settings.analysis,
    )?;
    let source = source_facts(&session, &mapping, &observations, way);
    let provenance = session.executed().iter().map(provenance).collect();
    let generated_at = clock.now();
    Ok(assemble(Parts {
        settings,
        observations: &observations,
        analysis,
        judgement,
        source,
        provenance,
        generated_at,
    }))
}

/// The snapshot that everything is read from.
///
/// # Errors
/// When the database cannot be reached, or a file of runs cannot be read.
pub async fn open(settings: &Settings) -> Result<Session, PipelineError> {
    match &settings.source.location {
        Location::Database(url) => Ok(Session::open(url, settings.limits).await?),
        Location::Files(files) => {
            let connection = read_into_memory(files).await?;
            Ok(Session::begin(connection, settings.limits).await?)
        }
    }
}

async fn observe(
    settings: &Settings,
    mapping: &Mapping,
    session: &mut Session,
) -> Result<(Observations, Way), PipelineError> {
    let as_of = as_of(settings, session).await?;
    let relation = Relation { mapping, dialect: session.dialect(), settings, as_of };
    let coverage = Observer::coverage(&relation, session).await?;
    let windows = choose(&settings.windows, as_of, coverage.first_started, &settings.exclusions)?;
    let observer = Observer::new(relation, windows);
    let way = observer.way(session, settings.execution).await?;
    Ok((observer.observe(session, coverage, way).await?, way))
}

/// The instant up to which rows are looked at: as asked for, or the server's clock.
///
/// # Errors
/// When the server does not tell the time.
pub async fn as_of(settings: &Settings, session: &mut Session) -> Result<Timestamp, DatabaseError> {
    match settings.as_of {
        Some(at) => Ok(at),
        None => session.clock().await,
    }
}

fn source_facts(session: &Session, mapping: &Mapping, observations: &Observations, way: Way) -> SourceFacts {
    let (rows_out_of_scope, rows_after_as_of) = rows_left_out(observations);
    SourceFacts {
        database: session.dialect().family().to_owned(),
        identity: session.identity().to_owned(),
        server_version: session.server_version().to_owned(),
        preset: mapping.name.clone(),
        execution: way.name().to_owned(),
        rows_read: session.executed().iter().map(|query| query.rows).sum(),
        rows_out_of_scope,
        rows_after_as_of,
    }
}

fn provenance(executed: &Executed) -> Provenance {
    let bound = executed.statement.values.iter().map(|(name, value)| {
        let value = match value {
            Value::Int(number) => serde_json::Value::from(*number),
            Value::Text(text) => serde_json::Value::from(text.as_str()),
        };
        (name.clone(), value)
    });
    let fragments = executed.statement.fragments.iter();
    let fragments = fragments.map(|(name, text)| (name.clone(), serde_json::Value::from(text.as_str())));
    Provenance {
        query: executed.query.clone(),
        parameters: bound.chain(fragments).collect(),
        rows: executed.rows,
        elapsed_ms: executed.elapsed.as_secs_f64() * 1_000.0,
    }
}
