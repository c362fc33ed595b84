//! What templates can call: the figures and texts of [`crate::figure`] and [`crate::legible`] by name.

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, HtmlEscape, Output, State};
use unicode_width::UnicodeWidthStr;

use super::escape;
use super::view::sparkline;
use crate::figure;
use crate::legible;

/// Name of the escaping of Markdown templates.
pub(super) const MARKDOWN: &str = "markdown";

/// Every filter with what it does, for the documentation of templates.
pub(super) const FILTERS: [(&str, &str); 19] = [
    ("count", "a whole number with separators: 1,986"),
    ("number", "at most three significant digits: 29.7"),
    (
        "percent",
        "a fraction as a percentage: 98.4 %; `percent(limit=0.99)` is never rounded across the limit",
    ),
    ("change", "a relative change with its sign: −12.3 %"),
    ("points", "a difference of fractions: −1.01 pp"),
    ("duration", "milliseconds, scaled: 29.7 s; takes `limit` too"),
    ("span", "seconds in two units: 7 h 57 min"),
    ("instant", "an RFC 3339 instant: 2026-02-01 20:56 UTC"),
    ("sparkline", "a list of numbers as ▁▄█; null is ·"),
    ("beyond", "how many items a list has beyond so many: `beyond(10)`; empty when none"),
    ("table", "rows of texts in columns of a fixed width, for a block of code"),
    ("name", "a job's name: visible, cut to 60 characters in its middle"),
    ("message", "a message: visible, cut to 160 characters"),
    ("cut", "visible, cut to so many characters: `cut(80)`"),
    ("prose", "several lines as one"),
    ("capital", "the first letter in upper case"),
    ("code", "inline code"),
    ("block", "lines in a block of code"),
    ("plain", "visible, for a block of code that the template opens itself"),
];

pub(super) fn install(environment: &mut Environment<'_>) {
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("txt") => AutoEscape::None,
        Some("html") => AutoEscape::Html,
        _ => AutoEscape::Custom(MARKDOWN.into()),
    });
    environment.set_formatter(write_value);
    environment.add_filter("count", figure::count);
    environment.add_filter("number", |value: f64| figure::number(value));
    environment.add_filter("percent", |value: f64, options: Kwargs| {
        Ok::<_, Error>(figure::percent_against(value, &limit(&options)?))
    });
    environment.add_filter("change", |value: f64| figure::change(value));
    environment.add_filter("points", |value: f64| figure::points(value));
    environment.add_filter("duration", |value: f64, options: Kwargs| {
        Ok::<_, Error>(figure::duration_against(value, &limit(&options)?))
    });
    environment.add_filter("span", |value: f64| figure::span(value));
    environment.add_filter("instant", instant);
    environment.add_filter("sparkline", line);
    environment.add_filter("beyond", beyond);
    environment.add_filter("table", table);
    environment.add_filter("name", |text: &str| legible::name(text));
    environment
        .add_filter("message", |text: &str| legible::cut(&legible::visible(text), legible::MESSAGE_LENGTH));
    environment.add_filter("cut", |text: &str, length: usize| legible::cut(&legible::visible(text), length));
    environment.add_filter("prose", |text: &str| legible::prose(text));
    environment.add_filter("capital", |text: &str| legible::capital(text));
    environment.add_filter("code", |state: &State, text: &str| {
        Value::from_safe_string(if is_html(state) { escape::html_code(text) } else { escape::code(text) })
    });
    environment.add_filter("block", |state: &State, lines: Value| {
        let lines = joined(&lines)?;
        let block = if is_html(state) { escape::html_block(&lines) } else { escape::fenced(&lines) };
        Ok::<_, Error>(Value::from_safe_string(block))
    });
    environment.add_filter("plain", |text: &str| Value::from_safe_string(legible::visible(text)));
}

fn is_html(state: &State) -> bool {
    matches!(state.auto_escape(), AutoEscape::Html)
}

/// Writes a value so that it is inert: text is escaped unless a filter made it safe, what is absent is a
/// dash.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let markdown = matches!(state.auto_escape(), AutoEscape::Custom(name) if name == MARKDOWN);
    let html = matches!(state.auto_escape(), AutoEscape::Html);
    match value.kind() {
        ValueKind::None => out.write_str(figure::ABSENT)?,
        ValueKind::String if value.is_safe() => out.write_str(value.as_str().unwrap_or_default())?,
        ValueKind::Number | ValueKind::Bool => out.write_str(&value.to_string())?,
        _ if is_html(state) => out.write_str(&escape::html(&value.to_string()))?,
        _ if markdown => out.write_str(&escape::inline(&value.to_string()))?,
        _ if html => write!(out, "{}", HtmlEscape(&legible::visible(&value.to_string())))?,
        _ => out.write_str(&legible::visible(&value.to_string()))?,
    }
    Ok(())
}

fn limit(options: &Kwargs) -> Result<Vec<f64>, Error> {
    let limit: Option<f64> = options.get("limit")?;
    options.assert_all_used()?;
    Ok(limit.into_iter().collect())
}

fn instant(text: &str) -> Result<String, Error> {
    let at = text.parse().map_err(|error: crate::clock::NotAnInstant| {
        Error::new(ErrorKind::InvalidOperation, error.to_string())
    })?;
    Ok(figure::instant(at))
}

#[allow(clippy::needless_pass_by_value)] // what a filter takes
fn line(values: Vec<Option<f64>>) -> String {
    let highest = values.iter().flatten().copied().fold(0.0, f64::max);
    sparkline(&values, highest)
}

#[allow(clippy::needless_pass_by_value)] // what a filter takes
fn beyond(list: Value, most: usize) -> String {
    match list.len().unwrap_or(0).saturating_sub(most) as u64 {
        0 => String::new(),
        more => figure::count(more),
    }
}

/// The texts of a list, a line each, or one text.
fn joined(lines: &Value) -> Result<String, Error> {
    if let Some(text) = lines.as_str() {
        return Ok(text.to_owned());
    }
    Ok(lines.try_iter()?.map(|line| line.to_string()).collect::<Vec<_>>().join("\n"))
}

/// Rows of texts as lines with columns of one width each.
#[allow(clippy::needless_pass_by_value)] // what a filter takes
fn table(rows: Vec<Vec<String>>) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| legible::visible(cell)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}
