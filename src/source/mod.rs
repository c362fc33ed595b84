//! Where runs come from: files of runs.

pub mod import;
pub mod load;
