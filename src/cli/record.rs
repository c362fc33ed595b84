//! `jobdelta record`

use super::arguments::{AnalysisArguments, RecordArguments, RowsArguments, ScopeArgument};
use super::{Exit, Failure, Surroundings, settings};
use crate::clock::{NotASpan, Span};
use crate::deployment::RequestedMoment;
use crate::figure;
use crate::pipeline::record::{RecordRequest, RecordingDone, record};
use crate::window::Period;

/// Fewer runs say nothing of what a table keeps.
const FEW: u64 = 20;

#[derive(Debug, thiserror::Error)]
enum WrongRecording {
    #[error("--keep: {0}")]
    Keep(#[from] NotASpan),
    #[error("--keep: '{0}' is no length of time")]
    Nothing(String),
    #[error("--since: {0}")]
    Since(String),
}

pub(super) async fn run(
    arguments: RecordArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let RecordArguments { store, source, time_zone, since, keep, snapshot, limits } = arguments;
    let keep = keep.as_deref().map(length).transpose()?;
    let since = since.as_deref().map(|since| moment(since, time_zone.as_deref())).transpose()?;
    let scope = Some(ScopeArgument::All);
    let rows = RowsArguments { source, time_zone, snapshot, scope, limits, ..RowsArguments::default() };
    let analysis = AnalysisArguments { rows, ..AnalysisArguments::default() };
    let settings = settings::for_looking(analysis, surroundings, true)?;
    let request = RecordRequest { store: &store, since, keep };
    let recorded = Box::pin(record(&settings, request, &surroundings.cancellation)).await?;
    for line in lines(&recorded) {
        surroundings.note(&line)?;
    }
    Ok(Exit::Success)
}

fn length(text: &str) -> Result<Span, WrongRecording> {
    let span: Span = text.parse()?;
    if span.us() > 0 { Ok(span) } else { Err(WrongRecording::Nothing(text.to_owned())) }
}

fn moment(text: &str, zone: Option<&str>) -> Result<RequestedMoment, WrongRecording> {
    let zone = zone.and_then(|zone| zone.parse().ok());
    RequestedMoment::read(text, zone).map_err(|error| WrongRecording::Since(error.to_string()))
}

/// What was done, for a person.
fn lines(recorded: &RecordingDone) -> Vec<String> {
    let RecordingDone { identity, done, stretches, earlier_reading, deleted } = recorded;
    let mut lines = Vec::new();
    if let Some(line) = earlier_reading {
        lines.push(format!(
            "the mapping is another than before ({line}): this begins a new series, and reports by this mapping use \
             nothing that was recorded by the other"
        ));
    }
    match done {
        Some((next, recording)) => {
            let new = recording.runs.saturating_sub(recording.replaced);
            lines.push(format!(
                "{} of {identity} recorded, {}: {}",
                figure::counted(recording.runs, "run", "runs"),
                figure::counted(new, "new", "new"),
                period(next.period),
            ));
            lines.extend(lost(recording.known, recording.replaced));
            if next.is_again {
                lines.push(
                    "more had been recorded than the clock has shown: it was ahead, so that all was read again".to_owned(),
                );
            }
            lines.extend(
                next.gap.map(|gap| format!("not recorded, and in the table no longer: {}", period(gap))),
            );
        }
        None => lines.push(format!("nothing of {identity} is to be recorded: no whole hour of runs is over")),
    }
    if *deleted > 0 {
        lines.push(format!("{} deleted", figure::counted(*deleted, "older run was", "older runs were")));
    }
    if let [first, ..] = stretches.as_slice() {
        lines.push(format!("the history begins at {}", figure::instant(first.start)));
    }
    lines
}

/// A table that has lost what was recorded of the last hours has lost more that was not.
fn lost(known: u64, still_there: u64) -> Option<String> {
    (known >= FEW && still_there < known / 2).then(|| {
        format!(
            "the table still holds only {} of {} recorded before for these hours: runs may have come and gone unseen; \
             record more often",
            figure::count(still_there),
            figure::counted(known, "run", "runs"),
        )
    })
}

fn period(Period { start, end }: Period) -> String {
    format!("{} to {}", figure::instant(start), figure::instant(end))
}
