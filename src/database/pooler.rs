//! Whether the server's end of the connection is ours alone.

use super::connection::Options;
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::session::Session;
use super::statement::Statement;

/// What is seen between the program and a `PostgreSQL` server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    Nothing,
    /// The process that serves has served others before.
    Reused,
    /// The server listens on another port than the URL names.
    OtherPort {
        named: u16,
        listening: u16,
    },
}

impl Session {
    /// What stands between the program and the server; `None` where nothing tells. A pooler in front of a server that
    /// listens on the same port is seen only when it hands on a connection that it had before.
    pub async fn between(&mut self) -> Result<Option<Between>, DatabaseError> {
        if self.dialect() != Dialect::Postgres {
            return Ok(None);
        }
        let text = "SELECT CAST(inet_server_port() AS bigint) AS server_port, \
                    CAST(EXTRACT(EPOCH FROM clock_timestamp() - backend_start) * 1000000 AS bigint) AS age_us \
                    FROM pg_stat_activity WHERE pid = pg_backend_pid()";
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        let rows = self.read("pooler", &statement, 1).await?;
        let Some(row) = rows.iter().next() else { return Ok(None) };
        let (listening, age_us) = (row.optional_int("server_port")?, row.optional_int("age_us")?);
        let ours_us = self.connection.opening.elapsed().as_micros();
        if age_us.is_some_and(|age_us| u128::try_from(age_us).is_ok_and(|age_us| age_us > ours_us)) {
            return Ok(Some(Between::Reused));
        }
        Ok(Some(match (listening.and_then(|port| u16::try_from(port).ok()), self.connection.port()) {
            (Some(listening), Some(named)) if listening != named => Between::OtherPort { named, listening },
            _ => Between::Nothing,
        }))
    }
}

impl super::connection::Connection {
    /// The port that the URL names; of a socket none.
    fn port(&self) -> Option<u16> {
        match &self.options {
            Options::Postgres(options) if options.get_socket().is_none() => Some(options.get_port()),
            _ => None,
        }
    }
}
