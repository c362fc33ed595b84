//! Which messages failed and timed-out runs left.

use std::collections::{BTreeMap, HashMap};

use crate::clock::Timestamp;
use crate::observation::FailureText;
use crate::observe::queries::KEPT_FAILURES;

/// Runs and the first of their moments, by the first line of the message.
#[derive(Clone, Debug, Default)]
pub(super) struct Failures(HashMap<Box<str>, (u64, i64), foldhash::fast::FixedState>);

impl Failures {
    pub(super) fn add(&mut self, line: Option<&str>, placed_us: i64) {
        let text = line.unwrap_or("(none)");
        match self.0.get_mut(text) {
            Some((runs, first_us)) => {
                *runs += 1;
                *first_us = (*first_us).min(placed_us);
            }
            None => drop(self.0.insert(text.into(), (1, placed_us))),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (text, (runs, first_us)) in other.0 {
            let known = self.0.entry(text).or_insert((0, first_us));
            *known = (known.0 + runs, known.1.min(first_us));
        }
    }
}

/// The failures of one window: the most frequent pairs, and the others of each job as one.
pub(super) fn kept<'a>(jobs: impl Iterator<Item = (&'a String, &'a Failures)>) -> Vec<FailureText> {
    let mut pairs: Vec<(u64, &str, &str, i64)> = Vec::new();
    for (job, Failures(texts)) in jobs {
        pairs.extend(texts.iter().map(|(text, (runs, first_us))| (*runs, job.as_str(), &**text, *first_us)));
    }
    pairs.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut kept: BTreeMap<(&str, &str), (u64, i64)> = BTreeMap::new();
    for (place, (runs, job, text, first_us)) in pairs.into_iter().enumerate() {
        let text = if (place as u64) < KEPT_FAILURES.unsigned_abs() { text } else { "(other)" };
        let known = kept.entry((job, text)).or_insert((0, first_us));
        *known = (known.0 + runs, known.1.min(first_us));
    }
    let failure = |((job, text), (runs, first_us)): ((&str, &str), (u64, i64))| FailureText {
        job: job.to_owned(),
        text: text.to_owned(),
        runs,
        first_seen: Timestamp(first_us),
    };
    kept.into_iter().map(failure).collect()
}
