//! From arguments, the deployment file and the environment to settings: shared by the commands.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::{AnalysisArguments, ExecutionArgument, ScopeArgument, SourceArguments};
use super::{Failure, Surroundings};
use crate::clock::Span;
use crate::deployment::{DeploymentFile, Problems};
use crate::pipeline::statements::DEFAULT_REACH;
use crate::settings::{Execution, Overrides, Settings, WatchChecks};

/// The deployment file that is read when none is named.
const DEFAULT_FILE: &str = "deployment.toml";

/// What the root of a repository holds: a folder, or a file in a further work tree.
const REPOSITORY: &str = ".git";

#[derive(Debug, thiserror::Error)]
#[error("failed to read {}: {source}", path.display())]
pub(super) struct UnreadableFile {
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

/// The text of a file.
pub(super) fn read_file(path: &Path) -> Result<String, UnreadableFile> {
    std::fs::read_to_string(path).map_err(|source| UnreadableFile { path: path.to_owned(), source })
}

/// `arguments` with the files of runs that a command was given.
pub(super) fn with_files(arguments: AnalysisArguments, files: Vec<PathBuf>) -> AnalysisArguments {
    AnalysisArguments { files, ..arguments }
}

/// `arguments` with the store that a command was given.
pub(super) fn with_store(arguments: AnalysisArguments, store: Option<PathBuf>) -> AnalysisArguments {
    AnalysisArguments { history: store, ..arguments }
}

pub(super) fn resolve(
    arguments: AnalysisArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Settings, Failure> {
    let file = deployment(&arguments.rows.source, surroundings)?;
    Ok(Settings::resolve(file, &overrides(arguments), &surroundings.environment)?)
}

/// The same with the checks that a watch asks.
pub(super) fn resolve_for_watch(
    arguments: AnalysisArguments,
    checks: WatchChecks,
    surroundings: &mut Surroundings<'_>,
) -> Result<Settings, Failure> {
    let file = deployment(&arguments.rows.source, surroundings)?;
    let overrides = Overrides { checks, ..overrides(arguments) };
    Ok(Settings::resolve(file, &overrides, &surroundings.environment)?)
}

/// The same with the addresses of a mail.
pub(super) fn resolve_for_mail(
    arguments: AnalysisArguments,
    mail_from: Option<String>,
    mail_to: Vec<String>,
    surroundings: &mut Surroundings<'_>,
) -> Result<Settings, Failure> {
    let file = deployment(&arguments.rows.source, surroundings)?;
    let overrides = Overrides { mail_from, mail_to, ..overrides(arguments) };
    Ok(Settings::resolve(file, &overrides, &surroundings.environment)?)
}

/// The same for each environment of the deployment file, in their order.
pub(super) fn for_environments(
    arguments: AnalysisArguments,
    mail_from: Option<&String>,
    mail_to: &[String],
    surroundings: &mut Surroundings<'_>,
) -> Result<Vec<Settings>, Failure> {
    let source = &arguments.rows.source;
    let file = read_by(DeploymentFile::read, source.deployment.as_deref(), surroundings)?.unwrap_or_default();
    let mut environments = Vec::new();
    for name in file.environment_names() {
        let overrides = Overrides {
            mail_from: mail_from.cloned(),
            mail_to: mail_to.to_vec(),
            ..overrides(arguments.clone())
        };
        let file = in_environment(Some(file.clone()), Some(name))?;
        environments.push(Settings::resolve(file, &overrides, &surroundings.environment)?);
    }
    Ok(environments)
}

/// The same for commands that look rather than report: without windows the last day is held against the
/// day before, and without `database` no source has to be named.
pub(super) fn for_looking(
    arguments: AnalysisArguments,
    surroundings: &mut Surroundings<'_>,
    database: bool,
) -> Result<Settings, Failure> {
    looking(arguments, WatchChecks::Never, surroundings, database)
}

/// The same with what the checks that a watch asks need, where the deployment file asks them.
pub(super) fn for_doctor(
    arguments: AnalysisArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Settings, Failure> {
    looking(arguments, WatchChecks::AsWritten, surroundings, true)
}

fn looking(
    arguments: AnalysisArguments,
    checks: WatchChecks,
    surroundings: &mut Surroundings<'_>,
    database: bool,
) -> Result<Settings, Failure> {
    let file = deployment(&arguments.rows.source, surroundings)?;
    let mut overrides = Overrides { checks, ..overrides(arguments) };
    let windows = file.as_ref().map(|file| &file.windows);
    let in_file = windows.is_some_and(|windows| {
        windows.at.is_some() || windows.baseline.is_some() || windows.stagger.is_some()
    });
    if overrides.at.is_none() && overrides.baseline.is_none() && overrides.stagger.is_none() && !in_file {
        overrides.at = Some(DEFAULT_REACH.to_string());
        overrides.settle = Some(Span::default().to_string());
    }
    if !database && overrides.files.is_empty() {
        // No statement is sent: the place is never opened.
        overrides.db = Some("sqlite::memory:".to_owned());
    }
    Ok(Settings::resolve(file, &overrides, &surroundings.environment)?)
}

/// The deployment file as it holds in the environment that is meant.
fn deployment(
    source: &SourceArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Option<DeploymentFile>, Failure> {
    let file = read_by(DeploymentFile::read, source.deployment.as_deref(), surroundings)?;
    in_environment(file, source.environment.as_deref())
}

fn in_environment(
    file: Option<DeploymentFile>,
    name: Option<&str>,
) -> Result<Option<DeploymentFile>, Failure> {
    // Without a file there is no environment to name.
    let file = file.or_else(|| name.map(|_| DeploymentFile::default()));
    let chosen = file.map(|file| file.in_environment(name)).transpose();
    Ok(chosen.map_err(|problem| Problems(vec![problem]))?)
}

/// The same for a command that needs no mapping of a table.
pub(super) fn draft(
    named: Option<&Path>,
    surroundings: &mut Surroundings<'_>,
) -> Result<Option<DeploymentFile>, Failure> {
    in_environment(read_by(DeploymentFile::read_draft, named, surroundings)?, None)
}

type ReadFile = fn(&str, &str, &BTreeMap<String, String>) -> Result<DeploymentFile, Problems>;

fn read_by(
    read: ReadFile,
    named: Option<&Path>,
    surroundings: &mut Surroundings<'_>,
) -> Result<Option<DeploymentFile>, Failure> {
    let Some(path) = named.map(Path::to_owned).or_else(|| default_file(surroundings)) else {
        return Ok(None);
    };
    let text = read_file(&path)?;
    Ok(Some(read(&text, &path.display().to_string(), &surroundings.environment)?))
}

/// The file of this folder, else of the nearest one above up to the root of the repository. It is said when it is
/// not this folder's.
fn default_file(surroundings: &mut Surroundings<'_>) -> Option<PathBuf> {
    let here = Path::new(DEFAULT_FILE);
    if here.exists() {
        return Some(here.to_owned());
    }
    let folder = std::env::current_dir().ok()?;
    let root = folder.ancestors().position(|folder| folder.join(REPOSITORY).exists())?;
    let found = folder.ancestors().take(root + 1).position(|folder| folder.join(DEFAULT_FILE).exists())?;
    let path: PathBuf = std::iter::repeat_n("..", found).chain([DEFAULT_FILE]).collect();
    // A note that cannot be written is no reason to stop.
    drop(surroundings.note(&format!("the deployment file is {}", path.display())));
    Some(path)
}

fn overrides(arguments: AnalysisArguments) -> Overrides {
    let scope = arguments.rows.scope.map(|scope| match scope {
        ScopeArgument::Declared => "declared".to_owned(),
        ScopeArgument::All => "all".to_owned(),
    });
    let execution = arguments.execution.map(|execution| match execution {
        ExecutionArgument::Auto => Execution::Auto,
        ExecutionArgument::Pushdown => Execution::Pushdown,
        ExecutionArgument::Scan => Execution::Scan,
    });
    let rows = arguments.rows;
    Overrides {
        db: rows.source.database.db,
        files: arguments.files,
        source: rows.source.source,
        time_zone: rows.time_zone,
        at: rows.at,
        settle: rows.settle,
        until: rows.until,
        baseline: rows.baseline,
        stagger: rows.stagger,
        baseline_report: arguments.baseline_report,
        baseline_db: arguments.baseline_db,
        history: arguments.history,
        targets: arguments.target,
        checks: WatchChecks::Never,
        as_of: rows.snapshot.as_of,
        nothing_in_flight: arguments.nothing_in_flight,
        min_runs: arguments.min_runs,
        placebo_days: arguments.placebo_days,
        scope,
        execution,
        connections: arguments.connections.map(usize::from),
        redact: arguments.redact,
        max_time: rows.limits.max_time,
        allow_full_scan: rows.limits.allow_full_scan,
        mail_from: None,
        mail_to: Vec::new(),
    }
}
