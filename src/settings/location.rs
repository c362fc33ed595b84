//! Where the rows are: a database, or files of runs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{BaselineFrom, FileMapping, Location, MappingChoice, Overrides, SettingsError, SourceSettings};
use crate::deployment::{DeploymentFile, LogSection, Problem, builtin, expand};
use crate::log_pattern::LogSettings;
use crate::mapping::{KnownSource, MappingSettings};
use crate::nearest::did_you_mean;

const SCHEMES: [&str; 5] = ["sqlite", "postgres", "postgresql", "mysql", "mariadb"];

impl SourceSettings {
    /// Where the rows are, for commands that need no windows: `--db` or files, else the file's
    /// `source.url`, else `DATABASE_URL`.
    ///
    /// # Errors
    /// When none of them is given, or two that exclude each other, or not the URL of a database.
    pub fn resolve(
        file: Option<&DeploymentFile>,
        overrides: &Overrides,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, SettingsError> {
        let wrong = |problem| SettingsError(vec![problem]);
        let location = location(file, overrides, environment).map_err(wrong)?;
        let mapping = mapping(file, overrides, &location).map_err(wrong)?;
        Ok(Self { location, mapping })
    }
}

impl MappingChoice {
    /// The mapping that is taken without a look at the database: jobdelta's own table where nothing is named.
    ///
    /// # Errors
    /// When what the deployment file says does not fit.
    pub fn unseen(&self) -> Result<MappingSettings, String> {
        match self {
            Self::Named(mapping) => Ok(mapping.clone()),
            Self::Recognised(written) => written.over(builtin::job_runs()?),
            Self::Files(mapping) => mapping.of_runs(),
        }
    }

    /// What is said of the columns of files.
    pub fn of_files(&self) -> FileMapping {
        match self {
            Self::Files(mapping) => mapping.clone(),
            Self::Named(_) | Self::Recognised(_) => FileMapping::default(),
        }
    }

    /// The built-in mappings to choose from: the one that is named, none for a table or query of one's own.
    ///
    /// # Errors
    /// When a built-in mapping cannot be read.
    pub fn known(&self) -> Result<Vec<KnownSource>, String> {
        let written = match self {
            Self::Files(_) => return Ok(Vec::new()),
            Self::Named(mapping) => {
                let known = builtin::all()?.into_iter().find(|known| known.mapping.name == mapping.name);
                let known = known.filter(|known| known.mapping.rows == mapping.rows);
                let named = known.map(|known| KnownSource { mapping: mapping.clone(), ..known });
                return Ok(named.into_iter().collect());
            }
            Self::Recognised(written) => written,
        };
        let over = |known: KnownSource| {
            let mapping = written.over(known.mapping)?;
            Ok(KnownSource { mapping, ..known })
        };
        builtin::all()?.into_iter().map(over).collect()
    }
}

impl BaselineFrom {
    /// Where the baseline's rows are: where the flags say, else where all rows are.
    pub(super) fn resolve(file: Option<&DeploymentFile>, overrides: &Overrides) -> Result<Self, Problem> {
        match (&overrides.baseline_report, &overrides.baseline_db) {
            (None, None) => Ok(Self::Source),
            (Some(_), Some(_)) => {
                Err(Problem::with_flag("--baseline-report", "give it or --baseline-db, not both"))
            }
            (Some(report), None) => Ok(Self::Report(report.clone())),
            (None, Some(url)) => {
                let location =
                    database(url).map_err(|message| Problem::with_flag("--baseline-db", message))?;
                let mapping = mapping(file, overrides, &location)?;
                Ok(Self::Database(SourceSettings { location, mapping }))
            }
        }
    }
}

fn location(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    environment: &BTreeMap<String, String>,
) -> Result<Location, Problem> {
    if !overrides.files.is_empty() {
        return files(overrides);
    }
    if let Some(url) = &overrides.db {
        return database(url).map_err(|message| Problem::with_flag("--db", message));
    }
    if let (Some(file), Some(url)) = (file, file.and_then(|file| file.source.url.as_ref())) {
        let wrong =
            |message: String| Problem::on_line(&file.file, url.line, format!("'url' in [source]: {message}"));
        let url = expand(&url.value, environment).map_err(|error| wrong(error.to_string()))?;
        return database(&url).map_err(wrong);
    }
    match environment.get("DATABASE_URL").filter(|url| !url.is_empty()) {
        Some(url) => {
            database(url).map_err(|message| Problem::with_inputs(format!("DATABASE_URL: {message}")))
        }
        None => Err(Problem::with_inputs(
            "no source of runs: give --db URL or files of runs, or set `url` in [source] of the deployment \
             file, or DATABASE_URL in the environment",
        )),
    }
}

fn files(overrides: &Overrides) -> Result<Location, Problem> {
    if overrides.db.is_some() {
        return Err(Problem::with_flag("--db", "give a database or files of runs, not both"));
    }
    if overrides.source.is_some() {
        let message = "it says how a database's table is read; files of runs have a form of their own";
        return Err(Problem::with_flag("--source", message));
    }
    Ok(Location::Files(overrides.files.clone()))
}

/// Endings by which a path is known for an `SQLite` file.
const FILE_ENDINGS: [&str; 3] = [".db", ".sqlite", ".sqlite3"];

/// The URL of a database that is given by its URL or by the path of an `SQLite` file. What could be a damaged
/// URL, with a password in it, is no path.
pub fn database_url(given: &str) -> Cow<'_, str> {
    let plain = !given.contains([':', '@']);
    let is_path = given.contains(['/', '\\']) || FILE_ENDINGS.iter().any(|ending| given.ends_with(ending));
    if plain && !given.is_empty() && (is_path || std::path::Path::new(given).is_file()) {
        return Cow::Owned(format!("sqlite://{}", given.replace('%', "%25").replace('?', "%3F")));
    }
    Cow::Borrowed(given)
}

