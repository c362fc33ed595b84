//! From observations to figures: pure functions, no I/O, no clock.

pub mod comparison;
pub mod concurrency;
pub mod duration;
pub mod failure;
pub mod job;
pub mod metric;
pub mod plan;
pub mod rate;
pub mod schedule;
pub mod trend;

use self::failure::FailureClass;
use self::job::{JobReport, Totals};
use self::plan::{AnalysisSettings, JobPlan};
use self::trend::Trends;
use crate::observation::Observations;
use crate::window::PerSide;

/// Every figure that follows from the observations.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// All jobs together.
    pub totals: Totals,
    /// Declared and observed jobs, by the bytes of their names.
    pub jobs: Vec<JobReport>,
    /// Failed and timed-out runs by class of message: new classes first, then by runs.
    pub failures: Vec<FailureClass>,
    /// Each window over time.
    pub trends: Trends,
    /// Length of the observed part of each window, seconds.
    pub observed_seconds: PerSide<f64>,
    /// Pairs of enabled declared jobs that fire at one instant within 24 h of the stagger window's
    /// start; `None` when no enabled job has a schedule.
    pub collisions: Option<u64>,
}

/// Turns observations into figures.
pub fn analyse(observations: &Observations, settings: &AnalysisSettings, jobs: &[JobPlan]) -> Analysis {
    let _ = (settings, jobs);
    let seconds = |side| observations.windows.get(side).observed_length().as_seconds();
    Analysis {
        totals: Totals::default(),
        jobs: Vec::new(),
        failures: Vec::new(),
        trends: Trends::default(),
        observed_seconds: PerSide {
            baseline: seconds(crate::window::Side::Baseline),
            stagger: seconds(crate::window::Side::Stagger),
        },
        collisions: None,
    }
}
