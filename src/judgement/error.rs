//! Why targets cannot be judged.

/// A target that turns out to be wrong once the rows are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JudgementError {
    /// A job that is neither declared nor in the rows.
    #[error("{metric} is asked of job '{job}', which is neither declared nor in the windows{hint}")]
    UnknownJob {
        /// The target's metric.
        metric: String,
        /// The job, as written.
        job: String,
        /// The nearest known one, as a phrase.
        hint: String,
    },
    /// Durations of several jobs mixed together.
    #[error(
        "{metric} needs a job: there are {jobs}, and their durations say nothing together (name one, or write job = \"each\")"
    )]
    DurationWithoutJob {
        /// The target's metric.
        metric: String,
        /// How many jobs there are.
        jobs: usize,
    },
}
