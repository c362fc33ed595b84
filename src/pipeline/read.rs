//! Reading: from settings to what was observed, from one place or from two.

use std::path::Path;

use crate::analysis::schedule::punctuality::punctual_jobs;
use crate::clock::Timestamp;
use crate::database::{Cell, DatabaseError, Executed, Rows, Session, Value};
use crate::observation::{Coverage, Observations, ObservedElsewhere};
use crate::observe::{Observer, Way};
use crate::pipeline::PipelineError;
use crate::report::assemble::rows_left_out;
use crate::report::baseline::baseline;
use crate::report::explanation::ReturnedRows;
use crate::report::model::SourceFacts;
use crate::report::provenance::Provenance;
use crate::settings::windows::{choose, choose_apart, choose_stagger};
use crate::settings::{BaselineFrom, Location, Settings, SourceSettings};
use crate::source::load::read_into_memory;
use crate::source::mapping::Mapping;
use crate::source::relation::Relation;
use crate::window::{Chosen, PerSide, Side, Window};

/// What was read for one report.
pub(super) struct Reading {
    /// What was seen.
    pub(super) observations: Observations,
    /// Where the rows came from.
    pub(super) source: SourceFacts,
    /// The queries that were run.
    pub(super) provenance: Vec<Provenance>,
    /// What they returned, where that was to be kept.
    pub(super) returned: Vec<ReturnedRows>,
}

/// Whether the rows that queries return are kept, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// They are.
    Rows,
    /// They are not: the report needs the figures only.
    Figures,
}

/// Observes the windows of `settings`, each where its rows are.
pub(super) async fn read(settings: &Settings, keep: Keep) -> Result<Reading, PipelineError> {
    let mut table = Table::open(settings, &settings.source, keep).await?;
    let as_of = as_of(settings, &mut table.session).await?;
    match &settings.baseline {
        BaselineFrom::Source => {
            let coverage = table.coverage(settings, as_of).await?;
            let windows = choose(&settings.windows, as_of, coverage.first_started, &settings.exclusions)?;
            let (observations, way) = table.observe(settings, as_of, windows, coverage).await?;
            Ok(Reading {
                source: table.facts(&observations, way),
                provenance: table.provenance(),
                returned: table.returned(),
                observations,
            })
        }
        BaselineFrom::Report(path) => {
            let earlier = earlier(path, settings)?;
            let stagger = choose_stagger(&settings.windows, as_of, &settings.exclusions)?;
            let coverage = table.coverage(settings, as_of).await?;
            let (observations, way) =
                table.observe(settings, as_of, alone(Side::Stagger, stagger), coverage).await?;
            Ok(Reading {
                source: table.facts(&observations, way),
                provenance: table.provenance(),
                returned: table.returned(),
                observations: observations.with_baseline(earlier, &settings.exclusions),
            })
        }
        BaselineFrom::Database(other) => from_two(settings, as_of, table, (other, keep)).await,
    }
}

/// The stagger window from `table`, the baseline from `other`.
async fn from_two(
    settings: &Settings,
    as_of: Timestamp,
    mut table: Table,
    (other, keep): (&SourceSettings, Keep),
) -> Result<Reading, PipelineError> {
    let mut before = Table::open(settings, other, keep).await?;
    let coverage = before.coverage(settings, as_of).await?;
    let windows = choose_apart(&settings.windows, as_of, coverage.first_started, &settings.exclusions)?;
    let baseline = alone(Side::Baseline, windows.baseline.clone());
    let (seen_before, way_before) = before.observe(settings, as_of, baseline, coverage).await?;
    let coverage = table.coverage(settings, as_of).await?;
    let stagger = alone(Side::Stagger, windows.stagger);
    let (seen_after, way) = table.observe(settings, as_of, stagger, coverage).await?;
    let mut source = table.facts(&seen_after, way);
    let other = before.facts(&seen_before, way_before);
    source.rows_read += other.rows_read;
    source.rows_out_of_scope += other.rows_out_of_scope;
    source.rows_after_as_of += other.rows_after_as_of;
    let mut provenance = before.provenance();
    provenance.extend(table.provenance());
    let mut returned = before.returned();
    returned.extend(table.returned());
    let chosen = Chosen::ReadFrom { identity: other.identity, chosen: Box::new(windows.baseline.chosen) };
    let window = Window { chosen, ..windows.baseline };
    let excluded = settings.exclusions.iter().zip(&seen_before.excluded_runs);
    let excluded_runs =
        excluded.map(|(exclusion, runs)| exclusion.period.overlaps(&window.period).then_some(*runs));
    let elsewhere = ObservedElsewhere {
        excluded_runs: excluded_runs.collect(),
        window,
        seen: seen_before.baseline,
        first_started: seen_before.coverage.first_started,
        recorded: seen_before.recorded,
        pictures: seen_before.pictures.of(Side::Baseline),
    };
    let observations = seen_after.with_baseline(elsewhere, &settings.exclusions);
    Ok(Reading { observations, source, provenance, returned })
}

