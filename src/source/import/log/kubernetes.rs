//! Events of `CronJob`s and their Jobs, as `kubectl get events -o json` writes them: a list, or with `--watch` one
//! event after the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::event::{Alone, Begin, End, Event, LogEntry, Tells};
use super::note::{LogNotes, Note};
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::run::Status;
use crate::source::import::fault::{BadLine, Fault, ReadError};
use crate::source::import::lines::Lines;

pub(super) const LIMITS: [&str; 3] = [
    "a cluster keeps events for an hour unless told otherwise: what is older is missing",
    "a run begins when its Job is made, and ends when the Job does: waiting for a node, pulling images and retries of pods are part of it",
    "equal events are counted in one, with the time of the first and of the last",
];

/// A Job that began later than this after a time is not the one of that time.
const LATEST_START: Span = Span::seconds(7 * 86_400);

/// What `kubectl` writes, one after the other.
#[derive(Debug, Deserialize)]
struct Document {
    /// Of a list.
    items: Option<Vec<ClusterEvent>>,
    /// With `--output-watch-events`.
    object: Option<ClusterEvent>,
    #[serde(flatten)]
    event: ClusterEvent,
}

/// An event of the API `v1` or `events.k8s.io/v1`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ClusterEvent {
    reason: Option<String>,
    #[serde(alias = "note")]
    message: Option<String>,
    #[serde(alias = "regarding")]
    involved_object: Involved,
    #[serde(alias = "deprecatedFirstTimestamp")]
    first_timestamp: Option<String>,
    #[serde(alias = "deprecatedLastTimestamp")]
    last_timestamp: Option<String>,
    event_time: Option<String>,
    #[serde(alias = "deprecatedCount")]
    count: Option<u64>,
    series: Option<EventSeries>,
    metadata: Metadata,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Involved {
    kind: String,
    namespace: Option<String>,
    name: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EventSeries {
    count: u64,
    last_observed_time: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Metadata {
    name: Option<String>,
    namespace: Option<String>,
    uid: Option<String>,
    creation_timestamp: Option<String>,
}

impl Document {
    fn events(self) -> Vec<ClusterEvent> {
        self.items.unwrap_or_else(|| vec![self.object.unwrap_or(self.event)])
    }
}

impl ClusterEvent {
    /// What it is known by when it is written again.
    fn key(&self, place: impl FnOnce() -> String) -> (String, String) {
        let name = self.metadata.uid.as_ref().or(self.metadata.name.as_ref());
        (self.namespace().to_owned(), name.cloned().unwrap_or_else(place))
    }

    fn job_name(&self) -> String {
        format!("{}/{}", self.namespace(), self.involved_object.name)
    }

    fn first(&self) -> Option<Timestamp> {
        let times = [
            &self.first_timestamp,
            &self.event_time,
            &self.last_timestamp,
            &self.metadata.creation_timestamp,
        ];
        times.into_iter().flatten().find_map(|text| text.parse().ok())
    }

    fn last(&self) -> Option<Timestamp> {
        let observed = self.series.as_ref().and_then(|series| series.last_observed_time.as_ref());
        let last = observed.or(self.last_timestamp.as_ref()).and_then(|text| text.parse().ok());
        last.or_else(|| self.first())
    }

    fn count(&self) -> u64 {
        let series = self.series.as_ref().map(|series| series.count);
        series.or(self.count).unwrap_or(1).max(1)
    }

    fn namespace(&self) -> &str {
        let namespace = self.involved_object.namespace.as_ref().or(self.metadata.namespace.as_ref());
        namespace.map_or("default", String::as_str)
    }

    /// The last word of a message such as `Created job NAME`.
    fn named(&self, before: &str) -> Option<&str> {
        let rest = self.message.as_deref()?.strip_prefix(before)?;
        rest.split([',', ' ']).next().filter(|name| !name.is_empty())
    }
}

/// All events, in the order of time: a list is in none, and of a watch the later ones replace earlier ones.
#[derive(Debug)]
pub(in crate::source::import) struct Kubernetes {
    events: std::vec::IntoIter<Event>,
}

impl Kubernetes {
    pub(super) fn read(files: &[PathBuf], notes: &mut LogNotes) -> Result<Self, ReadError> {
        let mut latest: BTreeMap<(String, String), ClusterEvent> = BTreeMap::new();
        for file in files {
            let documents = serde_json::Deserializer::from_reader(Lines::open(file)?.into_reader());
            for (place, document) in documents.into_iter().enumerate() {
                let document: Document = document.map_err(|error| not_events(file, &error))?;
                for (number, event) in document.events().into_iter().enumerate() {
                    let key = event.key(|| format!("{} {place} {number}", file.display()));
                    let is_older = latest.get(&key).is_some_and(|known| known.count() > event.count());
                    if !is_older {
                        latest.insert(key, event);
                    }
                }
            }
        }
        let mut jobs = ClusterJobs::default();
        for event in latest.values() {
            jobs.take(event, notes);
        }
        Ok(Self { events: jobs.events(notes).into_iter() })
    }

    pub(super) fn next(&mut self) -> Option<LogEntry> {
        self.events.next().map(LogEntry::Event)
    }

    /// Whether a beginning of a file is that of a list of events, or of an event.
    pub(in crate::source::import) fn is_list(head: &str) -> bool {
        let has = |key: &str| head.contains(&format!("\"{key}\""));
        head.trim_start().starts_with('{') && (has("involvedObject") || has("regarding")) && has("reason")
    }
}

fn not_events(file: &Path, error: &serde_json::Error) -> ReadError {
    let fault = Fault::Json(format!("not events as kubectl writes them: {error}"));
    let line = u64::try_from(error.line()).unwrap_or(u64::MAX);
    BadLine { file: file.to_owned(), line, fault }.into()
}

/// A Job, as its events tell of it.
#[derive(Debug, Default)]
struct ClusterJob {
    /// The name of the `CronJob`, as its events have it.
    made_by: Option<String>,
    made: Option<Timestamp>,
    pod_made: Option<Timestamp>,
    ended: Option<(Timestamp, Status, Option<String>)>,
    /// The controller of the `CronJob` sees an end some time after it.
    seen_ended: Option<(Timestamp, Status)>,
    deleted: Option<Timestamp>,
}

/// By namespace and name.
#[derive(Debug, Default)]
struct ClusterJobs {
    jobs: BTreeMap<(String, String), ClusterJob>,
    skipped: Vec<(String, Timestamp)>,
}

impl ClusterJobs {
    fn take(&mut self, event: &ClusterEvent, notes: &mut LogNotes) {
        let object = &event.involved_object;
        let reason = event.reason.as_deref().unwrap_or_default();
        let Some(at) = event.first() else { return notes.add(Note::Unmatched, 1) };
        match (object.kind.as_str(), reason) {
            ("CronJob", "JobAlreadyActive") => self.skip(event, at, notes),
            ("CronJob", "MissSchedule" | "TooManyMissedTimes") => notes.add(Note::MissedFire, event.count()),
            ("CronJob", "FailedCreate") => notes.add(Note::NeverStarted, event.count()),
            ("CronJob", _) => self.of_cron_job(event, reason, at, notes),
            ("Job", _) => self.of_job(event, reason, at, notes),
            _ => notes.add(Note::Unmatched, 1),
        }
    }

    fn job(&mut self, namespace: &str, name: &str) -> &mut ClusterJob {
        self.jobs.entry((namespace.to_owned(), name.to_owned())).or_default()
    }

    fn skip(&mut self, event: &ClusterEvent, at: Timestamp, notes: &mut LogNotes) {
        let job = event.job_name();
        let (count, last) = (event.count(), event.last().unwrap_or(at));
        self.skipped.push((job.clone(), at));
        if count > 1 {
            self.skipped.push((job, last));
        }
        notes.add(Note::SkippedUncounted, count.saturating_sub(2));
    }

    fn of_cron_job(&mut self, event: &ClusterEvent, reason: &str, at: Timestamp, notes: &mut LogNotes) {
        let before = match reason {
            "SuccessfulCreate" => "Created job ",
            "SawCompletedJob" => "Saw completed job: ",
            "SuccessfulDelete" => "Deleted job ",
            "MissingJob" => "Active job went missing: ",
            _ => return notes.add(Note::Unmatched, 1),
        };
        let Some(name) = event.named(before) else { return notes.add(Note::Unmatched, 1) };
        let job = self.job(event.namespace(), name);
        job.made_by = Some(event.involved_object.name.clone());
        match reason {
            "SuccessfulCreate" => job.made = Some(at),
            "SawCompletedJob" => {
                let is_failed = event.message.as_deref().is_some_and(|message| message.ends_with("Failed"));
                job.seen_ended = Some((at, if is_failed { Status::Failed } else { Status::Success }));
            }
            _ => job.deleted = Some(at),
        }
    }

    fn of_job(&mut self, event: &ClusterEvent, reason: &str, at: Timestamp, notes: &mut LogNotes) {
        let job = self.job(event.namespace(), &event.involved_object.name);
        let status = match reason {
            "SuccessfulCreate" => {
                job.pod_made = Some(job.pod_made.map_or(at, |known| known.min(at)));
                return;
            }
            "Completed" => Status::Success,
            "DeadlineExceeded" => Status::Timeout,
            "BackoffLimitExceeded" | "PodFailurePolicy" | "FailedIndexes" | "MaxFailedIndexesExceeded" => {
                Status::Failed
            }
            _ => return notes.add(Note::Unmatched, 1),
        };
        let message = event.message.as_deref().unwrap_or_default();
        let error = (status != Status::Success).then(|| format!("{reason}: {message}"));
        if job.ended.as_ref().is_none_or(|(known, ..)| at < *known) {
            job.ended = Some((at, status, error));
        }
    }

    /// Starts and ends in the order of time, a start before an end of the same second.
    fn events(self, notes: &mut LogNotes) -> Vec<Event> {
        let mut events: Vec<Event> = self.skipped.into_iter().map(|(job, at)| skipped(job, at)).collect();
        for ((namespace, name), job) in self.jobs {
            events.extend(job.events(&namespace, &name, notes));
        }
        events.sort_by_key(|event| (event.at, matches!(event.tells, Tells::End(_))));
        events
    }
}

impl ClusterJob {
    fn events(self, namespace: &str, name: &str, notes: &mut LogNotes) -> Vec<Event> {
        let start = self.made.or(self.pod_made);
        let seen_ended = self.seen_ended.map(|(at, status)| (at, status, None));
        let deleted = self.deleted.map(|at| (at, Status::Cancelled, None));
        let end = self.ended.or(seen_ended).or(deleted.filter(|_| start.is_some()));
        let Some(first) = start.or(end.as_ref().map(|(at, ..)| *at)) else {
            notes.add(Note::Unmatched, 1);
            return Vec::new();
        };
        let by_name = scheduled(name, first);
        let cron_job = self.made_by.as_deref().or(by_name.map(|(cron_job, _)| cron_job));
        let Some(cron_job) = cron_job else {
            notes.add(Note::NotScheduled, 1);
            return Vec::new();
        };
        let (job, id) = (format!("{namespace}/{cron_job}"), format!("{namespace}/{name}"));
        let event =
            |at, tells| Event { at, is_whole: true, job: Some(job.clone()), id: Some(id.clone()), tells };
        let scheduled_at = by_name.map(|(_, at)| at);
        let begin = Begin { run_id: Some(id.clone()), scheduled_at, ..Begin::default() };
        let end = end.map(|(at, status, error)| event(at, Tells::End(ended(status, error))));
        start.map(|at| event(at, Tells::Start(begin))).into_iter().chain(end).collect()
    }
}

fn ended(status: Status, error: Option<String>) -> End {
    let alone = Alone::Nothing;
    End { status, duration: None, error, skip_reason: None, alone, begin: Begin::default() }
}

fn skipped(job: String, at: Timestamp) -> Event {
    let end =
        End { skip_reason: Some("overlap".to_owned()), alone: Alone::Moment, ..ended(Status::Skipped, None) };
    Event { at, is_whole: true, job: Some(job), id: None, tells: Tells::End(end) }
}

/// The `CronJob` and the scheduled time in a Job's name, `backup-29394720`: minutes since the epoch, before
/// Kubernetes 1.21 seconds. Of a Job that begins long after, the number is something else.
fn scheduled(name: &str, first: Timestamp) -> Option<(&str, Timestamp)> {
    let (cron_job, number) = name.rsplit_once('-')?;
    let unit_us = if number.len() >= 10 { SECOND_US } else { 60 * SECOND_US };
    let at = Timestamp(number.parse::<i64>().ok()?.checked_mul(unit_us)?);
    let late = first.since(at).us();
    (0..=LATEST_START.us()).contains(&late).then_some((cron_job, at))
}
