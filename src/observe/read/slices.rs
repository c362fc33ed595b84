//! How runs of single jobs went, slice by slice.

use crate::database::{DatabaseError, Rows};
use crate::observation::slices::{SliceCounts, Slices};

pub(in crate::observe) fn slices(rows: &Rows) -> Result<Slices, DatabaseError> {
    let mut slices = Slices::new();
    for row in rows.iter() {
        let counts = SliceCounts {
            decided: row.count("decided")?,
            completed: row.count("completed")?,
            failed: row.count("failed")?,
            durations: row.count("durations")?,
            ranks: row.count("ranks")?,
            slow: row.count("slow")?,
        };
        slices.entry(row.text("job_name")?).or_default().insert(row.int("slice")?, counts);
    }
    Ok(slices)
}
