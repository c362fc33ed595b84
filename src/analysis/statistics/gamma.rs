//! Derivatives of the logarithm of the gamma function.
//!
//! Source: M. Abramowitz and I. A. Stegun, 6.3.18 and 6.4.12: the asymptotic series, after the argument is
//! lifted by the recurrence to where the series is exact to double precision.

/// From here on the series is exact.
const FAR: f64 = 12.0;

/// ψ(x), for a positive `x`.
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < FAR {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = square
        * (1.0 / 12.0
            - square
                * (1.0 / 120.0
                    - square
                        * (1.0 / 252.0
                            - square * (1.0 / 240.0 - square * (1.0 / 132.0 - square * 691.0 / 32_760.0)))));
    sum + x.ln() - 0.5 / x - series
}

/// ψ′(x), for a positive `x`.
pub fn trigamma(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < FAR {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = 1.0 / 6.0
        - square
            * (1.0 / 30.0
                - square
                    * (1.0 / 42.0
                        - square * (1.0 / 30.0 - square * (5.0 / 66.0 - square * 691.0 / 2_730.0))));
    sum + 1.0 / x + 0.5 * square + square / x * series
}

/// The `x` with ψ′(x) = `y`, for a positive `y`: Newton's method on 1/ψ′, which is nearly straight.
///
/// Source: G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 3 (2004), 3, appendix.
pub fn inverse_trigamma(y: f64) -> f64 {
    let mut x = 0.5 + 1.0 / y;
    for _ in 0..50 {
        let value = trigamma(x);
        let step = value * (1.0 - value / y) / tetragamma(x);
        x += step;
        if -step / x < 1e-12 {
            break;
        }
    }
    x
}

/// ψ″(x), for a positive `x` (6.4.13).
fn tetragamma(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < FAR {
        sum -= 2.0 / (x * x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = 1.0
        + 1.0 / x
        + square * (0.5 - square * (1.0 / 6.0 - square * (1.0 / 6.0 - square * (0.3 - square * 5.0 / 6.0))));
    sum - square * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // SciPy 1.17: digamma, polygamma(1, ·)
        for (x, psi, psi1) in [
            (0.5, -1.963_510_026_021_423_5, 4.934_802_200_544_679),
            (1.0, -0.577_215_664_901_532_9, 1.644_934_066_848_226_4),
            (7.3, 1.917_820_335_637_986, 0.146_795_768_131_427_03),
        ] {
            assert!((digamma(x) - psi).abs() < 1e-9, "{x}: {}", digamma(x));
            assert!((trigamma(x) - psi1).abs() < 1e-9, "{x}: {}", trigamma(x));
        }
    }

    #[test]
    fn the_inverse_is_one() {
        for x in [0.05, 0.5, 1.0, 3.7, 40.0, 900.0] {
            let back = inverse_trigamma(trigamma(x));
            assert!((back / x - 1.0).abs() < 1e-9, "{x}: {back}");
        }
    }
}
