//! The watch itself: it looks when a look is due, says what is new, and keeps where it is.

use std::cell::RefCell;
use std::time::Duration;

use super::checkpoints::take_due;
use super::courier::{Courier, addressed};
use super::error::WatchError;
use super::kept::Kept;
use super::live::{LiveLook, RunCounts};
use super::message::{WatchEvent, WatchNotice};
use super::news::{GapCause, News};
use super::state::WatchState;
use super::timetable::Timetable;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Timestamp};
use crate::judgement::{DecisionVerdict, Interim, JudgedFigures};
use crate::pipeline::look::{KnownBaseline, look};
use crate::pipeline::{self, FailureKind, PipelineError};
use crate::report::checkpoint::CheckpointKey;
use crate::report::model::Report;
use crate::settings::Settings;
use crate::store::messages::AddressedMessage;
use crate::window::Side;

/// Says what is new, and since when.
pub type Tell<'a> = dyn FnMut(Timestamp, &News) -> std::io::Result<()> + 'a;

/// How a watch came to its end.
#[derive(Debug)]
pub enum WatchEnd {
    /// By the decision of this report.
    Decided(Box<Report>),
    /// The last look saw nothing; the report is of the last that did.
    Unseen(Option<Box<Report>>),
    /// Somebody ended it.
    Stopped,
}

pub(super) struct Watch<'a> {
    pub(super) settings: Settings,
    pub(super) store: Option<Kept>,
    pub(super) takes_checkpoints: bool,
    /// Whether the store could not be used when it was last needed.
    pub(super) store_failed: bool,
    pub(super) clock: Clock,
    pub(super) cancellation: &'a Cancellation,
    pub(super) timetable: Timetable,
    pub(super) state: WatchState,
    pub(super) report: Option<Box<Report>>,
    pub(super) known_baseline: Option<KnownBaseline>,
    /// What the look before counted.
    pub(super) runs_before: Option<RunCounts>,
    pub(super) key: CheckpointKey,
    /// Of the watch among those of its deployment.
    pub(super) name: String,
    pub(super) courier: &'a Courier<'a>,
    /// What the sampler and the courier have to say.
    pub(super) unsaid: &'a RefCell<Vec<(Timestamp, News)>>,
}

