//! One computation for all who ask the same at the same time. It ends when the last of them has left.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::watch;

use super::counters::{Counters, ReportPhase};
use super::finished::Finished;
use super::queue::Queues;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, MINUTE_US, Span, Stopwatch};
use crate::pipeline::{self, PipelineError};
use crate::report::model::Report;
use crate::settings::{Question, Settings};
use crate::store::StoreError;
use crate::store::checkpoints::CheckpointStore;

/// Reports in memory, in bytes.
const MEMORY: u64 = 128 * 1024 * 1024;

/// Reports that are kept whatever their size would allow.
const ABOUT: usize = 1_000;

/// How long a finished report is taken for the present one: rows of the past change seldom.
const FRESH_FOR: Span = Span::seconds(600);

/// A question at its time: without an `as_of` of its own the answer holds for a minute.
#[derive(Clone, PartialEq, Eq, Hash)]
struct QuestionKey {
    question: Arc<Question>,
    minute: Option<i64>,
}

/// Why there is no report.
pub(super) enum NoReport {
    /// Too many wait for the same database.
    Busy,
    Stopped,
    Panicked(String),
    Pipeline(Box<PipelineError>),
    Store(StoreError),
}

pub(super) type Outcome = Result<Arc<Finished>, Arc<NoReport>>;

struct Flight {
    number: u64,
    started: Stopwatch,
    waiting: usize,
    cancellation: Cancellation,
    result: watch::Receiver<Stage>,
}

#[derive(Clone)]
enum Stage {
    Queued,
    Reading,
    Done(Outcome),
}

#[derive(Clone)]
struct ByWeight;

impl Weighter<QuestionKey, Arc<Finished>> for ByWeight {
    fn weight(&self, _: &QuestionKey, finished: &Arc<Finished>) -> u64 {
        finished.weight
    }
}

impl Weighter<String, Arc<Finished>> for ByWeight {
    fn weight(&self, _: &String, finished: &Arc<Finished>) -> u64 {
        finished.weight
    }
}

/// The reports that are being made, and those that are kept.
pub(super) struct Flights {
    clock: Clock,
    counters: Arc<Counters>,
    pub(super) queues: Queues,
    /// What later reports list; `None` where nothing is kept.
    checkpoints: Option<Arc<CheckpointStore>>,
    open: Mutex<UnderWay>,
    kept: Cache<QuestionKey, Arc<Finished>, ByWeight>,
    /// The same by their numbers.
    by_id: Cache<String, Arc<Finished>, ByWeight>,
}

#[derive(Default)]
struct UnderWay {
    flights: HashMap<QuestionKey, Flight>,
    last: u64,
    /// Nothing is begun any more.
    is_closed: bool,
}

impl Flights {
    pub(super) fn new(clock: Clock, counters: Arc<Counters>, checkpoints: Option<CheckpointStore>) -> Self {
        Self {
            clock,
            counters,
            queues: Queues::default(),
            checkpoints: checkpoints.map(Arc::new),
            open: Mutex::default(),
            kept: Cache::with_weighter(ABOUT, MEMORY, ByWeight),
            by_id: Cache::with_weighter(ABOUT, MEMORY, ByWeight),
        }
    }

    /// The kept report of this number.
    pub(super) fn numbered(&self, id: &str) -> Option<Arc<Finished>> {
        self.by_id.get(id)
    }

    /// A place among those who wait for the report of `settings`.
    pub(super) fn ask(self: &Arc<Self>, settings: &Arc<Settings>) -> Ticket {
        let now = self.clock.now();
        let question = Arc::clone(&settings.question);
        let minute = question.as_of.is_none().then(|| now.us().div_euclid(MINUTE_US));
        let asked = QuestionKey { question, minute };
        let fresh = |finished: &Arc<Finished>| now.since(finished.made_at) <= FRESH_FOR;
        if let Some(finished) = self.kept.get(&asked).filter(fresh) {
            self.counters.hit();
            return Ticket::Kept(finished);
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_closed {
            return Ticket::Refused;
        }
        let number = open.last + 1;
        let waiting = if let Some(flight) = open.flights.get_mut(&asked) {
            flight.waiting += 1;
            self.waiting(flight, &asked)
        } else {
            let flight = self.begin(number, &asked, Arc::clone(settings));
            let waiting = self.waiting(&flight, &asked);
            open.last = number;
            open.flights.insert(asked, flight);
            waiting
        };
        Ticket::Waiting(waiting)
    }

    fn waiting(self: &Arc<Self>, flight: &Flight, asked: &QuestionKey) -> Waiting {
        Waiting {
            flights: Arc::clone(self),
            asked: asked.clone(),
            number: flight.number,
            started: flight.started,
            result: flight.result.clone(),
        }
    }

    fn begin(self: &Arc<Self>, number: u64, asked: &QuestionKey, settings: Arc<Settings>) -> Flight {
        let (sender, result) = watch::channel(Stage::Queued);
        let cancellation = Cancellation::default();
        let flight = Flight {
            number,
            started: Stopwatch::start(),
            waiting: 1,
            cancellation: cancellation.clone(),
            result,
        };
        let (flights, asked) = (Arc::clone(self), asked.clone());
        tokio::spawn(async move {
            let outcome = flights.make(settings, &cancellation, &sender).await.map_err(Arc::new);
            flights.land(number, &asked, &outcome);
            sender.send_replace(Stage::Done(outcome));
        });
        flight
    }

    async fn make(
        &self,
        settings: Arc<Settings>,
        cancellation: &Cancellation,
        stage: &watch::Sender<Stage>,
    ) -> Result<Arc<Finished>, NoReport> {
        let queue = self.queues.of(&settings.question.source.location);
        let in_queue = Stopwatch::start();
        let _place = tokio::select! {
            place = queue.enter() => place.map_err(|_| NoReport::Busy)?,
            () = cancellation.cancelled() => return Err(NoReport::Stopped),
            () = tokio::time::sleep(settings.policy.max_time) => return Err(NoReport::Busy),
        };
        self.counters.spent(ReportPhase::Queue, in_queue.elapsed());
        stage.send_replace(Stage::Reading);
        let computing = Stopwatch::start();
        let (clock, ending, checkpoints) = (self.clock, cancellation.clone(), self.checkpoints.clone());
        // On a thread of its own: rows are decoded and counted between two answers of the database, and
        // others wait for this one.
        let runtime = tokio::runtime::Handle::current();
        let made = tokio::task::spawn_blocking(move || {
            let report = runtime.block_on(report(&settings, clock, &ending, checkpoints.as_deref()))?;
            Finished::of(report, clock.now()).map_err(|error| NoReport::Panicked(error.to_string()))
        });
        let finished = made.await.map_err(|error| NoReport::Panicked(error.to_string()))?;
        self.counters.spent(ReportPhase::Compute, computing.elapsed());
        if finished.is_err() && cancellation.is_cancelled() {
            return Err(NoReport::Stopped);
        }
        match &finished {
            Ok(finished) => self.counters.computed(finished.report.source.rows_read),
            Err(_) => self.counters.failed(),
        }
        finished.map(Arc::new)
    }

    /// Takes a flight out of those under way, and keeps what came of it.
    fn land(&self, number: u64, asked: &QuestionKey, outcome: &Outcome) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(finished) = outcome {
            self.kept.insert(asked.clone(), Arc::clone(finished));
            self.by_id.insert(finished.id.clone(), Arc::clone(finished));
        }
        if open.flights.get(asked).is_some_and(|flight| flight.number == number) {
            open.flights.remove(asked);
        }
    }

