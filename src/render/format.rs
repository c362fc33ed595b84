//! The formats, and how they are asked for.

use std::path::Path;

use super::error::RenderError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The contract. Of many jobs, comparisons without a change are in it only with [`Tables::All`](super::json::Tables::All).
    Json,
    /// What was observed after the change, for a later report that takes it as its baseline.
    Observations,
    /// By a template.
    Markdown,
    Html,
    /// The summary for a terminal, or a template of one's own for plain text.
    Text,
    /// At most ten lines of Markdown, for a chat or a pull request.
    Brief,
    /// Verdicts for a CI server's test report.
    Junit,
    /// One row a job, for a spreadsheet.
    Csv,
    /// A mail, by [`email::message`](super::email::message), which gets the addresses.
    Email,
}

impl Format {
    /// Every format with its name, and the ending of its files where one picks it.
    pub const ALL: [(Self, &'static str, Option<&'static str>); 9] = [
        (Self::Json, "json", Some("json")),
        (Self::Markdown, "md", Some("md")),
        (Self::Html, "html", Some("html")),
        (Self::Text, "txt", Some("txt")),
        (Self::Brief, "brief", None),
        (Self::Junit, "junit", Some("xml")),
        (Self::Email, "eml", Some("eml")),
        (Self::Csv, "csv", Some("csv")),
        (Self::Observations, "observations", Some("observations.json")),
    ];

    /// The name, as `--format` takes it.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(format, ..)| *format == self).map_or("", |(_, name, _)| name)
    }

    /// Whether the format is made by a template.
    pub const fn takes_template(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Text)
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Result<Self, RenderError> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == name).map(|(format, ..)| format).ok_or_else(
            || RenderError::Format {
                asked: name.to_owned(),
                known: Self::ALL.map(|(_, name, _)| name).join(", "),
            },
        )
    }

    /// The format that the ending of a path asks for.
    pub fn from_path(path: &Path) -> Result<Self, RenderError> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let ends = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'));
        // Of two endings that fit, `.json` and `.observations.json`, the longer one is meant.
        let fitting = Self::ALL.into_iter().filter(|(_, _, ending)| ending.is_some_and(ends));
        let found = fitting.max_by_key(|(_, _, ending)| ending.map_or(0, str::len));
        found.map(|(format, ..)| format).ok_or_else(|| {
            let endings = Self::ALL.into_iter().filter_map(|(_, _, ending)| Some(format!(".{}", ending?)));
            RenderError::Ending {
                path: path.display().to_string(),
                known: endings.collect::<Vec<_>>().join(", "),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_picks_the_format() {
        assert_eq!(Format::from_path(Path::new("a/b.MD")).unwrap(), Format::Markdown);
        assert_eq!(Format::from_path(Path::new("report.json")).unwrap(), Format::Json);
        assert_eq!(Format::from_path(Path::new("report.html")).unwrap(), Format::Html);
        assert_eq!(Format::from_path(Path::new("main.observations.json")).unwrap(), Format::Observations);
        let error = Format::from_path(Path::new("report.doc")).unwrap_err().to_string();
        assert_eq!(
            error,
            "report.doc: no format for this ending; there are .json, .md, .html, .txt, .xml, .eml, .csv, \
             .observations.json"
        );
        let error = Format::from_name("doc").unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no format 'doc'; there are json, md, html, txt, brief, junit, eml, csv, observations"
        );
    }
}
