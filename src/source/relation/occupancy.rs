//! The last step: what a run is in its window, and when it occupies.

use super::by_job::{Arm, by_job};
use super::{Column, ReadRange, Writer};
use crate::window::Period;

impl Writer<'_> {
    /// The last step: what a run is in its window.
    pub(super) fn runs(&mut self, ranges: &[ReadRange]) -> String {
        let as_of = self.int("as_of_us", self.relation.as_of.us());
        let mut columns: Vec<String> = ["window_id", "job_name", "started_us", "finished_us", "status"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        if self.query.needs(Column::Observed) {
            let whole =
                |range: &ReadRange| range.observed == [Period { start: range.from, end: range.until }];
            let all = ranges.iter().all(whole);
            let observed = if all { "1".to_owned() } else { observed(ranges, self.query.instant()) };
            columns.push(format!("{observed} AS observed"));
        }
        if self.query.needs(Column::Outcome) {
            columns.push(format!("{} AS outcome", self.outcome(&as_of)));
        }
        columns.extend(self.carried().into_iter().map(|column| column.name().to_owned()));
        if self.query.needs(Column::FireUs) {
            columns.push(format!("{} AS fire_us", self.fire(ranges)));
        }
        if self.query.needs(Column::OnTime) {
            columns.push(format!("{} AS on_time", self.on_time(ranges)));
        }
        let past = ranges.iter().all(|range| range.until <= self.relation.as_of);
        let startless = self.query.needs(Column::PlacedUs);
        let before_as_of = if past && self.relation.bounds_are_exact() && !startless {
            String::new()
        } else {
            format!(" AND {} < {as_of}", self.query.instant())
        };
        let not_open = if self.relation.mapping.statuses.has_open() { " AND status <> 'open'" } else { "" };
        let late =
            if ranges.iter().any(|range| range.until > range.end) { late(ranges) } else { String::new() };
        let rows = format!(
            "SELECT {}\n  FROM source_runs\n  WHERE in_scope = 1{before_as_of}{not_open}{late}",
            columns.join(", ")
        );
        if !self.query.needs(Column::OccupiedUntilUs) {
            return format!("runs AS (\n  {rows}\n)");
        }
        let until = occupied_until(ranges);
        let part = if self.query.needs(Column::OccupiedUs) {
            format!(", {} AS occupied_us", occupied_part(ranges))
        } else {
            String::new()
        };
        format!(
            "run_outcomes AS (\n  {rows}\n),\noccupying AS (\n  SELECT r.*, {until} AS occupied_until_us FROM run_outcomes r\n),\n\
             runs AS (\n  SELECT o.*{part} FROM occupying o\n)"
        )
    }

    /// Whether a row of `source_runs` lies in the observed part of its window.
    pub(super) fn observed(&self, ranges: &[ReadRange]) -> String {
        observed(ranges, self.query.instant())
    }

    pub(super) fn outcome(&mut self, as_of: &str) -> String {
        let running = if self.relation.settings.nothing_in_flight {
            "'orphaned'".to_owned()
        } else {
            let after = self.orphan_after();
            format!("CASE WHEN {as_of} - started_us < {after} THEN 'in_flight' ELSE 'orphaned' END")
        };
        format!(
            "CASE status WHEN 'success' THEN 'completed' WHEN 'running' THEN {running} \
             WHEN 'timeout' THEN 'timed_out' ELSE status END"
        )
    }

    pub(super) fn orphan_after(&mut self) -> String {
        let default = self.int("orphan_after_us", self.relation.settings.orphan_after.us());
        let mut arms = Vec::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            if let Some(after) = job.orphan_after {
                let value = self.int(&format!("orphan_after_{number}_us"), after.us());
                arms.push(self.arm(number, &job.name, value));
            }
        }
        if arms.is_empty() { default } else { by_job(arms, &default) }
    }

    /// The moment that a run was meant for, else its start, less the job's offset.
    fn fire(&mut self, ranges: &[ReadRange]) -> String {
        let at = "COALESCE(scheduled_us, started_us)";
        let (observed, offset) = (observed(ranges, at), self.offset(ranges));
        format!("CASE WHEN {observed} = 1 THEN {at} - {offset} END")
    }

    fn offset(&mut self, ranges: &[ReadRange]) -> String {
        let mut windows = String::new();
        for range in ranges {
            let mut arms = Vec::new();
            for (number, job) in self.relation.settings.jobs.iter().enumerate() {
                let Some(offset) = job.offset_in(range.side()) else { continue };
                let value = self.int(&format!("{}_offset_{number}_us", range.name), offset.us());
                arms.push(self.arm(number, &job.name, value));
            }
            if !arms.is_empty() {
                windows.push_str(&format!(" WHEN {} THEN {}", range.window_id, by_job(arms, "")));
            }
        }
        if windows.is_empty() {
            return self.dialect().integer("NULL");
        }
        format!("CASE window_id{windows} END")
    }

    /// A declared job with its value.
    pub(super) fn arm(&mut self, number: usize, name: &str, value: String) -> Arm {
        Arm { name: name.to_owned(), parameter: self.text(&format!("job_{number}"), name), value }
    }
}

/// The observed part of an occupancy, added up over the segments of its window.
fn occupied_part(ranges: &[ReadRange]) -> String {
    let windows: String = ranges
        .iter()
        .map(|range| {
            let parts: Vec<String> = range
                .observed
                .iter()
                .map(|part| {
                    let (start, end) = (part.start.us(), part.end.us());
                    format!("@greatest(@least(occupied_until_us, {end}) - @greatest(started_us, {start}), 0)")
                })
                .collect();
            let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
            format!(" WHEN {} THEN {sum}", range.window_id)
        })
        .collect();
    format!("CASE WHEN occupied_until_us IS NULL THEN 0 ELSE CASE window_id{windows} END END")
}

/// Of what started after its window only what was meant for it.
fn late(ranges: &[ReadRange]) -> String {
    let end = |range: &ReadRange| format!(" WHEN {} THEN {}", range.window_id, range.end.us());
    let ends: String = ranges.iter().map(end).collect();
    format!(" AND @least(placed_us, COALESCE(scheduled_us, placed_us)) < CASE window_id{ends} END")
}

/// Whether an instant lies in the observed part of its window.
fn observed(ranges: &[ReadRange], at: &str) -> String {
    let cases: Vec<String> = ranges
        .iter()
        .flat_map(|range| {
            range.observed.iter().map(|part| {
                let (start, end) = (part.start.us(), part.end.us());
                format!("window_id = {} AND {at} >= {start} AND {at} < {end}", range.window_id)
            })
        })
        .collect();
    if cases.is_empty() {
        return "0".to_owned();
    }
    format!("CASE WHEN {} THEN 1 ELSE 0 END", cases.join(" OR "))
}

/// The end of the occupancy that begins at the start; NULL when the run occupies nothing. A run in progress
/// is followed to the end of what was observed, so one that started later, where the window's rest is
/// excluded, occupies nothing.
fn occupied_until(ranges: &[ReadRange]) -> String {
    let ends: String = ranges
        .iter()
        .map(|range| {
            let end = range.observed.last().map_or(range.from, |part| part.end).us();
            format!(" WHEN {} THEN CASE WHEN started_us < {end} THEN {end} END", range.window_id)
        })
        .collect();
    format!(
        "CASE WHEN outcome = 'in_flight' THEN CASE window_id{ends} END \
         WHEN outcome IN ('skipped', 'orphaned') OR finished_us IS NULL OR finished_us < started_us THEN NULL \
         ELSE @greatest(finished_us, started_us + 1) END"
    )
}
