//! Where the counting is done changes nothing but the way: which one is taken by itself, and what a stream
//! of rows has to stand.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::clock::{Span, Timestamp};
use jobdelta::database::session::Limits;
use jobdelta::database::{
    ColumnType, DatabaseError, Session, Statement, StreamColumn, StreamPart, StreamRow, TableName, Taker,
};
use jobdelta::deployment::builtin::job_runs;
use jobdelta::deployment::facts::DeploymentFacts;
use jobdelta::deployment::{RequestedEnd, RequestedPeriod};
use jobdelta::mapping::MappingSettings;
use jobdelta::observation::Observations;
use jobdelta::observation::counting::Scope;
use jobdelta::observe::{ObserveError, Observer, Way};
use jobdelta::settings::{Location, MappingChoice, Question, SourceSettings, WindowRequest};
use jobdelta::source::mapping::Mapping;
use jobdelta::source::relation::Relation;
use jobdelta::window::{Chosen, PerSide, Period, Window};
use support::{Database, Engine, databases};

/// A name that ends a text in every careless way.
const ODD: &str = "a\\'b\\\\' -- \"c\" `d` $$ é";

fn settings(condition: Option<&str>) -> Question {
    let now = RequestedPeriod { start: RequestedEnd::Now, end: RequestedEnd::Now };
    let job = |name: &str, was: Option<&str>| JobPlan {
        name: name.to_owned(),
        was: was.map(str::to_owned),
        schedule: None,
        baseline_schedule: None,
        enabled: true,
        control: false,
        orphan_after: Some(Span::seconds(600)),
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    };
    let mapping = MappingSettings { condition: condition.map(str::to_owned), ..job_runs().unwrap() };
    Question {
        deployment: DeploymentFacts::default(),
        source: SourceSettings {
            location: Location::Files(Vec::new()),
            mapping: MappingChoice::Named(mapping),
        },
        windows: WindowRequest::Given { baseline: now, stagger: now, conditions: PerSide::default() },
        exclusions: Vec::new(),
        as_of: None,
        analysis: AnalysisSettings { scope: Scope::Declared, ..AnalysisSettings::default() },
        jobs: vec![job("new\\name", Some(ODD)), job("plain", None)],
        targets: Vec::new(),
        triggers: Vec::new(),
        kpis: Vec::new(),
        sampling: jobdelta::measurement::Sampling::default(),
        absent_job: jobdelta::judgement::AbsentJob::Refused,
        history: None,
        baseline: jobdelta::settings::BaselineFrom::Source,
    }
}

/// What is seen of two hours, one before and one after 2026-02-01T01:00:00Z, and the queries that were run.
async fn observe(
    url: &str,
    condition: Option<&str>,
    way: Way,
) -> Result<(Observations, Vec<String>), ObserveError> {
    observe_by(url, condition, (way, 1)).await
}

/// The same on so many connections.
async fn observe_by(
    url: &str,
    condition: Option<&str>,
    (way, connections): (Way, usize),
) -> Result<(Observations, Vec<String>), ObserveError> {
    let settings = settings(condition);
    let counting = settings.counting();
    let as_of: Timestamp = "2026-02-01T02:00:00Z".parse().unwrap();
    let window = |start: &str, end: &str| {
        let period = Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        Window::observe(period, as_of, &[], Chosen::Given, None)
    };
    let windows = PerSide {
        baseline: window("2026-02-01T00:00:00Z", "2026-02-01T01:00:00Z"),
        stagger: window("2026-02-01T01:00:00Z", "2026-02-01T02:00:00Z"),
    };
    let mut session = Session::open(url, Limits::default()).await?;
    let mapping = Mapping::resolve(&settings.source.mapping.unseen().unwrap(), &mut session).await.unwrap();
    let relation = Relation {
        mapping: &mapping,
        dialect: session.dialect(),
        settings: &counting,
        as_of,
        as_of_is_clock: false,
    };
    let coverage = Observer::coverage(&relation, &mut session).await?;
    let seen = Observer::new(relation, windows, PerSide::default())
        .with_connections(connections)
        .observe(&mut session, coverage, way)
        .await?;
    Ok((seen, session.executed().iter().map(|executed| executed.query.clone()).collect()))
}

fn migrated(engine: Engine) -> Database {
    let database = Database::fresh(engine);
    database.run(match engine {
        Engine::Sqlite => include_str!("../migrations/sqlite/0001_job_runs.sql"),
        Engine::Postgres => include_str!("../migrations/postgres/0001_job_runs.sql"),
        Engine::MariaDb => include_str!("../migrations/mysql/0001_job_runs.sql"),
    });
    database
}

