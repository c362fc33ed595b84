//! `jobdelta import FILE…`: runs from files into `job_runs`.

use std::fmt::Write as _;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::ImportArguments;
use super::{Exit, Failure, Surroundings, Verbosity};
use crate::settings::database_url;
use crate::source::load::{self, BadLines, ImportError, ImportSummary, Progress};

pub(super) async fn run(
    arguments: ImportArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let bad_lines = match (arguments.skip_bad, arguments.all_errors) {
        (false, _) => BadLines::Refuse,
        (true, false) => BadLines::Skip,
        (true, true) => BadLines::SkipAndKeep,
    };
    let shown = surroundings.verbosity != Verbosity::Quiet;
    let summary = import(&database_url(&arguments.db), &arguments.files, bad_lines, shown).await?;
    surroundings.err.write_all(left_out(&summary).as_bytes())?;
    surroundings.print(done(&summary).as_bytes())?;
    Ok(Exit::Success)
}

/// Imports `files` into the database at `url`, with a progress bar where standard error is a terminal.
async fn import(
    url: &str,
    files: &[PathBuf],
    bad_lines: BadLines,
    shown: bool,
) -> Result<ImportSummary, ImportError> {
    let bar = if shown { bar() } else { ProgressBar::hidden() };
    let summary = load::import_into(url, files, bad_lines, &mut |progress| show(&bar, progress)).await;
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
            file.file.display(),
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
            let _ = writeln!(
                text,
                "left out: {} more of {}; --all-errors shows each",
                lines(more),
                file.file.display()
            );
        }
    }
    text
}

fn lines(count: u64) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}
