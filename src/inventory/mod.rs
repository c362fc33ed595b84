//! What is in a table: each job by itself, and how the jobs that run compare with those that are meant to.

pub mod audit;
pub mod compose;
pub mod model;
