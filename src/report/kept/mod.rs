//! What a report keeps of its stagger window, so that it can be the baseline of another.

pub(super) mod check;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::plan::AnalysisSettings;
use crate::clock::Timestamp;
use crate::observation::counting::Scope;
use crate::observation::pictures::WindowPictures;
use crate::observation::{Observations, Recorded, WindowObservations};
use crate::report::tool::Tool;
use crate::window::{Exclusion, Period, Side};

/// What tells the file from any other JSON.
pub const FORMAT: &str = "jobdelta observations";
/// Version of the file's form.
pub const VERSION: u64 = 1;

/// One window as it was observed, with what another report needs to know of it: the observations file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptObservations {
    pub format: String,
    pub version: u64,
    pub tool: Tool,
    pub as_of: Timestamp,
    pub window: KeptWindow,
    /// The declared exclusions with the runs that started in each.
    pub exclusions: Vec<KeptExclusion>,
    /// The thresholds that decide what is counted, by their names in the deployment file.
    pub settings: BTreeMap<String, String>,
    /// The earliest start in the table.
    pub first_started: Option<Timestamp>,
    /// Which optional facts the table records.
    pub recorded: Recorded,
    /// The stagger window.
    pub stagger: WindowObservations,
    /// What pictures of it need.
    pub pictures: WindowPictures,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptWindow {
    pub start: Timestamp,
    pub end: Timestamp,
    /// Excluded periods inside it, merged.
    pub excluded: Vec<Period>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptExclusion {
    pub start: Timestamp,
    pub end: Timestamp,
    pub runs: u64,
}

impl KeptObservations {
    /// What is kept of `observations`, whose `exclusions` are the declared ones.
    pub fn of(observations: Observations, exclusions: &[Exclusion], settings: &AnalysisSettings) -> Self {
        let pictures = observations.pictures.of(Side::Stagger);
        let window = observations.windows.stagger;
        let counted = exclusions.iter().zip(&observations.excluded_runs);
        let exclusion = |(e, runs): (&Exclusion, &u64)| KeptExclusion {
            start: e.period.start,
            end: e.period.end,
            runs: *runs,
        };
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            tool: Tool::this(),
            as_of: observations.as_of,
            window: KeptWindow {
                start: window.period.start,
                end: window.period.end,
                excluded: window.excluded,
            },
            exclusions: counted.map(exclusion).collect(),
            settings: counted_with(settings),
            first_started: observations.coverage.first_started,
            recorded: observations.recorded,
            stagger: observations.stagger,
            pictures,
        }
    }

    pub(super) fn period(&self) -> Period {
        Period { start: self.window.start, end: self.window.end }
    }
}

/// The thresholds that the observations depend on. Those that only the analysis applies may differ.
pub(super) fn counted_with(settings: &AnalysisSettings) -> BTreeMap<String, String> {
    let scope = match settings.scope {
        Scope::Declared => "declared".to_owned(),
        Scope::All => "all".to_owned(),
    };
    let spans = [
        ("burst_window", settings.burst_window),
        ("cycle", settings.cycle),
        ("longest_run", settings.longest_run),
        ("on_time_within", settings.on_time_within),
        ("orphan_after", settings.orphan_after),
        ("slow_after", settings.slow_after),
    ];
    let mut all: BTreeMap<String, String> =
        spans.into_iter().map(|(name, span)| (name.to_owned(), span.to_string())).collect();
    all.insert("scope".to_owned(), scope);
    all.insert("final".to_owned(), settings.nothing_in_flight.to_string());
    all
}
