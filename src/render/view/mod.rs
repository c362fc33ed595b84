//! A report arranged for readers: every cell of every table as the text that stands in it. Renderers and
//! templates take it as it is, so that all formats show the same figures.
//!
//! Texts are plain, not escaped for any format.

mod decision;
mod evidence;
mod impact;
mod job;
mod metric;
pub(super) mod picture;
mod plan;
mod reading;
mod sketch;
mod summary;
mod target;
mod total;
mod trend;
mod window;

use serde::Serialize;

pub use decision::DecisionView;
pub use evidence::{EvidenceRow, NumberRow};
pub use impact::{FailureRow, Impact};
pub use job::{JobRow, Jobs, SortKeys};
pub use picture::{Picture, sparkline};
pub use plan::{CheckpointsView, PhaseRow};
pub use reading::{CaveatRow, QueryRow, Reading};
pub use summary::{Announcement, DashboardRow};
pub use target::{TargetRow, TriggerRow};
pub use total::{KpiRow, TotalRow};
pub use trend::{TrendRow, Trends};
pub use window::{ExcludedRow, WindowView};

use crate::figure;
use crate::legible;
use crate::report::model::{Finding, Report};

/// Everything that a reader sees, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Stands on top of every output; `null` without one.
    pub notice: Option<String>,
    /// The deployment's name, or what the report is.
    pub title: String,
    /// Where it happened.
    pub environment: Option<String>,
    /// What was changed.
    pub summary: Option<String>,
    /// The instant up to which rows were looked at.
    pub as_of: String,
    /// When the report was made.
    pub generated_at: String,
    /// The decision with its mark and its sentence.
    pub decision: DecisionView,
    /// The window before.
    pub before: WindowView,
    /// The window after.
    pub after: WindowView,
    /// Both windows on one line.
    pub windows_line: String,
    /// Periods that belong to neither.
    pub excluded: Vec<ExcludedRow>,
    /// What the report says first.
    pub findings: Vec<Finding>,
    /// How each of these is known.
    pub evidence: Vec<EvidenceRow>,
    /// A row a target, in the order of declaration.
    pub targets: Vec<TargetRow>,
    /// A row a trigger.
    pub triggers: Vec<TriggerRow>,
    /// Counts and shares over all jobs.
    pub totals: Vec<TotalRow>,
    /// Running at once and starting at once.
    pub levels: Vec<TotalRow>,
    /// The jobs.
    pub jobs: Jobs,
    /// Declared measurements.
    pub kpis: Vec<KpiRow>,
    /// Where in the cycle jobs start; `null` when nothing started.
    pub starts: Option<Picture>,
    /// How long how many ran at once; `null` when nothing was observed.
    pub time_at_level: Option<Picture>,
    /// The highest level over time; `null` when it is not known, or nothing ran.
    pub levels_over_time: Option<Picture>,
    /// Medians of the first jobs with their intervals; `null` when no run completed.
    pub durations: Option<Picture>,
    /// Verdicts of comparisons, one by one.
    pub impact: Impact,
    /// Classes of failure.
    pub failures: Vec<FailureRow>,
    /// Jobs over time.
    pub trends: Trends,
    /// Phases of the deployment.
    pub timeline: Vec<PhaseRow>,
    /// Checkpoints taken and planned; `null` without a plan.
    pub checkpoints: Option<CheckpointsView>,
    /// A short text to send around.
    pub announcement: Announcement,
    /// The dozen figures that matter.
    pub dashboard: Vec<DashboardRow>,
    /// The same in a frame of lines.
    pub dashboard_box: Vec<String>,
    /// How the figures were made.
    pub reading: Reading,
}

impl View {
    /// `report` arranged for readers.
    pub fn of(report: &Report) -> Self {
        let facts = &report.deployment;
        let before = window::view(report, crate::window::Side::Baseline);
        let after = window::view(report, crate::window::Side::Stagger);
        let targets = target::rows(report);
        let triggers = target::trigger_rows(report);
        let decision = decision::view(report);
        let dashboard = summary::dashboard(report, &decision);
        let jobs = job::view(report);
        let title = facts.name.clone().unwrap_or_else(|| "Scheduled jobs, before and after".to_owned());
        Self {
            notice: facts.notice.clone(),
            environment: facts.environment.clone(),
            summary: facts.summary.clone(),
            as_of: figure::instant(report.as_of),
            generated_at: figure::instant(report.generated_at),
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
            durations: sketch::durations(report, &jobs.first),
            jobs,
            impact: impact::view(report),
            failures: impact::failures(report),
            trends: trend::view(report),
            timeline: plan::timeline(report),
            checkpoints: plan::checkpoints(report),
            announcement: summary::announcement(report, &title, &decision, &before, &after),
            dashboard_box: summary::boxed(&dashboard, &before.heading, &after.heading),
            dashboard,
            reading: reading::view(report),
            title,
            decision,
            before,
            after,
            targets,
            triggers,
        }
    }
}

/// The text, if it says anything.
fn some_text(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

/// Two values as `before → after`.
fn pair(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// A label of a window, fit for the head of a column.
fn heading(label: &str) -> String {
    legible::capital(&legible::cut(&legible::visible(label), 20))
}
