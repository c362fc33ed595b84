//! Charts as SVG: one file a chart. What they place comes from the report; the figures written beside it
//! are those of the [`View`], so that all formats show the same.
//!
//! Before is hollow and drawn above, after is filled and drawn below, so that no chart needs colour to be
//! read. Charts show the jobs that have most to say and count the rest.

mod busiest_minute;
mod cycle;
mod drawing;
mod durations;
mod label;
mod levels;
mod ordinary_days;
mod panes;
mod part;
pub(super) mod scale;
mod time_at_level;
mod trends;

use serde::Serialize;

use self::part::Chart;
use super::view::View;
use crate::report::model::Report;

/// Every chart of a report; `null` where there is nothing to draw.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Charts {
    starts: Option<Chart>,
    levels: Option<Chart>,
    time_at_level: Option<Chart>,
    busiest_minute: Option<Chart>,
    durations: Option<Chart>,
    ordinary_days: Option<Chart>,
    trends: Option<Chart>,
}

impl Charts {
    /// The charts of `report`, which `view` shows as text.
    pub(super) fn of(report: &Report, view: &View) -> Self {
        Self {
            starts: cycle::chart(report, view),
            levels: levels::chart(report, view),
            time_at_level: time_at_level::chart(report, view),
            busiest_minute: busiest_minute::chart(report, view),
            durations: durations::chart(report, view),
            ordinary_days: ordinary_days::chart(report),
            trends: trends::chart(report, view),
        }
    }
}
