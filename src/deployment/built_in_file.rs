//! Reading a file that is built in: written as a deployment file is, it has no environment.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::document::Section;
use super::problem::Problems;
use super::reader::{Drafts, Reader};
use crate::nearest::did_you_mean;

/// Files that are built in: name and text of each.
pub(super) type BuiltInFiles = &'static [(&'static str, &'static str)];

/// The name and the text of the file `name`; `also` are further names that a mistyped one may mean.
pub(super) fn find(
    files: BuiltInFiles,
    what: &str,
    name: &str,
    also: Option<&'static str>,
) -> Result<(&'static str, &'static str), String> {
    let names = files.iter().map(|(name, _)| *name).chain(also);
    let file = files.iter().find(|(known, _)| *known == name).copied();
    file.ok_or_else(|| format!("unknown {what} '{name}'{}", did_you_mean(name, names)))
}

/// What `read` makes of the file `name`; every problem that it meets, where there is one.
pub(super) fn read<T>(
    name: &str,
    text: &str,
    read: impl FnOnce(&mut Section<'_, '_>) -> T,
) -> Result<T, Problems> {
    let environment = BTreeMap::new();
    let file = format!("{name}.toml");
    let reader = Reader::new(text, &file, &environment);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.problem(error.span().map_or(1, |span| reader.line(span.start)), error.message());
    }
    let mut section = Section::document(&reader, document.get_ref());
    let found = read(&mut section);
    section.finish();
    let problems = reader.into_problems(Drafts::Refused);
    if problems.is_empty() { Ok(found) } else { Err(Problems(problems)) }
}
