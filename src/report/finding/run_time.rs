//! The time that all runs take together, and the jobs that moved it.

use crate::analysis::figures::job::JobReport;
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};
use crate::window::Side;

/// Relative change that is reported.
const MATERIAL: f64 = 0.02;

/// Of a job: how much of its time a day or an hour, ms, before and after.
struct Moved<'a> {
    job: &'a JobReport,
    by_ms: f64,
}

/// Over the jobs that ran in both windows.
pub(super) fn run_time(report: &Report) -> Option<Finding> {
    let seconds = report.windows.as_ref().map(|window| window.seconds);
    let (unit_s, per) = [(86_400.0, "a day"), (3_600.0, "an hour")]
        .into_iter()
        .find(|(unit, _)| Side::BOTH.into_iter().all(|side| *seconds.get(side) >= *unit))?;
    let ran = |job: &&JobReport| Side::BOTH.into_iter().all(|side| job.get(side).started > 0);
    let jobs: Vec<&JobReport> = report.jobs.iter().filter(ran).collect();
    let rate = |job: &JobReport, side| job.get(side).busy_ms * unit_s / seconds.get(side);
    let [before, after] = Side::BOTH.map(|side| jobs.iter().map(|job| rate(job, side)).sum::<f64>());
    if before <= 0.0 || (after - before).abs() < MATERIAL * before {
        return None;
    }
    let mut moved: Vec<Moved<'_>> = jobs
        .iter()
        .map(|job| Moved { job, by_ms: rate(job, Side::Stagger) - rate(job, Side::Baseline) })
        .filter(|moved| moved.by_ms.abs() >= MATERIAL * (after - before).abs())
        .collect();
    moved.sort_by(|a, b| b.by_ms.abs().total_cmp(&a.by_ms.abs()).then_with(|| a.job.name.cmp(&b.job.name)));
    let of = |up: bool| {
        let jobs: Vec<&Moved<'_>> = moved.iter().filter(|moved| (moved.by_ms > 0.0) == up).collect();
        let told: Vec<String> = jobs.iter().map(|moved| moved.told()).collect();
        let all: f64 = jobs.iter().map(|moved| moved.by_ms).sum();
        let word = if up { "Up" } else { "Down" };
        let counted = figure::counted(jobs.len() as u64, "job", "jobs");
        (!jobs.is_empty()).then(|| {
            format!(
                "{word} {} for {counted}: {}.",
                figure::duration(all.abs()),
                legible::sentence_list(told, NAMED)
            )
        })
    };
    let rose = after > before;
    let verb = if rose { "rose" } else { "fell" };
    let headline = format!(
        "Total run time {verb} from {} to {} {per}.",
        figure::duration(before),
        figure::duration(after)
    );
    let detail = [of(rose), of(!rose)].into_iter().flatten().collect();
    Some(finding("run_time", headline, detail, &["durations"]))
}

impl Moved<'_> {
    fn told(&self) -> String {
        format!("{} ({})", legible::name(&self.job.name), figure::duration_change(self.by_ms))
    }
}
