//! From observations to figures: pure functions, no I/O, no clock.

pub mod comparison;
pub mod concurrency;
pub mod duration;
pub mod duration_trial;
pub mod failure;
pub mod family;
pub mod job;
pub mod plan;
pub mod rate;
pub mod rate_trial;
pub mod schedule;
pub mod statistics;
pub mod trend;
pub mod verdict;
