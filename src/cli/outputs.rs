//! What a report is written as, and where.

use std::path::PathBuf;

use super::{Failure, Surroundings};
use crate::cancellation::Deadline;
use crate::pipeline;
use crate::render::json::Tables;
use crate::render::{self, Format, RenderError, TemplateChoice, email};
use crate::report::model::Report;
use crate::report::redact;
use crate::settings::{Delivery, Settings};
use crate::sink;

/// A template that would be passed over in silence.
#[derive(Debug, thiserror::Error)]
#[error(
    "--template: '{0}' makes none of the outputs; a template whose name ends in .html makes HTML (.html), any other \
     Markdown and text (.md, .txt)"
)]
struct NoOutput(String);

pub(super) struct Outputs {
    /// Each with its file; without one it is printed.
    pub(super) formats: Vec<(Option<PathBuf>, Format)>,
    /// Name and text of a template in place of the built-in one.
    pub(super) template: Option<(String, String)>,
    /// Whether nothing is left out of the JSON report.
    pub(super) tables: bool,
}

impl Outputs {
    /// # Errors
    /// When nothing is made by the template.
    pub(super) fn check_template(&self) -> Result<(), Failure> {
        if let Some((name, source)) = &self.template
            && !self.formats.iter().any(|(_, format)| TemplateChoice { name, source }.is_for(*format))
        {
            return Err(NoOutput(name.clone()).into());
        }
        Ok(())
    }

    /// # Errors
    /// When there is no folder for a file, a mail has no address, or what is to be redacted would be written.
    pub(super) fn check(&self, delivery: &Delivery) -> Result<(), Failure> {
        for path in self.formats.iter().filter_map(|(path, _)| path.as_ref()) {
            sink::check_folder(path)?;
        }
        if self.has(Format::Email) {
            email::check(&delivery.email)?;
        }
        if !delivery.redact.is_empty() && self.has(Format::Observations) {
            return Err(RenderError::NoObservations.into());
        }
        Ok(())
    }

    fn has(&self, wanted: Format) -> bool {
        self.formats.iter().any(|(_, format)| *format == wanted)
    }

    /// Renders and writes; the report as it is delivered.
    pub(super) async fn write(
        self,
        mut report: Report,
        settings: &Settings,
        deadline: Deadline,
        surroundings: &mut Surroundings<'_>,
    ) -> Result<Report, Failure> {
        if !self.has(Format::Observations) {
            report.observations = None;
        }
        let (delivery, style) = (settings.delivery.clone(), surroundings.style);
        let rendering = move || {
            let report = redact::report(report, &delivery.redact);
            let (files, printed) = self.rendered(&report, &delivery, &style)?;
            Ok::<_, RenderError>((report, files, printed))
        };
        let computed = pipeline::computed("rendering", &surroundings.cancellation, deadline, rendering);
        let (report, files, printed) = computed.await??;
        // All files are written, or none.
        sink::to_files(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
        for (format, bytes) in printed {
            match format {
                Format::Json | Format::Observations | Format::Email => surroundings.print_exactly(&bytes)?,
                _ => surroundings.print(&bytes)?,
            }
        }
        Ok(report)
    }

    fn rendered(
        self,
        report: &Report,
        delivery: &Delivery,
        style: &render::Style,
    ) -> Result<Rendered, RenderError> {
        let addressed = delivery.addressed();
        let (mut files, mut printed) = (Vec::new(), Vec::new());
        for (path, format) in self.formats {
            // A template serves the outputs of its own kind; the others are as without one.
            let template = self.template.as_ref().map(|(name, source)| TemplateChoice { name, source });
            let choice = template.as_ref().filter(|template| template.is_for(format));
            let bytes = match format {
                Format::Email => email::message(report, &addressed),
                Format::Json if self.tables => render::json::render(report, Tables::All),
                _ => render::render(report, format, choice, style),
            }?;
            match path {
                Some(path) => files.push((path, bytes)),
                None => printed.push((format, bytes)),
            }
        }
        Ok((files, printed))
    }
}

/// Files, and what is printed.
type Rendered = (Vec<(PathBuf, Vec<u8>)>, Vec<(Format, Vec<u8>)>);
