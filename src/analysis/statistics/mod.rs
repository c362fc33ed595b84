//! The methods that findings rest on: pure functions of counts and frequency tables, one method a
//! file, each with its source.
//!
//! Nothing here expands a table to rows: the cost follows the number of cells, not of runs. Durations
//! are whole microseconds going in and microseconds as `f64` coming out. Every interval is two-sided
//! at the level 95 %. Sides are `baseline` and `stagger`; a difference is always stagger − baseline and a
//! ratio stagger / baseline.

pub mod benjamini_hochberg;
pub mod binomial;
pub mod cells;
pub mod change_point;
pub mod dependence;
pub mod fisher;
pub mod gamma;
pub mod hodges_lehmann;
pub mod hypergeometric;
pub mod interval;
pub mod mann_whitney;
pub mod matched_pairs;
pub mod moderation;
pub mod mover;
pub mod newcombe;
pub mod normal;
pub mod order_statistics;
pub mod quantile;
pub mod sequential;
pub mod student_t;
pub mod tail;
pub mod welch;
pub mod wilson;
pub mod z_test;

/// What an interval leaves out on each side: 2.5 %.
pub const TAIL: f64 = 0.025;
