//! Words for a status, in the languages that tables are written in.

use crate::mapping::StatusMeaning;
use crate::run::{SkipReason, Status};

const MEANINGS: &[(StatusMeaning, &[&str])] = &[
    (
        StatusMeaning::Is(Status::Success),
        &[
            "ok",
            "okay",
            "success",
            "succeeded",
            "successful",
            "done",
            "complete",
            "completed",
            "finished",
            "passed",
            "true",
            "t",
            "yes",
            "good",
            "erfolg",
            "erfolgreich",
            "fertig",
            "ended",
        ],
    ),
    (
        StatusMeaning::Is(Status::Failed),
        &[
            "fail",
            "failed",
            "failure",
            "error",
            "errored",
            "err",
            "ko",
            "crash",
            "crashed",
            "exception",
            "false",
            "f",
            "no",
            "bad",
            "broken",
            "fehler",
            "fehlgeschlagen",
            "fehlschlag",
        ],
    ),
    (
        StatusMeaning::Is(Status::Running),
        &[
            "running",
            "run",
            "started",
            "starting",
            "active",
            "busy",
            "executing",
            "processing",
            "inprogress",
            "progress",
            "laeuft",
            "läuft",
            "aktiv",
        ],
    ),
    (StatusMeaning::Is(Status::Timeout), &["timeout", "timedout", "expired", "zeitüberschreitung"]),
    (
        StatusMeaning::Is(Status::Cancelled),
        &["cancel", "cancelled", "canceled", "aborted", "killed", "stopped", "terminated", "abgebrochen"],
    ),
    (StatusMeaning::Skipped(SkipReason::Lock), &["locked", "skippedlock"]),
    (StatusMeaning::Skipped(SkipReason::Overlap), &["skippedoverlap"]),
    (StatusMeaning::Is(Status::Skipped), &["skip", "skipped", "ignored", "übersprungen"]),
    (
        StatusMeaning::Open,
        &[
            "queued",
            "pending",
            "scheduled",
            "waiting",
            "new",
            "created",
            "enqueued",
            "open",
            "ready",
            "wartend",
            "geplant",
        ],
    ),
];

/// What a word means by itself; `None` where the table of words does not have it.
pub(super) fn meaning(word: &str) -> Option<StatusMeaning> {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    MEANINGS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(meaning, _)| *meaning)
}
