//! From what was seen to the inventory.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::model::{InferredFacts, InventoryJob, Schedules, StatusCounts, UsualDuration};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::inference::infer;
use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::Schedule;
use crate::clock::{SECOND_US, Timestamp};
use crate::observation::{JobObservations, Outcomes, SchedulerJob, SeenJob};

/// What is said of jobs elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct KnownJobs<'a> {
    pub declared: &'a [JobPlan],
    pub scheduler: &'a [SchedulerJob],
    /// The zone that times of day are inferred in.
    pub time_zone: Tz,
}

/// Each seen job by the bytes of its name.
pub fn jobs(seen: &BTreeMap<String, SeenJob>, known: KnownJobs<'_>) -> Vec<InventoryJob> {
    let declared: BTreeMap<&str, &JobPlan> =
        known.declared.iter().map(|job| (job.name.as_str(), job)).collect();
    let mut own: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for job in known.scheduler {
        own.entry(&job.name).or_default().extend(scheduled(job));
    }
    let entry = |(name, seen): (&String, &SeenJob)| {
        let schedule = Schedules {
            declared: declared
                .get(name.as_str())
                .and_then(|job| job.schedule.as_ref())
                .map(Schedule::effective),
            scheduler: own.remove(name.as_str()).unwrap_or_default(),
            recorded: recorded(&seen.counts),
            inferred: inferred(&seen.recent_starts, known.time_zone),
        };
        listed(name, &seen.counts, schedule)
    };
    seen.iter().map(entry).collect()
}

fn listed(name: &str, counts: &JobObservations, schedule: Schedules) -> InventoryJob {
    InventoryJob {
        name: name.to_owned(),
        runs: counts.outcomes.started(),
        retries: counts.outcomes.started_retries,
        first_started: counts.first_started,
        last_started: counts.last_started,
        statuses: statuses(&counts.outcomes),
        duration_ms: DurationFacts::of(&counts.durations).map(UsualDuration::from),
        overlapping_starts: counts.overlap.overlapping_starts,
        schedule,
    }
}

fn statuses(outcomes: &Outcomes) -> StatusCounts {
    StatusCounts {
        success: outcomes.completed,
        failed: outcomes.failed,
        timeout: outcomes.timed_out,
        cancelled: outcomes.cancelled,
        running: outcomes.in_flight,
        lost: outcomes.orphaned,
        skipped: outcomes.skipped(),
    }
}

/// What the rows of most runs say.
fn recorded(counts: &JobObservations) -> Option<String> {
    let most = counts.schedules.first()?;
    let schedule = most.effective_schedule.as_ref().or(most.schedule.as_ref())?;
    Some(match most.stagger_offset_s {
        Some(offset) if offset != 0 && most.effective_schedule.is_none() => format!("{schedule} +{offset}s"),
        _ => schedule.clone(),
    })
}

/// The schedule with its zone, and that it is switched off.
fn scheduled(job: &SchedulerJob) -> Option<String> {
    let off = if job.enabled == Some(false) { " (disabled)" } else { "" };
    let zone = job.time_zone.as_ref().filter(|zone| !["UTC", "GMT", "Etc/UTC"].contains(&zone.as_str()));
    let zone = zone.map(|zone| format!(" ({zone})")).unwrap_or_default();
    job.schedule.as_ref().map(|schedule| format!("{schedule}{zone}{off}"))
}

fn inferred(starts: &[Timestamp], zone: Tz) -> Option<InferredFacts> {
    let found = infer(starts, zone)?;
    let cron = found.rule.cron();
    Some(InferredFacts {
        text: found.rule.to_string(),
        offset_s: cron.as_ref().map_or(0, |cron| cron.offset.us() / SECOND_US),
        cron: cron.map(|cron| cron.expression),
        time_zone: found.time_zone.name().to_owned(),
        fit: found.fit,
    })
}
