//! The committed reports.
#![allow(unreachable_pub, clippy::unwrap_used)]

use jobdelta::report::finding::findings;
use jobdelta::report::model::Report;

pub const SAMPLES: [&str; 3] = ["demo", "empty", "adversarial"];

/// A report of `tests/fixtures/reports`, with the findings that it has today.
pub fn sample(name: &str) -> Report {
    let path = format!("{}/tests/fixtures/reports/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let mut report: Report = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    report.findings = findings(&report);
    report
}
