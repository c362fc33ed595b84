//! Findings about kinds of error: new ones, and known ones of other jobs.

use std::collections::BTreeMap;

use crate::analysis::figures::failure::{FailureClass, new_classes};
use crate::analysis::metric;
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};

const ERROR_LENGTH: usize = 80;

/// Each kind counts once, however many jobs have it.
pub(super) fn new_errors(report: &Report) -> Option<Finding> {
    let new = new_classes(&report.failures);
    let known = known_elsewhere(report);
    let elsewhere = |kinds: usize| {
        format!("{} came up in other jobs", counted(kinds, "known kind of error", "known kinds of error"))
    };
    let mut detail = Vec::new();
    let headline = match new.len() {
        0 if known.is_empty() => return None,
        0 => {
            detail.push(named(&known));
            format!("{}.", elsewhere(known.len()))
        }
        kinds => {
            let told = report.failures.iter().filter(|class| class.new);
            detail.push(named(&by_class(told)));
            if !known.is_empty() {
                detail.push(format!("{}: {}", elsewhere(known.len()), named(&known)));
            }
            let verb = if kinds == 1 { "was" } else { "were" };
            format!("{} {verb} not seen before.", counted(kinds, "kind of error", "kinds of error"))
        }
    };
    Some(finding("new_errors", headline, detail, &["failures"]).of_all(&[&metric::NEW_ERRORS]))
}

/// The jobs with a kind of error, and their runs.
type Classes<'a> = BTreeMap<&'a str, (Vec<&'a str>, u64)>;

fn known_elsewhere(report: &Report) -> Classes<'_> {
    by_class(report.failures.iter().filter(|class| class.new_for_job))
}

fn by_class<'a>(failures: impl Iterator<Item = &'a FailureClass>) -> Classes<'a> {
    let mut classes = Classes::new();
    for class in failures {
        let (jobs, runs) = classes.entry(&class.error_class).or_default();
        jobs.push(&class.job);
        *runs += class.stagger.runs;
    }
    classes
}

/// `“login refused” (52 runs of User Sync).`
fn named(classes: &Classes<'_>) -> String {
    let mut order: Vec<(&&str, &(Vec<&str>, u64))> = classes.iter().collect();
    order.sort_by_key(|(class, (_, runs))| (std::cmp::Reverse(*runs), **class));
    let told = order.into_iter().map(|(class, (jobs, runs))| {
        let class = legible::cut(&legible::visible(class), ERROR_LENGTH);
        let runs = figure::counted(*runs, "run", "runs");
        format!("“{class}” ({runs} of {})", legible::list(jobs, NAMED))
    });
    format!("{}.", legible::sentence_list(told.collect(), NAMED))
}

fn counted(kinds: usize, one: &str, many: &str) -> String {
    figure::counted(kinds as u64, one, many)
}
