//! Findings about what became of runs: missed, never finished, failed.

use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric;
use crate::figure;
use crate::judgement::{TargetResult, TargetVerdict};
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};
use crate::report::retries::at_which_attempt;

/// Fires of the schedules that no run answered.
pub(super) fn missed(report: &Report) -> Option<Finding> {
    let (after, before) = (&report.totals.stagger.job, &report.totals.baseline.job);
    let (missed, expected) = (after.missed_runs?, after.expected_runs?);
    if expected == 0 {
        return None;
    }
    if missed == 0 {
        let headline = match after.skipped() {
            0 => format!("No scheduled run was missed: {} were expected.", figure::count(expected)),
            skipped => format!(
                "Every scheduled run left a row ({} expected), but {} of a skipped run.",
                figure::count(expected),
                if skipped == 1 { "1 is".to_owned() } else { format!("{} are", figure::count(skipped)) }
            ),
        };
        let found = finding("missed_runs", headline, Vec::new(), &["fires"]);
        return Some(found.of_all(&[&metric::MISSED_RUNS]));
    }
    let headline = format!(
        "{} of {} never started.",
        figure::count(missed),
        figure::counted(expected, "scheduled run", "scheduled runs")
    );
    let mut detail = vec![difference(report, |window| window.missed_runs.unwrap_or(0))];
    if let (Some(missed @ 1..), Some(expected)) = (before.missed_runs, before.expected_runs) {
        detail.push(format!("Before, it was {}.", figure::part_of(missed, expected)));
    }
    Some(finding("missed_runs", headline, detail, &["fires"]).of_all(&[&metric::MISSED_RUNS]))
}

/// Declared jobs that were never seen, and jobs that were seen before only.
pub(super) fn never_ran(report: &Report) -> Option<Finding> {
    let (absent, vanished) = (&report.population.absent, &report.population.vanished);
    let mut sentences = Vec::new();
    if !absent.is_empty() {
        let jobs = counted_jobs(absent.len(), "declared job", "declared jobs");
        sentences.push(format!("{jobs} never ran: {}.", legible::list(absent, NAMED)));
    }
    if !vanished.is_empty() {
        let jobs = counted_jobs(vanished.len(), "job", "jobs");
        sentences.push(format!("{jobs} ran before and not after: {}.", legible::list(vanished, NAMED)));
    }
    let headline = (!sentences.is_empty()).then(|| sentences.remove(0))?;
    Some(finding("jobs_without_runs", headline, sentences, &["outcomes"]))
}

/// What became of the runs that started.
pub(super) fn outcomes(report: &Report) -> Finding {
    let (after, before) = (&report.totals.stagger.job, &report.totals.baseline.job);
    let lost = lost_runs(after);
    let kinds = kinds_of_loss(after);
    // Beside a single kind stands what there was of that kind, not of all.
    let told: fn(&JobWindow) -> u64 = match kinds.as_slice() {
        [only] => only.of,
        _ => lost_runs,
    };
    let was = before_that(before, told, "before");
    let aside = set_aside(after);
    let headline = match (after.decided, kinds.as_slice()) {
        (0, _) => format!("No run has a known outcome{aside}."),
        (decided, []) => format!(
            "{} with a known outcome completed{}{aside}.",
            if decided == 1 {
                "The only run".to_owned()
            } else {
                format!("All {} runs", figure::count(decided))
            },
            if lost_runs(before) > 0 {
                before_that(before, lost_runs, "did not before")
            } else {
                String::new()
            },
        ),
        (_, [Loss { of, what }]) => {
            format!("{} {what}{was}{aside}.", figure::counted(of(after), "run", "runs"))
        }
        (_, kinds) => {
            let told = |Loss { of, what }: &Loss| format!("{} {what}", figure::count(of(after)));
            let kinds: Vec<String> = kinds.iter().map(told).collect();
            format!(
                "{} did not complete{was}: {}{aside}.",
                figure::counted(lost, "run", "runs"),
                kinds.join(", ")
            )
        }
    };
    let mut detail = Vec::new();
    if lost > 0 {
        detail.extend(report.targets.iter().find_map(allowed));
        detail.push(difference(report, told));
    }
    if after.failed_to_start > 0 {
        detail.push(format!("{} failed to start.", figure::count(after.failed_to_start)));
    }
    if after.in_flight > 0 {
        let verb = if after.in_flight == 1 { "is" } else { "are" };
        detail.push(format!("{} {verb} still running.", figure::count(after.in_flight)));
    }
    if after.failed + after.timed_out == 0 {
        detail.push("0 failed.".to_owned());
    }
    let lost_before = lost_runs(before);
    let headline_says_it = after.decided > 0 && lost + lost_before > 0 && told(before) == lost_before;
    if before.decided > 0 && !headline_says_it {
        detail.push(format!("Before, {} completed.", figure::part_of(before.completed, before.decided)));
    }
    let mut numbers = vec![&metric::COMPLETION_RATE];
    if after.orphaned > 0 {
        numbers.push(&metric::ORPHANED_RUNS);
    }
    if after.failed + after.timed_out > 0 {
        numbers.push(&metric::FAILURE_RATE);
    }
    finding("outcomes", headline, detail, &["outcomes"]).of_all(&numbers)
}

/// Runs that ended otherwise than they should.
fn lost_runs(window: &JobWindow) -> u64 {
    window.orphaned + window.failed + window.timed_out
}

/// ` (0 of 16 before)`; empty where nothing is known of before.
fn before_that(before: &JobWindow, runs: fn(&JobWindow) -> u64, words: &str) -> String {
    match before.decided {
        0 => String::new(),
        decided => format!(" ({} {words})", figure::part_of(runs(before), decided)),
    }
}

