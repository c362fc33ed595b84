//! How a figure is written, in one place: at most three significant digits, scaled units, thousands
//! separators, and never rounded across a limit that it is held against.
//!
//! What is not a finite number is written as [`ABSENT`].

mod digits;
mod number;
mod time;

pub use digits::ABSENT;
pub use number::{
    FEW_RUNS, change, change_against, count, counted, duration, duration_against, duration_change, number,
    number_against, number_change, p_value, part_of, percent, percent_against, percent_interval, points,
    points_against, share, short, short_signed,
};
pub use time::{instant, period, period_in, place, span, time};
