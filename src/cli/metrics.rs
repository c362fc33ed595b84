//! `jobdelta metrics`

use serde_json::json;

use super::arguments::{ListFormat, MetricsArguments};
use super::{Exit, Failure, Surroundings};
use crate::analysis::metric::{self, Better, Metric, Unit};

pub(super) fn run(
    arguments: &MetricsArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let text = match arguments.format {
        ListFormat::Text => metric::ALL.into_iter().map(entry).collect(),
        ListFormat::Json => {
            let entries: Vec<serde_json::Value> = metric::ALL.into_iter().map(object).collect();
            serde_json::to_string_pretty(&entries)? + "\n"
        }
    };
    surroundings.print_exactly(text.as_bytes())?;
    Ok(Exit::Success)
}

/// Name, unit and direction on a line, the meaning below.
fn entry(metric: &Metric) -> String {
    let Metric { name, unit, better, per_job, rule, .. } = metric;
    let better = better
        .map_or("no direction is better".to_owned(), |better| format!("{} is better", direction(better)));
    let of = if *per_job { "of a job or of all" } else { "of all jobs together" };
    format!("{name:20} {}; {better}; {of}\n  {rule}\n", unit_name(unit))
}

fn object(metric: &Metric) -> serde_json::Value {
    json!({
        "name": metric.name,
        "label": metric.label,
        "unit": unit_name(&metric.unit),
        "better": metric.better.map(direction),
        "per_job": metric.per_job,
        "meaning": metric.rule,
        "queries": metric.queries,
    })
}

const fn direction(better: Better) -> &'static str {
    match better {
        Better::Lower => "lower",
        Better::Higher => "higher",
    }
}

/// As a target writes it.
fn unit_name(unit: &Unit) -> &str {
    match unit {
        Unit::Fraction => "%",
        Unit::Milliseconds => "ms",
        Unit::Count => "count",
        Unit::Level => "level",
        Unit::Own(unit) => unit.as_deref().unwrap_or_default(),
    }
}