/// Two runs in each window, one of them under the odd name.
fn fill(database: &Database) {
    let (odd, at) = match database.engine {
        Engine::MariaDb => (ODD.replace('\\', "\\\\"), "'2026-02-01 HH:30:00'"),
        Engine::Postgres => (ODD.to_owned(), "'2026-02-01 HH:30:00+00'"),
        Engine::Sqlite => (ODD.to_owned(), "(unixepoch('2026-02-01 HH:30:00') * 1000000)"),
    };
    for hour in ["00", "01"] {
        for name in ["plain", &odd] {
            let (name, at) = (name.replace('\'', "''"), at.replace("HH", hour));
            database.run(&format!(
                "INSERT INTO job_runs (job_name, started_at, finished_at, status) VALUES ('{name}', {at}, {at}, 'success');"
            ));
        }
    }
}

#[tokio::test]
async fn names_that_attack_the_statement_are_names() {
    for database in Engine::tested().into_iter().map(migrated) {
        fill(&database);
        let (pushdown, _) = observe(&database.url(), None, Way::Pushdown).await.unwrap();
        let (scan, queries) = observe(&database.url(), None, Way::Scan).await.unwrap();
        assert_eq!(scan, pushdown, "{:?}", database.engine);
        assert_eq!(scan.stagger.jobs.keys().collect::<Vec<_>>(), ["new\\name", "plain"]);
        assert!(
            queries.contains(&"scan".to_owned()) && !queries.contains(&"outcomes".to_owned()),
            "{queries:?}"
        );
    }
}

#[tokio::test]
async fn backslashes_mean_what_they_say_on_a_server_of_the_old_kind() {
    let database = migrated(Engine::Postgres);
    fill(&database);
    database.run(&format!("ALTER DATABASE {} SET standard_conforming_strings = off;", database.name));
    let (scan, _) = observe(&database.url(), None, Way::Scan).await.unwrap();
    assert_eq!(scan.stagger.jobs.keys().collect::<Vec<_>>(), ["new\\name", "plain"]);
}

#[tokio::test]
async fn a_pooler_in_transaction_mode_lets_the_stream_through() {
    let database = migrated(Engine::Postgres);
    fill(&database);
    let (direct, _) = observe(&database.url(), None, Way::Scan).await.unwrap();
    let (pooled, _) = observe(&database.pooler_url(), None, Way::Scan).await.unwrap();
    assert_eq!(pooled, direct);
}

/// Four thousand runs of eleven jobs, over both windows; some fail, some overlap, some never end.
fn fill_more(database: &Database) {
    let (numbers, at, name) = match database.engine {
        Engine::MariaDb => (
            "SELECT CAST(seq AS SIGNED) AS n FROM seq_0_to_3999",
            "TIMESTAMPADD(SECOND, US, '2026-02-01')",
            "CASE n % 2 WHEN 0 THEN 'plain' ELSE CONCAT('job ', n % 11) END",
        ),
        Engine::Postgres => (
            "SELECT n FROM generate_series(0, 3999) AS n",
            "TIMESTAMPTZ '2026-02-01 00:00:00Z' + (US) * INTERVAL '1 second'",
            "CASE n % 2 WHEN 0 THEN 'plain' ELSE 'job ' || n % 11 END",
        ),
        Engine::Sqlite => (
            "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < 3999) SELECT n FROM s",
            "(unixepoch('2026-02-01') + US) * 1000000",
            "CASE n % 2 WHEN 0 THEN 'plain' ELSE 'job ' || n % 11 END",
        ),
    };
    let (start, end) = (at.replace("US", "n * 2"), at.replace("US", "n * 2 + n % 37"));
    database.run(&format!(
        "INSERT INTO job_runs (job_name, started_at, finished_at, status, error_message, attempt)
         SELECT {name}, {start}, CASE WHEN n % 101 <> 0 THEN {end} END,
           CASE WHEN n % 101 = 0 THEN 'running' WHEN n % 7 = 0 THEN 'failed' ELSE 'success' END,
           CASE WHEN n % 7 = 0 THEN 'broken' END, 1 + n % 2
         FROM ({numbers}) AS numbers;"
    ));
}

#[tokio::test]
async fn several_connections_see_what_one_sees() {
    for database in Engine::tested().into_iter().map(migrated) {
        fill(&database);
        fill_more(&database);
        let url = database.url();
        let (pushdown, _) = observe(&url, Some("1 = 1"), Way::Pushdown).await.unwrap();
        for connections in [1, 2, 3, 8] {
            let (scan, queries) = observe_by(&url, Some("1 = 1"), (Way::Scan, connections)).await.unwrap();
            assert_eq!(scan, pushdown, "{:?} on {connections}", database.engine);
            assert_eq!(queries.iter().filter(|query| *query == "scan").count(), 1, "{queries:?}");
        }
    }
}

#[tokio::test]
async fn rows_that_come_while_a_file_is_read_are_not_seen() {
    let database = migrated(Engine::Sqlite);
    fill(&database);
    database.run("PRAGMA journal_mode = WAL;");
    let mut session = Session::open(&database.url(), Limits::default()).await.unwrap();
    // The first statement that reads begins the snapshot.
    let first = Statement { text: "SELECT COUNT(*) AS n FROM job_runs".to_owned(), ..Statement::default() };
    session.fetch("first", first, 1).await.unwrap();
    assert_eq!(rows(&mut session).await, 4);
    fill(&database);
    assert_eq!(rows(&mut session).await, 4);
}

