//! How the columns of files of runs become runs: what the deployment file says of them.

use crate::deployment::{SourceSection, WrittenMapping, builtin};
use crate::log_pattern::LogSettings;
use crate::mapping::{MappingSettings, NativeRows};

/// What `[source]` says of files. Much of it may be about a table that the files are an export of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FileMapping {
    written: WrittenMapping,
    /// Whether it is certain that the table of a database is meant.
    is_of_a_table: bool,
    /// How files that are logs are read.
    logs: LogSettings,
}

impl FileMapping {
    pub(super) fn of(source: &SourceSection, logs: LogSettings) -> Self {
        let is_of_a_table = source.preset.is_some() || source.mapping.names_rows();
        Self { written: source.mapping.clone(), is_of_a_table, logs }
    }

    pub fn logs(&self) -> &LogSettings {
        &self.logs
    }

    /// The mapping for files in the form of `job_runs`.
    ///
    /// # Errors
    /// When the built-in mapping cannot be read.
    pub fn of_runs(&self) -> Result<MappingSettings, String> {
        let dedupe_within = self.written.dedupe_within;
        Ok(MappingSettings { dedupe_within, ..builtin::job_runs()? })
    }

    /// The mapping for files with columns of their own, which are in `table`.
    ///
    /// # Errors
    /// When the built-in mapping cannot be read.
    pub fn of_columns(&self, table: &str) -> Result<MappingSettings, String> {
        let settings = self.written.of_columns().over(builtin::own()?)?;
        Ok(MappingSettings { rows: NativeRows::Table(table.to_owned()), bound: None, main: None, ..settings })
    }

    /// Whether files with the columns of `job_runs` are nevertheless to be read by what is written: it names
    /// columns that are there, or says how they are to be read and can mean nothing else.
    pub fn speaks_of(&self, columns: &[&str]) -> bool {
        let mut named = self.written.columns().peekable();
        if named.peek().is_some() {
            return named.all(|column| columns.contains(&column));
        }
        !self.is_of_a_table && self.written.says_how_to_read()
    }
}
