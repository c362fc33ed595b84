//! What people planned and did: phases and checkpoints.

use serde::Serialize;

use super::text::some_text;
use crate::clock::{Span, Timestamp};
use crate::deployment::facts::Phase;
use crate::figure::{self, ABSENT};
use crate::report::model::Report;

/// Checkpoints to come that are listed one by one.
const MOST_CHECKPOINTS: i64 = 48;

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
    /// When those to come are due, as far as the plan can be read.
    pub to_come: Vec<String>,
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
    let plan = report.deployment.monitoring.as_ref();
    if plan.is_none() && report.checkpoints.is_empty() {
        return None;
    }
    let span = |text: Option<&String>| text.and_then(|text| text.parse::<Span>().ok());
    let (every, until) =
        plan.map_or((None, None), |plan| (span(plan.every.as_ref()), span(plan.until.as_ref())));
    Some(CheckpointsView {
        every: plan.and_then(|plan| plan.every.clone()),
        until: plan.and_then(|plan| plan.until.clone()),
        taken: figure::count(report.checkpoints.len() as u64),
        to_come: match (every, until) {
            (Some(every), Some(until)) => due(report.windows.stagger.start, report.as_of, every, until),
            _ => Vec::new(),
        },
    })
}

/// The moments after `as_of` at which checkpoints are due, counted from the start of the window after.
fn due(start: Timestamp, as_of: Timestamp, every: Span, until: Span) -> Vec<String> {
    if every.us() <= 0 {
        return Vec::new();
    }
    (1..=(until.us() / every.us()).min(MOST_CHECKPOINTS))
        .map(|nth| start.plus(Span(every.us().saturating_mul(nth))))
        .filter(|at| *at > as_of)
        .map(figure::instant)
        .collect()
}
