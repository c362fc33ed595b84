//! One reading of a file: where its lines are, and every problem that was met, so that all of them are
//! seen at once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::problem::{Problem, ProblemPlace};

pub(super) struct Reader<'a> {
    /// Where each line ends.
    ends: Vec<usize>,
    file: &'a str,
    environment: &'a BTreeMap<String, String>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, file: &'a str, environment: &'a BTreeMap<String, String>) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end).collect();
        Self { ends, file, environment, problems: RefCell::default() }
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

    pub(super) fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| match &problem.place {
            ProblemPlace::Line { line, .. } => *line,
            _ => 0,
        });
        problems
    }
}
