//! One deployment in several environments: what the earlier ones predicted, and what the last one did.

mod compose;
mod model;

pub use compose::compared;
pub use model::{
    EnvironmentChange, EnvironmentFacts, EnvironmentTarget, Environments, PredictedChange, PredictionOutcome,
};
