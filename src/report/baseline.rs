//! The stagger window of one report as the baseline of another: what is kept for it, and how it is taken.

use serde::Deserialize;

use super::kept::counted_with;
use super::model::{ExcludedPeriod, Report, SCHEMA_VERSION};
use crate::clock::Timestamp;
use crate::observation::ObservedElsewhere;
use crate::settings::Question;
use crate::window::{Chosen, Exclusion, Period, Window};

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
    /// A period is excluded now that was not when it was made.
    #[error(
        "{file} was made without the excluded period {start} to {end}; make it anew, or exclude other hours"
    )]
    Exclusion {
        /// The file.
        file: String,
        /// First instant of the period.
        start: Timestamp,
        /// First instant after it.
        end: Timestamp,
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

/// Reads the JSON report in `text` and takes its stagger window, as the baseline of a report about `question`.
/// Jobs bear their present names in it. `file` is its name, for readers.
///
/// # Errors
/// When it is no report, or counted something else.
pub fn baseline(text: &str, file: &str, question: &Question) -> Result<ObservedElsewhere, BaselineError> {
    let report = read(text, file)?;
    let Some(kept) = report.observations else {
        return Err(BaselineError::NoObservations { file: file.to_owned() });
    };
    let ours = counted_with(&question.analysis);
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
    let gap = |period: &Period| Exclusion { period: *period, reason: String::new() };
    let excluded: Vec<Exclusion> = facts.excluded.iter().map(gap).collect();
    let period = Period { start: facts.start, end: facts.end };
    let excluded_runs = excluded_runs(&report.excluded, period, file, question)?;
    let chosen = Chosen::FromReport { file: file.to_owned() };
    let window = Window::observe(period, report.as_of, &excluded, chosen, None);
    let mut seen = kept.stagger;
    let present = |old: &str| {
        let renamed = question.jobs.iter().find(|job| job.was.as_deref() == Some(old));
        renamed.map_or(old, |job| job.name.as_str()).to_owned()
    };
    seen.rename(present);
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

/// The runs in the declared exclusions that touch `window`, all of which the earlier report knew.
fn excluded_runs(
    known: &[ExcludedPeriod],
    window: Period,
    file: &str,
    question: &Question,
) -> Result<Vec<Option<u64>>, BaselineError> {
    let runs = |exclusion: &Exclusion| {
        let Period { start, end } = exclusion.period;
        if !exclusion.period.overlaps(&window) {
            return Ok(None);
        }
        let same = known.iter().find(|period| (period.start, period.end) == (start, end));
        match same {
            Some(period) => Ok(Some(period.runs)),
            None => Err(BaselineError::Exclusion { file: file.to_owned(), start, end }),
        }
    };
    question.exclusions.iter().map(runs).collect()
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
