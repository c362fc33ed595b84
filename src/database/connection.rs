//! Connecting as people know it: URLs, `PG*` variables, `.pgpass`, sockets, certificates.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection as _};

use super::dialect::Dialect;
use super::error::DatabaseError;
use crate::clock::Stopwatch;
use crate::nearest::did_you_mean;

/// How long a connection attempt may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long another program's lock on an `SQLite` file is waited for.
const LOCK_TIME: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading a source; an `SQLite` file is opened read-only.
    Read,
    /// Writing to jobdelta's own tables.
    Write,
    /// The same, and a missing `SQLite` file is made.
    Create,
}

#[derive(Debug)]
pub enum Driver {
    /// A file, or memory.
    Sqlite(SqliteConnection),
    /// A server that speaks `PostgreSQL`'s protocol.
    Postgres(PgConnection),
    /// A server that speaks `MySQL`'s protocol.
    MySql(MySqlConnection),
}

/// An open connection, and what it is connected to.
#[derive(Debug)]
pub struct Connection {
    pub driver: Driver,
    pub dialect: Dialect,
    /// `host:port/name`, or the file's name; never a secret.
    pub identity: String,
    pub server_version: String,
    /// Since it was asked for.
    pub(super) opening: Stopwatch,
    /// How another connection to the same is made.
    pub(super) options: Options,
}

#[derive(Clone)]
pub(super) enum Options {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
    MySql(Box<MySqlConnectOptions>),
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // They hold a password.
        f.write_str("Options(…)")
    }
}

impl Connection {
    pub async fn open(url: &str, access: Access) -> Result<Self, DatabaseError> {
        Self::open_within(url, access, LOCK_TIME).await
    }

    /// The same, with an `SQLite` file's lock waited for no longer than `patience`. (Servers get it when
    /// the session begins.)
    pub async fn open_within(url: &str, access: Access, patience: Duration) -> Result<Self, DatabaseError> {
        let (options, identity) = read_url(url, access, patience)?;
        let mut opened = Self::connect(&options, &identity).await;
        if opened.as_ref().is_err_and(cannot_open)
            && let Some(options) = options.unwatched()
        {
            opened = Self::connect(&options, &identity).await;
        }
        opened.map_err(|error| DatabaseError::connect(&identity, &error))
    }

    /// The `SQLite` file of `url` that is not there yet.
    pub(super) fn missing_file(url: &str) -> Option<PathBuf> {
        match read_url(url, Access::Create, LOCK_TIME).ok()?.0 {
            Options::Sqlite(options) => {
                let file = options.get_filename();
                (!is_memory(file) && !file.exists()).then(|| file.to_owned())
            }
            _ => None,
        }
    }

    /// Opens the file at `place` as the one of `url`. What a statement undoes is kept in memory: nobody else
    /// knows the file, and nothing is made beside it.
    pub(super) async fn open_in_place_of(url: &str, place: &Path) -> Result<Self, DatabaseError> {
        let (options, identity) = read_url(url, Access::Create, LOCK_TIME)?;
        let options = match options {
            Options::Sqlite(options) => {
                let options = options.filename(place).journal_mode(SqliteJournalMode::Memory);
                Options::Sqlite(Box::new(options))
            }
            other => other,
        };
        Self::connect(&options, &identity).await.map_err(|error| DatabaseError::connect(&identity, &error))
    }

    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self.driver {
            Driver::Sqlite(driver) => driver.close().await,
            Driver::Postgres(driver) => driver.close().await,
            Driver::MySql(driver) => driver.close().await,
        }
    }

    pub(super) async fn connect(options: &Options, identity: &str) -> Result<Self, sqlx::Error> {
        let opening = Stopwatch::start();
        let late = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
        let driver = tokio::time::timeout(CONNECT_TIMEOUT, options.connect()).await.map_err(late)??;
        Self::identify(driver, options.clone(), identity.to_owned(), opening).await
    }

    /// A private database in memory.
    pub async fn memory() -> Result<Self, DatabaseError> {
        let identity = "memory".to_owned();
        let options = SqliteConnectOptions::new().in_memory(true).shared_cache(false);
        let opening = Stopwatch::start();
        let opened = match options.connect().await {
            Ok(connection) => {
                let options = Options::Sqlite(Box::new(options));
                Self::identify(Driver::Sqlite(connection), options, identity.clone(), opening).await
            }
            Err(error) => Err(error),
        };
        opened.map_err(|error| DatabaseError::connect(&identity, &error))
    }

    async fn identify(
        mut driver: Driver,
        options: Options,
        identity: String,
        opening: Stopwatch,
    ) -> Result<Self, sqlx::Error> {
        let version = match &mut driver {
            Driver::Sqlite(c) => {
                // Reading the schema is what finds out that a file is not a database.
                let text =
                    sqlx::query_scalar("SELECT sqlite_version() FROM (SELECT COUNT(*) FROM sqlite_master)");
                text.fetch_one(c).await
            }
            Driver::Postgres(c) => {
                sqlx::query_scalar("SELECT version()").persistent(false).fetch_one(c).await
            }
            Driver::MySql(c) => sqlx::query_scalar("SELECT VERSION()").persistent(false).fetch_one(c).await,
        };
        let server_version: String = version?;
        let dialect = match &driver {
            Driver::Sqlite(_) => Dialect::Sqlite,
            Driver::Postgres(_) => Dialect::Postgres,
            Driver::MySql(_) if server_version.contains("MariaDB") => Dialect::MariaDb,
            Driver::MySql(_) => Dialect::MySql,
        };
        // PostgreSQL's version() goes on with the compiler.
        let server_version = match dialect {
            Dialect::Postgres => server_version.split(" on ").next().unwrap_or_default().to_owned(),
            Dialect::Sqlite => format!("SQLite {server_version}"),
            Dialect::MySql => format!("MySQL {server_version}"),
            Dialect::MariaDb => server_version,
        };
        Ok(Self { driver, dialect, identity, server_version, opening, options })
    }
}

