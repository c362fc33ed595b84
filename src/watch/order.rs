//! How long a watch goes on, how often it looks, and at which windows.

use sha2::{Digest, Sha256};

use super::timetable::Timetable;
use crate::clock::{Span, Timestamp};
use crate::deployment::RequestedMoment;
use crate::deployment::facts::{DeploymentFacts, Monitoring};
use crate::judgement::AbsentJob;
use crate::pipeline::PipelineError;
use crate::pipeline::checkpoint::bounds;
use crate::report::checkpoint::CheckpointKey;
use crate::settings::{Question, WindowRequest};
use crate::webhook::hexadecimal;
use crate::window::Period;

/// How long a watch goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchLength {
    /// From its first look.
    For(Span),
    /// From the start of the window after the change; it takes checkpoints.
    Until(Span),
}

#[derive(Clone, Copy, Debug)]
pub struct WatchOrder {
    pub length: WatchLength,
    /// Between looks.
    pub every: Span,
}

/// A watch as it begins.
pub(super) struct PlannedWatch {
    pub(super) key: CheckpointKey,
    pub(super) timetable: Timetable,
    /// With windows that do not move while it watches.
    pub(super) question: Question,
}

impl WatchOrder {
    /// What tells the watches of a deployment apart: their length, the source, and what is judged there. Of the last two
    /// a digest, for an address may hold a password.
    pub(super) fn name(&self, question: &Question) -> String {
        let Question { source, targets, triggers, .. } = question;
        let targets = targets.iter().map(|target| (target.metric.name(), &target.job, &target.text));
        let triggers = triggers.iter().map(|trigger| (trigger.metric.name(), &trigger.text));
        let judged = (targets.collect::<Vec<_>>(), triggers.collect::<Vec<_>>());
        let digest = Sha256::digest(format!("{:?} {judged:?}", source.location));
        let asked = hexadecimal(&digest[..8]);
        match self.length {
            WatchLength::For(length) => format!("for {length}, {asked}"),
            WatchLength::Until(length) => format!("every {} until {length}, {asked}", self.every),
        }
    }

    pub(super) fn takes_checkpoints(&self) -> bool {
        matches!(self.length, WatchLength::Until(_))
    }

    /// # Errors
    /// When the start of the window moves.
    pub(super) fn plan(&self, question: &Question, now: Timestamp) -> Result<PlannedWatch, PipelineError> {
        let question = with_fixed_change(question, now);
        let (start, window_end) = bounds(&question)?;
        let (start_of_watch, length) = match self.length {
            WatchLength::For(length) => (now.max(start), length),
            WatchLength::Until(length) => (start, length),
        };
        let end = start_of_watch.plus(length);
        let end = window_end.map_or(end, |window_end| window_end.min(end));
        let period = Period { start: start_of_watch, end };
        let DeploymentFacts { name, environment, .. } = &question.deployment;
        let key = CheckpointKey {
            deployment: name.clone().unwrap_or_default(),
            environment: environment.clone().unwrap_or_default(),
            window_start: start,
        };
        Ok(PlannedWatch { key, timetable: Timetable { period, every: self.every }, question })
    }

    /// The question with a window that ends with the watch, so that the baseline stays what it is however long the
    /// window has grown, and with the plan of its checkpoints. A job that has not run yet is waited for.
    pub(super) fn asked(&self, question: Question, end: Timestamp) -> Question {
        let windows = match question.windows {
            WindowRequest::At { at, settle, until } => {
                WindowRequest::At { at, settle, until: until.or(Some(RequestedMoment::At(end))) }
            }
            given => given,
        };
        let monitoring = match self.length {
            WatchLength::For(_) => question.deployment.monitoring,
            WatchLength::Until(length) => {
                Some(Monitoring { every: Some(self.every.to_string()), until: Some(length.to_string()) })
            }
        };
        let deployment = DeploymentFacts { monitoring, ..question.deployment };
        Question { windows, deployment, absent_job: AbsentJob::Awaited, ..question }
    }
}

/// A change that is said as so long ago is at one moment for the whole watch.
fn with_fixed_change(question: &Question, now: Timestamp) -> Question {
    let windows = match question.windows.clone() {
        WindowRequest::At { at, settle, until } => {
            WindowRequest::At { at: RequestedMoment::At(at.resolve(now)), settle, until }
        }
        given => given,
    };
    Question { windows, ..question.clone() }
}
