//! What a file is: runs, or a log, by its name and its content.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fault::ReadError;
use super::file::ending;
use super::lines::Lines;
use super::log::{Journald, Kubernetes, LogFiles, LogKind, LogRules};
use crate::log_pattern::{LogPattern, LogSettings};

/// As much of a file as is looked at to know what it is.
const HEAD_BYTES: u64 = 1 << 20;

/// The kinds of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines of an application.
    JobLog,
    /// `journalctl -o json`
    Journald,
    /// `kubectl get events -o json`
    Kubernetes,
}

/// What is read as one.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // there are as many as files
pub enum Input {
    Runs(PathBuf),
    Log(LogFiles),
}

/// What `files` are, in their order; logs of one kind are read as one, in the place of the first. A `format` is
/// that of all.
///
/// # Errors
/// When a file is none of those, or cannot be read.
pub fn inputs(
    files: &[PathBuf],
    format: Option<LogFormat>,
    settings: &LogSettings,
) -> Result<Vec<Input>, ReadError> {
    let patterns = patterns(settings)?;
    let mut found: Vec<(FileKind, Vec<PathBuf>)> = Vec::new();
    for file in files {
        let kind = FileKind::of(file, format, settings, &patterns)?;
        match found.iter_mut().find(|(known, _)| kind != FileKind::Runs && *known == kind) {
            Some((_, files)) => files.push(file.clone()),
            None => found.push((kind, vec![file.clone()])),
        }
    }
    let opened = |(kind, files): (FileKind, Vec<PathBuf>)| {
        let kind = match kind {
            FileKind::Runs => {
                return Ok::<_, ReadError>(files.into_iter().map(Input::Runs).collect::<Vec<_>>());
            }
            FileKind::JobLog(number) => LogKind::JobLog(Arc::clone(&patterns[number])),
            FileKind::Journald => LogKind::Journald,
            FileKind::Kubernetes => LogKind::Kubernetes,
        };
        Ok(vec![Input::Log(LogFiles::open(kind, files)?)])
    };
    let mut inputs = Vec::new();
    for kind in found {
        inputs.extend(opened(kind)?);
    }
    Ok(inputs)
}

fn patterns(settings: &LogSettings) -> Result<Vec<Arc<LogRules>>, ReadError> {
    let compiled = |pattern: &LogPattern| {
        let rules = LogRules::of(pattern, settings.time_zone);
        rules.map(Arc::new).map_err(|source| ReadError::Pattern { pattern: pattern.name.clone(), source })
    };
    settings.patterns.iter().map(compiled).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Runs,
    /// With the pattern of this number.
    JobLog(usize),
    Journald,
    Kubernetes,
}

impl FileKind {
    fn of(
        file: &Path,
        format: Option<LogFormat>,
        settings: &LogSettings,
        patterns: &[Arc<LogRules>],
    ) -> Result<Self, ReadError> {
        let ending = ending(file);
        match format {
            Some(LogFormat::Journald) => return Ok(Self::Journald),
            Some(LogFormat::Kubernetes) => return Ok(Self::Kubernetes),
            Some(LogFormat::JobLog) if settings.is_given => return Ok(Self::JobLog(0)),
            None if ending == "csv" => return Ok(Self::Runs),
            _ => {}
        }
        let head = head(file)?;
        let pattern = || described(&head, patterns).map(Self::JobLog);
        if format.is_some() {
            let unknown = || ReadError::UnknownLog { file: file.to_owned(), looked_at: HEAD_BYTES };
            return pattern().ok_or_else(unknown);
        }
        let first = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
        let first = first.unwrap_or_default();
        let is_ndjson = ["ndjson", "jsonl"].contains(&ending.as_str());
        if Journald::is_entry(first) {
            Ok(Self::Journald)
        } else if is_ndjson && has_key(first, "job_name") {
            Ok(Self::Runs)
        } else if Kubernetes::is_list(&String::from_utf8_lossy(&head)) {
            Ok(Self::Kubernetes)
        } else if let Some(kind) = pattern() {
            Ok(kind)
        } else if is_ndjson {
            Ok(Self::Runs)
        } else if settings.is_given {
            Ok(Self::JobLog(0))
        } else {
            Err(ReadError::Ending(file.to_owned()))
        }
    }
}

fn head(file: &Path) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    let failed = |source| ReadError::Io { file: file.to_owned(), source };
    Lines::open(file)?.into_reader().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
    Ok(head)
}

/// The pattern that describes the most lines.
fn described(head: &[u8], patterns: &[Arc<LogRules>]) -> Option<usize> {
    let lines =
        |rules: &LogRules| head.split(|byte| *byte == b'\n').filter(|line| rules.describes(line)).count();
    let counts = patterns.iter().map(|rules| lines(rules)).enumerate();
    let (number, count) = counts.rev().max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(number)
}

fn has_key(line: &[u8], key: &str) -> bool {
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line)
        .is_ok_and(|object| object.contains_key(key))
}
