//! A look before the end of a watch: what its verdicts rest on, and no more.
//!
//! Such verdicts are facts and shares of runs. Earlier days and the moment of a change decide nothing yet, and a baseline
//! that nothing more comes to is read once.

use std::sync::Arc;

use super::concluded;
use super::error::PipelineError;
use super::read::{alone, read};
use super::reading::{Keep, SourceReading};
use super::source::{Inquiry, Source};
use crate::analysis::plan::AnalysisSettings;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Span};
use crate::observation::ordinary::{OrdinaryDays, Shortfall};
use crate::observation::{Observations, ObservedElsewhere};
use crate::report::model::Report;
use crate::settings::{BaselineFrom, Question, Settings};
use crate::window::{Side, Window};

/// A baseline that was read at an earlier look.
#[derive(Clone, Debug)]
pub struct KnownBaseline(ObservedElsewhere);

/// What a look sees, as far as verdicts before the end rest on it. `known` is the baseline of earlier looks.
///
/// # Errors
/// As for any report.
pub async fn look(
    settings: &Settings,
    known: &mut Option<KnownBaseline>,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Report, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let question = Arc::new(without_earlier_days(question));
    let inquiry = Inquiry::new(&question, *policy, Keep::Figures, cancellation);
    let reading = match (&known, &question.baseline) {
        (Some(known), BaselineFrom::Source) => Box::pin(after_alone(inquiry, known)).await?,
        _ => None,
    };
    let reading = match reading {
        Some(reading) => reading,
        None => {
            let reading = Box::pin(read(inquiry)).await?;
            *known = KnownBaseline::of(&reading, &question);
            reading
        }
    };
    concluded(inquiry, Arc::clone(&question), reading, clock).await
}

fn without_earlier_days(question: &Question) -> Question {
    let analysis = AnalysisSettings { placebo_days: 0, ..question.analysis.clone() };
    Question { analysis, ..question.clone() }
}

/// The window after the change beside what is known of the one before; `None` where the windows are others by now, or
/// the table no longer reaches back to the change.
async fn after_alone(
    inquiry: Inquiry<'_>,
    KnownBaseline(known): &KnownBaseline,
) -> Result<Option<SourceReading>, PipelineError> {
    let question = inquiry.question;
    let source: Source<'_> = inquiry.open(&question.source, question.as_of).await?;
    let windows = source.table.windows()?;
    let reaches = question.history.is_none()
        || source.table.coverage.first_started.is_some_and(|first| first <= windows.stagger.period.start);
    if !reaches || !is_same(&windows.baseline, &known.window) {
        return Ok(None);
    }
    let after = source.read(inquiry, alone(Side::Stagger, windows.stagger)).await?;
    let mut both = after.with_baseline(known.clone(), &question.exclusions);
    both.observations.ordinary = OrdinaryDays::none(Shortfall::NotAsked);
    Ok(Some(both))
}

fn is_same(one: &Window, other: &Window) -> bool {
    (one.period, &one.observed, &one.condition) == (other.period, &other.observed, &other.condition)
}

impl KnownBaseline {
    /// `None` while runs of it are under way, or may be and are written when they end.
    fn of(reading: &SourceReading, question: &Question) -> Option<Self> {
        let seen = &reading.observations;
        let is_settled = seen.as_of.since(seen.windows.baseline.period.end) >= longest_run(seen);
        let under_way: u64 = seen.baseline.jobs.values().map(|job| job.outcomes.in_flight).sum();
        let is_whole = reading.gaps.is_empty() && question.baseline == BaselineFrom::Source;
        let is_known = is_settled && is_whole && under_way == 0;
        is_known.then(|| Self(seen.baseline_alone(&question.exclusions)))
    }
}

/// How long the longest run of the baseline that completed took.
fn longest_run(seen: &Observations) -> Span {
    let longest =
        seen.baseline.jobs.values().map(|job| &job.durations).filter(|durations| !durations.is_empty());
    Span(longest.map(|durations| durations.max).max().unwrap_or(0))
}
