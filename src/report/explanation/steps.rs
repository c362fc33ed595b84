//! The rule of a metric worked out with the figures of one window.

use std::collections::BTreeSet;

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::failure::{FailureClass, new_classes};
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::{JobWindow, WindowTotals};
use crate::analysis::metric::{Denominator, DurationFigure, Level, Metric, Share, Statistic, Unit, Value};
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
    pub(super) fn worked(&self, metric: &Metric, detail: Detail) -> String {
        let window = self.window();
        match &metric.value {
            Value::Share(share) => self.share(metric, share),
            Value::Duration { figure, read } => self.duration(metric, *figure, *read, detail),
            Value::Count(read) => figure::count(read(window)),
            Value::Missed => match (window.expected_runs, window.missed_runs) {
                (Some(expected), Some(missed)) => {
                    format!("{} expected, {} missed", figure::count(expected), figure::count(missed))
                }
                _ => "no schedule is declared".to_owned(),
            },
            Value::Level(level) => self.level(*level),
            Value::NewErrors => self.errors(),
            Value::Regressions => self.regressions(),
            Value::Collisions => "of the plan, not of runs; the target that asks for it says how many".into(),
            Value::Measurement { of, statistic } => self.measured(&metric.unit, of, *statistic),
        }
    }

    fn share(&self, metric: &Metric, share: &Share) -> String {
        let window = self.window();
        let Some(rate) = (share.rate)(window) else { return share.of.none().to_owned() };
        let limits = self.report.limits(metric.name());
        let words = match share.of {
            Denominator::Decided => "",
            Denominator::ScheduledStarts => " started runs with a schedule",
            Denominator::Fires => " fires",
        };
        format!(
            "{}{words} = {} ({})",
            figure::part_of(rate.hits, rate.of),
            figure::percent_against(rate.value, &limits),
            figure::percent_interval([rate.low, rate.high], &limits)
        )
    }

    fn measured(&self, unit: &Unit, kpi: &str, statistic: Statistic) -> String {
        let found = self.report.kpis.iter().find(|found| found.name == kpi);
        let facts = found.and_then(|found| match self.side {
            Side::Baseline => found.baseline,
            Side::Stagger => found.stagger,
        });
        let Some(facts) = facts else { return "not sampled".to_owned() };
        let value = facts.get(statistic);
        format!("{} of {}", unit.value(value, &[]), figure::counted(facts.n, "sample", "samples"))
    }

    fn level(&self, level: Level) -> String {
        let (levels, burst) = (&self.totals().concurrency, &self.totals().start_burst);
        match (level, levels.peak_at, burst.at) {
            (Level::Mean, ..) => figure::number(levels.mean),
            (Level::Burst, _, Some(at)) => format!("{} from {}", burst.runs, figure::instant(at)),
            (Level::Burst, ..) => "nothing started".to_owned(),
            (_, Some(at), _) => format!(
                "{} at {}: {}",
                levels.peak,
                figure::instant(at),
                legible::list(&levels.jobs_at_peak, NAMED)
            ),
            _ => "nothing ran".to_owned(),
        }
    }

    fn duration(
        &self,
        metric: &Metric,
        figure: DurationFigure,
        read: fn(&DurationFacts) -> f64,
        detail: Detail,
    ) -> String {
        let Some(facts) = &self.window().duration_ms else {
            let with = if self.window().completed > 0 { " with a usable end" } else { "" };
            return format!("no completed run{with}");
        };
        let limits = self.report.limits(metric.name());
        let value = figure::duration_against(read(facts), &limits);
        let runs = figure::counted(facts.n, "completed run", "completed runs");
        let interval = match figure {
            DurationFigure::MEDIAN => median_interval(facts, detail),
            _ => String::new(),
        };
        if detail == Detail::Brief {
            return format!("{value} of {runs}{interval}");
        }
        let cells = self.window().duration_table.as_ref();
        let cells =
            cells.map(|table| format!(" in {}", figure::counted(table.len() as u64, "cell", "cells")));
        let step = match figure {
            DurationFigure::Mean => format!("{} / {} = ", sum(facts.sum), figure::count(facts.n)),
            DurationFigure::Longest => String::new(),
            DurationFigure::Quantile(percentile) => quantile::steps(self.window(), facts, percentile),
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
        let distinct: BTreeSet<&str> = seen.iter().map(|class| class.error_class.as_str()).collect();
        let classes = figure::counted(distinct.len() as u64, "class of message", "classes of message");
        if self.side == Side::Baseline {
            return classes;
        }
        let new = new_classes(seen).len() as u64;
        format!("{classes}, {} of them seen before in no job", figure::count(new))
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
