//! Reading on several connections at once, each in the state that the session sees: parts of what is read wait
//! in a queue, and whoever is done with one takes the next.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::try_join_all;

use super::connection::{Connection, Options};
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::file::FileReader;
use super::session::Session;
use super::statement::Statement;
use super::taker::{StreamPart, StreamRow, Taker};
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::{Span, Stopwatch};

/// The parts that nobody has begun yet.
#[derive(Clone, Debug)]
struct PartQueue(Arc<Mutex<VecDeque<StreamPart>>>);

impl PartQueue {
    fn next(&self) -> Option<StreamPart> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// What readers beside the session need.
#[derive(Clone, Debug)]
struct Beside {
    query: String,
    identity: String,
    queue: PartQueue,
    /// Ends all of them.
    stop: Cancellation,
    deadline: Deadline,
    limit: Span,
}

/// Ends the readers when nobody waits for them any more.
struct StopOnDrop(Cancellation);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// What a reader took in, and how many rows.
type Taken<T> = Result<(T, u64), <T as Taker>::Error>;

/// The same, with a connection that can read again.
type TakenBy<T> = Result<(T, u64, Option<FileReader>), <T as Taker>::Error>;

impl Session {
    /// Runs the parts of a query on as many connections as there are takers, where the server allows it, and
    /// remembers the query as `shown`. The order of rows is nobody's.
    ///
    /// # Errors
    /// When a connection fails in the midst of reading, the time is used up, or a taker fails; the session is
    /// of no use after that.
    pub async fn read_parts<T: Taker>(
        &mut self,
        query: &str,
        shown: Statement,
        parts: Vec<StreamPart>,
        takers: Vec<T>,
    ) -> Result<Vec<T>, T::Error> {
        let watch = Stopwatch::start();
        let queue = PartQueue(Arc::new(Mutex::new(parts.into())));
        let mut taken = self.read_beside(query, &queue, takers).await?;
        // What is left where no other connection reads.
        if let Some((taker, rows)) = taken.first_mut() {
            while let Some(part) = queue.next() {
                let mut take = |row: &StreamRow<'_>| taker.take(part.pass, row);
                *rows += self.pass(query, &part.statement, &part.columns, &mut take).await?;
            }
        }
        let rows = taken.iter().map(|(_, rows)| rows).sum();
        self.remember(query, shown, rows, watch.elapsed());
        Ok(taken.into_iter().map(|(taker, _)| taker).collect())
    }

