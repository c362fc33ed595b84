//! Rounds of samples, one after another.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::error::WatchError;
use super::news::News;
use super::timetable::Timetable;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Span, Timestamp};
use crate::measurement::SampleRound;
use crate::pipeline::samples::take;
use crate::settings::Question;
use crate::store::StoreError;
use crate::store::samples::SampleStore;
use crate::window::Period;

/// Later than anybody waits for.
const NEVER: Timestamp = Timestamp(i64::MAX / 2);

/// What came of a round, and when.
pub type TellRound<'a> = dyn FnMut(Timestamp, Result<SampleRound, StoreError>) -> std::io::Result<()> + 'a;

/// Takes samples of the source of a question, and keeps them.
pub struct Sampler<'a> {
    store: SampleStore,
    question: Arc<Question>,
    /// How long samples are kept; for ever when `None`.
    keep: Option<Span>,
    clock: Clock,
    cancellation: &'a Cancellation,
}

impl<'a> Sampler<'a> {
    /// # Errors
    /// When the store cannot be opened.
    pub async fn open(
        store: &Path,
        question: Arc<Question>,
        clock: Clock,
        cancellation: &'a Cancellation,
    ) -> Result<Self, StoreError> {
        Ok(Self { store: SampleStore::open(store).await?, question, keep: None, clock, cancellation })
    }

    /// The same one, which deletes older samples after each round.
    #[must_use]
    pub fn keeping(self, keep: Option<Span>) -> Self {
        Self { keep, ..self }
    }

    /// One round.
    pub async fn round(&self) -> Result<SampleRound, StoreError> {
        let mut round = take(&self.question, self.clock, self.cancellation).await;
        self.store.add(&round.samples).await?;
        let taken = round.samples.iter().map(|sample| sample.at).min();
        if let (Some(keep), Some(taken)) = (self.keep, taken) {
            // Of two clocks one may be ahead: what the other calls younger is kept.
            let now = taken.min(self.clock.now());
            round.deleted = self.store.delete_before(now.plus(Span(-keep.us()))).await?;
        }
        Ok(round)
    }

    /// A round now and after each `every`, until `end`; what came of each is reported. A round that takes longer leaves out
    /// those that fall due meanwhile.
    pub async fn rounds(
        &self,
        every: Span,
        end: Option<Timestamp>,
        tell: &mut TellRound<'_>,
    ) -> Result<(), WatchError> {
        let start = self.clock.now();
        let timetable = Timetable { period: Period { start, end: end.unwrap_or(NEVER) }, every };
        loop {
            let round = self.round().await;
            if self.cancellation.is_cancelled() {
                return Ok(());
            }
            tell(self.clock.now(), round)?;
            let Some(due) = timetable.next(self.clock.now()) else { return Ok(()) };
            self.sleep_until(due).await;
            if self.cancellation.is_cancelled() || end.is_some_and(|end| due >= end) {
                return Ok(());
            }
        }
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let left = u64::try_from(moment.since(self.clock.now()).us()).unwrap_or(0);
        tokio::select! {
            () = tokio::time::sleep(Duration::from_micros(left)) => {}
            () = self.cancellation.cancelled() => {}
        }
    }
}

/// The rounds beside a watch: what goes wrong is said at its next look, once.
pub(super) struct SamplesBeside<'a> {
    pub(super) sampler: Sampler<'a>,
    pub(super) unsaid: &'a RefCell<Vec<(Timestamp, News)>>,
}

impl SamplesBeside<'_> {
    /// Goes on until it is dropped, or somebody ends the watch.
    pub(super) async fn go_on(self, every: Span) -> Result<(), WatchError> {
        let mut is_well = true;
        let mut tell = |at: Timestamp, round: Result<SampleRound, StoreError>| {
            let problem = match round {
                Ok(round) => round.told(),
                Err(error) => error.to_string(),
            };
            let was_well = std::mem::replace(&mut is_well, problem.is_empty());
            if was_well && !problem.is_empty() {
                self.unsaid.borrow_mut().push((at, News::NotSampled { problem }));
            }
            Ok(())
        };
        self.sampler.rounds(every, None, &mut tell).await
    }
}
