//! The jobs that run against the lists of those that are meant to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::plan::JobPlan;
use crate::observation::SchedulerJob;

/// One entry for each list of jobs that there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audit {
    /// Jobs that have a row in the period, or still ran in it.
    pub seen: u64,
    pub lists: Vec<AuditedList>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobList {
    DeploymentFile,
    Scheduler,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowsOfJob {
    pub name: String,
    /// Rows in the period, skipped ones included; 0 of a job whose run began before it.
    pub rows: u64,
}

impl Audit {
    /// `None` without a list. `seen` are the jobs of the period with their rows; `scheduler` is `None` where the
    /// scheduler has no list that can be read.
    pub fn of(
        seen: &BTreeMap<&str, u64>,
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

impl Audit {
    /// The names of all findings.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().flat_map(|list| {
            let with_rows = list.disabled_ran.iter().chain(&list.not_listed).map(|job| job.name.as_str());
            list.never_ran.iter().map(String::as_str).chain(with_rows)
        })
    }
}

fn audited(list: JobList, jobs: &BTreeMap<&str, bool>, seen: &BTreeMap<&str, u64>) -> AuditedList {
    let rows = |name: &str| seen.get(name).copied().unwrap_or(0);
    let with_rows = |name: &str| RowsOfJob { name: name.to_owned(), rows: rows(name) };
    let enabled = |wanted: bool| jobs.iter().filter(move |(_, on)| **on == wanted).map(|(name, _)| *name);
    let listed: BTreeSet<&str> = jobs.keys().copied().collect();
    AuditedList {
        list,
        jobs: jobs.len() as u64,
        never_ran: enabled(true).filter(|name| !seen.contains_key(name)).map(str::to_owned).collect(),
        disabled_ran: enabled(false).filter(|name| seen.contains_key(name)).map(with_rows).collect(),
        not_listed: seen.keys().copied().filter(|name| !listed.contains(name)).map(with_rows).collect(),
    }
}
