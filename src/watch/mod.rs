//! The hours after a deployment: what is assessed when, and what was said already.

mod announcing;
mod begin;
pub mod checkpoints;
mod courier;
mod error;
mod kept;
mod live;
mod message;
mod news;
mod order;
mod running;
mod sampling;
mod state;
mod timetable;

pub use announcing::announce;
pub use begin::watch;
pub use error::WatchError;
pub use live::{LiveLook, RunCounts};
pub use news::{GapCause, News, WatchGap};
pub use order::{WatchLength, WatchOrder};
pub use running::{Tell, WatchEnd};
pub use sampling::{Sampler, TellRound};
