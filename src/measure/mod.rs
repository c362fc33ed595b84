//! The samples of declared measurements (KPIs) in both windows: from the source's own database, a CSV file, Prometheus,
//! or those that jobdelta took itself and kept.

mod error;
mod file;
mod kept;
mod prometheus;
mod query;
mod sampler;
mod series;

use std::collections::BTreeMap;

pub use self::error::MeasureError;
pub use self::kept::KeptSamples;
use self::prometheus::RangeFailure;
pub use self::sampler::sample;
use self::series::SampleSeries;
use crate::cancellation::{Cancellation, Deadline};
use crate::database::{Session, Statement};
use crate::measurement::{BuiltIn, KpiSource, RangeQuery, query_name};
use crate::observation::Samples;
use crate::window::{PerSide, Side, Window};

/// Samples by the name of their measurement.
pub type SamplesByKpi = BTreeMap<String, Samples>;

/// Measures each of `kpis` in the windows that are observed. Queries run in the snapshot of `session`, within its
/// time limit; `kept` holds what was sampled before.
///
/// # Errors
/// When a query or a file cannot be read, or Prometheus refuses the query. A Prometheus that does not answer is no
/// error: nothing was measured, and why is said.
pub async fn measure<'k>(
    kpis: impl IntoIterator<Item = (&'k str, &'k KpiSource)>,
    kept: &KeptSamples,
    windows: &PerSide<Window>,
    session: &mut Session,
    cancellation: &Cancellation,
    deadline: Deadline,
) -> Result<PerSide<SamplesByKpi>, MeasureError> {
    let mut measured: PerSide<SamplesByKpi> = PerSide::default();
    let mut servers = Servers { cancellation, deadline, silent: BTreeMap::new() };
    for (kpi, source) in kpis {
        for side in Side::BOTH {
            let window = windows.get(side);
            if window.observed.is_empty() {
                continue;
            }
            let samples = match source {
                KpiSource::Query(query) => query::samples(kpi, query, window, session).await?,
                KpiSource::File(file) => remembered(kpi, file::series(kpi, file, window)?, session),
                KpiSource::Prometheus(query) => servers.samples(kpi, query, window, session).await?,
                KpiSource::BuiltIn(built_in) => taken(kpi, built_in, kept, (side, window), session),
            };
            measured.get_mut(side).insert(kpi.to_owned(), samples);
        }
    }
    Ok(measured)
}

/// The samples that were taken of a built-in measurement.
fn taken(
    kpi: &str,
    built_in: &BuiltIn,
    kept: &KeptSamples,
    (side, window): (Side, &Window),
    session: &mut Session,
) -> Samples {
    match kept.get(built_in.name) {
        Some(samples) => remembered(kpi, kept::series(built_in, samples.get(side), window), session),
        None => Samples { failure: Some(kept::NO_STORE.to_owned()), ..Samples::default() },
    }
}

/// Servers of Prometheus, of which one that does not answer is asked once.
struct Servers<'a> {
    cancellation: &'a Cancellation,
    deadline: Deadline,
    /// What is said of those that did not answer, by address.
    silent: BTreeMap<String, String>,
}

impl Servers<'_> {
    async fn samples(
        &mut self,
        kpi: &str,
        query: &RangeQuery,
        window: &Window,
        session: &mut Session,
    ) -> Result<Samples, MeasureError> {
        let unanswered = |failure: &String| Samples { failure: Some(failure.clone()), ..Samples::default() };
        if let Some(failure) = self.silent.get(&query.url) {
            return Ok(unanswered(failure));
        }
        match prometheus::series(query, window, self.cancellation, self.deadline).await {
            Ok(series) => Ok(remembered(kpi, series, session)),
            Err(RangeFailure::Refused(reason)) => Err(MeasureError::Refused { kpi: kpi.to_owned(), reason }),
            Err(RangeFailure::Cancelled) => Err(MeasureError::Cancelled),
            Err(RangeFailure::Unanswered(reason)) => {
                let failure = format!("Prometheus {reason}");
                let samples = unanswered(&failure);
                self.silent.insert(query.url.clone(), failure);
                Ok(samples)
            }
        }
    }
}

/// The statements of those that are read from the database, as they run, each with its name in reports.
///
/// # Errors
/// As for measuring.
pub async fn statements<'k>(
    kpis: impl IntoIterator<Item = (&'k str, &'k KpiSource)>,
    windows: &PerSide<Window>,
    session: &mut Session,
) -> Result<Vec<(String, Statement)>, MeasureError> {
    let mut statements = Vec::new();
    for (kpi, source) in kpis {
        let KpiSource::Query(query) = source else { continue };
        for window in windows.iter() {
            statements.push((query_name(kpi), query::statement(kpi, query, window, session).await?));
        }
    }
    Ok(statements)
}

/// The samples of a series that was not read from the database, which a report lists beside its queries.
fn remembered(kpi: &str, series: SampleSeries, session: &mut Session) -> Samples {
    let SampleSeries { samples, read, statement, elapsed } = series;
    session.remember(&query_name(kpi), statement, read, elapsed);
    samples
}
