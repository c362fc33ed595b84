//! Starts and ends put together to runs.

use std::collections::BTreeMap;

use super::event::{Alone, Begin, End, Event, Tells};
use super::note::{LogNotes, Note};
use crate::clock::{Span, Timestamp};
use crate::run::{IdentifiedRun, Run, Status};
use crate::source::import::identity;
use crate::source::import::ordinal::{Forgotten, Ordinals};

/// Starts without an end that are remembered. A log of nothing but starts must not fill the memory.
const MOST_OPEN: usize = 100_000;

/// Holds the runs that have started and not yet ended.
///
/// An end belongs to the start with its id; without ids to the start of its job from which its duration leads
/// to it, or to the last one: a start before that is a run that was lost.
#[derive(Debug)]
pub(super) struct Pairing {
    ordinals: Ordinals,
    /// By the order of their starts.
    open: BTreeMap<u64, OpenRun>,
    by_job: BTreeMap<String, Vec<u64>>,
    by_id: BTreeMap<String, Vec<u64>>,
    /// Starts so far, and those of them that were numbered among equal ones.
    starts: u64,
    numbered: u64,
    has_fractions: bool,
    has_durations: bool,
    most_open: usize,
}

#[derive(Debug)]
struct OpenRun {
    run: Run,
    id: Option<String>,
    is_whole: bool,
    ordinal: u64,
}

impl Pairing {
    pub(super) fn new() -> Self {
        Self {
            ordinals: Ordinals::recent(),
            open: BTreeMap::new(),
            by_job: BTreeMap::new(),
            by_id: BTreeMap::new(),
            starts: 0,
            numbered: 0,
            has_fractions: false,
            has_durations: false,
            most_open: MOST_OPEN,
        }
    }

    pub(super) fn numbered_starts(&self) -> u64 {
        self.numbered
    }

    /// Goes on with a complete count of the starts so far.
    pub(super) fn count_with(&mut self, ordinals: Ordinals) {
        self.ordinals = ordinals;
    }

    /// The job and the start that an event is numbered by among equal ones; `None` where it belongs to a start
    /// before, or its run has an id of its own.
    pub(super) fn numbered(event: &Event) -> Option<(&str, Timestamp)> {
        let job = event.job.as_deref()?;
        match &event.tells {
            Tells::Start(Begin { run_id: Some(_), .. }) => None,
            Tells::Start(_) => Some((job, event.at)),
            Tells::End(end) => Some((job, start_of(end, event.at)?)),
        }
    }

    /// Takes the next event; gives the run that it ends.
    ///
    /// # Errors
    /// When it goes back to starts that were forgotten: then nothing was taken.
    pub(super) fn take(
        &mut self,
        event: Event,
        notes: &mut LogNotes,
    ) -> Result<Option<IdentifiedRun>, Forgotten> {
        let is_open = |id: &String| self.by_id.contains_key(id);
        if let Tells::Start(Begin { run_id: Some(_), .. }) = &event.tells
            && event.id.as_ref().is_some_and(is_open)
        {
            notes.add(Note::Repeated, 1);
            return Ok(None);
        }
        let ordinal = match Self::numbered(&event) {
            Some((job, at)) => self.ordinals.next(job, at)?,
            None => 0,
        };
        self.numbered += u64::from(Self::numbered(&event).is_some());
        self.has_fractions |= !event.is_whole;
        let Event { at, is_whole, job, id, tells } = event;
        self.has_durations |= matches!(&tells, Tells::End(End { duration: Some(_), .. }));
        Ok(match tells {
            Tells::Start(begin) => {
                let run = run(job.unwrap_or_default(), at, begin);
                self.begin(OpenRun { run, id, is_whole, ordinal }, notes)
            }
            Tells::End(end) => match start_of(&end, at) {
                Some(start) => Some(self.alone(job.unwrap_or_default(), start, at, end, ordinal)),
                None => self.end(job.as_deref(), id.as_deref(), (at, is_whole), end, notes),
            },
        })
    }

    /// The runs without an end, one at a time.
    pub(super) fn rest(&mut self) -> Option<IdentifiedRun> {
        let first = *self.open.first_key_value()?.0;
        self.close(first).map(identified)
    }

    /// What is known of all times.
    pub(super) fn finish(&self, notes: &mut LogNotes) {
        if self.starts > 0 && !self.has_fractions {
            notes.limit(if self.has_durations {
                "times are in whole seconds; durations are those that its lines tell"
            } else {
                "times are in whole seconds, so that short durations mean little"
            });
        }
    }

    fn begin(&mut self, open: OpenRun, notes: &mut LogNotes) -> Option<IdentifiedRun> {
        let number = self.starts;
        self.starts += 1;
        match &open.id {
            Some(id) => self.by_id.entry(id.clone()).or_default().push(number),
            None => self.by_job.entry(open.run.job_name.clone()).or_default().push(number),
        }
        self.open.insert(number, open);
        if self.open.len() <= self.most_open {
            return None;
        }
        notes.add(Note::GivenUp, 1);
        self.rest()
    }

