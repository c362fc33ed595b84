//! The joiner of both ways of observing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counted::{Counted, SHOWN_JOBS};
use super::error::ObserveError;
use super::pictures;
use super::queries::{self, Query};
use super::read;
use super::way::Way;
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Rows, Session, Statement, Value};
use crate::observation::punctual::PunctualJobs;
use crate::observation::{Coverage, FireCounts, JobObservations, Observations, Recorded, WindowObservations};
use crate::source::relation::{DUPLICATE_WITHIN_US, ReadRange, Relation};
use crate::window::{PerSide, Side, Window, bucket_for};

/// Most rows that one query may return. A job takes some rows of each; a table of cells some hundred.
const MOST_ROWS: usize = 2_000_000;

/// Kinds of recorded schedules that are kept per window and job.
const KEPT_SCHEDULES: i64 = 10;

/// Pairs of job and message that are kept per window.
const KEPT_FAILURES: i64 = 10_000;

/// One observation of two windows.
#[derive(Debug)]
pub struct Observer<'a> {
    pub(super) relation: Relation<'a>,
    pub(super) windows: PerSide<Window>,
    pub(super) ranges: Vec<ReadRange>,
    pub(super) punctual: PerSide<Arc<PunctualJobs>>,
}

impl<'a> Observer<'a> {
    /// Prepares to observe `windows` through `relation`. `punctual` are the jobs of which it is known when
    /// a start is on time; of the others it is not observed.
    pub fn new(relation: Relation<'a>, windows: PerSide<Window>, punctual: PerSide<PunctualJobs>) -> Self {
        let punctual = PerSide { baseline: Arc::new(punctual.baseline), stagger: Arc::new(punctual.stagger) };
        let ranges = relation.window_ranges(&windows, &punctual);
        Self { relation, windows, ranges, punctual }
    }

