//! Walking a TOML document: tables and their values. Every value keeps its line, every key that nobody
//! asked for is reported, and what a value has to be is said when it is not.

use chrono_tz::Tz;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::expansion::expand;
use super::problem::Located;
use super::reader::Reader;
use crate::clock::{Span, Timestamp};
use crate::nearest::{did_you_mean, nearest};

/// Stands in a draft for what could not be decided.
const UNDECIDED: &str = "?";

pub(super) struct Section<'r, 'i> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) line: usize,
    table: &'r DeTable<'i>,
    /// ` in [windows]`, or nothing for the document itself.
    label: String,
    known: Vec<String>,
}

impl<'r, 'i> Section<'r, 'i> {
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

/// A value with its key and line.
#[derive(Clone)]
pub(super) struct Item<'r, 'i> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) line: usize,
    /// The key and where it stands, for messages.
    pub(super) what: String,
    /// The keys that lead here, for the label of a table.
    pub(super) path: String,
    pub(super) value: &'r DeValue<'i>,
}

impl<'r, 'i> Item<'r, 'i> {
    pub(super) fn wrong(&self, message: impl std::fmt::Display) {
        self.reader.problem(self.line, format!("{}: {message}", self.what));
    }

    /// The value, unless it is the mark of what somebody has to decide; `wanted` says what to write instead.
    pub(super) fn decided(&self, wanted: &str) -> Option<&Self> {
        if self.value.as_str() != Some(UNDECIDED) {
            return Some(self);
        }
        let message = format!("{}: \"{UNDECIDED}\" is still to be decided: write {wanted}", self.what);
        self.reader.undecided(self.line, message);
        None
    }

    fn expected(&self, wanted: &str) {
        let found = match self.value {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.reader.problem(self.line, format!("{} must be {wanted}, not {found}", self.what));
    }

    pub(super) fn string(&self) -> Option<String> {
        let text = self.plain("a string")?;
        expand(text, self.reader.environment()).map_err(|error| self.wrong(error)).ok()
    }

    /// Text as it stands.
    pub(super) fn raw_string(&self) -> Option<Located<String>> {
        self.plain("a string").map(|text| Located { value: text.to_owned(), line: self.line })
    }

    fn plain(&self, wanted: &str) -> Option<&'r str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.expected(wanted);
        }
        text
    }

    /// Text that `parse` understands; `wanted` names it for who wrote another type.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        &self,
        wanted: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.plain(wanted)?;
        let text = self.string()?;
        parse(&text).map_err(|error| self.wrong(error)).ok()
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.string()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let hint = nearest(&text, known.iter().copied())
                .map(|near| format!("; did you mean '{near}'?"))
                .unwrap_or_default();
            self.wrong(format!("'{text}' is none of {}{hint}", known.join(", ")));
        }
        found
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            self.expected("true or false");
        }
        value
    }

    /// A whole number from 0 up.
    pub(super) fn whole_number(&self) -> Option<u64> {
        let number = self.value.as_integer().and_then(|n| u64::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            match self.value {
                DeValue::Integer(integer) => self.wrong(format!("{integer} is not a whole number from 0 up")),
                _ => self.expected("a whole number"),
            }
        }
        number
    }

    /// A length of time, such as `6h`.
    pub(super) fn span(&self) -> Option<Span> {
        self.parsed("a length of time such as \"6h\"", str::parse)
    }

    pub(super) fn positive_span(&self) -> Option<Span> {
        let span = self.span()?;
        if span.us() == 0 {
            self.wrong("it must be longer than 0s");
            return None;
        }
        Some(span)
    }

    pub(super) fn zone(&self) -> Option<Tz> {
        self.parsed("the name of a time zone such as \"Europe/Istanbul\"", time_zone)
    }

    /// An RFC 3339 instant, as a string or as TOML's own.
    pub(super) fn instant(&self) -> Option<Timestamp> {
        let text = self.time_text("a time such as 2026-02-01T21:37:00Z")?;
        text.parse().map_err(|error| self.wrong(error)).ok()
    }

    /// A string, or a time or date of TOML's own as text.
    pub(super) fn time_text(&self, wanted: &str) -> Option<String> {
        match self.value {
            DeValue::Datetime(datetime) => Some(datetime.to_string()),
            DeValue::String(_) => self.string(),
            _ => {
                self.expected(wanted);
                None
            }
        }
    }

    pub(super) fn section(&self) -> Option<Section<'r, 'i>> {
        let Some(table) = self.value.as_table() else {
            self.expected("a table");
            return None;
        };
        Some(Section::new(self.reader, self.line, table, format!(" in [{}]", self.path)))
    }

    /// The values of a list, each with its own line.
    pub(super) fn list(&self) -> Option<Vec<Item<'r, 'i>>> {
        let Some(values) = self.value.as_array() else {
            self.expected("a list");
            return None;
        };
        let item = |value: &'r Spanned<DeValue<'i>>| Item {
            line: self.reader.line(value.span().start),
            value: value.get_ref(),
            ..self.clone()
        };
        Some(values.iter().map(item).collect())
    }

    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }
}

pub fn time_zone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| {
        let near = nearest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let hint = near.map(|near| format!("; did you mean '{near}'?")).unwrap_or_default();
        format!("unknown time zone '{name}'{hint}")
    })
}
