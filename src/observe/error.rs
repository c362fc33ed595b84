//! Why rows could not be observed.

use crate::database::DatabaseError;

/// The rows could not be observed.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Status words, or rows without one, that are not mapped.
    #[error(
        "{found}; say in the deployment file what each means: [source] {entries}, where \"?\" is running, \
         success, failed, timeout, skipped, cancelled or open"
    )]
    Statuses {
        /// The words, made legible, each with its rows.
        found: String,
        /// The keys of the deployment file, without their values.
        entries: String,
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
