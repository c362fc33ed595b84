//! How runs went, slice by slice: those of single jobs, and all together.

use std::collections::BTreeMap;

use crate::database::{DatabaseError, Rows};
use crate::observation::slices::{Course, SliceCounts};

pub(in crate::observe) fn slices(rows: &Rows) -> Result<BTreeMap<String, Course>, DatabaseError> {
    let mut slices = BTreeMap::<String, Course>::new();
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

pub(in crate::observe) fn course_of_all(rows: &Rows) -> Result<Course, DatabaseError> {
    let mut course = Course::new();
    for row in rows.iter() {
        let counts = SliceCounts {
            decided: row.count("decided")?,
            completed: row.count("completed")?,
            failed: row.count("failed")?,
            ..SliceCounts::default()
        };
        course.insert(row.int("slice")?, counts);
    }
    Ok(course)
}
