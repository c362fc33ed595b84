//! When a job is meant to fire: cron expressions by Vixie's rules, with an offset.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono_tz::Tz;
use croner::Cron;

use crate::clock::Span;
use crate::window::Period;

/// A cron expression with its offset and zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    expression: String,
    offset: Span,
    time_zone: Tz,
    cron: Cron,
}

/// Why a schedule cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Not a cron expression.
    #[error("'{expression}' is not a cron expression of five or six fields: {reason}")]
    Expression {
        /// As written.
        expression: String,
        /// What the reader stumbled over.
        reason: String,
    },
}

impl Schedule {
    /// Reads `expression` (five fields, or six with seconds first).
    ///
    /// # Errors
    /// When it is not a cron expression.
    pub fn parse(expression: &str, offset: Span, time_zone: Tz) -> Result<Self, ScheduleError> {
        let cron = Cron::from_str(expression).map_err(|error| ScheduleError::Expression {
            expression: expression.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self { expression: expression.to_owned(), offset, time_zone, cron })
    }
}

impl Schedule {
    /// The offset that is added to the expression.
    pub fn offset(&self) -> Span {
        self.offset
    }
}
