//! Rule 0: whether there are runs enough to say anything.

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::comparison::verdict::Standing;
use crate::analysis::comparison::verdict::outlook::{self, FurtherRuns, Outlook};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::wording::{count, significant};
use crate::analysis::metric::Metric;
use crate::figure::counted;
use crate::window::{PerSide, Side};

/// Fewest independent runs a side for a statement.
pub(in crate::analysis) const LEAST_EFFECTIVE: f64 = 6.0;

/// One side of a comparison, as far as its size goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::analysis) struct Size {
    /// Runs.
    pub(in crate::analysis) runs: u64,
    /// Their variance inflation.
    pub(in crate::analysis) inflation: f64,
}

impl Size {
    /// How many independent runs they are worth.
    pub(in crate::analysis) fn effective(self) -> f64 {
        self.runs as f64 / self.inflation
    }
}

/// The standing of a comparison that rule 0 stops, for no data, fewer than `min_runs`, or fewer than
/// `least` independent runs on either side; `None` when there are enough.
pub(in crate::analysis) fn stop(
    metric: &'static Metric,
    sizes: &PerSide<Size>,
    least: f64,
    rule: &Rule,
) -> Option<Standing> {
    if let Some(reason) = nothing(metric, sizes) {
        return Some(Standing::Stopped { verdict: ComparisonVerdict::NotMeasured, reason, further: None });
    }
    let min_runs = rule.min_runs.of(metric).unwrap_or(0);
    let lacks: Vec<(Side, u64, String)> = Side::BOTH
        .into_iter()
        .filter_map(|side| {
            shortage(side, *sizes.get(side), least, (min_runs, rule.outlook))
                .map(|(more, text)| (side, more, text))
        })
        .collect();
    let further = match lacks.as_slice() {
        [] => return None,
        [(side, more, _)] => FurtherRuns::on(*side, *more),
        [(_, baseline, _), (_, stagger, _), ..] => {
            FurtherRuns { baseline: *baseline, stagger: *stagger, stagger_alone: None }
        }
    };
    let reason = lacks.into_iter().map(|(_, _, text)| text).collect::<Vec<_>>().join("; ");
    Some(Standing::Stopped { verdict: ComparisonVerdict::Inconclusive, reason, further: Some(further) })
}

fn nothing(metric: &'static Metric, sizes: &PerSide<Size>) -> Option<String> {
    let share = metric.share().map(|share| format!("{} runs", share.of.adjective()));
    let runs = share.unwrap_or_else(|| "durations".to_owned());
    match (sizes.baseline.runs, sizes.stagger.runs) {
        (0, 0) => Some(format!("no {runs} in either window")),
        (0, _) => Some(format!("no {runs} in the baseline")),
        (_, 0) => Some(format!("no {runs} after the change")),
        _ => None,
    }
}

/// What a side lacks: the further runs that it needs, and a sentence.
fn shortage(side: Side, of: Size, least: f64, (min_runs, outlook): (u64, Outlook)) -> Option<(u64, String)> {
    let runs = match side {
        Side::Baseline => counted(of.runs, "baseline run", "baseline runs"),
        Side::Stagger => format!("{} after the change", counted(of.runs, "run", "runs")),
    };
    let (more, text) = if of.runs < min_runs {
        let more = min_runs - of.runs;
        (more, format!("{runs}, at least {} more are needed", count(more)))
    } else if of.effective() < least {
        let more = outlook::ceiling(least * of.inflation).saturating_sub(of.runs).max(1);
        let needed = significant(least);
        let text = if of.inflation > 1.0 {
            let effective = significant((of.effective() * 10.0).floor() / 10.0);
            format!(
                "{runs} may resemble their predecessors and count as {effective} independent ones, where {needed} are needed: about {} more",
                count(more)
            )
        } else {
            format!("{runs}, where {needed} are needed: {} more", count(more))
        };
        (more, text)
    } else {
        return None;
    };
    Some((more, text + &outlook::how_to_get(side, more, of.runs, outlook)))
}
