//! `jobdelta man DIR`

use std::path::PathBuf;

use super::arguments::ManArguments;
use super::completions::with_values;
use super::{Exit, Failure, Surroundings};

#[derive(Debug, thiserror::Error)]
#[error("failed to write the pages to {}: {source}", dir.display())]
struct UnwrittenPages {
    dir: PathBuf,
    #[source]
    source: std::io::Error,
}

pub(super) fn run(arguments: &ManArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let dir = &arguments.dir;
    let failed = |source| UnwrittenPages { dir: dir.clone(), source };
    std::fs::create_dir_all(dir).map_err(failed)?;
    clap_mangen::generate_to(with_values(), dir).map_err(failed)?;
    surroundings.note(&format!(
        "the pages are in {}; `man -l {}` shows the first",
        dir.display(),
        dir.join("jobdelta.1").display()
    ))?;
    Ok(Exit::Success)
}