/// A pair of which only one window is read.
fn alone(side: Side, window: Window) -> PerSide<Window> {
    let nothing = Window::nothing_at(window.period.start);
    match side {
        Side::Baseline => PerSide { baseline: window, stagger: nothing },
        Side::Stagger => PerSide { baseline: nothing, stagger: window },
    }
}

fn earlier(path: &Path, settings: &Settings) -> Result<ObservedElsewhere, PipelineError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| PipelineError::EarlierReport { path: path.to_owned(), source })?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(baseline(&text, &name, settings)?)
}

/// A table in its snapshot.
struct Table {
    session: Session,
    mapping: Mapping,
}

impl Table {
    async fn open(settings: &Settings, source: &SourceSettings, keep: Keep) -> Result<Self, PipelineError> {
        let mut session = open_at(settings, &source.location).await?;
        if keep == Keep::Rows {
            session.keep_rows();
        }
        let mapping = Mapping::resolve(&source.mapping, &mut session).await?;
        Ok(Self { session, mapping })
    }

    async fn coverage(&mut self, settings: &Settings, as_of: Timestamp) -> Result<Coverage, PipelineError> {
        let relation = Relation { mapping: &self.mapping, dialect: self.session.dialect(), settings, as_of };
        Ok(Observer::coverage(&relation, &mut self.session).await?)
    }

    async fn observe(
        &mut self,
        settings: &Settings,
        as_of: Timestamp,
        windows: PerSide<Window>,
        coverage: Coverage,
    ) -> Result<(Observations, Way), PipelineError> {
        let relation = Relation { mapping: &self.mapping, dialect: self.session.dialect(), settings, as_of };
        let punctual = punctual_jobs(&settings.jobs, &windows, &settings.analysis);
        let observer = Observer::new(relation, windows, punctual);
        let way = observer.way(&mut self.session, settings.execution).await?;
        Ok((observer.observe(&mut self.session, coverage, way).await?, way))
    }

    fn facts(&self, observations: &Observations, way: Way) -> SourceFacts {
        let (rows_out_of_scope, rows_after_as_of) = rows_left_out(observations);
        SourceFacts {
            database: self.session.dialect().family().to_owned(),
            identity: self.session.identity().to_owned(),
            server_version: self.session.server_version().to_owned(),
            preset: self.mapping.name.clone(),
            execution: way.name().to_owned(),
            rows_read: self.session.executed().iter().map(|query| query.rows).sum(),
            rows_out_of_scope,
            rows_after_as_of,
        }
    }

    fn returned(&self) -> Vec<ReturnedRows> {
        let kept = self.session.executed().iter().filter_map(|executed| executed.kept.as_ref());
        kept.map(returned_rows).collect()
    }

    fn provenance(&self) -> Vec<Provenance> {
        self.session.executed().iter().map(provenance).collect()
    }
}

/// The snapshot that everything is read from.
///
/// # Errors
/// When the database cannot be reached, or a file of runs cannot be read.
pub async fn open(settings: &Settings) -> Result<Session, PipelineError> {
    open_at(settings, &settings.source.location).await
}

async fn open_at(settings: &Settings, location: &Location) -> Result<Session, PipelineError> {
    match location {
        Location::Database(url) => Ok(Session::open(url, settings.limits).await?),
        Location::Files(files) => {
            let connection = read_into_memory(files).await?;
            Ok(Session::begin(connection, settings.limits).await?)
        }
    }
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

fn returned_rows(rows: &Rows) -> ReturnedRows {
    let text = |cell: &Cell| match cell {
        Cell::Null => None,
        Cell::Int(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.clone()),
    };
    ReturnedRows {
        query: rows.query.clone(),
        columns: rows.columns.to_vec(),
        rows: rows.cells.iter().map(|row| row.iter().map(text).collect()).collect(),
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
