//! Histories of which the truth is known: what a report of each must say, and what it must not.
//!
//! `scenarios.py` writes them; a new statement is added to `table.rs`. `JOBDELTA_TRUTH_SEEDS=1,2,3` asks for other rows with the same truth.

// Tests fail by panicking.
#![allow(clippy::expect_used, clippy::panic, unreachable_pub)]

mod history;
mod statement;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::collections::BTreeSet;

use history::{histories, seeds};
use support::contradictions;
use table::{ONLY, TABLE};

#[test]
fn every_history_is_told_truly() {
    let mut wrong = Vec::new();
    for history in histories() {
        let (_, statements) =
            TABLE.iter().find(|(name, _)| history.name == *name).expect("a line of the table");
        for statement in statements.iter().filter(|statement| !statement.holds(&history.report)) {
            let findings: Vec<&str> =
                history.report.findings.iter().map(|finding| finding.headline.as_str()).collect();
            wrong.push(format!(
                "{} (seed {}; {}): {statement:?} does not hold; it says {findings:#?}",
                history.name, history.seed, history.truth
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn silence_and_a_slow_start_are_told_where_they_are_and_nowhere_else() {
    for history in histories() {
        for (code, names) in ONLY {
            let told = history.report.findings.iter().any(|finding| finding.code == *code);
            let is = names.contains(&history.name.as_str());
            assert_eq!(told, is, "{code} of {} (seed {})", history.name, history.seed);
        }
    }
}

#[test]
fn no_headline_contradicts_a_verdict() {
    for history in histories() {
        let found = contradictions(&history.report);
        assert!(found.is_empty(), "{} (seed {}): {found:?}", history.name, history.seed);
    }
}

#[test]
fn every_history_has_a_line_in_the_table() {
    let listed: BTreeSet<&str> = TABLE.iter().map(|(name, _)| *name).collect();
    let written: BTreeSet<&str> = histories().iter().map(|history| history.name.as_str()).collect();
    assert_eq!(listed, written);
    assert_eq!(listed.len(), TABLE.len(), "a history has one line");
    assert_eq!(histories().len(), seeds().len() * listed.len());
}
