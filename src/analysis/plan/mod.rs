//! The input of the analysis: the declared jobs and the thresholds of the method.

pub mod threshold;

use crate::analysis::metric::Metric;
use crate::analysis::plan::threshold::ByMetric;
use crate::analysis::schedule::Schedule;
use crate::clock::Span;
use crate::finite::Finite;
use crate::observation::counting::Scope;
use crate::window::Side;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JobPlan {
    /// Its name, compared byte by byte.
    pub name: String,
    /// An earlier name; its runs count as this job's.
    pub was: Option<String>,
    /// When it was meant to fire, its `offset` in force; `None` when undeclared.
    pub schedule: Option<Schedule>,
    /// When it fired in the baseline: the same expression with `baseline_offset`.
    pub baseline_schedule: Option<Schedule>,
    /// A disabled job expects no runs.
    pub enabled: bool,
    /// It is no part of the change.
    pub control: bool,
    /// Age from which a run still running counts as lost; the analysis' default when `None`.
    pub orphan_after: Option<Span>,
    /// Minimum runs per window for a verdict, in place of the analysis'.
    pub min_runs: ByMetric<u64>,
    /// Smallest change reported, in place of the analysis'.
    pub margin: Margin,
    pub note: Option<String>,
}

impl JobPlan {
    pub fn schedule_in(&self, side: Side) -> Option<&Schedule> {
        match side {
            Side::Baseline => self.baseline_schedule.as_ref(),
            Side::Stagger => self.schedule.as_ref(),
        }
    }

    /// The offset in force in a window; `None` without a schedule.
    pub fn offset_in(&self, side: Side) -> Option<Span> {
        self.schedule_in(side).map(Schedule::offset)
    }
}

/// The smallest change reported, the default of the method where none is set: for durations relative to
/// the baseline's value (0.05 is 5 %), for rates as a fraction (0.01 is one percentage point).
pub type Margin = ByMetric<Finite>;

/// Minimum runs per window for a verdict, where nothing else is set.
pub const LEAST_RUNS: u64 = 10;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnalysisSettings {
    pub scope: Scope,
    /// How far before a window's start runs are looked for that may still occupy.
    pub longest_run: Span,
    /// Age from which a run still running counts as lost.
    pub orphan_after: Span,
    /// Count every unfinished run as lost.
    pub nothing_in_flight: bool,
    /// How long after its second a start is on time.
    pub on_time_within: Span,
    /// Length from which an ended run counts as slow.
    pub slow_after: Span,
    /// Minimum runs per window for a verdict, set for every metric.
    pub min_runs: ByMetric<u64>,
    /// A target whose interval reaches over its threshold is inconclusive.
    pub require_interval: bool,
    pub margin: Margin,
    /// The cycle that starts are placed in; whole seconds.
    pub cycle: Span,
    /// The clock-aligned window that simultaneous starts are counted in.
    pub burst_window: Span,
    /// How many earlier days at most a change is held against.
    pub placebo_days: u32,
    /// Whether jobs that are not declared are no part of the change.
    pub undeclared_are_controls: bool,
}

/// A month: four of each weekday.
pub const PLACEBO_DAYS: u32 = 28;

impl AnalysisSettings {
    /// Minimum runs per window for a verdict about `metric` of `job`, or of all jobs together.
    pub fn least_runs(&self, job: Option<&JobPlan>, metric: &Metric) -> u64 {
        let own = job.and_then(|job| job.min_runs.of(metric));
        own.or_else(|| self.min_runs.of(metric)).unwrap_or(LEAST_RUNS)
    }
}

impl Default for AnalysisSettings {
    fn default() -> Self {
        Self {
            scope: Scope::Declared,
            longest_run: Span::seconds(6 * 3_600),
            orphan_after: Span::seconds(3_600),
            nothing_in_flight: false,
            on_time_within: Span::seconds(1),
            slow_after: Span::seconds(2),
            min_runs: ByMetric::of_all(LEAST_RUNS),
            require_interval: false,
            margin: Margin::default(),
            cycle: Span::seconds(60),
            burst_window: Span::seconds(1),
            placebo_days: PLACEBO_DAYS,
            undeclared_are_controls: false,
        }
    }
}
