//! The jobs that run against the lists of those that are meant to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::plan::JobPlan;
use crate::observation::{SchedulerJob, SeenJob};

/// One entry for each list of jobs that there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// Jobs that have a row in the period.
    pub seen: u64,
    pub lists: Vec<AuditedList>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedList {
    pub list: JobList,
    pub jobs: u64,
    /// Enabled, and not seen.
    pub never_ran: Vec<String>,
    /// Disabled, and seen.
    pub disabled_ran: Vec<RowsOfJob>,
    /// Seen, and not in the list.
    pub not_listed: Vec<RowsOfJob>,
}

/// Where it is said which jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobList {
    DeploymentFile,
    Scheduler,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowsOfJob {
    pub name: String,
    /// Rows in the period, skipped ones included.
    pub rows: u64,
}

impl Audit {
    /// `None` without a list. `scheduler` is `None` where the scheduler has no list that can be read.
    pub fn of(
        seen: &BTreeMap<String, SeenJob>,
        declared: &[JobPlan],
        scheduler: Option<&[SchedulerJob]>,
    ) -> Option<Self> {
        let declared = declared.iter().map(|job| (job.name.as_str(), job.enabled)).collect();
        let own = scheduler.map(|jobs| {
            let mut enabled: BTreeMap<&str, bool> = BTreeMap::new();
            for job in jobs {
                // Of several schedules one that is switched on is enough.
                *enabled.entry(&job.name).or_default() |= job.enabled.unwrap_or(true);
            }
            enabled
        });
        let declared = Some(declared).filter(|jobs: &BTreeMap<&str, bool>| !jobs.is_empty());
        let lists = [(JobList::DeploymentFile, declared), (JobList::Scheduler, own)];
        let lists: Vec<AuditedList> =
            lists.into_iter().filter_map(|(list, jobs)| Some(audited(list, &jobs?, seen))).collect();
        (!lists.is_empty()).then_some(Self { seen: seen.len() as u64, lists })
    }
}

fn audited(list: JobList, jobs: &BTreeMap<&str, bool>, seen: &BTreeMap<String, SeenJob>) -> AuditedList {
    let rows = |name: &str| seen.get(name).map_or(0, |job| job.counts.outcomes.rows());
    let with_rows = |name: &str| RowsOfJob { name: name.to_owned(), rows: rows(name) };
    let enabled = |wanted: bool| jobs.iter().filter(move |(_, on)| **on == wanted).map(|(name, _)| *name);
    let listed: BTreeSet<&str> = jobs.keys().copied().collect();
    AuditedList {
        list,
        jobs: jobs.len() as u64,
        never_ran: enabled(true).filter(|name| !seen.contains_key(*name)).map(str::to_owned).collect(),
        disabled_ran: enabled(false).filter(|name| seen.contains_key(*name)).map(with_rows).collect(),
        not_listed: seen
            .keys()
            .map(String::as_str)
            .filter(|name| !listed.contains(name))
            .map(with_rows)
            .collect(),
    }
}
