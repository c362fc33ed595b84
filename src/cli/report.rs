//! `jobdelta report`

use std::path::{Path, PathBuf};

use super::arguments::{ReportArguments, STANDARD_OUTPUT};
use super::outputs::Outputs;
use super::{Exit, Failure, Surroundings, cost, github, settings};
use crate::cancellation::Deadline;
use crate::pipeline::environments::run_all;
use crate::pipeline::{self, PipelineError};
use crate::render::{Format, TemplateChoice};
use crate::report::model::Report;
use crate::store::checkpoints::CheckpointStore;

pub(super) async fn run(
    arguments: ReportArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    if arguments.explain_cost {
        return cost::run(settings::with_files(arguments.analysis, arguments.files), surroundings).await;
    }
    // What is wrong with the outputs is said before a database is asked anything.
    let outputs = Outputs {
        formats: formats(&arguments, surroundings.terminal)?,
        template: arguments.template.as_deref().map(template).transpose()?,
        tables: arguments.tables,
    };
    outputs.check_template()?;
    let exit_code = arguments.exit_code;
    let analysis = settings::with_store(arguments.analysis, arguments.store.clone());
    let analysis = settings::with_files(analysis, arguments.files);
    let (from, to) = (arguments.mail_from, arguments.mail_to);
    let environments = if arguments.phases {
        settings::for_environments(analysis, from.as_ref(), &to, surroundings)?
    } else {
        vec![settings::resolve_for_mail(analysis, from, to, surroundings)?]
    };
    let Some(settings) = environments.last().cloned() else {
        return Err(PipelineError::FewEnvironments.into());
    };
    outputs.check(&settings.delivery)?;
    let store = match &arguments.store {
        Some(path) => Some(CheckpointStore::open_existing(path).await?),
        None => None,
    };
    // Each environment has the whole time.
    let times = u32::try_from(environments.len()).unwrap_or(1);
    let deadline = Deadline::after(settings.policy.max_time.saturating_mul(times));
    let cancellation = &surroundings.cancellation;
    let mut report = if arguments.phases {
        Box::pin(run_all(&environments, surroundings.clock, cancellation)).await?
    } else {
        pipeline::run(&settings, surroundings.clock, cancellation).await?
    };
    if let Some(store) = store {
        store.list_in(&mut report).await?;
    }
    let report = outputs.write(report, &settings, deadline, surroundings).await?;
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
