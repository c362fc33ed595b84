//! HTML: one file that asks for nothing else, by a template.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::RenderError;
use super::chart::Charts;
use super::markdown::{self, Asked};
use super::template_choice::TemplateChoice;
use crate::report::model::Report;

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// What a template for HTML sees: what all templates see, charts, and the parts of the page.
#[derive(Serialize)]
pub(super) struct Context<'a> {
    #[serde(flatten)]
    shared: markdown::Context<'a>,
    charts: Charts,
    page: Page,
}

#[derive(Serialize)]
struct Page {
    style: &'static str,
    /// The built-in script, which sorts and filters tables.
    script: &'static str,
    /// A content policy that allows this style sheet and this script and nothing else, no request and no
    /// frame: should ever a text from a database be taken for more than text, it still does nothing.
    policy: String,
}

/// The policy of a page of the service: what a report allows, and what the service itself serves. Nobody may
/// frame it.
pub(super) fn service_policy() -> String {
    format!(
        "default-src 'none'; style-src 'self' {}; script-src 'self' {}; img-src 'self' data:; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

impl Page {
    fn new() -> Self {
        Self {
            style: STYLE,
            script: SCRIPT,
            policy: format!(
                "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
                digest(STYLE),
                digest(SCRIPT)
            ),
        }
    }
}

impl<'a> Context<'a> {
    pub(super) fn of(report: &'a Report, asked: &Asked) -> Self {
        let shared = markdown::Context::of(report, asked);
        let charts = Charts::of(report, &shared.view);
        Self { shared, charts, page: Page::new() }
    }
}

pub(super) fn render(report: &Report, template: &TemplateChoice) -> Result<Vec<u8>, RenderError> {
    let mut text = markdown::text_of(|asked| Context::of(report, asked), template)?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text.into_bytes())
}
