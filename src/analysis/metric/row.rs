//! What a row of the metric table says.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::rate::Rate;
use crate::analysis::figures::window::{JobWindow, WindowTotals};
use crate::analysis::metric::unit::Unit;
use crate::analysis::statistics::quantile::Percentile;
use crate::observation::{Dependence, HalfObservations, LagSums};

/// A row of the table. Names are unique: they alone tell metrics apart.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The name in files, flags and the JSON report.
    pub name: Cow<'static, str>,
    pub label: Cow<'static, str>,
    pub unit: Unit,
    /// Which direction is an improvement; `None` where that is not known.
    pub better: Option<Better>,
    /// Whether a single job has it; otherwise it is of all jobs together only.
    pub per_job: bool,
    pub method: Method,
    pub value: Value,
    /// What follows its value in a sentence, for one and for many; empty where the value says it all.
    pub nouns: [&'static str; 2],
    /// Why there is no value after the change, although runs started.
    pub absent: &'static str,
    /// How it is made of what the queries return, a sentence.
    pub rule: Cow<'static, str>,
    /// The files in `queries/` that it rests on, without their ending.
    pub queries: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Lower,
    Higher,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Test(Test),
    /// As a count, which grows with its window: its change is that of the rate per observed hour.
    PerHour,
    /// Side by side, as an extreme, which grows with its window too; the words say why it has no test.
    Extreme(&'static str),
    /// Side by side; the words say what the metric is and why it has no test.
    Description(&'static str),
    /// Not at all: it is of the stagger window only.
    AfterOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Mann–Whitney, with the Hodges–Lehmann shift.
    Ranks,
    /// Welch's t.
    Means,
    /// Of the counts above the common 95th percentile.
    Tail,
    /// Of two shares.
    Shares,
}

/// Where the value of a metric is found.
#[derive(Clone, Debug)]
pub enum Value {
    /// A share of runs.
    Share(Share),
    /// A figure of the durations of completed runs.
    Duration { figure: DurationFigure, read: fn(&DurationFacts) -> f64 },
    /// A number of runs of one job or of all.
    Count(RunCount),
    /// Fires of the schedule that no run answered: known even where nothing started.
    Missed,
    /// How many ran, or started, at once.
    Level(Level),
    /// Classes of failure that were not seen before.
    NewErrors,
    /// Jobs with a regressed comparison.
    Regressions,
    /// Pairs of planned jobs that fire at one instant.
    Collisions,
    /// A figure of the declared measurement `of`.
    Measurement { of: String, statistic: Statistic },
}

/// A number of runs of a window.
pub type RunCount = fn(&JobWindow) -> u64;

/// A share of runs, and its words.
#[derive(Clone, Debug)]
pub struct Share {
    pub rate: fn(&JobWindow) -> Option<Rate>,
    pub of: Denominator,
    /// The runs that count in half a window, and all of its denominator; `None` where they were not counted.
    pub half: fn(&HalfObservations) -> Option<(u64, u64)>,
    /// How those that count resemble their predecessors.
    pub lag: fn(&Dependence) -> Option<&LagSums>,
    /// What became of the runs that count against it, each kind with its words; empty for the rest of all.
    pub against: &'static [(RunCount, &'static str)],
}

/// The runs that a rate is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denominator {
    /// Those with a known outcome.
    Decided,
    /// The started ones of jobs with a schedule.
    ScheduledStarts,
    /// First attempts with a known outcome.
    Fires,
}

impl Denominator {
    /// What reasons call the runs: "4 decided runs".
    pub const fn adjective(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::ScheduledStarts => "started",
            Self::Fires => "first",
        }
    }

    /// What is the case of a due run that is not among them.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Decided | Self::Fires => "have no known outcome",
            Self::ScheduledStarts => "never started",
        }
    }

    pub const fn none(self) -> &'static str {
        match self {
            Self::Decided => "no run with a known outcome",
            Self::ScheduledStarts => "no schedule, or no start",
            Self::Fires => "no fire with a known outcome",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationFigure {
    Mean,
    Quantile(Percentile),
    Longest,
}

impl DurationFigure {
    pub const MEDIAN: Self = Self::Quantile(Percentile::MEDIAN);
}

/// How many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Peak,
    Mean,
    Burst,
}

