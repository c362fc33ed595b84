//! Samples that jobdelta took before, as its store has them.

use std::collections::BTreeMap;

use super::series::{SampleSeries, collected, described};
use crate::clock::{Stopwatch, Timestamp};
use crate::measurement::{BuiltIn, SampleReading};
use crate::window::{PerSide, Window};

/// What was kept of built-in measurements, each in the order of time. One that is not there has no store to be read from.
pub type KeptSamples = BTreeMap<&'static str, PerSide<Vec<(Timestamp, f64)>>>;

/// What is said of one without a store.
pub(super) const NO_STORE: &str = "its samples are kept in a store: give --store";

const MINUTE_US: f64 = 60e6;

/// What the samples of a window say.
pub(super) fn series(built_in: &BuiltIn, kept: &[(Timestamp, f64)], window: &Window) -> SampleSeries {
    let watch = Stopwatch::start();
    let inside: Vec<(Timestamp, f64)> = kept.iter().copied().filter(|(at, _)| window.observes(*at)).collect();
    let values = match built_in.reading {
        SampleReading::Value => inside,
        SampleReading::PerMinute => per_minute(&inside, window),
        SampleReading::Falls => falls(&inside, window),
    };
    let statement = described([("built_in", built_in.name.to_owned())]);
    SampleSeries {
        samples: collected(values, window),
        read: kept.len() as u64,
        statement,
        elapsed: watch.elapsed(),
    }
}

fn per_minute(samples: &[(Timestamp, f64)], window: &Window) -> Vec<(Timestamp, f64)> {
    let rate = |pair: &[(Timestamp, f64)]| {
        let &[(from, before), (at, after)] = pair else { return None };
        let minutes = at.since(from).us() as f64 / MINUTE_US;
        let is_known = after >= before && minutes > 0.0 && !is_divided(from, at, window);
        is_known.then(|| (at, (after - before) / minutes))
    };
    samples.windows(2).filter_map(rate).collect()
}

fn falls(samples: &[(Timestamp, f64)], window: &Window) -> Vec<(Timestamp, f64)> {
    let (mut before, mut count) = (None, 0_u32);
    let mut counted = |&(at, value): &(Timestamp, f64)| {
        let last = before.replace((at, value));
        let fell = last.is_some_and(|(from, before)| value < before && !is_divided(from, at, window));
        count += u32::from(fell);
        (at, f64::from(count))
    };
    samples.iter().map(&mut counted).collect()
}

/// Whether what happened between two samples may lie in an excluded period.
fn is_divided(from: Timestamp, at: Timestamp, window: &Window) -> bool {
    window.excluded.iter().any(|excluded| excluded.start < at && excluded.end > from)
}
