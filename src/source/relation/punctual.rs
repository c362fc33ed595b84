//! Whether a first attempt started on time, as a column.

use super::by_job::by_job;
use super::range::ReadRange;
use super::writer::Writer;
use crate::clock::SECOND_US;
use crate::observation::punctual::PunctualSeconds;

impl Writer<'_> {
    /// 1 or 0; NULL for a job that is not in `punctual`, without a start, and for a retry.
    pub(super) fn on_time(&mut self, ranges: &[ReadRange]) -> String {
        let mut windows = String::new();
        for range in ranges {
            let mut arms = Vec::new();
            for (number, job) in self.relation.settings.jobs.iter().enumerate() {
                if let Some(seconds) = range.punctual.get(&job.name) {
                    arms.push(self.arm(number, &job.name, flag(seconds)));
                }
            }
            if !arms.is_empty() {
                windows.push_str(&format!(" WHEN {} THEN {}", range.window_id, by_job(arms, "")));
            }
        }
        if windows.is_empty() {
            return self.dialect().integer("NULL");
        }
        let first = "started_us IS NOT NULL AND (attempt IS NULL OR attempt <= 1)";
        format!("CASE WHEN {first} THEN CASE window_id{windows} END END")
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
