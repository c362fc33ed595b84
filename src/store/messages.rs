//! Messages to webhooks that were made, and whether they were delivered.

use std::path::Path;

use super::{StoreError, open};
use crate::database::{BoundValue, Cell, OwnFile};
use crate::report::checkpoint::CheckpointKey;
use crate::webhook::WebhookMessage;

/// A message for one receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressedMessage {
    /// The receiver's key.
    pub receiver: String,
    pub message: WebhookMessage,
}

/// Makes a message known once, however often it is made.
pub(super) const NEW_MESSAGE: &str = "INSERT OR IGNORE INTO messages \
     (deployment, environment, window_start, receiver, id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// The values of [`NEW_MESSAGE`].
pub(super) fn bound(
    key: &CheckpointKey,
    AddressedMessage { receiver, message }: &AddressedMessage,
) -> Vec<BoundValue> {
    let CheckpointKey { deployment, environment, window_start } = key;
    let text = |text: &String| BoundValue::Text(text.clone());
    let [deployment, environment] = [deployment, environment].map(text);
    let [receiver, id, body] = [receiver, &message.id, &message.body].map(text);
    vec![deployment, environment, BoundValue::Int(window_start.us()), receiver, id, body]
}

pub struct MessageStore(OwnFile);

impl MessageStore {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open(path).await?))
    }

    /// Keeps messages that are not there yet.
    pub async fn add(&self, key: &CheckpointKey, messages: &[AddressedMessage]) -> Result<(), StoreError> {
        let changes: Vec<_> = messages.iter().map(|message| (NEW_MESSAGE, bound(key, message))).collect();
        Ok(self.0.change_all(&changes).await?)
    }

    /// The messages of a deployment that were not delivered, whatever its window, in the order in which they were made.
    pub async fn undelivered(&self, key: &CheckpointKey) -> Result<Vec<AddressedMessage>, StoreError> {
        let sql = "SELECT receiver, id, body FROM messages \
                   WHERE deployment = ?1 AND environment = ?2 AND is_delivered = 0 ORDER BY rowid";
        let CheckpointKey { deployment, environment, .. } = key;
        let values = [BoundValue::Text(deployment.clone()), BoundValue::Text(environment.clone())];
        let rows = self.0.rows(sql, &values).await?;
        let message = |row: Vec<Cell>| match <[Cell; 3]>::try_from(row) {
            Ok([Cell::Text(receiver), Cell::Text(id), Cell::Text(body)]) => {
                Some(AddressedMessage { receiver, message: WebhookMessage { id, body } })
            }
            _ => None,
        };
        Ok(rows.into_iter().filter_map(message).collect())
    }

    /// Whether a receiver has had any message of a deployment, or is to have one.
    pub async fn knows(&self, key: &CheckpointKey, receiver: &str) -> Result<bool, StoreError> {
        let sql =
            "SELECT 1 FROM messages WHERE receiver = ?1 AND deployment = ?2 AND environment = ?3 LIMIT 1";
        let CheckpointKey { deployment, environment, .. } = key;
        let values = [receiver, deployment, environment].map(|text| BoundValue::Text(text.to_owned()));
        Ok(!self.0.rows(sql, &values).await?.is_empty())
    }

    /// A message was delivered, or its receiver wants none.
    pub async fn delivered(&self, receiver: &str, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE messages SET is_delivered = 1 WHERE receiver = ?1 AND id = ?2";
        self.0.change(sql, &[BoundValue::Text(receiver.to_owned()), BoundValue::Text(id.to_owned())]).await?;
        Ok(())
    }
}
