//! Whether an index serves the windows.

use super::check::Check;
use crate::database::Session;
use crate::pipeline::error::PipelineError;
use crate::pipeline::source::create_index;
use crate::source::mapping::{MainColumn, Mapping, Native};

pub(super) async fn index(mapping: &Mapping, session: &mut Session) -> Result<Check, PipelineError> {
    let Some(MainColumn { table, column, is_key }) = &mapping.main else {
        let found = "the rows come from a query: neither its size nor the indexes that serve it are known, so \
                     that the database counts unless --execution says otherwise";
        return Ok(Check::good("index", found));
    };
    if *is_key && matches!(mapping.rows, Native::Query(_)) {
        return Ok(Check::good("index", format!("rows of {table} are bounded by their key")));
    }
    let leading = session.leading_columns(table).await?;
    if leading.contains(column) {
        return Ok(Check::good("index", format!("an index begins with {column}")));
    }
    let found = format!("no index begins with {column}: each query reads the whole table");
    let advice = format!("{}, or read a copy", create_index(table, column, session.dialect()));
    Ok(Check::warning("index", found, advice))
}
