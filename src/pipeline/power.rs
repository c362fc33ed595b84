//! From a question to what a change made now could show.

use std::sync::Arc;

use super::computed;
use super::error::PipelineError;
use super::read::read;
use super::reading::Keep;
use super::source::Inquiry;
use crate::analysis::power::{self, PowerQuestion, PowerTable};
use crate::cancellation::Cancellation;
use crate::clock::Timestamp;
use crate::settings::Settings;
use crate::window::Period;

/// The table, and where it is from.
#[derive(Debug)]
pub struct PowerReading {
    pub table: PowerTable,
    /// `host:port/name` or a file's name; never a secret.
    pub identity: String,
    /// The window that stands for the baseline of a change made at its end.
    pub window: Period,
    pub as_of: Timestamp,
}

/// Reads the windows of `settings`, of which the second stands for the baseline of a change made at its end.
pub async fn power(
    settings: &Settings,
    asked: PowerQuestion,
    cancellation: &Cancellation,
) -> Result<PowerReading, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation).at_seasons();
    let reading = Box::pin(read(inquiry)).await?;
    let question = Arc::clone(question);
    let work = move || {
        let observations = &reading.observations;
        let window = &observations.windows.stagger;
        PowerReading {
            table: power::power(observations, &question.analysis, &question.jobs, asked, &reading.matched),
            identity: reading.source.identity.clone(),
            window: window.period,
            as_of: observations.as_of,
        }
    };
    computed("the analysis", cancellation, inquiry.deadline, work).await
}
