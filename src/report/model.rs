//! The report: one serializable value that every format is rendered from. Its JSON form is the
//! contract; keys are stable within a schema version.

use serde::{Deserialize, Serialize};

use crate::analysis::figures::failure::FailureClass;
use crate::analysis::figures::job::{JobReport, Totals};
use crate::analysis::figures::pictures::Pictures;
use crate::analysis::figures::trend::Trends;
use crate::analysis::metric::Metric;
use crate::clock::Timestamp;
use crate::deployment::facts::DeploymentFacts;
use crate::judgement::{Decision, KpiDeclaration, TargetResult, TriggerResult, UnknownMetric, metric_named};
use crate::report::caveat::Caveat;
use crate::report::checkpoint::CheckpointSummary;
use crate::report::environments::Environments;
pub use crate::report::history::HistoryFacts;
use crate::report::kept::KeptObservations;
pub use crate::report::kpi::Kpi;
use crate::report::population::Population;
use crate::report::provenance::Provenance;
use crate::report::scoreboard::Scoreboard;
use crate::report::tool::Tool;
use crate::window::{Chosen, PerSide, Period};

/// Version of the contract.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that any format shows. Instants are RFC 3339 in UTC, durations milliseconds, rates fractions
/// from 0 to 1. What is absent is `null`, never 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "JSON report of jobdelta"))]
pub struct Report {
    /// Version of this contract; keys may be added within it.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA_VERSION)))]
    pub schema_version: u32,
    /// Who made it.
    pub tool: Tool,
    /// When it was made; follows `SOURCE_DATE_EPOCH`.
    pub generated_at: Timestamp,
    /// The instant up to which rows were looked at.
    pub as_of: Timestamp,
    /// What the deployment file says about the deployment.
    pub deployment: DeploymentFacts,
    /// Where the rows came from.
    pub source: SourceFacts,
    /// The two windows.
    pub windows: PerSide<WindowFacts>,
    /// Periods that belong to neither window, as declared.
    pub excluded: Vec<ExcludedPeriod>,
    /// Length of the cycle that starts are placed in, seconds.
    pub cycle_s: f64,
    /// Length of the window that simultaneous starts are counted in, seconds.
    pub burst_window_s: f64,
    /// How many jobs got worse or better, and which are worst.
    #[serde(default)]
    pub scoreboard: Scoreboard,
    /// All jobs together.
    pub totals: Totals,
    /// Each job, by the bytes of its name.
    pub jobs: Vec<JobReport>,
    /// Each target with its verdict.
    pub targets: Vec<TargetResult>,
    /// Each rollback trigger with its value.
    pub triggers: Vec<TriggerResult>,
    /// The one decision; `null` without required targets and triggers.
    pub decision: Option<Decision>,
    /// What the report says first, in order, each with the queries it rests on.
    pub findings: Vec<Finding>,
    /// Failed and timed-out runs by class of message, new classes first, then by runs.
    pub failures: Vec<FailureClass>,
    /// Each window over time.
    pub trends: Trends,
    /// Bounded extra data for pictures; empty in reports from before there was any.
    #[serde(default)]
    pub pictures: Pictures,
    /// Jobs that came, went or changed their schedule.
    pub population: Population,
    /// Declared measurements beside the runs.
    pub kpis: Vec<Kpi>,
    /// Earlier checkpoints of the same deployment.
    pub checkpoints: Vec<CheckpointSummary>,
    /// The same deployment in several environments, of which this is the last; `null` where one was looked at.
    #[serde(default)]
    pub environments: Option<Box<Environments>>,
    /// What limits the statements above.
    pub caveats: Vec<Caveat>,
    /// Each query that was run.
    pub provenance: Vec<Provenance>,
    /// The stagger window as it was observed, for a later report that takes it as its baseline; never part of
    /// this report's own JSON. `None` when it would tell what was redacted.
    #[serde(skip)]
    pub observations: Option<KeptObservations>,
}

impl Report {
    /// All but what grows with the number of jobs: the jobs, and what is kept for a later report.
    #[must_use]
    pub fn without_jobs(&self) -> Self {
        Self {
            schema_version: self.schema_version,
            tool: self.tool.clone(),
            generated_at: self.generated_at,
            as_of: self.as_of,
            deployment: self.deployment.clone(),
            source: self.source.clone(),
            windows: self.windows.clone(),
            excluded: self.excluded.clone(),
            cycle_s: self.cycle_s,
            burst_window_s: self.burst_window_s,
            scoreboard: self.scoreboard.clone(),
            totals: self.totals.clone(),
            jobs: Vec::new(),
            targets: self.targets.clone(),
            triggers: self.triggers.clone(),
            decision: self.decision.clone(),
            findings: self.findings.clone(),
            failures: self.failures.clone(),
            trends: self.trends.clone(),
            pictures: self.pictures.clone(),
            population: self.population.clone(),
            kpis: self.kpis.clone(),
            checkpoints: self.checkpoints.clone(),
            environments: self.environments.clone(),
            caveats: self.caveats.clone(),
            provenance: self.provenance.clone(),
            observations: None,
        }
    }

