//! Sources: how a native table, or a file, becomes the normalised relation `runs`.

mod file_times;
pub mod files;
pub mod import;
mod kept_rows;
mod known_tables;
pub mod load;
pub mod mapping;
pub mod native_duration;
pub mod native_time;
pub mod proposal;
pub mod recognition;
pub mod relation;
pub mod scheduler_jobs;
mod written_time;
