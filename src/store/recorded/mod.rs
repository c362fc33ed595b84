//! Runs of past periods, for when their source no longer holds them: a series for each source and reading of it.

mod copy;
mod incoming;
mod merge;
mod series;
mod stretches;

pub use self::copy::{COPIED_RUNS, CopiedRuns, CopyRequest};
pub use self::series::{FoundSeries, RecordedRuns, RecordedSeries, Recording, SeriesKey};
pub use self::stretches::{NextPeriod, gaps, next, with, without};