    /// The metric of a name: of the runs, or of a measurement that the report knows.
    pub fn metric(&self, name: &str) -> Result<Metric, UnknownMetric> {
        let kpi = |kpi: &Kpi| KpiDeclaration { name: kpi.name.clone(), unit: kpi.unit.clone(), source: None };
        metric_named(name, &self.kpis.iter().map(kpi).collect::<Vec<_>>())
    }

    /// The thresholds that targets hold the value of a metric against. Wherever the metric is shown, it is
    /// not rounded across them.
    pub fn limits(&self, metric: &str) -> Vec<f64> {
        let targets = self.targets.iter();
        let mut limits: Vec<f64> = targets
            .filter(|target| target.metric.name == metric && !target.value.is_change())
            .filter_map(|target| target.threshold)
            .collect();
        // A target asked of each job says its threshold many times.
        limits.sort_by(f64::total_cmp);
        limits.dedup();
        limits
    }
}

/// Where the rows came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceFacts {
    /// `postgres`, `mysql` or `sqlite`.
    pub database: String,
    /// `host:port/name` or the file's name; never a secret.
    pub identity: String,
    /// What the server calls itself.
    pub server_version: String,
    /// The mapping that made `runs` of the table.
    pub preset: String,
    /// Whose table it is, where it was found by its name and columns and not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<RecognisedSource>,
    /// `pushdown` or `scan`.
    pub execution: String,
    /// Why that way; left out in reports of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_basis: Option<ExecutionBasis>,
    /// Rows that travelled from the database.
    pub rows_read: u64,
    /// Rows in the windows that fall outside the scope.
    pub rows_out_of_scope: u64,
    /// Rows in the windows that started at or after `as_of`.
    pub rows_after_as_of: u64,
    /// Rows that may belong to a window, for want of a start that says so.
    #[serde(default)]
    pub rows_unplaced: u64,
    /// What came from recorded runs; left out where all is from the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<HistoryFacts>,
    /// The zone of the recorded times; `null` in reports of earlier versions.
    #[serde(default)]
    pub time_zone: Option<TimeZoneFacts>,
}

/// Why the database counted, or the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExecutionBasis {
    /// It was asked for.
    Asked,
    /// The table is small enough to be read once.
    Small,
    /// The table is too large to be read once.
    Large,
    /// The size of what is read is not known.
    UnknownSize,
    /// Other servers hold the rows.
    Distributed,
}

/// A scheduler whose table was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecognisedSource {
    /// `Airflow`
    pub product: String,
    /// The versions that the mapping is for; `null` where it makes no difference.
    pub versions: Option<String>,
    /// Where its tables are, when that is not where they usually are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What else of it can be read.
    pub others: Vec<OtherMapping>,
}

/// A mapping that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OtherMapping {
    /// Its name for `--source`.
    pub name: String,
    /// `single tries`
    pub reads: String,
}

/// The zone of recorded times, and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeZoneFacts {
    /// `Europe/Istanbul`
    pub name: String,
    /// Where it is known from.
    pub basis: TimeZoneBasis,
}

/// Where the zone of recorded times is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeZoneBasis {
    /// The source holds instants, or an offset with each time.
    Recorded,
    /// The mapping says it.
    Declared,
    /// Nothing says it.
    Assumed,
}

/// A window as reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowFacts {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
    /// Length of the observed part.
    pub seconds: f64,
    /// Excluded periods inside it, merged.
    pub excluded: Vec<Period>,
    /// How it was chosen.
    pub chosen: Chosen,
}

/// A declared exclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExcludedPeriod {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
    /// Why.
    pub reason: String,
    /// Runs that started in it.
    pub runs: u64,
}

/// A headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// A stable word for programs.
    pub code: String,
    /// The part that carries the weight, a sentence.
    pub headline: String,
    /// What else there is to say, sentences; may be empty.
    pub detail: String,
    /// The queries it rests on; empty for what was not measured.
    pub queries: Vec<String>,
    /// The numbers it is made of, those of the jobs that it names; each can be explained.
    #[serde(default)]
    pub numbers: Vec<Number>,
    /// What the verdicts that it is about come to together; left out where it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Direction>,
    /// What weakens that; the headline says it in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub but: Vec<Weakness>,
}

/// What several verdicts come to together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Some regressed, none improved.
    Regressed,
    /// Some regressed and some improved, or what improved at first regressed later.
    Mixed,
    /// Some improved, none regressed.
    Improved,
    /// Some show no material change, and none shows any.
    NoMaterialChange,
    /// None is decided.
    Inconclusive,
}

/// Another reason for a change than the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    /// What changed was rising before, at the same rate.
    RisingBefore,
    /// What changed was falling before, at the same rate.
    FallingBefore,
    /// The windows cover different hours of the day.
    DifferentHours,
    /// The windows cover different days of the week.
    DifferentWeekdays,
}

/// A number of the report, as `explain` is asked for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Number {
    /// The metric.
    pub metric: String,
    /// Whose; `null` for all jobs together.
    pub job: Option<String>,
}

impl Number {
    /// A number of all jobs together.
    pub fn of_all(metric: &Metric) -> Self {
        Self { metric: metric.name().to_owned(), job: None }
    }

    /// A number of one job.
    pub fn of_job(metric: &Metric, job: &str) -> Self {
        Self { metric: metric.name().to_owned(), job: Some(job.to_owned()) }
    }
}
