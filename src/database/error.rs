//! What can go wrong with a database, in words that say what to do. No message holds a secret.

use super::row::UnexpectedCell;
use super::statement::StatementError;
use crate::clock::Span;

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("the database URL cannot be used: {problem}")]
    Url {
        /// What is wrong; never the URL itself.
        problem: String,
    },
    #[error("failed to connect to {identity}: {reason}; {advice}")]
    Connect { identity: String, reason: String, advice: &'static str },
    #[error("query {query} failed on {identity}: {reason}{}", advice.map(|a| format!("; {a}")).unwrap_or_default())]
    Query { query: String, identity: String, reason: String, advice: Option<&'static str> },
    /// The right to it is missing.
    #[error("query {query} failed on {identity}: {reason}; {advice}")]
    Denied { query: String, identity: String, reason: String, advice: &'static str },
    #[error(
        "query {query} went over the time limit of {limit} for the whole reading; nothing was decided; \
         narrow the windows, or give more with --max-time"
    )]
    TimeLimit { query: String, limit: Span },
    #[error(
        "{identity} is damaged: {found}; nothing was decided; restore a copy, or recover what can be read: \
         sqlite3 {identity} .recover | sqlite3 recovered.sqlite"
    )]
    Damaged {
        identity: String,
        /// What `SQLite` says.
        found: String,
    },
    #[error("cancelled at query {query}; nothing was decided")]
    Cancelled { query: String },
    #[error(
        "query {query} returned more than {limit} rows; narrow the windows, declare the jobs in a deployment \
         file, or give the source a `where`"
    )]
    TooManyRows { query: String, limit: usize },
    #[error(transparent)]
    Cell(#[from] UnexpectedCell),
    #[error("query {query} is malformed: {source}")]
    Statement { query: String, source: StatementError },
    #[error("failed to add runs to job_runs on {identity}: {reason}{}; nothing of this file was kept",
        advice.map(|a| format!("; {a}")).unwrap_or_default())]
    Store { identity: String, reason: String, advice: Option<&'static str> },
    #[error("failed to migrate {identity}: {reason}")]
    Migrate { identity: String, reason: String },
}

/// What statements about jobdelta's own file are called.
pub(super) const OWN_FILE: &str = "store";

/// What to do where a replica cancels a read.
const REPLAY: &str = "the replica had to replay changes of rows that this report reads, and cancelled it; nothing was \
                      decided; try again, narrow the windows, read the primary, or have the replica wait: \
                      hot_standby_feedback = on, or a longer max_standby_streaming_delay";

/// What a statement met that ends before its time.
const ENDED: &str =
    "an administrator ended it, or a limit of the server's own; nothing was decided; try again";

