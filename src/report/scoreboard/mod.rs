//! The scoreboard: how many jobs got worse or better, and which are worst.

mod compose;
mod model;

pub use compose::scoreboard;
pub use model::{Counts, ScoreRow, Scoreboard};
