//! Reports that templates are tried on: the demo's figures, an empty one, and one full of text that
//! attacks formats.

use super::RenderError;
use crate::report::finding;
use crate::report::model::Report;
use crate::report::scoreboard::scoreboard;

/// Name and JSON of each.
pub(super) const SAMPLES: [(&str, &str); 3] = [
    ("demo", include_str!("../../tests/fixtures/reports/demo.json")),
    ("empty", include_str!("../../tests/fixtures/reports/empty.json")),
    ("adversarial", include_str!("../../tests/fixtures/reports/adversarial.json")),
];

/// The sample reports, their scoreboard and findings filled in.
pub(super) fn reports() -> Result<Vec<(&'static str, Report)>, RenderError> {
    SAMPLES
        .into_iter()
        .map(|(name, text)| {
            let mut report: Report = serde_json::from_str(text)?;
            report.scoreboard = scoreboard(&report);
            report.findings = finding::findings(&report);
            Ok((name, report))
        })
        .collect()
}
