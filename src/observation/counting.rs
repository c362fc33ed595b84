//! What decides how rows are counted, whoever counts them. Thresholds that only the analysis applies are
//! not among it.

use crate::clock::Span;
use crate::window::{Exclusion, PerSide, Side};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Declared,
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountingSettings {
    pub scope: Scope,
    /// The declared jobs, in order of declaration.
    pub jobs: Vec<CountedJob>,
    /// Periods that belong to neither window, as declared.
    pub exclusions: Vec<Exclusion>,
    /// How far before a window's start runs are looked for that may still occupy.
    pub longest_run: Span,
    /// Age from which a run still running counts as lost, unless its job says otherwise.
    pub orphan_after: Span,
    /// Every run without an end is lost.
    pub nothing_in_flight: bool,
    /// Length from which an ended run counts as slow.
    pub slow_after: Span,
    /// The cycle that starts are placed in; whole seconds.
    pub cycle: Span,
    /// The clock-aligned window that simultaneous starts are counted in.
    pub burst_window: Span,
}

impl CountingSettings {
    fn declared(&self, job: &str) -> impl Iterator<Item = &CountedJob> {
        self.jobs.iter().filter(move |declared| declared.name == job)
    }

    /// The age from which a run of a job that is still running counts as lost.
    pub fn orphan_after(&self, job: &str) -> Span {
        self.declared(job).find_map(|declared| declared.orphan_after).unwrap_or(self.orphan_after)
    }

    /// The offset of a declared job in a window; `None` without a schedule.
    pub fn offset(&self, job: &str, side: Side) -> Option<Span> {
        self.declared(job).find_map(|declared| declared.offset_in(side))
    }
}

/// A declared job, as far as its rows are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedJob {
    pub name: String,
    /// An earlier name; its runs count as this job's.
    pub was: Option<String>,
    /// Age from which a run still running counts as lost.
    pub orphan_after: Option<Span>,
    /// The offset in force; `None` without a schedule.
    pub offsets: PerSide<Option<Span>>,
}

impl CountedJob {
    pub fn offset_in(&self, side: Side) -> Option<Span> {
        *self.offsets.get(side)
    }

    pub fn is_scheduled(&self) -> bool {
        self.offsets.iter().any(Option::is_some)
    }
}
