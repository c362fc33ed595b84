//! Why rows could not be observed.

use crate::database::DatabaseError;

#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
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
    #[error("{rows} no job name; leave them out by `where` in [source]")]
    Nameless {
        /// How many, with the verb.
        rows: String,
    },
    #[error(
        "the windows hold more than {limit} runs, too many to be read one by one; let the database count \
         them with --execution pushdown, or narrow the windows"
    )]
    TooManyRuns { limit: u64 },
    #[error(
        "the windows hold runs of more than {limit} jobs; declare those that matter in a deployment file and give \
         --scope declared, leave others out by `where` in [source], or give the runs of one kind one name by \
         `query` in [source]"
    )]
    TooManyJobs { limit: usize },
}
