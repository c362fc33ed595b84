//! The look at the status words before anything is counted.

use super::Observer;
use super::error::ObserveError;
use super::parameters::Found;
use super::read::StatusWord;
use super::status_words::{LeftOut, rows_left_out};
use super::{queries, read};
use crate::database::Session;
use crate::window::PerSide;

impl Observer<'_> {
    /// Rows of each window that nothing counts; an error for a word that is not mapped. Where every row has a
    /// start, no later statement looks for others.
    pub(super) async fn statuses(&mut self, session: &mut Session) -> Result<PerSide<LeftOut>, ObserveError> {
        let rows = self.run(session, &queries::STATUSES, &Found::default()).await?;
        if !read::any_startless(&rows)? {
            self.ranges.iter_mut().for_each(|range| range.has_startless = false);
        }
        self.left_out(read::statuses(&rows)?)
    }

    pub(super) async fn status_words(&self, session: &mut Session) -> Result<Vec<StatusWord>, ObserveError> {
        Ok(read::statuses(&self.run(session, &queries::STATUSES, &Found::default()).await?)?)
    }

    pub(super) fn left_out(&self, words: Vec<StatusWord>) -> Result<PerSide<LeftOut>, ObserveError> {
        rows_left_out(words, |word| self.relation.mapping.statuses.meaning(word))
    }
}
