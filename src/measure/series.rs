//! Samples of one measurement in one window, from wherever they come.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::database::{BoundValue, Statement};
use crate::observation::Samples;
use crate::window::Window;

/// Most samples of a measurement in one window.
pub(super) const MOST_SAMPLES: u64 = 2_000_000;

/// Samples that were read outside the database, and how.
pub(super) struct SampleSeries {
    pub(super) samples: Samples,
    /// How many rows or points were read for them.
    pub(super) read: u64,
    /// What was asked, by name.
    pub(super) statement: Statement,
    pub(super) elapsed: Duration,
}

/// The samples that `window` observes, of values in any order.
pub(super) fn collected(mut values: Vec<(Timestamp, f64)>, window: &Window) -> Samples {
    values.retain(|(at, _)| window.observes(*at));
    values.sort_by_key(|(at, _)| *at);
    let mut samples = Samples::default();
    for (at, value) in values {
        samples.add(at, value, &window.excluded);
    }
    samples
}

/// What was asked of a source beside the database, in the form of a statement.
pub(super) fn described<'v>(values: impl IntoIterator<Item = (&'v str, String)>) -> Statement {
    let values = values.into_iter().map(|(name, text)| (name.to_owned(), BoundValue::Text(text)));
    Statement { values: values.collect(), ..Statement::default() }
}
