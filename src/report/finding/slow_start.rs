//! Jobs that were slow at first after the change, and then no longer.

use crate::analysis::figures::slow_start::SlowStart;
use crate::analysis::metric;
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};

pub(super) fn slow_start(report: &Report) -> Option<Finding> {
    let jobs = report.jobs.iter().filter_map(|job| Some((job.name.as_str(), job.slow_start?)));
    let mut slow: Vec<(&str, SlowStart)> = jobs.collect();
    let times = |slow: &SlowStart| slow.first_ms / slow.rest_ms;
    slow.sort_by(|(_, a), (_, b)| times(b).total_cmp(&times(a)));
    let jobs = figure::counted(slow.len() as u64, "job was", "jobs were");
    let headline = format!("{jobs} slow at first after the change, and then no longer.");
    let told = slow.iter().map(|(name, SlowStart { runs, seconds, first_ms, rest_ms })| {
        format!(
            "{} (its first {runs} runs, within {}, took typically {}, later ones {})",
            legible::name(name),
            figure::span(*seconds),
            figure::duration(*first_ms),
            figure::duration(*rest_ms)
        )
    });
    let detail = vec![format!("{}.", legible::sentence_list(told.collect(), NAMED))];
    let names = slow.iter().map(|(name, _)| *name).take(NAMED);
    (!slow.is_empty()).then(|| {
        finding("slow_start", headline, detail, &["dependence", "durations"])
            .of_jobs(names, &[&metric::MEDIAN_DURATION])
    })
}
