//! `jobdelta checkpoint`

use std::path::PathBuf;

use super::arguments::{CheckpointArguments, STANDARD_OUTPUT};
use super::report::exit_of;
use super::{Exit, Failure, Surroundings, settings};
use crate::clock::Timestamp;
use crate::figure;
use crate::render::checkpoint::{ShownCheckpoint, json, markdown};
use crate::render::{Format, RenderError};
use crate::sink;
use crate::store::checkpoints::CheckpointStore;
use crate::watch::checkpoints::{Taken, take_due};
use crate::watch::{News, announce};

#[derive(Debug, thiserror::Error)]
enum WrongOutput {
    #[error("a checkpoint is written as md or json, not as {0}")]
    Format(&'static str),
    #[error(
        "checkpoints are kept as they are, and are not redacted; write them where only those read who may"
    )]
    Redacted,
}

pub(super) async fn run(
    arguments: CheckpointArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let CheckpointArguments { files, store, analysis, output, format, exit_code } = arguments;
    let outputs = outputs(output, format.as_deref())?;
    let analysis = settings::with_store(settings::with_files(analysis, files), Some(store.clone()));
    let settings = settings::resolve(analysis, surroundings)?;
    if !settings.delivery.redact.is_empty() {
        return Err(WrongOutput::Redacted.into());
    }
    let kept = CheckpointStore::open(&store).await?;
    let taken = Box::pin(take_due(&settings, &kept, surroundings.clock, &surroundings.cancellation)).await?;
    note(&taken, surroundings)?;
    let Some((checkpoint, before)) = taken.checkpoints.split_last() else { return Ok(Exit::Success) };
    let shown = ShownCheckpoint { checkpoint, before: before.last(), plan: taken.plan };
    let (mut files, mut printed) = (Vec::new(), Vec::new());
    for (path, format) in outputs {
        let bytes = match format {
            Format::Json => json(shown)?,
            _ => markdown(shown),
        };
        match path {
            Some(path) => files.push((path, bytes)),
            None => printed.push((format, bytes)),
        }
    }
    sink::to_files(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    for (format, bytes) in printed {
        match format {
            Format::Json => surroundings.print_exactly(&bytes)?,
            _ => surroundings.print(&bytes)?,
        }
    }
    let (clock, cancellation) = (surroundings.clock, surroundings.cancellation.clone());
    let mut tell = |_: Timestamp, news: &News| surroundings.note(&news.to_string());
    announce(&settings, &store, &taken, clock, &cancellation, &mut tell).await?;
    Ok(if exit_code { exit_of(&checkpoint.since_start) } else { Exit::Success })
}

/// Where to write what.
fn outputs(paths: Vec<PathBuf>, format: Option<&str>) -> Result<Vec<(Option<PathBuf>, Format)>, Failure> {
    let mut outputs = Vec::new();
    let (printed, files): (Vec<PathBuf>, _) =
        paths.into_iter().partition(|path| path.as_os_str() == STANDARD_OUTPUT);
    for path in files {
        let format = known(Format::from_path(&path))?;
        outputs.push((Some(path), format));
    }
    match format {
        Some(name) => outputs.push((None, known(Format::from_name(name))?)),
        None if outputs.is_empty() || !printed.is_empty() => outputs.push((None, Format::Markdown)),
        None => {}
    }
    Ok(outputs)
}

fn known(format: Result<Format, RenderError>) -> Result<Format, Failure> {
    match format? {
        format @ (Format::Json | Format::Markdown) => Ok(format),
        other => Err(WrongOutput::Format(other.name()).into()),
    }
}

fn note(taken: &Taken, surroundings: &mut Surroundings<'_>) -> std::io::Result<()> {
    let next =
        taken.next.map(|at| format!("; the next is due at {}", figure::instant(at))).unwrap_or_default();
    let text = match (taken.new, taken.checkpoints.is_empty()) {
        (0, true) => format!("no checkpoint is due yet{next}"),
        (0, false) => format!("no new checkpoint was due{next}"),
        (new, _) => {
            format!("{} taken{next}", figure::counted(new as u64, "checkpoint was", "checkpoints were"))
        }
    };
    surroundings.note(&text)
}
