//! What change a comparison could show before it is made: of the last window, as if it were the baseline of a change
//! made now, against a window after it of the same length.
//!
//! A change is found where its estimate lies beyond the point that a change among so many comparisons has to reach
//! (the level of the family shared by all of them, since one alone has to pass), with a probability that is given:
//! `(z(level / 2 m) + z(1 − power)) · error`. Source: J. Cohen, "Statistical Power Analysis", 2.
//!
//! A report on it takes as its baseline the same hours of earlier days, where the table has them, and where a season of
//! the day seems to be dependence it holds runs against those of the same time of day. What remains between these is
//! taken from the window and the same hours before it, as the report will.

mod duration;
mod hurdle;
mod pairs;
mod rate;

use std::collections::BTreeMap;

use serde::Serialize;

use self::duration::{Wanted, of_durations};
use self::hurdle::Hurdle;
pub use self::hurdle::{Findable, PowerLimit};
use self::rate::of_failures;
use crate::analysis::analyse;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{self, Metric};
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::statistics::normal;
use crate::clock::Span;
use crate::observation::Observations;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerQuestion {
    /// The change of durations that is to be found: 0.2 is slower by a fifth.
    pub change: f64,
    /// The probability with which.
    pub power: f64,
}

/// What a change made now could show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PowerTable {
    /// Comparisons that share the level.
    pub comparisons: u64,
    /// Earlier days that the spread of days was taken from.
    pub days: u64,
    /// Job by job, by the bytes of their names.
    pub jobs: Vec<JobPower>,
}

/// What could be shown of one job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobPower {
    pub name: String,
    /// Runs in the window.
    pub runs: u64,
    /// The smallest relative change of durations that is found; `null` where runs are too few for a verdict.
    pub duration: Option<Findable>,
    /// What pairs of the same time of day say, where `duration` rests on these.
    pub same_hours: Option<MatchedPairs>,
    /// The smallest rise of the failing share, as a fraction.
    pub failures: Option<Findable>,
    /// Seconds after the change until the asked change of durations is found; `null` where no length does.
    pub wait_s: Option<f64>,
}

/// The table for the stagger window of `observations`. `matched`: what pairs of the same time of day say of jobs, by name.
pub fn power(
    observations: &Observations,
    settings: &AnalysisSettings,
    jobs: &[JobPlan],
    question: PowerQuestion,
    matched: &BTreeMap<String, MatchedPairs>,
) -> PowerTable {
    let analysis = analyse(observations, settings, jobs);
    let bench = Bench::new(observations, settings, jobs);
    let ordinary = OrdinaryChanges::of(&analysis.jobs, &bench);
    let comparisons = (analysis.jobs.len() * Metric::tested().count()).max(1);
    let hurdle = Hurdle {
        tail: FAMILY_LEVEL / comparisons as f64 / 2.0,
        beyond: normal::exceeded_by(1.0 - question.power),
    };
    let length = observations.windows.stagger.observed_length();
    let wanted = Wanted { hurdle, change: question.change, windows: windows(observations, length) };
    let of_job = |(place, job): (usize, &JobReport)| {
        let (seen, rule) = (bench.seen(&job.name).stagger, bench.rule(&job.name));
        let days = |metric: &Metric| ordinary.between_days(place, metric);
        let matched = matched.get(&job.name).copied();
        let found = of_durations(seen, &rule, wanted, days(&metric::MEDIAN_DURATION), matched);
        JobPower {
            name: job.name.clone(),
            runs: job.stagger.started,
            duration: found.map(|found| found.smallest),
            same_hours: found.and_then(|found| found.same_hours),
            failures: of_failures(job, seen, &rule, hurdle, days(&metric::FAILURE_RATE)),
            wait_s: found.and_then(|found| found.lengths).map(|lengths| lengths * length.as_seconds()),
        }
    };
    PowerTable {
        comparisons: comparisons as u64,
        days: observations.ordinary.pairs.len() as u64,
        jobs: analysis.jobs.iter().enumerate().map(of_job).collect(),
    }
}

/// How many windows of that length the table holds.
fn windows(observations: &Observations, length: Span) -> f64 {
    let end = observations.windows.stagger.period.end;
    let held = observations.coverage.first_started.map_or(length, |first| end.since(first).max(length));
    held.as_seconds() / length.as_seconds()
}