    async fn read_beside<T: Taker>(
        &mut self,
        query: &str,
        queue: &PartQueue,
        takers: Vec<T>,
    ) -> Result<Vec<(T, u64)>, T::Error> {
        let (cancellation, deadline) = self.limits();
        let beside = Beside {
            query: query.to_owned(),
            identity: self.identity().to_owned(),
            queue: queue.clone(),
            stop: Cancellation::default(),
            deadline,
            limit: deadline.limit(),
        };
        let guard = StopOnDrop(beside.stop.clone());
        let several = takers.len() > 1;
        let snapshot = if several { self.export_snapshot().await } else { None };
        let mut readers = Vec::new();
        for taker in takers {
            let beside = beside.clone();
            let reader = match (&self.connection.options, &snapshot) {
                (Options::Postgres(options), Some(snapshot)) => {
                    let reader = SnapshotReader {
                        options: Options::Postgres(options.clone()),
                        snapshot: snapshot.clone(),
                    };
                    Some(OtherConnection::Snapshot(Box::new(reader)))
                }
                (Options::Sqlite(_), _) => self
                    .files
                    .get_mut()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pop()
                    .map(OtherConnection::File),
                _ => None,
            };
            readers.push(tokio::task::spawn_blocking(move || match reader {
                Some(reader) => reader.read(&beside, taker),
                None => Ok((taker, 0, None)),
            }));
        }
        let joined = try_join_all(readers);
        let taken = tokio::select! {
            taken = joined => taken,
            () = cancellation.cancelled() => {
                return Err(DatabaseError::Cancelled { query: query.to_owned() }.into());
            }
        };
        drop(guard);
        // A panic goes on where it would have been without a thread.
        let taken = taken.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        let taken: Vec<(T, u64, Option<FileReader>)> = taken.into_iter().collect::<Result<_, _>>()?;
        let files = self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
        let kept = taken.into_iter().map(|(taker, rows, file)| {
            files.extend(file);
            (taker, rows)
        });
        Ok(kept.collect())
    }
}

enum OtherConnection {
    File(FileReader),
    Snapshot(Box<SnapshotReader>),
}

/// Another connection to a server, in the snapshot that the session has exported.
struct SnapshotReader {
    options: Options,
    snapshot: String,
}

impl OtherConnection {
    /// Reads parts until none is left. One that cannot begin takes none.
    fn read<T: Taker>(self, beside: &Beside, taker: T) -> TakenBy<T> {
        let taken = match self {
            Self::File(file) => beside.read_file(&file, taker).map(|(taker, rows)| (taker, rows, Some(file))),
            Self::Snapshot(reader) => {
                beside.read_snapshot(&reader, taker).map(|(taker, rows)| (taker, rows, None))
            }
        };
        if taken.is_err() {
            beside.queue.clear();
            beside.stop.cancel();
        }
        taken
    }
}

impl Beside {
    fn read_file<T: Taker>(&self, file: &FileReader, mut taker: T) -> Taken<T> {
        let mut rows = 0;
        if file.obey(&self.stop, self.deadline).is_err() || !file.sees_the_same() {
            return Ok((taker, rows));
        }
        let failed = |error: &rusqlite::Error| {
            if self.stop.is_cancelled() {
                DatabaseError::Cancelled { query: self.query.clone() }
            } else {
                DatabaseError::file(&self.query, &self.identity, self.limit, error)
            }
        };
        while let Some(part) = self.queue.next() {
            rows += file.read(&self.query, &part, &mut taker, &failed)?;
        }
        Ok((taker, rows))
    }

    fn read_snapshot<T: Taker>(&self, reader: &SnapshotReader, mut taker: T) -> Taken<T> {
        let mut rows = 0;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return Ok((taker, rows)) };
        runtime.block_on(async {
            let Some(mut session) = self.open(reader).await else { return Ok((taker, rows)) };
            while let Some(part) = self.queue.next() {
                let mut take = |row: &StreamRow<'_>| taker.take(part.pass, row);
                rows += session.pass(&self.query, &part.statement, &part.columns, &mut take).await?;
            }
            Ok((taker, rows))
        })
    }

    async fn open(&self, reader: &SnapshotReader) -> Option<Session> {
        let opening = async {
            let connection = Connection::connect(&reader.options, &self.identity).await.ok()?;
            Session::begin_in(&self.stop, self.deadline, connection, &reader.snapshot).await.ok()
        };
        tokio::select! {
            opened = opening => opened,
            () = self.stop.cancelled() => None,
            () = self.deadline.passed() => None,
        }
    }
}

impl Session {
    /// What `work` computes from rows of a query, on a thread of its own, since other tasks wait for this one.
    /// Nobody waits for it beyond a cancellation or the time limit.
    pub async fn computed<T: Send + 'static>(
        &mut self,
        query: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DatabaseError> {
        let (cancellation, deadline) = self.limits();
        let computing = tokio::task::spawn_blocking(work);
        tokio::select! {
            // A panic goes on where it would have been without a thread.
            done = computing => Ok(done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))),
            () = cancellation.cancelled() => Err(DatabaseError::Cancelled { query: query.to_owned() }),
            () = deadline.passed() => Err(DatabaseError::over_limit(query, deadline.limit())),
        }
    }

    /// A name by which other connections share the session's snapshot; `None` where there is none.
    async fn export_snapshot(&mut self) -> Option<String> {
        if self.dialect() != Dialect::Postgres {
            return None;
        }
        let text = "SELECT pg_export_snapshot() AS snapshot".to_owned();
        let rows = self.read("snapshot", &Statement { text, ..Statement::default() }, 1).await.ok()?;
        rows.iter().next()?.text("snapshot").ok()
    }
}
