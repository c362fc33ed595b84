//! A report arranged for readers: every cell of every table as its text. Renderers and
//! templates take it as it is, so that all formats show the same figures.
//!
//! Texts are plain, not escaped for any format.

pub(super) mod change;
mod decision;
mod environments;
mod evidence;
mod impact;
mod job;
mod jobs;
mod metric;
pub(super) mod picture;
mod plan;
mod reading;
mod scoreboard;
mod sketch;
mod summary;
mod target;
mod text;
mod total;
mod trend;
mod window;

use serde::Serialize;

pub use decision::DecisionView;
pub use environments::{EnvironmentChangeRow, EnvironmentRow, EnvironmentTargetRow, EnvironmentsView};
pub use evidence::{EvidenceRow, NumberRow};
pub use impact::{FailureRow, Impact};
pub use job::{JobOutcome, JobRow, SortKeys};
pub use jobs::{Jobs, NamedGroup};
pub use picture::{Picture, sparkline};
pub(super) use plan::change_line;
pub use plan::{CheckpointRow, CheckpointsView, PhaseRow};
pub use reading::{CaveatRow, QueryRow, Reading};
pub use scoreboard::{ScoreLine, ScoreboardView};
pub use summary::{Announcement, DashboardRow};
pub use target::{TargetRow, TriggerRow};
pub use total::{KpiRow, TotalRow};
pub use trend::{TrendRow, TrendTable};
pub use window::{ExcludedRow, WindowView};

use crate::figure;
use crate::report::model::{Finding, Report};

/// Everything that a reader sees, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Stands on top of every output; `null` without one.
    pub notice: Option<String>,
    /// The deployment's name, or what the report is.
    pub title: String,
    pub environment: Option<String>,
    pub summary: Option<String>,
    pub as_of: String,
    pub generated_at: String,
    pub decision: DecisionView,
    pub scoreboard: ScoreboardView,
    /// The missed targets by name, under the scoreboard: `Missed: Completion ≥ 99 % (met before)`; `null` when none is.
    pub missed: Option<String>,
    pub before: WindowView,
    pub after: WindowView,
    pub windows_line: String,
    pub excluded: Vec<ExcludedRow>,
    pub findings: Vec<Finding>,
    pub evidence: Vec<EvidenceRow>,
    /// A row a target, in the order of declaration.
    pub targets: Vec<TargetRow>,
    /// As many of them as are read at a glance: all, or the first that are not met, those that decide and
    /// were missed before the others.
    pub targets_first: Vec<TargetRow>,
    /// Those beside them: `285 more: 252 met, 26 missed, 7 not measured`; `null` when there are none.
    pub targets_left_out: Option<String>,
    pub triggers: Vec<TriggerRow>,
    pub totals: Vec<TotalRow>,
    /// Running at once and starting at once.
    pub levels: Vec<TotalRow>,
    pub jobs: Jobs,
    pub kpis: Vec<KpiRow>,
    /// Where in the cycle jobs start; `null` when nothing started.
    pub starts: Option<Picture>,
    /// How long how many ran at once; `null` when nothing was observed.
    pub time_at_level: Option<Picture>,
    /// The highest level over time; `null` when it is not known, or nothing ran.
    pub levels_over_time: Option<Picture>,
    /// How the medians of the jobs with the largest changes changed; `null` when no run completed.
    pub durations: Option<Picture>,
    /// Verdicts of comparisons, one by one.
    pub impact: Impact,
    pub failures: Vec<FailureRow>,
    pub trends: TrendTable,
    pub timeline: Vec<PhaseRow>,
    /// Checkpoints taken and planned; `null` without a plan.
    pub checkpoints: Option<CheckpointsView>,
    /// The same deployment in several environments; `null` where one was looked at.
    pub environments: Option<EnvironmentsView>,
    pub announcement: Announcement,
    pub dashboard: Vec<DashboardRow>,
    pub dashboard_box: Vec<String>,
    pub reading: Reading,
}

impl View {
    pub fn of(report: &Report) -> Self {
        let facts = &report.deployment;
        let before = window::view(report, crate::window::Side::Baseline);
        let after = window::view(report, crate::window::Side::Stagger);
        let targets = target::rows(report);
        let (targets_first, targets_left_out) = target::at_a_glance(&targets);
        let triggers = target::trigger_rows(report);
        let decision = decision::view(report);
        let dashboard = summary::dashboard(report, &decision);
        let jobs = jobs::view(report);
        let title = facts.name.clone().unwrap_or_else(|| "Scheduled jobs, before and after".to_owned());
        Self {
            notice: facts.notice.clone(),
            environment: facts.environment.clone(),
            summary: facts.summary.clone(),
            as_of: figure::instant(report.as_of),
            generated_at: figure::instant(report.generated_at),
            scoreboard: scoreboard::view(report, &jobs.listed),
            missed: target::missed(&targets),
            windows_line: window::line(&before, &after),
            excluded: window::excluded(report),
            findings: report.findings.clone(),
            evidence: evidence::rows(report),
            totals: total::outcomes(report),
            levels: total::levels(report),
            kpis: total::kpis(report),
            starts: picture::starts(report),
            time_at_level: picture::time_at_level(report),
            levels_over_time: sketch::levels(report),
            durations: sketch::durations(report),
            jobs,
            impact: impact::view(report),
            failures: impact::failures(report),
            trends: trend::view(report),
            timeline: plan::timeline(report),
            checkpoints: plan::checkpoints(report),
            environments: environments::view(report),
            announcement: summary::announcement(report, &title, &decision, &before, &after),
            dashboard_box: summary::boxed(&dashboard, &before.heading, &after.heading),
            dashboard,
            reading: reading::view(report),
            title,
            decision,
            before,
            after,
            targets_first,
            targets_left_out,
            targets,
            triggers,
        }
    }
}
