//! Made-up histories: draws, and the log that runs are put into.

use std::fmt::Write as _;

use super::Database;

/// Uniform between 0 and 1, the same on every machine.
pub struct Draws(u64);

impl Draws {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as f64 + 0.5) / f64::from(1_u32 << 31)
    }

    /// About standard normal.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

#[allow(clippy::cast_possible_truncation)] // far below the largest
pub fn whole(ms: f64) -> i64 {
    ms.round() as i64
}

/// Makes the table `log` of rows `('job', start, duration, 'status')`, in milliseconds.
pub fn put_log(database: &Database, rows: &[String]) {
    let mut sql =
        "CREATE TABLE log (job_name varchar(20), started bigint, took_ms bigint, status varchar(20));"
            .to_owned();
    for rows in rows.chunks(500) {
        writeln!(sql, "INSERT INTO log VALUES {};", rows.join(", ")).unwrap();
    }
    database.run(&sql);
}

/// The deployment file's part for that table.
pub const LOG: &str = r#"
[source]
table = "log"
time_unit = "ms"
columns = { job_name = "job_name", started_at = "started", status = "status", duration = "took_ms" }
duration_unit = "ms"
"#;
