//! What a GitHub workflow gets beside the output: the step summary and annotations.

use std::path::Path;

use super::workflow::is_listening;
use super::{Failure, Surroundings};
use crate::render::{self, Format, Style, annotations};
use crate::report::model::Report;
use crate::sink;

/// GitHub drops a step summary of more than 1 MiB as a whole.
const SUMMARY_LIMIT: u64 = 1 << 20;

/// Appends the short form to the step summary and prints the annotations, where the environment asks for
/// them.
///
/// Annotations go to standard error, which GitHub reads as well, so that standard output stays what it is
/// elsewhere. A summary that cannot be written is a warning: the verdict must reach the exit code.
pub(super) fn tell(report: &Report, surroundings: &mut Surroundings<'_>) -> Result<(), Failure> {
    if let Some(path) = surroundings.environment.get("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
        let short = render::render(report, Format::Brief, None, &Style::PLAIN)?;
        // An empty line before it: what another step's command wrote may not end in one.
        let text = [b"\n", short.as_slice(), b"\n"].concat();
        if let Err(error) = sink::append(Path::new(path), &text, SUMMARY_LIMIT) {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            writeln!(surroundings.err, "warning: no step summary: {error}{}", cause.unwrap_or_default())?;
        }
    }
    if is_listening(&surroundings.environment) {
        surroundings.err.write_all(annotations::annotations(report).as_bytes())?;
    }
    Ok(())
}
