//! The scoreboard: how many jobs got worse or better, and which are worst.

mod compose;
mod model;

pub use compose::{better_jobs, scoreboard, what_changed, worse_jobs};
pub use model::{Counts, ScoreRow, Scoreboard};
