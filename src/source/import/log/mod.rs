//! Logs: lines that tell of starts and ends, which are put together to runs. Nothing here knows a database.

mod event;
mod fields;
mod files;
mod job_log;
mod journald;
mod kubernetes;
mod lines;
mod note;
mod pairing;
mod rules;
mod time;

pub(super) use self::journald::Journald;
pub(super) use self::kubernetes::Kubernetes;
pub(super) use self::rules::LogRules;
pub use files::LogFiles;
pub(super) use files::LogKind;
pub use note::LogNotes;
