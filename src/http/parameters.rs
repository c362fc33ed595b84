//! What a query of a request may say: which windows, up to when, and what is left out. Nothing else.

use axum::http::StatusCode;

use super::error::HttpError;
use crate::deployment::{Problem, ProblemPlace};
use crate::nearest::did_you_mean;
use crate::settings::{Overrides, SettingsError};

const NAMES: [&str; 7] = ["baseline", "stagger", "at", "until", "as_of", "redact", "environment"];

/// The longest value, in bytes.
const LONGEST: usize = 200;

/// The parameters of a report, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct QueryParameters {
    pub(super) baseline: Option<String>,
    pub(super) stagger: Option<String>,
    pub(super) at: Option<String>,
    pub(super) until: Option<String>,
    pub(super) as_of: Option<String>,
    pub(super) redact: Option<String>,
    pub(super) environment: Option<String>,
}

impl QueryParameters {
    /// # Errors
    /// For a name that is not known or is there twice, and for a value that is too long. An empty value, as of
    /// a field that was not filled in, counts as none.
    pub(super) fn read(query: Option<&str>) -> Result<Self, HttpError> {
        Self::of(pairs(query.unwrap_or_default()).iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    pub(super) fn of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, HttpError> {
        let mut read = Self::default();
        for (name, value) in pairs {
            let field = read.field(name).ok_or_else(|| {
                let shown: String = name.chars().take(40).collect();
                HttpError::bad_request(format!("unknown parameter '{shown}'{}", did_you_mean(name, NAMES)))
            })?;
            if field.is_some() {
                return Err(HttpError::bad_request(format!("the parameter {name} is there twice")));
            }
            if value.len() > LONGEST {
                return Err(HttpError::bad_request(format!("the parameter {name} is too long")));
            }
            if !value.trim().is_empty() {
                *field = Some(value.trim().to_owned());
            }
        }
        Ok(read)
    }

    fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "baseline" => &mut self.baseline,
            "stagger" => &mut self.stagger,
            "at" => &mut self.at,
            "until" => &mut self.until,
            "as_of" => &mut self.as_of,
            "redact" => &mut self.redact,
            "environment" => &mut self.environment,
            _ => return None,
        })
    }

    /// Whether any window is asked for.
    pub(super) const fn name_windows(&self) -> bool {
        self.baseline.is_some() || self.stagger.is_some() || self.at.is_some() || self.until.is_some()
    }

    pub(super) fn overrides(&self) -> Overrides {
        let redact = self.redact.iter().flat_map(|text| text.split(',')).map(|word| word.trim().to_owned());
        Overrides {
            baseline: self.baseline.clone(),
            stagger: self.stagger.clone(),
            at: self.at.clone(),
            until: self.until.clone(),
            as_of: self.as_of.clone(),
            redact: redact.collect(),
            ..Overrides::default()
        }
    }

    /// The same as a query.
    pub(super) fn to_query(&self) -> String {
        let named = [
            ("baseline", &self.baseline),
            ("stagger", &self.stagger),
            ("at", &self.at),
            ("until", &self.until),
            ("as_of", &self.as_of),
            ("redact", &self.redact),
            ("environment", &self.environment),
        ];
        let given = named.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        serde_urlencoded::to_string(given.collect::<Vec<_>>()).unwrap_or_default()
    }
}

/// Names and values of a query or a form.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(text).unwrap_or_default()
}

/// What is wrong with the parameters, or, where they are right, with the deployment file.
pub(super) fn wrong(error: SettingsError) -> HttpError {
    let SettingsError(problems) = error;
    let of_request = |problem: &Problem| matches!(problem.place, ProblemPlace::Flag(_));
    let asked = problems.iter().any(of_request);
    let lines = problems.iter().map(|problem| as_parameters(&problem.to_string())).collect();
    if asked {
        return HttpError::bad_request("the parameters of the request do not fit").with_lines(lines);
    }
    HttpError::new(StatusCode::CONFLICT, "the deployment file cannot be used as it is").with_lines(lines)
}

/// A message about flags as one about parameters.
fn as_parameters(message: &str) -> String {
    message
        .replace("--as-of", "as_of")
        .replace("--baseline", "baseline")
        .replace("--stagger", "stagger")
        .replace("--until", "until")
        .replace("--redact", "redact")
        .replace("--environment", "environment")
        .replace("--at", "at")
}
