//! The optional step for schedulers that log a run twice.

use super::query::Column;
use super::writer::Writer;
use crate::clock::Span;

impl Writer<'_> {
    /// Chains of rows of a job with gaps between starts below `within` become one run: first start, last
    /// end, the gravest status. The end of a running row is ignored, unless the run is nothing else: then
    /// it is still to be counted as impossible. Rows that start together may come in any order, so the
    /// running sum takes all of them at once (no `ROWS`). Skipped rows and those without a start
    /// stay as they are.
    pub(super) fn deduplicated(&mut self, within: Span) -> Vec<String> {
        let within = self.int("dedupe_within_us", within.us());
        let as_of = self.int("as_of_us", self.relation.as_of.us());
        let (mut carried, mut merged) = (String::new(), String::new());
        for column in self.carried() {
            let name = column.name();
            let function = match column {
                Column::ErrorLine | Column::ScheduledUs | Column::Attempt | Column::PlacedUs => "MIN",
                _ => "MAX",
            };
            carried.push_str(&format!(", {name}"));
            merged.push_str(&format!(", {function}({name}) AS {name}"));
        }
        let rank = "CASE status WHEN 'failed' THEN 1 WHEN 'timeout' THEN 2 WHEN 'success' THEN 3 \
                    WHEN 'cancelled' THEN 4 WHEN 'running' THEN 5 END";
        let base = "window_id, job_name, in_scope, started_us, finished_us, status, status_word";
        vec![
            format!(
                "gaps AS (\n  SELECT {base}{carried}, {rank} AS gravity,\n    CASE WHEN started_us - LAG(started_us) OVER (PARTITION BY window_id, job_name \
                 ORDER BY started_us) < {within} THEN 0 ELSE 1 END AS opens\n  FROM mapped_rows\n  \
                 WHERE status NOT IN ('skipped', 'open') AND started_us < {as_of}\n)"
            ),
            format!(
                "chains AS (\n  SELECT {base}{carried}, gravity,\n    SUM(opens) OVER (PARTITION BY window_id, job_name \
                 ORDER BY started_us) AS chain\n  FROM gaps\n)"
            ),
            format!(
                "joined_rows AS (\n  SELECT window_id, job_name, MIN(in_scope) AS in_scope, MIN(started_us) AS started_us, \
                 COALESCE(MAX(CASE WHEN status <> 'running' THEN finished_us END), \
                 CASE WHEN MIN(gravity) = 5 THEN MAX(finished_us) END) AS finished_us,\n    CASE MIN(gravity) WHEN 1 THEN 'failed' WHEN 2 THEN 'timeout' \
                 WHEN 3 THEN 'success' WHEN 4 THEN 'cancelled' WHEN 5 THEN 'running' END AS status, MIN(status_word) AS status_word{merged}\n  \
                 FROM chains GROUP BY window_id, job_name, chain\n  UNION ALL\n  \
                 SELECT window_id, job_name, in_scope, started_us, finished_us, status, status_word{carried}\n  \
                 FROM mapped_rows WHERE status IN ('skipped', 'open') OR status IS NULL OR started_us IS NULL \
                 OR started_us >= {as_of}\n)"
            ),
        ]
    }
}
