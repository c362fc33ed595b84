//! `[[kpis]]`: measurements beside the runs, and where their samples come from.

use std::collections::BTreeSet;
use std::path::Path;

use super::document::{Item, Section};
use super::mapping::query_of;
use super::monitoring::address;
use crate::clock::Span;
use crate::judgement::KpiDeclaration;
use crate::mapping::EpochUnit;
use crate::measurement::{
    BUILT_IN, BuiltIn, HEALTH_UP, KpiSource, RangeQuery, SampleFile, SampleQuery, Sampling,
};

/// The columns of a CSV file where nothing else is said.
const COLUMNS: [&str; 2] = ["at", "value"];

/// Distance between points where nothing is said.
const STEP: Span = Span::seconds(15);

/// The most points of a day: one a second.
const SHORTEST_STEP: Span = Span::seconds(1);

/// The declared measurements of the deployment file called `file`.
pub(super) fn read(sections: Vec<Section<'_, '_>>, file: &str, sampling: &Sampling) -> Vec<KpiDeclaration> {
    let mut names = BTreeSet::new();
    let mut kpis = Vec::new();
    for mut section in sections {
        let name = section.required_string("name");
        let unit = section.string("unit");
        let source = source(&mut section, file, sampling);
        let unit = unit.or_else(|| match source {
            Some(KpiSource::BuiltIn(built_in)) => built_in.unit.map(str::to_owned),
            _ => None,
        });
        let (reader, line) = (section.reader, section.line);
        section.finish();
        let Some(name) = name else { continue };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            reader.problem(
                line,
                format!("the measurement's name '{name}' is not made of letters, digits and '_' alone"),
            );
        } else if !names.insert(name.clone()) {
            reader.problem(line, format!("measurement '{name}' is declared twice"));
        } else {
            kpis.push(KpiDeclaration { name, unit, source });
        }
    }
    kpis
}

/// Where the samples come from; `None` where nothing is said.
fn source(section: &mut Section<'_, '_>, file: &str, sampling: &Sampling) -> Option<KpiSource> {
    let sources = ["query", "samples", "prometheus", "built_in"].map(|key| section.get(key));
    if let Some(other) = sources.iter().flatten().nth(1) {
        other.wrong("a measurement has one source: a query, samples, prometheus or built_in");
        return None;
    }
    let [query, samples, prometheus, built_in] = sources;
    if let Some(item) = built_in {
        return built_in_measurement(&item, sampling).map(KpiSource::BuiltIn);
    }
    if let Some(item) = query {
        let time_unit = section.get("time_unit").and_then(|item| item.word(&EpochUnit::WORDS));
        let time_zone = section.zone("time_zone");
        return Some(KpiSource::Query(SampleQuery { select: query_of(item)?, time_unit, time_zone }));
    }
    if let Some(item) = samples {
        let columns = section.get("columns").map(columns);
        let [at, value] = columns.unwrap_or_else(|| COLUMNS.map(str::to_owned));
        return Some(KpiSource::File(SampleFile { path: beside(file, &item.string()?), at, value }));
    }
    prometheus.and_then(range_query).map(KpiSource::Prometheus)
}

fn built_in_measurement(item: &Item<'_, '_>, sampling: &Sampling) -> Option<&'static BuiltIn> {
    let built_in = item.word(&BUILT_IN.map(|built_in| (built_in.name, built_in)))?;
    if sampling.series(built_in, "").is_none() {
        let uptime = if sampling.series(&HEALTH_UP, "").is_some() { ", uptime = \"/…\"" } else { "" };
        item.wrong(format!("it needs health = {{ url = \"http://…\"{uptime} }} in [monitoring]"));
        return None;
    }
    Some(built_in)
}

/// A path that is meant from the folder of the deployment file on.
fn beside(file: &str, path: &str) -> std::path::PathBuf {
    Path::new(file).parent().unwrap_or(Path::new("")).join(path)
}

fn columns(item: Item<'_, '_>) -> [String; 2] {
    let Some(mut section) = item.section() else { return COLUMNS.map(str::to_owned) };
    let columns = COLUMNS.map(|key| section.string(key).unwrap_or_else(|| key.to_owned()));
    section.finish();
    columns
}

fn range_query(item: Item<'_, '_>) -> Option<RangeQuery> {
    let mut section = item.section()?;
    let address = section.get("url").and_then(|item| address(&item));
    let query = section.string("query");
    let token = section.string("token");
    let step = section.get("step").map_or(Some(STEP), |item| step(&item));
    section.missing(&["url", "query"]);
    section.finish();
    Some(RangeQuery { url: address?, token, query: query?, step: step? })
}

fn step(item: &Item<'_, '_>) -> Option<Span> {
    let step = item.positive_span()?;
    if step < SHORTEST_STEP || step.us() % 1_000 != 0 {
        item.wrong("it must be whole milliseconds, and at least 1s");
        return None;
    }
    Some(step)
}
