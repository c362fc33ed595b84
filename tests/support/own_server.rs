//! A server of a test's own, which can be stopped and continued: its processes, not the test's servers, wait.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{Engine, server};

const PASSWORD: &str = "let-me-in";

/// A server with an empty database called `jobs`; it ends with this value.
pub struct OwnServer {
    engine: Engine,
    process: Child,
    port: u16,
    folder: TempDir,
}

impl OwnServer {
    pub fn start(engine: Engine) -> Self {
        Self::start_with(engine, &[])
    }

    /// The same with further arguments of the server.
    pub fn start_with(engine: Engine, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let account = Account::of_servers();
        account.own(folder.path());
        initialise(engine, folder.path(), &account);
        // Another process may take the port in between.
        for _ in 0..5 {
            let port = free_port();
            let mut process = serve(engine, folder.path(), port, &account, arguments);
            if answers(engine, &mut process, port) {
                let server = Self { engine, process, port, folder };
                server.make_database();
                return server;
            }
            let _ = process.kill();
            let _ = process.wait();
        }
        panic!("{engine:?} does not start");
    }

    /// As a user gives it to `--db`.
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Postgres => format!("postgres://jobdelta:{PASSWORD}@127.0.0.1:{}/jobs", self.port),
            _ => format!("mysql://jobdelta:{PASSWORD}@127.0.0.1:{}/jobs", self.port),
        }
    }

    /// Runs statements through the database's own client and gives what it prints.
    pub fn run(&self, sql: &str) -> String {
        let database = if self.engine == Engine::Postgres { "jobs" } else { "--database=jobs" };
        self.client(database, sql)
    }

    /// The same by a client that goes on by itself, until it is killed.
    pub fn begin(&self, sql: &str) -> Child {
        let database = if self.engine == Engine::Postgres { "jobs" } else { "--database=jobs" };
        let mut client = self.asking(database, sql);
        client.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the database's client starts")
    }

    /// Stops every process of the server (SIGSTOP): the system still takes connections, nobody answers.
    pub fn stop(&self) {
        self.signal("STOP");
    }

    /// Lets them go on after [`stop`](Self::stop).
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    /// Ends the server, with its clients.
    pub fn end(&mut self) {
        // PostgreSQL waits for its clients on SIGTERM and drops them on SIGQUIT.
        let signal = if self.engine == Engine::Postgres { "QUIT" } else { "TERM" };
        let _ = Command::new("kill").args(["-s", signal, &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }

    /// Starts it again after [`end`](Self::end), at the same address.
    pub fn start_again(&mut self) {
        let folder = self.folder.path();
        self.process = serve(self.engine, folder, self.port, &Account::of_servers(), &[]);
        assert!(answers(self.engine, &mut self.process, self.port), "{:?} does not start again", self.engine);
    }

    fn signal(&self, signal: &str) {
        // One of its helpers may have ended by itself.
        for process in self.processes() {
            let _ = Command::new("kill").args(["-s", signal, &process]).stderr(Stdio::null()).status();
        }
    }

    /// The server's process and those that it started.
    fn processes(&self) -> Vec<String> {
        let parent = self.process.id().to_string();
        let children = std::fs::read_dir("/proc").expect("the processes").filter_map(|entry| {
            let process = entry.ok()?.file_name().into_string().ok()?;
            let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
            (line.trim() == parent).then_some(process)
        });
        let mut all: Vec<String> = children.collect();
        all.push(parent.clone());
        all
    }

    fn client(&self, database: &str, sql: &str) -> String {
        let output = self.asking(database, sql).output().expect("the database's client starts");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn asking(&self, database: &str, sql: &str) -> Command {
        let mut command = match self.engine {
            Engine::Postgres => {
                let mut psql = Command::new("psql");
                psql.args(["-qXAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "jobdelta", "-c", sql]);
                psql.args(["-p", &self.port.to_string(), database]).env("PGPASSWORD", PASSWORD);
                psql
            }
            _ => {
                let mut mariadb = Command::new("mariadb");
                let socket = format!("--socket={}", self.folder.path().join("server.sock").display());
                mariadb.args(["--no-defaults", &socket, "--user=root", "--skip-column-names", database]);
                mariadb.args(["--execute", sql]);
                mariadb
            }
        };
        command.stdin(Stdio::null());
        command
    }

    fn make_database(&self) {
        match self.engine {
            Engine::Postgres => drop(self.client("postgres", "CREATE DATABASE jobs")),
            _ => drop(self.client(
                "--database=mysql",
                &format!(
                    "CREATE DATABASE jobs; CREATE USER jobdelta IDENTIFIED BY '{PASSWORD}'; \
                     GRANT ALL ON *.* TO jobdelta"
                ),
            )),
        }
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.signal("CONT");
        self.end();
    }
}

/// Whose processes servers are: they refuse to be root's.
struct Account(Option<(u32, u32)>);

impl Account {
    fn of_servers() -> Self {
        let id = |arguments: &[&str]| -> Option<u32> {
            let output = Command::new("id").args(arguments).output().ok().filter(|o| o.status.success())?;
            String::from_utf8_lossy(&output.stdout).trim().parse().ok()
        };
        if id(&["-u"]) != Some(0) {
            return Self(None);
        }
        let of = |user| id(&["-u", user]).zip(id(&["-g", user]));
        Self(of("postgres").or_else(|| of("nobody")))
    }

    fn own(&self, folder: &Path) {
        if let Self(Some((user, group))) = self {
            std::os::unix::fs::chown(folder, Some(*user), Some(*group)).expect("a folder for the server");
        }
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder);
        if let Self(Some((user, group))) = self {
            command.uid(*user).gid(*group);
        }
        command
    }
}

fn postgres(program: &str) -> PathBuf {
    Path::new(&server("JOBDELTA_TEST_POSTGRES_BIN")).join(program)
}

fn initialise(engine: Engine, folder: &Path, account: &Account) {
    let data = folder.join("data");
    let mut command = match engine {
        Engine::Postgres => {
            let mut initdb = account.command(postgres("initdb"), folder);
            initdb.args([
                "--username=jobdelta",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ]);
            initdb.arg("--pgdata").arg(&data);
            initdb
        }
        _ => {
            let mut install = account.command("mariadb-install-db", folder);
            install.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
            install.arg("--skip-name-resolve").arg(format!("--datadir={}", data.display()));
            install
        }
    };
    let output = command.output().expect("the server's files are made");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn serve(engine: Engine, folder: &Path, port: u16, account: &Account, arguments: &[&str]) -> Child {
    let data = folder.join("data");
    let mut command = match engine {
        Engine::Postgres => {
            let mut server = account.command(postgres("postgres"), folder);
            server.arg("-D").arg(&data).args(["-p", &port.to_string(), "-c", "fsync=off"]);
            server.args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
            server
        }
        _ => {
            let mut server = account.command("mariadbd", folder);
            server.arg("--no-defaults").arg(format!("--datadir={}", data.display()));
            server.arg(format!("--socket={}", folder.join("server.sock").display()));
            server.arg(format!("--port={port}"));
            server.args(["--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin"]);
            server
        }
    };
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the server starts")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Whether the server takes connections, within a minute.
fn answers(engine: Engine, process: &mut Child, port: u16) -> bool {
    for _ in 0..600 {
        if process.try_wait().is_ok_and(|ended| ended.is_some()) {
            return false;
        }
        let answers = match engine {
            // It takes connections before it answers.
            Engine::Postgres => {
                let mut asked = Command::new(postgres("pg_isready"));
                asked
                    .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
                    .status()
                    .is_ok_and(|s| s.success())
            }
            _ => TcpStream::connect(("127.0.0.1", port)).is_ok(),
        };
        if answers {
            return true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    false
}
