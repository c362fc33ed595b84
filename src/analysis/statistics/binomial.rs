//! The binomial distribution.
//!
//! Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), the saddle-point
//! expansion that R's `dbinom` uses; it keeps its precision for any number of trials. Tails are sums
//! from the limit outwards, so they take some multiple of the standard deviation in steps.

use std::f64::consts::TAU;

/// The probability of exactly `k` successes in `n` trials with success probability `p`.
pub fn probability(k: u64, n: u64, p: f64) -> f64 {
    probability_of(k, n, p, 1.0 - p)
}

/// The same with `q = 1 - p` given apart, for where the subtraction would lose digits.
pub(super) fn probability_of(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    if p <= 0.0 || q <= 0.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return if k == certain { 1.0 } else { 0.0 };
    }
    let trials = n as f64;
    if k == 0 {
        return (trials * (-p).ln_1p()).exp();
    }
    if k == n {
        return (trials * (-q).ln_1p()).exp();
    }
    let (hits, misses) = (k as f64, (n - k) as f64);
    let exponent = stirling_error(n)
        - stirling_error(k)
        - stirling_error(n - k)
        - deviance(hits, trials * p)
        - deviance(misses, trials * q);
    exponent.exp() * (trials / (TAU * hits * misses)).sqrt()
}

pub fn at_least(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if (k as f64) <= n as f64 * p {
        return 1.0 - at_least_far(n - k + 1, n, 1.0 - p);
    }
    at_least_far(k, n, p)
}

pub fn at_most(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 1.0 } else { at_least(n - k, n, 1.0 - p) }
}

/// [`at_least`] for `k` above the mean, where the terms only get smaller.
fn at_least_far(k: u64, n: u64, p: f64) -> f64 {
    let mut term = probability(k, n, p);
    let mut sum = term;
    let odds = p / (1.0 - p);
    for i in k..n {
        term *= (n - i) as f64 / (i + 1) as f64 * odds;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    sum.min(1.0)
}

/// `ln(n!)` less Stirling's formula.
fn stirling_error(n: u64) -> f64 {
    let x = n as f64;
    if n < 16 {
        let factorial: f64 = (1..=n).map(|i| i as f64).product();
        return if n == 0 { 0.0 } else { factorial.ln() - (x + 0.5) * x.ln() + x - TAU.ln() / 2.0 };
    }
    let square = x * x;
    let tail = 1.0 / 1_260.0 - (1.0 / 1_680.0 - 1.0 / 1_188.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - tail / square) / square) / x
}

/// `x ln(x / mean) + mean - x` without cancellation near `x = mean`.
fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - gap;
    }
    let ratio = gap / (x + mean);
    let square = ratio * ratio;
    let mut sum = gap * ratio;
    let mut power = 2.0 * x * ratio;
    let mut odd = 1.0;
    loop {
        power *= square;
        odd += 2.0;
        let next = sum + power / odd;
        if (next - sum).abs() <= f64::EPSILON * 1e-2 * sum.abs() {
            return next;
        }
        sum = next;
    }
}
