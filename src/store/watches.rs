//! Where watches are, so that one that was killed goes on.

use std::path::Path;

use super::messages::{self, AddressedMessage, NEW_MESSAGE};
use super::{StoreError, open};
use crate::database::{BoundValue, Cell, OwnFile};
use crate::report::checkpoint::CheckpointKey;

pub struct WatchStore(OwnFile);

impl WatchStore {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open(path).await?))
    }

    /// The document of the watch of a deployment for `length`.
    pub async fn load(&self, key: &CheckpointKey, length: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT document FROM watches \
                   WHERE deployment = ?1 AND environment = ?2 AND window_start = ?3 AND length = ?4";
        let rows = self.0.rows(sql, &bound(key, length)).await?;
        Ok(rows.into_iter().flatten().find_map(|cell| match cell {
            Cell::Text(document) => Some(document),
            _ => None,
        }))
    }

    /// Keeps the document in place of the one before, and what is to be said of it, both or neither.
    pub async fn save(
        &self,
        key: &CheckpointKey,
        length: &str,
        document: &str,
        messages: &[AddressedMessage],
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO watches (deployment, environment, window_start, length, document) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut values = bound(key, length).to_vec();
        values.push(BoundValue::Text(document.to_owned()));
        let new = messages.iter().map(|message| (NEW_MESSAGE, messages::bound(key, message)));
        let changes: Vec<_> = std::iter::once((sql, values)).chain(new).collect();
        Ok(self.0.change_all(&changes).await?)
    }
}

fn bound(key: &CheckpointKey, length: &str) -> [BoundValue; 4] {
    [
        BoundValue::Text(key.deployment.clone()),
        BoundValue::Text(key.environment.clone()),
        BoundValue::Int(key.window_start.us()),
        BoundValue::Text(length.to_owned()),
    ]
}
