//! A fresh database per test, gone with its guard.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use super::server;

/// The three kinds of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    MariaDb,
}

impl Engine {
    const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::MariaDb];

    /// Those that are tested: all three, or the one that `tests/run --engine` names.
    pub fn tested() -> Vec<Self> {
        let only = std::env::var("JOBDELTA_TEST_ENGINE").unwrap_or_default();
        let tested: Vec<Self> =
            Self::ALL.into_iter().filter(|engine| only.is_empty() || engine.dialect() == only).collect();
        assert!(!tested.is_empty(), "JOBDELTA_TEST_ENGINE={only}: it is sqlite, postgres or mariadb");
        tested
    }

    /// The word of `jobdelta sql --dialect`.
    pub const fn dialect(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MariaDb => "mariadb",
        }
    }
}

/// An empty database that is dropped with this value.
pub struct Database {
    pub engine: Engine,
    /// Its name on the server; of SQLite the file's path.
    pub name: String,
    folder: TempDir,
}

/// An empty database of each kind that is tested.
pub fn databases() -> Vec<Database> {
    Engine::tested().into_iter().map(Database::fresh).collect()
}

impl Database {
    /// An empty database. Of SQLite only the folder exists: whoever writes first makes the file.
    pub fn fresh(engine: Engine) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = match engine {
            Engine::Sqlite => folder.path().join("runs.sqlite").display().to_string(),
            _ => format!("test_{}_{number}", std::process::id()),
        };
        if engine != Engine::Sqlite {
            administer(engine, &format!("DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name};"));
        }
        Self { engine, name, folder }
    }

    /// The URL as a user gives it to `--db`.
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Sqlite => format!("sqlite://{}", self.name),
            Engine::Postgres => on_database(&server("JOBDELTA_TEST_POSTGRES"), &self.name),
            Engine::MariaDb => on_database(&server("JOBDELTA_TEST_MARIADB"), &self.name),
        }
    }

    /// The URL with another user and password; of SQLite the same URL.
    pub fn url_as(&self, user: &str, password: &str) -> String {
        let url = self.url();
        match (url.split_once("://"), url.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{user}:{password}@{place}"),
            _ => url,
        }
    }

    /// The URL as the user who is let in over TLS only.
    pub fn tls_url(&self) -> String {
        let url = self.url();
        self.url_as("tls_only", credentials(&url).1)
    }

    /// The URL of this PostgreSQL database through PgBouncer.
    pub fn pooler_url(&self) -> String {
        assert_eq!(self.engine, Engine::Postgres, "only PostgreSQL has a pooler");
        on_database(&server("JOBDELTA_TEST_PGBOUNCER"), &self.name)
    }

    /// The URL of a user who may read the tables that exist now, and do nothing else.
    pub fn reader_url(&self) -> String {
        let (reader, name) = (format!("{}_reader", self.name), &self.name);
        match self.engine {
            Engine::Sqlite => {}
            Engine::Postgres => self.run(&format!(
                "DO $$ BEGIN CREATE ROLE {reader} LOGIN PASSWORD 'reader'; \
                 EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT USAGE ON SCHEMA public TO {reader}; \
                 GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader};"
            )),
            Engine::MariaDb => self.run(&format!(
                "CREATE USER IF NOT EXISTS {reader} IDENTIFIED BY 'reader'; GRANT SELECT ON {name}.* TO {reader};"
            )),
        }
        self.url_as(&reader, "reader")
    }

    /// The folder that goes with the database, for files of the test.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs statements through the database's own client and gives the rows that they return; cells
    /// are text, NULL is empty (`NULL` in MariaDB).
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let printed =
            self.script(sql).unwrap_or_else(|error| panic!("{}: {error}\nin: {sql:.2000}", self.name));
        printed.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    /// The first cell of the first row.
    pub fn value(&self, sql: &str) -> String {
        self.rows(sql).swap_remove(0).swap_remove(0)
    }

    /// Runs statements through the database's own client.
    pub fn run(&self, sql: &str) {
        self.rows(sql);
    }

    /// How many statements others than this client run in it.
    pub fn statements(&self) -> u64 {
        let running = match self.engine {
            Engine::Sqlite => panic!("SQLite has no list of statements"),
            Engine::Postgres => {
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
                 AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            }
            Engine::MariaDb => {
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() \
                 AND command <> 'Sleep' AND id <> CONNECTION_ID()"
            }
        };
        self.value(running).parse().expect("a number")
    }

    /// Gives `sql` to the database's own client (`psql`, `mariadb`, `sqlite3`) as a script; what the
    /// client prints, or its complaint.
    ///
    /// # Errors
    /// When a statement fails.
    pub fn script(&self, sql: &str) -> Result<String, String> {
        script(self.engine, &self.name, sql)
    }
}

