//! Which figures a target or trigger is about: all jobs together, one, or each in scope.

use crate::analysis::Analysis;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::judgement::error::JudgementError;
use crate::judgement::measured::Subject;
use crate::judgement::target::JobSelector;
use crate::nearest::did_you_mean;

/// What the figures are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Subjects<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) plans: &'a [JobPlan],
    pub(super) settings: &'a AnalysisSettings,
}

impl<'a> Subjects<'a> {
    /// The subjects of a target, each with the job that it is reported under.
    pub(super) fn subjects(
        &self,
        metric: &Metric,
        job: &JobSelector,
    ) -> Result<Vec<(Option<&'a str>, Subject<'a>)>, JudgementError> {
        match job {
            JobSelector::Total if metric.is_duration() => Ok(vec![(None, self.only_job(metric)?)]),
            JobSelector::Total => Ok(vec![(None, self.subject(None))]),
            JobSelector::Named(name) => {
                let job = self.find(metric, name)?;
                Ok(vec![(Some(job.name.as_str()), self.subject(Some(job)))])
            }
            JobSelector::Each => {
                let running = |job: &&JobReport| job.enabled != Some(false) || job.stagger.started > 0;
                let jobs = self.analysis.jobs.iter().filter(running);
                Ok(jobs.map(|job| (Some(job.name.as_str()), self.subject(Some(job)))).collect())
            }
        }
    }

    fn find(&self, metric: &Metric, name: &str) -> Result<&'a JobReport, JudgementError> {
        let jobs = &self.analysis.jobs;
        jobs.iter().find(|job| job.name == name).ok_or_else(|| JudgementError::UnknownJob {
            metric: metric.to_string(),
            job: name.to_owned(),
            hint: did_you_mean(name, jobs.iter().map(|job| job.name.as_str())),
        })
    }

    /// All jobs together, where a mixture of durations would say nothing: the only job there is.
    fn only_job(&self, metric: &Metric) -> Result<Subject<'a>, JudgementError> {
        match self.analysis.jobs.as_slice() {
            [] => Ok(self.subject(None)),
            [job] => Ok(self.subject(Some(job))),
            jobs => Err(JudgementError::DurationWithoutJob { metric: metric.to_string(), jobs: jobs.len() }),
        }
    }

    fn subject(&self, job: Option<&'a JobReport>) -> Subject<'a> {
        let plan = job.and_then(|job| self.plans.iter().find(|plan| plan.name == job.name));
        Subject { analysis: self.analysis, job, plan, settings: self.settings }
    }
}
