//! Samples of a CSV file.

use super::error::MeasureError;
use super::series::{MOST_SAMPLES, SampleSeries, collected, described};
use crate::clock::{Stopwatch, Timestamp};
use crate::measurement::SampleFile;
use crate::nearest::did_you_mean;
use crate::source::import::{TableFile, moment};
use crate::window::Window;

/// The samples of a window; rows may be in any order.
pub(super) fn series(kpi: &str, file: &SampleFile, window: &Window) -> Result<SampleSeries, MeasureError> {
    let watch = Stopwatch::start();
    let unreadable = |source| MeasureError::File { kpi: kpi.to_owned(), source };
    let mut table = TableFile::open(&file.path).map_err(unreadable)?;
    let (at, value) = (place(kpi, file, &table, &file.at)?, place(kpi, file, &table, &file.value)?);
    let mut values = Vec::new();
    let mut read = 0;
    while let Some(row) = table.next_row().map_err(unreadable)? {
        read += 1;
        let wrong =
            |reason| MeasureError::Row { kpi: kpi.to_owned(), path: file.path.clone(), row: read, reason };
        let cell = |place: usize| row.get(place).and_then(Option::as_deref).map(str::trim);
        let Some(text) = cell(value).filter(|text| !text.is_empty()) else { continue };
        let at = instant(cell(at).unwrap_or_default()).map_err(wrong)?;
        let value = number(text).map_err(wrong)?;
        if window.observes(at) {
            values.push((at, value));
        }
        if values.len() as u64 > MOST_SAMPLES {
            let advice = "keep one value a minute, or narrow the windows";
            return Err(MeasureError::TooMany { kpi: kpi.to_owned(), limit: MOST_SAMPLES, advice });
        }
    }
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let statement = described([("file", name), ("at", file.at.clone()), ("value", file.value.clone())]);
    Ok(SampleSeries { samples: collected(values, window), read, statement, elapsed: watch.elapsed() })
}

/// The place of a column in the rows of the file.
fn place(kpi: &str, file: &SampleFile, table: &TableFile, column: &str) -> Result<usize, MeasureError> {
    table.columns().position(|name| name == column).ok_or_else(|| MeasureError::NoFileColumn {
        kpi: kpi.to_owned(),
        path: file.path.clone(),
        column: column.to_owned(),
        hint: did_you_mean(column, table.columns()),
    })
}

fn instant(text: &str) -> Result<Timestamp, String> {
    moment(text).ok_or_else(|| {
        format!(
            "'{}' is not a time; write RFC 3339 with an offset (2026-02-01T21:37:00Z) or a whole number since \
             the epoch",
            crate::legible::name(text)
        )
    })
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| {
        format!(
            "'{}' is not a number; leave the cell empty where nothing was measured",
            crate::legible::name(text)
        )
    })
}
