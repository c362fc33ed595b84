//! The comparisons of one subject: a job, or all together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::comparison::restriction::Restrictions;
use crate::analysis::comparison::result::{Comparison, per};
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::metric::{Method, Metric, MetricMap};
use crate::window::PerSide;

const COUNT: &str = "a count: the change is per observed hour, and there is no test";
const ALL_JOBS: &str = "durations of different jobs are described together, not tested";

/// The comparisons of a job, or of all together. Those that were tested or are restricted are kept; of the
/// others, which say no more than their two values, these are, and the comparison is made when it is asked for.
/// Serialized as a map of all by metric name.
#[derive(Clone, Debug, Default)]
pub struct Comparisons {
    kept: MetricMap<Comparison>,
    described: Described,
}

impl Comparisons {
    pub(super) const fn new(kept: MetricMap<Comparison>, described: Described) -> Self {
        Self { kept, described }
    }

    /// One that was tested, or is restricted.
    pub fn get(&self, metric: &Metric) -> Option<&Comparison> {
        self.kept.get(metric)
    }

    pub fn get_mut(&mut self, metric: &Metric) -> Option<&mut Comparison> {
        self.kept.get_mut(metric)
    }

    pub fn insert(&mut self, metric: &'static Metric, comparison: Comparison) {
        self.kept.insert(metric, comparison);
    }

    /// Those that were tested, or are restricted, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Metric, &Comparison)> {
        self.kept.iter()
    }

    /// The same without their metrics.
    pub fn values(&self) -> impl Iterator<Item = &Comparison> {
        self.kept.values()
    }

    /// How many there are with this verdict.
    pub fn count(&self, verdict: ComparisonVerdict) -> usize {
        let untested = || {
            let tested =
                |(metric, _): &&(&Metric, _)| matches!(self.described.method(metric), Method::Test(_));
            self.described.values.iter().filter(tested).count()
        };
        let kept = self.values().filter(|found| found.verdict == Some(verdict)).count();
        kept + if verdict == ComparisonVerdict::NotMeasured { untested() } else { 0 }
    }

    /// Any, whether it was tested or not.
    pub fn any(&self, metric: &Metric) -> Option<Cow<'_, Comparison>> {
        match self.kept.get(metric) {
            Some(kept) => Some(Cow::Borrowed(kept)),
            None => self.described.comparison(metric).map(Cow::Owned),
        }
    }

    /// Each, by name.
    pub fn all(&self) -> MetricMap<Cow<'_, Comparison>> {
        let described = self.described.values.iter().map(|(metric, _)| *metric);
        let metrics = self.kept.iter().map(|(metric, _)| metric).chain(described);
        metrics.filter_map(|metric| Some((metric, self.any(metric)?))).collect()
    }
}

impl PartialEq for Comparisons {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl FromIterator<(&'static Metric, Comparison)> for Comparisons {
    fn from_iter<I: IntoIterator<Item = (&'static Metric, Comparison)>>(comparisons: I) -> Self {
        Self { kept: comparisons.into_iter().collect(), described: Described::default() }
    }
}

impl Serialize for Comparisons {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.all().iter().map(|(metric, comparison)| (metric.name(), &**comparison)))
    }
}

impl<'de> Deserialize<'de> for Comparisons {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_name = BTreeMap::<String, Comparison>::deserialize(deserializer)?;
        let known = |(name, comparison): (String, Comparison)| Ok((Metric::known(&name)?, comparison));
        by_name.into_iter().map(known).collect()
    }
}

pub(super) type DescribedValues = (&'static Metric, PerSide<Option<f64>>);

/// What is compared side by side only.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    /// Whose values they are: of one job, or of all together.
    pub(super) together: bool,
    /// Observed hours.
    pub(super) hours: PerSide<f64>,
    pub(super) values: Box<[DescribedValues]>,
}

impl Described {
    fn comparison(&self, metric: &Metric) -> Option<Comparison> {
        let (metric, values) = self.values.iter().find(|(described, _)| *described == metric)?;
        Some(self.of(metric, *values))
    }

    /// The comparison of `values` under restrictions.
    pub(super) fn restricted(
        &self,
        metric: &Metric,
        values: PerSide<Option<f64>>,
        restrictions: &Restrictions,
    ) -> Comparison {
        let Restrictions { halves, baseline_halves, missing, within_jobs, .. } = *restrictions;
        let caveats = restrictions.caveats.iter().copied().collect();
        Comparison { halves, baseline_halves, caveats, missing, within_jobs, ..self.of(metric, values) }
    }

    fn of(&self, metric: &Metric, values: PerSide<Option<f64>>) -> Comparison {
        described(self.method(metric), values, self.hours)
    }

    fn method(&self, metric: &Metric) -> Method {
        match metric.method {
            Method::Test(_) if self.together && metric.is_duration() => Method::Description(ALL_JOBS),
            method => method,
        }
    }
}

/// What nothing is tested of.
pub(super) fn described(method: Method, values: PerSide<Option<f64>>, hours: PerSide<f64>) -> Comparison {
    let rates = match method {
        Method::PerHour => values.zip(hours).map(|(value, hours)| per(value, Some(hours))),
        _ => values,
    };
    let (verdict, reason) = match method {
        Method::PerHour => (None, ComparisonReason::Described(COUNT)),
        Method::Description(text) | Method::Extreme(text) => (None, ComparisonReason::Described(text)),
        Method::Test(_) => (
            Some(ComparisonVerdict::NotMeasured),
            ComparisonReason::NoData(values.map(|value| value.is_some())),
        ),
        Method::AfterOnly => (None, ComparisonReason::Unsaid),
    };
    Comparison { verdict, reason, ..Comparison::of(values, rates) }
}
