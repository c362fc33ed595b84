//! Keeping the runs of past periods, for reports to come.

use std::path::Path;

use super::error::PipelineError;
use super::reading::Keep;
use super::source::Inquiry;
use crate::cancellation::Cancellation;
use crate::clock::Span;
use crate::deployment::RequestedMoment;
use crate::settings::{Location, Settings};
use crate::store::recorded::{FoundSeries, NextPeriod, RecordedRuns, Recording, SeriesKey, next, without};
use crate::window::Period;

/// What to record.
#[derive(Clone, Copy, Debug)]
pub struct RecordRequest<'a> {
    /// The file of jobdelta's own.
    pub store: &'a Path,
    /// Where to begin; where the last recording ended when `None`.
    pub since: Option<RequestedMoment>,
    /// How far back runs are kept; for ever when `None`.
    pub keep: Option<Span>,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingDone {
    /// `host:port/name` or the file's name.
    pub identity: String,
    /// `None` where nothing was over, or the table is empty.
    pub done: Option<(NextPeriod, Recording)>,
    /// All that is recorded now.
    pub stretches: Vec<Period>,
    /// Where a new series was begun beside one that was read otherwise: a line of how.
    pub earlier_reading: Option<String>,
    /// Runs that are kept no longer.
    pub deleted: u64,
}

/// Records what is over of the table of `settings`. Every period is kept whole or not at all, and once.
pub async fn record(
    settings: &Settings,
    request: RecordRequest<'_>,
    cancellation: &Cancellation,
) -> Result<RecordingDone, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let RecordRequest { store, since, keep } = request;
    if let Location::Files(_) = question.source.location {
        return Err(PipelineError::RecordedFiles);
    }
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    let mut source = inquiry.open(&question.source, question.as_of).await?;
    let (key, as_of) = (SeriesKey::of(&source.session, &source.table.mapping), source.table.as_of);
    let limits = (cancellation, inquiry.deadline);
    let store = RecordedRuns::open(store).await?;
    let (mut stretches, earlier_reading) = match store.find(&key).await? {
        FoundSeries::Series(series) => (series.stretches, None),
        FoundSeries::OtherReading(line) => (Vec::new(), Some(line)),
        FoundSeries::OtherSources | FoundSeries::Nothing => (Vec::new(), None),
    };
    let since = since.map(|since| since.resolve(as_of));
    let next = source.table.coverage.first_started.and_then(|first| {
        next(&stretches, first, (as_of, source.table.as_of_is_clock), since, question.analysis.longest_run)
    });
    let done = match next {
        Some(next) => {
            let relation = source.table.relation();
            let from = (&relation, &mut source.session);
            let recording = Box::pin(store.record(&key, &next, from, limits)).await?;
            stretches = next.after(&stretches);
            Some((next, recording))
        }
        None => None,
    };
    let deleted = match keep {
        Some(keep) => {
            let from = as_of.plus(Span(-keep.us()));
            stretches = without(&stretches, from);
            store.delete_before(&key.source, from, limits)?
        }
        None => 0,
    };
    let identity = source.session.identity().to_owned();
    Ok(RecordingDone { identity, done, stretches, earlier_reading, deleted })
}
