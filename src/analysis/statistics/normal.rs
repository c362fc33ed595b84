//! The standard normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// The 97.5 % point: what a two-sided 95 % interval reaches to, in standard errors.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// Where the series for the centre gives way to the continued fraction for the tail.
const CENTRE: f64 = 2.5;

/// The probability of a value above `z`, to full relative precision in the upper tail.
pub fn upper_tail(z: f64) -> f64 {
    let x = z / SQRT_2;
    if x >= CENTRE {
        erfc_tail(x) / 2.0
    } else if x > -CENTRE {
        (1.0 - erf_centre(x)) / 2.0
    } else {
        1.0 - erfc_tail(-x) / 2.0
    }
}

/// The probability of a value at least as far from 0 as `z`, on either side.
pub fn two_sided(z: f64) -> f64 {
    (2.0 * upper_tail(z.abs())).min(1.0)
}

/// The point that is exceeded with a probability of `tail`, between 0 and 1, both excluded: Newton's method on the
/// logarithm of the tail, which is concave.
pub fn exceeded_by(tail: f64) -> f64 {
    let mut z = 0.0;
    for _ in 0..100 {
        let (above, density) = (upper_tail(z), (-z * z / 2.0).exp() / (2.0 * PI).sqrt());
        let step = (above / tail).ln() * above / density;
        z += step.clamp(-1.0, 1.0);
        if step.abs() < 1e-13 * z.abs().max(1.0) {
            break;
        }
    }
    z
}

/// The error function by its series of positive terms (Abramowitz and Stegun 7.1.6).
fn erf_centre(x: f64) -> f64 {
    let square = x * x;
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > f64::EPSILON * 1e-2 * sum.abs() {
        odd += 2.0;
        term *= 2.0 * square / odd;
        sum += term;
    }
    2.0 / PI.sqrt() * (-square).exp() * sum
}

/// The complementary error function for `x >= 2.5`, by Laplace's continued fraction (Abramowitz and
/// Stegun 7.1.14), evaluated from the far end.
fn erfc_tail(x: f64) -> f64 {
    let mut fraction = x;
    for k in (1..=80).rev() {
        fraction = x + f64::from(k) / 2.0 / fraction;
    }
    (-x * x).exp() / (PI.sqrt() * fraction)
}
