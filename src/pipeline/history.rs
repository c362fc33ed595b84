//! Reading where the table no longer holds all that is asked about: the runs that were recorded, and those of the
//! table, from one place.

use std::path::Path;

use super::error::PipelineError;
use super::reading::{Keep, SourceReading};
use super::source::{Inquiry, Source, Table};
use crate::clock::{Span, Timestamp};
use crate::observation::Coverage;
use crate::observation::ordinary::OrdinaryPlan;
use crate::report::history::HistoryFacts;
use crate::settings::Question;
use crate::settings::windows::{WindowError, choose};
use crate::source::mapping::Mapping;
use crate::store::recorded::{
    COPIED_RUNS, CopiedRuns, CopyRequest, FoundSeries, RecordedRuns, RecordedSeries, SeriesKey, gaps, with,
};
use crate::window::{Exclusion, PerSide, Period, Side, Window};

/// A table of up to so many rows is held against what was recorded even where it reaches back far enough: schedulers may
/// delete runs that ended well sooner than others.
const MOST_COMPARED: u64 = 1_000_000;

/// Why a part of a window is taken out of it.
const NOT_RECORDED: &str = "its runs were not recorded, and the table no longer holds them";

/// What table and history have together.
struct KnownRuns {
    series: RecordedSeries,
    /// What either has, in order; no two touch.
    stretches: Vec<Period>,
    windows: PerSide<Window>,
    /// What the windows lack.
    gaps: Vec<Exclusion>,
    /// The earliest instant that the report asks about.
    from: Timestamp,
    /// Whether the table reaches back to it. It may have lost runs all the same.
    reaches: bool,
}

/// The windows of `source`, with the runs that the file at `store` has of it where the table no longer does.
pub(super) async fn from_history(
    inquiry: Inquiry<'_>,
    source: Source<'_>,
    store: &Path,
) -> Result<SourceReading, PipelineError> {
    let key = SeriesKey::of(&source.session, &source.table.mapping);
    let conditions =
        source.table.windows().is_ok_and(|windows| windows.iter().any(|w| w.condition.is_some()));
    let unused = match RecordedRuns::open_existing(store).await?.find(&key).await? {
        FoundSeries::Series(_) if conditions => {
            Some("recorded runs are not used where a window has a condition of its own".to_owned())
        }
        FoundSeries::Series(series) => match KnownRuns::of(series, &source.table)? {
            Some(known) => return Box::pin(known.read(inquiry, source, store)).await,
            None => None,
        },
        FoundSeries::OtherReading(line) => Some(format!(
            "the recorded runs of this source are not used, since they were read by another mapping ({line})"
        )),
        FoundSeries::OtherSources => Some(
            "the store has recorded runs, but none of this source: it tells sources apart by host, port and name, or by \
             the path of a file"
                .to_owned(),
        ),
        FoundSeries::Nothing => None,
    };
    let windows = source.table.windows()?;
    let first_started = source.table.coverage.first_started;
    let is_short = first_started.is_none_or(|first| windows.iter().any(|window| window.period.start < first));
    let mut reading = source.read(inquiry, windows).await?;
    reading.limits.known.extend(unused.filter(|_| is_short));
    Ok(reading)
}

