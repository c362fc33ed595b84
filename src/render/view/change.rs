//! Jobs by how their durations changed: what the chart and the picture in text both show.

use std::cmp::Ordering;

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::MEDIAN_DURATION;
use crate::figure::{self, FEW_RUNS};
use crate::render::chart::scale::Ratios;
use crate::render::view::job;
use crate::report::model::Report;
use crate::window::{PerSide, Side};

/// Rows where none of more jobs changed.
const LARGEST: usize = 12;

/// The scale shows at least the changes between these ratios, and none beyond those.
const LEAST: [f64; 2] = [0.8, 1.25];
const MOST: [f64; 2] = [0.05, 20.0];
/// Ratios that are marked where they have room, the first ones first.
const MARKS: [f64; 11] = [1.0, 2.0, 0.5, 4.0, 0.25, 10.0, 0.1, 1.5, 0.75, 1.2, 0.8];

/// What became of a job's median duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum DurationOutcome {
    Slower,
    Faster,
    /// Faster, while fewer of its runs end well.
    TooFast,
    Unchanged,
    Unclear,
    OnlyBefore,
    OnlyAfter,
}

impl DurationOutcome {
    pub(in crate::render) const fn words(self) -> &'static str {
        match self {
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::TooFast => "faster, fewer end well",
            Self::Unchanged => "unchanged",
            Self::Unclear => "unclear",
            Self::OnlyBefore => "only before",
            Self::OnlyAfter => "only after",
        }
    }

    fn of(found: Option<&Comparison>, facts: PerSide<Option<DurationFacts>>) -> Self {
        match (facts.baseline, facts.stagger) {
            (Some(_), None) => return Self::OnlyBefore,
            (None, _) => return Self::OnlyAfter,
            (Some(_), Some(_)) => {}
        }
        match found.and_then(|found| found.verdict) {
            _ if found.is_some_and(|found| found.is_restricted_by(Restriction::TooFast)) => Self::TooFast,
            Some(ComparisonVerdict::Regressed) => Self::Slower,
            Some(ComparisonVerdict::Improved) => Self::Faster,
            Some(ComparisonVerdict::NoMaterialChange) => Self::Unchanged,
            _ => Self::Unclear,
        }
    }

    fn is_change(self) -> bool {
        matches!(self, Self::Slower | Self::Faster | Self::TooFast)
    }
}

/// A job with durations in at least one window.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct DurationRow<'a> {
    pub(in crate::render) job: &'a JobReport,
    pub(in crate::render) outcome: DurationOutcome,
    pub(in crate::render) facts: PerSide<Option<DurationFacts>>,
    found: Option<&'a Comparison>,
}

impl<'a> DurationRow<'a> {
    fn of(job: &'a JobReport) -> Option<Self> {
        let facts = PerSide::of(|side| job.get(side).duration_ms);
        let found = job.comparison.get(&MEDIAN_DURATION);
        facts.iter().any(Option::is_some).then(|| Self {
            job,
            outcome: DurationOutcome::of(found, facts),
            facts,
            found,
        })
    }

    /// Both medians in words.
    pub(in crate::render) fn medians_text(&self) -> String {
        job::medians(self.job)
    }

    /// The median of both windows, ms, where both have enough runs for one.
    pub(in crate::render) fn medians(&self) -> Option<PerSide<f64>> {
        let decided = !matches!(self.outcome, DurationOutcome::Unclear);
        let enough = |facts: &DurationFacts| decided || facts.n >= FEW_RUNS;
        let facts = self.facts.both().filter(|facts| facts.iter().all(enough))?;
        Some(facts.map(|facts| facts.median)).filter(|medians| medians.baseline > 0.0)
    }

    /// What the durations are drawn relative to, ms.
    pub(in crate::render) fn before(&self) -> Option<f64> {
        self.facts.baseline.map(|facts| facts.median).filter(|median| *median > 0.0)
    }

    /// The durations of one window, one by one where they are few, ms.
    pub(in crate::render) fn few(&self, side: Side) -> Vec<f64> {
        let Some(facts) = self.facts.get(side) else { return Vec::new() };
        match &self.job.get(side).duration_table {
            Some(table) => table.iter().map(|(us, _)| *us as f64 / 1_000.0).collect(),
            None => vec![facts.min, facts.max],
        }
    }

    /// Half the width of the margin relative to the median before.
    pub(in crate::render) fn margin(&self) -> Option<f64> {
        Some(self.found?.margin? / self.before()?)
    }

    /// `+61 %`: the change that the verdict rests on; `None` without one.
    pub(in crate::render) fn change(&self) -> Option<String> {
        let found = self.found.filter(|_| self.outcome.is_change())?;
        found.shift_relative.or(found.relative_change).map(figure::change)
    }

    /// `+61 % slower`, in fewer words where they are many.
    pub(in crate::render) fn short_verdict(&self) -> String {
        if self.outcome == DurationOutcome::TooFast { "! faster".to_owned() } else { self.verdict() }
    }

    /// `+61 % slower`
    pub(in crate::render) fn verdict(&self) -> String {
        let change = self.change().map(|change| format!("{change} "));
        format!("{}{}", change.unwrap_or_default(), self.outcome.words())
    }

    /// How far after is from before, as the verdict has it; above 0 where it is slower.
    fn ratio(&self) -> Option<f64> {
        let shift = self.found.and_then(|found| found.shift_relative);
        let ratio =
            |medians: PerSide<f64>| shift.map_or(medians.stagger / medians.baseline, |shift| 1.0 + shift);
        self.medians().map(|medians| ratio(medians).ln())
    }
}

