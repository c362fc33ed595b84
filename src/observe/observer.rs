//! The joiner of both ways of observing.

use std::sync::Arc;

use super::counted::Counted;
use super::error::ObserveError;
use super::fold::Folded;
use super::parameters::{Found, Parameters, SHOWN_JOBS};
use super::queries::{self, Query};
use super::read;
use super::status_words::LeftOut;
use super::way::Way;
use crate::clock::{MINUTE_US, Span, Timestamp};
use crate::database::{DatabaseError, Rows, Session, Statement};
use crate::observation::ordinary::{OrdinaryDays, Stretch};
use crate::observation::pictures::{ObservedPictures, minute_of};
use crate::observation::punctual::PunctualJobs;
use crate::observation::slices::{SlicePlan, Slices};
use crate::observation::stretch::stretch_of;
use crate::observation::{
    Coverage, FailureText, FireCounts, JobObservations, Observations, Recorded, WindowObservations,
};
use crate::run::Field;
use crate::source::relation::{ReadRange, Reads, Relation};
use crate::window::{PerSide, Period, Side, Window};

/// Most rows that one query may return. A job takes some rows of each; a table of cells some hundred.
pub const MOST_ROWS: usize = 2_000_000;

/// Most jobs that a statement names; of more it asks about all.
const MOST_NAMED: usize = 500;

/// Unreadable starts that are shown.
const SHOWN_STARTS: usize = 3;

/// What a look at the status words showed. Unit: rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// In the windows.
    pub inside: u64,
    /// In none, for want of a start.
    pub unplaced: u64,
    /// With a time that has no zone, where none is declared.
    pub zoneless: u64,
}

/// What both ways of observing see.
struct Seen {
    counted: Counted,
    left_out: PerSide<LeftOut>,
    failures: PerSide<Vec<FailureText>>,
    pictures: ObservedPictures,
}

#[derive(Debug)]
pub struct Observer<'a> {
    pub(super) relation: Relation<'a>,
    pub(super) windows: PerSide<Window>,
    pub(super) ranges: Vec<ReadRange>,
    excluded: Vec<ReadRange>,
    pub(super) punctual: PerSide<Arc<PunctualJobs>>,
    /// How many read at once when the program counts.
    pub(super) connections: usize,
}

impl<'a> Observer<'a> {
    /// Prepares to observe `windows` through `relation`. `punctual` are the jobs with known
    /// on-time starts; those of the others are not observed.
    pub fn new(relation: Relation<'a>, windows: PerSide<Window>, punctual: PerSide<PunctualJobs>) -> Self {
        let punctual = PerSide { baseline: Arc::new(punctual.baseline), stagger: Arc::new(punctual.stagger) };
        let ranges = relation.window_ranges(&windows, &punctual);
        let excluded = excluded(&relation);
        Self { relation, windows, ranges, excluded, punctual, connections: 1 }
    }

    /// Reads on up to so many connections at once when the program counts.
    #[must_use]
    pub fn with_connections(self, connections: usize) -> Self {
        Self { connections: connections.max(1), ..self }
    }

    /// First and last start in the table. It needs no windows, since it helps to choose them.
    pub async fn coverage(relation: &Relation<'_>, session: &mut Session) -> Result<Coverage, DatabaseError> {
        let keys = relation.keys_of_coverage(session).await?;
        let statement = relation.coverage(&queries::COVERAGE, keys);
        let rows = session.fetch(queries::COVERAGE.name, statement, 1).await?;
        read::coverage(&rows)
    }

