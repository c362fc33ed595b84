//! Adding runs to `job_runs`, so that adding them again changes nothing.

mod limits;
mod rows;

use std::collections::BTreeMap;

use sqlx::Executor;

use self::limits::BatchLimits;
use super::connection::{Connection, Driver};
use super::error::DatabaseError;
use super::interrupt::{Interrupt, guarded};
use crate::run::{IdentifiedRun, Run, RunIdentity, Status};

/// What became of the runs that were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    pub added: u64,
    /// Were running and now have a final status.
    pub updated: u64,
    /// Known already, or a run that has ended given as running.
    pub unchanged: u64,
}

/// One transaction that adds runs.
///
/// A run whose identity the table does not hold is added. A run that the table, or the same transaction,
/// holds as running takes what a final status brings. Nothing else changes. The counts are exact unless
/// another session adds the same runs at the same time; the table is right even then.
#[derive(Debug)]
pub struct Store<'c> {
    connection: &'c mut Connection,
    interrupt: Interrupt,
    limits: BatchLimits,
    batch: Vec<IdentifiedRun>,
    batch_bytes: usize,
    stored: Stored,
}

impl<'c> Store<'c> {
    pub async fn begin(connection: &'c mut Connection) -> Result<Self, DatabaseError> {
        let begin = match &connection.driver {
            // Digests fall everywhere into their index; with the usual 2 MB every one would cost a page.
            // A write lock from the start cannot fail half way.
            Driver::Sqlite(_) => "PRAGMA cache_size = -131072; BEGIN IMMEDIATE",
            Driver::Postgres(_) | Driver::MySql(_) => "BEGIN",
        };
        command(connection, begin).await?;
        let interrupt = Interrupt::of(connection).await;
        let interrupt = interrupt.map_err(|error| DatabaseError::store(&connection.identity, &error))?;
        let limits = BatchLimits::of(connection.dialect);
        Ok(Self {
            connection,
            interrupt,
            limits,
            batch: Vec::new(),
            batch_bytes: 0,
            stored: Stored::default(),
        })
    }

    /// Adds a run.
    ///
    /// # Errors
    /// When the server refuses; the transaction has then to be rolled back.
    pub async fn add(&mut self, run: IdentifiedRun) -> Result<(), DatabaseError> {
        let bytes = text_bytes(&run.run);
        if self.batch.len() >= self.limits.runs || self.batch_bytes + bytes > self.limits.bytes {
            self.flush().await?;
        }
        self.batch_bytes += bytes;
        self.batch.push(run);
        Ok(())
    }

    /// Ends the transaction and keeps everything.
    ///
    /// # Errors
    /// When the server refuses; nothing is kept then.
    pub async fn commit(mut self) -> Result<Stored, DatabaseError> {
        let written = match self.flush().await {
            Ok(()) => command(self.connection, "COMMIT").await,
            failed => failed,
        };
        if written.is_err() {
            self.rollback().await;
        }
        written.map(|()| self.stored)
    }

    /// Ends the transaction and keeps nothing.
    pub async fn rollback(&mut self) {
        // Where the connection is gone, so is the transaction.
        let _ = command(self.connection, "ROLLBACK").await;
    }

    async fn flush(&mut self) -> Result<(), DatabaseError> {
        self.batch_bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let identity = self.connection.identity.clone();
        let failed = |error: sqlx::Error| DatabaseError::store(&identity, &error);
        let dialect = self.connection.dialect;
        let driver = &mut self.connection.driver;
        let known = guarded(&self.interrupt, rows::known(driver, dialect, &batch)).await.map_err(failed)?;
        let runs = self.stored.merge(batch, known);
        if runs.is_empty() {
            return Ok(());
        }
        guarded(&self.interrupt, rows::write(driver, dialect, &runs)).await.map_err(failed)
    }
}

async fn command(connection: &mut Connection, sql: &'static str) -> Result<(), DatabaseError> {
    let sql = sqlx::raw_sql(sql);
    let done = match &mut connection.driver {
        Driver::Sqlite(c) => c.execute(sql).await.map(drop),
        Driver::Postgres(c) => c.execute(sql).await.map(drop),
        Driver::MySql(c) => c.execute(sql).await.map(drop),
    };
    done.map_err(|error| DatabaseError::store(&connection.identity, &error))
}

impl Stored {
    /// Counts the runs of a batch and gives those that have to be written, each identity once. `known`
    /// holds the status of those that the table has.
    fn merge(
        &mut self,
        batch: Vec<IdentifiedRun>,
        mut known: BTreeMap<RunIdentity, Status>,
    ) -> Vec<IdentifiedRun> {
        let mut write: Vec<IdentifiedRun> = Vec::with_capacity(batch.len());
        let mut places: BTreeMap<RunIdentity, usize> = BTreeMap::new();
        for new in batch {
            match known.insert(new.identity, new.run.status) {
                None => {
                    self.added += 1;
                    places.insert(new.identity, write.len());
                    write.push(new);
                }
                Some(Status::Running) if new.run.status != Status::Running => {
                    self.updated += 1;
                    if let Some(place) = places.get(&new.identity) {
                        supersede(&mut write[*place].run, new.run);
                    } else {
                        places.insert(new.identity, write.len());
                        write.push(new);
                    }
                }
                Some(before) => {
                    self.unchanged += 1;
                    known.insert(new.identity, before);
                }
            }
        }
        write
    }
}

/// A running run takes what its final line says, as the statements of `rows` have it for the table: what
/// that line leaves out of the description stays.
fn supersede(running: &mut Run, ended: Run) {
    let before = std::mem::replace(running, ended);
    running.scheduled_at = running.scheduled_at.or(before.scheduled_at);
    running.error_message = running.error_message.take().or(before.error_message);
    running.worker = running.worker.take().or(before.worker);
    running.attempt = running.attempt.or(before.attempt);
    running.schedule = running.schedule.take().or(before.schedule);
    running.effective_schedule = running.effective_schedule.take().or(before.effective_schedule);
    running.stagger_offset_s = running.stagger_offset_s.or(before.stagger_offset_s);
}

fn text_bytes(run: &Run) -> usize {
    let optional = [
        &run.run_id,
        &run.skip_reason,
        &run.error_message,
        &run.worker,
        &run.schedule,
        &run.effective_schedule,
    ];
    run.job_name.len() + optional.into_iter().flatten().map(String::len).sum::<usize>()
}
