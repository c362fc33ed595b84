//! From the rows of each query to typed observations, a file a subject.

mod dependence;
mod jobs;
mod levels;
mod outcomes;
mod row;
mod slices;
mod starts;
mod statuses;
mod table;

pub(super) use dependence::meeting;
pub(super) use jobs::CountedJobs;
pub(super) use levels::{jobs_at_peak, levels};
pub(super) use outcomes::longest_occupancy_us;
pub(super) use row::side_of;
pub(super) use slices::{course_of_all, slices};
pub(super) use starts::{recent_starts, start_bursts};
pub(super) use statuses::{StatusWord, any_startless, statuses};
pub(super) use table::{coverage, excluded, failures, trends};
