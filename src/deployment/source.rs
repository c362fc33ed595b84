//! `[source]`: the database and how the native table becomes runs.

use std::fmt;

use super::builtin;
use super::document::Item;
use super::mapping::{self, WrittenMapping};
use super::problem::Located;
use crate::mapping::MappingSettings;

#[derive(Clone, Default, PartialEq)]
pub struct SourceSection {
    /// The database's URL before `${NAME}` is replaced: a report that is given another database does
    /// not need the variable. May hold a secret and is never printed.
    pub url: Option<Located<String>>,
    /// A built-in mapping, or `auto`, which is meant when neither this nor `table`, `columns` or `query` is given.
    pub preset: Option<String>,
    pub mapping: WrittenMapping,
}

impl fmt::Debug for SourceSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.as_ref().map(|_| "…");
        f.debug_struct("SourceSection")
            .field("url", &url)
            .field("preset", &self.preset)
            .field("mapping", &self.mapping)
            .finish()
    }
}

impl SourceSection {
    /// The mapping, complete; `None` where that of the table which is found is to be taken. `preset` takes the
    /// place of the file's.
    pub fn mapping(&self, preset: Option<&str>) -> Result<Option<MappingSettings>, String> {
        let base = match preset.or(self.preset.as_deref()) {
            Some(builtin::AUTO) if self.mapping.is_custom() => {
                return Err(format!(
                    "'{}' finds a table by itself; leave out table, columns and query",
                    builtin::AUTO
                ));
            }
            Some(builtin::AUTO) => return Ok(None),
            Some(name) => builtin::find(name)?.mapping,
            None if self.mapping.is_custom() => builtin::own()?,
            None => return Ok(None),
        };
        self.mapping.over(base).map(Some)
    }
}

pub(super) fn read(item: Option<Item<'_, '_>>) -> SourceSection {
    let Some((item, mut section)) = item.and_then(|item| Some((item.clone(), item.section()?))) else {
        return SourceSection::default();
    };
    let url = section.get("url").and_then(|item| item.raw_string());
    let preset = section.get("preset");
    let name = preset.as_ref().and_then(Item::string);
    let read = SourceSection { url, preset: name, mapping: mapping::read(&mut section) };
    section.finish();
    if let Err(problem) = read.mapping(None) {
        preset.unwrap_or(item).wrong(problem);
    }
    read
}
