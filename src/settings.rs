//! What a report is asked to do: resolved and validated once from flags, the deployment file and the
//! environment. Nothing re-parses or re-defaults after this.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;

pub use crate::analysis::plan::{AnalysisSettings, JobPlan, Scope};
use crate::clock::{Span, Timestamp};
use crate::deployment::facts::DeploymentFacts;
use crate::judgement::{Target, Trigger};
use crate::window::{Exclusion, Period};

/// A report, fully described.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What people wrote about the deployment.
    pub deployment: DeploymentFacts,
    /// Where the rows are.
    pub source: SourceSettings,
    /// Which windows.
    pub windows: WindowRequest,
    /// Periods that belong to neither, as declared.
    pub exclusions: Vec<Exclusion>,
    /// The instant up to which rows are looked at; the server's clock when `None`.
    pub as_of: Option<Timestamp>,
    /// The thresholds of the method.
    pub analysis: AnalysisSettings,
    /// The declared jobs, by name.
    pub jobs: Vec<JobPlan>,
    /// The targets, in order of declaration.
    pub targets: Vec<Target>,
    /// The rollback triggers, in order of declaration.
    pub triggers: Vec<Trigger>,
    /// Declared measurements, with their unit.
    pub kpis: Vec<KpiDeclaration>,
    /// How kind to be to the server.
    pub limits: Limits,
}

/// A declared measurement without a source: it is not measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiDeclaration {
    /// Its name, the stem of the metrics `NAME_mean`, `NAME_min`, `NAME_max`.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
}

/// How kind to be to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the whole reading.
    pub max_time: Duration,
    /// For a lock.
    pub lock_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_time: Duration::from_secs(60), lock_time: Duration::from_secs(5) }
    }
}

/// Where the counting is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Execution {
    /// Wherever it suits the size of the table.
    #[default]
    Auto,
    /// In the database, which returns bounded results.
    Pushdown,
    /// In the program, to which the database returns every run once.
    Scan,
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSettings {
    /// A database, or files of runs.
    pub location: Location,
    /// How the native table becomes `runs`.
    pub mapping: MappingSettings,
}

/// A database, or files of runs.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// `sqlite://`, `postgres://`, `mysql://`, `mariadb://`; may hold a secret and is never printed.
    Database(String),
    /// CSV or NDJSON files, read into a private in-memory database.
    Files(Vec<PathBuf>),
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(_) => f.write_str("Database(…)"),
            Self::Files(files) => f.debug_tuple("Files").field(files).finish(),
        }
    }
}

/// What the deployment file's `[source]` says about the table, as written. Whatever is `None` comes
/// from the preset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MappingSettings {
    /// A built-in mapping; `job_runs` when neither this nor `table` is given.
    pub preset: Option<String>,
    /// `table` or `schema.table`.
    pub table: Option<String>,
    /// Field of a run (`job_name`, `started_at`, …, `duration`) to native column.
    pub columns: BTreeMap<String, String>,
    /// Unit of the `duration` column.
    pub duration_unit: Option<EpochUnit>,
    /// Unit of whole-number times.
    pub time_unit: Option<EpochUnit>,
    /// The source's own status words: `success`, or `skipped:lock`.
    pub statuses: BTreeMap<String, StatusMapping>,
    /// Zone of columns without one.
    pub time_zone: Option<Tz>,
    /// A condition on the native table.
    pub condition: Option<String>,
    /// Rows of a job closer to each other than this are one run.
    pub dedupe_within: Option<Span>,
}

/// What a native status word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusMapping {
    /// One of the six.
    pub status: crate::run::Status,
    /// For skipped rows, when the word says why.
    pub skip_reason: Option<crate::run::SkipReason>,
}

/// Unit of a whole number of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
}

impl EpochUnit {
    /// Microseconds in one.
    pub const fn us(self) -> i64 {
        match self {
            Self::Seconds => 1_000_000,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1,
        }
    }
}

/// Which windows, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowRequest {
    /// Both given.
    Given {
        /// Before.
        baseline: RequestedPeriod,
        /// After.
        stagger: RequestedPeriod,
        /// A condition on the native table for each.
        conditions: [Option<String>; 2],
    },
    /// The moment of the change only; the windows follow from it and from what the table holds.
    At {
        /// The change.
        at: Timestamp,
        /// Time after it that belongs to neither window.
        settle: Span,
        /// End of the stagger window; now when `None`.
        until: Option<Timestamp>,
    },
}

/// A period whose ends may depend on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestedPeriod {
    /// The start; a length counts back from the end.
    pub start: RequestedEnd,
    /// The end; a length counts on from the start.
    pub end: RequestedEnd,
}

/// One end of a requested period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestedEnd {
    /// This instant.
    At(Timestamp),
    /// So far from the other end.
    Length(Span),
    /// The report's `as_of`.
    Now,
}

impl RequestedPeriod {
    /// The period at `as_of`; `None` when both ends are lengths.
    pub fn resolve(self, as_of: Timestamp) -> Option<Period> {
        let fixed = |end| match end {
            RequestedEnd::At(at) => Some(at),
            RequestedEnd::Now => Some(as_of),
            RequestedEnd::Length(_) => None,
        };
        let (start, end) = match (self.start, self.end) {
            (RequestedEnd::Length(length), end) => {
                let end = fixed(end)?;
                (end.plus(Span(-length.us())), end)
            }
            (start, RequestedEnd::Length(length)) => {
                let start = fixed(start)?;
                (start, start.plus(length))
            }
            (start, end) => (fixed(start)?, fixed(end)?),
        };
        Some(Period { start, end })
    }
}
