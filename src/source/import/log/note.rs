//! What of a log became no run, counted.

use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    /// Lines that no pattern describes.
    Unmatched,
    /// Ends whose start nobody told.
    EndWithoutStart,
    /// Starts that were told again.
    Repeated,
    /// Starts that were given up because too many were open.
    GivenUp,
    /// Runs that ended before anything of them started.
    NeverStarted,
    /// Fires that a controller says it missed.
    MissedFire,
    /// Skipped runs of which the log has only a number.
    SkippedUncounted,
    /// Jobs that no schedule made.
    NotScheduled,
}

/// What a reader has to know of a log that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogNotes {
    counts: BTreeMap<Note, u64>,
    /// What logs of this kind cannot tell.
    limits: Vec<String>,
}

impl Note {
    fn sentence(self, count: u64) -> String {
        let of = |one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        match self {
            Self::Unmatched => of("line tells of no run", "lines tell of no run"),
            Self::EndWithoutStart => of(
                "end has no start and is no run; the start may be in an earlier file",
                "ends have no start and are no runs; the starts may be in an earlier file",
            ),
            Self::Repeated => of("start is in the log twice", "starts are in the log twice"),
            Self::GivenUp => of(
                "start without an end was closed as running: too many were open",
                "starts without an end were closed as running: too many were open",
            ),
            Self::NeverStarted => of(
                "run failed before anything of it started, and is no run here",
                "runs failed before anything of them started, and are no runs here",
            ),
            Self::MissedFire => of(
                "run was missed, says the log, and is no run here",
                "runs were missed, says the log, and are no runs here",
            ),
            Self::SkippedUncounted => of(
                "more skipped run has no time of its own and is left out",
                "more skipped runs have no time of their own and are left out",
            ),
            Self::NotScheduled => of(
                "job was made by no schedule and is left out",
                "jobs were made by no schedule and are left out",
            ),
        }
    }
}

impl LogNotes {
    pub(super) fn add(&mut self, note: Note, count: u64) {
        if count > 0 {
            *self.counts.entry(note).or_default() += count;
        }
    }

    pub(super) fn limit(&mut self, limit: impl Into<String>) {
        self.limits.push(limit.into());
    }

    pub(super) fn limits<L: AsRef<str>>(&mut self, limits: &[L]) {
        self.limits.extend(limits.iter().map(|limit| limit.as_ref().to_owned()));
    }

    /// A sentence each: what was counted, then what such a log cannot tell.
    pub fn sentences(&self) -> impl Iterator<Item = String> + '_ {
        let counted = self.counts.iter().map(|(note, count)| note.sentence(*count));
        counted.chain(self.limits.iter().cloned())
    }
}
