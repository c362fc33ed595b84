//! What the names of columns say, in the languages that tables are written in.

use crate::mapping::EpochUnit;
use crate::run::Field;

const WORDS: &[(Field, &[&str])] = &[
    (
        Field::JobName,
        &[
            "job", "jobname", "name", "task", "taskname", "dag", "process", "proc", "program", "script",
            "command", "cmd", "cron", "flow", "workflow", "pipeline", "auftrag", "aufgabe", "lauf", "what",
            "which",
        ],
    ),
    (
        Field::StartedAt,
        &[
            "start",
            "started",
            "starttime",
            "startedat",
            "begin",
            "began",
            "begun",
            "beginn",
            "from",
            "launched",
            "executed",
            "run",
            "ran",
            "von",
            "gestartet",
            "anfang",
            "inicio",
            "debut",
            "kickoff",
        ],
    ),
    (
        Field::FinishedAt,
        &[
            "end",
            "ended",
            "endtime",
            "finish",
            "finished",
            "finishedat",
            "stop",
            "stopped",
            "complete",
            "completed",
            "completion",
            "done",
            "until",
            "to",
            "ende",
            "bis",
            "beendet",
            "fin",
            "closed",
        ],
    ),
    (Field::ScheduledAt, &["scheduled", "planned", "due", "expected", "nominal", "fire", "soll", "geplant"]),
    (
        Field::Status,
        &[
            "status",
            "state",
            "stat",
            "result",
            "outcome",
            "ok",
            "success",
            "successful",
            "succeeded",
            "exit",
            "rc",
            "code",
            "returncode",
            "exitcode",
            "zustand",
            "ergebnis",
            "erfolg",
            "verdict",
        ],
    ),
    (
        Field::ErrorMessage,
        &[
            "error",
            "err",
            "errors",
            "message",
            "msg",
            "exception",
            "reason",
            "output",
            "detail",
            "details",
            "fehler",
            "meldung",
            "trace",
        ],
    ),
    (Field::Attempt, &["attempt", "attempts", "try", "tries", "retry", "retries", "versuch"]),
    (Field::Worker, &["worker", "host", "hostname", "node", "machine", "agent", "pod", "rechner"]),
    (
        Field::Duration,
        &[
            "duration", "took", "elapsed", "runtime", "dauer", "laufzeit", "length", "seconds", "secs",
            "sec", "millis", "ms", "time",
        ],
    ),
];

/// Names of times that are about the row and not about the run.
const BOOKKEEPING: &[&str] =
    &["created", "updated", "modified", "inserted", "deleted", "changed", "angelegt"];

/// The words of a name, lower case: `startedAt` and `started_at` have the same.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (small && c.is_uppercase()) {
            words.push(String::new());
        }
        small = c.is_lowercase() || c.is_numeric();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// How many words of `name` speak of `field`.
pub(super) fn score(name: &str, field: Field) -> u32 {
    let known = WORDS.iter().find(|(of, _)| *of == field).map_or(&[][..], |(_, words)| words);
    let found = words(name).iter().filter(|word| known.contains(&word.as_str())).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

pub(super) fn is_bookkeeping(name: &str) -> bool {
    words(name).iter().any(|word| BOOKKEEPING.contains(&word.as_str()))
}

/// The unit that a name ends in.
pub(super) fn unit(name: &str) -> Option<EpochUnit> {
    words(name).iter().find_map(|word| match word.as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunden" => Some(EpochUnit::Seconds),
        "ms" | "msec" | "millis" | "milliseconds" => Some(EpochUnit::Milliseconds),
        "us" | "micros" | "microseconds" => Some(EpochUnit::Microseconds),
        _ => None,
    })
}
