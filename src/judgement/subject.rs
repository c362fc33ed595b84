//! Which figures a target or trigger is about: all jobs together, one, or each in scope.

use crate::analysis::Analysis;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::judgement::error::JudgementError;
use crate::judgement::measured::Subject;
use crate::judgement::target::JobSelector;
use crate::nearest::did_you_mean;

/// What becomes of a target whose job is neither declared nor in the windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AbsentJob {
    /// Its name is taken for a mistake.
    #[default]
    Refused,
    /// It may run yet.
    Awaited,
}

/// The job that a result is reported under, and its figures; `None` for a job that may run yet.
pub(super) type ReportedSubject<'a> = (Option<&'a str>, Option<Subject<'a>>);

/// What the figures are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Subjects<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) plans: &'a [JobPlan],
    pub(super) settings: &'a AnalysisSettings,
    pub(super) absent: AbsentJob,
}

impl<'a> Subjects<'a> {
    /// The subjects of a target, each with the job that it is reported under.
    pub(super) fn subjects(
        &self,
        metric: &Metric,
        job: &'a JobSelector,
    ) -> Result<Vec<ReportedSubject<'a>>, JudgementError> {
        match job {
            JobSelector::Total if metric.is_duration() => Ok(vec![(None, Some(self.only_job(metric)?))]),
            JobSelector::Total => Ok(vec![(None, Some(self.subject(None)))]),
            JobSelector::Named(name) => match self.find(metric, name) {
                Ok(job) => Ok(vec![(Some(job.name.as_str()), Some(self.subject(Some(job))))]),
                Err(_) if self.absent == AbsentJob::Awaited => Ok(vec![(Some(name.as_str()), None)]),
                Err(error) => Err(error),
            },
            JobSelector::Each => {
                let running = |job: &&JobReport| job.enabled != Some(false) || job.stagger.started > 0;
                let jobs = self.analysis.jobs.iter().filter(running);
                Ok(jobs.map(|job| (Some(job.name.as_str()), Some(self.subject(Some(job))))).collect())
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
