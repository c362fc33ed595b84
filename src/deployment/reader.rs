//! Walking a TOML document: every value keeps its line, every key that nobody asked for is reported,
//! and reading goes on after a problem, so that all of them are seen at once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono_tz::Tz;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::item::Item;
use super::problem::{Place, Problem};
use crate::clock::{Span, Timestamp};
use crate::nearest::did_you_mean;

/// One reading of one file.
pub(super) struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    environment: &'a BTreeMap<String, String>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, file: &'a str, environment: &'a BTreeMap<String, String>) -> Self {
        Self { text, file, environment, problems: RefCell::default() }
    }

    /// The line of a byte of the text, counted from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn environment(&self) -> &BTreeMap<String, String> {
        self.environment
    }

    pub(super) fn problem(&self, line: usize, message: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::on_line(self.file, line, message));
    }

    /// How many problems were found so far.
    pub(super) fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    /// The problems, by line.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| match &problem.place {
            Place::Line { line, .. } => *line,
            _ => 0,
        });
        problems
    }
}

/// A table that is being read.
pub(super) struct Section<'r, 'i> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) line: usize,
    table: &'r DeTable<'i>,
    /// ` in [windows]`, or nothing for the document itself.
    label: String,
    known: Vec<String>,
}

impl<'r, 'i> Section<'r, 'i> {
    /// The document itself.
    pub(super) fn document(reader: &'r Reader<'r>, table: &'r DeTable<'i>) -> Self {
        Self::new(reader, 1, table, String::new())
    }

    /// A table that messages call `label`.
    pub(super) fn new(reader: &'r Reader<'r>, line: usize, table: &'r DeTable<'i>, label: String) -> Self {
        Self { reader, line, table, label, known: Vec::new() }
    }

    /// The value of a key. Asking makes the key known.
    pub(super) fn get(&mut self, key: &str) -> Option<Item<'r, 'i>> {
        self.known.push(key.to_owned());
        let (name, value) = self.table.get_key_value(key)?;
        Some(self.item(name.get_ref(), name.span().start, value))
    }

    /// Every key with its value, in the order of the file; all of them are known.
    pub(super) fn entries(&mut self) -> Vec<(String, Item<'r, 'i>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        self.known.extend(entries.iter().map(|(name, _)| name.get_ref().to_string()));
        entries
            .into_iter()
            .map(|(name, value)| {
                (name.get_ref().to_string(), self.item(name.get_ref(), name.span().start, value))
            })
            .collect()
    }

    fn item(&self, key: &str, offset: usize, value: &'r Spanned<DeValue<'i>>) -> Item<'r, 'i> {
        Item {
            reader: self.reader,
            line: self.reader.line(offset),
            what: format!("'{key}'{}", self.label),
            path: match self.label.strip_prefix(" in ") {
                Some(label) => format!("{}.{key}", label.trim_matches(['[', ']'])),
                None => key.to_owned(),
            },
            value: value.get_ref(),
        }
    }

    /// Reports the keys that were not asked for.
    pub(super) fn finish(self) {
        for (name, _) in self.table {
            let key: &str = name.get_ref();
            if !self.known.iter().any(|known| known == key) {
                let hint = did_you_mean(key, self.known.iter().map(String::as_str));
                let line = self.reader.line(name.span().start);
                self.reader.problem(line, format!("unknown key '{key}'{}{hint}", self.label));
            }
        }
    }

    pub(super) fn string(&mut self, key: &str) -> Option<String> {
        self.get(key)?.string()
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        self.get(key)?.boolean()
    }

    pub(super) fn span(&mut self, key: &str) -> Option<Span> {
        self.get(key)?.span()
    }

    pub(super) fn zone(&mut self, key: &str) -> Option<Tz> {
        self.get(key)?.zone()
    }

    pub(super) fn instant(&mut self, key: &str) -> Option<Timestamp> {
        self.get(key)?.instant()
    }

    /// A string that has to be there.
    pub(super) fn required_string(&mut self, key: &str) -> Option<String> {
        if let Some(item) = self.get(key) {
            return item.string();
        }
        self.reader.problem(self.line, format!("'{key}' is missing{}", self.label));
        None
    }

    /// Reports those of `keys` that are not there.
    pub(super) fn missing(&self, keys: &[&str]) {
        for key in keys.iter().filter(|key| !self.table.contains_key(**key)) {
            self.reader.problem(self.line, format!("'{key}' is missing{}", self.label));
        }
    }

    /// The tables of a list (`[[jobs]]`).
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'r, 'i>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let label = format!(" in [[{}]]", item.path);
        let Some(items) = item.list() else { return Vec::new() };
        let labelled = |mut section: Self| {
            section.label.clone_from(&label);
            section
        };
        items.into_iter().filter_map(|item| item.section().map(labelled)).collect()
    }
}
