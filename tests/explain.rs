//! `jobdelta explain`: every number of the demo back to its query.
#![allow(clippy::unwrap_used)]

mod support;

use support::jobdelta_in;

const METRICS: [&str; 23] = [
    "completion_rate",
    "failure_rate",
    "lost_rate",
    "fire_success_rate",
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

    for words in [
        "after: 477 completed runs in 100 cells, from 29.3 ms to 50.4 ms; rank 0.5 × (477 − 1) = 238: 34 ms at 238: 34 ms; 95 % interval by order statistics 33.7 ms to 34.2 ms",
        "rank 0.5 × (4 − 1) = 1.5: 58.1 ms at 1, 61.9 ms at 2, 50 % of the way between: 60 ms",
        "rule 0, enough runs for a statement: no",
        "change in the first half of the after window −25.9 ms, in the second −26.0 ms",
    ] {
        assert!(median.contains(words), "{words} in\n{median}");
    }
    let completion = demo(&["explain", "completion_rate"]).succeeded();
    for words in [
        "after: 1,965 of 1,985 = 98.99 % (98.4 to 99.3 %)",
        "95 % interval of the change, Newcombe's hybrid score: −1.55 pp to +18.4 pp",
        "rule 1, improved or regressed: adjusted p at most 0.025: no; interval without zero: no; at least the margin: yes",
        "rule 2, no material change: the whole interval within the margin: no",
        "limited: the windows hold different jobs",
    ] {
        assert!(completion.contains(words), "{words} in\n{completion}");
    }
    let pool = demo(&["explain", "pool_utilization_max"]).succeeded();
    assert!(pool.contains("  after: not sampled\n"), "{pool}");
    assert!(
        pool.contains("  target pool_utilization_max < 50%: pool_utilization is declared without"),
        "{pool}"
    );

    let refused = demo(&["explain", "pool_utilization_ma"]).refused();
    assert!(refused.contains("did you mean 'pool_utilization_max'?"), "{refused}");
    let refused = demo(&["explain", "completion_rat"]).refused();
    assert!(refused.contains("did you mean 'completion_rate'?"), "{refused}");
    let refused = demo(&["explain", "Live Stats", "p95_duration"]).refused();
    assert!(refused.contains("did you mean 'Live Stats Sync'?"), "{refused}");
    let refused = demo(&["explain", "Live Stats Sync", "peak_concurrency"]).refused();
    assert!(refused.contains("is about all jobs together; leave the job out"), "{refused}");
}
