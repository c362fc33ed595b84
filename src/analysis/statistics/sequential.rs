//! A test of a share that may be looked at any number of times.
//!
//! The likelihood of the outcomes under a chance of success `p`, over that under the limit, is averaged over all `p`
//! above the limit. While the chance of each trial, given those before it, is at most the limit, this average is a
//! nonnegative supermartingale that begins at 1: it ever reaches `1 / level` with a probability of at most `level`,
//! whenever and however often it is looked at.
//!
//! Source: J. Ville, "Étude critique de la notion de collectif" (1939), for the inequality; H. Robbins, Ann. Math.
//! Statist. 41 (1970) 1397–1409, for the mixture; W. Hoeffding, Ann. Math. Statist. 27 (1956) 713–721, for why trials
//! whose chances differ are covered by a limit on each.

use crate::analysis::statistics::binomial;

/// How many times as likely `hits` of `of` trials are where the chance of a hit lies anywhere above `limit` than where
/// it is `limit`: 1 without trials, infinite for what the limit excludes, 0 where nothing can lie above it.
pub fn evidence_above(hits: u64, of: u64, limit: f64) -> f64 {
    if limit >= 1.0 || hits > of {
        return 0.0;
    }
    // The integral of p^hits (1 - p)^misses above the limit is a binomial tail over (of + 1) choose(of, hits).
    let above = binomial::at_most(hits, of + 1, limit);
    let at_limit = binomial::probability(hits, of, limit);
    above / ((of + 1) as f64 * (1.0 - limit) * at_limit)
}

/// The largest chance of a hit under which no more than `hits` of `of` trials have a probability above `tail`: the
/// upper limit of C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404–413. 1 without trials.
pub fn upper_limit(hits: u64, of: u64, tail: f64) -> f64 {
    if hits >= of {
        return 1.0;
    }
    let (mut low, mut high) = (hits as f64 / of as f64, 1.0);
    // Each step halves the interval; after 60 nothing of a double is left to halve.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if binomial::at_most(hits, of, middle) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The average over a fine grid, term by term.
    fn averaged(hits: u64, of: u64, limit: f64) -> f64 {
        let steps = 200_000_u32;
        let width = (1.0 - limit) / f64::from(steps);
        let ratio =
            |p: f64| (p / limit).powf(hits as f64) * ((1.0 - p) / (1.0 - limit)).powf((of - hits) as f64);
        (0..steps).map(|step| ratio(limit + (f64::from(step) + 0.5) * width)).sum::<f64>() / f64::from(steps)
    }

    #[test]
    fn it_is_the_averaged_ratio_of_likelihoods() {
        for (hits, of, limit) in [(0, 0, 0.1), (0, 5, 0.1), (5, 5, 0.1), (3, 40, 0.01), (30, 100, 0.2)] {
            let (exact, expected) = (evidence_above(hits, of, limit), averaged(hits, of, limit));
            assert!((exact / expected - 1.0).abs() < 1e-6, "{hits} of {of}: {exact}, {expected}");
        }
    }

    #[test]
    fn the_next_trial_changes_it_on_average_by_nothing_at_the_limit() {
        for (hits, of, limit) in [(0, 0, 0.01), (2, 17, 0.05), (40, 900, 0.03)] {
            let now = evidence_above(hits, of, limit);
            let next = limit * evidence_above(hits + 1, of + 1, limit)
                + (1.0 - limit) * evidence_above(hits, of + 1, limit);
            assert!((next / now - 1.0).abs() < 1e-9, "{hits} of {of}: {now}, then {next}");
        }
    }

    #[test]
    fn what_the_limit_excludes_is_shown_by_one_hit() {
        assert!(evidence_above(1, 1_000, 0.0).is_infinite());
        assert!(evidence_above(0, 1_000, 0.0) < 1.0);
        assert!(evidence_above(10, 10, 1.0) < 1.0);
        assert!(evidence_above(900_000, 1_000_000, 0.01).is_infinite());
    }

    /// Without hits, and with one miss, it has a closed form.
    #[test]
    fn the_upper_limit_is_clopper_and_pearsons() {
        for (hits, of, tail, expected) in [
            (0_u64, 16_u64, 0.025, 1.0 - 0.025_f64.powf(1.0 / 16.0)),
            (0, 1_440, 0.005, 1.0 - 0.005_f64.powf(1.0 / 1_440.0)),
            (9, 10, 0.05, 0.95_f64.powf(0.1)),
            (10, 10, 0.05, 1.0),
            (0, 0, 0.05, 1.0),
        ] {
            let limit = upper_limit(hits, of, tail);
            assert!((limit - expected).abs() < 1e-9, "{hits} of {of}: {limit}, {expected}");
        }
    }
}
