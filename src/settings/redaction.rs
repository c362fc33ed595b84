//! What a shared report must not show.

use std::str::FromStr;

use crate::nearest::did_you_mean;

/// Something that is replaced in the whole report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redaction {
    Errors,
    Jobs,
    /// Where the rows are.
    Host,
}

impl Redaction {
    pub const ALL: [(&'static str, Self); 3] =
        [("errors", Self::Errors), ("jobs", Self::Jobs), ("host", Self::Host)];
}

impl FromStr for Redaction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|(word, _)| *word == text);
        found.map(|(_, redaction)| redaction).ok_or_else(|| {
            let hint = did_you_mean(text, Self::ALL.map(|(word, _)| word));
            format!("'{text}' is nothing that can be redacted{hint}")
        })
    }
}
