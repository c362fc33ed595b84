//! `jobdelta watch`

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{STANDARD_OUTPUT, WatchArguments};
use super::check::NothingToCheck;
use super::length::length as length_of;
use super::outputs::Outputs;
use super::report::exit_of;
use super::{Exit, Failure, Surroundings, Verbosity, github, settings};
use crate::cancellation::Deadline;
use crate::clock::{Clock, Span, Timestamp};
use crate::figure;
use crate::render::{Format, terminal};
use crate::report::model::Report;
use crate::settings::{Settings, WatchChecks};
use crate::store::checkpoints::CheckpointStore;
use crate::watch::{News, WatchEnd, WatchLength, WatchOrder, watch};

/// Between looks, where nothing else is asked for: as often as a job usually runs.
const EVERY: Span = Span::seconds(60);

/// Where the last look saw nothing.
const UNSEEN: &[u8] = b"exit 3: the end was not seen, so that nothing is decided over the whole time\n";

#[derive(Debug, thiserror::Error)]
enum WrongWatch {
    #[error("say how long to watch: --for 30m, or --until 24h after the start of the window")]
    NoLength,
    #[error("--every: it is needed with --until where [monitoring] does not say it")]
    NoStep,
    #[error("--until needs --store: it takes checkpoints, which are kept there")]
    NoStore,
    #[error("a watch looks at the present; leave out --as-of and SOURCE_DATE_EPOCH")]
    FixedTime,
    #[error(
        "a watch names jobs while it goes on; leave out --redact, and write a redacted report afterwards"
    )]
    Redacted,
    #[error("a watch prints what happens; write its report to a file")]
    StandardOutput,
    #[error("the source could not be read at any look; nothing is decided")]
    NothingSeen,
}

pub(super) async fn run(
    arguments: WatchArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let WatchArguments { files, length, every, checks, store, mut analysis, output } = arguments;
    let until = analysis.rows.until.take();
    let outputs = Outputs { formats: formats(output)?, template: None, tables: false };
    let checks = if checks.is_some() { WatchChecks::Asked } else { WatchChecks::AsWritten };
    let analysis = settings::with_store(settings::with_files(analysis, files), store.clone());
    let settings = settings::resolve_for_watch(analysis, checks, surroundings)?;
    let order = order(length.as_deref(), until.as_deref(), every.as_deref(), &settings)?;
    check(&order, store.as_deref(), &settings, surroundings.clock)?;
    outputs.check(&settings.delivery)?;
    if store.is_none() {
        surroundings.note("without --store a watch that is started again begins anew")?;
        if settings.question.samples_itself() {
            surroundings
                .note("without --store nothing is sampled: built-in measurements are not measured")?;
        }
    }
    let (clock, cancellation) = (surroundings.clock, surroundings.cancellation.clone());
    let live = live(surroundings.terminal && surroundings.verbosity != Verbosity::Quiet);
    let mut tell = |at: Timestamp, news: &News| {
        if let News::Looked(_) = news {
            live.set_message(news.to_string());
            return Ok(());
        }
        let line = format!("{}  {news}\n", figure::instant(to_the_second(at)));
        live.suspend(|| surroundings.print(line.as_bytes())).map_err(std::io::Error::other)
    };
    let end = Box::pin(watch(&order, &settings, store.as_deref(), clock, &cancellation, &mut tell)).await;
    live.finish_and_clear();
    match end? {
        WatchEnd::Decided(report) => {
            let report =
                Box::pin(delivered(report, store.as_deref(), outputs, &settings, surroundings)).await?;
            surroundings.print(terminal::check(&report, &surroundings.style).as_bytes())?;
            github::tell(&report, surroundings)?;
            Ok(exit_of(&report))
        }
        WatchEnd::Unseen(Some(report)) => {
            Box::pin(delivered(report, store.as_deref(), outputs, &settings, surroundings)).await?;
            surroundings.print(UNSEEN)?;
            Ok(Exit::Undecided)
        }
        WatchEnd::Unseen(None) => Err(WrongWatch::NothingSeen.into()),
        WatchEnd::Stopped => Ok(Exit::Interrupted),
    }
}

/// Lines that follow the watch below those that stay.
fn live(shown: bool) -> ProgressBar {
    let bar = if shown {
        ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
    } else {
        ProgressBar::hidden()
    };
    match ProgressStyle::with_template("{msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn formats(paths: Vec<PathBuf>) -> Result<Vec<(Option<PathBuf>, Format)>, Failure> {
    let format = |path: PathBuf| {
        if path.as_os_str() == STANDARD_OUTPUT {
            return Err(WrongWatch::StandardOutput.into());
        }
        let format = Format::from_path(&path)?;
        Ok((Some(path), format))
    };
    paths.into_iter().map(format).collect()
}

fn order(
    length: Option<&str>,
    until: Option<&str>,
    every: Option<&str>,
    settings: &Settings,
) -> Result<WatchOrder, Failure> {
    let monitoring = settings.question.deployment.monitoring.as_ref();
    if let Some(length) = length {
        let every = every.map(|every| length_of("--every", every)).transpose()?.unwrap_or(EVERY);
        return Ok(WatchOrder { length: WatchLength::For(length_of("--for", length)?), every });
    }
    let until = until.or(monitoring.and_then(|plan| plan.until.as_deref())).ok_or(WrongWatch::NoLength)?;
    let every = every.or(monitoring.and_then(|plan| plan.every.as_deref()));
    let every = every.ok_or(WrongWatch::NoStep)?;
    let (until, every) = (length_of("--until", until)?, length_of("--every", every)?);
    Ok(WatchOrder { length: WatchLength::Until(until), every })
}

fn check(order: &WatchOrder, store: Option<&Path>, settings: &Settings, clock: Clock) -> Result<(), Failure> {
    if settings.question.as_of.is_some() || matches!(clock, Clock::Fixed(_)) {
        return Err(WrongWatch::FixedTime.into());
    }
    if !settings.delivery.redact.is_empty() {
        return Err(WrongWatch::Redacted.into());
    }
    if store.is_none() && matches!(order.length, WatchLength::Until(_)) {
        return Err(WrongWatch::NoStore.into());
    }
    if settings.question.can_decide() { Ok(()) } else { Err(NothingToCheck.into()) }
}

/// Writes the report where it was asked for, with the checkpoints of its deployment.
async fn delivered(
    mut report: Box<Report>,
    store: Option<&Path>,
    outputs: Outputs,
    settings: &Settings,
    surroundings: &mut Surroundings<'_>,
) -> Result<Report, Failure> {
    if let Some(store) = store {
        CheckpointStore::open_existing(store).await?.list_in(&mut report).await?;
    }
    let deadline = Deadline::after(settings.policy.max_time);
    outputs.write(*report, settings, deadline, surroundings).await
}

fn to_the_second(at: Timestamp) -> Timestamp {
    Timestamp(at.us().div_euclid(1_000_000) * 1_000_000)
}
