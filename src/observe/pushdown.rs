//! Observation by the database itself: each query returns bounded rows.

use std::collections::BTreeMap;

use super::pictures;
use super::queries::{self, Query};
use super::read::{self, Jobs};
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Session, Statement, Value};
use crate::observation::{Coverage, JobObservations, Observations, Recorded, Trend, WindowObservations};
use crate::run::Status;
use crate::source::relation::{DUPLICATE_WITHIN_US, ReadRange, Relation};
use crate::window::{PerSide, Side, Window, WindowPair, bucket_for};

/// Most rows that one query may return. A job takes some rows of each; a table of cells some hundred.
const MOST_ROWS: usize = 2_000_000;

/// Kinds of recorded schedules that are kept per window and job.
const KEPT_SCHEDULES: i64 = 10;

/// Pairs of job and message that are kept per window.
const KEPT_FAILURES: i64 = 10_000;

/// Jobs that get a trend of their own.
const SHOWN_JOBS: usize = 12;

/// The rows could not be observed.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A status word that is not mapped.
    #[error(
        "status {word} is not mapped ({rows} rows bear it); map it in the deployment file: \
         [source] statuses = {{ {key} = \"success\" }}, or to running, failed, timeout, skipped, cancelled"
    )]
    Status {
        /// The word in quotes, or `NULL`.
        word: String,
        /// The word as a key of the deployment file.
        key: String,
        /// Rows that bear it.
        rows: u64,
    },
    /// Rows without a job name.
    #[error("{rows} rows have no job name; leave them out by `where` in [source]")]
    Nameless {
        /// How many.
        rows: u64,
    },
}

/// One observation of two windows.
#[derive(Debug)]
pub struct Observer<'a> {
    relation: Relation<'a>,
    pub(super) windows: WindowPair,
    ranges: Vec<ReadRange>,
}

