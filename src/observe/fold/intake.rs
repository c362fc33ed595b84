//! Rows of the stream on their way to packed runs: what the steps of the relation `runs` do in SQL.

use std::sync::Arc;

use super::columns::Places;
use super::fires::Answer;
use super::names::Names;
use super::out_of_scope::OutOfScope;
use super::run::{Attempt, Fate, Group, PackedRun};
use super::words::{Flags, Words};
use crate::clock::{Span, Timestamp};
use crate::database::{StreamRow, UnexpectedCell};
use crate::mapping::{StatusMeaning, StatusWords};
use crate::observation::counting::CountingSettings;
use crate::observation::punctual::PunctualJobs;
use crate::observe::read::StatusWord;
use crate::run::{SkipReason, Status};
use crate::source::relation::{POSSIBLE, ReadRange, Relation, StoredRun};
use crate::window::{PerSide, Side, Window};

/// The runs of one window: one group for each job of either window, by the places of the names.
#[derive(Debug)]
pub(super) struct WindowRuns {
    pub(super) window: Window,
    /// Up to when a run in flight occupies.
    pub(super) in_flight_until_us: i64,
    pub(super) groups: Vec<Group>,
}

impl WindowRuns {
    fn new(window: &Window) -> Self {
        Self { window: window.clone(), in_flight_until_us: window.observed_end().us(), groups: Vec::new() }
    }
}

/// Starts that are read for a window: from the first to before the second, and the end of the window, µs.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_field_names)] // a unit is a suffix
struct Reach {
    from_us: i64,
    until_us: i64,
    end_us: i64,
}

/// What decides how rows are taken in; shared by everybody who does.
#[derive(Debug)]
pub(in crate::observe) struct IntakeRules {
    settings: Arc<CountingSettings>,
    statuses: Arc<StatusWords>,
    as_of_us: i64,
    windows: PerSide<Window>,
    punctual: PerSide<Arc<PunctualJobs>>,
    reach: PerSide<Reach>,
    /// Instants outside are none.
    possible: (i64, i64),
}

impl IntakeRules {
    /// For the rows of `ranges`, as the query reads them.
    pub(in crate::observe) fn new(
        relation: &Relation<'_>,
        windows: &PerSide<Window>,
        ranges: &[ReadRange],
        punctual: &PerSide<Arc<PunctualJobs>>,
    ) -> Self {
        let mut reach: PerSide<Reach> = PerSide::default();
        for range in ranges {
            let (from_us, until_us, end_us) = (range.from.us(), range.until.us(), range.end.us());
            *reach.get_mut(range.side()) = Reach { from_us, until_us, end_us };
        }
        let from_us = reach.iter().map(|reach| reach.from_us).min().unwrap_or(0);
        let until_us = reach.iter().map(|reach| reach.until_us).max().unwrap_or(0);
        Self {
            settings: Arc::new(relation.settings.clone()),
            statuses: Arc::new(relation.mapping.statuses.clone()),
            as_of_us: relation.as_of.us(),
            windows: windows.clone(),
            punctual: punctual.clone(),
            reach,
            possible: (from_us.saturating_sub(POSSIBLE.us()), until_us.saturating_add(POSSIBLE.us())),
        }
    }
}

/// Everything taken in so far.
#[derive(Debug)]
pub(in crate::observe) struct Intake {
    basis: Arc<IntakeRules>,
    names: Names,
    words: Words,
    /// By the places of the names: the age from which a run is lost, where a run of the job was taken in.
    jobs: Vec<Option<i64>>,
    jobs_seen: usize,
    out_of_scope: OutOfScope,
    windows: PerSide<WindowRuns>,
}

/// What an intake has taken in.
#[derive(Debug)]
pub(super) struct TakenIn {
    /// Of the jobs, by their places.
    pub(super) names: Vec<String>,
    /// The rows by their status words.
    pub(super) words: Vec<StatusWord>,
    pub(super) out_of_scope: OutOfScope,
    pub(super) windows: PerSide<WindowRuns>,
}

/// A row of one window, its names and words understood.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowRow<'r> {
    /// The place of the job's name; `None` without one.
    pub(super) job: Option<usize>,
    pub(super) in_scope: bool,
    /// The place of the status word.
    pub(super) word: usize,
    pub(super) meaning: Option<StatusMeaning>,
    pub(super) started_us: Option<i64>,
    pub(super) finished_us: Option<i64>,
    pub(super) scheduled_us: Option<i64>,
    /// By what the row belongs to a window.
    pub(super) placed_us: Option<i64>,
    pub(super) row: StoredRun<'r>,
}

