//! What a watch has to say, and its words.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::live::LiveLook;
use crate::clock::Timestamp;
use crate::figure::{self, counted};
use crate::judgement::{DecisionVerdict, InterimVerdict};
use crate::legible;
use crate::report::caveat::Caveat;
use crate::window::Period;

/// Why nothing was seen for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// The database did not answer, or could not be read.
    Source,
    /// The store could not be read.
    Store,
    /// The program did not run.
    Stopped,
}

impl GapCause {
    const fn words(self) -> &'static str {
        match self {
            Self::Source => "the rows could not be read",
            Self::Store => "the store could not be read",
            Self::Stopped => "the watch was not running",
        }
    }
}

impl WatchGap {
    /// The same for the report that a watch ends with.
    pub(super) fn caveat(self) -> Caveat {
        Caveat::not_watched(self.period, self.cause.words())
    }
}

/// A stretch in which nothing was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchGap {
    pub period: Period,
    pub cause: GapCause,
}

/// What is new since the look before.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    Begins {
        until: Timestamp,
        resumed: bool,
    },
    /// Nothing of the window has passed yet.
    NotBegun {
        start: Timestamp,
    },
    Changed {
        criterion: String,
        verdict: InterimVerdict,
        reason: String,
    },
    /// What is shown so far decides otherwise than at the look before.
    Decides {
        before: DecisionVerdict,
        now: DecisionVerdict,
    },
    /// How all stand after so many looks.
    Stands {
        looks: u64,
        counts: BTreeMap<InterimVerdict, usize>,
        started: u64,
    },
    /// What a live view shows between two looks.
    Looked(LiveLook),
    Away {
        cause: GapCause,
        problem: String,
    },
    Back(WatchGap),
    Checkpoints {
        new: usize,
        next: Option<Timestamp>,
    },
    /// The store could not be written to.
    NotKept {
        problem: String,
    },
    /// A measurement could not be taken.
    NotSampled {
        problem: String,
    },
    /// A receiver did not take a message.
    NotDelivered {
        receiver: String,
        problem: String,
    },
    /// The program ends, and receivers did not take so many messages.
    LeftUndelivered {
        messages: u64,
        are_kept: bool,
    },
    EndsEarly {
        failed: String,
    },
    Ends {
        gaps: Vec<WatchGap>,
    },
    Stopped {
        looks: u64,
        counts: BTreeMap<InterimVerdict, usize>,
    },
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begins { until, resumed } => {
                let word = if *resumed { "goes on" } else { "begins" };
                write!(f, "the watch {word}; it ends at {}", figure::instant(*until))
            }
            Self::NotBegun { start } => {
                write!(f, "the window after the change starts at {}", figure::instant(*start))
            }
            Self::Changed { criterion, verdict, reason } => {
                write!(f, "{}: {criterion}: {reason}", verdict.words())
            }
            Self::Decides { before, now } => {
                write!(f, "the decision so far: {}; before: {}", now.words(), before.words())
            }
            Self::Stands { looks, counts, started } => {
                write!(f, "look {looks}: {}; {} started", listed(counts), counted(*started, "run", "runs"))
            }
            Self::Looked(look) => write!(f, "{look}"),
            Self::Away { cause, problem } => {
                let what = match cause {
                    GapCause::Store => "the store cannot be read, so that nothing can be seen",
                    GapCause::Source | GapCause::Stopped => "nothing can be seen",
                };
                write!(f, "{what}, and the watch goes on: {}", legible::prose(problem))
            }
            Self::Back(gap) => write!(f, "seen again; {gap}"),
            Self::Checkpoints { new, next } => {
                let taken = counted(*new as u64, "checkpoint was", "checkpoints were");
                let next = next.map(|at| format!("; the next is due at {}", figure::instant(at)));
                write!(f, "{taken} taken{}", next.unwrap_or_default())
            }
            Self::NotKept { problem } => {
                write!(f, "the store cannot be used, and the watch goes on: {}", legible::prose(problem))
            }
            Self::NotSampled { problem } => write!(f, "not sampled: {}", legible::prose(problem)),
            Self::NotDelivered { receiver, problem } => {
                write!(f, "no message to {}: it {}", legible::name(receiver), legible::prose(problem))
            }
            Self::LeftUndelivered { messages, are_kept } => {
                let messages = counted(*messages, "message was", "messages were");
                let next = if *are_kept {
                    "the next watch or checkpoint of this deployment tries again"
                } else {
                    "lost without --store"
                };
                write!(f, "{messages} not delivered; {next}")
            }
            Self::EndsEarly { failed } => write!(f, "the watch ends early: {failed} failed"),
            Self::Ends { gaps } => write!(f, "the watch ends; {}", ended(gaps)),
            Self::Stopped { looks, counts } => {
                let looks = counted(*looks, "look", "looks");
                write!(f, "stopped after {looks}; nothing is decided: {}", listed(counts))
            }
        }
    }
}

/// What was not watched.
pub(super) fn ended(gaps: &[WatchGap]) -> String {
    if gaps.is_empty() {
        return "it has no gap".to_owned();
    }
    gaps.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// `3 passed, 1 waiting for evidence`
pub(super) fn listed(counts: &BTreeMap<InterimVerdict, usize>) -> String {
    if counts.is_empty() {
        return "nothing seen yet".to_owned();
    }
    let counts = counts.iter().map(|(verdict, count)| format!("{count} {}", verdict.words()));
    counts.collect::<Vec<_>>().join(", ")
}

impl fmt::Display for WatchGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Period { start, end } = self.period;
        let length = figure::span(end.since(start).as_seconds());
        write!(f, "not watched {} ({length}): {}", figure::period(start, end), self.cause.words())
    }
}
