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

const LATEST: &str = "SELECT at_us FROM samples \
     WHERE series = (SELECT id FROM sample_series WHERE source = ?1 AND measurement = ?2) \
     ORDER BY at_us DESC LIMIT ?3";

/// Each series is a range of the primary key. The lock on the file is released after so many.
const OLDER_SAMPLES: &str = "DELETE FROM samples WHERE (series, at_us) IN (\
     SELECT series, at_us FROM samples WHERE series IN (SELECT id FROM sample_series) AND at_us < ?1 LIMIT ?2)";

const EMPTY_SERIES: &str = "DELETE FROM sample_series \
     WHERE NOT EXISTS (SELECT 1 FROM samples WHERE series = sample_series.id)";

/// Samples that one statement deletes at most.
const MOST_AT_ONCE: u32 = 50_000;

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
        let rows = vec![BoundValue::Text(rows)];
        Ok(self.0.change_all(&[(NEW_SERIES, rows.clone()), (NEW_SAMPLES, rows)]).await?)
    }

    /// Deletes all samples before `from`, and the series that have none left; how many samples.
    pub async fn delete_before(&self, from: Timestamp) -> Result<u64, StoreError> {
        let values = [BoundValue::Int(from.us()), BoundValue::Int(i64::from(MOST_AT_ONCE))];
        let mut deleted = 0;
        loop {
            let now = self.0.change(OLDER_SAMPLES, &values).await?;
            deleted += now;
            if now < u64::from(MOST_AT_ONCE) {
                break;
            }
        }
        if deleted > 0 {
            self.0.change(EMPTY_SERIES, &[]).await?;
        }
        Ok(deleted)
    }

    /// When the last ones of a series were taken, at most `most`, the latest first.
    pub async fn latest(&self, key: &SampleSeriesKey, most: u32) -> Result<Vec<Timestamp>, StoreError> {
        let SampleSeriesKey { source, measurement } = key;
        let values = [
            BoundValue::Text(source.clone()),
            BoundValue::Text(measurement.clone()),
            BoundValue::Int(i64::from(most)),
        ];
        let rows = self.0.rows(LATEST, &values).await?;
        Ok(rows.into_iter().flatten().filter_map(instant).collect())
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

fn instant(cell: Cell) -> Option<Timestamp> {
    if let Cell::Int(at) = cell { Some(Timestamp(at)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_deletion_reads_no_more_than_it_deletes() {
        let folder = tempfile::tempdir().unwrap();
        let store = SampleStore::open(&folder.path().join("store.sqlite")).await.unwrap();
        let sql: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {OLDER_SAMPLES}").into_boxed_str());
        let plan =
            format!("{:?}", store.0.rows(sql, &[BoundValue::Int(0), BoundValue::Int(1)]).await.unwrap());
        assert!(!plan.contains("SCAN") && plan.contains("(series=? AND at_us<?)"), "{plan}");
    }
}