/// The scale of the durations of `rows` relative to the median before.
pub(in crate::render) fn scale(rows: &[DurationRow<'_>]) -> Ratios {
    let mut ends = LEAST;
    for row in rows {
        let Some(before) = row.before() else { continue };
        for facts in row.facts.iter().flatten() {
            for ms in [facts.median, facts.p95] {
                ends = [ends[0].min(ms / before), ends[1].max(ms / before)];
            }
        }
    }
    Ratios { from: ends[0].max(MOST[0]) / 1.08, to: ends[1].min(MOST[1]) * 1.08 }
}

/// The marks of the scale with their labels.
pub(in crate::render) fn marks(scale: Ratios, apart: f64) -> Vec<(f64, String)> {
    let label = |ratio: f64| match ratio {
        3.0.. => format!("×{}", figure::number(ratio)),
        _ if ratio > 0.99 && ratio < 1.01 => "same".to_owned(),
        _ => figure::change(ratio - 1.0),
    };
    scale.marks(&MARKS, apart).into_iter().map(|ratio| (ratio, label(ratio))).collect()
}

/// All jobs to `most`; of more those that changed, slower ones before faster ones where these are too many.
/// The slowest first, what has too few runs for a change last. And how many have durations.
pub(in crate::render) fn durations(report: &Report, most: usize) -> (Vec<DurationRow<'_>>, usize) {
    let mut found: Vec<DurationRow<'_>> = report.jobs.iter().filter_map(DurationRow::of).collect();
    let all = found.len();
    if all > most {
        let size = |row: &DurationRow<'_>| row.ratio().map_or(0.0, f64::abs);
        let weight =
            |row: &DurationRow<'_>| (row.outcome.is_change(), row.outcome == DurationOutcome::Slower);
        found.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| size(b).total_cmp(&size(a))));
        let changed = found.iter().filter(|row| row.outcome.is_change()).count();
        found.truncate(if changed == 0 { LARGEST.min(most) } else { changed.min(most) });
    }
    found.sort_by(|a, b| by_change(a, b).then_with(|| a.job.name.cmp(&b.job.name)));
    (found, all)
}

fn by_change(a: &DurationRow<'_>, b: &DurationRow<'_>) -> Ordering {
    match (a.ratio(), b.ratio()) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::comparison::Comparisons;

    /// A report of so many jobs, of which every fifth is slower and every fifth faster by a size of its own.
    fn report(jobs: usize) -> Report {
        let (_, mut report) = crate::render::sample::reports().unwrap().remove(0);
        let like = report.jobs.iter().find(|job| job.stagger.duration_ms.is_some()).unwrap().clone();
        report.jobs = (0..jobs)
            .map(|nth| {
                let mut job = like.clone();
                job.name = format!("job {nth:03}");
                let (verdict, factor) = match nth % 5 {
                    0 => (ComparisonVerdict::Regressed, 1.5 + nth as f64 / 1_000.0),
                    1 => (ComparisonVerdict::Improved, 0.5 - nth as f64 / 1_000.0),
                    _ => (ComparisonVerdict::NoMaterialChange, 1.01),
                };
                let facts = |median| DurationFacts { n: 100, median, ..like.stagger.duration_ms.unwrap() };
                (job.baseline.duration_ms, job.stagger.duration_ms) =
                    (Some(facts(100.0)), Some(facts(100.0 * factor)));
                let found = Comparison {
                    verdict: Some(verdict),
                    relative_change: Some(factor - 1.0),
                    ..Comparison::default()
                };
                job.comparison = [(&MEDIAN_DURATION, found)].into_iter().collect();
                job
            })
            .collect();
        report
    }

    #[test]
    fn all_jobs_to_sixty_have_a_row_by_change() {
        let report = report(60);
        let (rows, all) = durations(&report, 60);
        assert_eq!((rows.len(), all), (60, 60));
        let outcomes: Vec<_> = rows.iter().map(|row| row.outcome).collect();
        assert!(outcomes[..12].iter().all(|outcome| *outcome == DurationOutcome::Slower));
        assert!(outcomes[48..].iter().all(|outcome| *outcome == DurationOutcome::Faster));
        assert_eq!((rows[0].job.name.as_str(), rows[0].verdict()), ("job 055", "+55.5 % slower".to_owned()));
        assert_eq!(rows[59].job.name, "job 056");
    }

    #[test]
    fn of_more_jobs_those_that_changed_have_a_row_and_the_slower_ones_first() {
        let few = report(100);
        let (rows, all) = durations(&few, 60);
        assert_eq!((rows.len(), all), (40, 100));
        assert!(rows.iter().all(|row| row.outcome.is_change()));
        let many = report(400);
        let (rows, all) = durations(&many, 60);
        assert_eq!((rows.len(), all), (60, 400));
        assert!(rows.iter().all(|row| row.outcome == DurationOutcome::Slower), "80 are");
    }

    #[test]
    fn a_few_runs_are_no_change() {
        let mut report = report(3);
        let job = &mut report.jobs[0];
        job.comparison = Comparisons::default();
        job.baseline.duration_ms.as_mut().unwrap().n = 4;
        report.jobs[1].baseline.duration_ms = None;
        let (rows, _) = durations(&report, 60);
        let seen: Vec<_> =
            rows.iter().map(|row| (row.job.name.as_str(), row.outcome, row.change())).collect();
        assert_eq!(seen[0].0, "job 002");
        assert_eq!(seen[1], ("job 000", DurationOutcome::Unclear, None));
        assert_eq!(seen[2], ("job 001", DurationOutcome::OnlyAfter, None));
    }
}
