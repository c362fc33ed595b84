//! Whether an `SQLite` file is sound, by `SQLite`'s own check.

use super::connection::Options;
use super::error::DatabaseError;
use super::session::Session;
use super::statement::Statement;

/// Files up to this size are checked before every report: that takes a tenth of a second.
pub const ALWAYS_CHECKED_BYTES: u64 = 32 << 20;

impl Session {
    /// Checks the pages of a file of at most `most_bytes`; whether there was one. It finds pages that are broken,
    /// not a value that was changed within a row.
    ///
    /// # Errors
    /// When the file is damaged, or as [`Session::read`].
    pub async fn check_sound(&mut self, most_bytes: u64) -> Result<bool, DatabaseError> {
        let Options::Sqlite(options) = &self.connection.options else { return Ok(false) };
        // There is no file of a database in memory.
        let size = std::fs::metadata(options.get_filename()).map(|file| file.len());
        if size.map_or(true, |size| size > most_bytes) {
            return Ok(false);
        }
        let statement = Statement { text: "PRAGMA quick_check(1)".to_owned(), ..Statement::default() };
        let rows = self.read("quick_check", &statement, 1).await?;
        for row in rows.iter() {
            let found = row.text("quick_check")?;
            if found != "ok" {
                let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
                return Err(DatabaseError::Damaged { identity: self.identity().to_owned(), found });
            }
        }
        Ok(true)
    }
}
