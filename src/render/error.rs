//! What can go wrong between a report and its bytes.

/// A report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error("there is no format '{asked}'; there are {known}")]
    Format { asked: String, known: String },
    #[error("{path}: no format for this ending; there are {known}")]
    Ending { path: String, known: String },
    #[error("{format} is not made by a template; leave the template out or ask for md, html or txt")]
    NoTemplate { format: &'static str },
    #[error("a redacted report has no observations; write .observations.json in a run without --redact")]
    NoObservations,
    #[error("{template} is not a template for {format}: templates for html end in .html, and no others do")]
    OtherFormat { template: String, format: &'static str },
    #[error("there is no template '{asked}'; there are {known}")]
    Template { asked: String, known: String },
    #[error("{template}:{line}: {message}")]
    InTemplate { template: String, line: usize, message: String },
    #[error("'{text}' is not an address such as ops@example.org or \"Name <ops@example.org>\"")]
    Address { text: String },
    #[error("the mail cannot be put together")]
    Mail(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the report cannot be written as XML")]
    Xml(#[source] std::io::Error),
    #[error("the report cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
