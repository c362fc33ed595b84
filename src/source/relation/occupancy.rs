//! The last step: what a run is in its window, and when it occupies.

use super::by_job::{Arm, by_job};
use super::query::{Column, Reads};
use super::range::ReadRange;
use super::writer::Writer;
use crate::observation::counting::Scope;
use crate::window::Period;

impl Writer<'_> {
    /// The last step: what a run is in its window.
    pub(super) fn runs(&mut self, ranges: &[ReadRange]) -> String {
        let as_of = self.int("as_of_us", self.relation.as_of.us());
        let mut columns: Vec<String> = ["window_id", "job_name", "started_us", "finished_us", "status"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        // A condition that stands as itself, not as the value of a column, is one that planners can estimate.
        let mut conditions = Vec::new();
        if self.query.needs(Column::Observed) {
            let whole =
                |range: &ReadRange| range.observed == [Period { start: range.from, end: range.until }];
            let inside = observed(ranges, self.query.instant());
            let observed = if ranges.iter().all(whole) {
                "1".to_owned()
            } else if self.query.reads == Reads::ObservedRuns {
                conditions.push(format!("({inside})"));
                "1".to_owned()
            } else {
                format!("CASE WHEN {inside} THEN 1 ELSE 0 END")
            };
            columns.push(format!("{observed} AS observed"));
        }
        if self.query.needs(Column::ExcludedUs) {
            columns.push(format!("{} AS excluded_us", excluded_before(ranges)));
        }
        if self.query.needs(Column::Outcome) {
            columns.push(format!("{} AS outcome", self.outcome(&as_of)));
        }
        if self.query.needs(Column::OccupiedUntilUs) {
            columns.push(format!("{} AS occupied_until_us", self.occupied_until(ranges, &as_of)));
        }
        columns.extend(self.carried().into_iter().map(|column| column.name().to_owned()));
        if self.query.needs(Column::FireUs) {
            columns.push(format!("{} AS fire_us", self.fire(ranges)));
        }
        if self.query.needs(Column::OnTime) {
            columns.push(format!("{} AS on_time", self.on_time(ranges)));
        }
        conditions.extend(self.scope());
        let past = ranges.iter().all(|range| range.until <= self.relation.as_of);
        if !past || !self.relation.bounds_are_exact() || self.reads_startless(ranges) {
            conditions.push(format!("{} < {as_of}", self.query.instant()));
        }
        if self.relation.mapping.statuses.has_open() {
            conditions.push("status <> 'open'".to_owned());
        }
        if ranges.iter().any(|range| range.until > range.end) {
            conditions.push(late(ranges));
        }
        conditions.extend(self.only_jobs());
        let conditions = if conditions.is_empty() {
            String::new()
        } else {
            format!("\n  WHERE {}", conditions.join(" AND "))
        };
        let rows = format!("SELECT {}\n  FROM source_runs{conditions}", columns.join(", "));
        if !self.query.needs(Column::OccupiedUs) {
            return format!("runs AS (\n  {rows}\n)");
        }
        let part = occupied_part(ranges);
        format!(
            "occupying AS (\n  {rows}\n),\nruns AS (\n  SELECT o.*, {part} AS occupied_us FROM occupying o\n)"
        )
    }

    fn only_jobs(&mut self) -> Option<String> {
        let only = self.only.iter().enumerate();
        let names: Vec<String> =
            only.map(|(number, name)| self.text(&format!("only_{number}"), name)).collect();
        (!names.is_empty()).then(|| format!("job_name IN ({})", names.join(", ")))
    }

    /// The declared jobs by their present names, where no others count.
    fn scope(&mut self) -> Option<String> {
        if self.relation.settings.scope == Scope::All {
            return None;
        }
        let jobs = self.relation.settings.jobs.iter().enumerate();
        let names: Vec<String> =
            jobs.map(|(number, job)| self.text(&format!("job_{number}"), &job.name)).collect();
        (!names.is_empty()).then(|| format!("job_name IN ({})", names.join(", ")))
    }

    /// Whether a row of `source_runs` lies in the observed part of its window.
    pub(super) fn observed(&self, ranges: &[ReadRange]) -> String {
        format!("CASE WHEN {} THEN 1 ELSE 0 END", observed(ranges, self.query.instant()))
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

    /// The end of the occupancy that begins at the start; NULL when the run occupies nothing.
    fn occupied_until(&mut self, ranges: &[ReadRange], as_of: &str) -> String {
        let running = if self.relation.settings.nothing_in_flight {
            "NULL".to_owned()
        } else {
            let (after, end) = (self.orphan_after(), observed_end(ranges));
            format!("CASE WHEN {as_of} - started_us < {after} THEN {end} END")
        };
        format!(
            "CASE status WHEN 'running' THEN {running} WHEN 'skipped' THEN NULL \
             ELSE CASE WHEN finished_us >= started_us THEN @greatest(finished_us, started_us + 1) END END"
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
        format!("CASE WHEN {observed} THEN {at} - {offset} END")
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
    let part = by_window(ranges, |range| {
        let parts: Vec<String> = range
            .observed
            .iter()
            .map(|part| {
                let (start, end) = (part.start.us(), part.end.us());
                format!("@greatest(@least(occupied_until_us, {end}) - @greatest(started_us, {start}), 0)")
            })
            .collect();
        if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") }
    });
    format!("CASE WHEN occupied_until_us IS NULL THEN 0 ELSE {part} END")
}

/// Of what started after its window only what was meant for it.
fn late(ranges: &[ReadRange]) -> String {
    let end = by_window(ranges, |range| range.end.us().to_string());
    format!("@least(placed_us, COALESCE(scheduled_us, placed_us)) < {end}")
}

/// The condition that an instant lies in the observed part of its window.
fn observed(ranges: &[ReadRange], at: &str) -> String {
    let cases: Vec<String> = ranges
        .iter()
        .flat_map(|range| {
            range.observed.iter().map(|part| {
                let (start, end) = (part.start.us(), part.end.us());
                let inside = format!("{at} >= {start} AND {at} < {end}");
                if ranges.len() == 1 {
                    inside
                } else {
                    format!("window_id = {} AND {inside}", range.window_id)
                }
            })
        })
        .collect();
    if cases.is_empty() { "1 = 0".to_owned() } else { cases.join(" OR ") }
}

/// The end of a run in progress: that of what was observed of its window. One that started later, where the
/// window's rest is excluded, occupies nothing.
fn observed_end(ranges: &[ReadRange]) -> String {
    by_window(ranges, |range| {
        let end = range.observed.last().map_or(range.from, |part| part.end).us();
        format!("CASE WHEN started_us < {end} THEN {end} END")
    })
}

/// What is excluded between the first observed moment of the window and the start, µs.
fn excluded_before(ranges: &[ReadRange]) -> String {
    by_window(ranges, |range| {
        let gaps = range.observed.windows(2).map(|pair| Period { start: pair[0].end, end: pair[1].start });
        let length = |gap: Period| {
            let (end, length) = (gap.end.us(), gap.length().us());
            format!("CASE WHEN started_us >= {end} THEN {length} ELSE 0 END")
        };
        let lengths: Vec<String> = gaps.map(length).collect();
        if lengths.is_empty() { "0".to_owned() } else { lengths.join(" + ") }
    })
}

/// A value for each window; without a choice where one is read.
fn by_window(ranges: &[ReadRange], value: impl Fn(&ReadRange) -> String) -> String {
    match ranges {
        [range] => value(range),
        ranges => {
            let when = |range: &ReadRange| format!(" WHEN {} THEN {}", range.window_id, value(range));
            format!("CASE window_id{} END", ranges.iter().map(when).collect::<String>())
        }
    }
}
