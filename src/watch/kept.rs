//! What a watch keeps in the store: where it is, and checkpoints.

use std::path::Path;

use super::error::WatchError;
use super::order::WatchOrder;
use super::state::WatchState;
use crate::clock::Timestamp;
use crate::report::checkpoint::CheckpointKey;
use crate::store::StoreError;
use crate::store::checkpoints::CheckpointStore;
use crate::store::messages::AddressedMessage;
use crate::store::watches::WatchStore;

pub(super) struct Kept {
    watches: WatchStore,
    pub(super) checkpoints: CheckpointStore,
    key: CheckpointKey,
    /// Of the watch among those of its deployment.
    name: String,
}

impl Kept {
    pub(super) async fn open(path: &Path, key: CheckpointKey, name: String) -> Result<Self, StoreError> {
        Ok(Self {
            watches: WatchStore::open(path).await?,
            checkpoints: CheckpointStore::open(path).await?,
            key,
            name,
        })
    }

    /// The state of the watch that was ended before its time.
    pub(super) async fn resumed(
        &self,
        now: Timestamp,
        order: &WatchOrder,
    ) -> Result<Option<WatchState>, StoreError> {
        let document = self.watches.load(&self.key, &self.name).await?;
        Ok(document.and_then(|document| WatchState::resumed(&document, now, order.every)))
    }

    pub(super) async fn save(
        &self,
        state: &WatchState,
        messages: &[AddressedMessage],
    ) -> Result<(), WatchError> {
        let document = serde_json::to_string(state)
            .map_err(|error| StoreError::Document { what: "watch", problem: error.to_string() })?;
        Ok(self.watches.save(&self.key, &self.name, &document, messages).await?)
    }
}
