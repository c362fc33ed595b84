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
use table::TABLE;

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
fn every_history_has_a_line_in_the_table() {
    let listed: BTreeSet<&str> = TABLE.iter().map(|(name, _)| *name).collect();
    let written: BTreeSet<&str> = histories().iter().map(|history| history.name.as_str()).collect();
    assert_eq!(listed, written);
    assert_eq!(listed.len(), TABLE.len(), "a history has one line");
    assert_eq!(histories().len(), seeds().len() * listed.len());
}
