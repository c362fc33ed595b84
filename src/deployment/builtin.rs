//! The built-in mappings: one file each in `mappings/`, read as `[source]` of a deployment file is.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::document::Section;
use super::mapping;
use super::problem::Problems;
use super::reader::Reader;
use crate::mapping::{EpochUnit, MappingSettings, NativeRows, StatusWords};
use crate::nearest::did_you_mean;

/// Name and text; the first is the one that every mapping of a user starts from.
const FILES: [(&str, &str); 2] = [
    ("job_runs", include_str!("../../mappings/job_runs.toml")),
    ("job_execution_logs", include_str!("../../mappings/job_execution_logs.toml")),
];

/// A built-in mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Whose table it is.
    pub product: String,
    /// The versions of the product whose table is mapped; `None` where it makes no difference.
    pub versions: Option<String>,
    pub mapping: MappingSettings,
}

pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    FILES.into_iter().map(|(name, _)| name)
}

/// The mapping `name`.
pub fn find(name: &str) -> Result<BuiltIn, String> {
    let Some((name, text)) = FILES.into_iter().find(|(known, _)| *known == name) else {
        return Err(format!("unknown source preset '{name}'{}", did_you_mean(name, names())));
    };
    read(name, text).map_err(|problems| format!("the built-in mapping {name} cannot be read: {problems}"))
}

/// The mapping that every other starts from, under the name of a user's own.
pub(super) fn own() -> Result<MappingSettings, String> {
    let (name, _) = FILES[0];
    let base = find(name)?.mapping;
    // Unit and zone of another table's times are not known.
    Ok(MappingSettings { name: "custom".to_owned(), time_unit: None, time_zone: None, ..base })
}

/// The mapping that every user's file starts from when it names none: jobdelta's own table.
pub fn job_runs() -> Result<MappingSettings, String> {
    Ok(find(FILES[0].0)?.mapping)
}

fn read(name: &str, text: &str) -> Result<BuiltIn, Problems> {
    let environment = BTreeMap::new();
    let file = format!("{name}.toml");
    let reader = Reader::new(text, &file, &environment);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.problem(error.span().map_or(1, |span| reader.line(span.start)), error.message());
    }
    let mut section = Section::document(&reader, document.get_ref());
    let product = section.required_string("product").unwrap_or_default();
    let versions = section.string("versions");
    let written = mapping::read(&mut section);
    if !written.is_custom() {
        section.missing(&["table", "columns"]);
    }
    section.finish();
    let mut mapping = written.over(nothing(name)).unwrap_or_else(|problem| {
        reader.problem(1, problem);
        nothing(name)
    });
    // Of a product's table an older version may lack a column.
    mapping.columns.values_mut().for_each(|column| column.must_exist = false);
    let problems = reader.into_problems();
    if problems.is_empty() { Ok(BuiltIn { product, versions, mapping }) } else { Err(Problems(problems)) }
}

/// What a built-in mapping starts from.
fn nothing(name: &str) -> MappingSettings {
    MappingSettings {
        name: name.to_owned(),
        rows: NativeRows::Table(String::new()),
        columns: BTreeMap::new(),
        time_unit: None,
        duration_unit: EpochUnit::Milliseconds,
        time_zone: None,
        statuses: StatusWords::default(),
        attempt_base: 1,
        bound: None,
        known_limits: Vec::new(),
        condition: None,
        dedupe_within: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Field;

    #[test]
    fn every_built_in_mapping_is_read() {
        for name in names() {
            let mapping = find(name).unwrap().mapping;
            assert!(!mapping.statuses.words.is_empty(), "{name} maps no status");
            if let NativeRows::Table(table) = &mapping.rows {
                assert!(!table.is_empty(), "{name} names no table");
                for field in Field::REQUIRED {
                    assert!(mapping.columns.contains_key(&field), "{name} lacks {field}");
                }
            }
        }
    }
}
