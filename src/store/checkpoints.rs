//! Checkpoints that were taken.

use std::path::Path;

use super::{StoreError, open, open_existing};
use crate::clock::Timestamp;
use crate::database::{BoundValue, Cell, OwnFile};
use crate::report::checkpoint::{Checkpoint, CheckpointKey, summaries};
use crate::report::model::Report;

pub struct CheckpointStore(OwnFile);

impl CheckpointStore {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open(path).await?))
    }

    /// # Errors
    /// When there is no such file, or it cannot be opened or upgraded.
    pub async fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open_existing(path).await?))
    }

    /// Keeps a checkpoint; whether it was not there yet. One of the same end stays as it is.
    pub async fn add(
        &self,
        key: &CheckpointKey,
        checkpoint: &Checkpoint,
        taken_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let document = serde_json::to_string(checkpoint)
            .map_err(|error| StoreError::Document { what: "checkpoint", problem: error.to_string() })?;
        let sql = "INSERT OR IGNORE INTO checkpoints \
                   (deployment, environment, window_start, period_end, taken_at, document) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let [deployment, environment, start] = bound(key);
        let end = BoundValue::Int(checkpoint.period.end.us());
        let values =
            [deployment, environment, start, end, BoundValue::Int(taken_at.us()), BoundValue::Text(document)];
        Ok(self.0.change(sql, &values).await? > 0)
    }

    /// The ends of those that were taken, in order.
    pub async fn ends(&self, key: &CheckpointKey) -> Result<Vec<Timestamp>, StoreError> {
        let sql = "SELECT period_end FROM checkpoints \
                   WHERE deployment = ?1 AND environment = ?2 AND window_start = ?3 ORDER BY period_end";
        let rows = self.0.rows(sql, &bound(key)).await?;
        let end = |row: &Vec<Cell>| match row.as_slice() {
            [Cell::Int(end)] => Some(Timestamp(*end)),
            _ => None,
        };
        Ok(rows.iter().filter_map(end).collect())
    }

    /// Lists those of a report's deployment in it, as far as the report looks.
    ///
    /// # Errors
    /// As for reading them.
    pub async fn list_in(&self, report: &mut Report) -> Result<(), StoreError> {
        let taken = self.taken(&CheckpointKey::of(report), report.as_of).await?;
        report.checkpoints = summaries(&taken);
        Ok(())
    }

    /// Those that ended by `until`, in the order of time.
    ///
    /// # Errors
    /// When one cannot be read: it was made by a later version of the program, or damaged.
    pub async fn taken(&self, key: &CheckpointKey, until: Timestamp) -> Result<Vec<Checkpoint>, StoreError> {
        let sql = "SELECT document FROM checkpoints WHERE deployment = ?1 AND environment = ?2 \
                   AND window_start = ?3 AND period_end <= ?4 ORDER BY period_end";
        let [deployment, environment, start] = bound(key);
        let rows = self.0.rows(sql, &[deployment, environment, start, BoundValue::Int(until.us())]).await?;
        let read = |row: &Vec<Cell>| match row.as_slice() {
            [Cell::Text(document)] => Checkpoint::read(document),
            _ => Err("it is no text".to_owned()),
        };
        let read = rows.iter().map(read).collect::<Result<_, _>>();
        read.map_err(|problem| StoreError::Document { what: "checkpoint", problem })
    }
}

fn bound(key: &CheckpointKey) -> [BoundValue; 3] {
    [
        BoundValue::Text(key.deployment.clone()),
        BoundValue::Text(key.environment.clone()),
        BoundValue::Int(key.window_start.us()),
    ]
}
