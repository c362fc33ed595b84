//! What integration tests share: a fresh database per test on each of the three kinds, the built
//! binary, golden files. Include it with `mod support;`.
//!
//! The servers come from `tests/run`, which says where they are in these variables:
//!
//! | variable | holds |
//! |---|---|
//! | `JOBDELTA_TEST_POSTGRES` | URL of the PostgreSQL server, with a role that may do anything |
//! | `JOBDELTA_TEST_PGBOUNCER` | URL of a PgBouncer in transaction mode in front of it |
//! | `JOBDELTA_TEST_MARIADB` | URL of the MariaDB server, with a user who may do anything |
//! | `JOBDELTA_TEST_POSTGRES_SOCKET` | folder of PostgreSQL's socket, which is named after the URL's port |
//! | `JOBDELTA_TEST_MARIADB_SOCKET` | MariaDB's socket |
//! | `JOBDELTA_TEST_POSTGRES_BIN` | folder of `initdb`, `postgres`, `pg_dump` and their kin |
//! | `JOBDELTA_TEST_STATIC` | the program, static, built from the package that would be published |
//! | `JOBDELTA_TEST_CHROMIUM` | Chromium's program |
//! | `JOBDELTA_TEST_AUTHORITY` | PEM of the authority that signed both servers' certificate for `localhost` and `127.0.0.1` |
//!
//! Both servers let `tls_only` (with the same password) in over TLS only. Their time zone is an odd one.
// Every test program includes this module and uses its own part of it.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod binary;
mod database;
mod desk;
mod disk;
pub mod draws;
mod golden;
mod headlines;
mod made_part;
mod mail;
mod markdown;
mod measured;
pub mod own_log;
pub mod own_rows;
mod own_server;
mod relay;
mod sample;

pub use binary::{Finished, jobdelta, jobdelta_command, jobdelta_in};
pub use database::{Database, Engine, databases, script};
pub use desk::{Desk, contents};
pub use disk::{FREED, on_a_disk, on_a_small_disk, where_nothing_can_be_written};
pub use golden::{first_difference, golden};
pub use headlines::contradictions;
pub use made_part::with_part;
pub use mail::{PYTHON, parts_of, read_mail};
pub use markdown::{assert_even_rows, walk};
pub use measured::{WINDOWS, endless_view, measured_file, measured_report, report_of, wrong_figures};
pub use own_server::OwnServer;
pub use relay::relay;
pub use sample::{SAMPLES, sample};

/// The value of a variable that `tests/run` sets.
pub fn server(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "{variable} is not set: the tests need real servers. Run ./tests/run, \
             or ./tests/run NAME for some of them, or ./tests/run --shell to work beside the servers"
        )
    })
}
