//! Observing: the rows of two windows become [`Observations`](crate::observation::Observations).

mod pictures;
mod pushdown;
pub mod queries;
mod read;

pub use pushdown::{ObserveError, Observer};