/// Fires that succeeded at some attempt, where runs were tried again.
pub(super) fn fires(report: &Report) -> Option<Finding> {
    let (after, before) = (&report.totals.stagger.job, &report.totals.baseline.job);
    let (succeeded, fires) = after.fires();
    if after.retries == 0 || fires == 0 {
        return None;
    }
    let which = if succeeded == fires {
        format!("All {} fires", figure::count(fires))
    } else {
        format!("{} fires", figure::part_of(succeeded, fires))
    };
    let headline = format!(
        "{which} succeeded, {} of them {} ({} before).",
        figure::count(after.completed_retries),
        at_which_attempt(&[after, before]),
        figure::count(before.completed_retries)
    );
    let detail = match before.fires() {
        (_, 0) => String::new(),
        (succeeded, fires) => format!("Before, {} succeeded.", figure::part_of(succeeded, fires)),
    };
    Some(finding("fires", headline, vec![detail], &["outcomes"]).of_all(&[&metric::COMPLETION_RATE]))
}

/// `; 3 were cancelled, 5 were skipped`: attempts that count in no rate, without which nobody sees that runs
/// went missing.
pub(super) fn set_aside(window: &JobWindow) -> String {
    let kinds = [(window.cancelled, "cancelled"), (window.skipped(), "skipped")];
    let told = kinds.into_iter().filter(|(runs, _)| *runs > 0).map(|(runs, what)| {
        format!("{} {} {what}", figure::count(runs), if runs == 1 { "was" } else { "were" })
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) }
}

/// Rows of which it is not known whether they belong to a window.
pub(super) fn unplaced(report: &Report) -> Option<Finding> {
    let rows = report.source.rows_unplaced;
    let rows_have = figure::counted(rows, "row has", "rows have");
    let headline = format!("{rows_have} no start that can be read.");
    let detail = "Such rows are in no figure, whatever became of them. Read the start by a query in [source], or \
                  map scheduled_at; `jobdelta doctor` shows how they look.";
    (rows > 0).then(|| finding("rows_unplaced", headline, vec![detail.to_owned()], &["statuses"]))
}

/// The size of a missed completion target in runs: `19 were allowed (98.99 % against 99 %).`
fn allowed(target: &TargetResult) -> Option<String> {
    let about_all = *target.metric == metric::COMPLETION_RATE && target.job.is_none();
    if !about_all || target.verdict != TargetVerdict::Missed {
        return None;
    }
    let (threshold, actual, allowed) = (target.threshold?, target.actual?, target.allowance?.allowed);
    let verb = if allowed == 1 { "was" } else { "were" };
    Some(format!(
        "{} {verb} allowed ({} against {}).",
        figure::count(allowed),
        figure::percent_against(actual, &[threshold]),
        figure::percent(threshold)
    ))
}

/// A way for a run to end otherwise than it should.
struct Loss {
    of: fn(&JobWindow) -> u64,
    what: &'static str,
}

/// The kinds of loss that there were.
fn kinds_of_loss(window: &JobWindow) -> Vec<Loss> {
    let kinds = [
        Loss { of: |window| window.orphaned, what: "never finished" },
        Loss { of: |window| window.failed, what: "failed" },
        Loss { of: |window| window.timed_out, what: "reached the time limit" },
    ];
    kinds.into_iter().filter(|kind| (kind.of)(window) > 0).collect()
}

/// The jobs that make the difference between a number of runs before and after.
fn difference(report: &Report, of: impl Fn(&JobWindow) -> u64) -> String {
    let mut jobs: Vec<(u64, u64, &JobReport)> = report
        .jobs
        .iter()
        .map(|job| (of(&job.baseline), of(&job.stagger), job))
        .filter(|(before, after, _)| before != after)
        .collect();
    if jobs.is_empty() || jobs.iter().all(|(before, ..)| *before == 0) {
        return whose(report, of);
    }
    jobs.sort_by_key(|(before, after, job)| (std::cmp::Reverse(before.abs_diff(*after)), job.name.as_str()));
    let told = jobs.iter().map(|(before, after, job)| {
        format!("{} ({} → {})", legible::name(&job.name), figure::count(*before), figure::count(*after))
    });
    format!("The difference: {}.", legible::sentence_list(told.collect(), NAMED))
}

/// Which jobs a number of runs belongs to.
fn whose(report: &Report, of: impl Fn(&JobWindow) -> u64) -> String {
    let mut jobs: Vec<(u64, &JobReport)> =
        report.jobs.iter().map(|job| (of(&job.stagger), job)).filter(|(runs, _)| *runs > 0).collect();
    jobs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    match jobs.as_slice() {
        [] => String::new(),
        [(_, job)] => format!("All of one job: {}.", legible::name(&job.name)),
        jobs => {
            let named: Vec<String> = jobs
                .iter()
                .take(NAMED)
                .map(|(runs, job)| format!("{} ({})", legible::name(&job.name), figure::count(*runs)))
                .collect();
            let rest: u64 = jobs.iter().skip(NAMED).map(|(runs, _)| runs).sum();
            let more = match jobs.len().saturating_sub(NAMED) {
                0 => String::new(),
                others => format!(
                    " and {} ({})",
                    figure::counted(others as u64, "other job", "other jobs"),
                    figure::count(rest)
                ),
            };
            format!("Jobs: {}{more}.", named.join(", "))
        }
    }
}

fn counted_jobs(jobs: usize, one: &str, many: &str) -> String {
    figure::counted(jobs as u64, one, many)
}
