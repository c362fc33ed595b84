//! Events of Kubernetes. They are made up; reasons and messages are those of its controllers.

use serde_json::{Value, json};

use crate::support::own_log::LogDesk;

/// The scheduled minute of noon, 2026-11-23T12:00Z, in minutes since the epoch.
const NOON_MIN: i64 = 29_923_920;

fn event(time: &str, kind: &str, name: &str, reason: &str, message: &str) -> Value {
    let at = format!("2026-11-23T{time}Z");
    json!({
        "apiVersion": "v1", "kind": "Event", "type": "Normal", "count": 1,
        "involvedObject": {"apiVersion": "batch/v1", "kind": kind, "name": name, "namespace": "shop"},
        "metadata": {"name": format!("{name}.{reason}.{time}"), "namespace": "shop", "creationTimestamp": at},
        "reason": reason, "message": message, "firstTimestamp": at, "lastTimestamp": at,
        "eventTime": null, "source": {"component": "cronjob-controller"}
    })
}

/// A Job of the cron job `sync`, so many minutes after noon.
fn job(minute: i64) -> String {
    format!("sync-{}", NOON_MIN + minute)
}

fn made(time: &str, minute: i64) -> Value {
    event(time, "CronJob", "sync", "SuccessfulCreate", &format!("Created job {}", job(minute)))
}

fn of_job(time: &str, minute: i64, reason: &str, message: &str) -> Value {
    event(time, "Job", &job(minute), reason, message)
}

fn events() -> Vec<Value> {
    let seen = |time, minute, condition: &str| {
        let message = format!("Saw completed job: {}, condition: {condition}", job(minute));
        event(time, "CronJob", "sync", "SawCompletedJob", &message)
    };
    let mut again = event("12:07:01", "CronJob", "sync", "JobAlreadyActive", "Not starting job because …");
    again["count"] = json!(4);
    again["lastTimestamp"] = json!("2026-11-23T12:10:01Z");
    let mut new_api = event("12:20:00", "Job", &job(20), "Completed", "Job completed");
    let fields = new_api.as_object_mut().unwrap();
    let message = fields.remove("message").unwrap();
    let object = fields.remove("involvedObject").unwrap();
    fields.insert("note".to_owned(), message);
    fields.insert("regarding".to_owned(), object);
    for (old, new) in
        [("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp")]
    {
        fields.remove(old);
        fields.insert(new.to_owned(), Value::Null);
    }
    fields.insert("eventTime".to_owned(), json!("2026-11-23T12:20:30.250000Z"));
    vec![
        // Ends come before their starts, as a list has them.
        of_job("12:00:42", 0, "Completed", "Job completed"),
        seen("12:00:50", 0, "Complete"),
        made("12:00:01", 0),
        of_job("12:00:01", 0, "SuccessfulCreate", &format!("Created pod: {}-x7", job(0))),
        made("12:01:01", 1),
        of_job("12:01:30", 1, "BackoffLimitExceeded", "Job has reached the specified backoff limit"),
        seen("12:01:40", 1, "Failed"),
        made("12:02:01", 2),
        of_job("12:02:31", 2, "DeadlineExceeded", "Job was active longer than specified deadline"),
        // Only the controller of CronJobs told of its end.
        made("12:03:01", 3),
        seen("12:03:20", 3, "Failed"),
        // Replaced by the next.
        made("12:04:01", 4),
        event("12:05:00", "CronJob", "sync", "SuccessfulDelete", &format!("Deleted job {}", job(4))),
        made("12:05:01", 5),
        // Known by its pod only, and running.
        of_job("12:06:01", 6, "SuccessfulCreate", &format!("Created pod: {}-k2", job(6))),
        again,
        event("12:15:00", "CronJob", "sync", "MissSchedule", "Missed scheduled time to start a job"),
        event("12:16:00", "CronJob", "sync", "FailedCreate", "Error creating job: quota"),
        new_api,
        event("12:21:00", "Job", "migrate-20260101", "SuccessfulCreate", "Created pod: migrate-x"),
        event("12:22:00", "Pod", "sync-1", "Pulled", "Container image already present"),
        event("12:23:00", "CronJob", "sync", "SuccessfulDelete", "Deleted job sync-1"),
    ]
}

