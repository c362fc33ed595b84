//! `jobdelta import FILE…`: runs from files and logs into `job_runs`.

use std::fmt::Write as _;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{ImportArguments, LogFormatArgument};
use super::settings::draft;
use super::{Exit, Failure, Surroundings, Verbosity};
use crate::deployment::LogSection;
use crate::log_pattern::LogSettings;
use crate::settings::database_url;
use crate::source::import::LogFormat;
use crate::source::load::{self, BadLines, ImportError, ImportOptions, ImportSummary, Progress};

pub(super) async fn run(
    arguments: ImportArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let options = options(&arguments, surroundings)?;
    let shown = surroundings.verbosity != Verbosity::Quiet;
    let summary = import(&database_url(&arguments.database.db), &arguments.files, &options, shown).await?;
    surroundings.err.write_all(left_out(&summary).as_bytes())?;
    for note in summary.notes() {
        writeln!(surroundings.err, "note: {note}")?;
    }
    surroundings.print(done(&summary).as_bytes())?;
    Ok(Exit::Success)
}

/// What the deployment file says of logs, with the flags over it.
fn options(
    arguments: &ImportArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<ImportOptions, Failure> {
    let file = draft(arguments.deployment.as_deref(), surroundings)?;
    let logs = match &file {
        Some(file) => file.logs()?,
        None => LogSection::default().settings()?,
    };
    let format = arguments.format.map(|format| match format {
        LogFormatArgument::JobLog => LogFormat::JobLog,
        LogFormatArgument::Journald => LogFormat::Journald,
        LogFormatArgument::Kubernetes => LogFormat::Kubernetes,
    });
    let logs = LogSettings { time_zone: arguments.time_zone.or(logs.time_zone), ..logs };
    let bad_lines = match (arguments.skip_bad, arguments.all_errors) {
        (false, _) => BadLines::Refuse,
        (true, false) => BadLines::Skip,
        (true, true) => BadLines::SkipAndKeep,
    };
    Ok(ImportOptions { bad_lines, format, logs })
}

/// Imports `files` into the database at `url`, with a progress bar where standard error is a terminal.
async fn import(
    url: &str,
    files: &[PathBuf],
    options: &ImportOptions,
    shown: bool,
) -> Result<ImportSummary, ImportError> {
    let bar = if shown { bar() } else { ProgressBar::hidden() };
    let summary = load::import_into(url, files, options, &mut |progress| show(&bar, progress)).await;
    bar.finish_and_clear();
    summary
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{msg} {bar:30} {bytes} of {total_bytes}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn show(bar: &ProgressBar, progress: Progress<'_>) {
    if bar.length() != Some(progress.size_bytes) {
        bar.set_length(progress.size_bytes);
    }
    if progress.read_bytes < bar.position() || bar.message().is_empty() {
        bar.set_message(progress.file.display().to_string());
    }
    bar.set_position(progress.read_bytes);
}

/// What was done, a line a file, for standard output.
fn done(summary: &ImportSummary) -> String {
    let mut text = String::new();
    for file in &summary.files {
        let stored = file.stored;
        let _ = write!(
            text,
            "{}: {} added, {} updated, {} unchanged",
            file.name(),
            stored.added,
            stored.updated,
            stored.unchanged
        );
        if file.bad > 0 {
            let _ = write!(text, ", {} left out", lines(file.bad));
        }
        text.push('\n');
    }
    text
}

/// The bad lines that were left out, for standard error; empty when there were none.
fn left_out(summary: &ImportSummary) -> String {
    let mut text = String::new();
    for file in &summary.files {
        for bad in &file.first_bad {
            let _ = writeln!(text, "left out: {bad}");
        }
        let more = file.bad.saturating_sub(u64::try_from(file.first_bad.len()).unwrap_or(u64::MAX));
        if more > 0 {
            let _ =
                writeln!(text, "left out: {} more of {}; --all-errors shows each", lines(more), file.name());
        }
    }
    text
}

fn lines(count: u64) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}
