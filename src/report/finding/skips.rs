//! Runs that were skipped: more of them, or fewer.

use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Number, Report};

/// Runs by which two windows have to differ.
const LEAST: u64 = 3;

/// A reason for which runs are skipped.
struct Skip {
    metric: &'static Metric,
    code: &'static str,
    words: &'static str,
    of: fn(&JobWindow) -> u64,
}

static SKIPS: [Skip; 2] = [
    Skip {
        metric: &metric::SKIPPED_LOCK,
        code: "lock_skips",
        words: "Runs skipped for a lock",
        of: |window| window.skipped.lock,
    },
    Skip {
        metric: &metric::SKIPPED_OVERLAP,
        code: "overlap_skips",
        words: "Runs skipped because the previous one was running",
        of: |window| window.skipped.overlap,
    },
];

pub(super) fn skips(report: &Report) -> Vec<Finding> {
    SKIPS.iter().filter_map(|kind| changed(report, kind)).collect()
}

fn changed(report: &Report, kind: &Skip) -> Option<Finding> {
    let (before, after) = (&report.totals.baseline.job, &report.totals.stagger.job);
    let attempts = |window: &JobWindow| window.started + window.skipped();
    let [was, now] = [before, after].map(|window| ((kind.of)(window), attempts(window)));
    if was.0.abs_diff(now.0) < LEAST || was.1 == 0 || now.1 == 0 {
        return None;
    }
    let share = |(part, whole): (u64, u64)| part as f64 / whole as f64;
    let verb = if share(now) < share(was) { "fell" } else { "rose" };
    let headline = format!(
        "{} {verb} from {} to {}.",
        kind.words,
        figure::part_of(was.0, was.1),
        figure::part_of(now.0, now.1)
    );
    let moved =
        |job: &&crate::analysis::figures::job::JobReport| (kind.of)(&job.baseline) != (kind.of)(&job.stagger);
    let mut jobs: Vec<_> = report.jobs.iter().filter(moved).collect();
    jobs.sort_by_key(|job| {
        (std::cmp::Reverse((kind.of)(&job.baseline).abs_diff((kind.of)(&job.stagger))), job.name.as_str())
    });
    let told = jobs.iter().map(|job| {
        let [was, now] = [&job.baseline, &job.stagger].map(|window| figure::count((kind.of)(window)));
        format!("{} ({was} → {now})", legible::name(&job.name))
    });
    let detail = format!("{}.", legible::sentence_list(told.collect(), NAMED));
    let found = finding(kind.code, headline, vec![detail], &["outcomes"]);
    Some(Finding { numbers: vec![Number::of_all(kind.metric)], ..found })
}
