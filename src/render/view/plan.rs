//! What people planned and did: phases and checkpoints.

use serde::Serialize;

use super::decision::decision_text;
use super::text::some_text;
use super::total;
use crate::clock::Timestamp;
use crate::deployment::facts::Phase;
use crate::figure::{self, ABSENT};
use crate::legible;
use crate::report::checkpoint::{ChangedThing, CheckpointChange, CheckpointPlan, CheckpointSummary};
use crate::report::kpi::Kpi;
use crate::report::model::Report;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhaseRow {
    pub name: String,
    pub start: String,
    pub duration: String,
    pub status: String,
    /// A remark; `null` without one.
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckpointsView {
    /// Time between them: `6h`; `null` when it is not said.
    pub every: Option<String>,
    /// How long they go on: `24h`; `null` when it is not said.
    pub until: Option<String>,
    pub taken: String,
    /// A row each, in the order of time.
    pub rows: Vec<CheckpointRow>,
    /// When others were due that were not taken, as far as some were.
    pub missing: Vec<String>,
    /// When those to come are due, as far as the plan can be read.
    pub to_come: Vec<String>,
}

/// A checkpoint that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckpointRow {
    /// The period since the one before.
    pub period: String,
    /// The decision since the start: `✗ Fail`.
    pub decision: String,
    /// `3 of 4 met`
    pub targets: String,
    /// Runs that started in the period, and the share that completed.
    pub runs: String,
    /// Its measurements, a text each.
    pub kpis: Vec<String>,
    /// What changed since the one before, a text each.
    pub changes: Vec<String>,
}

pub(super) fn timeline(report: &Report) -> Vec<PhaseRow> {
    report.deployment.timeline.iter().map(phase).collect()
}

fn phase(phase: &Phase) -> PhaseRow {
    let duration = match (phase.start, phase.end) {
        (Some(start), Some(end)) if end >= start => figure::span(end.since(start).as_seconds()),
        _ => ABSENT.to_owned(),
    };
    PhaseRow {
        name: phase.name.clone(),
        start: phase.start.map_or_else(|| ABSENT.to_owned(), figure::instant),
        duration,
        status: some_text(phase.status.as_ref()).unwrap_or_else(|| ABSENT.to_owned()),
        note: some_text(phase.note.as_ref()),
    }
}

pub(super) fn checkpoints(report: &Report) -> Option<CheckpointsView> {
    let written = report.deployment.monitoring.as_ref();
    if written.is_none() && report.checkpoints.is_empty() {
        return None;
    }
    let plan = CheckpointPlan::of(report.windows.stagger.start, written);
    let taken = |end: &Timestamp| report.checkpoints.iter().any(|checkpoint| checkpoint.end == *end);
    let ended = plan.into_iter().flat_map(|plan| plan.ended(report.as_of)).map(|period| period.end);
    // Without a store nothing is known of those that were taken.
    let missing = ended.filter(|end| !report.checkpoints.is_empty() && !taken(end));
    Some(CheckpointsView {
        every: written.and_then(|plan| plan.every.clone()),
        until: written.and_then(|plan| plan.until.clone()),
        taken: figure::count(report.checkpoints.len() as u64),
        rows: report.checkpoints.iter().map(row).collect(),
        missing: missing.map(figure::instant).collect(),
        to_come: plan.into_iter().flat_map(|plan| plan.to_come(report.as_of)).map(figure::instant).collect(),
    })
}

fn row(checkpoint: &CheckpointSummary) -> CheckpointRow {
    let CheckpointSummary { start, end, decision, targets, started, completion_rate, .. } = checkpoint;
    let completed = completion_rate.map(|rate| format!(", {} completed", figure::percent_against(rate, &[])));
    let mut changes: Vec<String> = checkpoint.changes.iter().map(change_line).collect();
    if checkpoint.more_changes > 0 {
        changes.push(format!("{} more", figure::count(checkpoint.more_changes)));
    }
    CheckpointRow {
        period: figure::period(*start, *end),
        decision: decision.map_or_else(|| ABSENT.to_owned(), decision_text),
        targets: format!("{} met", figure::part_of(targets.met, targets.all())),
        runs: format!(
            "{} started{}",
            figure::counted(*started, "run", "runs"),
            completed.unwrap_or_default()
        ),
        kpis: checkpoint.kpis.iter().filter(|kpi| kpi.stagger.is_some()).map(kpi_text).collect(),
        changes,
    }
}

fn kpi_text(kpi: &Kpi) -> String {
    format!("{} {}", legible::name(&kpi.name), total::kpi(kpi).after)
}

/// `completion_rate >= 99%: met → missed`
pub(in crate::render) fn change_line(change: &CheckpointChange) -> String {
    let what = match (change.of, change.job.as_deref()) {
        (ChangedThing::Decision, _) => "decision".to_owned(),
        (ChangedThing::Job, job) => legible::name(job.unwrap_or_default()),
        (ChangedThing::Target | ChangedThing::Trigger, None) => change.asked.clone(),
        (ChangedThing::Target | ChangedThing::Trigger, Some(job)) => {
            format!("{} ({})", change.asked, legible::name(job))
        }
    };
    let none = match change.of {
        ChangedThing::Job => "without a change",
        _ => "not asked",
    };
    let [from, to] = [&change.before, &change.after].map(|word| word.as_deref().unwrap_or(none));
    format!("{what}: {from} → {to}")
}
