//! What the halves of the windows say against one figure for the whole.

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::figures::job::JobReport;
use crate::legible;
use crate::report::finding::compose::NAMED;
use crate::report::model::{Report, Weakness};
use crate::window::Side;

/// How far the pace after the change may be from that before, either way, to be called the same.
const SAME_RATE: f64 = 2.0;
/// How far a change may be from what the pace before foretells, as a share of it; its uncertainty is added.
const FORETOLD: f64 = 0.5;

/// The sentences on the courses of comparisons, each with its job.
pub(super) fn courses<'a>(told: impl Iterator<Item = (&'a JobReport, &'a Comparison)>) -> Vec<String> {
    let told: Vec<(&JobReport, &Comparison)> = told.collect();
    let sentence = |words: &str, is: &dyn Fn(&Comparison) -> bool| {
        let names: Vec<&str> =
            told.iter().filter(|(_, found)| is(found)).map(|(job, _)| job.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{words}: {}.", legible::list(&names, NAMED)))
    };
    let half = |found: &Comparison| found.is_restricted_by(Restriction::NotInBothHalves);
    let mut sentences: Vec<Option<String>> = vec![sentence("Not in both halves of the window after", &half)];
    for (side, window) in [(Side::Baseline, "before"), (Side::Stagger, "after")] {
        for (verb, moved) in [("Rose", Some(true)), ("Fell", Some(false)), ("Changed", None)] {
            let is = |found: &Comparison| {
                found.is_restricted_by(Restriction::drift_in(side)) && rises(found, side) == moved
            };
            sentences.push(sentence(&format!("{verb} within the window {window}"), &is));
        }
    }
    let moved = |before: bool| {
        move |found: &Comparison| {
            found.moment.is_some_and(|moment| moment.is_elsewhere() && (moment.apart_s < 0) == before)
        }
    };
    sentences.push(sentence("Changed before the deployment", &moved(true)));
    sentences.push(sentence("Changed some time after the deployment", &moved(false)));
    let gradual = |found: &Comparison| found.is_restricted_by(Restriction::Gradual);
    sentences.push(sentence("Changed gradually, not at one moment", &gradual));
    sentences.into_iter().flatten().collect()
}

/// From the first half of a window to its second, in the unit of the change.
fn step(found: &Comparison, side: Side) -> Option<f64> {
    let [first, second] = match side {
        Side::Baseline => found.baseline_halves,
        Side::Stagger => found.halves,
    }?;
    Some(second - first)
}

fn rises(found: &Comparison, side: Side) -> Option<bool> {
    step(found, side).filter(|step| step.abs() > 0.0).map(|step| step > 0.0)
}

/// Whether a shown change turned into its contrary within the window after.
pub(super) fn turns(found: &Comparison) -> bool {
    found.is_restricted_by(Restriction::NotInBothHalves)
        && found.halves.is_some_and(|[first, second]| first * second < 0.0)
}

/// The direction of a comparison that was changing within the baseline, went on at that pace after the change,
/// and is as far from the baseline as that pace foretells; `None` of any other.
pub(super) fn continues(report: &Report, found: &Comparison) -> Option<Weakness> {
    let [before, after] = Side::BOTH.map(|side| {
        let window = report.windows.get(side);
        // the middles of two halves are half a window apart
        step(found, side).map(|step| step / (window.seconds / 2.0))
    });
    let middle = |side| {
        let window = report.windows.get(side);
        window.start.us() as f64 / 1e6 + window.seconds / 2.0
    };
    let (before, after, change) = (before?, after?, found.change?);
    let apart = middle(Side::Stagger) - middle(Side::Baseline);
    let foretold = before * apart;
    // A half has half the runs, so that the step between two is known √2 times less well than the change.
    let half_width = found.interval.map_or(0.0, |[low, high]| (high - low) / 2.0);
    let steps = apart / (report.windows.get(Side::Baseline).seconds / 2.0);
    let uncertainty = half_width * std::f64::consts::SQRT_2 * steps;
    let goes_on = found.is_restricted_by(Restriction::DriftInBaseline)
        && (1.0 / SAME_RATE..=SAME_RATE).contains(&(after / before))
        && (change - foretold).abs() <= FORETOLD * foretold.abs() + uncertainty;
    goes_on.then_some(if before > 0.0 { Weakness::RisingBefore } else { Weakness::FallingBefore })
}
