//! Reading: from a question to what was observed, from one place or from two.

use std::path::Path;

use super::error::PipelineError;
use super::history::from_history;
use super::reading::SourceReading;
use super::source::Inquiry;
use crate::observation::ObservedElsewhere;
use crate::report::baseline::baseline;
use crate::settings::windows::{choose_apart, choose_stagger};
use crate::settings::{BaselineFrom, Question, SourceSettings};
use crate::window::{PerSide, Side, Window};

/// Observes the windows of the question, each where its rows are.
pub(super) async fn read(inquiry: Inquiry<'_>) -> Result<SourceReading, PipelineError> {
    let question = inquiry.question;
    match &question.baseline {
        BaselineFrom::Source => {
            let source = inquiry.open(&question.source, question.as_of).await?;
            match &question.history {
                Some(store) => Box::pin(from_history(inquiry, source, store)).await,
                None => {
                    let windows = source.table.windows()?;
                    source.read(inquiry, windows).await
                }
            }
        }
        BaselineFrom::Report(path) => from_report(inquiry, path).await,
        BaselineFrom::Database(other) => Box::pin(from_two(inquiry, other)).await,
    }
}

/// The baseline from an earlier report, which is read before a database is asked anything.
async fn from_report(inquiry: Inquiry<'_>, path: &Path) -> Result<SourceReading, PipelineError> {
    let question = inquiry.question;
    let earlier = earlier(path, question)?;
    let source = inquiry.open(&question.source, question.as_of).await?;
    let stagger = choose_stagger(&question.windows, source.table.as_of, &question.exclusions)?;
    let after = source.read(inquiry, alone(Side::Stagger, stagger)).await?;
    Ok(after.with_baseline(earlier, &question.exclusions))
}

/// The baseline from `other`.
async fn from_two(inquiry: Inquiry<'_>, other: &SourceSettings) -> Result<SourceReading, PipelineError> {
    let question = inquiry.question;
    let source = inquiry.open(&question.source, question.as_of).await?;
    let as_of = source.table.as_of;
    let other = inquiry.open(other, Some(as_of)).await?;
    let first_started = other.table.coverage.first_started;
    let windows = choose_apart(&question.windows, as_of, first_started, &question.exclusions)?;
    let before = other.read(inquiry, alone(Side::Baseline, windows.baseline)).await?;
    let after = source.read(inquiry, alone(Side::Stagger, windows.stagger)).await?;
    Ok(after.beside(before, &question.exclusions))
}

/// A pair of which only one window is read.
pub(super) fn alone(side: Side, window: Window) -> PerSide<Window> {
    let nothing = Window::nothing_at(window.period.start);
    match side {
        Side::Baseline => PerSide { baseline: window, stagger: nothing },
        Side::Stagger => PerSide { baseline: nothing, stagger: window },
    }
}

fn earlier(path: &Path, question: &Question) -> Result<ObservedElsewhere, PipelineError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| PipelineError::EarlierReport { path: path.to_owned(), source })?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(baseline(&text, &name, question)?)
}
