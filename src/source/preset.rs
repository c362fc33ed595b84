//! Built-in mappings of known tables: one small file each in `presets/`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The built-in mappings: name and text.
const PRESETS: &[(&str, &str)] = &[
    ("job_runs", include_str!("presets/job_runs.toml")),
    ("job_execution_logs", include_str!("presets/job_execution_logs.toml")),
];

/// A mapping as its file writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// The table's usual name.
    pub table: String,
    /// Unit of whole-number times: `s`, `ms`, `us`.
    #[serde(default)]
    pub time_unit: Option<String>,
    /// Unit of the `duration` column.
    #[serde(default)]
    pub duration_unit: Option<String>,
    /// Field of a run to where it is found.
    pub columns: BTreeMap<String, Place>,
    /// The table's status words to ours, optionally with a skip reason: `skipped:lock`.
    pub statuses: BTreeMap<String, String>,
}

/// Where a field of a run is found.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Place {
    /// In a column.
    Column(String),
    /// Under a key of a JSON column.
    Json {
        /// The column.
        json: String,
        /// The key at the top level.
        key: String,
    },
}

impl Place {
    /// The native column that has to exist.
    pub fn column(&self) -> &str {
        match self {
            Self::Column(column) | Self::Json { json: column, .. } => column,
        }
    }
}

/// Names of the built-in mappings.
pub fn names() -> impl Iterator<Item = &'static str> {
    PRESETS.iter().map(|(name, _)| *name)
}

/// The built-in mapping `name`; `None` when there is none of that name.
pub fn find(name: &str) -> Option<Result<Preset, toml::de::Error>> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, text)| toml::from_str(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Status;

    #[test]
    fn every_preset_reads_and_maps_to_known_words() {
        for name in names() {
            let preset = find(name).unwrap().unwrap();
            for field in ["job_name", "started_at", "finished_at", "status"] {
                assert!(preset.columns.contains_key(field), "{name} lacks {field}");
            }
            for word in preset.statuses.values() {
                let status = word.split(':').next().unwrap();
                assert!(Status::from_word(status).is_some(), "{name}: {word}");
            }
        }
    }
}
