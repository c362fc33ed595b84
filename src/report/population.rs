//! Jobs that came, went or changed their schedule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::plan::JobPlan;
use crate::observation::{JobObservations, Observations};
use crate::settings::Question;
use crate::window::Side;

/// Jobs that came, went or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Seen only after.
    pub new: Vec<String>,
    /// Seen only before.
    pub vanished: Vec<String>,
    /// With another recorded schedule or offset.
    pub rescheduled: Vec<String>,
    /// Declared and never seen.
    pub absent: Vec<String>,
    /// Declared as switched off.
    pub disabled: Vec<String>,
}

/// How the jobs of the two windows differ; each list by the bytes of the names. A job is seen where it
/// has a row or occupies. One that is switched off is not absent.
pub fn population(observations: &Observations, question: &Question) -> Population {
    of(observations, &question.jobs)
}

fn of(observations: &Observations, declared: &[JobPlan]) -> Population {
    let seen =
        |side: Side| -> BTreeSet<&str> { observations.get(side).jobs.keys().map(String::as_str).collect() };
    let (before, after) = (seen(Side::Baseline), seen(Side::Stagger));
    let named = |enabled: bool| -> BTreeSet<&str> {
        declared.iter().filter(|job| job.enabled == enabled).map(|job| job.name.as_str()).collect()
    };
    let ever = &before | &after;
    let rescheduled = before.intersection(&after).copied().filter(|job| is_rescheduled(observations, job));
    Population {
        new: owned(after.difference(&before).copied()),
        vanished: owned(before.difference(&after).copied()),
        rescheduled: owned(rescheduled),
        absent: owned(named(true).difference(&ever).copied()),
        disabled: owned(named(false).into_iter()),
    }
}

fn owned<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

/// Whether the scheduler recorded something else of the job after than before. Rows that record nothing
/// say nothing.
fn is_rescheduled(observations: &Observations, job: &str) -> bool {
    let recorded = |side: Side| observations.get(side).jobs.get(job).map(recorded).unwrap_or_default();
    let (before, after) = (recorded(Side::Baseline), recorded(Side::Stagger));
    !before.is_empty() && !after.is_empty() && before != after
}

type Recorded<'a> = (Option<&'a str>, Option<&'a str>, Option<i64>);

fn recorded(job: &JobObservations) -> BTreeSet<Recorded<'_>> {
    let all = job.schedules.iter().map(|recorded| {
        (recorded.schedule.as_deref(), recorded.effective_schedule.as_deref(), recorded.stagger_offset_s)
    });
    all.filter(|recorded| *recorded != (None, None, None)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold::{TestRun, fold};
    use crate::analysis::plan::AnalysisSettings;
    use crate::analysis::plan::threshold::ByMetric;
    use crate::clock::Timestamp;
    use crate::window::Period;

    fn recorded_run(job: &str, start: i64, offset: Option<i64>) -> TestRun {
        let mut run = TestRun::new(job, start, 10);
        run.schedule.schedule = offset.map(|_| "* * * * *".to_owned());
        run.schedule.stagger_offset_s = offset;
        run
    }

    fn plan(name: &str, enabled: bool) -> JobPlan {
        JobPlan {
            name: name.to_owned(),
            was: None,
            schedule: None,
            baseline_schedule: None,
            enabled,
            orphan_after: None,
            min_runs: ByMetric::default(),
            margin: ByMetric::default(),
            note: None,
        }
    }

    #[test]
    fn jobs_that_came_went_or_changed() {
        let runs = [
            recorded_run("gone", 1, None),
            recorded_run("moved", 2, Some(0)),
            recorded_run("moved", 102, Some(15)),
            recorded_run("same", 3, Some(0)),
            recorded_run("same", 103, Some(0)),
            recorded_run("same", 104, None), // a second log line of the job's own, without metadata
            recorded_run("fresh", 105, None),
        ];
        let periods = [(0, 100), (100, 200)];
        let periods = periods.map(|(start, end)| Period { start: Timestamp(start), end: Timestamp(end) });
        let plans = [plan("same", true), plan("silent", true), plan("off", false)];
        let settings = AnalysisSettings::default();
        let observations = fold(&runs, periods, Timestamp(300), &[], &settings, &plans);
        let expected = Population {
            new: vec!["fresh".to_owned()],
            vanished: vec!["gone".to_owned()],
            rescheduled: vec!["moved".to_owned()],
            absent: vec!["silent".to_owned()],
            disabled: vec!["off".to_owned()],
        };
        assert_eq!(of(&observations, &plans), expected);
    }
}
