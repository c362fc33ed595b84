//! Lengths of time as flags give them.

use crate::clock::Span;

#[derive(Debug, thiserror::Error)]
#[error("{flag}: {problem}")]
pub(super) struct WrongLength {
    flag: &'static str,
    problem: String,
}

/// A length of time that is not nothing.
pub(super) fn length(flag: &'static str, text: &str) -> Result<Span, WrongLength> {
    let wrong = |problem: String| WrongLength { flag, problem };
    let span: Span = text.parse().map_err(|error: crate::clock::NotASpan| wrong(error.to_string()))?;
    if span.us() > 0 { Ok(span) } else { Err(wrong(format!("'{text}' is no time at all"))) }
}
