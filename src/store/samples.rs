//! Samples of the built-in measurements.

use std::path::Path;

use super::{StoreError, open, open_existing};
use crate::clock::Timestamp;
use crate::database::{BoundValue, Cell, OwnFile};
use crate::measurement::{SampleSeriesKey, TakenSample};
use crate::window::Period;

pub struct SampleStore(OwnFile);

/// Samples as rows of JSON: source, measurement, instant, value.
const NEW_SERIES: &str = "INSERT OR IGNORE INTO sample_series (source, measurement) \
     SELECT value ->> 0, value ->> 1 FROM json_each(?1)";

const NEW_SAMPLES: &str = "INSERT OR IGNORE INTO samples (series, at_us, value) \
     SELECT s.id, taken.value ->> 2, taken.value ->> 3 FROM json_each(?1) taken \
     JOIN sample_series s ON s.source = taken.value ->> 0 AND s.measurement = taken.value ->> 1";

const BETWEEN: &str = "SELECT at_us, printf('%!.17g', value) FROM samples \
     WHERE series = (SELECT id FROM sample_series WHERE source = ?1 AND measurement = ?2) \
     AND at_us >= ?3 AND at_us < ?4 ORDER BY at_us";

impl SampleStore {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open(path).await?))
    }

    /// The same for a file that has to be there.
    pub async fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open_existing(path).await?))
    }

    /// Keeps the samples of a round, all or none. A second sample of a series at one instant is left out.
    pub async fn add(&self, samples: &[TakenSample]) -> Result<(), StoreError> {
        let rows: Vec<_> = samples
            .iter()
            .filter(|sample| sample.value.is_finite())
            .map(|TakenSample { key, at, value }| (&key.source, &key.measurement, at.us(), value))
            .collect();
        let rows = serde_json::to_string(&rows)
            .map_err(|error| StoreError::Document { what: "sample", problem: error.to_string() })?;
        let rows = [BoundValue::Text(rows)];
        self.0.change(NEW_SERIES, &rows).await?;
        self.0.change(NEW_SAMPLES, &rows).await?;
        Ok(())
    }

    /// Those of a series in a period, in the order of time.
    pub async fn between(
        &self,
        key: &SampleSeriesKey,
        Period { start, end }: Period,
    ) -> Result<Vec<(Timestamp, f64)>, StoreError> {
        let SampleSeriesKey { source, measurement } = key;
        let values = [
            BoundValue::Text(source.clone()),
            BoundValue::Text(measurement.clone()),
            BoundValue::Int(start.us()),
            BoundValue::Int(end.us()),
        ];
        let rows = self.0.rows(BETWEEN, &values).await?;
        let sample = |row: &Vec<Cell>| match row.as_slice() {
            [Cell::Int(at), Cell::Text(value)] => Some((Timestamp(*at), value.parse().ok()?)),
            _ => None,
        };
        Ok(rows.iter().filter_map(sample).collect())
    }
}
