//! `jobdelta demo`

use std::path::{Path, PathBuf};

use super::arguments::{AnalysisArguments, DatabaseArgument, DemoArguments, RowsArguments, SourceArguments};
use super::{Exit, Failure, Surroundings, settings};
use crate::demo;
use crate::pipeline;
use crate::render::{self, Format, Style, TemplateChoice, email};
use crate::sink;
use crate::source::load::{self, ImportOptions};

/// The reports that the demo writes, every format for readers, and the template of each.
const REPORTS: [(&str, Format, Option<TemplateChoice<'static>>); 8] = [
    ("report.html", Format::Html, None),
    ("report.md", Format::Markdown, Some(TemplateChoice::REPORT)),
    ("final-summary.md", Format::Markdown, Some(TemplateChoice::FINAL_SUMMARY)),
    ("report.json", Format::Json, None),
    ("report.txt", Format::Text, None),
    ("report.xml", Format::Junit, None),
    ("report.eml", Format::Email, None),
    ("brief.md", Format::Brief, None),
];

#[derive(Debug, thiserror::Error)]
#[error("failed to make the directory {}: {source}", dir.display())]
struct DirectoryError {
    dir: PathBuf,
    #[source]
    source: std::io::Error,
}

#[derive(Debug, thiserror::Error)]
#[error(
    "{} is there already and was not made by this demo; name another directory with --dir, or remove it",
    file.display()
)]
struct OccupiedError {
    file: PathBuf,
}

pub(super) async fn run(
    arguments: DemoArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let dir = &arguments.dir;
    prepare(dir).await?;
    let source = SourceArguments {
        deployment: Some(dir.join("deployment.toml")),
        database: DatabaseArgument { db: Some(database(dir)) },
        ..SourceArguments::default()
    };
    let rows = RowsArguments { source, ..RowsArguments::default() };
    let analysis = AnalysisArguments { rows, ..AnalysisArguments::default() };
    let settings = settings::resolve(analysis, surroundings)?;
    let report = pipeline::run(&settings, surroundings.clock, &surroundings.cancellation).await?;
    for (name, format, template) in REPORTS {
        let bytes = match format {
            Format::Email => email::message(&report, &settings.delivery.email)?,
            // A file has no colours and no width of a terminal.
            _ => render::render(&report, format, template.as_ref(), &Style::PLAIN)?,
        };
        sink::to_file(&dir.join(name), &bytes)?;
    }
    let summary = render::render(&report, Format::Text, None, &surroundings.style)?;
    let text = format!("{}\n{}", String::from_utf8_lossy(&summary), places(dir));
    surroundings.print(text.as_bytes())?;
    Ok(Exit::Success)
}

/// The rows, the database and the deployment file, made anew.
async fn prepare(dir: &Path) -> Result<(), Failure> {
    check_unoccupied(dir)?;
    std::fs::create_dir_all(dir).map_err(|source| DirectoryError { dir: dir.to_owned(), source })?;
    let rows = dir.join("runs.csv");
    sink::to_file(&rows, demo::runs_csv().as_bytes())?;
    sink::to_file(&dir.join("deployment.toml"), demo::DEPLOYMENT.as_bytes())?;
    let url = database(dir);
    load::make_tables(&url).await?;
    load::import_into(&url, &[rows], &ImportOptions::default(), &mut |_| {}).await?;
    Ok(())
}

/// The demo below `dir`, as a folder of deployment files.
pub(super) async fn for_service(dir: &Path) -> Result<PathBuf, Failure> {
    prepare(dir).await?;
    let deployments = dir.join("deployments");
    std::fs::create_dir_all(&deployments)
        .map_err(|source| DirectoryError { dir: deployments.clone(), source })?;
    let text = demo::DEPLOYMENT.replace("sqlite://runs.sqlite", &database(dir));
    sink::to_file(&deployments.join("demo.toml"), text.as_bytes())?;
    Ok(deployments)
}

/// The demo writes over its own files and over nobody else's: a directory is the demo's when its deployment
/// file is.
fn check_unoccupied(dir: &Path) -> Result<(), OccupiedError> {
    let deployment = std::fs::read_to_string(dir.join("deployment.toml"));
    if deployment.is_ok_and(|text| text == demo::DEPLOYMENT) {
        return Ok(());
    }
    let reports = REPORTS.iter().map(|(name, ..)| *name);
    let mut files = ["deployment.toml", "runs.csv", "runs.sqlite"].into_iter().chain(reports);
    match files.find(|name| dir.join(name).exists()) {
        Some(name) => Err(OccupiedError { file: dir.join(name) }),
        None => Ok(()),
    }
}

fn database(dir: &Path) -> String {
    format!("sqlite://{}", dir.join("runs.sqlite").display())
}

/// The program as it can be started from another folder: by its path, unless it was found by its name.
fn program() -> String {
    let own_name = "jobdelta".to_owned();
    let started_as = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    if started_as.components().count() < 2 {
        return own_name;
    }
    std::env::current_exe().map_or(own_name, |path| shell_word(&path))
}

/// A path as a word of a shell's command.
fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn places(dir: &Path) -> String {
    let (word, program) = (shell_word(dir), program());
    let dir = dir.display();
    format!(
        "In {dir}: runs.sqlite (and runs.csv, the same rows), deployment.toml,\n\
         report.html to look at; report.md, final-summary.md, report.eml, brief.md to\n\
         hand on; report.txt, report.xml, report.json for programs\n\
         Next: cd {word} && {program} check\n"
    )
}
