//! What can go wrong between a report and its bytes.

/// A report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No such format.
    #[error("there is no format '{asked}'; there are {known}")]
    Format {
        /// As asked for.
        asked: String,
        /// Those that there are.
        known: String,
    },
    /// The ending of a path picks no format.
    #[error("{path}: no format for this ending; there are {known}")]
    Ending {
        /// The path.
        path: String,
        /// The endings that there are.
        known: String,
    },
    /// A template for a format that has none.
    #[error("{format} is not made by a template; leave the template out or ask for md, html or txt")]
    NoTemplate {
        /// The format.
        format: &'static str,
    },
    /// A template whose name is of another format.
    #[error("{template} is not a template for {format}: templates for html end in .html, and no others do")]
    OtherFormat {
        /// The template's name.
        template: String,
        /// The format.
        format: &'static str,
    },
    /// No such built-in template.
    #[error("there is no template '{asked}'; there are {known}")]
    Template {
        /// As asked for.
        asked: String,
        /// Those that there are.
        known: String,
    },
    /// A template does not parse or does not render.
    #[error("{template}:{line}: {message}")]
    InTemplate {
        /// Its file.
        template: String,
        /// The line.
        line: usize,
        /// What is wrong, with the variable or filter where it is about one.
        message: String,
    },
    /// A mail without sender or recipient.
    #[error("a mail needs a {what}: give {flag}, or set it in [email] of the deployment file")]
    NoAddress {
        /// `sender`, `recipient`
        what: &'static str,
        /// The flag that gives it.
        flag: &'static str,
    },
    /// An address that is none.
    #[error("'{text}' is not an address such as ops@example.org or \"Name <ops@example.org>\"")]
    Address {
        /// As given.
        text: String,
    },
    /// The mail cannot be put together.
    #[error("the mail cannot be put together")]
    Mail(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The report cannot be written as XML.
    #[error("the report cannot be written as XML")]
    Xml(#[source] std::io::Error),
    /// The report cannot be written as JSON.
    #[error("the report cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
