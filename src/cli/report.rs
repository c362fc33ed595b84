//! `jobdelta report`

use std::path::{Path, PathBuf};

use super::arguments::ReportArguments;
use super::{Exit, Failure, Surroundings, settings};
use crate::pipeline;
use crate::render::{self, Format, TemplateChoice};
use crate::report::model::Report;
use crate::sink;

/// A rendered report and where it goes; standard output without a path.
struct Output {
    path: Option<PathBuf>,
    bytes: Vec<u8>,
}

pub async fn run(arguments: ReportArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    // What is wrong with the outputs is said before a database is asked anything.
    let formats = formats(&arguments, surroundings.terminal)?;
    let template = arguments.template.as_deref().map(template).transpose()?;
    let settings = settings::resolve(arguments.analysis, surroundings)?;
    let report = pipeline::run(&settings, surroundings.clock).await?;
    let mut outputs = Vec::new();
    for (path, format) in formats {
        let choice = template.as_ref().filter(|_| format != Format::Json);
        let bytes = render::render(&report, format, choice, &surroundings.style)?;
        outputs.push(Output { path, bytes });
    }
    for output in outputs {
        match output.path {
            Some(path) => sink::to_file(&path, &output.bytes)?,
            None => sink::to_stdout(surroundings.out, &output.bytes)?,
        }
    }
    Ok(if arguments.exit_code { exit_of(&report) } else { Exit::Success })
}

/// Where to write what: the files asked for, and standard output when none was or a format was named.
fn formats(
    arguments: &ReportArguments,
    terminal: bool,
) -> Result<Vec<(Option<PathBuf>, Format)>, Failure> {
    let mut formats = Vec::new();
    for path in &arguments.output {
        formats.push((Some(path.clone()), Format::from_path(path)?));
    }
    match &arguments.format {
        Some(name) => formats.push((None, Format::from_name(name)?)),
        None if formats.is_empty() => {
            let format = if terminal && arguments.template.is_none() { Format::Text } else { Format::Markdown };
            formats.push((None, format));
        }
        None => {}
    }
    Ok(formats)
}

/// A built-in template by name, or a file.
fn template(name: &str) -> Result<TemplateChoice, Failure> {
    if render::templates::source(name).is_some() {
        return Ok(TemplateChoice::BuiltIn(name.to_owned()));
    }
    let text = settings::read_file(Path::new(name))?;
    Ok(TemplateChoice::Own { name: name.to_owned(), text })
}

/// The exit code of a report's decision; a report without one has nothing to say.
pub fn exit_of(report: &Report) -> Exit {
    report.decision.as_ref().map_or(Exit::Success, |decision| decision.verdict.into())
}
