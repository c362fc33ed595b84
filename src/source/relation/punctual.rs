//! Whether a run started on time, as a column.

use std::collections::BTreeMap;

use super::{ReadRange, Writer};
use crate::clock::SECOND_US;
use crate::observation::punctual::PunctualSeconds;

impl Writer<'_> {
    /// 1 or 0; NULL for a job of which it is not known. Jobs with the same seconds, of which there are many
    /// where all run every minute, share a branch.
    pub(super) fn on_time(&mut self, ranges: &[ReadRange]) -> String {
        let mut windows = String::new();
        for range in ranges {
            let mut alike: BTreeMap<&PunctualSeconds, Vec<String>> = BTreeMap::new();
            for (number, job) in self.relation.settings.jobs.iter().enumerate() {
                if let Some(seconds) = range.punctual.get(&job.name) {
                    let name = self.text(&format!("job_{number}"), &job.name);
                    alike.entry(seconds).or_default().push(name);
                }
            }
            let branches: String = alike
                .into_iter()
                .map(|(seconds, names)| {
                    format!(" WHEN job_name IN ({}) THEN {}", names.join(", "), flag(seconds))
                })
                .collect();
            if !branches.is_empty() {
                windows.push_str(&format!(" WHEN {} THEN CASE{branches} END", range.window_id));
            }
        }
        if windows.is_empty() {
            return self.dialect().integer("NULL");
        }
        format!("CASE window_id{windows} END")
    }
}

/// Whether the start lies in one of the ranges.
fn flag(seconds: &PunctualSeconds) -> String {
    let period_us = seconds.period_s() * SECOND_US;
    let inside = |&(first, last): &(i64, i64)| {
        let (from_us, to_us) = (first * SECOND_US, (last + 1) * SECOND_US - 1);
        format!("started_us % {period_us} BETWEEN {from_us} AND {to_us}")
    };
    match seconds.ranges() {
        [] => "0".to_owned(),
        [(0, last)] if last + 1 == seconds.period_s() => "1".to_owned(),
        ranges => {
            let ranges: Vec<String> = ranges.iter().map(inside).collect();
            format!("CASE WHEN {} THEN 1 ELSE 0 END", ranges.join(" OR "))
        }
    }
}
