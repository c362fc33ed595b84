//! One reading of a file: where its lines are, and every problem that was met, so that all of them are
//! seen at once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::problem::{Problem, ProblemPlace};

/// Whether a file may leave open what `init` could not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drafts {
    Read,
    Refused,
}

pub(super) struct Reader<'a> {
    /// Where each line ends.
    ends: Vec<usize>,
    file: &'a str,
    environment: &'a BTreeMap<String, String>,
    problems: RefCell<Vec<Problem>>,
    /// What a draft leaves to be decided.
    undecided: RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, file: &'a str, environment: &'a BTreeMap<String, String>) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end).collect();
        Self { ends, file, environment, problems: RefCell::default(), undecided: RefCell::default() }
    }

    /// The line of a byte of the text, counted from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < offset)
    }

    pub(super) fn environment(&self) -> &BTreeMap<String, String> {
        self.environment
    }

    pub(super) fn problem(&self, line: usize, message: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::on_line(self.file, line, message));
    }

    pub(super) fn undecided(&self, line: usize, message: impl Into<String>) {
        self.undecided.borrow_mut().push(Problem::on_line(self.file, line, message));
    }

    pub(super) fn count(&self) -> usize {
        self.problems.borrow().len() + self.undecided.borrow().len()
    }

    /// All problems by line; `drafts`: but for what is still to be decided.
    pub(super) fn into_problems(self, drafts: Drafts) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        if drafts == Drafts::Refused {
            problems.extend(self.undecided.into_inner());
        }
        problems.sort_by_key(|problem| match &problem.place {
            ProblemPlace::Line { line, .. } => *line,
            _ => 0,
        });
        problems
    }
}
