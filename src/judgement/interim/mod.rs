//! What a look before the end can decide, so that looking often raises no false alarm.
//!
//! A verdict of a look is one of three. A *fact* that no later row can undo counts at once: a level above its limit
//! stays above it. A *share* counts once a test that may be looked at any number of times shows it, at a level that is
//! divided among all shares. Everything else is noise until the end, when the verdicts of the whole time count.

mod course;
mod held;
mod share;
mod verdict;

use std::sync::Arc;

use self::course::lasts;
use self::held::HeldCriterion;
pub use self::share::{SeenShare, is_shown};
pub use self::verdict::InterimVerdict;
use super::criterion::Purpose;
use super::reason::Reason;
use super::result::{Severity, TargetResult, TriggerResult};
use crate::analysis::figures::job::{JobReport, Totals};
use crate::analysis::metric::Metric;
use crate::window::PerSide;

/// The probability that any look calls any criterion failed by its share, while each run counts against it with no
/// greater chance than its limit allows.
pub const FALSE_ALARM: f64 = 0.05;

/// A target or a trigger at a look.
#[derive(Clone, Debug)]
pub struct Interim {
    pub metric: Arc<Metric>,
    /// The condition as written.
    pub written: String,
    /// The job; `None` for all together.
    pub job: Option<String>,
    pub is_trigger: bool,
    /// Whether it can change the decision.
    pub can_decide: bool,
    pub verdict: InterimVerdict,
    /// What the figures of the look say of it.
    pub reason: Reason,
}

impl Interim {
    /// Whether it ends a watch.
    pub fn is_decisive(&self) -> bool {
        self.can_decide && self.verdict == InterimVerdict::Failed
    }
}

/// What was judged at a look, with the figures that it was judged by.
#[derive(Clone, Copy)]
pub struct JudgedFigures<'a> {
    pub targets: &'a [TargetResult],
    pub triggers: &'a [TriggerResult],
    pub totals: &'a Totals,
    /// By the bytes of their names.
    pub jobs: &'a [JobReport],
}

impl JudgedFigures<'_> {
    /// Every target, then every trigger, at a look before the end.
    pub fn interim(&self) -> Vec<Interim> {
        let shares = self.criteria().filter(|held| held.metric.share().is_some()).count();
        let level = FALSE_ALARM / shares.max(1) as f64;
        self.judged(&|held| self.early(held, level))
    }

    /// The same at the end, when the verdicts over the whole time count.
    pub fn concluded(&self) -> Vec<Interim> {
        self.judged(&|held| held.holds.map_or(InterimVerdict::NotDecidable, |holds| held.news(holds)))
    }

    fn criteria(&self) -> impl Iterator<Item = HeldCriterion<'_>> {
        let targets = self.targets.iter().map(HeldCriterion::target);
        targets.chain(self.triggers.iter().map(HeldCriterion::trigger))
    }

    fn judged(&self, verdict: &dyn Fn(&HeldCriterion<'_>) -> InterimVerdict) -> Vec<Interim> {
        let required = self.targets.iter().map(|target| target.severity == Severity::Required);
        let can_decide = required.chain(self.triggers.iter().map(|_| true));
        let of = |(held, can_decide): (HeldCriterion<'_>, bool)| Interim {
            metric: Arc::clone(held.metric),
            written: held.written.to_owned(),
            job: held.job.map(str::to_owned),
            is_trigger: held.purpose == Purpose::Trigger,
            can_decide,
            verdict: verdict(&held),
            reason: held.reason.clone(),
        };
        self.criteria().zip(can_decide).map(of).collect()
    }

    fn early(&self, held: &HeldCriterion<'_>, level: f64) -> InterimVerdict {
        let Some(holds) = held.holds else {
            let cannot = held.is_beyond_later_rows();
            return if cannot { InterimVerdict::NotDecidable } else { InterimVerdict::Waiting };
        };
        let is_shown = |shares| held.claim().is_some_and(|claim| is_shown(claim, held.value, shares, level));
        let counts = lasts(held) || self.shares(held).is_some_and(is_shown);
        if counts { held.news(holds) } else { InterimVerdict::Waiting }
    }

    /// The runs of the share that a criterion is about.
    fn shares(&self, held: &HeldCriterion<'_>) -> Option<PerSide<Option<SeenShare>>> {
        let of = held.metric.share()?;
        let job = match held.job {
            None => None,
            Some(name) => {
                let place = self.jobs.binary_search_by(|job| job.name.as_bytes().cmp(name.as_bytes()));
                Some(self.jobs.get(place.ok()?)?)
            }
        };
        let comparisons = job.map_or(&self.totals.comparison, |job| &job.comparison);
        let inflation = comparisons.get(held.metric).and_then(|comparison| comparison.inflation);
        Some(PerSide::of(|side| {
            let window = job.map_or(&self.totals.get(side).job, |job| job.get(side));
            SeenShare::of(of, window, inflation)
        }))
    }
}
