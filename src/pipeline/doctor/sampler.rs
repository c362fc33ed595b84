//! Whether the measurements that jobdelta samples itself are sampled: what this role can take of them now, and what the
//! store has of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::check::Check;
use crate::clock::{Clock, Span, Timestamp};
use crate::figure;
use crate::measurement::{BuiltIn, KpiSource, STATEMENT_CALLS, STATEMENT_TIME, SampleRound, SampleSeriesKey};
use crate::pipeline::error::PipelineError;
use crate::pipeline::samples::take;
use crate::pipeline::source::Inquiry;
use crate::settings::Question;
use crate::store::samples::SampleStore;

const NAME: &str = "sampler";

/// Samples that are looked at for how far apart they lie: an hour of them, once a minute.
const LOOKED_AT: u32 = 61;

/// A sampler that has left out so many rounds has ended.
const ROUNDS_LEFT_OUT: i64 = 3;

const NOT_COUNTED: &str = "put pg_stat_statements into shared_preload_libraries, CREATE EXTENSION pg_stat_statements in this \
                           database, and let this role read it";

const NOT_HERE: &str = "declare a measurement that it has; docs/hours.md lists them by server";

/// Those that the deployment file declares, by name.
type DeclaredSeries = BTreeMap<&'static str, (&'static BuiltIn, SampleSeriesKey)>;

/// Takes one round and keeps none of it.
pub(super) async fn sampler(
    inquiry: Inquiry<'_>,
    place: &str,
    clock: Clock,
) -> Result<Vec<Check>, PipelineError> {
    let question = inquiry.question;
    let declared = declared(question, place);
    if declared.is_empty() {
        let nothing = question.history.as_ref().map(|_| {
            Check::good(
                NAME,
                "the deployment file declares no measurement with built_in: no sample is needed",
            )
        });
        return Ok(nothing.into_iter().collect());
    }
    let round = take(question, clock, inquiry.cancellation).await;
    let mut checks = taken(&declared, &round);
    match &question.history {
        Some(store) => checks.extend(kept(question, store, &declared, &round, clock).await?),
        None => checks.push(Check::warning(
            NAME,
            format!("without a store nothing is measured of {}", names(declared.keys())),
            "give --store, here and to reports: the file in which `jobdelta sample` keeps its samples",
        )),
    }
    Ok(checks)
}

fn declared(question: &Question, place: &str) -> DeclaredSeries {
    let built_in = question.sampled().filter_map(|(_, source)| match source {
        KpiSource::BuiltIn(built_in) => Some(*built_in),
        _ => None,
    });
    let series = |built_in: &'static BuiltIn| {
        Some((built_in.name, (built_in, question.sampling.series(built_in, place)?)))
    };
    built_in.filter_map(series).collect()
}

/// What a round cannot take.
fn taken(declared: &DeclaredSeries, round: &SampleRound) -> Vec<Check> {
    let unanswered = "see whether it runs, and under which address; until then there are gaps in the samples";
    let mut checks: Vec<Check> = round
        .problems
        .iter()
        .map(|problem| Check::warning(NAME, &problem.found, problem.advice.unwrap_or(unanswered)))
        .collect();
    let is_taken = |key: &SampleSeriesKey| round.samples.iter().any(|sample| sample.key == *key);
    let lacking = declared.values().filter(|(_, key)| !is_taken(key)).map(|(built_in, _)| *built_in);
    let (counted, others): (Vec<_>, Vec<_>) =
        lacking.partition(|built_in| [&STATEMENT_CALLS, &STATEMENT_TIME].contains(built_in));
    if !counted.is_empty() {
        let found = format!("the server has no {} for this role", names(counted.iter().map(|b| &b.name)));
        checks.push(Check::warning(NAME, found, NOT_COUNTED));
    }
    // A problem says what is lacking because of it.
    if !others.is_empty() && round.problems.is_empty() {
        let found = format!("this source has no {}", names(others.iter().map(|b| &b.name)));
        checks.push(Check::warning(NAME, found, NOT_HERE));
    }
    checks
}

/// What the store has of a series.
struct SeenSeries {
    name: &'static str,
    age: Span,
    /// From one sample to the next, as most are; `None` with one sample.
    apart: Option<Span>,
}

