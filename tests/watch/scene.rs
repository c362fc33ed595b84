//! Rows that arrive while a watch looks, and the watch.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use jobdelta::clock::{Clock, Span, Timestamp};

use crate::support::{Database, Engine, Finished, jobdelta_command, jobdelta_in};

/// A run of a job that started so many seconds before `now` and took 100 ms.
pub(super) fn row(now: Timestamp, job: &str, seconds_ago: i64, status: &str) -> String {
    let start = now.plus(Span::seconds(-seconds_ago));
    format!("{job},{start},{},{status}\n", start.plus(Span(100_000)))
}

/// A baseline from ten to five minutes ago, and the rows of `after` since two minutes ago.
pub(super) struct Scene {
    pub(super) database: Database,
    pub(super) now: Timestamp,
}

impl Scene {
    pub(super) fn new(database: Database, deployment: &str) -> Self {
        // On a whole second, so that no two runs start within one by chance.
        let now = Timestamp(Clock::System.now().us() / 1_000_000 * 1_000_000);
        let scene = Self { database, now };
        let at = |seconds: i64| now.plus(Span::seconds(-seconds));
        let windows = format!(
            "name = \"Moved jobs\"\n[windows]\nbaseline = {{ start = \"{}\", end = \"{}\" }}\n\
             stagger = {{ start = \"{}\", end = \"now\" }}\n{deployment}",
            at(600),
            at(300),
            at(120)
        );
        std::fs::write(scene.folder().join("deployment.toml"), windows).unwrap();
        jobdelta_in(scene.folder(), ["migrate", "--db", &scene.database.url()]).succeeded();
        let before = (301..600).step_by(15).map(|second| row(now, "A", second, "success"));
        scene.add(before);
        scene.add((100..120).map(|second| row(now, "A", second, "success")));
        scene
    }

    pub(super) fn folder(&self) -> &Path {
        self.database.folder()
    }

    pub(super) fn add(&self, rows: impl Iterator<Item = String>) {
        let rows: String = rows.collect();
        std::fs::write(
            self.folder().join("rows.csv"),
            format!("job_name,started_at,finished_at,status\n{rows}"),
        )
        .unwrap();
        jobdelta_in(self.folder(), ["import", "--db", &self.database.url(), "rows.csv"]).succeeded();
    }

    /// More runs of a job since the change.
    pub(super) fn add_runs(&self, job: &str, seconds_ago: std::ops::Range<i64>, status: &str) {
        self.add(seconds_ago.map(|second| row(self.now, job, second, status)));
    }

    pub(super) fn watch(&self, arguments: &[&str]) -> Watching {
        self.watch_at(&self.database.url(), arguments)
    }

    pub(super) fn watch_at(&self, url: &str, arguments: &[&str]) -> Watching {
        let mut command = jobdelta_command();
        command.current_dir(self.folder()).args(["watch", "--db", url]).args(arguments);
        Watching::start(command)
    }
}

/// A watch that runs, and what it has printed so far.
pub(super) struct Watching {
    pub(super) child: Child,
    lines: BufReader<ChildStdout>,
    printed: String,
}

impl Watching {
    pub(super) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines, printed: String::new() }
    }

    /// Waits for a line with this text.
    #[track_caller]
    pub(super) fn wait_for(&mut self, text: &str) -> String {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            self.printed += &line;
            if line.contains(text) {
                return line;
            }
            line.clear();
        }
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        panic!("'{text}' was not printed:\n{}\n{said}", self.printed);
    }

    pub(super) fn signal(&self, signal: &str) {
        assert!(
            Command::new("kill")
                .args(["-s", signal, &self.child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }

    pub(super) fn end(mut self) -> Finished {
        self.lines.read_to_string(&mut self.printed).unwrap();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        Finished { stdout: self.printed, stderr, code: self.child.wait().unwrap().code() }
    }
}

pub(super) fn sqlite() -> Database {
    Database::fresh(Engine::Sqlite)
}
