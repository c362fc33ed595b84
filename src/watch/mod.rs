//! The hours after a deployment: what is assessed when, and what was said already.

pub mod checkpoints;
mod error;

pub use error::WatchError;
