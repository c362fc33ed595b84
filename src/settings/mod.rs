//! What a report is asked to do: resolved and validated once from flags, the deployment file and the
//! environment. Nothing re-parses or re-defaults after this.
//!
//! A request is three values: a [`Question`] (what is compared and judged), a [`Policy`] (at which cost)
//! and a [`Delivery`] (to whom, and what of it they may see).
//!
//! Precedence: flag, file, environment, default. [`Settings::resolve`] checks whatever needs more than one
//! of them; [`windows::choose`] turns the request for windows into windows once the present, and with
//! `--at` the table's first row, are known; [`lint`] checks a deployment file alone.

mod check;
mod file_mapping;
mod first_minutes;
mod lint;
mod location;
mod overrides;
mod redaction;
mod request;
mod resolve;
pub mod windows;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::clock::{Span, Timestamp};
use crate::deployment::facts::DeploymentFacts;
use crate::deployment::{Email, RequestedMoment, RequestedPeriod, WrittenMapping};
use crate::judgement::{AbsentJob, KpiDeclaration, Severity, Target, Trigger};
use crate::mapping::MappingSettings;
use crate::measurement::{KpiSource, Sampling};
use crate::observation::counting::{CountedJob, CountingSettings};
use crate::webhook::WebhookReceiver;
use crate::window::{Exclusion, PerSide};

pub use self::file_mapping::FileMapping;
pub use self::first_minutes::FIRST_MINUTES;
pub use self::lint::lint;
pub use self::location::database_url;
pub use self::overrides::{Overrides, WatchChecks};
pub use self::redaction::Redaction;
pub use crate::deployment::Problems as SettingsError;

#[derive(Clone, Debug)]
pub struct Settings {
    pub question: Arc<Question>,
    pub policy: Policy,
    pub delivery: Delivery,
}

/// What is compared and judged. The same question about the same rows has the same report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// What people wrote about the deployment.
    pub deployment: DeploymentFacts,
    pub source: SourceSettings,
    /// Where the rows of the baseline window are.
    pub baseline: BaselineFrom,
    pub windows: WindowRequest,
    /// Periods that belong to neither window, as declared.
    pub exclusions: Vec<Exclusion>,
    /// The instant up to which rows are looked at; the server's clock when `None`.
    pub as_of: Option<Timestamp>,
    pub analysis: AnalysisSettings,
    /// The declared jobs, in order of declaration.
    pub jobs: Vec<JobPlan>,
    pub targets: Vec<Target>,
    /// The rollback triggers, in order of declaration.
    pub triggers: Vec<Trigger>,
    /// The store: recorded runs, for what the table no longer holds, and samples.
    pub history: Option<PathBuf>,
    /// Declared measurements, with their unit and source.
    pub kpis: Vec<KpiDeclaration>,
    /// How those are taken that jobdelta samples itself.
    pub sampling: Sampling,
    /// What becomes of targets about jobs that are not seen.
    pub absent_job: AbsentJob,
}

/// At which cost the rows are read. It changes no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub execution: Execution,
    /// How many connections read at once when the program counts; `None` where the size of the table says it.
    pub connections: Option<usize>,
    /// For the whole reading, connecting included.
    pub max_time: Duration,
    /// Whether a large table may be read from end to end.
    pub allow_full_scan: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            execution: Execution::default(),
            connections: None,
            max_time: Duration::from_secs(60),
            allow_full_scan: false,
        }
    }
}

/// Who gets the report, and what of it they may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// What the report must not show.
    pub redact: BTreeSet<Redaction>,
    /// Whom the report is mailed to.
    pub email: Email,
    /// Who hears of watches and checkpoints.
    pub webhooks: Vec<WebhookReceiver>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Execution {
    #[default]
    Auto,
    /// In the database, which returns bounded results.
    Pushdown,
    /// In the program, to which the database returns every run once.
    Scan,
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceSettings {
    pub location: Location,
    /// How the native table becomes `runs`.
    pub mapping: MappingChoice,
}

/// How a mapping is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::large_enum_variant)] // there is one of it
pub enum MappingChoice {
    /// By name, or by what the deployment file says.
    Named(MappingSettings),
    /// That of the known table which the database holds, with what the deployment file says beside it.
    Recognised(WrittenMapping),
    /// Of files, by their columns.
    Files(FileMapping),
}

/// Where the rows of the baseline window are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::large_enum_variant)] // there is one of it
pub enum BaselineFrom {
    /// Where those of the stagger window are.
    #[default]
    Source,
    Database(SourceSettings),
    /// Observed already: the stagger window of an earlier JSON report.
    Report(PathBuf),
}

#[derive(Clone, PartialEq, Eq, Hash)]
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

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WindowRequest {
    Given {
        baseline: RequestedPeriod,
        stagger: RequestedPeriod,
        /// A condition on the native table for each.
        conditions: PerSide<Option<String>>,
    },
    /// Only the window after is given: the one before comes from elsewhere.
    Stagger {
        stagger: RequestedPeriod,
        /// A condition on the native table.
        condition: Option<String>,
    },
    /// The moment of the change only; the windows follow from it and from what the table holds.
    At {
        at: RequestedMoment,
        /// Time after it that belongs to neither window.
        settle: Span,
        /// End of the stagger window; now when `None`.
        until: Option<RequestedMoment>,
    },
}

impl Delivery {
    /// Sender, recipients and subject. A subject that people wrote may hold what was redacted, and the verdict
    /// makes one as well.
    pub fn addressed(&self) -> Email {
        let told = [Redaction::Jobs, Redaction::Host].iter().any(|what| self.redact.contains(what));
        let subject = self.email.subject.clone().filter(|_| !told);
        Email { subject, ..self.email.clone() }
    }
}

impl Question {
    /// Whether there is anything to decide by: a required target or a trigger.
    pub fn can_decide(&self) -> bool {
        !self.triggers.is_empty() || self.targets.iter().any(|target| target.severity == Severity::Required)
    }

    /// The measurements that have a source.
    pub fn sampled(&self) -> impl Iterator<Item = (&str, &KpiSource)> {
        self.kpis.iter().filter_map(|kpi| Some((kpi.name.as_str(), kpi.source.as_ref()?)))
    }

    /// Whether a measurement is one that jobdelta samples itself.
    pub fn samples_itself(&self) -> bool {
        self.sampled().any(|(_, source)| matches!(source, KpiSource::BuiltIn(_)))
    }

    /// What those need of it who read rows.
    pub fn counting(&self) -> CountingSettings {
        let analysis = &self.analysis;
        let job = |job: &JobPlan| CountedJob {
            name: job.name.clone(),
            was: job.was.clone(),
            orphan_after: job.orphan_after,
            offsets: PerSide::of(|side| job.offset_in(side)),
        };
        CountingSettings {
            scope: analysis.scope,
            jobs: self.jobs.iter().map(job).collect(),
            exclusions: self.exclusions.clone(),
            longest_run: analysis.longest_run,
            orphan_after: analysis.orphan_after,
            nothing_in_flight: analysis.nothing_in_flight,
            slow_after: analysis.slow_after,
            cycle: analysis.cycle,
            burst_window: analysis.burst_window,
        }
    }
}
