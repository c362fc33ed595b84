//! From figures to verdicts: the target language, triggers, the one decision.
//!
//! A target is read strictly ([`Target::parse`]) and held against the figures by a few rules, in this
//! order: without data it is not measured; with too few runs, or windows that cannot be held against
//! each other, it is inconclusive; otherwise the value itself decides, and the reason gives the size of
//! a miss. Triggers are judged alike. The decision follows from required targets and triggers alone.

mod allowance;
mod criterion;
mod decision;
mod error;
mod interim;
mod language;
mod measured;
mod metric;
mod reason;
mod result;
mod subject;
mod target;
mod trigger;
mod verdict;
mod wording;

#[cfg(test)]
mod tests;

pub use decision::decide;
pub use error::JudgementError;
pub use interim::{FALSE_ALARM, Interim, InterimVerdict, JudgedFigures, SeenShare, is_shown};
pub use language::{LanguageError, Op, TargetValue};
pub use metric::{KpiDeclaration, UnknownMetric, metric_named};
pub use reason::{Allowance, HeldFigure, Reason};
pub use result::{
    Accepted, Decision, DecisionReason, DecisionVerdict, NamedTrigger, Severity, TargetResult, TargetVerdict,
    TriggerResult,
};
pub use subject::AbsentJob;
pub use target::{JobSelector, Target, TargetError, Trigger};

use std::sync::Arc;

use self::criterion::{Criterion, Purpose};
use self::measured::Subject;
use self::subject::Subjects;
use self::verdict::Held;
use crate::analysis::Analysis;
use crate::analysis::metric::Metric;
use crate::analysis::plan::{AnalysisSettings, JobPlan};

/// What came of all targets and triggers.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// In order of declaration; a target about each job gives one for every job, by name.
    pub targets: Vec<TargetResult>,
    /// The same for triggers.
    pub triggers: Vec<TriggerResult>,
    /// `None` without any required target or trigger.
    pub decision: Option<Decision>,
}

/// Judges `targets` and `triggers` by the figures of `analysis`, and decides.
///
/// A target about each job leaves out jobs that are declared as switched off and did not run.
/// `accepted` is set beside the missed targets that it names; it changes no verdict and no decision.
pub fn judge(
    targets: &[Target],
    triggers: &[Trigger],
    accepted: &[Accepted],
    analysis: &Analysis,
    plans: &[JobPlan],
    settings: &AnalysisSettings,
    absent: AbsentJob,
) -> Result<Judgement, JudgementError> {
    let figures = Subjects { analysis, plans, settings, absent };
    let mut results = Vec::new();
    for target in targets {
        let metric = Arc::new(target.metric.clone());
        for (job, subject) in figures.subjects(&target.metric, &target.job)? {
            let judged = held(target.criterion(), subject, settings);
            results.push(target_result(target, &metric, job, judged, accepted));
        }
    }
    let mut fired = Vec::new();
    for trigger in triggers {
        let metric = Arc::new(trigger.metric.clone());
        for (job, subject) in figures.subjects(&trigger.metric, &trigger.job)? {
            let judged = held(trigger.criterion(), subject, settings);
            fired.push(trigger::result(trigger, &metric, job, judged));
        }
    }
    let decision = decision::decide(&results, &fired);
    Ok(Judgement { targets: results, triggers: fired, decision })
}

fn held<'a>(criterion: Criterion<'a>, subject: Option<Subject<'a>>, settings: &AnalysisSettings) -> Held {
    match subject {
        Some(subject) => verdict::hold(criterion, subject, settings.require_interval),
        None => verdict::awaited(&criterion),
    }
}

impl Target {
    fn criterion(&self) -> Criterion<'_> {
        let Self { metric, op, value, text, .. } = self;
        Criterion { metric, op: *op, value: *value, text, purpose: Purpose::Target }
    }
}

impl Trigger {
    fn criterion(&self) -> Criterion<'_> {
        let Self { metric, op, value, text, .. } = self;
        Criterion { metric, op: *op, value: *value, text, purpose: Purpose::Trigger }
    }
}

fn target_result(
    target: &Target,
    metric: &Arc<Metric>,
    job: Option<&str>,
    judged: Held,
    accepted: &[Accepted],
) -> TargetResult {
    let missed = judged.verdict == TargetVerdict::Missed;
    let held = judged.baseline.zip(judged.threshold).filter(|_| !target.value.is_change());
    let met_before =
        held.and_then(|(value, threshold)| Some(target.op.admits(value.partial_cmp(&threshold)?)));
    let accepted = accepted.iter().find(|entry| missed && entry.is_about(metric.name(), job)).cloned();
    TargetResult {
        metric: Arc::clone(metric),
        job: job.map(str::to_owned),
        severity: target.severity,
        target: target.text.clone(),
        op: target.op,
        value: target.value,
        threshold: judged.threshold,
        unit: target.metric.unit.clone(),
        baseline: judged.baseline,
        met_before,
        actual: judged.actual,
        compared: judged.compared,
        interval: judged.interval,
        verdict: judged.verdict,
        allowance: judged.allowance,
        reason: judged.reason,
        accepted,
    }
}

impl Accepted {
    /// The metric and, where one is given, the job that this entry is about.
    pub fn subject(&self) -> (&str, Option<&str>) {
        match self.target.split_once(':') {
            Some((metric, job)) => (metric.trim(), Some(job.trim())),
            None => (self.target.trim(), None),
        }
    }

    /// Whether it is about this target. Without a job of its own it is about every job's.
    pub fn is_about(&self, metric: &str, job: Option<&str>) -> bool {
        let (named, its_job) = self.subject();
        named == metric && (its_job.is_none() || its_job == job)
    }
}
