//! `jobdelta sample`

use std::sync::Arc;

use super::arguments::{AnalysisArguments, RowsArguments, SampleArguments};
use super::length::length;
use super::{Exit, Failure, Surroundings, settings};
use crate::clock::Timestamp;
use crate::figure;
use crate::legible;
use crate::measurement::SampleRound;
use crate::store::StoreError;
use crate::watch::Sampler;

#[derive(Debug, thiserror::Error)]
enum WrongSampling {
    #[error(
        "there is nothing to sample: an SQLite file and files of runs have no connections; give a server by --db, or a \
         health endpoint in [monitoring]"
    )]
    Nothing,
    #[error("nothing was sampled: {0}")]
    Failed(String),
    #[error("no round of samples could be taken")]
    NoRound,
}

pub(super) async fn run(
    arguments: SampleArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let SampleArguments { store, source, every, length: duration, keep } = arguments;
    let every = every.as_deref().map(|text| length("--every", text)).transpose()?;
    let duration = duration.as_deref().map(|text| length("--for", text)).transpose()?;
    let keep = keep.as_deref().map(|text| length("--keep", text)).transpose()?;
    let rows = RowsArguments { source, ..RowsArguments::default() };
    let analysis = AnalysisArguments { rows, ..AnalysisArguments::default() };
    let question = Arc::clone(&settings::for_looking(analysis, surroundings, true)?.question);
    let (clock, cancellation) = (surroundings.clock, surroundings.cancellation.clone());
    let usual = question.sampling.every;
    let sampler = Sampler::open(&store, question, clock, &cancellation).await?.keeping(keep);
    if every.is_none() && duration.is_none() {
        return once(sampler.round().await?, surroundings);
    }
    let mut taken = 0_usize;
    let mut tell = |at: Timestamp, round: Result<SampleRound, StoreError>| {
        let line = match round {
            Ok(round) => {
                taken += usize::from(!round.samples.is_empty());
                told(&round)
            }
            Err(error) => error.to_string(),
        };
        surroundings.note(&format!("{}: {}", figure::instant(at), legible::prose(&line)))
    };
    let end = duration.map(|duration| clock.now().plus(duration));
    sampler.rounds(every.unwrap_or(usual), end, &mut tell).await?;
    if cancellation.is_cancelled() {
        return Ok(Exit::Interrupted);
    }
    if taken == 0 { Err(WrongSampling::NoRound.into()) } else { Ok(Exit::Success) }
}

/// One round, as cron asks for it: a server that was not reached is an error, which cron reports.
fn once(round: SampleRound, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    match (round.samples.is_empty(), round.problems.is_empty()) {
        (true, true) => Err(WrongSampling::Nothing.into()),
        (true, false) => Err(WrongSampling::Failed(round.told()).into()),
        (false, _) => {
            surroundings.note(&told(&round))?;
            Ok(Exit::Success)
        }
    }
}

/// `8 measurements sampled; what sessions do is hidden; 8 older samples were deleted`
fn told(round: &SampleRound) -> String {
    let taken = figure::counted(round.samples.len() as u64, "measurement", "measurements");
    let problems = round.problems.iter().map(|problem| format!("; {problem}")).collect::<String>();
    let deleted = match round.deleted {
        0 => String::new(),
        deleted => {
            format!("; {} deleted", figure::counted(deleted, "older sample was", "older samples were"))
        }
    };
    format!("{taken} sampled{problems}{deleted}")
}
