//! How much one statement may carry.

use super::super::dialect::Dialect;

/// How much one statement may carry. Each costs a round trip, and over TLS a pause of some 40 ms since the
/// driver leaves Nagle's algorithm on, so servers get as much as they take.
#[derive(Clone, Copy, Debug)]
pub(super) struct BatchLimits {
    /// Runs, of 14 values each.
    pub(super) runs: usize,
    /// Bytes of text, unless a single run has more.
    pub(super) bytes: usize,
}

impl BatchLimits {
    pub(super) fn of(dialect: Dialect) -> Self {
        match dialect {
            // At most 32,766 values; more than this makes nothing faster.
            Dialect::Sqlite => Self { runs: 1_000, bytes: 1 << 20 },
            // One array a column: no limit to their length.
            Dialect::Postgres => Self { runs: 10_000, bytes: 1 << 22 },
            // At most 65,535 values, and with what surrounds the text less than a packet of 1 MiB.
            Dialect::MySql | Dialect::MariaDb => Self { runs: 4_000, bytes: 1 << 19 },
        }
    }
}
