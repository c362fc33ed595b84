//! Reading: from a question to what was observed, from one place or from two.

use std::path::Path;

use super::PipelineError;
use super::source::{Inquiry, Source};
use crate::database::{Cell, Executed, Rows, Value};
use crate::observation::{Observations, ObservedElsewhere};
use crate::report::baseline::baseline;
use crate::report::explanation::ReturnedRows;
use crate::report::model::SourceFacts;
use crate::report::provenance::Provenance;
use crate::settings::windows::{choose_apart, choose_stagger};
use crate::settings::{BaselineFrom, Question, SourceSettings};
use crate::window::{Chosen, Exclusion, PerSide, Side, Window};

/// What was read for one report.
pub(super) struct Reading {
    pub(super) observations: Observations,
    /// Where the rows came from.
    pub(super) source: SourceFacts,
    /// The queries that were run.
    pub(super) executed: Vec<Executed>,
}

/// Whether the rows that queries return are kept, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Rows,
    /// The report needs the figures only.
    Figures,
}

/// Observes the windows of the question, each where its rows are.
pub(super) async fn read(inquiry: Inquiry<'_>) -> Result<Reading, PipelineError> {
    let Inquiry { question, policy, .. } = inquiry;
    let source = inquiry.open(&question.source, question.as_of).await?;
    match &question.baseline {
        BaselineFrom::Source => {
            let windows = source.table.windows()?;
            source.read(policy, windows).await
        }
        BaselineFrom::Report(path) => {
            let earlier = earlier(path, question)?;
            let stagger = choose_stagger(&question.windows, source.table.as_of, &question.exclusions)?;
            let after = source.read(policy, alone(Side::Stagger, stagger)).await?;
            Ok(after.with_baseline(earlier, &question.exclusions))
        }
        BaselineFrom::Database(other) => from_two(inquiry, source, other).await,
    }
}

/// The stagger window from `source`, the baseline from `other`.
async fn from_two(
    inquiry: Inquiry<'_>,
    source: Source<'_>,
    other: &SourceSettings,
) -> Result<Reading, PipelineError> {
    let Inquiry { question, policy, .. } = inquiry;
    let as_of = source.table.as_of;
    let other = inquiry.open(other, Some(as_of)).await?;
    let first_started = other.table.coverage.first_started;
    let windows = choose_apart(&question.windows, as_of, first_started, &question.exclusions)?;
    let before = other.read(policy, alone(Side::Baseline, windows.baseline)).await?;
    let after = source.read(policy, alone(Side::Stagger, windows.stagger)).await?;
    Ok(after.beside(before, &question.exclusions))
}

impl Reading {
    fn with_baseline(self, baseline: ObservedElsewhere, exclusions: &[Exclusion]) -> Self {
        Self { observations: self.observations.with_baseline(baseline, exclusions), ..self }
    }

    /// This reading with the baseline of `before`, which was made of another source.
    fn beside(mut self, before: Self, exclusions: &[Exclusion]) -> Self {
        self.source.rows_read += before.source.rows_read;
        self.source.rows_out_of_scope += before.source.rows_out_of_scope;
        self.source.rows_after_as_of += before.source.rows_after_as_of;
        self.source.rows_unplaced += before.source.rows_unplaced;
        self.executed.splice(..0, before.executed);
        self.with_baseline(elsewhere(before.observations, before.source.identity, exclusions), exclusions)
    }

    pub(super) fn provenance(&self) -> Vec<Provenance> {
        self.executed.iter().map(provenance).collect()
    }

    /// What the queries returned, where that was kept.
    pub(super) fn returned(&self) -> Vec<ReturnedRows> {
        self.executed.iter().filter_map(|executed| executed.kept.as_ref()).map(returned_rows).collect()
    }
}

/// The baseline of `seen`, read from the source called `identity`.
fn elsewhere(seen: Observations, identity: String, exclusions: &[Exclusion]) -> ObservedElsewhere {
    let window = seen.windows.baseline;
    let excluded = exclusions.iter().zip(&seen.excluded_runs);
    let excluded_runs =
        excluded.map(|(exclusion, runs)| exclusion.period.overlaps(&window.period).then_some(*runs));
    ObservedElsewhere {
        excluded_runs: excluded_runs.collect(),
        window: Window { chosen: Chosen::ReadFrom { identity, chosen: Box::new(window.chosen) }, ..window },
        seen: seen.baseline,
        first_started: seen.coverage.first_started,
        recorded: seen.recorded,
        pictures: seen.pictures.of(Side::Baseline),
    }
}

/// A pair of which only one window is read.
fn alone(side: Side, window: Window) -> PerSide<Window> {
    let nothing = Window::nothing_at(window.period.start);
    match side {
        Side::Baseline => PerSide { baseline: window, stagger: nothing },
        Side::Stagger => PerSide { baseline: nothing, stagger: window },
    }
}

fn earlier(path: &Path, question: &Question) -> Result<ObservedElsewhere, PipelineError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| PipelineError::EarlierReport { path: path.to_owned(), source })?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(baseline(&text, &name, question)?)
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
        texts_left_out: 0,
        rows: executed.rows,
        elapsed_ms: executed.elapsed.as_secs_f64() * 1_000.0,
    }
}