impl DatabaseError {
    /// Whether it is about jobdelta's own file, where a statement about that file or a source failed.
    pub fn is_of_own_file(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Migrate { .. } => true,
            Self::Query { query, .. } | Self::Denied { query, .. } | Self::TimeLimit { query, .. } => {
                query == OWN_FILE
            }
            _ => false,
        }
    }

    pub(super) fn connect(identity: &str, error: &sqlx::Error) -> Self {
        let code = code_of(error);
        let reason = reason_of(error);
        let advice = match code.as_deref() {
            Some("28000") if reason.contains("no encryption") => {
                "the server asks for TLS; add sslmode=require, or better verify-full, to the URL"
            }
            Some("28P01" | "28000" | "1045" | "1698") => "check user name and password",
            Some("42501" | "1044") => "grant this user the right to use the database",
            Some("3D000" | "1049") => "check the database's name",
            Some("53300" | "1040" | "1203") => "the server has no connection left; try again",
            Some("57P03") => "the server is starting or stopping; try again",
            Some("26") => "give the path of an SQLite database",
            Some("14") => {
                "check the path, its rights, and that its folder can be written to if a -wal file is there"
            }
            Some("5" | "6" | "261" | "517") => {
                "another program holds a lock on the file; try again when it is done"
            }
            _ if is_tls(error) && reason.contains("UnsupportedCertVersion") => {
                "the server's certificate is of X.509 version 1, which is refused; give the server one of version 3 \
                 (openssl req -x509 -addext subjectAltName=DNS:its-name makes one)"
            }
            _ if is_tls(error) => {
                "check sslmode and the certificates; sslrootcert (MySQL: ssl-ca) names the authority's file"
            }
            _ if matches!(error, sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::NotFound) => {
                "check the socket's folder and port, or the certificate files that are named"
            }
            _ => "check host, port and that the server runs",
        };
        Self::Connect { identity: identity.to_owned(), reason, advice }
    }

    /// `limit` is that of the whole reading; `None` while it is not used up, so that a statement which is ended is ended by
    /// somebody else.
    pub(super) fn query(query: &str, identity: &str, limit: Option<Span>, error: &sqlx::Error) -> Self {
        let lost = is_disconnect(error).then_some("the connection was lost; nothing was decided");
        Self::of_code(query, identity, limit, (code_of(error).as_deref(), reason_of(error)), lost)
    }

    /// The same for what the other driver of `SQLite` files says.
    pub(super) fn file(query: &str, identity: &str, limit: Span, error: &rusqlite::Error) -> Self {
        let code = error.sqlite_error().map(|error| error.extended_code.to_string());
        Self::of_code(query, identity, Some(limit), (code.as_deref(), error.to_string()), None)
    }

    fn of_code(
        query: &str,
        identity: &str,
        limit: Option<Span>,
        (code, reason): (Option<&str>, String),
        otherwise: Option<&'static str>,
    ) -> Self {
        let denied = |advice| {
            let (query, identity) = (query.to_owned(), identity.to_owned());
            Self::Denied { query, identity, reason: reason.clone(), advice }
        };
        let advice = match code {
            Some("57014" | "1969" | "3024" | "9") => match limit {
                Some(limit) => return Self::over_limit(query, limit),
                None => Some(ENDED),
            },
            Some("42501" | "1142" | "1143" | "1044") => {
                return denied("grant SELECT on the table to this role");
            }
            Some("1227") => return denied("grant this right to this user"),
            // A read-only snapshot conflicts with nothing but what a replica replays.
            Some("40001" | "40P01") => Some(REPLAY),
            Some("55P03" | "1205") => Some("another session holds a lock on the table; try again"),
            Some("5" | "6" | "261" | "517") => {
                Some("another program holds a lock on the file; try again when it is done")
            }
            Some("26") => Some("the file is not an SQLite database"),
            Some("11" | "267" | "523" | "779") => Some(
                "the file is damaged: restore a copy, or recover what can be read with sqlite3 and .recover",
            ),
            Some("53100") => Some("the server's disk is full"),
            _ => otherwise,
        };
        Self::Query { query: query.to_owned(), identity: identity.to_owned(), reason, advice }
    }

    /// The time for the whole reading was used up in `query`.
    pub(super) fn over_limit(query: &str, limit: Span) -> Self {
        Self::TimeLimit { query: query.to_owned(), limit }
    }

    pub(super) fn store(identity: &str, error: &sqlx::Error) -> Self {
        let reason = reason_of(error);
        let advice = match code_of(error).as_deref() {
            Some("42P01" | "1146") => Some("make the table with `jobdelta migrate`"),
            _ if reason.contains("no such table") => Some("make the table with `jobdelta migrate`"),
            Some("42703" | "42P10" | "1054") => {
                Some("this table is not the one that `jobdelta migrate` makes")
            }
            _ if reason.contains("no such column") || reason.contains("has no column") => {
                Some("this table is not the one that `jobdelta migrate` makes")
            }
            Some("42501" | "1142" | "1143" | "1044") => {
                Some("grant SELECT, INSERT and UPDATE on the table to this role")
            }
            Some("5" | "6" | "261" | "517" | "55P03" | "1205" | "40P01" | "1213") => {
                Some("another program holds a lock; try again when it is done")
            }
            Some("8" | "25006" | "1290") => Some("the database is read-only"),
            Some("13" | "53100" | "1021") => Some("the disk is full"),
            _ if is_disconnect(error) => Some("the connection was lost"),
            _ => None,
        };
        Self::Store { identity: identity.to_owned(), reason, advice }
    }
}

/// The code that tells one error from another: `SQLSTATE` of `PostgreSQL`, the number of the others, whose
/// `SQLSTATE` is mostly the same for all.
fn code_of(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    match error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        Some(error) => Some(error.number().to_string()),
        None => error.code().map(std::borrow::Cow::into_owned),
    }
}

fn is_disconnect(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed)
        || code_of(error)
            .is_some_and(|code| code.starts_with("57P") || code.starts_with("08") || code == "1927")
}

/// Whether the two ends did not come to an encrypted connection. What the TLS library says of the other's
/// certificate arrives as an input error.
fn is_tls(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(io) => io.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

/// What the server or the driver said, on one line.
fn reason_of(error: &sqlx::Error) -> String {
    let text = match error {
        sqlx::Error::Database(database) => database.message().to_owned(),
        sqlx::Error::Io(io) if is_tls(error) => format!("TLS: {io}"),
        sqlx::Error::Io(io) => io.to_string(),
        sqlx::Error::Tls(tls) => format!("TLS: {tls}"),
        other => other.to_string(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
