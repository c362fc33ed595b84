//! The figures of a measurement beside the runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::metric::Statistic;
use crate::observation::Samples;

/// The measurements that have a source, by name; `None` where no sample was taken.
pub type KpiFigures = BTreeMap<String, Option<KpiFacts>>;

/// A measurement in one window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KpiFacts {
    /// Samples.
    pub n: u64,
    pub mean: f64,
    pub min: f64,
    pub max: f64,
}

impl KpiFacts {
    pub fn of(samples: &Samples) -> Option<Self> {
        let [min, max] = samples.range?;
        // Rounding takes a mean of equal values beside them.
        let mean = (samples.sum.value() / samples.n as f64).clamp(min, max);
        Some(Self { n: samples.n, mean, min, max })
    }

    pub const fn get(&self, statistic: Statistic) -> f64 {
        match statistic {
            Statistic::Mean => self.mean,
            Statistic::Min => self.min,
            Statistic::Max => self.max,
        }
    }
}

pub fn figures(samples: &BTreeMap<String, Samples>) -> KpiFigures {
    samples.iter().map(|(kpi, samples)| (kpi.clone(), KpiFacts::of(samples))).collect()
}
