//! What a report keeps of its stagger window, so that it can be the baseline of another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::plan::AnalysisSettings;
use crate::clock::Timestamp;
use crate::observation::counting::Scope;
use crate::observation::pictures::WindowPictures;
use crate::observation::{Observations, Recorded, WindowObservations};
use crate::window::Side;

/// One window as it was observed, with what another report needs to know of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptObservations {
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

impl KeptObservations {
    /// What a report keeps of `observations`.
    pub fn of(observations: &Observations, settings: &AnalysisSettings) -> Self {
        Self {
            settings: counted_with(settings),
            first_started: observations.coverage.first_started,
            recorded: observations.recorded,
            stagger: observations.stagger.clone(),
            pictures: observations.pictures.of(Side::Stagger),
        }
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
