//! Whether the headlines of a report contradict its verdicts.

use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::comparison::{Comparison, ComparisonVerdict};
use jobdelta::analysis::figures::job::JobReport;
use jobdelta::analysis::metric::Metric;
use jobdelta::report::model::{Direction, Report};

/// What a headline says against the verdicts that it is about; none where all is well.
pub fn contradictions(report: &Report) -> Vec<String> {
    let durations: Vec<&Metric> = Metric::tested_durations().collect();
    let rates: Vec<&Metric> = Metric::tested_rates().collect();
    let subjects = [("durations", durations), ("rates", rates)];
    subjects.into_iter().filter_map(|(code, metrics)| contradiction(report, code, &metrics)).collect()
}

fn contradiction(report: &Report, code: &str, metrics: &[&Metric]) -> Option<String> {
    let of_job = |job: &JobReport| {
        metrics.iter().filter_map(|metric| job.comparison.get(metric).cloned()).collect::<Vec<_>>()
    };
    let all: Vec<Comparison> = report.jobs.iter().flat_map(of_job).collect();
    let compared = || all.iter();
    let regressed = compared().any(|found| found.verdict == Some(ComparisonVerdict::Regressed));
    let mut improved = compared().filter(|found| {
        found.verdict == Some(ComparisonVerdict::Improved) && !found.is_restricted_by(Restriction::TooFast)
    });
    let turned = improved.clone().any(|found| found.is_restricted_by(Restriction::NotInBothHalves));
    let improved = improved.next().is_some();
    let says = report.findings.iter().find(|finding| finding.code == code).and_then(|found| found.says);
    let fits = match says {
        Some(Direction::Regressed) => regressed && !improved,
        Some(Direction::Improved) => improved && !regressed,
        Some(Direction::Mixed) => regressed && improved || turned,
        Some(Direction::NoMaterialChange) => {
            let same = compared().any(|found| found.verdict == Some(ComparisonVerdict::NoMaterialChange));
            same && !regressed && !improved
        }
        None | Some(Direction::Inconclusive) => !regressed && !improved,
    };
    (!fits).then(|| format!("{code}: {says:?}, but regressed: {regressed}, improved: {improved}"))
}
