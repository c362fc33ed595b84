//! Targets and triggers as declared.

use super::KpiDeclaration;
use super::language::{self, LanguageError, Op, TargetValue};
use super::metric::{UnknownMetric, metric_named};
use super::result::Severity;
use crate::analysis::metric::Metric;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobSelector {
    /// All jobs together.
    #[default]
    Total,
    /// One job, by its name.
    Named(String),
    /// One target for every job in scope.
    Each,
}

impl JobSelector {
    /// The selector of a `job` key: `each`, or a name.
    pub fn from_key(job: Option<&str>) -> Self {
        match job {
            None => Self::Total,
            Some("each") => Self::Each,
            Some(name) => Self::Named(name.to_owned()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub metric: Metric,
    /// Whose figure.
    pub job: JobSelector,
    /// Whether it can change the decision.
    pub severity: Severity,
    /// How the value is held against the figure.
    pub op: Op,
    /// What the figure is held against.
    pub value: TargetValue,
    /// `OP VALUE` as written.
    pub text: String,
}

/// A rollback trigger as declared: a target whose being met is bad news.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trigger {
    pub metric: Metric,
    /// Whose figure.
    pub job: JobSelector,
    /// How the value is held against the figure.
    pub op: Op,
    /// What the figure is held against.
    pub value: TargetValue,
    /// `OP VALUE` as written.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    #[error(transparent)]
    Metric(#[from] UnknownMetric),
    #[error(transparent)]
    Language(#[from] LanguageError),
    #[error("{metric} is a figure of all jobs together; leave out job '{job}'")]
    NoJob { metric: String, job: String },
    #[error("'{0}' is not of the form 'METRIC OP VALUE' or 'METRIC[JOB] OP VALUE'")]
    Form(String),
}

impl Target {
    /// The target that holds `text` (`OP VALUE`) against the metric called `metric`.
    pub fn parse(
        metric: &str,
        text: &str,
        job: JobSelector,
        severity: Severity,
        kpis: &[KpiDeclaration],
    ) -> Result<Self, TargetError> {
        let Trigger { metric, job, op, value, text } = Trigger::parse(metric, text, job, kpis)?;
        Ok(Self { metric, job, severity, op, value, text })
    }

    /// The required target of a flag: `METRIC OP VALUE`, or about one job (or `each`) `METRIC[JOB] OP VALUE` or
    /// `METRIC: JOB OP VALUE`.
    pub fn parse_flag(flag: &str, kpis: &[KpiDeclaration]) -> Result<Self, TargetError> {
        // The last operator counts: a value holds none, while a job may be called anything.
        let form = || TargetError::Form(flag.to_owned());
        let last = flag.rfind(['<', '>', '=', '!']).ok_or_else(form)?;
        let subject = flag[..last].trim_end_matches(['<', '>', '=', '!']);
        let text = flag[subject.len()..].trim();
        let subject = subject.trim();
        let bracketed = subject.strip_suffix(']').and_then(|subject| subject.split_once('['));
        let (metric, job) = match bracketed.filter(|(metric, _)| !metric.contains(':')) {
            Some((metric, job)) => (metric.trim(), Some(job)),
            None => match subject.split_once(':') {
                Some((metric, job)) => (metric.trim(), Some(job.trim())),
                None => (subject, None),
            },
        };
        if metric.is_empty() || job.is_some_and(str::is_empty) {
            return Err(form());
        }
        Self::parse(metric, text, JobSelector::from_key(job), Severity::Required, kpis)
    }

    /// The figure that it is about, whatever it asks of it.
    pub fn figure(&self) -> (String, JobSelector) {
        (self.metric.name().to_owned(), self.job.clone())
    }
}

impl Trigger {
    /// The trigger that fires when `text` (`OP VALUE`) holds of the metric called `metric`.
    pub fn parse(
        metric: &str,
        text: &str,
        job: JobSelector,
        kpis: &[KpiDeclaration],
    ) -> Result<Self, TargetError> {
        let metric = metric_named(metric, kpis)?;
        let named = match &job {
            JobSelector::Total => None,
            JobSelector::Named(name) => Some(name.as_str()),
            JobSelector::Each => Some("each"),
        };
        if let Some(job) = named.filter(|_| !metric.per_job) {
            return Err(TargetError::NoJob { metric: metric.to_string(), job: job.to_owned() });
        }
        let (op, value) = language::parse(&metric, text)?;
        Ok(Self { metric, job, op, value, text: text.trim().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric;
    use crate::finite::Finite;

    fn pool() -> Vec<KpiDeclaration> {
        vec![KpiDeclaration { name: "pool_utilization".into(), unit: Some("%".into()), source: None }]
    }

    fn read(metric: &str, text: &str) -> Result<(Op, TargetValue), String> {
        Target::parse(metric, text, JobSelector::Total, Severity::Required, &pool())
            .map(|target| (target.op, target.value))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_forms_of_the_language() {
        let finite = |number| Finite::new(number).unwrap();
        let absolute = |number| TargetValue::Absolute(finite(number));
        let relative = |number| TargetValue::Relative(finite(number));
        for (metric, text, op, value) in [
            ("completion_rate", ">= 99%", Op::GreaterOrEqual, absolute(0.99)),
            ("completion_rate", ">=99.9 %", Op::GreaterOrEqual, absolute(0.999)),
            ("peak_concurrency", "<= 2", Op::LessOrEqual, absolute(2.0)),
            ("mean_concurrency", "< 0.5", Op::Less, absolute(0.5)),
            ("missed_runs", "== 0", Op::Equal, absolute(0.0)),
            ("missed_runs", "!= 1", Op::NotEqual, absolute(1.0)),
            ("p95_duration", "< 500ms", Op::Less, absolute(500.0)),
            ("p95_duration", "< 2.5s", Op::Less, absolute(2_500.0)),
            ("p95_duration", "< 2m", Op::Less, absolute(120_000.0)),
            ("median_duration", "<= -20%", Op::LessOrEqual, relative(-0.2)),
            ("skipped_lock", "<= +10%", Op::LessOrEqual, relative(0.1)),
            ("failure_rate", "> +5pp", Op::Greater, TargetValue::Points(finite(0.05))),
            ("failure_rate", "<= baseline", Op::LessOrEqual, TargetValue::Baseline),
            ("pool_utilization_max", "< 50%", Op::Less, absolute(50.0)),
        ] {
            assert_eq!(read(metric, text), Ok((op, value)), "{metric} {text}");
        }
    }

    #[test]
    fn a_mistyped_target_is_refused() {
        for (metric, text) in [
            ("completion_rate", "99%"),
            ("completion_rate", "=> 99%"),
            ("completion_rate", "= 99%"),
            ("completion_rate", ">= 99"),
            ("completion_rate", ">= 0.99"),
            ("completion_rate", ">= 990%"),
            ("completion_rate", ">= 99%%"),
            ("completion_rate", ">= ninety"),
            ("completion_rate", ">= "),
            ("failure_rate", "> 5pp"),
            ("failure_rate", "> +500pp"),
            ("median_duration", "<= 20%"),
            ("median_duration", ">= -120%"),
            ("median_duration", "<= 500"),
            ("median_duration", "<= +5ms"),
            ("median_duration", "<= -5pp"),
            ("median_duration", "<= 1e3ms"),
            ("missed_runs", "== 0.5"),
            ("missed_runs", "== 0ms"),
            ("missed_runs", "== -0"),
            ("new_errors", "<= baseline"),
            ("regressions", "<= +5%"),
            ("pool_utilization_max", "< 50"),
        ] {
            assert!(read(metric, text).is_err(), "{metric} {text}");
        }
    }

    #[test]
    fn errors_say_what_would_do() {
        assert_eq!(
            read("completion_rat", ">= 99%").unwrap_err(),
            "unknown metric 'completion_rat'; did you mean 'completion_rate'?"
        );
        assert_eq!(
            read("pool_utilisation_max", "< 50%").unwrap_err(),
            "unknown metric 'pool_utilisation_max'; did you mean 'pool_utilization_max'?"
        );
        assert_eq!(
            read("completion_rate", ">= 99").unwrap_err(),
            "'99' does not fit completion_rate, which takes a percentage from 0% to 100%, a signed change \
             such as -20% or -1pp (not below -100%), or 'baseline'"
        );
        assert_eq!(
            read("new_errors", "< 5%").unwrap_err(),
            "'5%' does not fit new_errors, which takes a whole number such as 0"
        );
        assert_eq!(
            read("median_duration", "500ms").unwrap_err(),
            "'500ms' does not start with one of <, <=, >, >=, ==, != (as in '>= 99%')"
        );
        let job = JobSelector::Named("Live".into());
        let error = Trigger::parse("peak_concurrency", "> 3", job, &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "peak_concurrency is a figure of all jobs together; leave out job 'Live'"
        );
    }

    #[test]
    fn a_flag_names_metric_and_job() {
        let target = Target::parse_flag("median_duration: a <=> b <= -20%", &[]).unwrap();
        assert_eq!(target.metric, metric::MEDIAN_DURATION);
        assert_eq!(target.job, JobSelector::Named("a <=> b".into()));
        assert_eq!(target.text, "<= -20%");
        for (flag, job) in [
            ("p95_duration[Live Stats Sync] <= 2s", "Live Stats Sync"),
            ("p95_duration [a: [b] <= c] <= 2s", "a: [b] <= c"),
            ("p95_duration: a[0] <= 2s", "a[0]"),
        ] {
            let target = Target::parse_flag(flag, &[]).unwrap();
            assert_eq!(target.job, JobSelector::Named(job.into()), "{flag}");
            assert_eq!((target.metric.name(), target.text.as_str()), ("p95_duration", "<= 2s"), "{flag}");
        }
        let target = Target::parse_flag("median_duration[each] <= +10%", &[]).unwrap();
        assert_eq!(target.job, JobSelector::Each);
        let target = Target::parse_flag("completion_rate>=99%", &[]).unwrap();
        assert_eq!((target.job, target.op), (JobSelector::Total, Op::GreaterOrEqual));
        for flag in ["completion_rate", ">= 99%", "completion_rate: >= 99%", "p95_duration[] <= 2s"] {
            assert!(matches!(Target::parse_flag(flag, &[]), Err(TargetError::Form(_))), "{flag}");
        }
    }
}
