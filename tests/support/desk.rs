//! A folder that a refusal must leave as it was.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Finished, jobdelta_command};

/// A folder with an older report in it, in which the program runs.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A folder that holds `kept.md`, the report of another day.
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder for temporary files") };
        desk.put("kept.md", "the report of another day\n");
        desk
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it; gives its path.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).expect("a file can be written");
        path
    }

    /// The program, about to run in the folder.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = jobdelta_command();
        command.current_dir(self.path()).args(arguments);
        command
    }

    /// Runs the program in the folder.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Finished {
        Finished::of(self.command(arguments))
    }

    /// Runs the program with arguments that it must refuse: exit code 2, nothing on standard output,
    /// every file as it was and none added. Gives the message.
    #[track_caller]
    pub fn refusal<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> String {
        self.refusal_of(self.command(arguments))
    }

    /// The same for a command that was prepared.
    #[track_caller]
    pub fn refusal_of(&self, command: Command) -> String {
        let before = contents(self.path());
        let message = Finished::of(command).refused();
        let after = contents(self.path());
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&after), names(&before), "a refusal adds and removes nothing; it said:\n{message}");
        for (path, bytes) in &before {
            assert!(after[path] == *bytes, "{} was changed; it said:\n{message}", path.display());
        }
        assert_is_one_message(&message);
        message
    }
}

/// One message: `error: …`, and lines that belong to it.
#[track_caller]
fn assert_is_one_message(message: &str) {
    assert!(message.starts_with("error: ") && message.ends_with('\n'), "not a message:\n{message}");
    assert_eq!(message.matches("error:").count(), 1, "more than one message:\n{message}");
    for sign in ["panicked", "RUST_BACKTRACE", "Error {", "Some(", "Err("] {
        assert!(!message.contains(sign), "written for programmers:\n{message}");
    }
}

/// Every file below `folder` with its bytes.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.insert(path.clone(), Vec::new());
            files.extend(contents(&path));
        } else {
            files.insert(path.clone(), std::fs::read(&path).expect("a file can be read"));
        }
    }
    files
}
