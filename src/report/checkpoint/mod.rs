//! Assessments of a deployment at set times, which are kept and held against each other.

mod change;
mod kept;
mod model;
mod plan;
mod summary;

pub use kept::{Checkpoint, CheckpointKey};
pub use model::{ChangedThing, CheckpointChange, CheckpointSummary, TargetCounts};
pub use plan::CheckpointPlan;
pub use summary::summaries;
