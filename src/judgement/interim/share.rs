//! When a share is shown to be on one side of its limit, at any of any number of looks.

use std::cmp::Ordering;

use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{Denominator, Share};
use crate::analysis::statistics::dependence;
use crate::analysis::statistics::sequential::{evidence_above, upper_limit};
use crate::judgement::language::TargetValue;
use crate::observation::LagSums;
use crate::window::PerSide;

/// The runs that a share is made of, in one window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenShare {
    /// The runs that count.
    pub hits: u64,
    /// The runs that they are a share of.
    pub of: u64,
    /// Runs that will be among these, with an outcome that is not known yet.
    pub pending: u64,
    /// How many runs say as much as an independent one, at least 1.
    pub inflation: f64,
}

impl SeenShare {
    /// `None` without runs. Where dependence was not measured, it is taken as uncertain as that of so many runs is.
    pub(super) fn of(share: &Share, window: &JobWindow, inflation: Option<f64>) -> Option<Self> {
        let rate = (share.rate)(window)?;
        let pending = match share.of {
            Denominator::Decided | Denominator::Fires => window.in_flight,
            Denominator::ScheduledStarts => 0,
        };
        let uncertain = || dependence::inflation_of_outcomes(&LagSums { n: rate.of, ..LagSums::default() });
        Some(Self { hits: rate.hits, of: rate.of, pending, inflation: inflation.unwrap_or_else(uncertain) })
    }

    const fn misses(self) -> Self {
        Self { hits: self.of - self.hits, ..self }
    }

    /// The independent hits and trials that they are worth, to the disadvantage of what is to be shown: a run that is under
    /// way is taken as none of the hits, for those that hit may end sooner than others.
    fn against(self) -> (u64, u64) {
        (down(self.hits as f64 / self.inflation), up((self.of + self.pending) as f64 / self.inflation))
    }

    /// The largest chance of a hit that the runs leave possible.
    fn upper(self, tail: f64) -> f64 {
        upper_limit(up(self.hits as f64 / self.inflation), down(self.of as f64 / self.inflation), tail)
    }
}

/// Whether the share after the change is shown to be above (`Greater`) or below (`Less`) what `value` makes of the
/// share before. Where the baseline takes part, half of `level` is for its own uncertainty: its limit is held once.
pub fn is_shown(claim: Ordering, value: TargetValue, shares: PerSide<Option<SeenShare>>, level: f64) -> bool {
    let Some(after) = shares.stagger else { return false };
    let (after, before) = match claim {
        Ordering::Greater => (after, shares.baseline),
        Ordering::Less => (after.misses(), shares.baseline.map(SeenShare::misses)),
        Ordering::Equal => return false,
    };
    let level = if value.needs_baseline() { level / 2.0 } else { level };
    let upper = before.map(|before| before.upper(level));
    let Some(limit) = limit(claim, value, upper) else { return false };
    // What is excluded altogether is excluded however runs resemble each other.
    if limit <= 0.0 {
        return after.hits > 0;
    }
    let (hits, of) = after.against();
    evidence_above(hits, of, limit) >= 1.0 / level
}

/// The limit of what counts: hits, or misses where the share is to be shown to be below.
fn limit(claim: Ordering, value: TargetValue, upper: Option<f64>) -> Option<f64> {
    let turned = |share: f64| if claim.is_lt() { 1.0 - share } else { share };
    let limit = match value {
        TargetValue::Absolute(limit) => limit.get(),
        TargetValue::Baseline => turned(upper?),
        TargetValue::Points(points) => turned(upper?) + points.get(),
        TargetValue::Relative(change) => turned(upper?) * (1.0 + change.get()),
    };
    Some(turned(limit).clamp(0.0, 1.0))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts over a number of at least 1
fn down(runs: f64) -> u64 {
    runs.floor() as u64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // as above
fn up(runs: f64) -> u64 {
    runs.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite::Finite;

    const LEVEL: f64 = 0.05;

    fn seen(hits: u64, of: u64) -> SeenShare {
        SeenShare { hits, of, pending: 0, inflation: 1.0 }
    }

    fn above(value: TargetValue, before: Option<SeenShare>, after: SeenShare) -> bool {
        is_shown(Ordering::Greater, value, PerSide { baseline: before, stagger: Some(after) }, LEVEL)
    }

    fn finite(number: f64) -> Finite {
        Finite::new(number).unwrap()
    }

    #[test]
    fn a_share_on_both_sides_of_its_limit() {
        let limit = TargetValue::Absolute(finite(0.1));
        assert!(!above(limit, None, seen(1, 1)), "one run shows nothing");
        assert!(!above(limit, None, seen(11, 100)));
        assert!(above(limit, None, seen(30, 100)));
        let below = |hits, of| {
            let shares = PerSide { baseline: None, stagger: Some(seen(hits, of)) };
            is_shown(Ordering::Less, TargetValue::Absolute(finite(0.99)), shares, LEVEL)
        };
        assert!(below(80, 100) && !below(98, 100) && !below(100, 100));
    }

    #[test]
    fn runs_that_resemble_each_other_or_are_under_way_say_less() {
        let limit = TargetValue::Absolute(finite(0.1));
        let after = seen(5, 10);
        assert!(above(limit, None, after));
        assert!(!above(limit, None, SeenShare { inflation: 4.0, ..after }));
        assert!(!above(limit, None, SeenShare { pending: 40, ..after }));
    }

    #[test]
    fn a_short_baseline_leaves_more_possible() {
        let after = seen(12, 100);
        for value in
            [TargetValue::Baseline, TargetValue::Points(finite(0.02)), TargetValue::Relative(finite(0.5))]
        {
            assert!(above(value, Some(seen(20, 2_000)), after), "{value:?}");
            assert!(!above(value, Some(seen(0, 16)), after), "{value:?}");
            assert!(!above(value, None, after), "{value:?}");
        }
        let fewer = PerSide { baseline: Some(seen(1_990, 2_000)), stagger: Some(seen(80, 100)) };
        assert!(is_shown(Ordering::Less, TargetValue::Points(finite(-0.05)), fewer, LEVEL));
    }

    #[test]
    fn what_must_never_happen_is_shown_by_one_run() {
        let never = TargetValue::Absolute(finite(0.0));
        assert!(above(never, None, seen(1, 1_000)));
        // One of a burst is one all the same.
        assert!(above(never, None, SeenShare { inflation: 30.0, ..seen(1, 1_000) }));
    }
}
