//! The JSON report: the contract, laid out for readers.

mod layout;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};

use super::RenderError;
use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::comparison::{Comparison, Comparisons};
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::report::model::{Number, Report};
use crate::report::provenance::Provenance;

/// Whether frequency tables are part of the JSON report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Every table of every job, and every comparison however many jobs there are.
    All,
    /// Only those of at most five durations, which pictures show one by one.
    Few,
}

/// The contract's bytes.
pub fn render(report: &Report, tables: Tables) -> Result<Vec<u8>, RenderError> {
    match tables {
        Tables::All => with_jobs(&report.without_jobs(), report.jobs.iter().map(compact)),
        Tables::Few => {
            let named: BTreeSet<Number> =
                report.findings.iter().flat_map(|finding| finding.numbers.clone()).collect();
            let jobs = report.jobs.iter().map(|job| compact(&brief_job(report, job, &named)));
            with_jobs(&brief(report), jobs)
        }
    }
}

/// `report`, which has no jobs, with these, of which one is held at a time.
fn with_jobs(
    report: &Report,
    jobs: impl Iterator<Item = Result<Vec<u8>, RenderError>>,
) -> Result<Vec<u8>, RenderError> {
    let mut bytes = layout::lines_with(&compact(report)?, "jobs", jobs)?;
    bytes.push(b'\n');
    // It is kept until every output is made, and was grown by doubling.
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// What later reports read: one job a line.
pub(super) fn observations(report: &Report) -> Result<Vec<u8>, RenderError> {
    let kept = report.observations.as_ref().ok_or(RenderError::NoObservations)?;
    let mut bytes = layout::lines(&compact(kept)?, OBSERVATION_DEPTH);
    bytes.push(b'\n');
    Ok(bytes)
}

/// The containers of an observations file that are broken into lines: the file, its window, the jobs.
const OBSERVATION_DEPTH: usize = 3;

/// Above this many bound texts, those of a query are left out.
const LISTED_TEXTS: u64 = 24;

/// Above this many jobs, comparisons that show no change are left out.
const DETAILED_JOBS: usize = 100;

fn compact(value: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    let mut compact = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut compact, NumberFormatter(CompactFormatter)))?;
    Ok(compact)
}

/// `report` without tables and without its jobs.
fn brief(report: &Report) -> Report {
    let mut report = report.without_jobs();
    shorten(&mut report.totals.baseline.job);
    shorten(&mut report.totals.stagger.job);
    report.provenance.iter_mut().for_each(shorten_parameters);
    report.totals.comparison = brief_comparisons(&report.totals.comparison, |_, _| true);
    report
}

/// A job without tables. Of many jobs, comparisons that show no change are left out, but for the median and what a
/// finding names: their figures are in the windows.
fn brief_job(report: &Report, job: &JobReport, named: &BTreeSet<Number>) -> JobReport {
    let many = report.jobs.len() > DETAILED_JOBS;
    let is_written = |metric: &Metric, comparison: &Comparison| {
        !many
            || comparison.is_change()
            || *metric == metric::MEDIAN_DURATION
            || named.contains(&Number::of_job(metric, &job.name))
    };
    let mut job = JobReport { comparison: brief_comparisons(&job.comparison, is_written), ..job.clone() };
    shorten(&mut job.baseline);
    shorten(&mut job.stagger);
    job
}

/// Those that are written. Without a test the reason says what the metric is, the same of every job.
fn brief_comparisons(all: &Comparisons, is_written: impl Fn(&Metric, &Comparison) -> bool) -> Comparisons {
    let written = all.all().into_iter().filter(|(metric, comparison)| is_written(metric, comparison));
    let brief = |(metric, comparison): (&'static Metric, Cow<'_, Comparison>)| {
        let mut comparison = comparison.into_owned();
        if comparison.verdict.is_none() {
            comparison.reason = ComparisonReason::Unsaid;
        }
        (metric, comparison)
    };
    written.map(brief).collect()
}

fn shorten(window: &mut JobWindow) {
    window.start_seconds = None;
    if window.duration_ms.is_none_or(|facts| facts.median_interval.is_some()) {
        window.duration_table = None;
    }
}

fn shorten_parameters(query: &mut Provenance) {
    let texts = query.parameters.values().filter(|value| value.is_string()).count() as u64;
    if texts > LISTED_TEXTS {
        query.parameters.retain(|_, value| !value.is_string());
        query.texts_left_out = texts;
    }
}

/// Numbers as readers can use them: a fraction has at most twelve significant digits, far more than any figure
/// is exact to. Whole numbers are written as they are.
struct NumberFormatter(CompactFormatter);

impl Formatter for NumberFormatter {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        self.0.write_f64(writer, rounded(value))
    }
}

fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_twelve_digits_and_counts_all_of_theirs() {
        for (value, shown) in [
            (0.961_135_146_460_527_3, 0.961_135_146_461),
            (1.0 / 3.0e-9, 333_333_333.333),
            (123_456_789_012_345.6, 123_456_789_012_000.0),
            (5.0e-324, 5.0e-324),
            (f64::MAX, 1.797_693_134_86e308),
            (0.0, 0.0),
        ] {
            assert!((rounded(value) - shown).abs() <= f64::EPSILON * shown.abs(), "{value}");
        }
        let mut bytes = Vec::new();
        let numbers = (u64::MAX, 0.1 + 0.2);
        numbers
            .serialize(&mut Serializer::with_formatter(&mut bytes, NumberFormatter(CompactFormatter)))
            .unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "[18446744073709551615,0.3]");
    }
}
