//! Markdown, and any other text, by a template.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::template_choice::TemplateChoice;
use super::view::View;
use super::{RenderError, filters};
use crate::report::model::Report;

/// What one rendering may cost: instructions, and one unit for each 64 bytes that are made. A page of 5,000 jobs
/// stays far below it; a template without an end is stopped within seconds.
const FUEL: u64 = 10_000_000;

#[derive(Serialize)]
pub(super) struct Context<'a> {
    pub(super) report: &'a Report,
    pub(super) view: View,
}

impl<'a> Context<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self { report, view: View::of(report) }
    }
}

pub(super) fn render(report: &Report, template: &TemplateChoice) -> Result<Vec<u8>, RenderError> {
    Ok(by_template(template, &Context::of(report))?.into_bytes())
}

/// What `template` makes of `context`, with one line feed at its end.
pub(super) fn by_template(
    template: &TemplateChoice,
    context: &impl Serialize,
) -> Result<String, RenderError> {
    Ok(format!("{}\n", squeezed(&text_of(context, template)?)))
}

/// What `template` makes of `context`. The template's name picks the escaping.
pub(super) fn text_of(context: &impl Serialize, template: &TemplateChoice) -> Result<String, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .map_err(|error| problem(template, &error))?,
    );
    filters::install(&mut environment);
    environment
        .template_from_named_str(template.name, template.source)
        .and_then(|loaded| loaded.render(Serde(context)))
        .map_err(|error| problem(template, &error))
}

/// `text` without the rows of empty lines that parts left out leave behind.
fn squeezed(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines() {
        let line = line.trim_end();
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// An error with the template's file, its line and the expression it is about.
fn problem(template: &TemplateChoice, error: &Error) -> RenderError {
    let expression = error
        .range()
        .and_then(|range| template.source.get(range))
        .map(|expression| format!(" in '{}'", crate::legible::prose(expression)));
    let detail = match error.kind() {
        ErrorKind::OutOfFuel => ": the template does or writes far more than a report needs".to_owned(),
        _ => error.detail().map(|detail| format!(": {detail}")).unwrap_or_default(),
    };
    RenderError::InTemplate {
        template: error.name().unwrap_or(template.name).to_owned(),
        line: error.line().unwrap_or(1),
        message: format!("{}{detail}{}", error.kind(), expression.unwrap_or_default()),
    }
}
