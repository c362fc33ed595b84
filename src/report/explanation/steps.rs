//! The rule of a metric worked out with the figures of one window.

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::failure::FailureClass;
use crate::analysis::figures::job::{JobReport, JobWindow, WindowTotals};
use crate::analysis::figures::rate::Rate;
use crate::analysis::metric::Metric;
use crate::analysis::statistics::quantile::Percentile;
use crate::figure;
use crate::legible;
use crate::report::explanation::quantile;
use crate::report::model::Report;
use crate::window::Side;

/// Names that a step has room for.
const NAMED: usize = 5;

/// The figures of one window, of a job or of all together.
pub(super) struct Figures<'a> {
    pub(super) report: &'a Report,
    pub(super) job: Option<&'a JobReport>,
    pub(super) side: Side,
}

/// How much of a step is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// The figures.
    Brief,
    /// Every rank and cell.
    Full,
}

impl<'a> Figures<'a> {
    fn window(&self) -> &'a JobWindow {
        self.job.map_or(&self.totals().job, |job| job.get(self.side))
    }

    fn totals(&self) -> &'a WindowTotals {
        self.report.totals.get(self.side)
    }

    /// The rule of `metric` with these figures.
    pub(super) fn worked(&self, metric: Metric, detail: Detail) -> String {
        let window = self.window();
        let count = figure::count;
        match metric {
            Metric::CompletionRate => self.rate(metric, window.completed, window.completion_rate),
            Metric::FailureRate => self.rate(metric, window.failed + window.timed_out, window.failure_rate),
            Metric::LostRate => self.rate(metric, window.orphaned, window.lost_rate),
            Metric::OnTimeRate => self.on_time(),
            Metric::PeakConcurrency | Metric::MeanConcurrency | Metric::StartBurst => self.level(metric),
            Metric::MeanDuration
            | Metric::MedianDuration
            | Metric::P90Duration
            | Metric::P95Duration
            | Metric::P99Duration
            | Metric::MaxDuration => self.duration(metric, detail),
            Metric::OverlappingStarts => count(window.overlapping_starts),
            Metric::MissedRuns => match (window.expected_runs, window.missed_runs) {
                (Some(expected), Some(missed)) => {
                    format!("{} expected, {} missed", count(expected), count(missed))
                }
                _ => "no schedule is declared".to_owned(),
            },
            Metric::OrphanedRuns => count(window.orphaned),
            Metric::SkippedLock => count(window.skipped.lock),
            Metric::SkippedOverlap => count(window.skipped.overlap),
            Metric::SlowRuns => count(window.slow_runs),
            Metric::NewErrors => self.errors(),
            Metric::Regressions => self.regressions(),
            Metric::Collisions => {
                "of the plan, not of runs; the target that asks for it says how many".into()
            }
        }
    }

    fn rate(&self, metric: Metric, hits: u64, rate: Option<Rate>) -> String {
        let limits = self.report.limits(metric.name());
        rate.map_or_else(
            || "no run with a known outcome".to_owned(),
            |rate| {
                format!(
                    "{} = {} ({})",
                    figure::part_of(hits, self.window().decided),
                    figure::percent_against(rate.value, &limits),
                    figure::percent_interval([rate.low, rate.high], &limits)
                )
            },
        )
    }

    fn on_time(&self) -> String {
        let limits = self.report.limits(Metric::OnTimeRate.name());
        let window = self.window();
        window.on_time_rate.zip(window.on_time()).map_or_else(
            || "no schedule, or no start".to_owned(),
            |(rate, (hits, of))| {
                format!(
                    "{} started runs with a schedule = {} ({})",
                    figure::part_of(hits, of),
                    figure::percent_against(rate.value, &limits),
                    figure::percent_interval([rate.low, rate.high], &limits)
                )
            },
        )
    }

    fn level(&self, metric: Metric) -> String {
        let (levels, burst) = (&self.totals().concurrency, &self.totals().start_burst);
        match (metric, levels.peak_at, burst.at) {
            (Metric::MeanConcurrency, ..) => figure::number(levels.mean),
            (Metric::StartBurst, _, Some(at)) => format!("{} from {}", burst.runs, figure::instant(at)),
            (Metric::StartBurst, ..) => "nothing started".to_owned(),
            (_, Some(at), _) => format!(
                "{} at {}: {}",
                levels.peak,
                figure::instant(at),
                legible::list(&levels.jobs_at_peak, NAMED)
            ),
            _ => "nothing ran".to_owned(),
        }
    }

    fn duration(&self, metric: Metric, detail: Detail) -> String {
        let Some(facts) = &self.window().duration_ms else {
            let with = if self.window().completed > 0 { " with a usable end" } else { "" };
            return format!("no completed run{with}");
        };
        let limits = self.report.limits(metric.name());
        let (percent, value) = match metric {
            Metric::MedianDuration => (50, facts.median),
            Metric::P90Duration => (90, facts.p90),
            Metric::P95Duration => (95, facts.p95),
            Metric::P99Duration => (99, facts.p99),
            Metric::MaxDuration => (100, facts.max),
            _ => (0, facts.mean),
        };
        let value = figure::duration_against(value, &limits);
        let runs = figure::counted(facts.n, "completed run", "completed runs");
        let interval =
            if metric == Metric::MedianDuration { median_interval(facts, detail) } else { String::new() };
        if detail == Detail::Brief {
            return format!("{value} of {runs}{interval}");
        }
        let cells = self.window().duration_table.as_ref();
        let cells =
            cells.map(|table| format!(" in {}", figure::counted(table.len() as u64, "cell", "cells")));
        let step = match percent {
            0 => format!("{} / {} = ", sum(facts.sum), figure::count(facts.n)),
            100 => String::new(),
            percent => quantile::steps(self.window(), facts, Percentile(percent)),
        };
        format!(
            "{runs}{}, from {} to {}; {step}{value}{interval}",
            cells.unwrap_or_default(),
            figure::duration(facts.min),
            figure::duration(facts.max),
        )
    }

    fn errors(&self) -> String {
        let ours = |class: &&FailureClass| self.job.is_none_or(|job| job.name == class.job);
        let runs = |class: &&FailureClass| match self.side {
            Side::Baseline => class.baseline.runs > 0,
            Side::Stagger => class.stagger.runs > 0,
        };
        let seen: Vec<&FailureClass> = self.report.failures.iter().filter(ours).filter(runs).collect();
        let classes = figure::counted(seen.len() as u64, "class of message", "classes of message");
        if self.side == Side::Baseline {
            return classes;
        }
        let new = seen.iter().filter(|class| class.new).count() as u64;
        format!("{classes}, {} of them not seen before", figure::count(new))
    }

    fn regressions(&self) -> String {
        if self.side == Side::Baseline {
            return "nothing to compare".to_owned();
        }
        let regressed = |job: &&JobReport| {
            job.comparison.values().any(|found| found.verdict == Some(ComparisonVerdict::Regressed))
        };
        let jobs: Vec<&str> =
            self.report.jobs.iter().filter(regressed).map(|job| job.name.as_str()).collect();
        match jobs.len() {
            0 => "no job has a regressed comparison".to_owned(),
            number => format!("{number}: {}", legible::list(&jobs, NAMED)),
        }
    }
}

fn median_interval(facts: &DurationFacts, detail: Detail) -> String {
    match (facts.median_interval, detail) {
        (None, Detail::Brief) => String::new(),
        (None, Detail::Full) => "; too few runs for a 95 % interval by order statistics".to_owned(),
        (Some([low, high]), Detail::Brief) => {
            format!(" ({} to {})", figure::duration(low), figure::duration(high))
        }
        (Some([low, high]), Detail::Full) => format!(
            "; 95 % interval by order statistics {} to {}",
            figure::duration(low),
            figure::duration(high)
        ),
    }
}

/// A sum with digits enough to be divided again: whole milliseconds, or microseconds below a second.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not negative, and rounded
fn sum(ms: f64) -> String {
    if ms < 1_000.0 { format!("{ms:.3} ms") } else { format!("{} ms", figure::count(ms.round() as u64)) }
}