    /// One of those who waited has left.
    fn leave(&self, number: u64, asked: &QuestionKey) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(flight) = open.flights.get_mut(asked).filter(|flight| flight.number == number) else {
            return;
        };
        flight.waiting -= 1;
        if flight.waiting == 0 {
            flight.cancellation.cancel();
            open.flights.remove(asked);
        }
    }

    /// Ends the statements of all that is under way, and begins nothing more.
    pub(super) fn close(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.is_closed = true;
        open.flights.values().for_each(|flight| flight.cancellation.cancel());
    }

    /// Reports under way.
    pub(super) fn under_way(&self) -> usize {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).flights.len()
    }
}

/// The report of `settings`, with the checkpoints of its deployment.
async fn report(
    settings: &Settings,
    clock: Clock,
    ending: &Cancellation,
    checkpoints: Option<&CheckpointStore>,
) -> Result<Report, NoReport> {
    let made = pipeline::run(settings, clock, ending).await;
    let mut report = made.map_err(|error| NoReport::Pipeline(Box::new(error)))?;
    if let Some(store) = checkpoints {
        store.list_in(&mut report).await.map_err(NoReport::Store)?;
    }
    Ok(report)
}

/// A place among those who wait; given up when it is dropped.
pub(super) enum Ticket {
    Kept(Arc<Finished>),
    Waiting(Waiting),
    Refused,
}

pub(super) struct Waiting {
    flights: Arc<Flights>,
    asked: QuestionKey,
    number: u64,
    started: Stopwatch,
    result: watch::Receiver<Stage>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.flights.leave(self.number, &self.asked);
    }
}

impl Ticket {
    /// The report, as soon as there is one.
    pub(super) async fn outcome(&mut self) -> Outcome {
        match self {
            Self::Kept(finished) => Ok(Arc::clone(finished)),
            Self::Refused => Err(Arc::new(NoReport::Stopped)),
            Self::Waiting(waiting) => waiting.outcome().await,
        }
    }

    /// The report, if it comes within `patience`. Otherwise the place is held for as long again as a reader
    /// needs to ask once more, and how far it has come is reported.
    pub(super) async fn outcome_within(
        mut self,
        patience: Duration,
        held: Duration,
    ) -> Result<Outcome, FlightProgress> {
        if let Ok(outcome) = tokio::time::timeout(patience, self.outcome()).await {
            return Ok(outcome);
        }
        let Self::Waiting(waiting) = self else { return Ok(Err(Arc::new(NoReport::Stopped))) };
        let progress = waiting.progress();
        tokio::spawn(async move {
            let mut waiting = waiting;
            drop(tokio::time::timeout(held, waiting.outcome()).await);
        });
        Err(progress)
    }
}

/// How far a report has come.
pub(super) struct FlightProgress {
    pub(super) elapsed: Duration,
    pub(super) waits_in_queue: bool,
}

impl Waiting {
    async fn outcome(&mut self) -> Outcome {
        match self.result.wait_for(|stage| matches!(stage, Stage::Done(_))).await.map(|stage| stage.clone()) {
            Ok(Stage::Done(outcome)) => outcome,
            // The task has gone without a word.
            _ => Err(Arc::new(NoReport::Stopped)),
        }
    }

    fn progress(&self) -> FlightProgress {
        let waits_in_queue = matches!(*self.result.borrow(), Stage::Queued);
        FlightProgress { elapsed: self.started.elapsed(), waits_in_queue }
    }
}
