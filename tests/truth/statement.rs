//! What can be asked of a report: its findings, verdicts, targets and caveats, never its prose.

use std::borrow::Cow;

use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::comparison::{Comparison, ComparisonVerdict};
use jobdelta::analysis::figures::job::JobReport;
use jobdelta::analysis::figures::job_verdict::JobVerdictKind;
use jobdelta::analysis::metric::Metric;
use jobdelta::judgement::{DecisionVerdict, TargetVerdict};
use jobdelta::report::model::{Direction, Report, Weakness};

/// A statement about a report.
#[derive(Debug)]
pub enum Statement {
    /// There is a finding of this code.
    Finding(&'static str),
    NoFinding(&'static str),
    /// What the verdicts come to together by the finding of this code, one of these.
    Says(&'static str, &'static [Direction]),
    /// The headline of this code says what weakens it.
    But(&'static str, Weakness),
    NotBut(&'static str, Weakness),
    /// The comparison of a job's metric has one of these verdicts.
    Verdict(&'static str, &'static str, &'static [ComparisonVerdict]),
    /// What became of a job is one of these.
    Job(&'static str, &'static [JobVerdictKind]),
    /// No tested metric of any job improved or regressed.
    NoChange,
    /// No tested metric of any job improved.
    NoImprovement,
    /// The comparison of a job's metric is restricted.
    Restricted(&'static str, &'static str, Restriction),
    NotRestricted(&'static str, &'static str, Restriction),
    /// The target on a metric of all jobs has one of these verdicts.
    Target(&'static str, &'static [TargetVerdict]),
    Decision(DecisionVerdict),

    Caveat(&'static str),
    NoCaveat(&'static str),
}

impl Statement {
    pub fn holds(&self, report: &Report) -> bool {
        let found = |code: &str| report.findings.iter().find(|finding| finding.code == code);
        let finding = |code: &str| found(code).is_some();
        let but = |code: &str, weakness| found(code).is_some_and(|found| found.but.contains(&weakness));
        let caveat = |code: &str| report.caveats.iter().any(|caveat| caveat.code() == code);
        let decision = |wanted| report.decision.as_ref().is_some_and(|decision| decision.verdict == wanted);
        let verdicts =
            || report.jobs.iter().flat_map(|job| job.comparison.values()).filter_map(|found| found.verdict);
        match *self {
            Self::Finding(code) => finding(code),
            Self::NoFinding(code) => !finding(code),
            Self::Says(code, directions) => {
                found(code).and_then(|found| found.says).is_some_and(|said| directions.contains(&said))
            }
            Self::But(code, weakness) => but(code, weakness),
            Self::NotBut(code, weakness) => !but(code, weakness),
            Self::Verdict(job, metric, verdicts) => {
                comparison(report, job, metric).verdict.is_some_and(|verdict| verdicts.contains(&verdict))
            }
            Self::Job(name, kinds) => kinds.contains(&job(report, name).verdict.kind),
            Self::NoChange => verdicts().all(|verdict| {
                !matches!(verdict, ComparisonVerdict::Improved | ComparisonVerdict::Regressed)
            }),
            Self::NoImprovement => verdicts().all(|verdict| verdict != ComparisonVerdict::Improved),
            Self::Restricted(job, metric, by) => comparison(report, job, metric).is_restricted_by(by),
            Self::NotRestricted(job, metric, by) => !comparison(report, job, metric).is_restricted_by(by),
            Self::Target(metric, verdicts) => {
                let asked = report.targets.iter().filter(|target| target.metric.name == metric);
                asked.map(|target| target.verdict).all(|verdict| verdicts.contains(&verdict))
                    && report.targets.iter().any(|target| target.metric.name == metric)
            }
            Self::Decision(wanted) => decision(wanted),

            Self::Caveat(code) => caveat(code),
            Self::NoCaveat(code) => !caveat(code),
        }
    }
}

fn job<'a>(report: &'a Report, name: &str) -> &'a JobReport {
    report.jobs.iter().find(|found| found.name == name).unwrap_or_else(|| panic!("no job {name}"))
}

fn comparison<'a>(report: &'a Report, name: &str, metric: &str) -> Cow<'a, Comparison> {
    let known = Metric::from_name(metric).unwrap_or_else(|| panic!("no metric {metric}"));
    job(report, name).comparison.any(known).unwrap_or_else(|| panic!("no {metric} of {name}"))
}
