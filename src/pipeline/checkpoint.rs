//! One assessment of a deployment: since the start of the window after the change, and in the last period.

use std::sync::Arc;

use super::error::PipelineError;
use super::reading::Keep;
use super::run;
use super::source::Inquiry;
use crate::cancellation::Cancellation;
use crate::clock::{Clock, Timestamp};
use crate::deployment::{RequestedEnd, RequestedMoment, RequestedPeriod};
use crate::report::checkpoint::Checkpoint;
use crate::report::model::Report;
use crate::settings::windows::WindowError;
use crate::settings::{BaselineFrom, Location, Question, Settings, WindowRequest};
use crate::window::{PerSide, Period};

/// The window after the change as far as it is fixed: its start, and its end where that is.
///
/// # Errors
/// When the start moves with the present: every checkpoint would be of another deployment.
pub fn bounds(question: &Question) -> Result<(Timestamp, Option<Timestamp>), PipelineError> {
    let fixed = match &question.windows {
        WindowRequest::Given { stagger, .. } | WindowRequest::Stagger { stagger, .. } => {
            match (stagger.fixed(), stagger.start) {
                (Some(period), _) => Some((period.start, Some(period.end))),
                (None, RequestedEnd::At(start)) => Some((start, None)),
                _ => None,
            }
        }
        WindowRequest::At { at, settle, until } => {
            at.fixed().map(|at| (at.plus(*settle), until.and_then(RequestedMoment::fixed)))
        }
    };
    fixed.ok_or(PipelineError::MovingStart)
}

/// The instant up to which there is something to assess: the one that was asked for, else the present of the
/// database.
pub async fn present(
    settings: &Settings,
    clock: Clock,
    cancellation: &Cancellation,
) -> Result<Timestamp, PipelineError> {
    let Settings { question, policy, .. } = settings;
    if let Some(as_of) = question.as_of {
        return Ok(as_of);
    }
    if let Location::Files(_) = question.source.location {
        return Ok(clock.now());
    }
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    let (mut session, _) = inquiry.connect(&question.source).await?;
    Ok(session.clock().await?)
}

/// The assessment at the end of `period` of a window that starts at `start`. `None` where exclusions leave nothing
/// of the window to look at.
pub async fn assess(
    settings: &Settings,
    start: Timestamp,
    period: Period,
    cancellation: &Cancellation,
) -> Result<Option<Checkpoint>, PipelineError> {
    let question = &settings.question;
    let since_start = until(&question.windows, start, period.end);
    let Some(whole) = report(settings, since_start, period.end, cancellation).await? else {
        return Ok(None);
    };
    let last = alone(question, &whole, period);
    let last = report(settings, last, period.end, cancellation).await?;
    Ok(Some(Checkpoint::of(period, &whole, last.as_ref())))
}

/// `None` where exclusions leave nothing of the window after.
async fn report(
    settings: &Settings,
    windows: WindowRequest,
    end: Timestamp,
    cancellation: &Cancellation,
) -> Result<Option<Report>, PipelineError> {
    let question = Question { windows, as_of: Some(end), ..Question::clone(&settings.question) };
    let settings = Settings { question: Arc::new(question), ..settings.clone() };
    match run(&settings, Clock::Fixed(end), cancellation).await {
        Ok(report) => Ok(Some(report)),
        Err(PipelineError::Window(WindowError::Excluded { side: crate::window::Side::Stagger, .. })) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The same windows, the one after ending at `end`.
fn until(windows: &WindowRequest, start: Timestamp, end: Timestamp) -> WindowRequest {
    let stagger = fixed(Period { start, end });
    match windows {
        WindowRequest::Given { baseline, conditions, .. } => {
            WindowRequest::Given { baseline: *baseline, stagger, conditions: conditions.clone() }
        }
        WindowRequest::Stagger { condition, .. } => {
            WindowRequest::Stagger { stagger, condition: condition.clone() }
        }
        WindowRequest::At { at, settle, .. } => {
            WindowRequest::At { at: *at, settle: *settle, until: Some(RequestedMoment::At(end)) }
        }
    }
}

/// The period alone against the baseline of the whole.
fn alone(question: &Question, whole: &Report, period: Period) -> WindowRequest {
    let conditions = match &question.windows {
        WindowRequest::Given { conditions, .. } => conditions.clone(),
        WindowRequest::Stagger { condition, .. } => PerSide { baseline: None, stagger: condition.clone() },
        WindowRequest::At { .. } => PerSide::default(),
    };
    let stagger = fixed(period);
    if let BaselineFrom::Report(_) = question.baseline {
        return WindowRequest::Stagger { stagger, condition: conditions.stagger };
    }
    let before = &whole.windows.baseline;
    let baseline = fixed(Period { start: before.start, end: before.end });
    WindowRequest::Given { baseline, stagger, conditions }
}

fn fixed(period: Period) -> RequestedPeriod {
    RequestedPeriod { start: RequestedEnd::At(period.start), end: RequestedEnd::At(period.end) }
}
