//! The observations in a file: what is zero is left out, and a table is one list of numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most runs of one job in one window: beyond it the sums of the analysis would not fit their numbers.
pub(super) const MOST_RUNS: u64 = 1_000_000_000;

/// Whether there is nothing to write.
pub(super) fn is_nothing<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A frequency table as a file has it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompactTable {
    pub(super) sum: i128,
    pub(super) min: i64,
    pub(super) max: i64,
    /// By turns how far the number of a cell ([`cell_index`](super::cell_index)) is from that of the cell before it, and its runs.
    pub(super) cells: Vec<u64>,
}

/// Counts by number as a list of steps: the first number, its count, the distance to the next number, its count.
pub(super) mod by_number {
    use super::{BTreeMap, Deserialize, from_steps, steps};
    use serde::{Deserializer, Serialize, Serializer};

    pub(in crate::observation) fn serialize<S: Serializer>(
        counts: &BTreeMap<u32, u64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        steps(counts.iter().map(|(&number, &count)| (u64::from(number), count))).serialize(serializer)
    }

    pub(in crate::observation) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<u32, u64>, D::Error> {
        let list = Vec::deserialize(deserializer)?;
        let numbers = from_steps(&list).map_err(serde::de::Error::custom)?;
        let narrow = |(number, count)| Ok((u32::try_from(number).map_err(serde::de::Error::custom)?, count));
        numbers.into_iter().map(narrow).collect()
    }
}

pub(super) fn steps(counts: impl Iterator<Item = (u64, u64)>) -> Vec<u64> {
    let mut last = 0;
    counts.flat_map(|(number, count)| [number - std::mem::replace(&mut last, number), count]).collect()
}

pub(super) fn from_steps(list: &[u64]) -> Result<Vec<(u64, u64)>, String> {
    let (pairs, rest) = list.as_chunks::<2>();
    if !rest.is_empty() {
        return Err("a step without a count ends the list".to_owned());
    }
    let (mut number, mut total) = (0_u64, 0_u64);
    let mut counts = Vec::with_capacity(pairs.len());
    for (nth, &[step, count]) in pairs.iter().enumerate() {
        if (nth > 0 && step == 0) || count == 0 {
            return Err(format!("a step of {step} with a count of {count} is none"));
        }
        number = number.saturating_add(step);
        total = total.saturating_add(count);
        counts.push((number, count));
    }
    if total > MOST_RUNS {
        return Err(format!("{total} runs are more than one job can have"));
    }
    Ok(counts)
}

/// `n`, `sum`, `sum_of_squares`, `sum_of_products`, `first`, `last`.
pub(super) type CompactSums = (u64, i64, i64, i64, i64, i64);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::observation::dependence::{HIGHEST_CELL, LagSums};
    use crate::observation::durations::DurationTable;

    proptest! {
        #[test]
        fn tables_come_back(durations in prop::collection::vec(0_i64..5_000_000_000, 0..60)) {
            let mut table = DurationTable::default();
            for duration in &durations {
                table.add(*duration);
            }
            let text = serde_json::to_string(&table).unwrap();
            prop_assert_eq!(serde_json::from_str::<DurationTable>(&text).unwrap(), table, "{}", text);
        }

        #[test]
        fn series_come_back(series in prop::collection::vec(0_i64..HIGHEST_CELL, 0..60)) {
            let sums: LagSums = series.into_iter().collect();
            let text = serde_json::to_string(&sums).unwrap();
            prop_assert_eq!(serde_json::from_str::<LagSums>(&text).unwrap(), sums, "{}", text);
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (text, why) in [
            (r#"{"sum":10,"min":1,"max":9,"cells":[1,1,8,-1]}"#, "invalid value: integer `-1`"),
            (r#"{"sum":10,"min":1,"max":9,"cells":[1,1,8]}"#, "a step without a count ends the list"),
            (r#"{"sum":10,"min":1,"max":9,"cells":[1,1,0,1]}"#, "a step of 0 with a count of 1 is none"),
            (r#"{"sum":10,"min":9,"max":1,"cells":[1,1,8,1]}"#, "the durations 9 to 1 µs are not those"),
            (
                r#"{"sum":2007,"min":1004,"max":1003,"cells":[1000,2]}"#,
                "the durations 1004 to 1003 µs are not",
            ),
            (r#"{"sum":99,"min":1,"max":9,"cells":[1,1,8,1]}"#, "the sum of 99 µs is not that"),
            (r#"{"sum":10,"min":1,"max":9,"cells":[1,1,99999,1]}"#, "there is no cell 100000"),
            (r#"{"sum":10,"min":1,"max":9,"cells":[1,9000000000000000000]}"#, "more than one job can have"),
        ] {
            let error = serde_json::from_str::<DurationTable>(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
