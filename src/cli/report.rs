//! `jobdelta report`

use std::path::{Path, PathBuf};

use super::arguments::{ReportArguments, STANDARD_OUTPUT};
use super::{Exit, Failure, Surroundings, cost, github, settings};
use crate::cancellation::Deadline;
use crate::pipeline;
use crate::render::json::Tables;
use crate::render::{self, Format, RenderError, TemplateChoice, email};
use crate::report::model::Report;
use crate::report::redact;
use crate::sink;
use crate::store::checkpoints::CheckpointStore;

/// A template that would be passed over in silence.
#[derive(Debug, thiserror::Error)]
#[error(
    "--template: '{0}' makes none of the outputs; a template whose name ends in .html makes HTML (.html), any other \
     Markdown and text (.md, .txt)"
)]
struct NoOutput(String);

pub(super) async fn run(
    arguments: ReportArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    if arguments.explain_cost {
        return cost::run(settings::with_files(arguments.analysis, arguments.files), surroundings).await;
    }
    // What is wrong with the outputs is said before a database is asked anything.
    let formats = formats(&arguments, surroundings.terminal)?;
    let own = arguments.template.as_deref().map(template).transpose()?;
    if let Some((name, source)) = &own
        && !formats.iter().any(|(_, format)| TemplateChoice { name, source }.is_for(*format))
    {
        return Err(NoOutput(name.to_owned()).into());
    }
    let (exit_code, tables) = (arguments.exit_code, arguments.tables);
    let analysis = settings::with_store(arguments.analysis, arguments.store.clone());
    let settings = settings::resolve_for_mail(
        settings::with_files(analysis, arguments.files),
        arguments.mail_from,
        arguments.mail_to,
        surroundings,
    )?;
    if formats.iter().any(|(_, format)| *format == Format::Email) {
        email::check(&settings.delivery.email)?;
    }
    if !settings.delivery.redact.is_empty()
        && formats.iter().any(|(_, format)| *format == Format::Observations)
    {
        return Err(RenderError::NoObservations.into());
    }
    let store = match &arguments.store {
        Some(path) => Some(CheckpointStore::open_existing(path).await?),
        None => None,
    };
    let (cancellation, deadline) = (&surroundings.cancellation, Deadline::after(settings.policy.max_time));
    let mut report = pipeline::run(&settings, surroundings.clock, cancellation).await?;
    if let Some(store) = store {
        store.list_in(&mut report).await?;
    }
    if !formats.iter().any(|(_, format)| *format == Format::Observations) {
        report.observations = None;
    }
    let delivery = settings.delivery;
    let style = surroundings.style;
    let rendering = move || {
        let report = redact::report(report, &delivery.redact);
        let addressed = delivery.addressed();
        let rendered = |format| {
            // A template serves the outputs of its own kind; the others are as without one.
            let template = own.as_ref().map(|(name, source)| TemplateChoice { name, source });
            let choice = template.as_ref().filter(|template| template.is_for(format));
            match format {
                Format::Email => email::message(&report, &addressed),
                Format::Json if tables => render::json::render(&report, Tables::All),
                _ => render::render(&report, format, choice, &style),
            }
        };
        let (mut files, mut printed) = (Vec::new(), Vec::new());
        for (path, format) in formats {
            let bytes = rendered(format)?;
            match path {
                Some(path) => files.push((path, bytes)),
                None => printed.push((format, bytes)),
            }
        }
        Ok::<_, RenderError>((report, files, printed))
    };
    let (report, files, printed) =
        pipeline::computed("rendering", cancellation, deadline, rendering).await??;
    // All files are written, or none.
    sink::to_files(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    for (format, bytes) in printed {
        match format {
            Format::Json | Format::Observations | Format::Email => surroundings.print_exactly(&bytes)?,
            _ => surroundings.print(&bytes)?,
        }
    }
    surroundings.tell_queries(&report)?;
    github::tell(&report, surroundings)?;
    Ok(if exit_code { exit_of(&report) } else { Exit::Success })
}

/// Where to write what: the files asked for, and standard output when none was or a format was named.
fn formats(arguments: &ReportArguments, terminal: bool) -> Result<Vec<(Option<PathBuf>, Format)>, Failure> {
    let mut formats = Vec::new();
    let (printed, files): (Vec<&PathBuf>, _) =
        arguments.output.iter().partition(|path| path.as_os_str() == STANDARD_OUTPUT);
    for path in files {
        formats.push((Some(path.clone()), Format::from_path(path)?));
    }
    match &arguments.format {
        Some(name) => formats.push((None, Format::from_name(name)?)),
        None if formats.is_empty() || !printed.is_empty() => {
            let html = |template: &String| TemplateChoice { name: template, source: "" }.is_for(Format::Html);
            let format = match &arguments.template {
                None if terminal => Format::Text,
                Some(template) if html(template) => Format::Html,
                _ => Format::Markdown,
            };
            formats.push((None, format));
        }
        None => {}
    }
    Ok(formats)
}

/// Name and text of a built-in template, or of a file.
fn template(name: &str) -> Result<(String, String), Failure> {
    if let Ok(built_in) = TemplateChoice::built_in(name) {
        return Ok((built_in.name.to_owned(), built_in.source.to_owned()));
    }
    Ok((name.to_owned(), settings::read_file(Path::new(name))?))
}

/// The exit code of a report's decision; a report without one has nothing to say.
pub(super) fn exit_of(report: &Report) -> Exit {
    report.decision.as_ref().map_or(Exit::Success, |decision| decision.verdict.into())
}
