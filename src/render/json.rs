//! The JSON report: the contract, indented, one line feed at the end.

use super::RenderError;
use crate::report::model::Report;

/// The contract's bytes.
pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}