impl<'a> Observer<'a> {
    /// Prepares to observe `windows` through `mapping`.
    pub fn new(relation: Relation<'a>, windows: WindowPair) -> Self {
        let ranges = relation.window_ranges(&windows);
        Self { relation, windows, ranges }
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

    /// Runs the queries, one after the other, in one snapshot.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, or a row has no job name.
    pub async fn observe(
        self,
        session: &mut Session,
        coverage: Coverage,
    ) -> Result<Observations, ObserveError> {
        let mut jobs = Jobs::default();
        let left_out = self.statuses(session).await?;
        jobs.outcomes(&self.run(session, queries::OUTCOMES).await?)?;
        jobs.durations(&self.run(session, queries::DURATIONS).await?)?;
        jobs.start_seconds(&self.run(session, queries::START_SECONDS).await?)?;
        let mapping = self.relation.mapping;
        let recorded = Recorded {
            scheduled_at: mapping.has("scheduled_at"),
            schedules: ["schedule", "effective_schedule", "stagger_offset_s"].iter().any(|f| mapping.has(f)),
        };
        if recorded.scheduled_at {
            jobs.start_delays(&self.run(session, queries::START_DELAYS).await?)?;
        }
        if jobs.overlaps(&self.run(session, queries::OVERLAPS).await?)? {
            jobs.overlapped_time(&self.run(session, queries::OVERLAPPED_TIME).await?)?;
        }
        if self.relation.settings.jobs.iter().any(|job| job.schedule.is_some()) {
            jobs.fires(&self.run(session, queries::FIRES).await?)?;
        }
        if recorded.schedules {
            jobs.schedules(&self.run(session, queries::SCHEDULES).await?)?;
        }
        let mut sides = self.sides(session, jobs).await?;
        (sides.baseline.rows_out_of_scope, sides.baseline.rows_after_as_of) = left_out.baseline;
        (sides.stagger.rows_out_of_scope, sides.stagger.rows_after_as_of) = left_out.stagger;
        let peaks =
            PerSide { baseline: sides.baseline.levels.peak_at, stagger: sides.stagger.levels.peak_at };
        let pictures = self.pictures(session, &peaks).await?;
        let excluded_runs = self.excluded(session).await?;
        Ok(Observations {
            as_of: self.relation.as_of,
            windows: self.windows,
            baseline: sides.baseline,
            stagger: sides.stagger,
            coverage,
            excluded_runs,
            recorded,
            pictures,
        })
    }

    /// Looks at the status words only.
    ///
    /// # Errors
    /// When the database fails, a status is not mapped, or a row has no job name.
    pub async fn check_statuses(&self, session: &mut Session) -> Result<(), ObserveError> {
        self.statuses(session).await.map(drop)
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

    async fn run(&self, session: &mut Session, query: Query) -> Result<crate::database::Rows, DatabaseError> {
        self.run_with(session, query, self.values(query)).await
    }

    pub(super) async fn run_with(
        &self,
        session: &mut Session,
        query: Query,
        values: BTreeMap<String, Value>,
    ) -> Result<crate::database::Rows, DatabaseError> {
        let statement = self.relation.statement(&self.ranges, query.text, values);
        session.fetch(query.name, statement, MOST_ROWS).await
    }

    /// The parameters of a query that do not depend on another's result.
    fn values(&self, query: Query) -> BTreeMap<String, Value> {
        let analysis = &self.relation.settings.analysis;
        let all = [
            ("as_of_us", self.relation.as_of.us()),
            ("baseline_start_us", self.windows.baseline.period.start.us()),
            ("stagger_start_us", self.windows.stagger.period.start.us()),
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

    /// Rows outside the scope and rows after `as_of`, per window; an error for a word that is not mapped.
    async fn statuses(&self, session: &mut Session) -> Result<PerSide<(u64, u64)>, ObserveError> {
        let words = read::statuses(&self.run(session, queries::STATUSES).await?)?;
        let mut unmapped: BTreeMap<Option<String>, u64> = BTreeMap::new();
        let mut nameless = 0;
        let mut left_out: PerSide<(u64, u64)> = PerSide::default();
        for word in words {
            let known = word.word.as_deref().is_some_and(|w| self.is_mapped(w));
            let side = match word.side {
                Side::Baseline => &mut left_out.baseline,
                Side::Stagger => &mut left_out.stagger,
            };
            if !word.named {
                nameless += word.rows;
            } else if !word.in_scope {
                side.0 += if word.inside && !word.late { word.rows } else { 0 };
            } else if word.late {
                side.1 += word.rows;
            } else if !known {
                *unmapped.entry(word.word).or_default() += word.rows;
            }
        }
        if nameless > 0 {
            return Err(ObserveError::Nameless { rows: nameless });
        }
        match unmapped.into_iter().max_by_key(|(_, rows)| *rows) {
            None => Ok(left_out),
            Some((word, rows)) => {
                let (word, key) = match word {
                    Some(word) => (format!("'{word}'"), format!("{word:?}")),
                    None => ("NULL".to_owned(), "\"\"".to_owned()),
                };
                Err(ObserveError::Status { word, key, rows })
            }
        }
    }

    fn is_mapped(&self, word: &str) -> bool {
        self.relation.mapping.statuses.contains_key(word)
            || Status::from_word(word).is_some_and(|_| {
                // The six words stand for themselves unless the source maps words of its own.
                self.relation.mapping.statuses.is_empty()
            })
    }

    /// The parts of the observations that are about a window as a whole.
    async fn sides(
        &self,
        session: &mut Session,
        mut jobs: Jobs,
    ) -> Result<PerSide<WindowObservations>, DatabaseError> {
        let observed = PerSide {
            baseline: self.windows.baseline.observed_length(),
            stagger: self.windows.stagger.observed_length(),
        };
        let bursts = read::start_bursts(&self.run(session, queries::START_BURSTS).await?)?;
        let mut levels = read::levels(&self.run(session, queries::CONCURRENCY).await?, &observed)?;
        let peaks = PerSide { baseline: levels.baseline.peak_at, stagger: levels.stagger.peak_at };
        if peaks.baseline.or(peaks.stagger).is_some() {
            let rows = self.run_with(session, queries::JOBS_AT_PEAK, self.peak_values(&peaks)).await?;
            read::jobs_at_peak(&rows, &mut levels)?;
        }
        let failures = read::failures(&self.run(session, queries::FAILURES).await?)?;
        let shown = jobs.busiest(SHOWN_JOBS);
        let trends = self.run_with(session, queries::TRENDS, self.trend_values(&shown)).await?;
        let trends = read::trends(&trends, &self.buckets())?;
        let fires_known = |name: &str, side: Side| {
            let plan = self.relation.settings.jobs.iter().find(|job| job.name == name);
            plan.is_some_and(|job| job.schedule_in(side).is_some())
        };
        let mut window = |side: Side, levels, start_burst, failures, trend: Trend| {
            let mut jobs: BTreeMap<String, JobObservations> = jobs.take(side);
            for (name, job) in &mut jobs {
                if job.fires.is_none() && fires_known(name, side) {
                    job.fires = Some(crate::observation::FireCounts::default());
                }
            }
            WindowObservations { jobs, levels, start_burst, failures, trend, ..Default::default() }
        };
        Ok(PerSide {
            baseline: window(
                Side::Baseline,
                levels.baseline,
                bursts.baseline,
                failures.baseline,
                trends.baseline,
            ),
            stagger: window(Side::Stagger, levels.stagger, bursts.stagger, failures.stagger, trends.stagger),
        })
    }

    fn peak_values(&self, peaks: &PerSide<Option<Timestamp>>) -> BTreeMap<String, Value> {
        // A window in which nothing ran has no peak; nothing occupies its first observed instant either.
        let at = |side: Side, peak: Option<Timestamp>| {
            let window = self.windows.get(side);
            let start = window.observed.first().map_or(window.period.start, |part| part.start);
            (format!("{}_peak_us", side.name()), Value::Int(peak.unwrap_or(start).us()))
        };
        [at(Side::Baseline, peaks.baseline), at(Side::Stagger, peaks.stagger)].into()
    }

    fn buckets(&self) -> PerSide<i64> {
        let bucket = |window: &Window| bucket_for(window.period).us();
        PerSide { baseline: bucket(&self.windows.baseline), stagger: bucket(&self.windows.stagger) }
    }

    fn trend_values(&self, shown: &[String]) -> BTreeMap<String, Value> {
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
