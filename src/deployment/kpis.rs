//! `[[kpis]]`: measurements beside the runs, and where their samples come from.

use std::collections::BTreeSet;
use std::path::Path;

use super::document::{Item, Section};
use super::mapping::query_of;
use crate::clock::Span;
use crate::judgement::KpiDeclaration;
use crate::mapping::EpochUnit;
use crate::measurement::{KpiSource, RangeQuery, SampleFile, SampleQuery};

/// The columns of a CSV file where nothing else is said.
const COLUMNS: [&str; 2] = ["at", "value"];

/// Distance between points where nothing is said.
const STEP: Span = Span::seconds(15);

/// The most points of a day: one a second.
const SHORTEST_STEP: Span = Span::seconds(1);

/// The declared measurements of the deployment file called `file`.
pub(super) fn read(sections: Vec<Section<'_, '_>>, file: &str) -> Vec<KpiDeclaration> {
    let mut names = BTreeSet::new();
    let mut kpis = Vec::new();
    for mut section in sections {
        let name = section.required_string("name");
        let unit = section.string("unit");
        let source = source(&mut section, file);
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
fn source(section: &mut Section<'_, '_>, file: &str) -> Option<KpiSource> {
    let sources = ["query", "samples", "prometheus"].map(|key| section.get(key));
    if let Some(other) = sources.iter().flatten().nth(1) {
        other.wrong("a measurement has one source: a query, samples or prometheus");
        return None;
    }
    let [query, samples, prometheus] = sources;
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
    let url = section.get("url");
    let address = url.as_ref().and_then(Item::string);
    if let (Some(item), Some(text)) = (&url, &address)
        && !["http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
    {
        item.wrong("it must begin with http:// or https://");
    }
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
