//! What a query declares: the rows and columns of the relation that it reads, and its parameters.

/// A query of `queries/`. A test holds each declaration against the text.
#[derive(Clone, Copy, Debug)]
pub struct Query {
    /// The file's name without its ending.
    pub name: &'static str,
    pub text: &'static str,
    pub reads: Reads,
    /// The optional columns that it names.
    pub columns: &'static [Column],
    pub parameters: &'static [Parameter],
}

/// The rows that a query reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// `coverage`, one row for the whole table.
    Coverage,
    /// `source_runs`: with rows outside the scope and after `as_of`.
    SourceRuns,
    Runs,
    /// `runs`, none but those `WHERE observed = 1`.
    ObservedRuns,
    /// `runs`, and those that started up to `longest_run` after a window but were meant for it.
    RunsAndLate,
    /// `runs` and `segments`.
    RunsAndSegments,
    /// The native rows as they are stored, and those that `RunsAndLate` has; where several rows are one run
    /// `source_runs`.
    StoredRows,
    /// `runs` of the excluded periods instead of the windows.
    ExcludedRuns,
}

/// A column of `runs` that is there only for queries that declare it. The others (`window_id`, `job_name`,
/// `started_us`, `finished_us`, `status`) always are. With `placed_us` come the rows that have no start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    SkipReason,
    ScheduledUs,
    ErrorLine,
    Attempt,
    StaggerOffset,
    Schedule,
    EffectiveSchedule,
    PlacedUs,
    Zoneless,
    ClockChange,
    Observed,
    ExcludedUs,
    Outcome,
    FireUs,
    OnTime,
    OccupiedUntilUs,
    OccupiedUs,
    /// Of stored rows only.
    RunId,
}

impl Column {
    /// Those that are carried from the native table to `runs`, in their order there.
    pub const CARRIED: [Self; 10] = [
        Self::SkipReason,
        Self::ScheduledUs,
        Self::ErrorLine,
        Self::Attempt,
        Self::StaggerOffset,
        Self::Schedule,
        Self::EffectiveSchedule,
        Self::PlacedUs,
        Self::Zoneless,
        Self::ClockChange,
    ];

    /// Those that are worked out in the last step.
    pub const DERIVED: [Self; 7] = [
        Self::Observed,
        Self::ExcludedUs,
        Self::Outcome,
        Self::FireUs,
        Self::OnTime,
        Self::OccupiedUntilUs,
        Self::OccupiedUs,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SkipReason => "skip_reason",
            Self::ScheduledUs => "scheduled_us",
            Self::ErrorLine => "error_line",
            Self::Attempt => "attempt",
            Self::StaggerOffset => "stagger_offset_s",
            Self::Schedule => "schedule",
            Self::EffectiveSchedule => "effective_schedule",
            Self::PlacedUs => "placed_us",
            Self::Zoneless => "zoneless",
            Self::ClockChange => "clock_change",
            Self::Observed => "observed",
            Self::ExcludedUs => "excluded_us",
            Self::Outcome => "outcome",
            Self::FireUs => "fire_us",
            Self::OnTime => "on_time",
            Self::OccupiedUntilUs => "occupied_until_us",
            Self::OccupiedUs => "occupied_us",
            Self::RunId => "run_id",
        }
    }
}

/// A value that a query is given. One for each window has two names, `baseline_…` and `stagger_…`; a query that
/// is asked for each window calls its own `own_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    AsOf,
    /// `…_start_us`: the start of each window.
    Start,
    /// `…_middle_us`: where the second half of each window begins.
    Middle,
    SlowAfter,
    LongestRun,
    Cycle,
    BurstWindow,
    DuplicateWithin,
    /// `kept`: most rows of a window that are kept apart.
    Kept(i64),
    /// `kept`: most starts of a job, the fewer the more jobs there are.
    StartsPerJob,
    Minute,
    /// `…_bucket_us`: length of a trend's buckets.
    TrendBucket,
    /// `…_bucket_us`: length of the buckets of levels over time.
    LevelBucket,
    /// `…_first_us`: the first bucket of levels over time.
    FirstLevelBucket,
    /// `…_peak_us`, when the highest level was first reached: found by `concurrency`.
    Peak,
    /// `…_minute_us`, the minute of the peak: found by `concurrency`.
    PeakMinute,
    /// None in the text: only the jobs of which runs meet are looked at, found by `dependence`.
    Meeting,
    /// `shown_0` to `shown_11`, the jobs with a trend of their own: chosen by what all other counts say; in `slices`
    /// those that changed.
    ShownJobs,
    /// `first_us` and `slice_us`: start and length of the first slice.
    Slice,
    /// `fifth_0_1` to `slow_11`: what durations of each shown job are ranked by; only these jobs are looked at.
    RankScales,
}

impl Query {
    /// What it asks: the first sentence of its header.
    pub fn question(&self) -> String {
        let lines = self.text.lines().map_while(|line| line.strip_prefix("--"));
        let header: Vec<&str> = lines.map(str::trim).collect();
        let header = header.join(" ");
        let end = header.find(['?', '.']).map_or(header.len(), |end| end + 1);
        header[..end].to_owned()
    }

    /// The instant by which a row belongs to a window.
    pub(super) fn instant(&self) -> &'static str {
        if self.needs(Column::PlacedUs) { "placed_us" } else { "started_us" }
    }

    /// Whether it reads one window, and is asked once for each. A stream of rows is one statement.
    pub(super) fn is_by_window(&self) -> bool {
        ![Reads::Coverage, Reads::StoredRows].contains(&self.reads)
    }

    /// Whether it asks about the highest level of each window.
    pub fn asks_about_peaks(&self) -> bool {
        self.parameters.iter().any(|parameter| matches!(parameter, Parameter::Peak | Parameter::PeakMinute))
    }

    /// Whether it asks about the jobs of which runs meet.
    pub fn asks_about_meetings(&self) -> bool {
        self.parameters.contains(&Parameter::Meeting)
    }

    /// Whether it asks about the shown jobs only.
    pub fn asks_about_shown(&self) -> bool {
        self.parameters.contains(&Parameter::RankScales)
    }

    /// Whether the statement has to work out an optional column.
    pub(super) fn needs(&self, column: Column) -> bool {
        let declared = |column| self.columns.contains(&column);
        match column {
            Column::Observed => declared(column) || self.reads == Reads::ObservedRuns,
            Column::OccupiedUntilUs => declared(column) || declared(Column::OccupiedUs),
            Column::PlacedUs => declared(column) || declared(Column::FireUs),
            Column::Attempt => declared(column) || declared(Column::OnTime),
            Column::ScheduledUs => declared(column) || self.needs(Column::PlacedUs),
            _ => declared(column),
        }
    }
}
