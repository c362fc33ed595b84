//! The look at the status words before anything is counted.

use super::Observer;
use super::error::ObserveError;
use super::parameters::Found;
use super::read::StatusWord;
use super::status_words::rows_left_out;
use super::{queries, read};
use crate::database::Session;
use crate::run::Status;
use crate::window::PerSide;

impl Observer<'_> {
    /// Rows outside the scope and rows after `as_of`, per window; an error for a word that is not mapped.
    pub(super) async fn statuses(&self, session: &mut Session) -> Result<PerSide<(u64, u64)>, ObserveError> {
        self.left_out(self.status_words(session).await?)
    }

    pub(super) async fn status_words(&self, session: &mut Session) -> Result<Vec<StatusWord>, ObserveError> {
        Ok(read::statuses(&self.run(session, &queries::STATUSES, &Found::default()).await?)?)
    }

    pub(super) fn left_out(&self, words: Vec<StatusWord>) -> Result<PerSide<(u64, u64)>, ObserveError> {
        rows_left_out(words, |word| self.is_mapped(word))
    }

    fn is_mapped(&self, word: &str) -> bool {
        let statuses = &self.relation.mapping.statuses;
        // The six words stand for themselves unless the source maps words of its own.
        statuses.contains_key(word) || (statuses.is_empty() && Status::from_word(word).is_some())
    }
}
