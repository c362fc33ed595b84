//! From the report to bytes: one file a format. Formats add words and order, never a number.

pub mod annotations;
pub mod brief;
mod chart;
pub mod checkpoint;
mod csv;
pub mod email;
mod error;
mod escape;
pub mod explanation;
mod filters;
mod format;
mod html;
pub mod inventory;
pub mod json;
mod junit;
mod markdown;
pub mod page;
pub mod power;
mod sample;
mod template_choice;
pub mod templates;
pub mod terminal;
pub mod view;

pub use error::RenderError;
pub use format::Format;
pub use template_choice::TemplateChoice;
pub use terminal::Style;

use crate::deployment::Email;
use crate::report::model::Report;

/// `report` in `format`. Markdown, HTML and text are made by `template`; without one, the former two by the
/// built-in `report` and text as [`terminal::summary`] in `style`.
///
/// # Errors
/// When the template does not render (the error names file, line and variable), or is given for a format
/// that knows none or that its name is not of.
pub fn render(
    report: &Report,
    format: Format,
    template: Option<&TemplateChoice>,
    style: &Style,
) -> Result<Vec<u8>, RenderError> {
    match template {
        Some(_) if !format.takes_template() => {
            return Err(RenderError::NoTemplate { format: format.name() });
        }
        Some(template) if !template.is_for(format) => {
            return Err(RenderError::OtherFormat {
                template: template.name.to_owned(),
                format: format.name(),
            });
        }
        _ => {}
    }
    match (format, template) {
        (Format::Json, _) => json::render(report, json::Tables::Few),
        (Format::Observations, _) => json::observations(report),
        (Format::Brief, _) => Ok(brief::render(report)),
        (Format::Csv, _) => csv::render(report),
        (Format::Junit, _) => junit::render(report),
        (Format::Email, _) => email::message(report, &Email::default()),
        (Format::Html, template) => html::render(report, template.unwrap_or(&TemplateChoice::REPORT_HTML)),
        (Format::Markdown, None) => markdown::render(report, &TemplateChoice::REPORT),
        (Format::Markdown | Format::Text, Some(template)) => markdown::render(report, template),
        (Format::Text, None) => Ok(terminal::summary(report, style).into_bytes()),
    }
}
