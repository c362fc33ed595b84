//! The trial of one metric: what its test shows, before the verdict.

use std::sync::Arc;

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::verdict::enough::Stop;
use crate::analysis::comparison::verdict::outlook::{FurtherRuns, Outlook, ceiling};
use crate::analysis::metric::Metric;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::statistics::normal;
use crate::window::PerSide;

/// Beyond this multiple of the runs at hand no number of further runs is named.
const FAR: f64 = 50.0;

/// A window of one day is what there is.
const FEWEST_DAYS: f64 = 2.0;

/// Windows of more days than this are no advice.
const MOST_DAYS: f64 = 60.0;

/// One metric before and after, before it is known what else was tested beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub metric: &'static Metric,
    /// The values of the runs that were compared, in the metric's unit.
    pub values: PerSide<Option<f64>>,
    /// What only ranks show.
    pub ranks: Option<Ranks>,
    /// Interval of the change, where it was tested.
    pub interval: Option<Interval>,
    /// The larger variance inflation of the two sides; `None` where neither was measured.
    pub inflation: Option<f64>,
    /// What pairs of the same time of day say, where p and the interval rest on these.
    pub matched: Option<MatchedPairs>,
    /// What ordinary days say of it, where there are enough; p and the intervals include it.
    pub ordinary: Option<Arc<OrdinaryFacts>>,
    pub standing: Standing,
}

impl Trial {
    /// What the rules look at; `None` where rule 0 stopped it.
    pub fn evidence(&self) -> Option<&Evidence> {
        match &self.standing {
            Standing::Tested(evidence) => Some(evidence),
            Standing::Stopped(_) => None,
        }
    }
}

/// The Hodges–Lehmann shift with its interval, and the probability that a run after is the faster one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    pub shift: f64,
    pub interval: Interval,
    pub probability_faster: f64,
}

/// How far a trial came.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Rule 0 stopped it.
    Stopped(Stop),
    Tested(Arc<Evidence>),
}

/// What the rules look at, all in the metric's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The change; for `median_duration` the shift.
    pub estimate: f64,
    pub interval: Interval,
    /// The smallest change reported.
    pub margin: f64,
    pub p: f64,
    /// Whether the test could have shown anything. Where all runs of both sides are equal it could not,
    /// whatever the truth, and the comparison stays out of the family.
    pub informative: bool,
    /// Runs compared.
    pub runs: PerSide<u64>,
    /// What keeps an interval within the margin from being the finding that nothing changed.
    pub doubt: Option<Doubt>,
    pub unit: ChangeUnit,
    pub outlook: Outlook,
}

impl Evidence {
    /// The runs that would narrow the interval to the margin, `n ((w / m)² − 1)` per window with `w` its half
    /// width; where it is as narrow already, to the distance of the estimate from the margin. `None` where
    /// that is more than fifty times the runs at hand.
    pub(super) fn further_runs(&self) -> Option<FurtherRuns> {
        let half_width = self.interval.half_width();
        let aim =
            if half_width > self.margin { self.margin } else { (self.estimate.abs() - self.margin).abs() };
        let growth = (half_width / aim).powi(2) - 1.0;
        if !growth.is_finite() || growth <= 0.0 || growth > FAR {
            return None;
        }
        let (before, after) = (self.runs.baseline as f64, self.runs.stagger as f64);
        let inverse = (1.0 / before + 1.0 / after) / (growth + 1.0) - 1.0 / before;
        let alone = (inverse > 0.0).then(|| 1.0 / inverse - after).filter(|more| *more <= FAR * after);
        Some(FurtherRuns {
            baseline: ceiling(before * growth),
            stagger: ceiling(after * growth),
            stagger_alone: alone.map(ceiling),
        })
    }

    /// Days a window until a change of this size, or of the margin where that is more, would be shown: the mean of so
    /// many days that are alike differs by the root of their number less. `level` is what p has to pass among the other
    /// comparisons. `None` where that is more than can be advised.
    pub(super) fn further_days(&self, days: &OrdinaryFacts, level: f64) -> Option<u64> {
        if level.is_nan() || level <= 0.0 {
            return None;
        }
        let size = self.estimate.abs().max(self.margin);
        let needed = normal::exceeded_by(level / 2.0) * days.deviation / size;
        Some(needed.powi(2).max(FEWEST_DAYS)).filter(|days| *days <= MOST_DAYS).map(ceiling)
    }
}

/// What an interval within the margin does not exclude.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub what: Doubted,
    /// Runs that would remove it.
    pub further: Option<FurtherRuns>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Doubted {
    /// Too few independent runs per window to see a slow mode.
    FewRuns { effective: f64, needed: f64 },
    /// The medians differ by more than the margin.
    Medians,
    /// The mean moved, or may have, by more than its own margin.
    Mean { moved: bool, estimate: f64, interval: Interval, unit: ChangeUnit },
    /// The 95th percentile moved.
    Tail { change: f64, unit: ChangeUnit },
}
