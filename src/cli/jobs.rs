//! `jobdelta jobs`

use super::arguments::{
    AnalysisArguments, InventoryFormatArgument, JobsArguments, RowsArguments, ScopeArgument,
};
use super::{Exit, Failure, Surroundings, settings};
use crate::clock::{NotASpan, Span};
use crate::pipeline::inventory::{DEFAULT_WINDOW, inventory};
use crate::render::inventory::{self, InventoryFormat, Part};

#[derive(Debug, thiserror::Error)]
pub(super) enum WrongWindow {
    #[error("--window: {0}")]
    Span(#[from] NotASpan),
    #[error("--window: '{0}' is no length of time")]
    Nothing(String),
}

pub(super) async fn run(
    arguments: JobsArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let JobsArguments { files, source, window, snapshot, limits, .. } = arguments;
    let reach = window.as_deref().map(reach).transpose()?.unwrap_or(DEFAULT_WINDOW);
    // What is in the table, whatever is declared.
    let scope = Some(ScopeArgument::All);
    let rows = RowsArguments { source, snapshot, scope, limits, ..RowsArguments::default() };
    let analysis = AnalysisArguments { files, rows, ..AnalysisArguments::default() };
    let settings = settings::for_looking(analysis, surroundings, true)?;
    let found = inventory(&settings, reach, &surroundings.cancellation).await?;
    let part = if arguments.audit { Part::Audit } else { Part::Jobs };
    let (format, exactly) = match arguments.format {
        InventoryFormatArgument::Text => (InventoryFormat::Text, false),
        InventoryFormatArgument::Json => (InventoryFormat::Json, true),
        InventoryFormatArgument::Csv => (InventoryFormat::Csv, true),
    };
    let bytes = inventory::render(&found, part, format, &surroundings.style)?;
    if exactly {
        surroundings.print_exactly(&bytes)?;
    } else {
        surroundings.print(&bytes)?;
    }
    Ok(Exit::Success)
}

/// The length that `--window` gives.
pub(super) fn reach(text: &str) -> Result<Span, WrongWindow> {
    let span: Span = text.parse()?;
    if span.us() > 0 { Ok(span) } else { Err(WrongWindow::Nothing(text.to_owned())) }
}
