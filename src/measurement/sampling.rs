//! What jobdelta samples itself, how often, and what tells its series of samples apart.

use std::fmt;

use super::built_in::{BuiltIn, MeasuredServer, RESTARTS, SLOW_STATEMENTS, UPTIME};
use crate::clock::{Span, Timestamp};
use crate::web_address;

/// How the built-in measurements are taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sampling {
    /// From one round of samples to the next.
    pub every: Span,
    pub slow_query_after: Span,
    pub health: Option<HealthEndpoint>,
}

impl Default for Sampling {
    fn default() -> Self {
        Self { every: Span::seconds(60), slow_query_after: Span::seconds(2), health: None }
    }
}

/// An HTTP endpoint that says whether a program is well.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HealthEndpoint {
    /// May hold a secret and is never printed whole.
    pub url: String,
    /// Sent as a bearer token.
    pub token: Option<String>,
    /// A JSON pointer to how long the program has been running, a number.
    pub uptime: Option<String>,
}

impl fmt::Debug for HealthEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uptime = &self.uptime;
        f.debug_struct("HealthEndpoint")
            .field("place", &self.place())
            .field("uptime", uptime)
            .finish_non_exhaustive()
    }
}

impl HealthEndpoint {
    /// The address without what may be secret: user, password and query.
    pub fn place(&self) -> String {
        web_address::place(&self.url)
    }
}

/// What tells series of samples apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SampleSeriesKey {
    /// `host:port/name` of a database, or the address of an endpoint.
    pub source: String,
    /// The measurement, with what it depends on.
    pub measurement: String,
}

/// A value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenSample {
    pub key: SampleSeriesKey,
    pub at: Timestamp,
    pub value: f64,
}

/// What was not measured, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleProblem {
    pub found: String,
    /// What to do about it, where that is known.
    pub advice: Option<&'static str>,
}

impl fmt::Display for SampleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.found)?;
        self.advice.map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl From<String> for SampleProblem {
    fn from(found: String) -> Self {
        Self { found, advice: None }
    }
}

/// What one round of all built-in measurements found. What could not be reached has no sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleRound {
    pub samples: Vec<TakenSample>,
    pub problems: Vec<SampleProblem>,
    /// Older samples that were deleted after it.
    pub deleted: u64,
}

impl SampleRound {
    /// All problems, as one sentence; empty without one.
    pub fn told(&self) -> String {
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        problems.join("; ")
    }
}

impl Sampling {
    /// The series of a measurement whose samples were taken of the database at `place`; `None` where it is of an endpoint
    /// and none is declared, or its uptime is not.
    pub fn series(&self, built_in: &BuiltIn, place: &str) -> Option<SampleSeriesKey> {
        let (source, measurement) = match built_in.subject {
            MeasuredServer::Health => {
                let health = self.health.as_ref()?;
                let measurement = if *built_in == UPTIME || *built_in == RESTARTS {
                    format!("{} {}", UPTIME.name, health.uptime.as_ref()?)
                } else {
                    built_in.name.to_owned()
                };
                (health.place(), measurement)
            }
            _ if *built_in == SLOW_STATEMENTS => {
                (place.to_owned(), format!("{} {}", built_in.name, self.slow_query_after))
            }
            _ => (place.to_owned(), built_in.name.to_owned()),
        };
        Some(SampleSeriesKey { source, measurement })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_measurement_depends_on_is_in_its_series() {
        let health =
            HealthEndpoint { url: "http://app/health".into(), token: None, uptime: Some("/up".into()) };
        let sampling =
            Sampling { slow_query_after: Span(1_500_000), health: Some(health), ..Sampling::default() };
        let of = |built_in| sampling.series(built_in, "db:5432/app").map(|key| (key.source, key.measurement));
        assert_eq!(of(&SLOW_STATEMENTS).unwrap().1, "slow_statements 1500ms");
        assert_eq!(of(&RESTARTS), of(&UPTIME));
        assert_eq!(of(&UPTIME).unwrap(), ("http://app/health".to_owned(), "uptime /up".to_owned()));
        assert_eq!(Sampling::default().series(&UPTIME, "db"), None);
    }
}
