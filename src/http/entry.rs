//! One deployment file as the service knows it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use quick_cache::sync::Cache;

use super::error::HttpError;
use super::parameters::{QueryParameters, wrong};
use crate::deployment::{DeploymentFile, Problem, Problems};
use crate::settings::{Location, Overrides, Settings, SourceSettings, lint};

/// The longest file that is read, in bytes.
const LONGEST_FILE: u64 = 4 * 1024 * 1024;

/// Requests whose settings are remembered.
const REMEMBERED: usize = 64;

/// By what a change of a file is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    changed: Option<SystemTime>,
    bytes: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &std::fs::Metadata) -> Self {
        Self { changed: metadata.modified().ok(), bytes: metadata.len() }
    }
}

/// A deployment file, read or broken.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) stamp: Stamp,
    pub(super) text: String,
    pub(super) file: Result<DeploymentFile, Vec<Problem>>,
    environment: Arc<BTreeMap<String, String>>,
    /// The file with recorded runs.
    store: Option<PathBuf>,
    /// By what was asked.
    settings: Cache<QueryParameters, Arc<Settings>>,
}

impl Entry {
    pub(super) fn read(
        name: &str,
        path: &Path,
        stamp: Stamp,
        (environment, store): (&Arc<BTreeMap<String, String>>, Option<&Path>),
    ) -> Self {
        let (text, file) = match text_of(path, stamp) {
            Ok(text) => {
                let file = understood(&text, name, environment);
                (text, file)
            }
            Err(message) => (String::new(), Err(vec![Problem::with_inputs(message)])),
        };
        Self {
            name: name.to_owned(),
            stamp,
            text,
            file,
            environment: Arc::clone(environment),
            store: store.map(Path::to_owned),
            settings: Cache::new(REMEMBERED),
        }
    }

    /// Whether the windows have to come from the request.
    pub(super) fn needs_windows(&self) -> bool {
        let file = self.file.as_ref().ok().and_then(|file| file.in_environment(None).ok());
        file.is_some_and(|file| {
            let windows = file.windows;
            windows.baseline.is_none() && windows.stagger.is_none() && windows.at.is_none()
        })
    }

    /// Where its rows are; `None` where the file does not say so.
    pub(super) fn location(&self) -> Option<Location> {
        let file = self.file.as_ref().ok()?.in_environment(None).ok()?;
        let source = SourceSettings::resolve(Some(&file), &Overrides::default(), &self.environment);
        Some(source.ok()?.location)
    }

    /// # Errors
    /// When the file is broken, or the parameters do not fit.
    pub(super) fn settings(&self, parameters: &QueryParameters) -> Result<Arc<Settings>, HttpError> {
        if let Some(settings) = self.settings.get(parameters) {
            return Ok(settings);
        }
        let file = self.file.as_ref().map_err(|problems| broken(problems))?;
        let file = file.in_environment(parameters.environment.as_deref());
        let file = file.map_err(|problem| wrong(Problems(vec![problem])))?;
        let overrides = Overrides { history: self.store.clone(), ..parameters.overrides() };
        let settings = Settings::resolve(Some(file), &overrides, &self.environment).map_err(wrong)?;
        let settings = Arc::new(settings);
        self.settings.insert(parameters.clone(), Arc::clone(&settings));
        Ok(settings)
    }
}

pub(super) fn broken(problems: &[Problem]) -> HttpError {
    HttpError::new(axum::http::StatusCode::CONFLICT, "the deployment file is broken")
        .with_lines(problems.iter().map(ToString::to_string).collect())
}

fn text_of(path: &Path, stamp: Stamp) -> Result<String, String> {
    if stamp.bytes > LONGEST_FILE {
        return Err(format!("the file has more than {LONGEST_FILE} bytes"));
    }
    std::fs::read_to_string(path).map_err(|error| format!("the file cannot be read: {error}"))
}

fn understood(
    text: &str,
    name: &str,
    environment: &BTreeMap<String, String>,
) -> Result<DeploymentFile, Vec<Problem>> {
    let name = format!("{name}.toml");
    let problems = lint(text, &name, environment);
    if !problems.is_empty() {
        return Err(problems);
    }
    DeploymentFile::read(text, &name, environment).map_err(|problems| problems.0)
}
