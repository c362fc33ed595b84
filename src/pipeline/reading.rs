//! What was read for one report, from one place or from two.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::database::{BoundValue, Cell, Executed, Rows};
use crate::mapping::SourceLimits;
use crate::observation::{Observations, ObservedElsewhere, SchedulerJob};
use crate::report::explanation::ReturnedRows;
use crate::report::model::SourceFacts;
use crate::report::provenance::Provenance;
use crate::window::{Chosen, Exclusion};

pub(super) struct SourceReading {
    pub(super) observations: Observations,
    /// What was concluded while the snapshot was there: where both windows were read in it.
    pub(super) analysis: Option<Box<Analysis>>,
    /// What pairs of the same time of day say of jobs, by name, where that was asked.
    pub(super) matched: BTreeMap<String, MatchedPairs>,
    pub(super) source: SourceFacts,
    /// What is known that the source cannot tell.
    pub(super) limits: SourceLimits,
    /// The scheduler's own list of jobs, where there is one.
    pub(super) scheduler: Option<Vec<SchedulerJob>>,
    pub(super) executed: Vec<Executed>,
    /// Parts of the windows that neither the table nor the history has.
    pub(super) gaps: Vec<Exclusion>,
}

/// Whether the rows that queries return are kept, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Rows,
    /// The report needs the figures only.
    Figures,
}

/// What is looked at slice by slice once the windows were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CloseLook {
    /// The changes that a report tells.
    Changes,
    /// What a season of the day leaves, whatever changed.
    Seasons,
}

impl SourceReading {
    pub(super) fn with_baseline(self, baseline: ObservedElsewhere, exclusions: &[Exclusion]) -> Self {
        let observations = self.observations.with_baseline(baseline, exclusions);
        Self { observations, analysis: None, matched: BTreeMap::new(), ..self }
    }

    /// This reading with the baseline of `before`, which was made of another source.
    pub(super) fn beside(mut self, before: Self, exclusions: &[Exclusion]) -> Self {
        self.source.rows_read += before.source.rows_read;
        self.source.rows_out_of_scope += before.source.rows_out_of_scope;
        self.source.rows_after_as_of += before.source.rows_after_as_of;
        self.source.rows_unplaced += before.source.rows_unplaced;
        self.executed.splice(..0, before.executed);
        let mut elsewhere = before.observations.baseline_alone(exclusions);
        let chosen = Box::new(elsewhere.window.chosen);
        elsewhere.window.chosen = Chosen::ReadFrom { identity: before.source.identity, chosen };
        self.with_baseline(elsewhere, exclusions)
    }

    pub(super) fn provenance(&self) -> Vec<Provenance> {
        self.executed.iter().map(provenance).collect()
    }

    /// What the queries returned, where that was kept.
    pub(super) fn returned(&self) -> Vec<ReturnedRows> {
        self.executed.iter().filter_map(|executed| executed.kept.as_ref()).map(returned_rows).collect()
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
            BoundValue::Int(number) => serde_json::Value::from(*number),
            BoundValue::Text(text) => serde_json::Value::from(text.as_str()),
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
