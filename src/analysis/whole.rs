//! Every figure of a report.

use crate::analysis::figures::failure::FailureClass;
use crate::analysis::figures::job::{JobReport, Totals};
use crate::analysis::figures::kpi::KpiFigures;
use crate::analysis::figures::trend::Trends;
use crate::window::PerSide;

/// Every figure that follows from the observations.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    pub totals: Totals,
    /// Declared and observed jobs, by the bytes of their names.
    pub jobs: Vec<JobReport>,
    /// Failed and timed-out runs by class of message: new classes first, then by runs.
    pub failures: Vec<FailureClass>,
    pub trends: Trends,
    /// Length of the observed part of each window, seconds.
    pub observed_seconds: PerSide<f64>,
    /// Pairs of enabled declared jobs that fire at one instant within 24 h of the stagger window's
    /// start; `None` when no enabled job has a schedule.
    pub collisions: Option<u64>,
    /// Rows that may belong to a window, for want of a start that says so.
    pub rows_unplaced: PerSide<u64>,
    /// Measurements beside the runs.
    pub kpis: PerSide<KpiFigures>,
}

impl Analysis {
    /// The job of a name, compared byte by byte.
    pub fn job(&self, name: &str) -> Option<&JobReport> {
        let place = self.jobs.binary_search_by(|job| job.name.as_str().cmp(name)).ok()?;
        self.jobs.get(place)
    }
}
