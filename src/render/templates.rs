//! Templates: those that are built in, and those that users bring.
//!
//! A template sees two variables: `report`, the JSON report as it is, and `view`, the same arranged for
//! readers. Every text that it prints is escaped for Markdown, unless its file's name ends in `.txt` or in
//! `.html`; the latter sees `charts` and `page`, too. Variables that do not exist are errors.

use std::collections::BTreeMap;

use serde_json::Value;

use super::template_choice::{DESCRIPTIONS, TemplateChoice};
use super::{RenderError, filters, html, markdown, sample};

pub fn list() -> [(&'static str, &'static str); 3] {
    DESCRIPTIONS
}

pub fn source(name: &str) -> Result<&'static str, RenderError> {
    Ok(TemplateChoice::built_in(name)?.source)
}

/// Renders `template` with every sample: a report of the demo, one without jobs, and one whose texts
/// attack formats.
pub fn check(template: &TemplateChoice) -> Result<(), RenderError> {
    for (_, report) in sample::reports()? {
        if template.is_html() {
            html::render(&report, template)
        } else {
            markdown::render(&report, template)
        }?;
    }
    Ok(())
}

/// What templates can use, made from the samples themselves: every variable with its kind and an example,
/// and every filter.
pub fn context_listing() -> Result<String, RenderError> {
    let mut variables: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (_, report) in sample::reports()? {
        let context = serde_json::to_value(html::Context::of(&report, &markdown::Asked::EVERYTHING))?;
        collect("", &context, &mut variables);
    }
    let mut text = String::from(
        "# What a template can use\n\n\
         Generated from the sample reports (`UPDATE_GOLDEN=1 cargo test`). `[]` stands for each element of\n\
         a list, `<name>` for each key of a map. `report` is the JSON report; `view` is the same as text,\n\
         arranged for readers. A value that is absent is `null` and prints as a dash. Templates whose names\n\
         end in `.html` also see `charts` (SVG to be printed with `|safe`) and `page`.\n\n\
         ## Variables\n\n| variable | kind | example |\n|---|---|---|\n",
    );
    for (path, (kind, example)) in variables {
        text.push_str(&format!("| `{path}` | {kind} | {} |\n", super::escape::inline(&example)));
    }
    text.push_str("\n## Filters\n\n| filter | gives |\n|---|---|\n");
    for (name, what) in filters::FILTERS {
        text.push_str(&format!("| `{name}` | {what} |\n"));
    }
    Ok(text)
}

/// Adds every variable below `path`; the first value that is not null is the example.
fn collect(path: &str, value: &Value, variables: &mut BTreeMap<String, (String, String)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) if is_map(path) => {
            for value in map.values() {
                collect(&below("<name>"), value, variables);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                collect(&below(key), value, variables);
            }
        }
        Value::Array(list) => {
            note(path, "list", String::new(), variables);
            for value in list {
                collect(&format!("{path}[]"), value, variables);
            }
        }
        Value::Null => note(path, "null", String::new(), variables),
        Value::Bool(value) => note(path, "yes or no", value.to_string(), variables),
        Value::Number(value) => note(path, "number", value.to_string(), variables),
        Value::String(value) => note(path, "text", crate::legible::cut(value, 60), variables),
    }
}

/// Whether the keys at `path` are data and not names of fields.
fn is_map(path: &str) -> bool {
    path.ends_with(".comparison") || path.ends_with(".parameters")
}

fn note(path: &str, kind: &str, example: String, variables: &mut BTreeMap<String, (String, String)>) {
    let known = variables.entry(path.to_owned()).or_insert_with(|| (kind.to_owned(), example.clone()));
    if known.0 == "null" && kind != "null" {
        *known = (format!("{kind} or null"), example);
    } else if kind == "null" && !known.0.contains("null") {
        known.0.push_str(" or null");
    }
}
