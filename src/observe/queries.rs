//! The embedded queries, one file a question, and what each declares.

use crate::observation::pictures::MOST_RUNS;
use crate::source::relation::Column::{
    Attempt, ClockChange, EffectiveSchedule, ErrorLine, ExcludedUs, FireUs, Observed, OccupiedUntilUs,
    OccupiedUs, OnTime, Outcome, PlacedUs, Schedule, ScheduledUs, SkipReason, StaggerOffset, Zoneless,
};
use crate::source::relation::Parameter::{
    AsOf, BurstWindow, Cycle, DuplicateWithin, FirstLevelBucket, Kept, LevelBucket, LongestRun, Meeting,
    Middle, Minute, Peak, PeakMinute, RankScales, ShownJobs, Slice, SlowAfter, Start, StartsPerJob,
    TrendBucket,
};
pub use crate::source::relation::Query;
use crate::source::relation::Reads::{
    Coverage, ExcludedRuns, ObservedRuns, Runs, RunsAndLate, RunsAndSegments, SourceRuns, StoredRows,
};

/// Kinds of recorded schedules that are kept per window and job.
pub(super) const KEPT_SCHEDULES: i64 = 10;

/// Pairs of job and message that are kept per window.
pub(super) const KEPT_FAILURES: i64 = 10_000;

macro_rules! queries {
    ($($constant:ident = $name:literal, $reads:ident, $columns:tt, $parameters:tt;)+) => {
        $(
            pub const $constant: Query = Query {
                name: $name,
                text: include_str!(concat!("../../queries/", $name, ".sql")),
                reads: $reads,
                columns: &$columns,
                parameters: &$parameters,
            };
        )+
        /// All of them, in the order in which a report runs them; `scan` replaces most. The last is asked for an
        /// inventory.
        pub const ALL: &[Query] = &[$($constant),+];
    };
}

// constant = file, rows, optional columns, parameters
queries! {
    COVERAGE = "coverage", Coverage, [], [];
    STATUSES = "statuses", SourceRuns, [PlacedUs, Zoneless, ClockChange, Observed], [AsOf, Start];
    OUTCOMES = "outcomes", Runs,
        [PlacedUs, Observed, Outcome, SkipReason, OccupiedUntilUs, OccupiedUs, OnTime, Attempt],
        [SlowAfter, LongestRun, Middle];
    DURATIONS = "durations", ObservedRuns, [], [Middle];
    DEPENDENCE = "dependence", Runs, [Observed, ExcludedUs, Outcome, OccupiedUntilUs, OnTime],
        [DuplicateWithin, Start];
    START_SECONDS = "start_seconds", ObservedRuns, [Attempt], [Cycle];
    START_DELAYS = "start_delays", ObservedRuns, [ScheduledUs, Attempt], [];
    START_BURSTS = "start_bursts", ObservedRuns, [], [BurstWindow];
    CONCURRENCY = "concurrency", RunsAndSegments, [OccupiedUntilUs], [LevelBucket, FirstLevelBucket];
    JOBS_AT_PEAK = "jobs_at_peak", Runs, [OccupiedUntilUs], [Peak];
    OVERLAPS = "overlaps", Runs, [Observed, OccupiedUntilUs], [Meeting];
    OVERLAPPED_TIME = "overlapped_time", RunsAndSegments, [OccupiedUntilUs], [FirstLevelBucket, Meeting];
    FIRES = "fires", RunsAndLate, [FireUs, Attempt], [];
    TRENDS = "trends", ObservedRuns, [], [TrendBucket, ShownJobs];
    SCHEDULES = "schedules", ObservedRuns, [Schedule, EffectiveSchedule, StaggerOffset], [Kept(KEPT_SCHEDULES)];
    FAILURES = "failures", ObservedRuns, [PlacedUs, ErrorLine], [Kept(KEPT_FAILURES)];
    BUSIEST_MINUTE = "busiest_minute", Runs, [OccupiedUntilUs], [PeakMinute, Minute, Kept(MOST_RUNS)];
    SCAN = "scan", StoredRows, [SkipReason, ScheduledUs, ErrorLine, Attempt, StaggerOffset, Schedule,
        EffectiveSchedule, PlacedUs, Zoneless, ClockChange], [];
    SLICES = "slices", ObservedRuns, [PlacedUs, Outcome], [Slice, ShownJobs, RankScales];
    SLICES_OF_ALL = "slices_of_all", ObservedRuns, [PlacedUs, Outcome], [Slice];
    EXCLUDED = "excluded", ExcludedRuns, [PlacedUs], [];
    RECENT_STARTS = "recent_starts", ObservedRuns, [Attempt, ScheduledUs], [StartsPerJob];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::relation::{Column, Reads};

    /// The words of the query, without its comments.
    fn words(query: &Query) -> Vec<&str> {
        let lines = query.text.lines().filter(|line| !line.trim_start().starts_with("--"));
        let words = lines.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
        words.filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn columns_are_declared_where_they_are_named() {
        for query in ALL {
            let words = words(query);
            for column in Column::CARRIED.into_iter().chain(Column::DERIVED) {
                let named = words.contains(&column.name());
                let declared =
                    query.columns.contains(&column) || (column == Observed && query.reads == ObservedRuns);
                assert_eq!(named, declared, "{}: {}", query.name, column.name());
            }
        }
    }

    #[test]
    fn rows_are_declared_as_they_are_read() {
        for query in ALL {
            let words = words(query);
            let reads = |relation: &str| {
                words
                    .windows(2)
                    .filter(|pair| ["FROM", "JOIN"].contains(&pair[0]) && pair[1] == relation)
                    .count()
            };
            let observed =
                query.text.matches("FROM runs\n").zip(query.text.matches("WHERE observed = 1")).count();
            let (runs, segments) = (reads("runs"), reads("segments"));
            let expected = match (reads("coverage"), reads("source_runs")) {
                (1, 0) => Coverage,
                (0, 1) if query.reads == StoredRows => StoredRows,
                (0, 1) => SourceRuns,
                _ if segments > 0 => RunsAndSegments,
                _ if observed > 0 && observed == runs => ObservedRuns,
                // The text does not tell these from each other.
                _ if [ExcludedRuns, RunsAndLate].contains(&query.reads) => query.reads,
                _ => Runs,
            };
            assert_eq!(query.reads, expected, "{}", query.name);
            assert_eq!(
                runs > 0,
                !matches!(expected, Reads::Coverage | Reads::SourceRuns | Reads::StoredRows),
                "{}",
                query.name
            );
        }
    }
}
