//! Jobs that came, went or changed their schedule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::plan::JobPlan;
use crate::observation::{JobObservations, Observations};
use crate::window::Side;

/// Jobs that came, went or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
pub fn population(observations: &Observations, declared: &[JobPlan]) -> Population {
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
