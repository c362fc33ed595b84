//! A PostgreSQL server and a standby that streams from it, gone with their guards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jobdelta::clock::Stopwatch;
use tempfile::TempDir;

use crate::support::server;

const SOON: Duration = Duration::from_secs(60);

pub(crate) struct Server {
    folder: PathBuf,
    port: u16,
    process: Child,
}

pub(crate) struct Pair {
    pub(crate) primary: Server,
    pub(crate) standby: Server,
    _folder: TempDir,
}

impl Pair {
    /// The standby cancels what stands in the way of replaying at once.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            run(Command::new("chown").arg(account()).arg(folder.path()));
        }
        let (first, second) = (folder.path().join("primary"), folder.path().join("standby"));
        run(program("initdb")
            .args(["-U", "jobdelta", "--auth=trust", "--no-sync", "--encoding=UTF8"])
            .arg(&first));
        let primary = Server::start(first, &[]);
        let mut copy = program("pg_basebackup");
        copy.args([
            "-h",
            "127.0.0.1",
            "-U",
            "jobdelta",
            "-R",
            "--checkpoint=fast",
            "--no-sync",
            "-X",
            "stream",
        ]);
        run(copy.args(["-p", &primary.port.to_string(), "-D"]).arg(&second));
        let standby = Server::start(second, &["max_standby_streaming_delay=0", "hot_standby_feedback=off"]);
        Self { primary, standby, _folder: folder }
    }

    /// Waits until the standby has what the primary has now.
    pub(crate) fn catch_up(&self) {
        let place = self.primary.value("SELECT pg_current_wal_lsn()");
        self.standby.wait_for(&format!("SELECT pg_last_wal_replay_lsn() >= '{place}'"), "t");
    }
}

impl Server {
    fn start(folder: PathBuf, settings: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let sockets = format!("unix_socket_directories={}", folder.display());
        let mut command = program("postgres");
        command.arg("-D").arg(&folder).args(["-p", &port.to_string(), "-c", &sockets]);
        for setting in ["listen_addresses=127.0.0.1", "fsync=off"].iter().chain(settings) {
            command.args(["-c", setting]);
        }
        command.stdout(Stdio::null()).stderr(std::fs::File::create(folder.with_extension("log")).unwrap());
        let started = Self { process: command.spawn().unwrap(), folder, port };
        started.wait_for("SELECT 1", "1");
        started
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://jobdelta@127.0.0.1:{}/postgres", self.port)
    }

    fn ask(&self, sql: &str) -> Result<String, String> {
        let output = Command::new("psql").args(["-XqAt", &self.url(), "-c", sql]).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    pub(crate) fn value(&self, sql: &str) -> String {
        self.ask(sql).unwrap_or_else(|error| panic!("{error}\nin: {sql}"))
    }

    /// Asks until the answer is `wanted`.
    pub(crate) fn wait_for(&self, sql: &str, wanted: &str) {
        let watch = Stopwatch::start();
        loop {
            let answer = self.ask(sql);
            if answer.as_deref() == Ok(wanted) {
                return;
            }
            let log = || std::fs::read_to_string(self.folder.with_extension("log")).unwrap_or_default();
            assert!(watch.elapsed() < SOON, "{sql}: {answer:?}\n{}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGQUIT drops the clients; SIGKILL would leave the server's children behind.
        let _ = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}

/// Nobody runs PostgreSQL as root.
fn account() -> &'static str {
    let postgres = Command::new("id").arg("postgres").output().unwrap().status.success();
    if postgres { "postgres" } else { "nobody" }
}

fn program(name: &str) -> Command {
    let path = Path::new(&server("JOBDELTA_TEST_POSTGRES_BIN")).join(name);
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([format!("--reuid={}", account()), "--clear-groups".to_owned()]);
    }
    command.args(["--pdeathsig", "TERM"]).arg(path).current_dir("/");
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