/// A figure of a measurement over a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    Mean,
    Min,
    Max,
}

impl Statistic {
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Mean => ("mean", "the mean of"),
            Self::Min => ("min", "the smallest of"),
            Self::Max => ("max", "the largest of"),
        }
    }
}

impl Metric {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub const fn is_tested(&self) -> bool {
        matches!(self.method, Method::Test(_))
    }

    pub const fn test(&self) -> Option<Test> {
        match self.method {
            Method::Test(test) => Some(test),
            _ => None,
        }
    }

    pub const fn is_duration(&self) -> bool {
        matches!(self.value, Value::Duration { .. })
    }

    /// How it is a share of runs; `None` where it is none.
    pub const fn share(&self) -> Option<&Share> {
        match &self.value {
            Value::Share(share) => Some(share),
            _ => None,
        }
    }

    pub fn is_whole(&self) -> bool {
        self.unit == Unit::Count || matches!(self.value, Value::Level(Level::Peak))
    }

    /// Whether a longer window shows more of it without any change.
    pub const fn grows_with_length(&self) -> bool {
        matches!(self.method, Method::PerHour | Method::Extreme(_))
    }

    /// Whether it has a value before the change. New errors and regressions are comparisons already;
    /// collisions are those of the plan after the change.
    pub const fn has_baseline(&self) -> bool {
        !matches!(self.value, Value::NewErrors | Value::Regressions | Value::Collisions)
    }

    /// The words for a number of it.
    pub fn noun(&self, number: f64) -> &'static str {
        let [one, many] = self.nouns;
        if (number - 1.0).abs() < 0.5 { one } else { many }
    }

    /// The value of one job, or of all, in a window, in the metric's unit; `None` where it was not measured
    /// and for metrics that a window does not hold: levels, new errors, regressions and collisions.
    pub fn in_window(&self, window: &JobWindow) -> Option<f64> {
        match &self.value {
            Value::Share(share) => (share.rate)(window).map(|rate| rate.value),
            Value::Duration { read, .. } => window.duration_ms.as_ref().map(read),
            Value::Count(read) => Some(read(window) as f64),
            Value::Missed => window.missed_runs.map(|runs| runs as f64),
            _ => None,
        }
    }

    /// The value of all jobs together in a window.
    pub fn in_totals(&self, totals: &WindowTotals) -> Option<f64> {
        match self.value {
            Value::Level(Level::Peak) => Some(totals.concurrency.peak as f64),
            Value::Level(Level::Mean) => Some(totals.concurrency.mean),
            Value::Level(Level::Burst) => Some(totals.start_burst.runs as f64),
            _ => self.in_window(&totals.job),
        }
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl PartialEq for Metric {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Metric {}

impl PartialOrd for Metric {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Metric {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl Hash for Metric {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Test {
    /// What readers call it; `dependent` where consecutive runs resemble each other.
    pub const fn words(self, dependent: bool) -> &'static str {
        match (self, dependent) {
            (Self::Ranks, _) => "Mann–Whitney U, two-sided, corrected for ties and continuity",
            (Self::Means, _) => "Welch's t",
            (Self::Tail, true) => "z-test of the effective counts above the common 95th percentile",
            (Self::Tail, false) => "Fisher's exact test of the counts above the common 95th percentile",
            (Self::Shares, true) => "z-test of the effective counts",
            (Self::Shares, false) => "Fisher's exact test",
        }
    }

    /// How the interval of the change is made.
    pub const fn interval(self) -> &'static str {
        match self {
            Self::Means => "Welch",
            Self::Ranks | Self::Tail => "of the ratio of both order-statistics intervals (MOVER)",
            Self::Shares => "Newcombe's hybrid score",
        }
    }

    /// What a reason calls the change.
    pub const fn estimate(self) -> &'static str {
        match self {
            Self::Ranks => "shift",
            Self::Means => "mean",
            Self::Tail => "95th percentile",
            Self::Shares => "difference",
        }
    }
}