    pub(super) fn parameters(&self) -> Parameters<'_> {
        Parameters { relation: &self.relation, windows: &self.windows }
    }

    /// Observes the windows in one snapshot. The result is the same whichever way is taken.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, a row has no job name, or there are more runs than
    /// the program counts by itself.
    pub async fn observe(
        mut self,
        session: &mut Session,
        coverage: Coverage,
        way: Way,
    ) -> Result<Observations, ObserveError> {
        self.find_keys(session).await?;
        let seen = match way {
            Way::Pushdown => self.by_database(session).await?,
            Way::Scan => self.by_program(session, coverage).await?,
        };
        let Seen { counted, mut left_out, failures, pictures } = seen;
        let excluded_runs = self.excluded(session).await?;
        let mut sides = self.sides(counted);
        (sides.baseline.failures, sides.stagger.failures) = (failures.baseline, failures.stagger);
        for side in Side::BOTH {
            let (seen, left_out) = (sides.get_mut(side), left_out.get_mut(side));
            seen.rows_out_of_scope = left_out.out_of_scope;
            seen.jobs_out_of_scope = std::mem::take(&mut left_out.jobs_out_of_scope);
            seen.rows_after_as_of = left_out.after_as_of;
            seen.rows_open = left_out.open;
            seen.rows_unplaced = left_out.unplaced;
            seen.rows_unplaced_aside = left_out.unplaced_aside;
            seen.rows_excluded = left_out.excluded;
            seen.rows_zoneless = left_out.zoneless;
            seen.rows_in_clock_change = left_out.clock_change;
            seen.rows_read = Some(left_out.read);
        }
        Ok(Observations {
            as_of: self.relation.as_of,
            windows: self.windows,
            recorded: recorded_by(&sides),
            baseline: sides.baseline,
            stagger: sides.stagger,
            coverage,
            excluded_runs,
            pictures,
            ordinary: OrdinaryDays::default(),
        })
    }

    /// What was seen of each job in each of `periods`, and nothing else: what earlier days are compared by. Where the
    /// program counts they are the observed parts of the stagger window; the database counts two windows at once.
    ///
    /// # Errors
    /// When the database fails, or there are more runs than the program counts by itself.
    pub async fn outlines(
        mut self,
        session: &mut Session,
        coverage: Coverage,
        way: Way,
        periods: Vec<Period>,
    ) -> Result<Vec<Stretch>, ObserveError> {
        self.find_keys(session).await?;
        if way == Way::Scan {
            return self.scan_outlines(session, coverage, periods).await;
        }
        let counted = self.outline_by_database(session).await?;
        let PerSide { baseline, stagger } = self.sides(counted).map(stretch_of);
        Ok(if periods.len() == 1 { vec![stagger] } else { vec![baseline, stagger] })
    }

    /// What was seen slice by slice, as `plan` asks for it, in the observed part of the windows.
    pub async fn slices(mut self, session: &mut Session, plan: SlicePlan) -> Result<Slices, DatabaseError> {
        self.ranges.retain(|range| !range.observed.is_empty());
        self.find_keys(session).await?;
        let shown: Vec<String> = plan.jobs.iter().map(|(name, _)| name.clone()).collect();
        let (is_of_jobs, is_of_all) = (!shown.is_empty(), plan.all);
        let found = Found { shown, slices: Some(plan), ..Found::default() };
        let mut slices = Slices::default();
        if is_of_jobs {
            slices.jobs = read::slices(&self.run(session, &queries::SLICES, &found).await?)?;
        }
        if is_of_all {
            slices.all = read::course_of_all(&self.run(session, &queries::SLICES_OF_ALL, &found).await?)?;
        }
        Ok(slices)
    }

    async fn by_database(&mut self, session: &mut Session) -> Result<Seen, ObserveError> {
        let left_out = self.statuses(session).await?;
        let (mut counted, seen) = self.pushdown(session).await?;
        if self.recorded().schedules {
            counted.jobs.schedules(&self.run(session, &queries::SCHEDULES, &Found::default()).await?)?;
        }
        let failures = read::failures(&self.run(session, &queries::FAILURES, &Found::default()).await?)?;
        let peaks = counted.levels.as_ref().map(|levels| levels.peak_at);
        let found = Found { peaks, longest_us: Some(seen.longest_us), ..Found::default() };
        let pictures = self.pictures(session, &found, seen.levels_over_time).await?;
        Ok(Seen { counted, left_out, failures, pictures })
    }

    async fn by_program(&self, session: &mut Session, coverage: Coverage) -> Result<Seen, ObserveError> {
        let Folded { counted, words, out_of_scope, failures, pictures } =
            self.scan(session, coverage).await?;
        let mut left_out = self.left_out(words)?;
        (left_out.baseline.jobs_out_of_scope, left_out.stagger.jobs_out_of_scope) =
            (out_of_scope.baseline, out_of_scope.stagger);
        Ok(Seen { counted, left_out, failures, pictures })
    }

    /// Looks at the status words only: rows in the windows, and rows that belong to none for want of a start.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, or a row has no job name.
    pub async fn check_statuses(&mut self, session: &mut Session) -> Result<Looked, ObserveError> {
        self.find_keys(session).await?;
        let words = self.status_words(session).await?;
        let inside = words.iter().filter(|word| word.inside).map(|word| word.rows).sum();
        let left_out = self.left_out(words)?;
        Ok(Looked {
            inside,
            unplaced: left_out.iter().map(|rows| rows.unplaced).max().unwrap_or(0),
            zoneless: left_out.iter().map(|rows| rows.zoneless).sum(),
        })
    }

    /// Some starts that cannot be read as times, as they are stored.
    pub async fn unreadable_starts(&self, session: &mut Session) -> Result<Vec<String>, DatabaseError> {
        let rows =
            session.read("unreadable_starts", &self.relation.unreadable_starts(), SHOWN_STARTS).await?;
        rows.iter().map(|row| Ok(row.text("start_text")?)).collect()
    }

    /// Some durations that are there and cannot be read.
    pub async fn unreadable_durations(&self, session: &mut Session) -> Result<Vec<String>, DatabaseError> {
        let Some(statement) = self.relation.unreadable_durations() else { return Ok(Vec::new()) };
        let rows = session.read("unreadable_durations", &statement, SHOWN_STARTS).await?;
        rows.iter().map(|row| Ok(row.text("duration_text")?)).collect()
    }

    /// Finds the keys that bound what is read, where the mapping has such a key.
    pub async fn find_keys(&mut self, session: &mut Session) -> Result<(), DatabaseError> {
        self.relation.find_keys(&mut self.ranges, session).await?;
        self.relation.find_keys(&mut self.excluded, session).await
    }

    /// Every statement as it would run, by name, for showing. What one query needs of another's result
    /// (the moment of the peak, the jobs with trends) is the window's start and the first declared jobs.
    pub fn statements(&self) -> Vec<(Query, Statement)> {
        let shown = self.relation.settings.jobs.iter().take(SHOWN_JOBS).map(|job| job.name.clone());
        let found = Found { shown: shown.collect(), ..Found::default() };
        queries::ALL.iter().map(|query| (*query, self.statement(query, &found))).collect()
    }

    pub(super) fn statement(&self, query: &Query, found: &Found) -> Statement {
        let none = [excluded_range((0, Period { start: Timestamp(0), end: Timestamp(0) }))];
        let ranges = match query.reads {
            // To show: no report asks without an excluded period.
            Reads::ExcludedRuns if self.excluded.is_empty() => &none[..],
            Reads::ExcludedRuns => &self.excluded,
            _ if query.asks_about_peaks() => &self.around_peaks(found),
            _ => &self.ranges,
        };
        let only: &[String] = match query {
            _ if query.asks_about_meetings() && found.meeting.len() <= MOST_NAMED => &found.meeting,
            _ if query.asks_about_shown() => &found.shown,
            _ => &[],
        };
        self.relation.statement(ranges, query, self.parameters().values(query, found), only)
    }

    /// What can occupy the minute of a peak: nothing occupied for longer than is known.
    fn around_peaks(&self, found: &Found) -> Vec<ReadRange> {
        let mut ranges = self.ranges.clone();
        let Some(longest_us) = found.longest_us else { return ranges };
        for range in &mut ranges {
            if let Some(peak) = *found.peaks.get(range.side()) {
                let minute = minute_of(peak);
                range.from = range.from.max(minute.plus(Span(-longest_us)));
                range.until = range.until.min(minute.plus(Span(MINUTE_US)));
            }
        }
        ranges
    }

    pub(super) async fn run(
        &self,
        session: &mut Session,
        query: &Query,
        found: &Found,
    ) -> Result<Rows, DatabaseError> {
        session.fetch(query.name, self.statement(query, found), MOST_ROWS).await
    }

    /// Which optional facts the source records.
    pub(super) fn recorded(&self) -> Recorded {
        let mapping = self.relation.mapping;
        Recorded {
            scheduled_at: mapping.has(Field::ScheduledAt),
            schedules: [Field::Schedule, Field::EffectiveSchedule, Field::StaggerOffsetS]
                .into_iter()
                .any(|field| mapping.has(field)),
        }
    }

    /// What was counted, as the observations of the windows. A declared job that no first attempt answered,
    /// or that started no run in a half, has counts of zero.
    fn sides(&self, counted: Counted) -> PerSide<WindowObservations> {
        let Counted { mut jobs, levels, start_bursts, trends, .. } = counted;
        let mut window = |side: Side, levels, start_burst, trend| {
            let mut jobs = jobs.take(side);
            for (name, job) in &mut jobs {
                if job.fires.is_none() && self.relation.settings.offset(name, side).is_some() {
                    job.fires = Some(FireCounts::default());
                }
                if self.punctual.get(side).contains_key(name) {
                    job.halves.iter_mut().for_each(|half| half.on_time = half.on_time.or(Some(0)));
                }
            }
            WindowObservations { jobs, levels, start_burst, trend, ..Default::default() }
        };
        let baseline = window(Side::Baseline, levels.baseline, start_bursts.baseline, trends.baseline);
        let stagger = window(Side::Stagger, levels.stagger, start_bursts.stagger, trends.stagger);
        PerSide { baseline, stagger }
    }

    async fn excluded(&self, session: &mut Session) -> Result<Vec<u64>, DatabaseError> {
        let periods = self.relation.settings.exclusions.len();
        if periods == 0 {
            return Ok(Vec::new());
        }
        read::excluded(&self.run(session, &queries::EXCLUDED, &Found::default()).await?, periods)
    }
}

/// The excluded periods as ranges of their own.
fn excluded(relation: &Relation<'_>) -> Vec<ReadRange> {
    let periods = relation.settings.exclusions.iter().map(|exclusion| exclusion.period);
    periods.enumerate().map(excluded_range).collect()
}

fn excluded_range((number, period): (usize, Period)) -> ReadRange {
    ReadRange {
        window_id: i64::try_from(number).unwrap_or(i64::MAX),
        name: format!("excluded_{number}"),
        from: period.start,
        until: period.end,
        end: period.end,
        keys: None,
        has_startless: true,
        condition: None,
        observed: vec![period],
        punctual: Arc::default(),
    }
}

/// Which optional facts the rows have. A column that is empty throughout records nothing, so that the same
/// runs are the same whatever columns their table has.
fn recorded_by(sides: &PerSide<WindowObservations>) -> Recorded {
    let any = |has: fn(&JobObservations) -> bool| {
        sides.baseline.jobs.values().chain(sides.stagger.jobs.values()).any(|job| has(job))
    };
    Recorded {
        scheduled_at: any(|job| job.start_delays.early > 0 || !job.start_delays.table.is_empty()),
        schedules: any(|job| !job.schedules.is_empty()),
    }
}
