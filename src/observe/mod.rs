//! Observing: the rows of two windows become [`Observations`](crate::observation::Observations).

mod pushdown;
pub mod queries;
mod read;
mod status_words;

pub use pushdown::{ObserveError, Observer};
