//! The hours after a deployment: what is assessed when, and what was said already.

pub mod checkpoints;
mod error;
mod kept;
mod news;
mod order;
mod running;
mod sampling;
mod state;
mod timetable;

pub use error::WatchError;
pub use news::{GapCause, News, WatchGap};
pub use order::{WatchLength, WatchOrder};
pub use running::{Tell, WatchEnd, watch};
pub use sampling::{Sampler, TellRound};
