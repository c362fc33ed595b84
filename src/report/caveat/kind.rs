//! What a caveat says, as types: its kind with the figures that its sentence holds.

use std::collections::BTreeSet;

use chrono::Weekday;

use super::hours::HoursOfDay;
use super::jobs::NamedJobs;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::metric::Metric;
use crate::clock::{Span, Timestamp};
use crate::observation::SampleGap;
use crate::observation::ordinary::Shortfall;
use crate::report::history::HistoryFacts;
use crate::settings::Redaction;
use crate::window::{Chosen, PerSide, Period, Side};

/// What a caveat is about. The jobs, the window and the runs that it touches stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum CaveatKind {
    /// What the mapping knows of its source.
    SourceLimit {
        limit: String,
        /// Whether every reader has to know it.
        is_headline: bool,
    },
    /// Some runs are of the history that `record` keeps.
    History(HistoryFacts),
    /// Rows were looked for by a key instead of their start.
    BoundByKey {
        column: String,
        within: Span,
    },
    /// More periods than get a caveat each.
    Excluded {
        periods: usize,
    },
    ExcludedBetween {
        period: Period,
        reason: String,
    },
    ExcludedInside {
        period: Period,
        reason: String,
    },
    BaselineElsewhere {
        chosen: Chosen,
    },
    ShortWindow {
        observed: Span,
        /// Jobs that do not fire in it at all.
        silent: u64,
    },
    NoStarts,
    AsOfInsideWindow {
        end: Timestamp,
        as_of: Timestamp,
        observed: Span,
    },
    DifferentHours(PerSide<HoursOfDay>),
    /// From Monday on.
    DifferentWeekdays(PerSide<Vec<Weekday>>),
    BaselineCannotGrow {
        /// Start of the window.
        start: Timestamp,
        /// The earliest start in the table.
        first_started: Option<Timestamp>,
    },
    TooFast,
    RunsMissing,
    Mixture,
    HoursMixture,
    ControlsToo,
    /// Why a change was held against no earlier days, or against fewer than asked for.
    EarlierDays {
        shortfall: Shortfall,
        /// Days that it was held against.
        compared: u64,
    },
    NotInBothHalves {
        changes: u64,
        /// The change, where it is the only one.
        only: Option<ChangeInHalves>,
    },
    Drift(Side),
    /// Of one job, when it changed; of more, nothing.
    AnotherMoment {
        only: Option<MomentFacts>,
    },
    Gradual,
    /// Of all jobs together where no job is touched, else of the first of them.
    LoadChanged {
        runs_per_hour: PerSide<f64>,
    },
    PopulationChanged {
        new: NamedJobs,
        gone: NamedJobs,
    },
    MissingSchedule {
        /// No job has one.
        all: bool,
    },
    /// The figures are those of the first job.
    OrphanAfterTooShort {
        longest: Span,
        orphan_after: Span,
    },
    DisabledButRunning,
    /// Control jobs whose starts meet those of changed jobs more or less often than before.
    ControlsAffected,
    /// The whole table begins late in the window.
    TableBeginsLate {
        first_started: Timestamp,
        after_start: Span,
    },
    /// The rows of some jobs begin late or end early in the window.
    RowsFarFromAnEdge,
    NeverFinished,
    ImpossibleTimes {
        end_before_start: u64,
        final_without_end: u64,
        running_with_end: u64,
    },
    SuspectedDuplicates {
        started: u64,
    },
    LongestRun {
        longest_run: Span,
    },
    OutOfScope,
    RowsOpen,
    RowsAfterAsOf,
    /// Rows that may belong to a window.
    RowsUnplaced,
    /// Rows that were read and are counted nowhere: a fault of this program.
    RowsUnaccounted,
    /// Rows of the table, in windows or not, that start after the server's clock.
    RowsAhead,
    /// Rows with times that were read as UTC, because nothing says their zone.
    NoTimeZone,
    /// Rows with a local time that a change of the clocks leaves out or repeats.
    ClockChange,
    WholeSeconds,
    /// A measurement whose source did not answer.
    KpiUnanswered {
        kpi: String,
        /// Who, and how.
        reason: String,
    },
    /// Samples further from one another than runs last.
    KpiCoarse {
        kpi: String,
        spacing: Span,
        /// Of all runs, ms.
        median: f64,
    },
    /// A part of a window without samples.
    KpiGap {
        kpi: String,
        gap: SampleGap,
    },
    /// Samples whose value is no finite number.
    KpiUnusable {
        kpi: String,
        samples: u64,
    },
    /// The watch that this report ends saw nothing for a while.
    NotWatched {
        period: Period,
        /// Why, as a clause.
        cause: String,
    },
    Redacted {
        what: BTreeSet<Redaction>,
    },
    /// Read from a JSON report, which holds the sentence only.
    Told {
        code: String,
        message: String,
    },
}

