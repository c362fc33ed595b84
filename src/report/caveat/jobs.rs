//! The jobs of a caveat: the first few by name, and how many there are.

use crate::figure;
use crate::legible;

/// Names that a sentence gives before it counts the rest.
const NAMED: usize = 3;

/// Jobs with one caveat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedJobs {
    /// The first of them, at most three.
    pub named: Vec<String>,
    /// How many there are.
    pub all: u64,
}

impl NamedJobs {
    pub(super) fn of(names: &[&str]) -> Self {
        let named = names.iter().take(NAMED).map(|name| (*name).to_owned()).collect();
        Self { named, all: names.len() as u64 }
    }

    pub fn is_empty(&self) -> bool {
        self.all == 0
    }

    /// The job, where it is just one.
    pub fn only(&self) -> Option<&str> {
        self.named.first().filter(|_| self.all == 1).map(String::as_str)
    }

    /// `A, B, C and 4 more`
    pub(super) fn list(&self) -> String {
        let mut parts: Vec<String> = self.named.iter().map(|name| legible::name(name)).collect();
        let more = self.all.saturating_sub(parts.len() as u64);
        if more > 0 {
            parts.push(format!("{} more", figure::count(more)));
        }
        let all = parts.len();
        legible::sentence_list(parts, all)
    }

    /// `3 jobs`
    pub(super) fn counted(&self) -> String {
        figure::counted(self.all, "job", "jobs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_are_named_and_all_are_counted() {
        let jobs = NamedJobs::of(&["a", "b", "c", "d", "e"]);
        assert_eq!((jobs.list().as_str(), jobs.counted().as_str()), ("a, b, c and 2 more", "5 jobs"));
        assert_eq!((jobs.only(), NamedJobs::of(&["a"]).only()), (None, Some("a")));
        assert_eq!(NamedJobs::of(&["a", "b"]).list(), "a and b");
    }
}
