//! Jobs that came, went or changed their schedule, and the ledger of rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::plan::JobPlan;
use crate::inventory::audit::Audit;
use crate::observation::{JobObservations, Observations, SchedulerJob, WindowObservations};
use crate::window::{PerSide, Side};

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
    /// The jobs of both windows against the lists of those that are meant to run; there is none without a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Audit>,
    /// What became of the rows of each window.
    #[serde(default)]
    pub rows: PerSide<RowLedger>,
}

/// What became of the rows that belong or may belong to a window. `read` is counted apart from the others,
/// which add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowLedger {
    /// All of them; `null` for a window from a file of an earlier version.
    pub read: Option<u64>,
    /// Among the outcomes of a job.
    pub counted: u64,
    /// In an excluded period.
    pub excluded: u64,
    /// Of jobs outside the scope.
    pub out_of_scope: u64,
    /// With a status of what has not started yet.
    pub open: u64,
    /// Started at or after `as_of`.
    pub after_as_of: u64,
    /// Without a time that says when: the same rows of a table may belong to either window.
    pub unplaced: u64,
    /// Likewise, of rows that are open or of jobs outside the scope.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unplaced_aside: u64,
}

impl RowLedger {
    pub(super) fn of(seen: &WindowObservations) -> Self {
        Self {
            read: seen.rows_read,
            counted: seen.jobs.values().map(|job| job.outcomes.rows()).sum(),
            excluded: seen.rows_excluded,
            out_of_scope: seen.rows_out_of_scope,
            open: seen.rows_open,
            after_as_of: seen.rows_after_as_of,
            unplaced: seen.rows_unplaced,
            unplaced_aside: seen.rows_unplaced_aside,
        }
    }

    /// Rows that were read, less those that are counted somewhere; 0 where nothing vanished.
    pub fn unaccounted(&self) -> i128 {
        let Self { read, counted, excluded, out_of_scope, open, after_as_of, unplaced, unplaced_aside } =
            *self;
        let somewhere = [counted, excluded, out_of_scope, open, after_as_of, unplaced, unplaced_aside];
        let somewhere: i128 = somewhere.into_iter().map(i128::from).sum();
        read.map_or(0, |read| i128::from(read) - somewhere)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// How the jobs of the two windows differ; each list by the bytes of the names. A job is seen where it
/// has a row or occupies. One that is switched off is not absent.
pub fn population(
    observations: &Observations,
    declared: &[JobPlan],
    scheduler: Option<&[SchedulerJob]>,
) -> Population {
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
        audit: Audit::of(&rows_by_job(observations), declared, scheduler),
        rows: PerSide::of(|side| RowLedger::of(observations.get(side))),
    }
}

/// The rows of both windows by job, those outside the scope included.
fn rows_by_job(observations: &Observations) -> BTreeMap<&str, u64> {
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for seen in Side::BOTH.map(|side| observations.get(side)) {
        let in_scope = seen.jobs.iter().map(|(name, job)| (name, job.outcomes.rows()));
        let others = seen.jobs_out_of_scope.iter().map(|(name, rows)| (name, *rows));
        for (name, more) in in_scope.chain(others) {
            *rows.entry(name).or_default() += more;
        }
    }
    rows
}

fn owned<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

/// Whether the scheduler recorded something else of the job after than before. Rows that record nothing
/// say nothing.
fn is_rescheduled(observations: &Observations, job: &str) -> bool {
    let recorded = |side: Side| observations.get(side).job(job).map(recorded).unwrap_or_default();
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
