//! The look at the status words before anything is counted.

use std::collections::BTreeMap;

use super::Observer;
use super::error::ObserveError;
use super::{queries, read};
use crate::database::Session;
use crate::run::Status;
use crate::window::{PerSide, Side};

impl Observer<'_> {
    /// Rows outside the scope and rows after `as_of`, per window; an error for a word that is not mapped.
    pub(super) async fn statuses(&self, session: &mut Session) -> Result<PerSide<(u64, u64)>, ObserveError> {
        let words = read::statuses(&self.run(session, queries::STATUSES).await?)?;
        let mut unmapped: BTreeMap<Option<String>, u64> = BTreeMap::new();
        let mut nameless = 0;
        let mut left_out: PerSide<(u64, u64)> = PerSide::default();
        for word in words {
            let known = word.word.as_deref().is_some_and(|w| self.is_mapped(w));
            let side = match word.side {
                Side::Baseline => &mut left_out.baseline,
                Side::Stagger => &mut left_out.stagger,
            };
            if !word.named {
                nameless += word.rows;
            } else if !word.in_scope {
                side.0 += if word.inside && !word.late { word.rows } else { 0 };
            } else if word.late {
                side.1 += word.rows;
            } else if !known {
                *unmapped.entry(word.word).or_default() += word.rows;
            }
        }
        if nameless > 0 {
            return Err(ObserveError::Nameless { rows: nameless });
        }
        match unmapped.into_iter().max_by_key(|(_, rows)| *rows) {
            None => Ok(left_out),
            Some((word, rows)) => {
                let (word, key) = match word {
                    Some(word) => (format!("'{word}'"), format!("{word:?}")),
                    None => ("NULL".to_owned(), "\"\"".to_owned()),
                };
                Err(ObserveError::Status { word, key, rows })
            }
        }
    }

    fn is_mapped(&self, word: &str) -> bool {
        self.relation.mapping.statuses.contains_key(word)
            || Status::from_word(word).is_some_and(|_| {
                // The six words stand for themselves unless the source maps words of its own.
                self.relation.mapping.statuses.is_empty()
            })
    }
}
