//! A metric in the JSON report is its name.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::analysis::metric::measurement::metrics_of;
use crate::analysis::metric::row::Metric;

pub fn serialize<S: Serializer>(metric: &Arc<Metric>, serializer: S) -> Result<S::Ok, S::Error> {
    Metric::serialize(metric, serializer)
}

/// A name that is not in the table is one of a declared measurement; its unit stands apart from it.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Metric>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let measured = || {
        let (stem, _) = name.rsplit_once('_')?;
        metrics_of(stem, None).into_iter().find(|metric| metric.name == name)
    };
    let found = Metric::from_name(&name).cloned().or_else(measured);
    found.map(Arc::new).ok_or_else(|| de::Error::custom(format!("there is no metric '{name}'")))
}
