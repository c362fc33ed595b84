//! Failed and timed-out runs by class of message.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::observation::FailureText;
use crate::window::{PerSide, Side};

/// Failed and timed-out runs of one job with one class of message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FailureClass {
    /// The job.
    pub job: String,
    /// The message with its digits masked.
    pub error_class: String,
    /// Before.
    pub baseline: FailureCount,
    /// After.
    pub stagger: FailureCount,
    /// Seen after, and before in no job.
    pub new: bool,
    /// Seen after and not before in this job, but before in another.
    #[serde(default)]
    pub new_for_job: bool,
}

/// How often a class was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FailureCount {
    /// Runs.
    pub runs: u64,
    /// The first of their starts.
    pub first_seen: Option<Timestamp>,
}

impl FailureCount {
    fn add(&mut self, text: &FailureText) {
        self.runs += text.runs;
        self.first_seen =
            Some(self.first_seen.map_or(text.first_seen, |first: Timestamp| first.min(text.first_seen)));
    }
}

/// The classes of `failures` that no job had before, each once, with its runs after.
pub fn new_classes<'a>(failures: impl IntoIterator<Item = &'a FailureClass>) -> BTreeMap<&'a str, u64> {
    let mut classes = BTreeMap::new();
    for class in failures.into_iter().filter(|class| class.new) {
        *classes.entry(class.error_class.as_str()).or_default() += class.stagger.runs;
    }
    classes
}

/// Joins texts that differ in nothing but numbers. Classes that no job had before come first, then those that are
/// new for a job, then those with the most runs in both windows, then by the bytes of job and class.
pub fn failure_classes(texts: PerSide<&[FailureText]>) -> Vec<FailureClass> {
    let mut counts: BTreeMap<(&str, String), PerSide<FailureCount>> = BTreeMap::new();
    for side in Side::BOTH {
        for text in *texts.get(side) {
            let class = (text.job.as_str(), class_of(&text.text));
            counts.entry(class).or_default().get_mut(side).add(text);
        }
    }
    let known: BTreeSet<String> = counts
        .iter()
        .filter(|(_, runs)| runs.baseline.runs > 0)
        .map(|((_, class), _)| class.clone())
        .collect();
    let mut classes: Vec<FailureClass> = counts
        .into_iter()
        .map(|((job, error_class), PerSide { baseline, stagger })| {
            let first_here = baseline.runs == 0 && stagger.runs > 0;
            let known = known.contains(&error_class);
            let (new, new_for_job) = (first_here && !known, first_here && known);
            FailureClass { job: job.to_owned(), error_class, baseline, stagger, new, new_for_job }
        })
        .collect();
    // stable: equals stay by job and class
    classes.sort_by_key(|class| {
        (Reverse(class.new), Reverse(class.new_for_job), Reverse(class.baseline.runs + class.stagger.runs))
    });
    classes
}

/// Characters of a class. The text is longer, so that a number that grows cannot move the cut.
const CLASS_LENGTH: usize = 200;

/// The text with `#` for every run of eight or more hexadecimal digits that holds a decimal digit, and
/// then for every run of decimal digits, cut only then: two messages that differ in an identity or a number
/// are one class.
fn class_of(text: &str) -> String {
    let identities = replace_runs(
        text,
        |c| c.is_ascii_hexdigit(),
        |run| run.len() >= 8 && run.bytes().any(|byte| byte.is_ascii_digit()),
    );
    let masked = replace_runs(&identities, |c| c.is_ascii_digit(), |_| true);
    masked.chars().take(CLASS_LENGTH).collect()
}

/// `text` with `#` for each longest run of characters `of` a kind that is one to be `masked`.
fn replace_runs(text: &str, of: impl Fn(char) -> bool, masked: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&of) {
        let (plain, tail) = rest.split_at(start);
        let (run, tail) = tail.split_at(tail.find(|c| !of(c)).unwrap_or(tail.len()));
        out.push_str(plain);
        out.push_str(if masked(run) { "#" } else { run });
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_identities_are_masked() {
        for (text, class) in [
            ("timeout after 3000 ms", "timeout after # ms"),
            ("user 550e8400-e29b-41d4-a716-446655440000 gone", "user #-e#b-#d#-a#-# gone"),
            ("commit DEADBEEF1 failed", "commit # failed"),
            ("deadbeef facade added", "deadbeef facade added"),
            ("at 0xcafebabe2", "at #x#"),
            ("column \"confidence\" does not exist", "column \"confidence\" does not exist"),
            ("größe 12 € 3", "größe # € #"),
            ("(none)", "(none)"),
            ("", ""),
        ] {
            assert_eq!(class_of(text), class, "{text}");
        }
        let [before, after] = [9, 10].map(|n| format!("try {n} of {}", "x".repeat(300)));
        assert_eq!(class_of(&before), class_of(&after));
        assert_eq!(class_of(&before).chars().count(), 200);
    }

    fn text(job: &str, text: &str, runs: u64, first_seen: i64) -> FailureText {
        FailureText { job: job.into(), text: text.into(), runs, first_seen: Timestamp(first_seen) }
    }

    #[test]
    fn a_class_counts_once_and_is_new_only_where_no_job_had_it() {
        let before = [text("a", "timeout", 5, 1)];
        let after = [
            text("a", "timeout", 5, 9),
            text("b", "timeout", 2, 9),
            text("b", "no column", 3, 9),
            text("c", "no column", 4, 9),
        ];
        let classes = failure_classes(PerSide { baseline: &before, stagger: &after });
        let told: Vec<_> =
            classes.iter().map(|c| (c.job.as_str(), c.error_class.as_str(), c.new, c.new_for_job)).collect();
        assert_eq!(
            told,
            [
                ("c", "no column", true, false),
                ("b", "no column", true, false),
                ("b", "timeout", false, true),
                ("a", "timeout", false, false),
            ]
        );
        assert_eq!(new_classes(&classes), BTreeMap::from([("no column", 7)]));
    }

    #[test]
    fn classes_join_texts_and_put_new_ones_first() {
        let before = [text("a", "took 5 s", 90, 7), text("b", "gone", 1, 3)];
        let after = [
            text("a", "took 6 s", 1, 20),
            text("a", "took 7 s", 2, 10),
            text("b", "no column", 3, 11),
            text("a", "no column", 3, 12),
            text("c", "broken", 4, 13),
        ];
        let classes = failure_classes(PerSide { baseline: &before, stagger: &after });
        let seen: Vec<_> =
            classes.iter().map(|c| (c.job.as_str(), c.error_class.as_str(), c.stagger.runs, c.new)).collect();
        assert_eq!(
            seen,
            [
                ("c", "broken", 4, true),
                ("a", "no column", 3, true),
                ("b", "no column", 3, true),
                ("a", "took # s", 3, false),
                ("b", "gone", 0, false),
            ]
        );
        assert_eq!(classes[3].stagger.first_seen, Some(Timestamp(10)));
        assert_eq!(classes[3].baseline, FailureCount { runs: 90, first_seen: Some(Timestamp(7)) });
        assert_eq!(classes[4].stagger.first_seen, None);
    }
}
