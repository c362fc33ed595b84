//! What the role may do, and what it sees.

use super::check::Check;
use crate::database::Session;
use crate::observation::Coverage;
use crate::pipeline::error::PipelineError;
use crate::source::mapping::Mapping;

/// A read-only transaction stops writes to this database only.
pub(super) async fn role(mapping: &Mapping, session: &mut Session) -> Result<Option<Check>, PipelineError> {
    let more = session.more_than_reading(mapping.main.as_ref().map(|main| &main.table)).await?;
    Ok(more.map(|more| {
        let found = format!("this role may do more than read: {more}");
        let advice = "give a role that may only SELECT; a function in `where` or in a query that writes elsewhere, \
                      such as dblink_exec, is not stopped by the read-only transaction";
        Check::warning("role", found, advice)
    }))
}

pub(super) fn readable(mapping: &Mapping, coverage: &Coverage) -> Check {
    let (Some(first), Some(last)) = (coverage.first_started, coverage.last_started) else {
        let advice = "check the mapping, its `where`, and whether this user may see every row";
        return Check::warning("rights", format!("{} holds no runs", mapping.rows), advice);
    };
    Check::good("rights", format!("readable; runs from {first} to {last}"))
}
