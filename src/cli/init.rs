//! `jobdelta init [FILE…]`

use std::path::{Path, PathBuf};

use super::arguments::InitArguments;
use super::{Exit, Failure, Surroundings};
use crate::pipeline::draft::{Draft, DraftRequest, draft};
use crate::settings::{Overrides, Settings, database_url, lint};
use crate::sink;
use crate::source::proposal::written::ZoneHint;

#[derive(Debug, thiserror::Error)]
enum InitError {
    #[error("{} is there already, and is not written over; name another file with -o", .0.display())]
    Exists(PathBuf),
    #[error("--table: files have no tables")]
    TableOfFiles,
}

/// The variable in the file instead of an address that may hold a password.
const VARIABLE: &str = "${DATABASE_URL}";

pub(super) async fn run(
    arguments: InitArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let printed = arguments.output.as_os_str() == "-";
    if !printed && arguments.output.symlink_metadata().is_ok() {
        return Err(InitError::Exists(arguments.output).into());
    }
    if arguments.table.is_some() && !arguments.files.is_empty() {
        return Err(InitError::TableOfFiles.into());
    }
    let url = url(&arguments);
    let zone = surroundings.environment.get("TZ").filter(|zone| zone.contains('/')).cloned();
    let settings = Settings::resolve(None, &overrides(&arguments), &surroundings.environment)?;
    let request = DraftRequest {
        table: arguments.table.as_deref(),
        windows: arguments.at.is_some().then_some(&settings.question.windows),
        url: url.as_deref(),
        zone: ZoneHint { declared: arguments.time_zone.as_deref(), here: zone.as_deref() },
    };
    let Draft { text, preview } = draft(&settings, request, &surroundings.cancellation).await?;
    surroundings.err.write_all(preview.as_bytes())?;
    if printed {
        surroundings.print_exactly(text.as_bytes())?;
    } else {
        sink::to_new_file(&arguments.output, text.as_bytes())?;
    }
    tell(&arguments, &text, url.as_deref() == Some(VARIABLE), surroundings)?;
    Ok(Exit::Success)
}

fn overrides(arguments: &InitArguments) -> Overrides {
    Overrides {
        db: arguments.database.db.clone(),
        files: arguments.files.clone(),
        // Settings have windows, wanted or not.
        at: Some(arguments.at.clone().unwrap_or_else(|| "now".to_owned())),
        time_zone: arguments.time_zone.clone(),
        as_of: arguments.snapshot.as_of.clone(),
        scope: Some("all".to_owned()),
        max_time: arguments.limits.max_time.clone(),
        allow_full_scan: arguments.limits.allow_full_scan,
        ..Overrides::default()
    }
}

/// The address as the file has it: of a file as it was given, of a server by a variable.
fn url(arguments: &InitArguments) -> Option<String> {
    if !arguments.files.is_empty() {
        return None;
    }
    let url = arguments.database.db.as_deref().map(|given| database_url(given).into_owned());
    let of_file = url.filter(|url| url.starts_with("sqlite:"));
    Some(of_file.unwrap_or_else(|| VARIABLE.to_owned()))
}

/// What was written, and what is left to do.
fn tell(
    arguments: &InitArguments,
    text: &str,
    variable: bool,
    surroundings: &mut Surroundings<'_>,
) -> Result<(), Failure> {
    let name = arguments.output.display().to_string();
    if name != "-" {
        writeln!(surroundings.err, "wrote {name}")?;
    }
    let mut environment = surroundings.environment.clone();
    environment.entry("DATABASE_URL".to_owned()).or_insert_with(|| "sqlite::memory:".to_owned());
    for problem in lint(text, &name, &environment) {
        writeln!(surroundings.err, "to decide: {problem}")?;
    }
    if variable && !surroundings.environment.contains_key("DATABASE_URL") {
        writeln!(surroundings.err, "to do: give the address of the database in DATABASE_URL, or with --db")?;
    }
    let files: String = arguments.files.iter().map(|file| format!(" {}", quoted(file))).collect();
    let deployment = if name == "deployment.toml" || name == "-" {
        String::new()
    } else {
        format!(" --deployment {name}")
    };
    let at = if arguments.at.is_some() { "" } else { " --at TIME" };
    writeln!(surroundings.err, "then: jobdelta report{files}{deployment}{at}")?;
    Ok(())
}

fn quoted(file: &Path) -> String {
    let text = file.display().to_string();
    if text.contains(' ') { format!("'{text}'") } else { text }
}
