//! Markdown, and any other text, by a template.

use std::borrow::Cow;
use std::collections::HashSet;

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
    pub(super) report: Cow<'a, Report>,
    pub(super) view: View,
}

impl<'a> Context<'a> {
    /// What a template that asks for `asked` sees. A list that grows with the jobs is made only for one that
    /// names it.
    pub(super) fn of(report: &'a Report, asked: &Asked) -> Self {
        let mut view = View::of(report);
        if asked.names("view.jobs.all") {
            view.jobs.list_all(report);
        }
        let whole = asked.names("report.jobs");
        Self { report: if whole { Cow::Borrowed(report) } else { Cow::Owned(report.without_jobs()) }, view }
    }
}

/// The variables that a template names.
pub(super) struct Asked(Option<HashSet<String>>);

impl Asked {
    pub(super) const EVERYTHING: Self = Self(None);

    /// Whether the value at `path`, a whole that it is part of, or a part of it is named.
    fn names(&self, path: &str) -> bool {
        let within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let Self(named) = self;
        named.as_ref().is_none_or(|named| named.iter().any(|name| within(name, path) || within(path, name)))
    }
}

pub(super) fn render(report: &Report, template: &TemplateChoice) -> Result<Vec<u8>, RenderError> {
    let text = text_of(|asked| Context::of(report, asked), template)?;
    Ok(format!("{}\n", squeezed(&text)).into_bytes())
}

/// What `template` makes of `context`, with one line feed at its end.
pub(super) fn by_template(
    template: &TemplateChoice,
    context: &impl Serialize,
) -> Result<String, RenderError> {
    Ok(format!("{}\n", squeezed(&text_of(|_| context, template)?)))
}

/// What `template` makes of the context for what it names. The template's name picks the escaping.
pub(super) fn text_of<C: Serialize>(
    context: impl FnOnce(&Asked) -> C,
    template: &TemplateChoice,
) -> Result<String, RenderError> {
    text_within(context, template, &[])
}

/// The same for a template that extends one of `layouts`.
pub(super) fn text_within<C: Serialize>(
    context: impl FnOnce(&Asked) -> C,
    template: &TemplateChoice,
    layouts: &[TemplateChoice],
) -> Result<String, RenderError> {
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
    let mut named = HashSet::new();
    for layout in layouts {
        environment
            .add_template(layout.name, layout.source)
            .and_then(|()| environment.get_template(layout.name))
            .map(|loaded| named.extend(loaded.undeclared_variables(true)))
            .map_err(|error| problem(layout, &error))?;
    }
    environment
        .template_from_named_str(template.name, template.source)
        .and_then(|loaded| {
            named.extend(loaded.undeclared_variables(true));
            loaded.render(Serde(context(&Asked(Some(named)))))
        })
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
