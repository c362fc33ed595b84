//! Why targets cannot be judged.

/// A target that turns out to be wrong once the rows are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JudgementError {
    #[error("the target on {metric} names job '{job}', which is neither declared nor in the windows{hint}")]
    UnknownJob {
        metric: String,
        job: String,
        /// The nearest known one, as a phrase.
        hint: String,
    },
    #[error(
        "{metric} needs a job: there are {jobs}, and their durations say nothing together (name one, or write job = \"each\")"
    )]
    DurationWithoutJob { metric: String, jobs: usize },
}
