//! Student's t distribution, by the regularised incomplete beta function.
//!
//! Source: Abramowitz and Stegun 26.5 and 26.7; the continued fraction is evaluated by Lentz's method
//! (Press et al., "Numerical Recipes", 6.4).

use std::f64::consts::PI;

use crate::analysis::statistics::TAIL;
use crate::analysis::statistics::normal;

/// The probability of a value at least as far from 0 as `t`, on either side, with `df` degrees of
/// freedom (any positive number).
pub fn two_sided(t: f64, df: f64) -> f64 {
    if t.is_infinite() {
        return 0.0;
    }
    let (square, half) = (t * t, df / 2.0);
    let (near, far) = (df / (df + square), square / (df + square));
    // near^(df/2) far^(1/2) / B(df/2, 1/2), with the powers taken so that a large df loses nothing
    let front = (-half * (square / df).ln_1p()).exp() * far.sqrt() / beta_half(half);
    let p = if near < (half + 1.0) / (half + 2.5) {
        front * continued_fraction(half, 0.5, near) / half
    } else {
        1.0 - front * continued_fraction(0.5, half, far) / 0.5
    };
    p.clamp(0.0, 1.0)
}

/// The point that is exceeded with a probability of 2.5 %: the reach of a 95 % interval in standard
/// errors.
pub fn reach(df: f64) -> f64 {
    let mut t = first_guess(df);
    for _ in 0..60 {
        let step = (two_sided(t, df) - 2.0 * TAIL) / (2.0 * density(t, df));
        let next = (t + step).max(t / 2.0);
        // a smaller step is rounding, and would go on for ever
        if (next - t).abs() <= 1e-12 * t {
            return next;
        }
        t = next;
    }
    t
}

/// The point that is exceeded with a probability of `tail`, below a half: halved until nothing is left to halve.
pub fn exceeded_by(tail: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while two_sided(high, df) > 2.0 * tail {
        (low, high) = (high, 2.0 * high);
    }
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if two_sided(middle, df) > 2.0 * tail { low = middle } else { high = middle }
    }
}

/// The expansion of the quantile in powers of `1 / df` (Abramowitz and Stegun 26.7.5).
fn first_guess(df: f64) -> f64 {
    let z = normal::Z_95;
    let z3 = z.powi(3);
    z + (z3 + z) / (4.0 * df) + (5.0 * z.powi(5) + 16.0 * z3 + 3.0 * z) / (96.0 * df * df)
}

fn density(t: f64, df: f64) -> f64 {
    (-(df + 1.0) / 2.0 * (t * t / df).ln_1p()).exp() / (df.sqrt() * beta_half(df / 2.0))
}

/// `B(a, 1/2)`: `√π` times the ratio of the gamma function at `a` and `a + 1/2`.
fn beta_half(a: f64) -> f64 {
    // Γ(a)/Γ(a+½) = (a+½)/a · Γ(a+1)/Γ(a+3/2), lifted until the asymptotic series is exact
    let (mut a, mut factor) = (a, 1.0);
    while a < 40.0 {
        factor *= (a + 0.5) / a;
        a += 1.0;
    }
    let square = a * a;
    let log_ratio =
        (1.0 / 8.0 - (1.0 / 192.0 - (1.0 / 640.0 - 17.0 / 14_336.0 / square) / square) / square) / a;
    PI.sqrt() * factor * log_ratio.exp() / a.sqrt()
}

#[allow(clippy::many_single_char_names)] // the names of the source
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            result *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}
