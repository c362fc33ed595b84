//! Both ways of observing see on each database what the definitions say: made-up rows, and the observations
//! of the naive reference, exactly.
#![allow(clippy::unwrap_used, clippy::panic)]

mod generator;
mod reference;
mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use generator::{Case, cases, config};
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::schedule::Schedule;
use jobdelta::analysis::schedule::punctuality::punctual_jobs;
use jobdelta::clock::{Span, Timestamp};
use jobdelta::database::Session;
use jobdelta::database::session::Limits;
use jobdelta::deployment::builtin::job_runs;
use jobdelta::deployment::facts::DeploymentFacts;
use jobdelta::deployment::{RequestedEnd, RequestedPeriod};
use jobdelta::mapping::MappingSettings;
use jobdelta::observation::counting::Scope;
use jobdelta::observation::{Dependence, JobObservations, Observations, Overlap};
use jobdelta::observe::{Observer, Way};
use jobdelta::settings::{self, Location, MappingChoice, SourceSettings, WindowRequest};
use jobdelta::source::mapping::Mapping;
use jobdelta::source::relation::Relation;
use jobdelta::window::{Chosen, Exclusion, PerSide, Period, Window};
use proptest::test_runner::{TestCaseError, TestRunner};
use proptest::{prop_assert, prop_assert_eq};
use reference::{Question, Row, Seen, observe};
use sqlx::{ConnectOptions, Connection, Executor};
use support::{Database, Engine, first_difference};

/// On each database.
const CASES: u32 = 200;

#[test]
fn sqlite_shows_what_the_reference_shows() {
    holds_on(Engine::Sqlite);
}

#[test]
fn postgres_shows_what_the_reference_shows() {
    holds_on(Engine::Postgres);
}

#[test]
fn mariadb_shows_what_the_reference_shows() {
    holds_on(Engine::MariaDb);
}

/// The excluded periods of the window after.
fn excluded(question: &Question) -> Vec<Period> {
    let period = |&(start, end): &(i64, i64)| Period { start: Timestamp(start), end: Timestamp(end) };
    let exclusion = |found: &(i64, i64)| Exclusion { period: period(found), reason: String::new() };
    let exclusions: Vec<Exclusion> = question.exclusions.iter().map(exclusion).collect();
    let as_of = Timestamp(question.as_of);
    Window::observe(period(&question.windows[1]), as_of, &exclusions, Chosen::Given, None).excluded
}