impl KnownRuns {
    /// `None` where the history has nothing to add.
    fn of(series: RecordedSeries, table: &Table<'_>) -> Result<Option<Self>, PipelineError> {
        let Table { question, as_of, coverage: Coverage { first_started, .. }, .. } = table;
        let held = first_started.map(|first| Period { start: first, end: first.max(*as_of) });
        let stretches = held.map_or_else(|| series.stretches.clone(), |held| with(&series.stretches, held));
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Ok(None) };
        let windows = choose(&question.windows, *as_of, Some(last.start), &question.exclusions)?;
        let without: Vec<Exclusion> = gaps(&stretches)
            .into_iter()
            .map(|period| Exclusion { period, reason: NOT_RECORDED.to_owned() })
            .collect();
        let from = earliest(question, &windows, first.start, &without);
        let reaches = first_started.is_some_and(|held| held <= from.max(first.start));
        let is_small = table.estimated_rows.is_some_and(|rows| rows <= MOST_COMPARED);
        let is_recorded = series.stretches.iter().any(|recorded| recorded.end > from);
        if reaches && !(is_small && is_recorded) {
            return Ok(None);
        }
        let touches = |gap: &Exclusion| windows.iter().any(|window| window.period.overlaps(&gap.period));
        let gaps: Vec<Exclusion> = without.into_iter().filter(touches).collect();
        let windows = without_gaps(question, *as_of, last.start, &gaps)?;
        Ok(Some(Self { series, stretches, windows, gaps, from, reaches }))
    }

    async fn read(
        self,
        inquiry: Inquiry<'_>,
        mut source: Source<'_>,
        store: &Path,
    ) -> Result<SourceReading, PipelineError> {
        let Self { series, stretches, windows, gaps: in_windows, from, reaches } = self;
        let coverage = source.table.coverage;
        let held = held(&source.table, &windows, from);
        let request = CopyRequest {
            store,
            series: &series,
            from,
            held,
            cancellation: inquiry.cancellation,
            deadline: inquiry.deadline,
        };
        let relation = source.table.relation();
        let copied = CopiedRuns::make(request, &relation, &mut source.session).await?;
        let mut session = inquiry.begin(copied.file.open().await?).await?;
        if inquiry.keep == Keep::Rows {
            session.keep_rows();
        }
        let exclusions = [inquiry.question.exclusions.as_slice(), &in_windows].concat();
        let question = Question { exclusions, ..Question::clone(inquiry.question) };
        let all_gaps = gaps(&stretches);
        let first = stretches.first().map(|first| first.start);
        let mapping = source.table.mapping.of_kept(COPIED_RUNS);
        let mut table = Table::unseen(&question, mapping, Mapping::KEPT_ON, source.table.as_of);
        table.as_of_is_clock = source.table.as_of_is_clock;
        table.estimated_rows = Some(copied.rows);
        table.coverage = Coverage { first_started: first, ..coverage };
        table.gaps = all_gaps.iter().map(|gap| Exclusion { period: *gap, reason: String::new() }).collect();
        let mut copy = Source { session, table };
        let observed = copy.observe(inquiry, windows).await?;
        let mut reading = source.concluded(inquiry, observed, copy.session.into_executed()).await?;
        let is_used = copied.recorded > 0 || !reaches;
        reading.source.history = first.filter(|_| is_used).map(|first| HistoryFacts {
            from: first,
            until: coverage.first_started,
            runs: copied.recorded,
            gaps: all_gaps.into_iter().filter(|gap| gap.end > from).collect(),
        });
        reading.gaps = in_windows;
        Ok(reading)
    }
}

/// The earliest instant of which the report wants runs: those that may reach into a window, those of earlier days, and
/// those of excluded periods.
fn earliest(
    question: &Question,
    windows: &PerSide<Window>,
    first: Timestamp,
    gaps: &[Exclusion],
) -> Timestamp {
    let back = Span(-question.analysis.longest_run.us());
    let left_out = [question.exclusions.as_slice(), gaps].concat();
    let days = OrdinaryPlan::of(windows, Some(first), &left_out, question.analysis.placebo_days);
    let of_windows = windows.iter().map(|window| window.period.start.plus(back));
    let of_days = days.periods.iter().map(|period| period.start);
    let of_exclusions = question.exclusions.iter().map(|exclusion| exclusion.period.start);
    of_windows.chain(of_days).chain(of_exclusions).min().unwrap_or(first)
}

/// What is read of the table: from the earliest on, with the runs that started late but were meant for a window.
fn held(table: &Table<'_>, windows: &PerSide<Window>, from: Timestamp) -> Period {
    let end = windows.iter().map(|window| window.period.end).fold(table.as_of, Timestamp::max);
    let end = end.plus(table.counting.longest_run);
    Period { start: table.coverage.first_started.map_or(end, |first| first.max(from)), end }
}

fn without_gaps(
    question: &Question,
    as_of: Timestamp,
    first_started: Timestamp,
    gaps: &[Exclusion],
) -> Result<PerSide<Window>, PipelineError> {
    let exclusions = [question.exclusions.as_slice(), gaps].concat();
    choose(&question.windows, as_of, Some(first_started), &exclusions).map_err(|error| match error {
        WindowError::Excluded { side, period } => {
            not_recorded(side, period, gaps).unwrap_or_else(|| error.into())
        }
        error => error.into(),
    })
}

fn not_recorded(side: Side, window: Period, gaps: &[Exclusion]) -> Option<PipelineError> {
    let gap = gaps.iter().find(|gap| gap.period.overlaps(&window))?.period;
    Some(PipelineError::NotRecorded { side, gap })
}
