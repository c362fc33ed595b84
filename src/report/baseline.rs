//! The stagger window of one report as the baseline of another.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::kept::check::{self, Damage};
use super::kept::{FORMAT, KeptObservations, VERSION, counted_with};
use super::tool::Tool;
use crate::clock::Timestamp;
use crate::observation::ObservedElsewhere;
use crate::settings::Question;
use crate::window::{Chosen, Exclusion, Period, Window};

#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    #[error(
        "{file} is not an observations file of jobdelta, as `jobdelta report -o NAME.observations.json` writes it: \
         {source}"
    )]
    NotObservations {
        file: String,
        #[source]
        source: serde_json::Error,
    },
    #[error(
        "{file} is not an observations file but a JSON report, which holds no observations; write them with \
         `jobdelta report -o NAME.observations.json` and give that file"
    )]
    Report { file: String },
    #[error(
        "{file} has version {version} of an observations file, by jobdelta {tool}; jobdelta {} reads version \
         {VERSION}: make it anew with this program", env!("CARGO_PKG_VERSION")
    )]
    Version { file: String, version: u64, tool: String },
    #[error("{file} is damaged or was edited: {source}; make it anew")]
    Damaged {
        file: String,
        #[source]
        source: Damage,
    },
    #[error(
        "{file} was made without the excluded period {start} to {end}; make it anew, or exclude other hours"
    )]
    Exclusion { file: String, start: Timestamp, end: Timestamp },
    #[error(
        "{file} was made with {setting} = {theirs}, and this report with {ours}: they cannot be compared; make \
         one of them anew"
    )]
    Setting { file: String, setting: String, theirs: String, ours: String },
}

/// Reads the observations file in `text`, as the baseline of a report about `question`. Jobs have their present
/// names in it. `file` is its name, for readers.
pub fn baseline(text: &str, file: &str, question: &Question) -> Result<ObservedElsewhere, BaselineError> {
    let kept = read(text, file)?;
    let ours = counted_with(&question.analysis);
    let mut names = kept.settings.keys().chain(ours.keys());
    if let Some(setting) = names.find(|name| kept.settings.get(*name) != ours.get(*name)) {
        let value =
            |all: &BTreeMap<String, String>| all.get(setting).cloned().unwrap_or_else(|| "?".to_owned());
        return Err(BaselineError::Setting {
            file: file.to_owned(),
            setting: setting.clone(),
            theirs: value(&kept.settings),
            ours: value(&ours),
        });
    }
    let gap = |period: &Period| Exclusion { period: *period, reason: String::new() };
    let excluded: Vec<Exclusion> = kept.window.excluded.iter().map(gap).collect();
    let excluded_runs = excluded_runs(&kept, file, question)?;
    let chosen = Chosen::FromReport { file: file.to_owned() };
    let window = Window::observe(kept.period(), kept.as_of, &excluded, chosen, None);
    let mut seen = kept.stagger;
    let renamed: BTreeMap<&str, &str> =
        question.jobs.iter().filter_map(|job| Some((job.was.as_deref()?, job.name.as_str()))).collect();
    let present = |old: &str| renamed.get(old).copied().unwrap_or(old).to_owned();
    seen.rename(present, &window.excluded);
    let mut pictures = kept.pictures;
    pictures.rename(present);
    Ok(ObservedElsewhere {
        window,
        seen,
        first_started: kept.first_started,
        recorded: kept.recorded,
        pictures,
        excluded_runs,
    })
}

/// The runs in the declared exclusions that touch the window, all of which the earlier report knew.
fn excluded_runs(
    kept: &KeptObservations,
    file: &str,
    question: &Question,
) -> Result<Vec<Option<u64>>, BaselineError> {
    let runs = |exclusion: &Exclusion| {
        let Period { start, end } = exclusion.period;
        if !exclusion.period.overlaps(&kept.period()) {
            return Ok(None);
        }
        let same = kept.exclusions.iter().find(|known| (known.start, known.end) == (start, end));
        match same {
            Some(known) => Ok(Some(known.runs)),
            None => Err(BaselineError::Exclusion { file: file.to_owned(), start, end }),
        }
    };
    question.exclusions.iter().map(runs).collect()
}

/// The observations in `text`, of this version and sound.
fn read(text: &str, file: &str) -> Result<KeptObservations, BaselineError> {
    #[derive(Deserialize)]
    struct KeptHeader {
        format: Option<String>,
        version: Option<u64>,
        schema_version: Option<u64>,
        tool: Option<Tool>,
    }
    let file = file.to_owned();
    let header: KeptHeader = match serde_json::from_str(text) {
        Ok(header) => header,
        Err(source) => return Err(BaselineError::NotObservations { file, source }),
    };
    match header.version.filter(|_| header.format.as_deref() == Some(FORMAT)) {
        Some(VERSION) => {}
        Some(version) => {
            let tool = header.tool.map_or_else(|| "of an unknown version".to_owned(), |tool| tool.version);
            return Err(BaselineError::Version { file, version, tool });
        }
        None if header.schema_version.is_some() => return Err(BaselineError::Report { file }),
        None => {
            let source = serde::de::Error::custom(format!("it does not begin with \"format\": \"{FORMAT}\""));
            return Err(BaselineError::NotObservations { file, source });
        }
    }
    let read = serde_json::from_str(text).map_err(Damage::from).and_then(check::checked);
    read.map_err(|source| BaselineError::Damaged { file, source })
}