/// A change that does not hold in both halves of the stagger window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeInHalves {
    pub metric: &'static Metric,
    /// In the metric's unit.
    pub halves: Option<[f64; 2]>,
}

impl CaveatKind {
    /// The stable word for programs.
    pub fn code(&self) -> &str {
        match self {
            Self::Excluded { .. } => "excluded",
            Self::ExcludedBetween { .. } => "excluded_between",
            Self::ExcludedInside { .. } => "excluded_inside",
            Self::BaselineElsewhere { .. } => "baseline_elsewhere",
            Self::ShortWindow { .. } => "short_window",
            Self::NoStarts => "no_starts",
            Self::AsOfInsideWindow { .. } => "as_of_inside_window",
            Self::DifferentHours(_) => "different_hours",
            Self::DifferentWeekdays(_) => "different_weekdays",
            Self::BaselineCannotGrow { .. } => "baseline_cannot_grow",
            Self::TooFast => Restriction::TooFast.code(),
            Self::RunsMissing => Restriction::RunsMissing.code(),
            Self::Mixture => Restriction::Mixture.code(),
            Self::HoursMixture => Restriction::HoursMixture.code(),
            Self::ControlsToo => Restriction::ControlsToo.code(),
            Self::EarlierDays { .. } => "earlier_days",
            Self::NotInBothHalves { .. } => Restriction::NotInBothHalves.code(),
            Self::Drift(side) => Restriction::drift_in(*side).code(),
            Self::AnotherMoment { .. } => Restriction::AnotherMoment.code(),
            Self::Gradual => Restriction::Gradual.code(),
            Self::LoadChanged { .. } => Restriction::LoadChanged.code(),
            Self::PopulationChanged { .. } => Restriction::PopulationChanged.code(),
            Self::MissingSchedule { .. } => "missing_schedule",
            Self::OrphanAfterTooShort { .. } => "orphan_after_too_short",
            Self::DisabledButRunning => "disabled_but_running",
            Self::ControlsAffected => "controls_affected",
            Self::TableBeginsLate { .. } | Self::RowsFarFromAnEdge => "retention",
            Self::NeverFinished => "never_finished",
            Self::ImpossibleTimes { .. } => "impossible_times",
            Self::SuspectedDuplicates { .. } => "suspected_duplicates",
            Self::LongestRun { .. } => "longest_run",
            Self::OutOfScope => "out_of_scope",
            Self::RowsOpen => "rows_open",
            Self::RowsAfterAsOf => "rows_after_as_of",
            Self::SourceLimit { .. } => "source_limit",
            Self::History(_) => "history",
            Self::BoundByKey { .. } => "bound_by_key",
            Self::RowsUnplaced => "rows_unplaced",
            Self::RowsUnaccounted => "rows_unaccounted",
            Self::RowsAhead => "rows_ahead",
            Self::NoTimeZone => "no_time_zone",
            Self::ClockChange => "clock_change",
            Self::WholeSeconds => "whole_seconds",
            Self::KpiUnanswered { .. } => "kpi_unanswered",
            Self::KpiCoarse { .. } => "kpi_coarse",
            Self::KpiGap { .. } => "kpi_gap",
            Self::KpiUnusable { .. } => "kpi_unusable",
            Self::NotWatched { .. } => "not_watched",
            Self::Redacted { .. } => "redacted",
            Self::Told { code, .. } => code,
        }
    }
}
