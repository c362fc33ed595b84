//! Whether rows reach back far enough.

use super::check::Check;
use crate::observation::Coverage;
use crate::window::Period;

/// Rows begin late from where a report's caveat says so: a tenth of the window after its start.
pub(super) fn retention(coverage: &Coverage, baseline: Period) -> Check {
    let Period { start: baseline, end } = baseline;
    let Some(first) = coverage.first_started else {
        let advice = "nothing can be compared before runs are recorded; see the finding on rights";
        return Check::warning("retention", "no rows", advice);
    };
    if first.since(baseline).us() <= end.since(baseline).us() / 10 {
        return Check::good("retention", format!("rows reach back to the baseline ({baseline})"));
    }
    Check::warning(
        "retention",
        format!("the earliest run ({first}) lies after the baseline's start ({baseline})"),
        "rows may have been deleted; choose a later baseline, keep rows longer, or keep the runs with `jobdelta record`",
    )
}

#[cfg(test)]
mod tests {
    use super::super::check::Health;
    use super::*;
    use crate::clock::{SECOND_US, Timestamp};

    #[test]
    fn a_first_run_a_moment_after_the_baselines_start_is_no_retention() {
        let period = Period { start: Timestamp(0), end: Timestamp(3_600 * SECOND_US) };
        let health = |first_us: i64| {
            let coverage = Coverage { first_started: Some(Timestamp(first_us)), ..Coverage::default() };
            retention(&coverage, period).health
        };
        assert_eq!(health(8_000), Health::Good);
        assert_eq!(health(360 * SECOND_US), Health::Good);
        assert_eq!(health(361 * SECOND_US), Health::Warning);
    }
}
