//! `jobdelta sources [NAME]`

use super::arguments::SourcesArguments;
use super::{Exit, Failure, Surroundings};
use crate::deployment::builtin;
use crate::mapping::KnownSource;

pub(super) fn run(
    arguments: &SourcesArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let text = match &arguments.name {
        Some(name) => builtin::text(name)?.to_owned(),
        None => builtin::all()?.iter().map(entry).collect::<Vec<_>>().join("\n"),
    };
    surroundings.print_exactly(text.as_bytes())?;
    Ok(Exit::Success)
}

/// Name, product and versions on a line; tables and what cannot be known below.
fn entry(known: &KnownSource) -> String {
    let KnownSource { product, versions, variant, tested_with, mapping, .. } = known;
    let versions = versions.as_ref().map(|versions| format!(" {versions}")).unwrap_or_default();
    let variant = variant.as_ref().map(|variant| format!(", {variant}")).unwrap_or_default();
    let mut text = format!("{:25} {product}{versions}{variant}\n", mapping.name);
    text.push_str(&format!("  reads {}\n", known.all_tables().join(", ")));
    text.push_str(&format!("  tested with {tested_with}\n"));
    if mapping.job_list.is_some() {
        text.push_str("  lists the scheduler's own jobs (`jobdelta jobs --audit`)\n");
    }
    for limit in mapping.headline_limit.iter().chain(&mapping.known_limits) {
        text.push_str(&format!("  - {limit}\n"));
    }
    text
}