/// `SQLite` could not open the file or make the files that it wants beside it. The low byte of a code says
/// what, the others say more.
fn cannot_open(error: &sqlx::Error) -> bool {
    const READ_ONLY: i32 = 8;
    const CANNOT_OPEN: i32 = 14;
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    code.is_some_and(|code| [READ_ONLY, CANNOT_OPEN].contains(&(code & 0xff)))
}

impl Options {
    /// How to read an `SQLite` file in WAL mode where nothing can be written beside it: as one that nobody
    /// changes. `None` where that could miss rows, because somebody has left a log beside the file.
    fn unwatched(&self) -> Option<Self> {
        let Self::Sqlite(options) = self else { return None };
        let file = options.get_filename();
        let log = file.with_file_name(format!("{}-wal", file.file_name()?.to_string_lossy()));
        let without_log = std::fs::metadata(log).map_or(true, |log| log.len() == 0);
        (file.is_file() && without_log)
            .then(|| Self::Sqlite(Box::new(options.as_ref().clone().read_only(true).immutable(true))))
    }

    async fn connect(&self) -> Result<Driver, sqlx::Error> {
        match self {
            Self::Sqlite(options) => options.connect().await.map(Driver::Sqlite),
            Self::Postgres(options) => options.connect().await.map(Driver::Postgres),
            Self::MySql(options) => options.connect().await.map(Driver::MySql),
        }
    }
}

fn bad_url(problem: impl Into<String>) -> DatabaseError {
    DatabaseError::Url { problem: problem.into() }
}

fn read_url(url: &str, access: Access, patience: Duration) -> Result<(Options, String), DatabaseError> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    match scheme {
        "sqlite" => sqlite(url, access, patience),
        "postgres" | "postgresql" => postgres(url),
        "mysql" | "mariadb" => mysql(url),
        _ if Path::new(url).exists() => {
            Err(bad_url(format!("it has no scheme; for an SQLite file write sqlite://{url}")))
        }
        _ => Err(bad_url("it must begin with sqlite://, postgres://, mysql:// or mariadb://")),
    }
}

/// Whether the driver's name of a file means one in memory.
fn is_memory(file: &Path) -> bool {
    file.to_string_lossy().starts_with("file:sqlx-in-memory")
}

