//! How times are written in the columns of a file, where the deployment file does not say it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::import::TextRow;
use crate::legible;
use crate::mapping::{EpochUnit, MappingSettings};
use crate::run::Field;
use crate::time_format::TimeFormat;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: column '{column}' holds '{text}', {problem}", .file.display())]
pub struct UnknownTimes {
    file: PathBuf,
    column: String,
    text: String,
    problem: String,
}

/// The mapping with the unit of whole numbers, which their size tells.
///
/// # Errors
/// When no text of a column of times can be read as one.
pub(super) fn with_times(
    mut mapping: MappingSettings,
    file: &Path,
    columns: &[String],
    rows: &[TextRow],
) -> Result<MappingSettings, UnknownTimes> {
    for field in Field::TIMES {
        let Some(column) = mapping.columns.get(&field).map(|column| column.place.column().to_owned()) else {
            continue;
        };
        let Some(place) = columns.iter().position(|name| *name == column) else { continue };
        let texts = || rows.iter().filter_map(|row| row.get(place)?.as_deref());
        let Some(first) = texts().next() else { continue };
        if mapping.time_unit.is_some() {
            continue;
        }
        if mapping.time_format.is_none()
            && texts().all(is_whole)
            && let Ok(number) = first.parse::<i64>()
        {
            mapping.time_unit = Some(EpochUnit::by_size(number.unsigned_abs()));
            continue;
        }
        let problem = match &mapping.time_format {
            Some(format) if !texts().any(|text| format.reads(text)) => {
                Some(format!("which time_format = \"{format}\" does not read{}", proposed(texts())))
            }
            None if !texts().any(is_iso) => {
                Some(format!("which is no time in ISO 8601{}", proposed(texts())))
            }
            _ => None,
        };
        if let Some(problem) = problem {
            let text = legible::name(first);
            return Err(UnknownTimes { file: file.to_owned(), column, text, problem });
        }
    }
    Ok(mapping)
}

fn proposed<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> String {
    let formats: Vec<String> =
        TimeFormat::guess(texts).iter().map(|format| format!("time_format = \"{format}\"")).collect();
    match formats.as_slice() {
        [] => {
            "; say how it is written with time_format in [source], such as \"%d.%m.%Y %H:%M:%S\"".to_owned()
        }
        formats => format!("; write {} in [source] of the deployment file", formats.join(" or ")),
    }
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    // Of more digits it is a date without separators, or no time at all.
    (1..=19).contains(&digits.len()) && digits.len() != 14 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_iso(text: &str) -> bool {
    let spaced = text.replacen('T', " ", 1);
    DateTime::parse_from_rfc3339(text).is_ok()
        || NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%d %H:%M:%S%.f").is_ok()
        || NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%d %H:%M").is_ok()
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}
