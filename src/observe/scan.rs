//! Counting by the program: every run once, from one stream.

use super::counted::Counted;
use super::error::ObserveError;
use super::fold::{self, COLUMNS, Intake};
use super::parameters::Found;
use super::{Observer, queries, way};
use crate::database::{DatabaseError, Session, StreamRow};

impl Observer<'_> {
    pub(super) async fn scan(&self, session: &mut Session) -> Result<Counted, ObserveError> {
        let query = queries::SCAN;
        let statement = self.statement(&query, &Found::default());
        let mut intake = Intake::new(&self.relation, &self.windows, &self.punctual);
        let mut taken = 0;
        let mut take = |row: &StreamRow<'_>| -> Result<(), ObserveError> {
            taken += 1;
            if taken > way::MOST_SCANNED {
                return Err(ObserveError::TooManyRuns { limit: way::MOST_SCANNED });
            }
            intake.take(row).map_err(DatabaseError::from)?;
            way::check_jobs(intake.jobs())
        };
        session.stream(query.name, statement, &COLUMNS, &mut take).await?;
        Ok(fold::count(intake, self.relation.settings, &self.parameters().trend_buckets_us()))
    }
}
