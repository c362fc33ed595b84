//! `jobdelta templates list|show|check`

use super::arguments::{TemplatesArguments, TemplatesCommand};
use super::settings::read_file;
use super::{Exit, Failure, Surroundings};
use crate::render::templates;
use crate::sink;

pub fn run(arguments: TemplatesArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let text = match arguments.command {
        TemplatesCommand::List => {
            templates::list().map(|(name, about)| format!("{name:16} {about}\n")).collect::<String>()
        }
        TemplatesCommand::Show { name } => templates::show(&name)?.to_owned(),
        TemplatesCommand::Check { file } => {
            let name = file.display().to_string();
            templates::check(&name, &read_file(&file)?)?;
            format!("{name}: renders\n")
        }
    };
    sink::to_stdout(surroundings.out, text.as_bytes())?;
    Ok(Exit::Success)
}
