//! The jobs: their order, their anchors, and how many a page has room for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::figures::job::JobReport;
use crate::figure;
use crate::inventory::audit::{Audit, AuditedList, JobList, RowsOfJob};
use crate::legible;
use crate::render::view::job::{JobRow, row};
use crate::report::model::Report;
use crate::report::scoreboard::worse_jobs;

/// Jobs that the short table has room for.
const FIRST: usize = 12;
/// Jobs that a collapsible table has room for.
const FOLDED: usize = 200;
/// Jobs that a page has room for.
const LISTED: usize = 1_000;
/// Names that a line has room for.
const NAMED: usize = 5;
/// Characters of an anchor.
const ANCHOR_LENGTH: usize = 60;

/// The jobs, in the two orders that readers need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jobs {
    /// Every job, by name; made for templates that name it.
    pub all: Vec<JobRow>,
    /// The few that have most to say: those that got worse, those with missed, lost or failed runs or a verdict,
    /// then the busiest.
    pub first: Vec<JobRow>,
    /// More of them in the same order, for a part that can be folded away.
    pub folded: Vec<JobRow>,
    /// How many are in neither; `null` when none.
    pub left_out: Option<String>,
    /// As many as a page has room for, in the same order.
    pub listed: Vec<JobRow>,
    /// How many are not listed; `null` when none.
    pub unlisted: Option<String>,
    /// `8 jobs`.
    pub counted: String,
    /// Jobs that came, went or changed their schedule, those of a kind in one line.
    pub groups: Vec<NamedGroup>,
    /// Jobs that run and are not meant to, or the other way round, those of a kind in one line with their count.
    pub audit: Vec<NamedGroup>,
}

/// Jobs that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedGroup {
    /// `Seen only after`.
    pub title: String,
    /// A few by name, and a count of the others.
    pub names: String,
}

pub(super) fn view(report: &Report) -> Jobs {
    let looked_at = report.scoreboard.look_at.iter().map(|row| row.job.as_str());
    let first = worse_jobs(&report.jobs).into_iter().map(|job| job.name.as_str()).chain(looked_at);
    let first: BTreeMap<&str, usize> = first.enumerate().map(|(place, job)| (job, place)).collect();
    let mut order: Vec<usize> = (0..report.jobs.len()).collect();
    order.sort_by_cached_key(|&place| {
        report.jobs.get(place).map(|job| {
            let first = first.get(job.name.as_str()).copied().unwrap_or(usize::MAX);
            (first, Reverse(trouble(job)), Reverse(busy_us(job)), job.name.clone())
        })
    });
    let anchors = anchors(report.jobs.iter().map(|job| job.name.as_str()));
    let in_order =
        order.iter().take(LISTED).filter_map(|&place| report.jobs.get(place).zip(anchors.get(place)));
    let listed: Vec<JobRow> = in_order.map(|(job, anchor)| row(report, job, anchor.clone())).collect();
    let count = report.jobs.len();
    let left_out = count.saturating_sub(FOLDED);
    let unlisted = count.saturating_sub(LISTED);
    Jobs {
        all: Vec::new(),
        first: listed.iter().take(FIRST).cloned().collect(),
        folded: listed.iter().take(FOLDED).skip(FIRST).cloned().collect(),
        listed,
        unlisted: (unlisted > 0).then(|| figure::counted(unlisted as u64, "job", "jobs")),
        left_out: (left_out > 0).then(|| figure::counted(left_out as u64, "job", "jobs")),
        counted: figure::counted(count as u64, "job", "jobs"),
        groups: groups(report),
        audit: report.population.audit.as_ref().map(audit).unwrap_or_default(),
    }
}

impl Jobs {
    /// Fills `all`.
    pub fn list_all(&mut self, report: &Report) {
        let anchors = anchors(report.jobs.iter().map(|job| job.name.as_str()));
        self.all = report.jobs.iter().zip(anchors).map(|(job, anchor)| row(report, job, anchor)).collect();
    }
}

fn groups(report: &Report) -> Vec<NamedGroup> {
    let found = &report.population;
    let groups = [
        ("Seen only after", &found.new),
        ("Seen only before", &found.vanished),
        ("With another schedule or offset than before", &found.rescheduled),
        ("Declared and never seen", &found.absent),
        ("Disabled", &found.disabled),
    ];
    let groups = groups.into_iter().filter(|(_, jobs)| !jobs.is_empty());
    groups
        .map(|(title, jobs)| NamedGroup { title: title.to_owned(), names: legible::list(jobs, NAMED) })
        .collect()
}

/// The jobs that run against the lists of those that are meant to. Declared jobs that never ran are named above.
fn audit(audit: &Audit) -> Vec<NamedGroup> {
    audit.lists.iter().flat_map(audited).collect()
}

fn audited(audited: &AuditedList) -> Vec<NamedGroup> {
    let AuditedList { list, never_ran, disabled_ran, not_listed, .. } = audited;
    let (disabled, unknown, never_ran) = match list {
        JobList::DeploymentFile => (
            ["disabled job ran", "disabled jobs ran"],
            ["job ran and is not declared", "jobs ran and are not declared"],
            &[][..],
        ),
        JobList::Scheduler => (
            [
                "job is disabled in the scheduler's list and ran",
                "jobs are disabled in the scheduler's list and ran",
            ],
            ["job ran and is not in the scheduler's list", "jobs ran and are not in the scheduler's list"],
            never_ran.as_slice(),
        ),
    };
    let enabled = [
        "job is enabled in the scheduler's list and never ran",
        "jobs are enabled in the scheduler's list and never ran",
    ];
    let never_ran: Vec<String> = never_ran.iter().map(|name| legible::name(name)).collect();
    let with_rows = |jobs: &[RowsOfJob]| -> Vec<String> {
        let rows = |job: &RowsOfJob| figure::counted(job.rows, "row", "rows");
        jobs.iter().map(|job| format!("{} ({})", legible::name(&job.name), rows(job))).collect()
    };
    let groups =
        [(enabled, never_ran), (disabled, with_rows(disabled_ran)), (unknown, with_rows(not_listed))];
    let found = groups.into_iter().filter(|(_, jobs)| !jobs.is_empty());
    found
        .map(|([one, many], jobs)| NamedGroup {
            title: figure::counted(jobs.len() as u64, one, many),
            names: legible::sentence_list(jobs, NAMED),
        })
        .collect()
}

/// An anchor for each name, in the order of the names.
fn anchors<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let unused = |name: &str| {
        let words: Vec<&str> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let stem: String =
            format!("job-{}", words.join("-").to_lowercase()).chars().take(ANCHOR_LENGTH).collect();
        let mut anchor = stem.clone();
        let mut number = 1;
        while !taken.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{stem}-{number}");
        }
        anchor
    };
    names.map(unused).collect()
}

/// How much there is to say about a job: a regression first, then what was lost, then other verdicts.
fn trouble(job: &JobReport) -> (bool, u64, bool) {
    let with = |verdict| job.comparison.values().any(|found| found.verdict == Some(verdict));
    let after = &job.stagger;
    let lost = after.missed_runs.unwrap_or(0) + after.orphaned + after.failed + after.timed_out;
    (with(ComparisonVerdict::Regressed), lost, with(ComparisonVerdict::Improved))
}

#[allow(clippy::cast_possible_truncation)] // only an order is made of it
fn busy_us(job: &JobReport) -> i64 {
    (job.stagger.busy_ms * 1_000.0) as i64
}
