//! Where the samples of a declared measurement (a KPI) come from.

mod built_in;
mod sampling;

use std::fmt;
use std::path::PathBuf;

use chrono_tz::Tz;

pub use self::built_in::{
    ACTIVE, BUILT_IN, BuiltIn, CONNECTIONS, HEALTH_LATENCY, HEALTH_UP, IDLE, IDLE_IN_TRANSACTION, LOCK_WAITS,
    MeasuredServer, POOL_UTILIZATION, SLOW_QUERIES, SLOW_STATEMENTS, STATEMENT_CALLS, STATEMENT_TIME,
    SampleReading, UPTIME,
};
pub use self::sampling::{
    HealthEndpoint, SampleProblem, SampleRound, SampleSeriesKey, Sampling, TakenSample,
};
use crate::clock::Span;
use crate::mapping::{EpochUnit, SourceQuery};

/// A source of samples: instants with a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KpiSource {
    Query(SampleQuery),
    File(SampleFile),
    Prometheus(RangeQuery),
    /// Taken by jobdelta itself, and kept in its store.
    BuiltIn(&'static BuiltIn),
}

/// One SELECT with the columns `at` and `value`, asked of the database that holds the runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SampleQuery {
    pub select: SourceQuery,
    /// Of whole numbers.
    pub time_unit: Option<EpochUnit>,
    /// Of times without a zone; UTC when `None`.
    pub time_zone: Option<Tz>,
}

/// A CSV file with a header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SampleFile {
    pub path: PathBuf,
    /// The column of the instants: RFC 3339, or whole numbers since the epoch.
    pub at: String,
    /// The column of the values.
    pub value: String,
}

/// A range query in `PromQL`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RangeQuery {
    /// Of the server, without `/api/…`; may hold a secret and is never printed.
    pub url: String,
    /// Sent as a bearer token.
    pub token: Option<String>,
    pub query: String,
    /// From one sample to the next, whole milliseconds.
    pub step: Span,
}

impl fmt::Debug for RangeQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url: _, token: _, query, step } = self;
        f.debug_struct("RangeQuery").field("query", query).field("step", step).finish_non_exhaustive()
    }
}

impl KpiSource {
    /// The word in the JSON report.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Query(_) => "query",
            Self::File(_) => "samples",
            Self::Prometheus(_) => "prometheus",
            Self::BuiltIn(_) => "built_in",
        }
    }
}

/// What reports call the statement that reads the samples of a measurement.
pub fn query_name(kpi: &str) -> String {
    format!("{QUERY_OF}{kpi}")
}

/// Whether a query has such a name.
pub fn is_of_a_kpi(query: &str) -> bool {
    query.starts_with(QUERY_OF)
}

const QUERY_OF: &str = "kpi ";