/// Counts, sums, tables and levels: whoever looks at a window in two parts, and adds what was seen, sees
/// what one look shows. Distances between starts, and what is cut into clock-aligned pieces, are not sums.
#[test]
fn two_parts_of_a_window_add_up_to_the_whole() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = Database::fresh(Engine::Sqlite);
    database.run(&table(Engine::Sqlite));
    let writer = RefCell::new(runtime.block_on(Writer::connect(&database)));
    let mut runner = TestRunner::new(config(80));
    let outcome = runner.run(&(cases(), 1_i64..100), |(case, percent)| {
        let (start, end) = case.question.windows[1];
        let middle = start + (end.min(case.question.as_of) - start) / 100 * percent;
        // what may occupy is looked for as far back as anything goes, from either start
        let asked = |windows| Question {
            windows,
            only_worker: [None, None],
            longest_run_us: 4_000 * 86_400_000_000,
            ..case.question.clone()
        };
        let parts = asked([(start, middle), (middle, end)]);
        let whole = asked([(start, middle), (start, end)]);
        if [0, 1].into_iter().any(|side| parts.observed(side).is_empty()) {
            return Ok(());
        }
        let excluded = excluded(&whole);
        runtime.block_on(writer.borrow_mut().replace(&case.rows));
        for way in [Way::Pushdown, Way::Scan] {
            let parts = runtime.block_on(seen(&database, &parts, way));
            let whole = runtime.block_on(seen(&database, &whole, way)).stagger;
            let mut times = parts.baseline.levels.time_at_level_us.clone();
            let later = &parts.stagger.levels.time_at_level_us;
            times.resize(times.len().max(later.len()), 0);
            times.iter_mut().zip(later).for_each(|(sum, time)| *sum += time);
            prop_assert_eq!(&times, &whole.levels.time_at_level_us, "{:?}: levels", way);
            let mut jobs = parts.baseline.jobs.clone();
            for (name, seen) in &parts.stagger.jobs {
                jobs.entry(name.clone()).or_default().merge(seen, &excluded);
            }
            prop_assert!(jobs.keys().eq(whole.jobs.keys()), "{:?}: {:?} and {:?}", way, jobs, whole.jobs);
            for ((name, sum), one) in jobs.into_iter().zip(whole.jobs.values()) {
                let sums = |seen: &JobObservations| JobObservations {
                    overlap: Overlap { suspected_duplicates: 0, ..seen.overlap },
                    schedules: Vec::new(),
                    // No fire of a part is missed where the other part holds its run.
                    fires: None,
                    dependence: Dependence::default(),
                    openings: None,
                    halves: Default::default(),
                    ..seen.clone()
                };
                prop_assert_eq!(sums(&sum), sums(one), "{:?}: {}", way, name);
                let mut halves = one.halves[0].clone();
                halves.merge(&one.halves[1]);
                prop_assert_eq!((&halves.outcomes, &halves.durations), (&one.outcomes, &one.durations));
            }
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn holds_on(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = Database::fresh(engine);
    database.run(&table(engine));
    let writer = RefCell::new(runtime.block_on(Writer::connect(&database)));
    let mut runner = TestRunner::new(config(CASES));
    let outcome = runner.run(&cases(), |case| {
        let expected = observe(&case.rows, &case.question);
        runtime.block_on(writer.borrow_mut().replace(&case.rows));
        for way in [Way::Pushdown, Way::Scan] {
            let seen = runtime.block_on(seen(&database, &case.question, way));
            compare(way, &expected, &seen)?;
            if case.question.dedupe_within_us.is_none() {
                adds_up(&case, &seen)?;
            }
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{engine:?}: {failure}");
    }
}

/// `job_runs`, where rows without a start may be.
fn table(engine: Engine) -> String {
    let migration = match engine {
        Engine::Sqlite => include_str!("../migrations/sqlite/0001_job_runs.sql"),
        Engine::Postgres => include_str!("../migrations/postgres/0001_job_runs.sql"),
        Engine::MariaDb => include_str!("../migrations/mysql/0001_job_runs.sql"),
    };
    let lines = migration.lines().map(|line| {
        let is_start = line.trim_start().starts_with("started_at ");
        // A STRICT table takes nothing but numbers.
        if is_start { line.replace(" NOT NULL", "").replace("INTEGER", "ANY") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the program observes.
async fn seen(database: &Database, question: &Question, way: Way) -> Seen {
    let settings = settings(question);
    let counting = settings.counting();
    let as_of = Timestamp(question.as_of);
    let window = |side: usize| {
        let (start, end) = question.windows[side];
        let period = Period { start: Timestamp(start), end: Timestamp(end) };
        let condition = question.only_worker[side].as_ref().map(|worker| format!("worker = '{worker}'"));
        Window::observe(period, as_of, &settings.exclusions, Chosen::Given, condition)
    };
    let windows = PerSide { baseline: window(0), stagger: window(1) };
    let mut session = Session::open(&database.url(), Limits::default()).await.unwrap();
    let mapping = Mapping::resolve(&settings.source.mapping.unseen().unwrap(), &mut session).await.unwrap();
    let relation = Relation {
        mapping: &mapping,
        dialect: session.dialect(),
        settings: &counting,
        as_of,
        as_of_is_clock: false,
    };
    let coverage = Observer::coverage(&relation, &mut session).await.unwrap();
    let punctual = punctual_jobs(&settings.jobs, &windows, &settings.analysis);
    let observer = Observer::new(relation, windows, punctual).with_connections(3);
    let Observations { baseline, stagger, excluded_runs, coverage, pictures, .. } =
        observer.observe(&mut session, coverage, way).await.unwrap();
    Seen {
        baseline,
        stagger,
        pictures,
        excluded_runs,
        first_started: coverage.first_started.map(Timestamp::us),
        last_started: coverage.last_started.map(Timestamp::us),
    }
}

fn settings(question: &Question) -> settings::Question {
    let now = RequestedPeriod { start: RequestedEnd::Now, end: RequestedEnd::Now };
    let exclusion = |&(start, end): &(i64, i64)| Exclusion {
        period: Period { start: Timestamp(start), end: Timestamp(end) },
        reason: String::new(),
    };
    let job = |declared: &reference::Declared| {
        let schedule = |side: usize| {
            let (expression, offsets) = declared.schedule.as_ref()?;
            Some(Schedule::parse(expression, Span::seconds(offsets[side]), chrono_tz::UTC).unwrap())
        };
        JobPlan {
            name: declared.name.clone(),
            was: declared.was.clone(),
            baseline_schedule: schedule(0),
            schedule: schedule(1),
            enabled: true,
            control: false,
            orphan_after: declared.orphan_after_us.map(Span),
            min_runs: ByMetric::default(),
            margin: ByMetric::default(),
            note: None,
        }
    };
    settings::Question {
        deployment: DeploymentFacts::default(),
        source: SourceSettings {
            location: Location::Files(Vec::new()),
            mapping: MappingChoice::Named(MappingSettings {
                dedupe_within: question.dedupe_within_us.map(Span),
                ..job_runs().unwrap()
            }),
        },
        windows: WindowRequest::Given { baseline: now, stagger: now, conditions: PerSide::default() },
        exclusions: question.exclusions.iter().map(exclusion).collect(),
        as_of: Some(Timestamp(question.as_of)),
        analysis: AnalysisSettings {
            scope: if question.declared_only { Scope::Declared } else { Scope::All },
            longest_run: Span(question.longest_run_us),
            orphan_after: Span(question.orphan_after_us),
            nothing_in_flight: question.nothing_in_flight,
            slow_after: Span(question.slow_after_us),
            cycle: Span::seconds(question.cycle_s),
            on_time_within: Span::seconds(question.on_time_within_s),
            burst_window: Span(question.burst_window_us),
            ..AnalysisSettings::default()
        },
        jobs: question.jobs.iter().map(job).collect(),
        targets: Vec::new(),
        triggers: Vec::new(),
        kpis: Vec::new(),
        sampling: jobdelta::measurement::Sampling::default(),
        absent_job: jobdelta::judgement::AbsentJob::Refused,
        history: None,
        baseline: jobdelta::settings::BaselineFrom::Source,
    }
}

/// No row vanishes: each that may belong to a window is counted in it, once.
fn adds_up(Case { rows, question }: &Case, seen: &Seen) -> Result<(), TestCaseError> {
    for (side, window) in [&seen.baseline, &seen.stagger].into_iter().enumerate() {
        let (start, end) = question.windows[side];
        let (rows, out_of_scope): (Vec<Row>, Vec<Row>) = question
            .selected(rows, side)
            .into_iter()
            .filter(|row| row.placed_us().is_none_or(|at| start <= at && at < end))
            .partition(|row| question.in_scope(&row.job));
        let is_past = |row: &&Row| row.placed_us().is_some_and(|at| at < question.as_of);
        prop_assert_eq!(out_of_scope.iter().filter(is_past).count() as u64, window.rows_out_of_scope);
        let excluded = |row: &&Row| {
            let mut parts = question.exclusions.iter();
            is_past(row) && parts.any(|&(from, to)| row.placed_us().is_some_and(|at| from <= at && at < to))
        };
        let in_outcomes: u64 = window.jobs.values().map(|job| job.outcomes.rows()).sum();
        let counted = in_outcomes + window.rows_after_as_of + window.rows_unplaced;
        prop_assert_eq!(window.rows_excluded, rows.iter().filter(excluded).count() as u64);
        prop_assert_eq!(rows.len() as u64, counted + window.rows_excluded, "rows of window {}", side);
        // The program's own ledger, the two sides of which come from different questions.
        let unplaced_out = out_of_scope.iter().filter(|row| row.placed_us().is_none()).count() as u64;
        prop_assert_eq!(unplaced_out, window.rows_unplaced_aside);
        prop_assert_eq!(window.rows_read, Some(rows.len() as u64 + window.rows_out_of_scope + unplaced_out));
    }
    Ok(())
}

/// Compares part by part, so that a failure shows the part that differs.
fn compare(way: Way, expected: &Seen, seen: &Seen) -> Result<(), TestCaseError> {
    let differs = |part: &str, expected: &dyn std::fmt::Debug, seen: &dyn std::fmt::Debug| {
        let difference = first_difference(&format!("{expected:#?}"), &format!("{seen:#?}"));
        Err(TestCaseError::fail(format!("{way:?}: {part} {}\n", difference.unwrap_or_default())))
    };
    macro_rules! same {
        ($part:expr, $expected:expr, $seen:expr) => {
            if $expected != $seen {
                return differs(&String::from($part), &$expected, &$seen);
            }
        };
    }
    for (side, expected, seen) in
        [("baseline", &expected.baseline, &seen.baseline), ("stagger", &expected.stagger, &seen.stagger)]
    {
        let names = |jobs: &BTreeMap<String, _>| jobs.keys().cloned().collect::<Vec<_>>();
        same!(format!("jobs of {side}"), names(&expected.jobs), names(&seen.jobs));
        for (name, job) in &expected.jobs {
            same!(format!("{name:?} of {side}"), job, &seen.jobs[name]);
            let [mut both, second] = seen.jobs[name].halves.clone();
            both.merge(&second);
            same!(format!("outcomes of both halves, {name:?} of {side}"), job.outcomes, both.outcomes);
            same!(format!("durations of both halves, {name:?} of {side}"), job.durations, both.durations);
            if let Some(on_time) = job.dependence.on_time {
                let halves = both.on_time.and_then(|runs| i64::try_from(runs).ok());
                same!(
                    format!("starts on time of both halves, {name:?} of {side}"),
                    Some(on_time.sum),
                    halves
                );
            }
        }
        same!(format!("levels of {side}"), expected.levels, seen.levels);
        same!(format!("start burst of {side}"), expected.start_burst, seen.start_burst);
        same!(format!("failures of {side}"), expected.failures, seen.failures);
        same!(format!("trend of {side}"), expected.trend, seen.trend);
        same!(format!("rows out of scope of {side}"), expected.rows_out_of_scope, seen.rows_out_of_scope);
        same!(format!("jobs out of scope of {side}"), expected.jobs_out_of_scope, seen.jobs_out_of_scope);
        same!(format!("rows after as_of of {side}"), expected.rows_after_as_of, seen.rows_after_as_of);
        same!(format!("unplaced rows of {side}"), expected.rows_unplaced, seen.rows_unplaced);
        same!(
            format!("unplaced rows aside of {side}"),
            expected.rows_unplaced_aside,
            seen.rows_unplaced_aside
        );
        same!(format!("excluded rows of {side}"), expected.rows_excluded, seen.rows_excluded);
        same!(format!("rows read of {side}"), expected.rows_read, seen.rows_read);
    }
    same!("pictures", expected.pictures, seen.pictures);
    same!("excluded runs", expected.excluded_runs, seen.excluded_runs);
    same!("everything", expected, seen);
    Ok(())
}

/// A connection that puts rows into `job_runs`.
enum Writer {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
    MariaDb(sqlx::MySqlConnection),
}

impl Writer {
    async fn connect(database: &Database) -> Self {
        let url = database.url();
        match database.engine {
            Engine::Sqlite => {
                let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
                Self::Sqlite(options.pragma("synchronous", "OFF").connect().await.unwrap())
            }
            Engine::Postgres => Self::Postgres(sqlx::PgConnection::connect(&url).await.unwrap()),
            Engine::MariaDb => Self::MariaDb(sqlx::MySqlConnection::connect(&url).await.unwrap()),
        }
    }

    /// Puts `rows` in place of what is there.
    async fn replace(&mut self, rows: &[Row]) {
        let mut sql = "DELETE FROM job_runs;".to_owned();
        if !rows.is_empty() {
            let values: Vec<String> = rows.iter().map(|row| self.values(row)).collect();
            write!(
                sql,
                "INSERT INTO job_runs (job_name, scheduled_at, started_at, finished_at, status, skip_reason, \
                 error_message, worker, attempt, schedule, effective_schedule, stagger_offset_s) VALUES\n{};",
                values.join(",\n")
            )
            .unwrap();
        }
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        match self {
            Self::Sqlite(connection) => drop(connection.execute(sql).await.unwrap()),
            Self::Postgres(connection) => drop(connection.execute(sql).await.unwrap()),
            Self::MariaDb(connection) => drop(connection.execute(sql).await.unwrap()),
        }
    }

    fn values(&self, row: &Row) -> String {
        let text = |text: &Option<String>| text.as_ref().map_or("NULL".to_owned(), |text| self.text(text));
        let number = |number: Option<i64>| number.map_or("NULL".to_owned(), |number| number.to_string());
        let instant = |us: Option<i64>| us.map_or("NULL".to_owned(), |us| self.instant(us));
        let cells = [
            self.text(&row.job),
            instant(row.scheduled_us),
            if row.is_unreadable {
                self.unreadable().to_owned()
            } else {
                instant(Some(row.started_us).filter(|_| !row.has_no_start))
            },
            instant(row.finished_us),
            self.text(row.status.word()),
            text(&row.skip_reason),
            text(&row.error),
            text(&row.worker),
            number(row.attempt),
            text(&row.schedule),
            text(&row.effective_schedule),
            number(row.stagger_offset_s),
        ];
        format!("({})", cells.join(", "))
    }

    fn text(&self, text: &str) -> String {
        let text = text.replace('\'', "''");
        match self {
            Self::MariaDb(_) => format!("'{}'", text.replace('\\', "\\\\")),
            _ => format!("'{text}'"),
        }
    }

    /// A start that is no time.
    const fn unreadable(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "'n/a'",
            Self::Postgres(_) => "'infinity'",
            Self::MariaDb(_) => "'0000-00-00 00:00:00'",
        }
    }

    fn instant(&self, us: i64) -> String {
        let at = Timestamp(us).to_utc().unwrap().format("%Y-%m-%d %H:%M:%S%.6f");
        match self {
            Self::Sqlite(_) => us.to_string(),
            Self::Postgres(_) => format!("'{at}+00'"),
            Self::MariaDb(_) => format!("'{at}'"),
        }
    }
}

/// Whether a job's seconds are too scattered for a query.
fn scattered(question: &Question) -> bool {
    let scattered =
        |job: &reference::Declared| job.schedule.as_ref().is_some_and(|(e, _)| e.contains("8-22"));
    question.cycle_s == 86_400 && question.jobs.iter().any(scattered)
}

#[test]
fn the_cases_hold_what_they_should() {
    // A generator that never makes the interesting rows would let everything pass.
    let found = RefCell::new(BTreeMap::<&str, u32>::new());
    let mut runner = TestRunner::new(config(2 * CASES));
    let counted = runner.run(&cases(), |Case { rows, question }| {
        let seen = observe(&rows, &question);
        let mut found = found.borrow_mut();
        let mut note = |what, is: bool| *found.entry(what).or_default() += u32::from(is);
        for window in [&seen.baseline, &seen.stagger] {
            let jobs = || window.jobs.values();
            note("empty window", window.jobs.is_empty());
            note("occupied only", jobs().any(|job| job.overlap.busy_us > 0 && job.outcomes.started() == 0));
            note("in flight", jobs().any(|job| job.outcomes.in_flight > 0));
            note("lost", jobs().any(|job| job.outcomes.orphaned > 0));
            note("skipped", jobs().any(|job| job.outcomes.skipped_lock > 0));
            note("negative", jobs().any(|job| job.anomalies.end_before_start > 0));
            note("zero", jobs().any(|job| job.durations.cells.first().is_some_and(|(cell, _)| *cell == 0)));
            note("endless", jobs().any(|job| job.anomalies.final_without_end > 0));
            note("running with end", jobs().any(|job| job.anomalies.running_with_end > 0));
            note("long", jobs().any(|job| job.anomalies.longer_than_longest_run > 0));
            note("overlap", jobs().any(|job| job.overlap.overlapping_starts > 0));
            note("duplicate", jobs().any(|job| job.overlap.suspected_duplicates > 0));
            note("fires", jobs().any(|job| job.fires.is_some_and(|f| f.first_attempts > f.distinct_minutes)));
            note("schedules", jobs().any(|job| job.schedules.len() > 1));
            note("both halves", jobs().any(|job| job.halves.iter().all(|h| h.outcomes.completed > 0)));
            let sums = || jobs().filter_map(|job| job.dependence.on_time);
            note(
                "on time and late",
                sums().any(|sums| sums.sum_of_products > 0 && sums.sum.unsigned_abs() + 1 < sums.n),
            );
            note("on time here and there", sums().any(|sums| sums.sum_of_products + 1 < sums.sum));
            note("on time not measured", scattered(&question) && !window.jobs.is_empty());
            let on_time = |job: &JobObservations| job.halves.iter().all(|half| half.on_time > Some(0));
            note("on time in both halves", jobs().any(|job| on_time(job)));
            let undecided = |job: &JobObservations| job.outcomes.started() > job.outcomes.decided();
            let measured = |job: &JobObservations| job.dependence.on_time.is_some_and(|sums| sums.sum > 0);
            note("on time, undecided", jobs().any(|job| undecided(job) && measured(job)));
            note("early", jobs().any(|job| job.start_delays.early > 0));
            note("level 3", window.levels.peak() >= 3);
            note("burst", window.start_burst.is_some_and(|burst| burst.runs > 2));
            note("same message", window.failures.iter().any(|failure| failure.runs > 1));
            note("others", window.trend.points.iter().any(|point| point.job.is_none()));
            note("buckets", window.trend.points.windows(2).any(|pair| pair[0].job == pair[1].job));
            note("out of scope", window.rows_out_of_scope > 0);
            note("after as_of", window.rows_after_as_of > 0);
            note("unplaced", window.rows_unplaced > 0);
            note("unplaced, out of scope", window.rows_unplaced_aside > 0);
            note("failed to start", jobs().any(|job| job.outcomes.failed_to_start > 0));
            note("late", jobs().any(|job| job.fires.is_some_and(|f| f.first_attempts > job.outcomes.rows())));
        }
        let minutes = [&seen.pictures.busiest_minute.baseline, &seen.pictures.busiest_minute.stagger];
        note("busy minute", minutes.iter().any(|m| m.as_ref().is_some_and(|minute| minute.runs.len() > 3)));
        let jobs = || seen.baseline.jobs.iter().chain(&seen.stagger.jobs);
        let in_crowd =
            |name: &str| question.jobs.len() > 8 && question.jobs.iter().any(|job| job.name == name);
        note("one of many", jobs().any(|(name, job)| in_crowd(name) && job.dependence.on_time.is_some()));
        note("excluded", seen.excluded_runs.iter().sum::<u64>() > 0);
        note("as_of inside", question.windows.iter().any(|&(_, end)| question.as_of < end));
        note("joined", question.dedupe_within_us.is_some());
        note("conditions", question.only_worker.iter().any(Option::is_some));
        Ok(())
    });
    counted.unwrap();
    let rare: Vec<_> = found.into_inner().into_iter().filter(|(_, count)| *count < 10).collect();
    assert!(rare.is_empty(), "too few cases of: {rare:?}");
}
