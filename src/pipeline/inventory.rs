//! From a question to what is in its table, job by job.

use chrono_tz::Tz;

use super::error::PipelineError;
use super::reading::Keep;
use super::source::{Inquiry, Source};
use crate::cancellation::Cancellation;
use crate::clock::{DAY_US, Span, Timestamp};
use crate::figure;
use crate::inventory::audit::Audit;
use crate::inventory::compose::{self, KnownJobs};
use crate::inventory::model::{Inventory, InventorySource};
use crate::observation::Coverage;
use crate::observe::SeenJobs;
use crate::settings::Settings;
use crate::source::mapping::{Mapping, ZoneBasis};
use crate::window::{Chosen, PerSide, Period, Window};

/// How far back an inventory looks that was asked for no period.
pub const DEFAULT_WINDOW: Span = Span(14 * DAY_US);

/// What the table of `settings` holds, job by job, in the period of length `reach` up to now, or up to the last
/// start where that is longer ago. One snapshot, as for a report.
pub async fn inventory(
    settings: &Settings,
    reach: Span,
    cancellation: &Cancellation,
) -> Result<Inventory, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    inquiry.open(&question.source, question.as_of).await?.inventory(reach).await
}

impl Source<'_> {
    /// The jobs of the period of length `reach`.
    pub(super) async fn inventory(mut self, reach: Span) -> Result<Inventory, PipelineError> {
        let as_of = self.table.as_of;
        let coverage = self.table.coverage;
        let (window, window_chosen) = period(&coverage, as_of, reach);
        let seen = if window.start < window.end {
            let baseline = Window::nothing_at(window.start);
            let stagger = Window::observe(window, as_of, &[], Chosen::Given, None);
            let observer = self.table.observer(PerSide { baseline, stagger });
            observer.inventory(&mut self.session).await?
        } else {
            SeenJobs::default()
        };
        let mut notes = notes(&self.table.mapping, &coverage, &seen);
        // The last query: where it fails, the snapshot of PostgreSQL is of no more use.
        let scheduler = match self.scheduler_jobs().await {
            Ok(jobs) => jobs,
            Err(note) => {
                notes.push(note);
                None
            }
        };
        let declared = &self.table.question.jobs;
        let time_zone = zone(&self.table.mapping);
        let rows = seen.jobs.iter().map(|(name, job)| (name.as_str(), job.counts.outcomes.rows())).collect();
        let known = KnownJobs { declared, scheduler: scheduler.as_deref().unwrap_or_default(), time_zone };
        Ok(Inventory {
            schema_version: 1,
            source: self.inventory_source(time_zone),
            window,
            window_chosen,
            as_of,
            first_started: coverage.first_started,
            last_started: coverage.last_started,
            jobs: compose::jobs(&seen.jobs, known),
            audit: Audit::of(&rows, declared, scheduler.as_deref()),
            notes,
        })
    }

    fn inventory_source(&self, time_zone: Tz) -> InventorySource {
        InventorySource {
            identity: self.session.identity().to_owned(),
            mapping: self.table.mapping.name.clone(),
            product: self.table.product().map(str::to_owned),
            time_zone: time_zone.name().to_owned(),
        }
    }
}

/// The zone of times of day: that of the table's local times.
fn zone(mapping: &Mapping) -> Tz {
    match mapping.zone_basis() {
        ZoneBasis::Declared(zone) => zone,
        ZoneBasis::Instants | ZoneBasis::OffsetOrAssumed | ZoneBasis::Assumed => Tz::UTC,
    }
}

/// The period that is looked at, and why this one.
fn period(coverage: &Coverage, as_of: Timestamp, reach: Span) -> (Period, String) {
    let (Some(first), Some(last)) = (coverage.first_started, coverage.last_started) else {
        return (Period { start: as_of, end: as_of }, "the table has no runs".to_owned());
    };
    let back = Span(-reach.us());
    let (end, up_to) = if last < as_of.plus(back) {
        (last.plus(Span(1)), "up to the last start")
    } else {
        (as_of, "up to now")
    };
    let length = figure::span(reach.as_seconds());
    if first <= end.plus(back) {
        return (Period { start: end.plus(back), end }, format!("{length} {up_to}"));
    }
    let length = figure::span(end.since(first).as_seconds().ceil());
    (Period { start: first.min(end), end }, format!("all of the table, {length} {up_to}"))
}

fn notes(mapping: &Mapping, coverage: &Coverage, seen: &SeenJobs) -> Vec<String> {
    let mut notes = Vec::new();
    if seen.open > 0 {
        let rows = figure::counted(seen.open, "row has", "rows have");
        notes.push(format!("{rows} not started yet and are left out"));
    }
    if seen.unplaced > 0 {
        let rows = figure::counted(seen.unplaced, "row has", "rows have");
        notes.push(format!(
            "{rows} no start that can be read, and are in no figure; `jobdelta doctor` shows some"
        ));
    }
    if coverage.rows_ahead > 0 {
        let rows = figure::counted(coverage.rows_ahead, "row starts", "rows start");
        notes.push(format!(
            "{rows} after the server's clock and are left out; is time_zone in [source] right?"
        ));
    }
    if mapping.zone_basis() == ZoneBasis::Assumed {
        notes.push("no time zone is known: the times are read as UTC; give time_zone in [source]".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp((20_000 + day) * DAY_US)
    }

    fn chosen(first: i64, last: i64, as_of: i64) -> (i64, i64, String) {
        let coverage =
            Coverage { first_started: Some(day(first)), last_started: Some(day(last)), rows_ahead: 0 };
        let (found, why) = period(&coverage, day(as_of), DEFAULT_WINDOW);
        let number = |at: Timestamp| at.us() / DAY_US - 20_000;
        (number(found.start), number(found.end), why)
    }

    #[test]
    fn the_period_is_recent_and_one_that_the_table_has() {
        assert_eq!(chosen(0, 99, 100), (86, 100, "14 d up to now".to_owned()));
        assert_eq!(chosen(95, 99, 100), (95, 100, "all of the table, 5 d up to now".to_owned()));
        assert_eq!(chosen(0, 50, 100), (36, 50, "14 d up to the last start".to_owned()));
        assert_eq!(chosen(50, 50, 100), (50, 50, "all of the table, 1 s up to the last start".to_owned()));
        let (found, why) = period(&Coverage::default(), day(3), DEFAULT_WINDOW);
        assert_eq!((found.length(), why.as_str()), (Span(0), "the table has no runs"));
    }
}
