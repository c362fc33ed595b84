//! The interval of a share.

use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::normal::Z_95;

/// The Wilson score interval of a share seen in `of` runs, limits clamped to 0…1. `of` need not be
/// whole: it may be the effective number of dependent runs. `None` without runs.
///
/// Source: E. B. Wilson, JASA 22 (1927) 209–212.
pub fn interval(share: f64, of: f64) -> Option<Interval> {
    if of <= 0.0 {
        return None;
    }
    let square = Z_95 * Z_95;
    let centre = share + square / (2.0 * of);
    let reach = Z_95 * (share * (1.0 - share) / of + square / (4.0 * of * of)).sqrt();
    let scale = 1.0 + square / of;
    // where nothing or everything was hit, the near limit is exact and rounding must not move it
    let low = if share <= 0.0 { 0.0 } else { ((centre - reach) / scale).clamp(0.0, 1.0) };
    let high = if share >= 1.0 { 1.0 } else { ((centre + reach) / scale).clamp(0.0, 1.0) };
    Some(Interval { low, high })
}
