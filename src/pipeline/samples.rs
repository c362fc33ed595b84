//! Samples that jobdelta takes itself: taking them, and reading those that were kept.

use super::error::PipelineError;
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::measure::{KeptSamples, sample};
use crate::measurement::{KpiSource, SampleRound};
use crate::settings::{Location, Question};
use crate::store::samples::SampleStore;
use crate::window::{PerSide, Period, Side, Window};

/// One round of all built-in measurements of the source of a question and of its endpoint.
pub async fn take(question: &Question, clock: Clock, cancellation: &Cancellation) -> SampleRound {
    let url = match &question.source.location {
        Location::Database(url) => Some(url.as_str()),
        Location::Files(_) => None,
    };
    sample(url, &question.sampling, clock, cancellation).await
}

/// What the store of a question has of its built-in measurements in `windows`, of the source at `place`. Nothing
/// without a store.
pub(super) async fn kept(
    question: &Question,
    place: &str,
    windows: &PerSide<Window>,
) -> Result<KeptSamples, PipelineError> {
    let mut kept = KeptSamples::new();
    let mut built_in = question.sampled().filter_map(|(_, source)| match source {
        KpiSource::BuiltIn(built_in) => Some(*built_in),
        _ => None,
    });
    let Some(path) = &question.history else { return Ok(kept) };
    let Some(first) = built_in.next() else { return Ok(kept) };
    let store = SampleStore::open_existing(path).await?;
    for built_in in std::iter::once(first).chain(built_in) {
        let mut samples: PerSide<Vec<_>> = PerSide::default();
        if let Some(key) = question.sampling.series(built_in, place) {
            for side in Side::BOTH {
                let window = windows.get(side);
                let period = Period { start: window.period.start, end: window.observed_end() };
                *samples.get_mut(side) = store.between(&key, period).await?;
            }
        }
        kept.insert(built_in.name, samples);
    }
    Ok(kept)
}