impl Intake {
    pub(in crate::observe) fn new(basis: &Arc<IntakeRules>) -> Self {
        Self {
            basis: Arc::clone(basis),
            names: Names::new(Arc::clone(&basis.settings)),
            words: Words::new(Arc::clone(&basis.statuses)),
            jobs: Vec::new(),
            jobs_seen: 0,
            out_of_scope: OutOfScope::default(),
            windows: basis.windows.as_ref().map(WindowRuns::new),
        }
    }

    /// Adds what another intake of the same stream took in.
    pub(in crate::observe) fn absorb(&mut self, other: Self) {
        let places: Vec<usize> = other.names.present().map(|name| self.names.present_place(name)).collect();
        self.words.merge(other.words);
        self.out_of_scope.absorb(&other.out_of_scope, &places);
        let PerSide { baseline, stagger } = other.windows;
        for (side, window) in [(Side::Baseline, baseline), (Side::Stagger, stagger)] {
            for ((group, &job), seen) in window.groups.into_iter().zip(&places).zip(&other.jobs) {
                if seen.is_none() {
                    continue;
                }
                self.job(job);
                if let Some(known) = self.windows.get_mut(side).groups.get_mut(job) {
                    known.absorb(group);
                }
            }
        }
    }

    /// Takes in a row of a pass, for each window that it belongs to.
    pub(in crate::observe) fn take(
        &mut self,
        places: &Places,
        row: &StreamRow<'_>,
    ) -> Result<(), UnexpectedCell> {
        if places.is_mapped() {
            return self.take_mapped(places, row);
        }
        let Some(read) = places.read(row)? else { return Ok(()) };
        let named = read.job.map(|name| self.names.stored(name));
        let word = self.words.place(read.word);
        let meaning = self.words.meaning(word);
        let placed_us = match meaning {
            _ if read.started_us.is_some() => read.started_us,
            Some(meaning) if !read.unreadable && meaning != StatusMeaning::Is(Status::Running) => {
                read.scheduled_us.or(read.finished_us)
            }
            _ => None,
        };
        let (from_us, until_us) = self.basis.possible;
        let possible = |us: &i64| (from_us..until_us).contains(us);
        let row = WindowRow {
            job: named.map(|named| named.job),
            in_scope: named.map_or(self.names.has_all(), |named| named.in_scope),
            word,
            meaning,
            started_us: read.started_us,
            finished_us: read.finished_us.filter(possible),
            scheduled_us: read.scheduled_us.filter(possible),
            placed_us,
            row: read,
        };
        for side in places.sides() {
            let Reach { from_us, until_us, .. } = *self.basis.reach.get(*side);
            if placed_us.is_none_or(|at| (from_us..until_us).contains(&at)) {
                self.add(*side, &row);
            }
        }
        Ok(())
    }

    /// A row of `source_runs`, which the relation has placed and mapped.
    fn take_mapped(&mut self, places: &Places, row: &StreamRow<'_>) -> Result<(), UnexpectedCell> {
        let mapped = places.read_mapped(row)?;
        let row = WindowRow {
            job: mapped.row.job.map(|name| self.names.present_place(name)),
            in_scope: mapped.in_scope,
            word: self.words.place(mapped.row.word),
            meaning: mapped.meaning,
            started_us: mapped.row.started_us,
            finished_us: mapped.row.finished_us,
            scheduled_us: mapped.row.scheduled_us,
            placed_us: mapped.placed_us,
            row: mapped.row,
        };
        self.add(mapped.side, &row);
        Ok(())
    }

    fn add(&mut self, side: Side, row: &WindowRow<'_>) {
        let end_us = self.basis.reach.get(side).end_us;
        let window = &self.windows.get(side).window;
        let as_of_us = self.basis.as_of_us;
        let placed = |is: &dyn Fn(i64) -> bool| row.placed_us.is_some_and(is);
        let late = placed(&|at| at >= as_of_us);
        let observed = placed(&|at| window.observes(Timestamp(at)));
        if !placed(&|at| at >= end_us) {
            let inside = placed(&|at| at >= window.period.start.us());
            if let Some(job) = row.job.filter(|_| inside && !late && !row.in_scope) {
                self.out_of_scope.count(side, job, 1);
            }
            let flags = Flags::of(side)
                .in_scope(row.in_scope)
                .late(late)
                .inside(inside)
                .unplaced(row.placed_us.is_none())
                .named(row.job.is_some())
                .observed(observed)
                .zoneless(row.row.zoneless)
                .clock_change(row.row.clock_change);
            self.words.count(row.word, flags);
        }
        let (Some(job), Some(placed_us), Some(meaning)) = (row.job, row.placed_us, row.meaning) else {
            return;
        };
        if !row.in_scope || late || meaning == StatusMeaning::Open {
            return;
        }
        // Of what started after its window only what was meant for it.
        if placed_us.min(row.scheduled_us.unwrap_or(placed_us)) < end_us {
            self.add_run(side, job, (meaning, placed_us, observed), row);
        }
    }