/// [`Database::script`] on the database called `name`, for a thread that cannot borrow the guard.
///
/// # Errors
/// When a statement fails.
pub fn script(engine: Engine, name: &str, sql: &str) -> Result<String, String> {
    feed(client(engine, name), sql)
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = &self.name;
        let sql = match self.engine {
            Engine::Sqlite => return,
            Engine::Postgres => {
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE); DROP ROLE IF EXISTS {name}_reader;")
            }
            Engine::MariaDb => format!("DROP DATABASE IF EXISTS {name}; DROP USER IF EXISTS {name}_reader;"),
        };
        // A failure here must not hide why the test ended; the servers are thrown away anyway.
        let _ = feed(client(self.engine, maintenance(self.engine)), &sql);
    }
}

/// The database that exists from the start.
fn maintenance(engine: Engine) -> &'static str {
    if engine == Engine::MariaDb { "mysql" } else { "postgres" }
}

fn administer(engine: Engine, sql: &str) {
    feed(client(engine, maintenance(engine)), sql).unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
}

/// `url` with `name` in place of its database.
fn on_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("a database at the end of the URL");
    format!("{server}/{name}")
}

/// The database's own client, reading statements from its input, one row a line, cells between tabs.
fn client(engine: Engine, database: &str) -> Command {
    match engine {
        Engine::Sqlite => {
            let mut command = Command::new("sqlite3");
            command.args(["-batch", "-bail", "-separator", "\t", database]);
            command
        }
        Engine::Postgres => {
            let mut command = Command::new("psql");
            command.args(["-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1"]);
            command.arg(on_database(&server("JOBDELTA_TEST_POSTGRES"), database));
            command.env("PGOPTIONS", "-c client_min_messages=warning");
            command
        }
        Engine::MariaDb => {
            let url = server("JOBDELTA_TEST_MARIADB");
            let (user, password) = credentials(&url);
            let mut command = Command::new("mariadb");
            command.args(["--no-defaults", "--batch", "--raw", "--skip-column-names"]);
            command.arg("--default-character-set=utf8mb4");
            command.arg(format!("--socket={}", server("JOBDELTA_TEST_MARIADB_SOCKET")));
            command.args([format!("--user={user}"), format!("--password={password}"), database.to_owned()]);
            command
        }
    }
}

/// User and password of `scheme://user:password@place`.
fn credentials(url: &str) -> (&str, &str) {
    let before_place = url.rsplit_once('@').expect("a user in the URL").0;
    let user_and_password = before_place.split_once("://").expect("a scheme in the URL").1;
    user_and_password.split_once(':').expect("a password in the URL")
}

/// Runs `command` with `input`; what it printed, or its complaint.
fn feed(mut command: Command, input: &str) -> Result<String, String> {
    let program = PathBuf::from(command.get_program());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}; ./tests/run installs it", program.display()));
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // From a thread of its own, because a client may print before it has read everything; one that
    // stops at an error closes the pipe, and what it says about it comes on its error output.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("the client's output");
    writer.join().expect("the writing thread");
    let printed = String::from_utf8(output.stdout).expect("UTF-8 from the client");
    if output.status.success() {
        Ok(printed)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
