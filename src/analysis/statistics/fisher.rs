//! Fisher's exact test of two shares.
//!
//! Source: R. A. Fisher (1935); two-sided by the sum of all tables at most as probable as the
//! observed one, as R's `fisher.test` and `scipy.stats.fisher_exact` do.

use crate::analysis::statistics::hypergeometric::Draws;

/// Tables this close to the observed one in probability count as equally probable (R's tolerance).
const TIE: f64 = 1.0 + 1e-7;

/// The two-sided p value of `hits` of `of` runs in the baseline against the same in stagger. 1 where
/// the margins leave a single table.
pub fn p_value(baseline: (u64, u64), stagger: (u64, u64)) -> f64 {
    let ((a, n1), (b, n2)) = (baseline, stagger);
    let urn = Draws { marked: a + b, unmarked: (n1 - a) + (n2 - b), drawn: n1 };
    if urn.fewest() == urn.most() {
        return 1.0;
    }
    let mode = urn.mode();
    let limit = urn.probability(a) * TIE;
    let (low, high) = if a <= mode {
        (Some(a), first_improbable_above(urn, mode, limit))
    } else {
        (last_improbable_below(urn, mode, limit), Some(a))
    };
    let both = match (low, high) {
        (Some(low), Some(high)) if low >= high => return 1.0,
        (low, high) => low.map_or(0.0, |k| urn.lower_tail(k)) + high.map_or(0.0, |k| urn.upper_tail(k)),
    };
    both.min(1.0)
}

/// The smallest count from `mode` upwards whose probability is at most `limit`.
fn first_improbable_above(urn: Draws, mode: u64, limit: f64) -> Option<u64> {
    let (mut inside, mut outside) = (mode, urn.most() + 1);
    if urn.probability(mode) <= limit {
        return Some(mode);
    }
    while outside - inside > 1 {
        let middle = inside + (outside - inside) / 2;
        if urn.probability(middle) <= limit { outside = middle } else { inside = middle }
    }
    (outside <= urn.most()).then_some(outside)
}

/// The largest count from `mode` downwards whose probability is at most `limit`.
fn last_improbable_below(urn: Draws, mode: u64, limit: f64) -> Option<u64> {
    if urn.probability(mode) <= limit {
        return Some(mode);
    }
    if urn.probability(urn.fewest()) > limit {
        return None;
    }
    let (mut outside, mut inside) = (urn.fewest(), mode);
    while inside - outside > 1 {
        let middle = outside + (inside - outside) / 2;
        if urn.probability(middle) <= limit { outside = middle } else { inside = middle }
    }
    Some(outside)
}
