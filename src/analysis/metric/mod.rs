//! The metric table: everything that is known of a figure with a name of its own, a row each. What differs by
//! metric is looked up here.

pub mod by_name;
mod map;
mod measurement;
mod row;
mod table;
mod unit;

pub use map::MetricMap;
pub use measurement::metrics_of;
pub use row::*;
pub use table::*;
pub use unit::Unit;
