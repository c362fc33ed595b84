//! The stagger window of one report as the baseline of another: what is kept for it, and how it is taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Report, SCHEMA_VERSION};
use crate::analysis::plan::{AnalysisSettings, Scope};
use crate::clock::Timestamp;
use crate::observation::pictures::WindowPictures;
use crate::observation::{Observations, ObservedElsewhere, Recorded, WindowObservations};
use crate::settings::Settings;
use crate::window::{Exclusion, Side, Window};

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
fn counted_with(settings: &AnalysisSettings) -> BTreeMap<String, String> {
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

/// An earlier report cannot be the baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is something else, or damaged.
    #[error("{file} is not a JSON report of jobdelta: {source}")]
    NotAReport {
        /// The file.
        file: String,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// It has another form.
    #[error(
        "{file} has schema version {version}, and this is a program for version {SCHEMA_VERSION}; make it anew"
    )]
    Version {
        /// The file.
        file: String,
        /// Its version.
        version: u64,
    },
    /// It does not hold what was observed.
    #[error(
        "{file} holds no observations, as a report does whose jobs or errors were redacted; make it anew with \
         `jobdelta report -o FILE.json`"
    )]
    NoObservations {
        /// The file.
        file: String,
    },
    /// It counted something else.
    #[error(
        "{file} was made with {setting} = {theirs}, and this report with {ours}: they cannot be compared; make \
         one of them anew"
    )]
    Setting {
        /// The file.
        file: String,
        /// The name of the threshold.
        setting: String,
        /// Its value then.
        theirs: String,
        /// Its value now.
        ours: String,
    },
}

/// Reads the JSON report in `text` and takes its stagger window, as the baseline of a report by `settings`.
/// Jobs bear their present names in it. `file` is its name, for readers.
///
/// # Errors
/// When it is no report, or counted something else.
pub fn baseline(text: &str, file: &str, settings: &Settings) -> Result<ObservedElsewhere, BaselineError> {
    let report = read(text, file)?;
    let Some(kept) = report.observations else {
        return Err(BaselineError::NoObservations { file: file.to_owned() });
    };
    let ours = counted_with(&settings.analysis);
    if let Some((setting, theirs)) = kept.settings.iter().find(|(name, value)| ours.get(*name) != Some(value))
    {
        return Err(BaselineError::Setting {
            file: file.to_owned(),
            setting: setting.clone(),
            theirs: theirs.clone(),
            ours: ours.get(setting).cloned().unwrap_or_default(),
        });
    }
    let facts = &report.windows.stagger;
    let gap = |period: &crate::window::Period| Exclusion { period: *period, reason: String::new() };
    let excluded: Vec<Exclusion> = facts.excluded.iter().map(gap).collect();
    let period = crate::window::Period { start: facts.start, end: facts.end };
    let window = Window::observe(period, report.as_of, &excluded, format!("from report {file}"), None);
    let mut seen = kept.stagger;
    let present = |old: &str| {
        let renamed = settings.jobs.iter().find(|job| job.was.as_deref() == Some(old));
        renamed.map_or(old, |job| job.name.as_str()).to_owned()
    };
    seen.rename(present);
    let mut pictures = kept.pictures;
    pictures.rename(present);
    let (first_started, recorded) = (kept.first_started, kept.recorded);
    Ok(ObservedElsewhere { window, seen, first_started, recorded, pictures })
}

fn read(text: &str, file: &str) -> Result<Report, BaselineError> {
    #[derive(Deserialize)]
    struct Version {
        schema_version: u64,
    }
    let wrong = |source| BaselineError::NotAReport { file: file.to_owned(), source };
    let Version { schema_version } = serde_json::from_str(text).map_err(wrong)?;
    if schema_version != u64::from(SCHEMA_VERSION) {
        return Err(BaselineError::Version { file: file.to_owned(), version: schema_version });
    }
    serde_json::from_str(text).map_err(wrong)
}
