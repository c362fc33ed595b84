//! How the runs of one job met each other, and how much time they occupied.

use super::intake::WindowRuns;
use super::run::PackedRun;
use super::steps::Steps;
use crate::observation::Overlap;
use crate::source::relation::DUPLICATE_WITHIN_US;

/// The overlaps of one job, whose runs are in the order of their starts, those that occupy longest first
/// among equal ones: of runs that start together while none occupies all but one overlap, if any of them
/// occupies.
pub(super) fn overlap(runs: &[PackedRun], window: &WindowRuns) -> Overlap {
    let mut overlap = Overlap::default();
    let mut earlier_until_us = i64::MIN;
    let mut previous_us: Option<i64> = None;
    let mut crossed = false;
    for run in runs.iter().filter(|run| !run.fate().is_skipped()) {
        let meets = earlier_until_us > run.started_us;
        if run.observed() {
            let close = previous_us.is_some_and(|us| run.started_us - us < DUPLICATE_WITHIN_US);
            overlap.overlapping_starts += u64::from(meets);
            overlap.suspected_duplicates += u64::from(close);
            previous_us = Some(run.started_us);
        }
        if let Some(until_us) = run.occupied_until_us(window.in_flight_until_us) {
            crossed |= meets;
            overlap.busy_us += observed_us(run.started_us, until_us, window);
            earlier_until_us = earlier_until_us.max(until_us);
        }
    }
    if crossed {
        overlap.overlapped_us = overlapped_us(runs, window);
    }
    overlap
}

/// The part of an occupancy that lies in the observed part.
fn observed_us(from_us: i64, until_us: i64, window: &WindowRuns) -> i64 {
    let parts = window.window.observed.iter();
    parts.map(|part| (until_us.min(part.end.us()) - from_us.max(part.start.us())).max(0)).sum()
}

/// Observed time during which two or more runs occupy.
fn overlapped_us(runs: &[PackedRun], window: &WindowRuns) -> i64 {
    let mut steps = Steps::default();
    for run in runs {
        if let Some(until_us) = run.occupied_until_us(window.in_flight_until_us) {
            steps.add(run.started_us, until_us, &window.window.observed);
        }
    }
    let mut overlapped_us = 0;
    steps.visit(|level, from_us, until_us| {
        if level > 1 {
            overlapped_us += until_us - from_us;
        }
    });
    overlapped_us
}