async fn kept(
    question: &Question,
    store: &Path,
    declared: &DeclaredSeries,
    round: &SampleRound,
    clock: Clock,
) -> Result<Vec<Check>, PipelineError> {
    let store = match SampleStore::open_existing(store).await {
        Ok(store) => store,
        Err(error) => {
            let advice =
                "give the file in which `jobdelta sample` keeps its samples; begin before the deployment";
            return Ok(vec![Check::broken(NAME, error.to_string(), advice)]);
        }
    };
    let (mut without, mut seen) = (Vec::new(), Vec::new());
    for (name, (_, key)) in declared {
        let latest = store.latest(key, LOOKED_AT).await?;
        // By the clock that gives these samples their instants, where it is known.
        let now = round.samples.iter().find(|sample| sample.key == *key).map(|sample| sample.at);
        match latest.first() {
            // What a round does not take is said already.
            None => without.extend(now.is_some().then_some(*name)),
            Some(last) => {
                let age = now.unwrap_or_else(|| clock.now()).since(*last).max(Span::default());
                seen.push(SeenSeries { name, age, apart: apart(&latest) });
            }
        }
    }
    let mut checks = Vec::new();
    if !without.is_empty() {
        let found = format!("the store has no sample of {}", names(&without));
        let advice = "let `jobdelta sample` run before the deployment, with the address of the source that is given \
                      here and the same [monitoring]";
        checks.push(Check::warning(NAME, found, advice));
    }
    checks.extend(told(question.sampling.every, seen));
    Ok(checks)
}

/// The median, of instants in falling order.
fn apart(latest: &[Timestamp]) -> Option<Span> {
    let mut gaps: Vec<Span> = latest.windows(2).map(|pair| pair[0].since(pair[1])).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied()
}

/// Series that ended, those that lie too far apart, and those that are well: a check each.
fn told(every: Span, seen: Vec<SeenSeries>) -> Vec<Check> {
    let declared = format!("sample_every is {every}");
    let rhythm = |series: &SeenSeries| series.apart.unwrap_or(every).max(every).us();
    let (ended, going_on): (Vec<_>, Vec<_>) =
        seen.into_iter().partition(|series| series.age.us() / ROUNDS_LEFT_OUT > rhythm(series));
    let (sparse, well): (Vec<_>, Vec<_>) =
        going_on.into_iter().partition(|series| rhythm(series) > every.us() + every.us() / 2);
    let of = |group: &[SeenSeries]| names(group.iter().map(|series| &series.name));
    let age = |group: &[SeenSeries]| longest(group.iter().map(|series| series.age));
    let apart = |group: &[SeenSeries]| longest(group.iter().filter_map(|series| series.apart));
    let mut checks = Vec::new();
    if let Some(age) = age(&ended) {
        let found = format!("the last sample of {} is {age} old; {declared}", of(&ended));
        let advice = "see whether `jobdelta sample` still runs; nothing is known of the time without samples";
        checks.push(Check::warning(NAME, found, advice));
    }
    if let Some(apart) = apart(&sparse) {
        let found = format!("samples of {} lie {apart} apart; {declared}", of(&sparse));
        let advice = "let `jobdelta sample` run more often, or give sample_every in [monitoring]";
        checks.push(Check::warning(NAME, found, advice));
    }
    if let Some(age) = age(&well) {
        let apart = apart(&well).map_or_else(String::new, |apart| format!(", they lie {apart} apart"));
        let found = format!("the last sample of {} is {age} old{apart}; {declared}", of(&well));
        checks.push(Check::good(NAME, found));
    }
    checks
}

fn longest(spans: impl Iterator<Item = Span>) -> Option<String> {
    spans.max().map(|span| figure::span(span.as_seconds()))
}

fn names<'n>(names: impl IntoIterator<Item = &'n &'static str>) -> String {
    names.into_iter().copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::check::Health;
    use super::*;

    #[test]
    fn a_series_has_ended_by_its_own_rhythm_and_is_sparse_by_the_declared_one() {
        let every = Span::seconds(60);
        let found = |age: i64, apart: Option<i64>| {
            let apart = apart.map(Span::seconds);
            let checks =
                told(every, vec![SeenSeries { name: "connections", age: Span::seconds(age), apart }]);
            checks.into_iter().map(|check| (check.health, check.found)).next().unwrap()
        };
        let (health, text) = found(180, Some(61));
        assert_eq!(health, Health::Good);
        assert_eq!(
            text,
            "the last sample of connections is 3 min old, they lie 1 min 1 s apart; sample_every is 1m"
        );
        assert_eq!(found(5, None).1, "the last sample of connections is 5 s old; sample_every is 1m");
        assert_eq!(
            found(7_200, Some(60)),
            (Health::Warning, "the last sample of connections is 2 h old; sample_every is 1m".to_owned())
        );
        assert_eq!(
            found(200, Some(300)),
            (Health::Warning, "samples of connections lie 5 min apart; sample_every is 1m".to_owned())
        );
    }

    #[test]
    fn one_long_pause_among_many_samples_is_no_rhythm() {
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        assert_eq!(apart(&[at(1_060), at(1_000), at(120), at(60)]), Some(Span::seconds(60)));
        assert_eq!(apart(&[at(0)]), None);
    }
}
