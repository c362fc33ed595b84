//! Observing: the rows of two windows become [`Observations`](crate::observation::Observations), counted
//! by the database (pushdown) or in the program from one stream of rows (scan).

mod cost;
mod counted;
mod error;
mod fold;
mod inventory;
mod observer;
mod parameters;
mod pictures;
mod pushdown;
pub mod queries;
mod read;
mod scan;
mod shown;
mod status_words;
mod statuses;
mod way;

pub use error::ObserveError;
pub use inventory::SeenJobs;
pub use observer::{MOST_ROWS, Observer};
pub use way::{MOST_JOBS, MOST_SCANNED, Volume, Way, WayBasis};