/// The runs that a stream of the session's snapshot has, read by whichever connection.
async fn rows(session: &mut Session) -> usize {
    let text = "SELECT job_name FROM job_runs".to_owned();
    let statement = Statement { text, ..Statement::default() };
    let columns = vec![StreamColumn { name: "job_name", kind: ColumnType::Text }];
    let part = StreamPart { statement: statement.clone(), columns: columns.into(), pass: 0 };
    session.read_parts("scan", statement, vec![part], vec![Counter(0)]).await.unwrap()[0].0
}

/// Counts rows.
struct Counter(usize);

impl Taker for Counter {
    type Error = DatabaseError;

    fn take(&mut self, _: usize, _: &StreamRow<'_>) -> Result<(), DatabaseError> {
        self.0 += 1;
        Ok(())
    }
}

#[tokio::test]
async fn a_condition_cannot_end_the_statement() {
    let database = migrated(Engine::Postgres);
    fill(&database);
    for condition in [
        // With what follows it this would be a script of four whole commands.
        "true)) SELECT 1) TO STDOUT; COMMIT; DROP TABLE job_runs; COPY (WITH x AS (SELECT 1 AS one WHERE (true",
        "true)) SELECT 1) TO STDOUT; COMMIT; DROP TABLE job_runs; --",
        "true /*",
    ] {
        let columns = [StreamColumn { name: "one", kind: ColumnType::Int }];
        let mut session = Session::open(&database.url(), Limits::default()).await.unwrap();
        let statement = Statement {
            text: "WITH x AS (SELECT 1 AS one WHERE :source_where) SELECT one FROM x".to_owned(),
            fragments: [("source_where".to_owned(), condition.to_owned())].into(),
            ..Statement::default()
        };
        let mut none = |_: &StreamRow<'_>| Ok::<(), DatabaseError>(());
        let error = session.stream("scan", statement, &columns, &mut none).await.unwrap_err();
        assert!(matches!(error, DatabaseError::Query { .. }), "{error}");
        drop(session);
        assert_eq!(database.value("SELECT COUNT(*) FROM job_runs"), "4", "{condition}");
    }
}

#[tokio::test]
async fn a_stream_ends_at_the_time_limit() {
    for database in databases() {
        // SQLite makes its file with the first table.
        database.run("CREATE TABLE t (v varchar(20));");
        let sql = match database.engine {
            Engine::Postgres => "SELECT CAST(1 AS bigint) FROM generate_series(1, 100) n, pg_sleep(n)",
            Engine::MariaDb => "SELECT SLEEP(20) FROM (SELECT 1 UNION SELECT 2) AS t",
            Engine::Sqlite => {
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"
            }
        };
        let limits = Limits { max_time: Duration::from_secs(1), ..Limits::default() };
        let mut session = Session::open(&database.url(), limits).await.unwrap();
        let statement = Statement { text: sql.to_owned(), ..Statement::default() };
        let mut none = |_: &StreamRow<'_>| Ok::<(), DatabaseError>(());
        let columns = [StreamColumn { name: "n", kind: ColumnType::Int }];
        let error = session.stream("scan", statement, &columns, &mut none).await.unwrap_err();
        assert!(matches!(error, DatabaseError::TimeLimit { .. }), "{:?}: {error}", database.engine);
    }
}

#[tokio::test]
async fn the_size_of_the_table_decides() {
    for database in databases() {
        let engine = database.engine;
        let rows = match engine {
            Engine::Sqlite => {
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) \
                 INSERT INTO big SELECT i FROM n; CREATE TABLE odd (v INTEGER PRIMARY KEY) WITHOUT ROWID;"
            }
            Engine::Postgres => {
                "INSERT INTO big SELECT generate_series(1, 120000); ANALYZE big; CREATE TABLE odd (v bigint);"
            }
            Engine::MariaDb => {
                "INSERT INTO big SELECT seq FROM seq_1_to_120000; ANALYZE TABLE big; CREATE TABLE odd (v bigint);"
            }
        };
        database.run(&format!(
            "CREATE TABLE big (v bigint); {rows} CREATE VIEW seen AS SELECT v FROM big; \
             CREATE TABLE small (v bigint); INSERT INTO small VALUES (1);"
        ));
        let mut session = Session::open(&database.url(), Limits::default()).await.unwrap();
        let mut estimate =
            async |name: &str| session.estimated_rows(&TableName::parse(name).unwrap()).await.unwrap();
        let big = estimate("big").await.unwrap();
        assert!((100_000..=140_000).contains(&big), "{engine:?}: {big}");
        assert_eq!(estimate("seen").await, None, "{engine:?}: a view");
        assert!(estimate("small").await.unwrap_or(0) < 1_000, "{engine:?}");
        assert!(estimate("odd").await.unwrap_or(0) < 1_000, "{engine:?}");
    }
}
