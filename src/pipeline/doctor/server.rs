//! The connection, and the clock at its other end.

use super::check::Check;
use crate::clock::{Clock, SECOND_US, Span};
use crate::database::Session;
use crate::pipeline::error::PipelineError;

/// Clocks further apart than this are reported.
const CLOCK_TOLERANCE: Span = Span::seconds(2);

pub(super) fn connection(session: &Session) -> Check {
    Check::good("connection", format!("{} at {}", session.server_version(), session.identity()))
}

/// An `SQLite` file is read from end to end, however large it is.
pub(super) async fn file(session: &mut Session) -> Result<Option<Check>, PipelineError> {
    let checked = session.check_sound(u64::MAX).await?;
    Ok(checked.then(|| Check::good("file", "SQLite finds no damage")))
}

pub(super) async fn clock(session: &mut Session, clock: Clock) -> Result<Check, PipelineError> {
    let server = session.clock().await?;
    let apart = server.since(clock.now());
    let seconds = apart.us() / SECOND_US;
    let found = format!("the server's clock is {seconds} s apart from this machine's");
    if apart.us().abs() <= CLOCK_TOLERANCE.us() {
        return Ok(Check::good("clock", found));
    }
    Ok(Check::warning("clock", found, "as_of follows the server; give --as-of where it matters"))
}
