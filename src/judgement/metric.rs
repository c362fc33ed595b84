//! What a target is about: a figure of the runs, or a declared measurement.

use std::fmt;

use crate::analysis::metric::{Metric, Unit};
use crate::nearest::did_you_mean;

/// A declared measurement beside the runs. Without a source it is not measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiDeclaration {
    /// Its name, the stem of the metrics `NAME_mean`, `NAME_min`, `NAME_max`.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
}

/// What a target is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetMetric {
    /// A figure of the runs.
    Run(Metric),
    /// A figure of a declared measurement.
    Kpi(KpiMetric),
}

/// A figure of a declared measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiMetric {
    /// The measurement's name.
    pub kpi: String,
    /// Which figure of it.
    pub statistic: KpiStatistic,
    /// The measurement's unit.
    pub unit: Option<String>,
}

/// A figure of a measurement over a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KpiStatistic {
    Mean,
    Min,
    Max,
}

impl KpiStatistic {
    const ALL: [Self; 3] = [Self::Mean, Self::Min, Self::Max];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Mean => "_mean",
            Self::Min => "_min",
            Self::Max => "_max",
        }
    }
}

/// A metric that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown metric '{name}'{hint}")]
pub struct UnknownMetric {
    /// As written.
    pub name: String,
    /// The nearest known one, as a phrase.
    pub hint: String,
}

impl TargetMetric {
    /// The metric of a name, among those of the runs and of the declared measurements.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn from_name(name: &str, kpis: &[KpiDeclaration]) -> Result<Self, UnknownMetric> {
        if let Some(metric) = Metric::from_name(name) {
            return Ok(Self::Run(metric));
        }
        let kpi_metrics: Vec<KpiMetric> = kpis
            .iter()
            .flat_map(|kpi| {
                KpiStatistic::ALL.map(|statistic| KpiMetric {
                    kpi: kpi.name.clone(),
                    statistic,
                    unit: kpi.unit.clone(),
                })
            })
            .collect();
        let names: Vec<String> = kpi_metrics.iter().map(ToString::to_string).collect();
        if let Some(found) = names.iter().position(|known| known == name) {
            return Ok(Self::Kpi(kpi_metrics[found].clone()));
        }
        let known: Vec<&str> =
            Metric::ALL.iter().map(|metric| metric.name()).chain(names.iter().map(String::as_str)).collect();
        Err(UnknownMetric { name: name.to_owned(), hint: did_you_mean(name, known) })
    }

    /// Whether it is a share of runs, which percentage points can be spoken of.
    pub fn is_share(&self) -> bool {
        match self {
            Self::Run(metric) => metric.unit() == Unit::Fraction,
            Self::Kpi(kpi) => kpi.unit.as_deref() == Some("%"),
        }
    }

    /// Whether it is a length of time.
    pub fn is_duration(&self) -> bool {
        matches!(self, Self::Run(metric) if metric.unit() == Unit::Milliseconds)
    }

    /// Whether it has a value before the change. New errors and regressions are comparisons already;
    /// collisions are those of the plan after the change.
    pub fn has_baseline(&self) -> bool {
        !matches!(self, Self::Run(Metric::NewErrors | Metric::Regressions | Metric::Collisions))
    }

    /// Whether it can be about one job. Levels and bursts are of all jobs together, and so are
    /// figures about pairs or sets of jobs, and declared measurements.
    pub fn can_name_a_job(&self) -> bool {
        match self {
            Self::Run(
                Metric::PeakConcurrency
                | Metric::MeanConcurrency
                | Metric::StartBurst
                | Metric::Regressions
                | Metric::Collisions,
            )
            | Self::Kpi(_) => false,
            Self::Run(_) => true,
        }
    }

    /// The unit of its values, as in the JSON report.
    pub fn unit_word(&self) -> String {
        match self {
            Self::Run(metric) => metric.unit().word().to_owned(),
            Self::Kpi(kpi) => match kpi.unit.as_deref() {
                Some("%") => Unit::Fraction.word().to_owned(),
                Some(unit) => unit.to_owned(),
                None => "number".to_owned(),
            },
        }
    }
}

impl fmt::Display for KpiMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kpi, self.statistic.suffix())
    }
}

impl fmt::Display for TargetMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(metric) => f.write_str(metric.name()),
            Self::Kpi(kpi) => kpi.fmt(f),
        }
    }
}
