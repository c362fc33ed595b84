//! What stands between the program and the server. A report is one transaction without named statements and
//! start-up options, so that a pooler in transaction mode serves.

use super::check::Check;
use crate::database::{Between, Session};
use crate::pipeline::error::PipelineError;

pub(super) async fn pooler(session: &mut Session) -> Result<Option<Check>, PipelineError> {
    let serves = "session and transaction pooling serve, and its query_timeout holds beside --max-time";
    let found = match session.between().await? {
        None => return Ok(None),
        Some(Between::Nothing) => "none is seen between this machine and the server".to_owned(),
        Some(Between::Reused) => {
            format!("the server's process is older than this connection, so a pooler is between: {serves}")
        }
        Some(Between::OtherPort { named, listening }) => format!(
            "the server listens on port {listening} and the URL names {named}, so a pooler or a forwarded port is \
             between: {serves}"
        ),
    };
    Ok(Some(Check::good("pooler", found)))
}
