//! How a watch stands between two looks, for whoever sits in front of it.

use std::fmt;

use crate::clock::Timestamp;
use crate::figure::{self, counted};
use crate::judgement::InterimVerdict;
use crate::legible;

/// Criteria that a screen has room for.
const MOST_LISTED: usize = 12;

/// Characters of a criterion, so that it is one line with its verdict.
const LONGEST: usize = 56;

/// Runs since the start of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunCounts {
    pub started: u64,
    pub completed: u64,
    pub failed: u64,
    /// Under way.
    pub running: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LiveLook {
    pub looks: u64,
    /// When it was.
    pub at: Timestamp,
    pub next: Timestamp,
    pub end: Timestamp,
    /// Every target and trigger, and how it stands.
    pub standings: Vec<(String, InterimVerdict)>,
    pub runs: RunCounts,
    /// The same at the look before; `None` at the first.
    pub before: Option<RunCounts>,
}

/// What needs a reader first.
const fn weight(verdict: InterimVerdict) -> u8 {
    match verdict {
        InterimVerdict::Failed => 0,
        InterimVerdict::NotDecidable => 1,
        InterimVerdict::Waiting => 2,
        InterimVerdict::Passed => 3,
    }
}

const fn mark(verdict: InterimVerdict) -> &'static str {
    match verdict {
        InterimVerdict::Failed => "✗",
        InterimVerdict::NotDecidable => "?",
        InterimVerdict::Waiting => "…",
        InterimVerdict::Passed => "✓",
    }
}

/// Several lines: the criteria, the runs, the time that is left.
impl fmt::Display for LiveLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut standings: Vec<_> = self.standings.iter().collect();
        standings.sort_by_key(|(criterion, verdict)| (weight(*verdict), criterion));
        for (criterion, verdict) in standings.iter().take(MOST_LISTED) {
            let criterion = legible::cut(&legible::visible(criterion), LONGEST);
            writeln!(f, "{} {criterion}: {}", mark(*verdict), verdict.words())?;
        }
        if let more @ 1.. = standings.len().saturating_sub(MOST_LISTED) {
            writeln!(f, "  and {} more", figure::count(more as u64))?;
        }
        let RunCounts { started, completed, failed, running } = self.runs;
        let before = self.before.unwrap_or_default();
        let since = if self.before.is_some() { "since the look before" } else { "since the start" };
        writeln!(
            f,
            "{} running now; {since} {} started, {} completed, {} failed",
            figure::count(running),
            figure::count(started.saturating_sub(before.started)),
            figure::count(completed.saturating_sub(before.completed)),
            figure::count(failed.saturating_sub(before.failed)),
        )?;
        let left = figure::span(self.end.since(self.at).as_seconds());
        let looks = counted(self.looks, "look", "looks");
        write!(f, "{looks}; the next at {}; {left} left", figure::time(self.next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_reader_stands_first() {
        use InterimVerdict::{Passed, Waiting};
        let at = |minute: i64| Timestamp(minute * 60_000_000);
        let named = |(name, verdict): (&str, InterimVerdict)| (name.to_owned(), verdict);
        let runs = RunCounts { started: 40, completed: 36, failed: 1, running: 3 };
        let look = LiveLook {
            looks: 7,
            at: at(7),
            next: at(8),
            end: at(30),
            standings: [("a", Passed), ("b\n", Waiting)].map(named).to_vec(),
            runs,
            before: Some(RunCounts { started: 30, completed: 29, failed: 0, running: 1 }),
        };
        assert_eq!(
            look.to_string(),
            "… b␊: waiting for evidence\n✓ a: passed\n\
             3 running now; since the look before 10 started, 7 completed, 1 failed\n\
             7 looks; the next at 00:08; 23 min left"
        );
        let many = (0..20).map(|nth| (format!("{nth:02}"), Passed)).collect();
        let first = LiveLook { standings: many, before: None, ..look };
        let shown = first.to_string();
        assert!(shown.contains("\n  and 8 more\n3 running now; since the start 40 started"), "{shown}");
    }
}
