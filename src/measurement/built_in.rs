//! The measurements that jobdelta can take itself.

/// What kind of server is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasuredServer {
    Postgres,
    /// `MariaDB` and `MySQL`.
    MySql,
    /// Either of them.
    AnyServer,
    /// The HTTP endpoint of `[monitoring]`.
    Health,
}

/// What the samples of a window say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleReading {
    /// Each is a value.
    Value,
    /// They are states of a counter: the increase per minute between two of them. A counter that fell began anew, and
    /// nothing is known of that stretch.
    PerMinute,
    /// Each fall since the first of the window counts: the highest value is how many there were.
    Falls,
}

/// A measurement of the fixed set.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct BuiltIn {
    /// As `built_in` of `[[kpis]]` names it.
    pub name: &'static str,
    pub unit: Option<&'static str>,
    pub subject: MeasuredServer,
    pub reading: SampleReading,
    /// What it is, as a phrase.
    pub meaning: &'static str,
}

const fn value(
    name: &'static str,
    unit: Option<&'static str>,
    subject: MeasuredServer,
    meaning: &'static str,
) -> BuiltIn {
    BuiltIn { name, unit, subject, reading: SampleReading::Value, meaning }
}

pub static CONNECTIONS: BuiltIn =
    value("connections", None, MeasuredServer::AnyServer, "open connections, jobdelta's own left out");
pub static ACTIVE: BuiltIn =
    value("connections_active", None, MeasuredServer::AnyServer, "connections that run a statement");
pub static IDLE: BuiltIn =
    value("connections_idle", None, MeasuredServer::Postgres, "connections that do nothing");
pub static IDLE_IN_TRANSACTION: BuiltIn = value(
    "connections_idle_in_transaction",
    None,
    MeasuredServer::Postgres,
    "connections that wait within a transaction",
);
pub static POOL_UTILIZATION: BuiltIn = value(
    "pool_utilization",
    Some("%"),
    MeasuredServer::AnyServer,
    "open connections as a share of the server's max_connections",
);
pub static LOCK_WAITS: BuiltIn =
    value("lock_waits", None, MeasuredServer::AnyServer, "connections that wait for a lock");
pub static SLOW_STATEMENTS: BuiltIn = value(
    "slow_statements",
    None,
    MeasuredServer::Postgres,
    "statements that have been running for longer than slow_query_after",
);
pub static SLOW_QUERIES: BuiltIn = BuiltIn {
    name: "slow_queries",
    unit: Some("per minute"),
    subject: MeasuredServer::MySql,
    reading: SampleReading::PerMinute,
    meaning: "queries that took longer than the server's long_query_time, per minute",
};
pub static STATEMENT_CALLS: BuiltIn = BuiltIn {
    name: "statement_calls",
    unit: Some("per minute"),
    subject: MeasuredServer::Postgres,
    reading: SampleReading::PerMinute,
    meaning: "statements that ended in the database, per minute, by pg_stat_statements",
};
pub static STATEMENT_TIME: BuiltIn = BuiltIn {
    name: "statement_time",
    unit: Some("ms per minute"),
    subject: MeasuredServer::Postgres,
    reading: SampleReading::PerMinute,
    meaning: "time that they took together, without their planning, per minute, by pg_stat_statements",
};
pub static HEALTH_UP: BuiltIn = value(
    "health_up",
    None,
    MeasuredServer::Health,
    "1 where the endpoint answered with a status below 400, else 0",
);
pub static HEALTH_LATENCY: BuiltIn =
    value("health_latency", Some("ms"), MeasuredServer::Health, "time until its answer had arrived");
pub static UPTIME: BuiltIn = value(
    "uptime",
    Some("s"),
    MeasuredServer::Health,
    "the number in its answer that the JSON pointer uptime names",
);
pub(super) static RESTARTS: BuiltIn = BuiltIn {
    name: "restarts",
    unit: None,
    subject: MeasuredServer::Health,
    reading: SampleReading::Falls,
    meaning: "falls of the uptime since the first sample of a window",
};

/// All of them, in the order of the documentation.
pub static BUILT_IN: [&BuiltIn; 14] = [
    &CONNECTIONS,
    &ACTIVE,
    &IDLE,
    &IDLE_IN_TRANSACTION,
    &POOL_UTILIZATION,
    &LOCK_WAITS,
    &SLOW_STATEMENTS,
    &SLOW_QUERIES,
    &STATEMENT_CALLS,
    &STATEMENT_TIME,
    &HEALTH_UP,
    &HEALTH_LATENCY,
    &UPTIME,
    &RESTARTS,
];

impl BuiltIn {
    pub fn from_name(name: &str) -> Option<&'static Self> {
        BUILT_IN.into_iter().find(|built_in| built_in.name == name)
    }
}
