//! Whether the server follows another, and what that means for a long read.

use std::time::Duration;

use super::check::Check;
use crate::clock::Span;
use crate::database::{Replica, Replication, Session};
use crate::pipeline::error::PipelineError;

/// A replica further behind than this is reported.
const LAG_TOLERANCE: Span = Span::seconds(60);

pub(super) async fn replica(session: &mut Session, max_time: Duration) -> Result<Vec<Check>, PipelineError> {
    Ok(match session.replication().await? {
        None => Vec::new(),
        Some(Replication::Primary) => vec![Check::good("replica", "the server follows no other")],
        Some(Replication::Unknown { right }) => vec![Check::warning(
            "replica",
            "whether the server follows another is not told to this user",
            format!("ask who runs it, or grant {right}"),
        )],
        Some(Replication::Replica(replica)) => {
            [Some(lag(&replica)), cancellation(&replica, max_time)].into_iter().flatten().collect()
        }
    })
}

fn lag(Replica { behind, .. }: &Replica) -> Check {
    match behind {
        Some(behind) if *behind <= LAG_TOLERANCE => {
            Check::good("replica", format!("a replica, {behind} behind"))
        }
        Some(behind) => Check::warning(
            "replica",
            format!(
                "a replica, {behind} behind: later runs are missing, and those at the edge look unfinished"
            ),
            "give an --as-of before that, or read the primary",
        ),
        None => Check::warning(
            "replica",
            "a replica whose replication does not run: later runs are missing",
            "start replication, give an --as-of before it stopped, or read the primary",
        ),
    }
}

/// `PostgreSQL` ends a statement that blocks what it replays.
fn cancellation(Replica { tolerates, .. }: &Replica, max_time: Duration) -> Option<Check> {
    let tolerates = (*tolerates)?;
    if tolerates >= max_time {
        return None;
    }
    Some(Check::warning(
        "replay",
        format!(
            "the replica cancels a statement that has kept it from replaying changes for {} s, and a report may \
             take {} s",
            tolerates.as_secs(),
            max_time.as_secs()
        ),
        "set hot_standby_feedback = on, or a max_standby_streaming_delay above --max-time, or lower --max-time and \
         try again when it happens",
    ))
}
