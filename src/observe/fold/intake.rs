//! Rows of the stream on their way to packed runs.

use std::collections::HashMap;
use std::sync::Arc;

use super::fires::Answer;
use super::outcomes;
use super::run::{Attempt, Fate, Group, PackedRun};
use crate::clock::Timestamp;
use crate::database::{ColumnType, StreamColumn, StreamRow, UnexpectedCell};
use crate::observation::punctual::PunctualJobs;
use crate::run::{SkipReason, Status};
use crate::source::relation::Relation;
use crate::window::{PerSide, Side, Window};

const fn column(name: &'static str, kind: ColumnType) -> StreamColumn {
    StreamColumn { name, kind }
}

/// The columns of `queries/scan.sql`.
pub(in crate::observe) const COLUMNS: [StreamColumn; 9] = [
    column("window_id", ColumnType::Int),
    column("job_name", ColumnType::Text),
    column("started_us", ColumnType::Int),
    column("finished_us", ColumnType::Int),
    column("status", ColumnType::Text),
    column("skip_reason", ColumnType::Text),
    column("attempt", ColumnType::Int),
    column("scheduled_us", ColumnType::Int),
    column("placed_us", ColumnType::Int),
];

/// The runs of one window: one group for each job of either window, in the order of the names.
#[derive(Debug)]
pub(super) struct WindowRuns<'a> {
    pub(super) window: &'a Window,
    /// Up to when a run in flight occupies.
    pub(super) in_flight_until_us: i64,
    pub(super) groups: Vec<Group<'a>>,
}

impl<'a> WindowRuns<'a> {
    fn new(window: &'a Window) -> Self {
        Self { window, in_flight_until_us: window.observed_end().us(), groups: Vec::new() }
    }

    /// Brings the runs of each job into the order of their starts.
    pub(super) fn sort(&mut self) {
        for group in &mut self.groups {
            group.sort(self.in_flight_until_us);
        }
    }
}

/// Everything taken in so far.
#[derive(Debug)]
pub(in crate::observe) struct Intake<'a> {
    relation: &'a Relation<'a>,
    names: Vec<String>,
    orphan_after_us: Vec<i64>,
    places: HashMap<String, usize>,
    punctual: &'a PerSide<Arc<PunctualJobs>>,
    windows: PerSide<WindowRuns<'a>>,
}

impl<'a> Intake<'a> {
    pub(in crate::observe) fn new(
        relation: &'a Relation<'a>,
        windows: &'a PerSide<Window>,
        punctual: &'a PerSide<Arc<PunctualJobs>>,
    ) -> Self {
        Self {
            relation,
            names: Vec::new(),
            orphan_after_us: Vec::new(),
            places: HashMap::new(),
            punctual,
            windows: PerSide {
                baseline: WindowRuns::new(&windows.baseline),
                stagger: WindowRuns::new(&windows.stagger),
            },
        }
    }

    pub(in crate::observe) fn take(&mut self, row: &StreamRow<'_>) -> Result<(), UnexpectedCell> {
        let baseline = row.int(0)? == Side::Baseline.id();
        let job = self.place(row.text(1)?);
        let Some(status) = Status::from_word(row.text(4)?) else {
            return Err(row.unexpected(4, "one of the six words"));
        };
        let reason = match row.optional_text(5)? {
            Some("lock") => SkipReason::Lock,
            Some("overlap") => SkipReason::Overlap,
            _ => SkipReason::Other,
        };
        let (started_us, scheduled_us, placed_us) = (row.optional_int(2)?, row.optional_int(7)?, row.int(8)?);
        let fate = Fate::of(status, reason, self.may_still_run(job, placed_us));
        let number = row.optional_int(6)?;
        let (answers_a_fire, attempt) = (number.is_none_or(|nth| nth == 1), Attempt::of(number));
        let WindowRuns { window, groups, .. } =
            if baseline { &mut self.windows.baseline } else { &mut self.windows.stagger };
        let observed = window.observes(Timestamp(placed_us));
        let Some(group) = groups.get_mut(job) else { return Ok(()) };
        let fire = scheduled_us.or(started_us).filter(|at| answers_a_fire && window.observes(Timestamp(*at)));
        if let (Some(fire_us), Some(offset_us)) = (fire, group.offset_us) {
            group.answers.push(Answer::new(fire_us - offset_us, started_us.is_some() && !fate.is_skipped()));
        }
        let Some(started_us) = started_us else {
            if observed {
                let half = usize::from(placed_us >= window.middle().us());
                outcomes::count_startless(&mut group.startless[half], fate, attempt);
            }
            return Ok(());
        };
        if let Some(scheduled_us) =
            scheduled_us.filter(|_| observed && !fate.is_skipped() && !attempt.is_retry())
        {
            if started_us < scheduled_us {
                group.delays.early += 1;
            } else {
                group.delays.table.add(started_us - scheduled_us);
            }
        }
        let mut run = PackedRun::new(started_us, row.optional_int(3)?, fate, observed);
        run.attempt = attempt;
        group.runs.push(run);
        Ok(())
    }

    /// How many jobs the rows so far are of.
    pub(in crate::observe) fn jobs(&self) -> usize {
        self.names.len()
    }

    /// The names of the jobs, and their runs in both windows.
    pub(super) fn into_runs(self) -> (Vec<String>, PerSide<WindowRuns<'a>>) {
        (self.names, self.windows)
    }

    /// The place of a job's name, a new one for a new name.
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len();
        let group = |side: Side| Group {
            offset_us: self.relation.offset_us(name, side),
            punctual: self.punctual.get(side).get(name),
            ..Group::default()
        };
        let (baseline, stagger) = (group(Side::Baseline), group(Side::Stagger));
        self.windows.baseline.groups.push(baseline);
        self.windows.stagger.groups.push(stagger);
        self.orphan_after_us.push(self.relation.orphan_after_us(name));
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }

    fn may_still_run(&self, job: usize, started_us: i64) -> bool {
        let after_us = self.orphan_after_us.get(job).copied().unwrap_or(0);
        !self.relation.settings.nothing_in_flight && self.relation.as_of.us() - started_us < after_us
    }
}
