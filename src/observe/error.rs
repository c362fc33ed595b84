//! Why rows could not be observed.

use crate::database::DatabaseError;

/// The rows could not be observed.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A status word that is not mapped.
    #[error(
        "status '{word}' is not mapped ({rows} it); map it in the deployment file: \
         [source] statuses = {{ {key} = \"success\" }}, or to running, failed, timeout, skipped, cancelled"
    )]
    Status {
        /// The word, made legible.
        word: String,
        /// The word as a key of the deployment file.
        key: String,
        /// How many rows bear it, with the verb.
        rows: String,
    },
    /// Rows without a status.
    #[error("{rows} NULL for a status, which says nothing; leave them out by `where` in [source]")]
    NoStatus {
        /// How many rows bear none, with the verb.
        rows: String,
    },
    /// Rows without a job name.
    #[error("{rows} no job name; leave them out by `where` in [source]")]
    Nameless {
        /// How many, with the verb.
        rows: String,
    },
    /// More runs than the program counts by itself.
    #[error(
        "the windows hold more than {limit} runs, too many to be read one by one; let the database count \
         them with --execution pushdown, or narrow the windows"
    )]
    TooManyRuns {
        /// The limit.
        limit: u64,
    },
    /// More jobs than a report can be about.
    #[error(
        "the windows hold runs of more than {limit} jobs; declare those that matter in a deployment file and give \
         --scope declared, leave others out by `where` in [source], or give the runs of one kind one name by \
         `query` in [source]"
    )]
    TooManyJobs {
        /// The limit.
        limit: usize,
    },
}
