//! What improved and what regressed, each with its evidence, and the classes of failure.

use serde::Serialize;

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, ComparisonVerdict, Comparisons};
use crate::analysis::metric::{Metric, Unit};
use crate::figure::{self, ABSENT};
use crate::legible;
use crate::report::model::Report;

/// Verdicts of comparisons: those of rates first, then the largest change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// A line each, with its evidence.
    pub improvements: Vec<String>,
    /// Durations that are lower, of jobs of whose runs fewer end well: no improvement. A line each, with its evidence.
    pub too_fast: Vec<String>,
    /// A line each, with its evidence.
    pub regressions: Vec<String>,
    /// How many comparisons were decided and how many were not.
    pub balance: String,
}

/// Failed and timed-out runs of a job with one kind of message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailureRow {
    /// The job.
    pub job: String,
    /// The message with its digits masked.
    pub error_class: String,
    /// Runs before.
    pub before: String,
    /// Runs after.
    pub after: String,
    /// When it was first seen after; `–` when it was not.
    pub first_seen: String,
    /// Seen after and not before.
    pub new: bool,
}

pub(super) fn view(report: &Report) -> Impact {
    let everywhere: Vec<(Option<&str>, &Comparisons)> = std::iter::once((None, &report.totals.comparison))
        .chain(report.jobs.iter().map(|job| (Some(job.name.as_str()), &job.comparison)))
        .collect();
    let all = || {
        everywhere.iter().flat_map(|(job, all)| all.iter().map(move |(metric, found)| (*job, metric, found)))
    };
    let with = |verdict: ComparisonVerdict, too_fast: bool| {
        let wanted = |found: &Comparison| {
            found.verdict == Some(verdict) && found.is_restricted_by(Restriction::TooFast) == too_fast
        };
        let mut found: Vec<_> = all().filter(|(_, _, found)| wanted(found)).collect();
        found.sort_by(|a, b| {
            let (one, other) = (rank(a.1, a.2), rank(b.1, b.2));
            other.0.cmp(&one.0).then(other.1.total_cmp(&one.1)).then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
        });
        found.into_iter().map(|(job, metric, found)| line(job, metric, found)).collect::<Vec<_>>()
    };
    let count = |verdict| everywhere.iter().map(|(_, all)| all.count(verdict)).sum::<usize>() as u64;
    let balance: Vec<String> = [
        ComparisonVerdict::Improved,
        ComparisonVerdict::Regressed,
        ComparisonVerdict::NoMaterialChange,
        ComparisonVerdict::Inconclusive,
        ComparisonVerdict::NotMeasured,
    ]
    .into_iter()
    .map(|verdict| {
        let too_fast = all()
            .filter(|(.., found)| {
                found.verdict == Some(verdict) && found.is_restricted_by(Restriction::TooFast)
            })
            .count() as u64;
        let of_these = match too_fast {
            0 => String::new(),
            runs => format!(" ({} of them of jobs that fail more)", figure::count(runs)),
        };
        format!("{} {}{of_these}", figure::count(count(verdict)), verdict.words())
    })
    .collect();
    Impact {
        improvements: with(ComparisonVerdict::Improved, false),
        too_fast: with(ComparisonVerdict::Inconclusive, true),
        regressions: with(ComparisonVerdict::Regressed, false),
        balance: balance.join(", "),
    }
}

/// What stands first: rates, by points, because a job that no longer ends well outweighs one that takes
/// longer and because from next to nothing every change is a large multiple; then the rest, by ratio.
fn rank(metric: &Metric, found: &Comparison) -> (bool, f64) {
    let rate = metric.share().is_some();
    let relative = found.shift_relative.or(found.relative_change).filter(|_| !rate);
    (rate, relative.or(found.change).map_or(0.0, f64::abs))
}

/// `Job: median duration 46.1 ms → 33.4 ms (change −13.4 to −11.2 ms, p 0.001)`
fn line(job: Option<&str>, metric: &Metric, found: &Comparison) -> String {
    let unit = &metric.unit;
    let value = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), |value| unit.value(value, &[]));
    let mut evidence = Vec::new();
    if let Some([low, high]) = found.shift_interval.or(found.interval) {
        let change = |end| match unit {
            Unit::Count => figure::number(end),
            unit => unit.difference(end),
        };
        evidence.push(format!("change {} to {}", change(low), change(high)));
    }
    if let Some(p) = found.p_adjusted.or(found.p) {
        evidence.push(format!("p {}", figure::p_value(p)));
    }
    let evidence = if evidence.is_empty() { String::new() } else { format!(" ({})", evidence.join(", ")) };
    let about = metric.label.to_lowercase();
    let whose = job.map_or_else(|| "All jobs".to_owned(), legible::name);
    let values = super::text::pair(&value(found.baseline), &value(found.stagger));
    format!("{whose}: {about} {values}{evidence}{}", restrictions(found))
}

/// What restricts a decided comparison, in a few words.
fn restrictions(found: &Comparison) -> String {
    // What all jobs together are restricted by stands among the caveats once.
    let told = found.caveats.iter().filter(|restriction| **restriction != Restriction::PopulationChanged);
    let words: Vec<&str> = told.map(|restriction| restriction.words()).collect();
    if words.is_empty() { String::new() } else { format!("; {}", words.join("; ")) }
}

pub(super) fn failures(report: &Report) -> Vec<FailureRow> {
    report
        .failures
        .iter()
        .map(|class| FailureRow {
            job: class.job.clone(),
            error_class: class.error_class.clone(),
            before: figure::count(class.baseline.runs),
            after: figure::count(class.stagger.runs),
            first_seen: class.stagger.first_seen.map_or_else(|| ABSENT.to_owned(), figure::instant),
            new: class.new,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric;

    #[test]
    fn a_job_that_no_longer_completes_is_the_largest_regression() {
        let with = |relative_change, change| Comparison { change, relative_change, ..Comparison::default() };
        let dead = rank(&metric::COMPLETION_RATE, &with(Some(-1.0), Some(-1.0)));
        let from_nothing = rank(&metric::FAILURE_RATE, &with(Some(22.8), Some(0.068)));
        let slower = rank(&metric::MEDIAN_DURATION, &with(Some(0.74), Some(900.0)));
        assert!(dead > from_nothing && from_nothing > slower, "{dead:?} {from_nothing:?} {slower:?}");
    }
}
