//! The formats that are served.

use crate::render::Format;

/// A format that is served.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) file: &'static str,
    pub(super) label: &'static str,
    pub(super) format: Format,
    pub(super) media_type: &'static str,
}

const fn offer(file: &'static str, label: &'static str, format: Format, media_type: &'static str) -> Offer {
    Offer { file, label, format, media_type }
}

/// Every format that is served, with the name of its file.
pub(super) static OFFERED: [Offer; 8] = [
    offer("report.json", "JSON", Format::Json, "application/json"),
    offer("report.html", "HTML", Format::Html, "text/html; charset=utf-8"),
    offer("report.md", "Markdown", Format::Markdown, "text/markdown; charset=utf-8"),
    offer("report.brief.md", "Ten lines", Format::Brief, "text/markdown; charset=utf-8"),
    offer("report.txt", "Text", Format::Text, "text/plain; charset=utf-8"),
    offer("report.xml", "JUnit", Format::Junit, "application/xml"),
    offer("report.csv", "Table of jobs", Format::Csv, "text/csv; charset=utf-8"),
    offer("report.eml", "Mail", Format::Email, "message/rfc822"),
];
