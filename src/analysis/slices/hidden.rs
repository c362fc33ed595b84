//! Changes that a season of the day may hide: within two windows it looks like dependence between runs.

use crate::analysis::Analysis;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric;
use crate::analysis::statistics::normal;
use crate::clock::DAY_US;
use crate::window::{PerSide, Window};

/// From this inflation on it is looked whether a season is the reason.
const WORTH_A_LOOK: f64 = 1.5;
/// What p has to be without any dependence for a look.
pub(in crate::analysis) const PROMISING: f64 = 0.025;

/// The jobs whose typical duration would have changed if their runs did not resemble their predecessors, the clearest
/// first. None where the windows are not at the same times of the day.
pub(super) fn hidden<'a>(analysis: &'a Analysis, windows: &PerSide<Window>) -> Vec<&'a str> {
    if !are_at_the_same_hours(windows) {
        return Vec::new();
    }
    let hidden = |job: &'a JobReport| {
        let found = job.comparison.get(&metric::MEDIAN_DURATION)?;
        Some((independent_p(found)?, job.name.as_str()))
    };
    let mut found: Vec<(f64, &str)> = analysis.jobs.iter().filter_map(hidden).collect();
    found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    found.into_iter().map(|(_, name)| name).collect()
}

/// The jobs of which a season may hide a change, whatever these windows show of one: those that are looked at once a
/// change of them is promising. None where the windows are not at the same times of the day.
pub(super) fn may_be_hidden<'a>(analysis: &'a Analysis, windows: &PerSide<Window>) -> Vec<&'a str> {
    let may_be = |job: &JobReport| {
        let found = job.comparison.get(&metric::MEDIAN_DURATION);
        are_at_the_same_hours(windows) && found.and_then(seeming_dependence).is_some()
    };
    analysis.jobs.iter().filter(|job| may_be(job)).map(|job| job.name.as_str()).collect()
}

/// The inflation that a season may be the reason of. Ordinary days in place of the runs have the season, too.
fn seeming_dependence(found: &Comparison) -> Option<f64> {
    let is_of_runs = found.ordinary_days.as_ref().is_none_or(|days| !days.in_place_of_runs);
    found.inflation.filter(|inflation| is_of_runs && *inflation >= WORTH_A_LOOK)
}

/// The p of an undecided comparison that would be small without dependence.
fn independent_p(found: &Comparison) -> Option<f64> {
    let inflation = seeming_dependence(found)?;
    let (p, shift, margin) = (found.p?, found.shift?, found.margin?);
    let is_open = found.verdict == Some(ComparisonVerdict::Inconclusive);
    // A p of 1 says nothing whatever it is multiplied by.
    if !is_open || shift.abs() < margin || p <= 0.0 || p >= 1.0 {
        return None;
    }
    let independent = normal::two_sided(normal::exceeded_by(p / 2.0) * inflation.sqrt());
    (independent <= PROMISING).then_some(independent)
}

/// Whether the windows begin at the same time of day.
fn are_at_the_same_hours(windows: &PerSide<Window>) -> bool {
    let apart = windows.stagger.period.start.since(windows.baseline.period.start).us();
    apart > 0 && apart % DAY_US == 0
}
