//! Which template: one of those that are built in, or one that a user brings.

use super::{Format, RenderError};

/// Names of the built-in templates with what they are for.
pub(super) const DESCRIPTIONS: [(&str, &str); 3] = [
    ("report", "verdict first, for a phone and a busy reader; the default"),
    ("final-summary", "every section, for the record"),
    ("report.html", "for a browser: charts, and tables that can be sorted; the default for html"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateChoice<'a> {
    /// Its file's name; the ending picks the escaping.
    pub name: &'a str,
    pub source: &'a str,
}

impl TemplateChoice<'static> {
    /// Verdict first, for a phone and a busy reader.
    pub const REPORT: Self = Self { name: "report.md", source: include_str!("../../templates/report.md") };
    /// Every section, for the record.
    pub const FINAL_SUMMARY: Self =
        Self { name: "final-summary.md", source: include_str!("../../templates/final-summary.md") };
    /// The report for a browser.
    pub const REPORT_HTML: Self =
        Self { name: "report.html", source: include_str!("../../templates/report.html") };
    /// All that are built in; of two with one stem, the first is meant by the stem.
    pub const BUILT_IN: [Self; 3] = [Self::REPORT, Self::FINAL_SUMMARY, Self::REPORT_HTML];

    /// The built-in template of a name, with or without its ending.
    pub fn built_in(name: &str) -> Result<Self, RenderError> {
        Self::BUILT_IN
            .into_iter()
            .find(|template| template.name == name || stem(template.name) == name)
            .ok_or_else(|| RenderError::Template { asked: name.to_owned(), known: known() })
    }
}

impl TemplateChoice<'_> {
    /// Whether it makes files of `format`: its name ends in `.html` if and only if that is HTML.
    pub fn is_for(&self, format: Format) -> bool {
        format.takes_template() && self.is_html() == (format == Format::Html)
    }

    pub(super) fn is_html(&self) -> bool {
        self.name.rsplit('.').next() == Some("html")
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn known() -> String {
    DESCRIPTIONS.map(|(name, _)| name).join(", ")
}
