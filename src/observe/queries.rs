//! The embedded queries: one file a question.

/// A query of `queries/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// The file's name without its ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! queries {
    ($($constant:ident = $name:literal),+ $(,)?) => {
        $(
            #[doc = concat!("`queries/", $name, ".sql`")]
            pub const $constant: Query =
                Query { name: $name, text: include_str!(concat!("../../queries/", $name, ".sql")) };
        )+
        /// All of them, in the order in which a report runs them; `scan` stands in for most.
        pub const ALL: &[Query] = &[$($constant),+];
    };
}

queries! {
    COVERAGE = "coverage",
    STATUSES = "statuses",
    OUTCOMES = "outcomes",
    DURATIONS = "durations",
    DEPENDENCE = "dependence",
    START_SECONDS = "start_seconds",
    START_DELAYS = "start_delays",
    START_BURSTS = "start_bursts",
    CONCURRENCY = "concurrency",
    JOBS_AT_PEAK = "jobs_at_peak",
    OVERLAPS = "overlaps",
    OVERLAPPED_TIME = "overlapped_time",
    FIRES = "fires",
    TRENDS = "trends",
    SCHEDULES = "schedules",
    FAILURES = "failures",
    LEVELS_OVER_TIME = "levels_over_time",
    BUSIEST_MINUTE = "busiest_minute",
    EXCLUDED = "excluded",
    SCAN = "scan",
}

/// The query `name`; `None` when there is none of that name.
pub fn find(name: &str) -> Option<Query> {
    ALL.iter().find(|query| query.name == name).copied()
}
