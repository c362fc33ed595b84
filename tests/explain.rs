//! `jobdelta explain`: every number of the demo back to its query.
#![allow(clippy::unwrap_used)]

mod support;

use support::jobdelta_in;

const METRICS: [&str; 22] = [
    "completion_rate",
    "failure_rate",
    "lost_rate",
    "on_time_rate",
    "peak_concurrency",
    "mean_concurrency",
    "start_burst",
    "mean_duration",
    "median_duration",
    "p90_duration",
    "p95_duration",
    "p99_duration",
    "max_duration",
    "overlapping_starts",
    "missed_runs",
    "orphaned_runs",
    "skipped_lock",
    "skipped_overlap",
    "new_errors",
    "slow_runs",
    "regressions",
    "collisions",
];

#[test]
fn every_number_is_taken_back_to_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let demo = |arguments: &[&str]| {
        let as_of = ["--as-of", "2026-02-02T05:34:00Z"];
        jobdelta_in(folder.path(), arguments.iter().chain(&as_of))
    };
    jobdelta_in(folder.path(), ["demo", "--dir", "."]).succeeded();
    for metric in METRICS {
        let text = demo(&["explain", metric]).succeeded();
        assert!(text.starts_with(&format!("{metric} of all jobs together\n")), "{text}");
        assert!(text.contains("\nSteps\n"), "{text}");
    }
    let missed = demo(&["explain", "Live Stats Sync", "missed_runs"]).succeeded();
    for words in [
        "Query fires (`jobdelta sql fires` prints it)",
        "1 | Live Stats Sync | 364 | 364 | 364 | 364",
        "after: 477 expected, 113 missed",
    ] {
        assert!(missed.contains(words), "{words} in\n{missed}");
    }
    assert!(!missed.contains("| Badge Auto-Unlock |"), "rows of other jobs:\n{missed}");
    let median = demo(&["explain", "Referral Tier 2 Processor", "median_duration"]).succeeded();
    assert!(median.contains("  undecided: 4 baseline runs, at least 6 more are needed"), "{median}");
    assert!(median.contains("  target median_duration <= -20%: 4 runs before"), "{median}");

    let refused = demo(&["explain", "completion_rat"]).refused();
    assert!(refused.contains("did you mean 'completion_rate'?"), "{refused}");
    let refused = demo(&["explain", "Live Stats", "p95_duration"]).refused();
    assert!(refused.contains("did you mean 'Live Stats Sync'?"), "{refused}");
    let refused = demo(&["explain", "Live Stats Sync", "peak_concurrency"]).refused();
    assert!(refused.contains("is about all jobs together; leave the job out"), "{refused}");
}
