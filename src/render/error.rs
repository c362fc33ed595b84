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
    /// The report cannot be written as XML.
    #[error("the report cannot be written as XML")]
    Xml(#[source] std::io::Error),
    /// The report cannot be written as JSON.
    #[error("the report cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
