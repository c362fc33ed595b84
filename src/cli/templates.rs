//! `jobdelta templates list|show|check`

use super::arguments::{TemplatesArguments, TemplatesCommand};
use super::settings::read_file;
use super::{Exit, Failure, Surroundings};
use crate::render::{TemplateChoice, templates};

pub(super) fn run(
    arguments: TemplatesArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let text = match arguments.command {
        TemplatesCommand::List => {
            templates::list().map(|(name, about)| format!("{name:16} {about}\n")).concat()
        }
        TemplatesCommand::Show { name } => templates::source(&name)?.to_owned(),
        TemplatesCommand::Check { file } => {
            let name = file.display().to_string();
            let source = read_file(&file)?;
            templates::check(&TemplateChoice { name: &name, source: &source })?;
            format!("{name}: renders\n")
        }
    };
    surroundings.print_exactly(text.as_bytes())?;
    Ok(Exit::Success)
}