impl Watch<'_> {
    pub(super) async fn run(mut self, tell: &mut Tell<'_>) -> Result<WatchEnd, WatchError> {
        let (mut due, window_start) = (self.clock.now(), self.key.window_start);
        if due <= window_start {
            tell(due, &News::NotBegun { start: window_start })?;
            // What is wrong with the question or the source is said now, not when the window begins.
            self.look(tell).await?;
            due = self.timetable.next(window_start).unwrap_or(window_start);
        }
        while !self.state.is_over {
            self.sleep_until(due).await;
            if !self.cancellation.is_cancelled() {
                self.take_checkpoints(due, tell).await?;
            }
            if !self.cancellation.is_cancelled() {
                self.look(tell).await?;
            }
            if self.cancellation.is_cancelled() {
                let news = News::Stopped { looks: self.state.looks, counts: self.state.counts() };
                tell(self.clock.now(), &news)?;
                return Ok(WatchEnd::Stopped);
            }
            due = self.timetable.next(self.clock.now()).unwrap_or(self.timetable.period.end);
            if !self.state.is_over {
                let looked = self.looked(due);
                tell(self.clock.now(), &looked)?;
            }
        }
        let gaps = &self.state.gaps;
        let report = self.report.map(|mut report| {
            report.caveats.extend(gaps.iter().map(|gap| gap.caveat()));
            report
        });
        Ok(match report {
            Some(report) if !self.state.is_end_unseen => WatchEnd::Decided(report),
            report => WatchEnd::Unseen(report),
        })
    }

    /// Until the clock shows `moment`, whatever was done to it meanwhile, or somebody ends the watch.
    async fn sleep_until(&self, moment: Timestamp) {
        while let Ok(left @ 1..) = u64::try_from(moment.since(self.clock.now()).us()) {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_micros(left)) => {}
                () = self.cancellation.cancelled() => return,
            }
        }
    }

    /// Takes the checkpoints that are due at `moment`. The database's clock says when that is.
    async fn take_checkpoints(&mut self, moment: Timestamp, tell: &mut Tell<'_>) -> Result<(), WatchError> {
        let Some(store) = self.store.as_ref().filter(|_| self.takes_checkpoints) else { return Ok(()) };
        loop {
            let taken = take_due(&self.settings, &store.checkpoints, self.clock, self.cancellation);
            match Box::pin(taken).await {
                Ok(taken) => {
                    if taken.new > 0 {
                        tell(self.clock.now(), &News::Checkpoints { new: taken.new, next: taken.next })?;
                    }
                    let Some(early) = taken.next.filter(|next| *next <= moment) else { return Ok(()) };
                    self.sleep_until(self.clock.now().plus(early.since(taken.now))).await;
                    if self.cancellation.is_cancelled() {
                        return Ok(());
                    }
                }
                Err(WatchError::Store(error)) => {
                    self.store_failed = true;
                    tell(self.clock.now(), &News::NotKept { problem: error.to_string() })?;
                    return Ok(());
                }
                // The look that follows says what is wrong with the source.
                Err(_) => return Ok(()),
            }
        }
    }

    fn looked(&mut self, next: Timestamp) -> News {
        let WatchState { looks, period, .. } = &self.state;
        let seen = self.report.as_ref().map(|report| &report.totals.stagger.job);
        let runs = seen.map_or_else(RunCounts::default, |seen| RunCounts {
            started: seen.started,
            completed: seen.completed,
            failed: seen.failed + seen.timed_out,
            running: seen.in_flight,
        });
        let standings = self.state.standings().map(|(criterion, verdict)| (criterion.to_owned(), verdict));
        News::Looked(LiveLook {
            looks: *looks,
            at: self.clock.now(),
            next,
            end: period.end,
            standings: standings.collect(),
            runs,
            before: self.runs_before.replace(runs),
        })
    }

    async fn look(&mut self, tell: &mut Tell<'_>) -> Result<(), WatchError> {
        let is_last = self.clock.now() >= self.timetable.period.end;
        let seen = self.seen(is_last).await;
        let now = self.clock.now();
        let news = match seen {
            Ok(report) => self.see(now, report, is_last),
            Err(_) if self.cancellation.is_cancelled() => return Ok(()),
            Err(PipelineError::Window(error)) if error.side() == Side::Stagger && !is_last => Vec::new(),
            Err(error) if error.kind() == FailureKind::Question && self.state.looks == 0 => {
                return Err(error.into());
            }
            Err(error) => {
                let cause = if error.is_of_the_store() { GapCause::Store } else { GapCause::Source };
                self.state.miss(now, cause, error.to_string(), is_last)
            }
        };
        for (at, news) in self.unsaid.take() {
            tell(at, &news)?;
        }
        for news in &news {
            tell(now, news)?;
        }
        let messages = self.messages(now, &news)?;
        self.keep(now, &messages, tell).await?;
        if !messages.is_empty() {
            self.courier.outbox.add(messages);
        }
        Ok(())
    }

    /// What is to be said of a look to everybody who hears of the watch.
    fn messages(&mut self, at: Timestamp, news: &[News]) -> std::io::Result<Vec<AddressedMessage>> {
        let event = news.iter().find_map(|news| match news {
            News::Decides { before, .. } => Some(WatchEvent::DecisionChanged { before: *before }),
            _ => None,
        });
        let event = if self.state.is_over { Some(WatchEvent::Ended) } else { event };
        let Some(event) = event.filter(|_| !self.courier.receivers.is_empty()) else { return Ok(Vec::new()) };
        let decided = self.report.as_ref().and_then(|report| report.decision.as_ref());
        let decision = match decided {
            Some(decision) if self.state.is_over && !self.state.is_end_unseen => decision.verdict,
            _ if self.state.is_over => DecisionVerdict::Undecided,
            _ => self.state.decision,
        };
        self.state.announced += 1;
        let (key, state) = (&self.key, &self.state);
        let message = WatchNotice { key, watch: &self.name, event, at, decision, state }.message()?;
        Ok(addressed(self.courier.receivers, &message))
    }

    /// All that there is at the last look, and where a failure would end the watch: it is decided by the report that is
    /// written. At any other look what can decide then.
    async fn seen(&mut self, is_last: bool) -> Result<Report, PipelineError> {
        let Self { settings, clock, cancellation, known_baseline, .. } = self;
        if !is_last {
            let looked = Box::pin(look(settings, known_baseline, *clock, cancellation)).await?;
            if !judged(&looked).interim().iter().any(Interim::is_decisive) {
                return Ok(looked);
            }
            *known_baseline = None;
        }
        pipeline::run(settings, *clock, cancellation).await
    }

    fn see(&mut self, now: Timestamp, report: Report, is_last: bool) -> Vec<News> {
        let figures = judged(&report);
        let interim = if is_last { figures.concluded() } else { figures.interim() };
        let news = self.state.see(now, &interim, report.totals.stagger.job.started, is_last);
        self.report = Some(Box::new(report));
        news
    }

    /// Says once that the store cannot be used.
    async fn keep(
        &mut self,
        now: Timestamp,
        messages: &[AddressedMessage],
        tell: &mut Tell<'_>,
    ) -> Result<(), WatchError> {
        let Some(store) = &self.store else { return Ok(()) };
        let saved = store.save(&self.state, messages).await;
        if let (Err(error), false) = (&saved, self.store_failed) {
            tell(now, &News::NotKept { problem: error.to_string() })?;
        }
        self.store_failed = saved.is_err();
        Ok(())
    }
}

/// What the verdicts of a look are made of.
fn judged(report: &Report) -> JudgedFigures<'_> {
    JudgedFigures {
        targets: &report.targets,
        triggers: &report.triggers,
        totals: &report.totals,
        jobs: &report.jobs,
    }
}
