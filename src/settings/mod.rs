//! What a report is asked to do: resolved and validated once from flags, the deployment file and the
//! environment. Nothing re-parses or re-defaults after this.
//!
//! Precedence: flag, file, environment, default. [`Settings::resolve`] checks whatever needs more than one
//! of them; [`windows::choose`] turns the request for windows into windows once the present, and with
//! `--at` the table's first row, are known; [`lint`] checks a deployment file alone.

mod check;
mod lint;
mod location;
mod overrides;
mod redaction;
mod request;
mod resolve;
pub mod windows;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

pub use crate::analysis::plan::{AnalysisSettings, JobPlan, Scope};
use crate::clock::{Span, Timestamp};
use crate::deployment::facts::DeploymentFacts;
pub use crate::deployment::{
    Email, EpochUnit, MappingSettings, RequestedEnd, RequestedPeriod, StatusMapping,
};
pub use crate::judgement::KpiDeclaration;
use crate::judgement::{Severity, Target, Trigger};
use crate::window::Exclusion;

pub use self::lint::lint;
pub use self::overrides::Overrides;
pub use self::redaction::Redaction;
pub use crate::deployment::Problems as SettingsError;

/// A report, fully described.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What people wrote about the deployment.
    pub deployment: DeploymentFacts,
    /// Where the rows are.
    pub source: SourceSettings,
    /// Where the rows of the baseline window are.
    pub baseline: BaselineFrom,
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
    /// Where the counting is done.
    pub execution: Execution,
    /// How kind to be to the server.
    pub limits: Limits,
    /// What the report must not show.
    pub redact: BTreeSet<Redaction>,
    /// Whom the report is mailed to.
    pub email: Email,
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

/// Where the rows of the baseline window are.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BaselineFrom {
    /// Where those of the stagger window are.
    #[default]
    Source,
    /// In another database.
    Database(SourceSettings),
    /// Observed already: the stagger window of an earlier JSON report.
    Report(PathBuf),
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
    /// Only the window after is given: the one before comes from elsewhere.
    Stagger {
        /// After.
        stagger: RequestedPeriod,
        /// A condition on the native table.
        condition: Option<String>,
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

impl Settings {
    /// Whether there is anything to decide by: a required target or a trigger.
    pub fn can_decide(&self) -> bool {
        !self.triggers.is_empty() || self.targets.iter().any(|target| target.severity == Severity::Required)
    }
}