    fn end(
        &mut self,
        job: Option<&str>,
        id: Option<&str>,
        (at, is_whole): (Timestamp, bool),
        end: End,
        notes: &mut LogNotes,
    ) -> Option<IdentifiedRun> {
        let Some(mut open) = self.start_of(job, id, at, end.duration).and_then(|start| self.close(start))
        else {
            notes.add(Note::EndWithoutStart, 1);
            return None;
        };
        let coarse = is_whole && open.is_whole;
        open.run.finished_at = Some(match end.duration {
            // A clock of whole seconds knows less than the duration.
            Some(duration) if coarse => open.run.started_at.plus(duration),
            _ => at,
        });
        finish(&mut open.run, end);
        Some(identified(open))
    }

    fn start_of(
        &self,
        job: Option<&str>,
        id: Option<&str>,
        at: Timestamp,
        duration: Option<Span>,
    ) -> Option<u64> {
        let by_job = || job.and_then(|job| self.by_job.get(job));
        let starts = id.and_then(|id| self.by_id.get(id)).or_else(by_job)?;
        let Some(duration) = duration else { return starts.last().copied() };
        let began = at.plus(Span(-duration.us()));
        let distance = |start: &u64| {
            self.open.get(start).map_or(u64::MAX, |open| open.run.started_at.since(began).us().unsigned_abs())
        };
        starts.iter().rev().min_by_key(|start| distance(start)).copied()
    }

    fn close(&mut self, number: u64) -> Option<OpenRun> {
        let open = self.open.remove(&number)?;
        let (index, name) = match &open.id {
            Some(id) => (&mut self.by_id, id),
            None => (&mut self.by_job, &open.run.job_name),
        };
        if let Some(numbers) = index.get_mut(name) {
            numbers.retain(|other| *other != number);
            if numbers.is_empty() {
                index.remove(name);
            }
        }
        Some(open)
    }

    /// A run of which one line tells all.
    fn alone(
        &mut self,
        job: String,
        start: Timestamp,
        at: Timestamp,
        end: End,
        ordinal: u64,
    ) -> IdentifiedRun {
        self.starts += 1;
        let mut run = run(job, start, Begin::default());
        // Nothing was seen of how long it took to skip a run.
        run.finished_at = (end.status != Status::Skipped).then_some(at);
        finish(&mut run, end);
        identified(OpenRun { run, id: None, is_whole: true, ordinal })
    }
}

/// The start that an end tells by itself.
fn start_of(end: &End, at: Timestamp) -> Option<Timestamp> {
    match end.alone {
        Alone::Nothing => None,
        Alone::Moment => Some(at),
        Alone::Whole => Some(at.plus(Span(-end.duration.unwrap_or_default().us()))),
    }
}

fn run(job_name: String, started_at: Timestamp, begin: Begin) -> Run {
    Run {
        run_id: begin.run_id,
        job_name,
        scheduled_at: begin.scheduled_at,
        started_at,
        finished_at: None,
        status: Status::Running,
        skip_reason: None,
        error_message: None,
        worker: begin.worker,
        attempt: begin.attempt,
        schedule: None,
        effective_schedule: None,
        stagger_offset_s: begin.stagger_offset_s,
    }
}

/// What the last line tells beside the time; what it leaves out stays.
fn finish(run: &mut Run, end: End) {
    run.status = end.status;
    run.skip_reason = end.skip_reason;
    run.error_message = end.error;
    run.run_id = run.run_id.take().or(end.begin.run_id);
    run.scheduled_at = run.scheduled_at.or(end.begin.scheduled_at);
    run.worker = run.worker.take().or(end.begin.worker);
    run.attempt = run.attempt.or(end.begin.attempt);
    run.stagger_offset_s = run.stagger_offset_s.or(end.begin.stagger_offset_s);
}

fn identified(open: OpenRun) -> IdentifiedRun {
    let identity = match &open.run.run_id {
        Some(run_id) => identity::of_run_id(run_id),
        None => identity::of_ordinal(&open.run, open.ordinal),
    };
    IdentifiedRun { identity, run: open.run }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(at: i64) -> Event {
        let tells = Tells::Start(Begin::default());
        Event { at: Timestamp(at), is_whole: false, job: Some("a".to_owned()), id: None, tells }
    }

    #[test]
    fn a_log_of_nothing_but_starts_does_not_fill_the_memory() {
        let mut notes = LogNotes::default();
        let mut pairing = Pairing { most_open: 2, ..Pairing::new() };
        let given_up: Vec<i64> = (0..5)
            .filter_map(|at| pairing.take(start(at), &mut notes).unwrap())
            .map(|identified| identified.run.started_at.us())
            .collect();
        assert_eq!(given_up, [0, 1, 2]);
        let rest = std::iter::from_fn(|| pairing.rest()).map(|identified| identified.run.started_at.us());
        assert_eq!(rest.collect::<Vec<i64>>(), [3, 4]);
        let said: Vec<String> = notes.sentences().collect();
        assert_eq!(said, ["3 starts without an end were closed as running: too many were open"]);
    }
}