fn sqlite(url: &str, access: Access, patience: Duration) -> Result<(Options, String), DatabaseError> {
    check_parameters(url, &["mode", "cache", "immutable", "vfs"])?;
    let options: SqliteConnectOptions = url.parse().map_err(|e: sqlx::Error| bad_url(e.to_string()))?;
    let path: PathBuf = options.get_filename().to_owned();
    let in_memory = is_memory(&path);
    let name = path.file_name().map_or_else(|| url.to_owned(), |name| name.to_string_lossy().into_owned());
    if access != Access::Create && !in_memory && !path.exists() {
        return Err(DatabaseError::Connect {
            identity: path.display().to_string(),
            reason: "no such file".to_owned(),
            advice: "check the path, or make the file with `jobdelta migrate`",
        });
    }
    if path.is_dir() {
        return Err(DatabaseError::Connect {
            identity: path.display().to_string(),
            reason: "it is a directory".to_owned(),
            advice: "give the path of an SQLite database",
        });
    }
    let options = options
        .read_only(access == Access::Read && !in_memory)
        .create_if_missing(access == Access::Create)
        .busy_timeout(patience);
    Ok((Options::Sqlite(Box::new(options)), name))
}

fn postgres(url: &str) -> Result<(Options, String), DatabaseError> {
    const KNOWN: &[&str] = &[
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "options",
    ];
    check_parameters(url, KNOWN)?;
    let options: PgConnectOptions = url.parse().map_err(|e: sqlx::Error| bad_url(e.to_string()))?;
    // A pooler in transaction mode knows no start-up option beyond these.
    let options = options.application_name("jobdelta").extra_float_digits(None);
    let name = options.get_database().unwrap_or(options.get_username()).to_owned();
    let identity = match options.get_socket() {
        Some(socket) => format!("{}/{name}", socket.display()),
        None => format!("{}:{}/{name}", options.get_host(), options.get_port()),
    };
    Ok((Options::Postgres(Box::new(options)), identity))
}

fn mysql(url: &str) -> Result<(Options, String), DatabaseError> {
    const KNOWN: &[&str] = &[
        "sslmode",
        "ssl-mode",
        "sslca",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "charset",
        "collation",
        "socket",
    ];
    check_parameters(url, KNOWN)?;
    let url = url.replacen("mariadb:", "mysql:", 1);
    let options: MySqlConnectOptions = url.parse().map_err(|e: sqlx::Error| bad_url(e.to_string()))?;
    let Some(name) = options.get_database().map(str::to_owned) else {
        return Err(bad_url("it names no database; write mysql://user@host/database"));
    };
    let identity = match options.get_socket() {
        Some(socket) => format!("{}/{name}", socket.display()),
        None => format!("{}:{}/{name}", options.get_host(), options.get_port()),
    };
    Ok((Options::MySql(Box::new(options)), identity))
}

/// Refuses a parameter that the driver would drop in silence: a mistyped `sslmode` must not connect
/// without TLS.
fn check_parameters(url: &str, known: &[&str]) -> Result<(), DatabaseError> {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if known.contains(&key) || key.starts_with("options[") {
            check_certificate(key, value)?;
            continue;
        }
        let nearest = did_you_mean(key, known.iter().copied());
        return Err(bad_url(format!("unknown parameter '{key}'{nearest}")));
    }
    Ok(())
}

/// The driver would not say which file it misses. A value that is encoded, or is the certificate itself, is
/// left to it.
fn check_certificate(key: &str, value: &str) -> Result<(), DatabaseError> {
    let names_file = matches!(
        key,
        "sslrootcert" | "ssl-root-cert" | "sslca" | "ssl-ca" | "sslcert" | "ssl-cert" | "sslkey" | "ssl-key"
    );
    if !names_file || value.contains(['%', '+']) || value.starts_with("-----BEGIN") {
        return Ok(());
    }
    match std::fs::File::open(value) {
        Ok(_) => Ok(()),
        Err(error) => Err(bad_url(format!("{key} names {value}, which cannot be read: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(url: &str) -> String {
        match read_url(url, Access::Read, LOCK_TIME) {
            Ok((_, identity)) => identity,
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn urls_are_read_and_secrets_kept() {
        assert_eq!(
            problem("postgres://me:secret@db.example:6432/app?sslmode=require"),
            "db.example:6432/app"
        );
        assert_eq!(problem("mariadb://me:secret@db.example/app"), "db.example:3306/app");
        assert_eq!(problem("mysql://me@localhost/app?socket=/run/my.sock"), "/run/my.sock/app");
        for url in
            ["oracle://me:secret@x", "postgres://me:secret@x/app?sslmod=require", "mysql://me:secret@x"]
        {
            assert!(!problem(url).contains("secret"), "{url}");
        }
        assert!(problem("postgres://x/app?sslmod=require").contains("did you mean 'sslmode'"));
        assert!(problem("sqlite://nowhere/x.db").contains("no such file"));
    }
}