/// The URL is never part of a message: it may hold a password.
fn database(given: &str) -> Result<Location, String> {
    let url = &*database_url(given);
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    // Without `//` a driver would take user and password for the name of a database, and print it.
    let is_url = scheme == "sqlite" || url[scheme.len()..].starts_with("://");
    if SCHEMES.contains(&scheme) && is_url {
        return Ok(Location::Database(url.to_owned()));
    }
    // Only what is plainly a scheme is shown: anything else could be part of a secret.
    let plain = url[scheme.len()..].starts_with("://") && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    if plain && !scheme.is_empty() {
        return Err(format!("'{scheme}' is not the scheme of a database{}", did_you_mean(scheme, SCHEMES)));
    }
    Err("this is neither a database URL such as postgres://host/name nor the path of an SQLite file such as ./jobs.db"
        .to_owned())
}

/// The mapping of the file with the flag's preset.
fn mapping(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    location: &Location,
) -> Result<MappingChoice, Problem> {
    let mut written = file.map(|file| file.source.clone()).unwrap_or_default();
    // An unknown zone is an error of the windows.
    let zone = overrides.time_zone.as_ref().and_then(|name| name.parse().ok());
    written.mapping = written.mapping.in_zone(zone);
    if let Location::Files(_) = location {
        let logs = match file {
            Some(file) => file.logs(),
            None => LogSection::default().settings(),
        };
        let logs = logs.map_err(Problem::with_inputs)?;
        let logs = LogSettings { time_zone: zone.or(logs.time_zone), ..logs };
        return Ok(MappingChoice::Files(FileMapping::of(&written, logs)));
    }
    let choice = written.mapping(overrides.source.as_deref());
    let choice = choice.map(|named| match named {
        Some(mapping) => MappingChoice::Named(mapping),
        None => MappingChoice::Recognised(written.mapping.clone()),
    });
    choice.map_err(|problem| match overrides.source {
        Some(_) => Problem::with_flag("--source", problem),
        None => Problem::with_inputs(problem),
    })
}