    fn add_run(
        &mut self,
        side: Side,
        job: usize,
        (meaning, placed_us, observed): (StatusMeaning, i64, bool),
        row: &WindowRow<'_>,
    ) {
        let orphan_after_us = self.job(job);
        let may_still_run =
            !self.basis.settings.nothing_in_flight && self.basis.as_of_us - placed_us < orphan_after_us;
        let fate = fate_of(meaning, row.row.skip_reason, may_still_run);
        let attempt = Attempt::of(row.row.attempt);
        let answers_a_fire = row.row.attempt.is_none_or(|nth| nth == 1);
        let WindowRuns { window, groups, .. } = self.windows.get_mut(side);
        let Some(group) = groups.get_mut(job) else { return };
        if let Some(offset_us) = group.offset_us.filter(|_| answers_a_fire) {
            let fire = row.scheduled_us.or(row.started_us).filter(|at| window.observes(Timestamp(*at)));
            let started = row.started_us.is_some() && !fate.is_skipped();
            group.answers.extend(fire.map(|fire_us| Answer::new(fire_us - offset_us, started)));
        }
        if observed && matches!(fate, Fate::Failed | Fate::TimedOut) {
            group.failures.add(row.row.error_line, placed_us);
        }
        let Some(started_us) = row.started_us else {
            if observed {
                group.startless.push(PackedRun::new(placed_us, None, (fate, attempt), observed));
            }
            return;
        };
        if observed && !fate.is_skipped() {
            group.recorded.add(row.row.recorded);
            match row.scheduled_us.filter(|_| !attempt.is_retry()) {
                Some(scheduled_us) if started_us < scheduled_us => group.early += 1,
                Some(scheduled_us) => group.delays.add(started_us - scheduled_us),
                None => {}
            }
        }
        group.runs.push(PackedRun::new(started_us, row.finished_us, (fate, attempt), observed));
    }

    /// The age from which a run of a job is lost, µs. A job that is new gets its groups.
    fn job(&mut self, job: usize) -> i64 {
        if let Some(Some(known)) = self.jobs.get(job) {
            return *known;
        }
        let name = self.names.name(job);
        let orphan_after_us = self.basis.settings.orphan_after(name).us();
        for side in Side::BOTH {
            let groups = &mut self.windows.get_mut(side).groups;
            if groups.len() <= job {
                groups.resize_with(job + 1, Group::default);
            }
            groups[job].offset_us = self.basis.settings.offset(name, side).map(Span::us);
            groups[job].punctual = self.basis.punctual.get(side).get(name).cloned();
        }
        if self.jobs.len() <= job {
            self.jobs.resize(job + 1, None);
        }
        self.jobs[job] = Some(orphan_after_us);
        self.jobs_seen += 1;
        orphan_after_us
    }

    /// How many jobs the runs so far are of.
    pub(in crate::observe) fn jobs(&self) -> usize {
        self.jobs_seen
    }

    pub(super) fn into_taken_in(self) -> TakenIn {
        let Self { names, words, out_of_scope, windows, .. } = self;
        TakenIn { names: names.into_present(), words: words.into_counted(), out_of_scope, windows }
    }
}

fn fate_of(meaning: StatusMeaning, reason: Option<&str>, may_still_run: bool) -> Fate {
    let reason = match (meaning, reason) {
        (StatusMeaning::Skipped(reason), _) => reason,
        (_, Some("lock")) => SkipReason::Lock,
        (_, Some("overlap")) => SkipReason::Overlap,
        _ => SkipReason::Other,
    };
    let status = match meaning {
        StatusMeaning::Is(status) => status,
        StatusMeaning::Open | StatusMeaning::Skipped(_) => Status::Skipped,
    };
    Fate::of(status, reason, may_still_run)
}