const RUNS: [&str; 9] = [
    "shop/sync|12:00:01.000|12:00:42.000|success||",
    "shop/sync|12:01:01.000|12:01:30.000|failed||BackoffLimitExceeded: Job has reached the specified backoff limit",
    "shop/sync|12:02:01.000|12:02:31.000|timeout||DeadlineExceeded: Job was active longer than specified deadline",
    "shop/sync|12:03:01.000|12:03:20.000|failed||",
    "shop/sync|12:04:01.000|12:05:00.000|cancelled||",
    "shop/sync|12:05:01.000||running||",
    "shop/sync|12:06:01.000||running||",
    "shop/sync|12:07:01.000||skipped|overlap|",
    "shop/sync|12:10:01.000||skipped|overlap|",
];

#[track_caller]
fn notes_are_complete(notes: &str) {
    for note in [
        "1 end has no start and is no run",
        "1 run was missed, says the log",
        "1 run failed before anything of it started",
        "2 more skipped runs have no time of their own",
        "1 job was made by no schedule",
        "2 lines tell of no run",
        "a cluster keeps events for an hour",
    ] {
        assert!(notes.contains(note), "{note}:\n{notes}");
    }
}

#[test]
fn a_list_of_events_is_put_in_order() {
    let desk = LogDesk::new("");
    let list =
        json!({"apiVersion": "v1", "items": events(), "kind": "List", "metadata": {"resourceVersion": ""}});
    let list = desk.put("events.json", serde_json::to_string_pretty(&list).unwrap());
    let (said, notes) = desk.import(&[&list]);
    assert_eq!(desk.rows(), RUNS);
    notes_are_complete(&notes);
    let scheduled =
        "SELECT DISTINCT (started_at - scheduled_at) / 1000000 FROM job_runs WHERE status <> 'skipped'";
    assert_eq!(desk.database.rows(scheduled), [["1"]], "the name of a Job has its scheduled minute");
    assert!(said.contains("9 added"), "{said}");
    assert!(desk.import(&[&list]).0.contains("9 unchanged"));
}

#[test]
fn a_watch_tells_events_again_and_again() {
    let desk = LogDesk::new("");
    let mut once = events();
    // The first word on an event that is counted later.
    let mut early = once[15].clone();
    assert_eq!(early["reason"], "JobAlreadyActive");
    early["count"] = json!(1);
    once.insert(0, early);
    let plain: String =
        once.iter().map(|event| serde_json::to_string_pretty(event).unwrap() + "\n").collect();
    let (_, notes) = desk.import(&[&desk.put("watch.json", plain)]);
    assert_eq!(desk.rows(), RUNS);
    notes_are_complete(&notes);
    let watched: String =
        once.iter().map(|event| json!({"type": "ADDED", "object": event}).to_string() + "\n").collect();
    let path = desk.put("watch.ndjson", watched);
    assert!(desk.import_with(&["--format", "kubernetes"], &[&path]).0.contains("9 unchanged"));
    assert!(desk.import(&[&path]).0.contains("9 unchanged"), "the format is found");
}

#[test]
fn what_is_not_from_kubectl_is_refused() {
    let desk = LogDesk::new("");
    let path = desk.put("events.json", "{\"items\": [{\"reason\": 7, \"involvedObject\": {}}]}");
    let message = desk.refused(&[], &[&path]);
    assert!(message.contains("events.json, line 1: not events as kubectl writes them"), "{message}");
}

/// An event of the newer API is counted in a series.
#[test]
fn a_series_of_events_is_one_run_by_its_first_time() {
    let desk = LogDesk::new("");
    let mut created = made("12:00:01", 0);
    created["eventTime"] = json!("2026-11-23T12:00:01.123456Z");
    created["series"] = json!({"count": 3, "lastObservedTime": "2026-11-23T12:05:00.000000Z"});
    for key in ["firstTimestamp", "lastTimestamp", "count"] {
        created[key] = Value::Null;
    }
    let mut completed = of_job("12:00:31", 0, "Completed", "Job completed");
    completed["count"] = json!(7);
    completed["lastTimestamp"] = json!("2026-11-23T12:04:31Z");
    let mut skipped = event("12:07:01", "CronJob", "sync", "JobAlreadyActive", "Not starting job because …");
    skipped["series"] = json!({"count": 4, "lastObservedTime": "2026-11-23T12:10:01.000000Z"});
    let list = json!({"apiVersion": "v1", "items": [completed, skipped, created], "kind": "List"});
    let (_, notes) = desk.import(&[&desk.put("events.json", list.to_string())]);
    assert_eq!(
        desk.rows(),
        [
            "shop/sync|12:00:01.123|12:00:31.000|success||",
            "shop/sync|12:07:01.000||skipped|overlap|",
            "shop/sync|12:10:01.000||skipped|overlap|",
        ]
    );
    assert!(notes.contains("2 more skipped runs have no time of their own"), "{notes}");
}