    /// First and last start in the table. It needs no windows, since it helps to choose them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn coverage(relation: &Relation<'_>, session: &mut Session) -> Result<Coverage, DatabaseError> {
        let statement = relation.coverage(queries::COVERAGE.text);
        let rows = session.fetch(queries::COVERAGE.name, statement, 1).await?;
        read::coverage(&rows)
    }

    /// Observes the windows in one snapshot. The result is the same whichever way is taken.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, a row has no job name, or there are more runs than
    /// the program counts by itself.
    pub async fn observe(
        self,
        session: &mut Session,
        coverage: Coverage,
        way: Way,
    ) -> Result<Observations, ObserveError> {
        let left_out = self.statuses(session).await?;
        let mut counted = match way {
            Way::Pushdown => self.pushdown(session).await?,
            Way::Scan => self.scan(session).await?,
        };
        if self.recorded().schedules {
            counted.jobs.schedules(&self.run(session, queries::SCHEDULES).await?)?;
        }
        let failures = read::failures(&self.run(session, queries::FAILURES).await?)?;
        let peaks =
            PerSide { baseline: counted.levels.baseline.peak_at, stagger: counted.levels.stagger.peak_at };
        let pictures = self.pictures(session, &peaks, counted.levels_over_time.take()).await?;
        let excluded_runs = self.excluded(session).await?;
        let mut sides = self.sides(counted);
        (sides.baseline.failures, sides.stagger.failures) = (failures.baseline, failures.stagger);
        (sides.baseline.rows_out_of_scope, sides.baseline.rows_after_as_of) = left_out.baseline;
        (sides.stagger.rows_out_of_scope, sides.stagger.rows_after_as_of) = left_out.stagger;
        Ok(Observations {
            as_of: self.relation.as_of,
            windows: self.windows,
            recorded: recorded_by(&sides),
            baseline: sides.baseline,
            stagger: sides.stagger,
            coverage,
            excluded_runs,
            pictures,
        })
    }

    /// Looks at the status words only.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, or a row has no job name.
    pub async fn check_statuses(&self, session: &mut Session) -> Result<u64, ObserveError> {
        let words = self.status_words(session).await?;
        let inside = words.iter().filter(|word| word.inside).map(|word| word.rows).sum();
        self.left_out(words).map(|_| inside)
    }

    /// Every statement as it would run, by name, for showing. What one query needs of another's result
    /// (the moment of the peak, the busiest jobs) is the window's start and the first declared jobs.
    pub fn statements(&self) -> Vec<(Query, Statement)> {
        let coverage = (queries::COVERAGE, self.relation.coverage(queries::COVERAGE.text));
        let excluded =
            self.relation.statement(&self.exclusion_ranges(), queries::EXCLUDED.text, BTreeMap::new());
        let peaks = PerSide { baseline: None, stagger: None };
        let shown: Vec<String> =
            self.relation.settings.jobs.iter().take(SHOWN_JOBS).map(|job| job.name.clone()).collect();
        let named = |query: &Query| ![queries::COVERAGE.name, queries::EXCLUDED.name].contains(&query.name);
        let mut statements = vec![coverage];
        for query in queries::ALL.iter().copied().filter(named) {
            let values = match query.name {
                name if name == queries::JOBS_AT_PEAK.name => self.peak_values(&peaks),
                name if name == queries::TRENDS.name => self.trend_values(&shown),
                name if [queries::LEVELS_OVER_TIME.name, queries::BUSIEST_MINUTE.name].contains(&name) => {
                    pictures::values(query, &self.windows, &peaks)
                }
                _ => self.values(query),
            };
            statements.push((query, self.relation.statement(&self.ranges, query.text, values)));
        }
        statements.push((queries::EXCLUDED, excluded));
        statements
    }

    pub(super) async fn run(&self, session: &mut Session, query: Query) -> Result<Rows, DatabaseError> {
        self.run_with(session, query, self.values(query)).await
    }

    pub(super) async fn run_with(
        &self,
        session: &mut Session,
        query: Query,
        values: BTreeMap<String, Value>,
    ) -> Result<Rows, DatabaseError> {
        let statement = self.relation.statement(&self.ranges, query.text, values);
        session.fetch(query.name, statement, MOST_ROWS).await
    }

    /// The parameters of a query that do not depend on another's result.
    pub(super) fn values(&self, query: Query) -> BTreeMap<String, Value> {
        let analysis = &self.relation.settings.analysis;
        let all = [
            ("as_of_us", self.relation.as_of.us()),
            ("baseline_start_us", self.windows.baseline.period.start.us()),
            ("stagger_start_us", self.windows.stagger.period.start.us()),
            ("baseline_middle_us", self.windows.baseline.middle().us()),
            ("stagger_middle_us", self.windows.stagger.middle().us()),
            ("slow_after_us", analysis.slow_after.us()),
            ("longest_run_us", analysis.longest_run.us()),
            ("cycle_s", analysis.cycle.us() / 1_000_000),
            ("burst_window_us", analysis.burst_window.us()),
            ("duplicate_within_us", DUPLICATE_WITHIN_US),
            ("kept", if query == queries::SCHEDULES { KEPT_SCHEDULES } else { KEPT_FAILURES }),
        ];
        all.into_iter()
            .filter(|(name, _)| query.text.contains(&format!(":{name}")))
            .map(|(name, value)| (name.to_owned(), Value::Int(value)))
            .collect()
    }

    /// Which optional facts the source records.
    pub(super) fn recorded(&self) -> Recorded {
        let mapping = self.relation.mapping;
        Recorded {
            scheduled_at: mapping.has("scheduled_at"),
            schedules: ["schedule", "effective_schedule", "stagger_offset_s"].iter().any(|f| mapping.has(f)),
        }
    }

    /// What was counted, as the observations of the windows. A declared job that no first attempt answered,
    /// or that started no run in a half, has counts of zero.
    fn sides(&self, counted: Counted) -> PerSide<WindowObservations> {
        let Counted { mut jobs, levels, start_bursts, trends, .. } = counted;
        let mut window = |side: Side, levels, start_burst, trend| {
            let mut jobs = jobs.take(side);
            for (name, job) in &mut jobs {
                if job.fires.is_none() && self.relation.offset_us(name, side).is_some() {
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

    pub(super) fn peak_values(&self, peaks: &PerSide<Option<Timestamp>>) -> BTreeMap<String, Value> {
        // A window in which nothing ran has no peak; nothing occupies its start either.
        let at = |side: Side, peak: Option<Timestamp>| {
            let start = self.windows.get(side).period.start;
            (format!("{}_peak_us", side.name()), Value::Int(peak.unwrap_or(start).us()))
        };
        [at(Side::Baseline, peaks.baseline), at(Side::Stagger, peaks.stagger)].into()
    }

    /// Length of a trend's buckets in each window, µs.
    pub(super) fn buckets(&self) -> PerSide<i64> {
        let bucket = |window: &Window| bucket_for(window.period).us();
        PerSide { baseline: bucket(&self.windows.baseline), stagger: bucket(&self.windows.stagger) }
    }

    pub(super) fn trend_values(&self, shown: &[String]) -> BTreeMap<String, Value> {
        let buckets = self.buckets();
        let mut values: BTreeMap<String, Value> = BTreeMap::new();
        values.insert("baseline_bucket_us".to_owned(), Value::Int(buckets.baseline));
        values.insert("stagger_bucket_us".to_owned(), Value::Int(buckets.stagger));
        for number in 0..SHOWN_JOBS {
            // Fewer jobs than places: the last one fills the rest, and nothing matches an empty list.
            let job = shown.get(number).or(shown.last()).cloned().unwrap_or_default();
            values.insert(format!("shown_{number}"), Value::Text(job));
        }
        values
    }

    fn exclusion_ranges(&self) -> Vec<ReadRange> {
        let ranges =
            self.relation.settings.exclusions.iter().enumerate().map(|(number, exclusion)| ReadRange {
                window_id: i64::try_from(number).unwrap_or(i64::MAX),
                name: format!("excluded_{number}"),
                from: exclusion.period.start,
                until: exclusion.period.end,
                condition: None,
                observed: vec![exclusion.period],
                punctual: Arc::default(),
            });
        ranges.collect()
    }

    async fn excluded(&self, session: &mut Session) -> Result<Vec<u64>, DatabaseError> {
        let ranges = self.exclusion_ranges();
        if ranges.is_empty() {
            return Ok(Vec::new());
        }
        let statement = self.relation.statement(&ranges, queries::EXCLUDED.text, BTreeMap::new());
        let rows = session.fetch(queries::EXCLUDED.name, statement, ranges.len()).await?;
        read::excluded(&rows, ranges.len())
    }
}

/// Which optional facts the rows bear. A column that is empty throughout records nothing, so that the same
/// runs are the same whatever columns their table has.
fn recorded_by(sides: &PerSide<WindowObservations>) -> Recorded {
    let any = |bears: fn(&JobObservations) -> bool| {
        sides.baseline.jobs.values().chain(sides.stagger.jobs.values()).any(bears)
    };
    Recorded {
        scheduled_at: any(|job| job.start_delays.early > 0 || !job.start_delays.table.is_empty()),
        schedules: any(|job| !job.schedules.is_empty()),
    }
}
