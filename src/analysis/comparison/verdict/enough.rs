//! Rule 0: whether there are runs enough to say anything.

use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::outlook::{self, FurtherRuns, Outlook};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::metric::Metric;
use crate::window::{PerSide, Side};

/// Fewest independent runs per window for a verdict.
pub(in crate::analysis) const LEAST_EFFECTIVE: f64 = 6.0;

/// One side of a comparison, as far as its size goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub runs: u64,
    /// Their variance inflation.
    pub inflation: f64,
}

impl Size {
    /// How many independent runs they are worth.
    pub(in crate::analysis) fn effective(self) -> f64 {
        self.runs as f64 / self.inflation
    }
}

/// Why rule 0 stops a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// A side, or both, has no runs.
    NoRuns { before: bool, after: bool },
    /// The sides that have too few.
    TooFew(Vec<Lack>, Outlook),
    /// There are runs, and no test fits them.
    Untestable(ComparisonVerdict, &'static str),
}

/// What a window lacks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lack {
    pub side: Side,
    pub size: Size,
    /// Further runs that it needs.
    pub more: u64,
    /// The independent runs that are needed; `None` where the runs themselves are too few.
    pub independent: Option<f64>,
}

impl Stop {
    pub const fn verdict(&self) -> ComparisonVerdict {
        match self {
            Self::NoRuns { .. } => ComparisonVerdict::NotMeasured,
            Self::TooFew(..) => ComparisonVerdict::Inconclusive,
            Self::Untestable(verdict, _) => *verdict,
        }
    }

    /// What would do.
    pub fn further(&self) -> Option<FurtherRuns> {
        let Self::TooFew(lacks, _) = self else { return None };
        match lacks.as_slice() {
            [] => None,
            [lack] => Some(FurtherRuns::on(lack.side, lack.more)),
            [before, after, ..] => {
                Some(FurtherRuns { baseline: before.more, stagger: after.more, stagger_alone: None })
            }
        }
    }
}

/// Why rule 0 stops a comparison: for no data, fewer than `min_runs`, or fewer than `least` independent runs
/// on either side; `None` when there are enough.
pub(in crate::analysis) fn stop(
    metric: &Metric,
    sizes: &PerSide<Size>,
    least: f64,
    rule: &Rule,
) -> Option<Stop> {
    let (before, after) = (sizes.baseline.runs > 0, sizes.stagger.runs > 0);
    if !before || !after {
        return Some(Stop::NoRuns { before: !before, after: !after });
    }
    let min_runs = rule.min_runs.of(metric).unwrap_or(0);
    let lack = |side: &Side| lack(*side, *sizes.get(*side), least, min_runs);
    let lacks: Vec<Lack> = Side::BOTH.iter().filter_map(lack).collect();
    (!lacks.is_empty()).then_some(Stop::TooFew(lacks, rule.outlook))
}

fn lack(side: Side, size: Size, least: f64, min_runs: u64) -> Option<Lack> {
    if size.runs < min_runs {
        return Some(Lack { side, size, more: min_runs - size.runs, independent: None });
    }
    if size.effective() >= least {
        return None;
    }
    let more = outlook::ceiling(least * size.inflation).saturating_sub(size.runs).max(1);
    Some(Lack { side, size, more, independent: Some(least) })
}
