//! Whether the status words are known.

use super::check::Check;
use crate::clock::Timestamp;

/// Words are looked at in the windows alone: without a run there, nothing is known of them.
pub(super) fn statuses(rows: u64, [start, end]: [Timestamp; 2]) -> Check {
    if rows > 0 {
        return Check::good("statuses", "every status word is mapped");
    }
    Check::warning(
        "statuses",
        format!("no run started in the windows ({start} to {end}), so no status word was looked at"),
        "give the windows of the report: --at, or --baseline and --stagger",
    )
}
