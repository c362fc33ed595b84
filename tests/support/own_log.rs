//! Logs of a test's own, and the runs that the program makes of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Database, Desk, Engine, Finished, jobdelta};

/// A folder with a deployment file, and a database for the runs.
pub struct LogDesk {
    desk: Desk,
    pub database: Database,
}

impl LogDesk {
    pub fn new(deployment: &str) -> Self {
        let database = Database::fresh(Engine::Sqlite);
        jobdelta(["migrate", "--db", &database.url()]).succeeded();
        let desk = Desk::new();
        desk.put("deployment.toml", deployment);
        Self { desk, database }
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.desk.put(name, content)
    }

    pub fn command<const N: usize>(&self, arguments: [&str; N]) -> Command {
        self.desk.command(arguments)
    }

    /// What the import says on standard output and on standard error.
    #[track_caller]
    pub fn import(&self, files: &[&Path]) -> (String, String) {
        self.import_with(&[], files)
    }

    #[track_caller]
    pub fn import_with(&self, flags: &[&str], files: &[&Path]) -> (String, String) {
        let Finished { stdout, stderr, code } = Finished::of(self.import_command(flags, files));
        assert_eq!(code, Some(0), "{stderr}");
        (stdout, stderr)
    }

    /// The message of an import that has to be refused.
    #[track_caller]
    pub fn refused(&self, flags: &[&str], files: &[&Path]) -> String {
        Finished::of(self.import_command(flags, files)).refused()
    }

    fn import_command(&self, flags: &[&str], files: &[&Path]) -> Command {
        let mut command = self.desk.command(["import", "--db", &self.database.url()]);
        command.args(flags).args(files);
        command
    }

    /// The runs in the order of their starts: job, start, end, status, reason, error.
    pub fn rows(&self) -> Vec<String> {
        let time = |column: &str| {
            format!(
                "coalesce(time({column} / 1000000, 'unixepoch') || printf('.%03d', {column} / 1000 % 1000), '')"
            )
        };
        let rows = self.database.rows(&format!(
            "SELECT job_name || '|' || {} || '|' || {} || '|' || status || '|' || coalesce(skip_reason, '') || '|'
               || coalesce(replace(error_message, char(10), ' '), '') FROM job_runs ORDER BY started_at, job_name, id",
            time("started_at"),
            time("finished_at")
        ));
        rows.into_iter().map(|row| row.concat()).collect()
    }

    /// How many runs have each status.
    pub fn counts(&self) -> String {
        let count = |status: &str| {
            self.database
                .value(&format!("SELECT '{status} ' || count(*) FROM job_runs WHERE status = '{status}'"))
        };
        ["cancelled", "failed", "running", "skipped", "success", "timeout"].map(count).join(", ")
    }
}
