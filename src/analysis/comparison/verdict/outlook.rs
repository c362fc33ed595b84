//! What more runs would do, and where they could come from.

use crate::analysis::comparison::verdict::Evidence;
use crate::analysis::comparison::verdict::wording;
use crate::clock::{DAY_US, MINUTE_US, Span, Timestamp};
use crate::window::{PerSide, Side};

/// Beyond this multiple of the runs at hand no number of further runs is named.
const FAR: f64 = 50.0;

/// What more runs there could be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Whether runs keep coming in the stagger window; `None` when it has ended.
    pub coming: Option<Coming>,
    /// What the table holds from before the baseline.
    pub earlier: Earlier,
}

/// Runs keep coming.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    /// The instant of the snapshot.
    pub as_of: Timestamp,
    /// The observed length in which the stagger runs came.
    pub observed: Span,
}

/// What the table holds from before the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Earlier {
    /// Not known.
    #[default]
    Unknown,
    /// Nothing: the baseline begins where the table does.
    Nothing,
    /// Runs since this instant.
    Since(Timestamp),
}

/// Runs that would narrow an interval, or lift a side over a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurtherRuns {
    /// In the baseline.
    pub baseline: u64,
    /// In the stagger window.
    pub stagger: u64,
    /// In the stagger window if the baseline stays as it is; `None` when no number would do.
    pub stagger_alone: Option<u64>,
}

impl FurtherRuns {
    /// A side that needs `more` runs, the other none.
    pub(in crate::analysis) fn on(side: Side, more: u64) -> Self {
        match side {
            Side::Baseline => Self { baseline: more, stagger: 0, stagger_alone: None },
            Side::Stagger => Self { baseline: 0, stagger: more, stagger_alone: Some(more) },
        }
    }
}

/// The runs that would narrow the interval to the margin, `n ((w / m)² − 1)` a side with `w` its half
/// width; where it is as narrow already, to the distance of the estimate from the margin. `None` where
/// that is more than fifty times the runs at hand.
pub(super) fn further_runs(evidence: &Evidence) -> Option<FurtherRuns> {
    let half_width = evidence.interval.half_width();
    let aim = if half_width > evidence.margin {
        evidence.margin
    } else {
        (evidence.estimate.abs() - evidence.margin).abs()
    };
    let growth = (half_width / aim).powi(2) - 1.0;
    if !growth.is_finite() || growth <= 0.0 || growth > FAR {
        return None;
    }
    let (before, after) = (evidence.runs.baseline as f64, evidence.runs.stagger as f64);
    let inverse = (1.0 / before + 1.0 / after) / (growth + 1.0) - 1.0 / before;
    let alone = (inverse > 0.0).then(|| 1.0 / inverse - after).filter(|more| *more <= FAR * after);
    Some(FurtherRuns {
        baseline: ceiling(before * growth),
        stagger: ceiling(after * growth),
        stagger_alone: alone.map(ceiling),
    })
}

/// What the reader can do about it; `verb` is what the runs would do: "narrow", "settle".
pub(super) fn advice(
    further: Option<FurtherRuns>,
    runs: &PerSide<u64>,
    outlook: Outlook,
    verb: &str,
) -> String {
    let Some(further) = further else {
        return "more runs would hardly settle it".to_owned();
    };
    let until = |more: u64| {
        ready_at(more, runs.stagger, outlook.coming)
            .map(|at| format!(" (until {at} at the present rate)"))
            .unwrap_or_default()
    };
    let a_side = further.baseline.max(further.stagger);
    match outlook.earlier {
        Earlier::Unknown => {
            format!("about {} more runs a side{} would {verb} it", wording::count(a_side), until(a_side))
        }
        Earlier::Since(first) => format!(
            "about {} more runs a side{} would {verb} it, the baseline's from earlier: the table reaches back to {}",
            wording::count(a_side),
            until(further.stagger),
            minute(first, None)
        ),
        Earlier::Nothing => match further.stagger_alone {
            Some(more) => {
                format!(
                    "about {} more runs after the change{} would {verb} it",
                    wording::count(more),
                    until(more)
                )
            }
            None => format!(
                "the {} baseline runs are too few for that, and nothing earlier is in the table, so waiting cannot help",
                wording::count(runs.baseline)
            ),
        },
    }
}

/// What would give a side the runs that it lacks, as the end of a sentence.
pub(super) fn how_to_get(side: Side, more: u64, runs: u64, outlook: Outlook) -> String {
    match (side, outlook.earlier) {
        (Side::Stagger, _) => ready_at(more, runs, outlook.coming)
            .map(|at| format!("; they will be there by {at} at the present rate"))
            .unwrap_or_default(),
        (Side::Baseline, Earlier::Unknown) => String::new(),
        (Side::Baseline, Earlier::Nothing) => {
            "; nothing earlier is in the table, so waiting cannot help".to_owned()
        }
        (Side::Baseline, Earlier::Since(first)) => format!(
            "; an earlier start of the baseline could supply them, the table reaches back to {}",
            minute(first, None)
        ),
    }
}

/// When `more` runs will have come: `09:40 UTC`; `None` where no runs come or no rate is known.
fn ready_at(more: u64, runs: u64, coming: Option<Coming>) -> Option<String> {
    let Coming { as_of, observed } = coming?;
    let wait = (i128::from(more) * i128::from(observed.us())).checked_div(i128::from(runs))?;
    let wait = Span(i64::try_from(wait).unwrap_or(i64::MAX));
    // rounded up to the minute, so that the runs are there when the reader looks
    let at = as_of.plus(wait).plus(Span(MINUTE_US - 1));
    let at = Timestamp(at.us().div_euclid(MINUTE_US) * MINUTE_US);
    Some(minute(at, Some(as_of)))
}

/// The instant to the minute, without its date where that is the day of `today`.
fn minute(at: Timestamp, today: Option<Timestamp>) -> String {
    let same_day = today.is_some_and(|today| today.us().div_euclid(DAY_US) == at.us().div_euclid(DAY_US));
    let format = if same_day { "%H:%M UTC" } else { "%Y-%m-%d %H:%M UTC" };
    at.to_utc().map_or_else(|| at.to_string(), |at| at.format(format).to_string())
}

/// The whole number not below `runs`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates; negative is 0
pub(in crate::analysis) fn ceiling(runs: f64) -> u64 {
    runs.ceil() as u64
}
