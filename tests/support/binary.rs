//! The built program, as a user runs it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Finished {
    pub stdout: String,
    pub stderr: String,
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
}

impl Finished {
    /// Runs a prepared command to its end.
    pub fn of(mut command: Command) -> Self {
        let output = command.output().expect("the built program runs");
        Self {
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
            code: output.status.code(),
        }
    }

    /// Standard output of a run that must have ended with 0.
    #[track_caller]
    pub fn succeeded(self) -> String {
        assert_eq!(self.code, Some(0), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self.stdout
    }

    /// Standard error of a run that must have ended with 2 and said nothing on standard output.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(2), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "", "nothing belongs on standard output when the program refuses");
        self.stderr
    }
}

/// The program with nothing of the caller's environment that it listens to.
pub fn jobdelta_command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobdelta"));
    let ours = std::env::vars().map(|(name, _)| name).filter(|name| {
        name.starts_with("PG")
            || name.starts_with("MYSQL")
            || name.starts_with("GITHUB_")
            || ["DATABASE_URL", "SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"]
                .contains(&name.as_str())
    });
    for name in ours {
        command.env_remove(name);
    }
    command
}

/// Runs the program in a folder of its own that is gone afterwards.
pub fn jobdelta<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Finished {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    jobdelta_in(folder.path(), arguments)
}

/// Runs the program in `folder`.
pub fn jobdelta_in<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Finished {
    let mut command = jobdelta_command();
    command.current_dir(folder).args(arguments);
    Finished::of(command)
}
