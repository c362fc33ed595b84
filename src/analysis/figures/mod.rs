//! What was seen in one window, as figures: of each job and of all together.

pub(in crate::analysis) mod adherence;
pub mod concurrency;
pub mod duration;
pub mod failure;
pub mod job;
pub mod job_verdict;
pub mod kpi;
pub mod pictures;
pub mod rate;
pub mod silence;
pub mod slow_start;
pub mod start_places;
pub mod start_rates;
pub(in crate::analysis) mod totals;
pub mod trend;
pub mod window;
