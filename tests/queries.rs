//! Every query of `queries/` runs on every database: prepared by the program, and as text in the
//! database's own client.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::schedule::Schedule;
use jobdelta::analysis::schedule::punctuality::punctual_jobs;
use jobdelta::clock::{Span, Timestamp};
use jobdelta::database::session::Limits;
use jobdelta::database::{Dialect, Session};
use jobdelta::deployment::builtin::job_runs;
use jobdelta::deployment::facts::DeploymentFacts;
use jobdelta::deployment::{RequestedEnd, RequestedPeriod};
use jobdelta::mapping::MappingSettings;
use jobdelta::observe::Observer;
use jobdelta::settings::{Location, MappingChoice, Question, SourceSettings, WindowRequest};
use jobdelta::source::mapping::Mapping;
use jobdelta::source::relation::Relation;
use jobdelta::window::{Chosen, Exclusion, PerSide, Period, Window};
use support::{Engine, databases};

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period { start: instant(start), end: instant(end) }
}

fn settings(exclusions: Vec<Exclusion>) -> Question {
    let job = |name: &str, was: Option<&str>| {
        let schedule = |offset| Schedule::parse("* * * * *", Span::seconds(offset), chrono_tz::UTC).unwrap();
        JobPlan {
            name: name.to_owned(),
            was: was.map(str::to_owned),
            schedule: Some(schedule(15)),
            baseline_schedule: Some(schedule(0)),
            enabled: true,
            control: false,
            orphan_after: Some(Span::seconds(600)),
            min_runs: ByMetric::default(),
            margin: ByMetric::default(),
            note: None,
        }
    };
    let anywhere = RequestedPeriod { start: RequestedEnd::Now, end: RequestedEnd::Now };
    Question {
        deployment: DeploymentFacts::default(),
        source: SourceSettings {
            location: Location::Files(Vec::new()),
            mapping: MappingChoice::Named(job_runs().unwrap()),
        },
        windows: WindowRequest::Given {
            baseline: anywhere,
            stagger: anywhere,
            conditions: PerSide::default(),
        },
        exclusions,
        as_of: None,
        analysis: AnalysisSettings::default(),
        jobs: vec![job("it's \"odd\" \\ `name`", Some("old :name")), job("other", None)],
        targets: Vec::new(),
        triggers: Vec::new(),
        kpis: Vec::new(),
        sampling: jobdelta::measurement::Sampling::default(),
        absent_job: jobdelta::judgement::AbsentJob::Refused,
        history: None,
        baseline: jobdelta::settings::BaselineFrom::Source,
    }
}

const MIGRATIONS: [(&str, &str); 3] = [
    ("sqlite", include_str!("../migrations/sqlite/0001_job_runs.sql")),
    ("postgres", include_str!("../migrations/postgres/0001_job_runs.sql")),
    ("mariadb", include_str!("../migrations/mysql/0001_job_runs.sql")),
];

fn dialect(engine: Engine) -> Dialect {
    match engine {
        Engine::Sqlite => Dialect::Sqlite,
        Engine::Postgres => Dialect::Postgres,
        Engine::MariaDb => Dialect::MariaDb,
    }
}

#[tokio::test]
async fn every_query_runs_as_it_is_printed() {
    for database in databases() {
        let engine = database.engine;
        let migration = MIGRATIONS.iter().find(|(name, _)| *name == engine.dialect()).unwrap().1;
        database.run(migration);
        let exclusions = vec![Exclusion {
            period: period("2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z"),
            reason: String::new(),
        }];
        let settings = settings(exclusions.clone());
        let counting = settings.counting();
        let as_of = instant("2026-01-03T00:00:00Z");
        let window = |p: Period| {
            Window::observe(p, as_of, &exclusions, Chosen::Given, Some("attempt IS NULL -- :x".to_owned()))
        };
        let windows = PerSide {
            baseline: window(period("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")),
            stagger: window(period("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")),
        };
        let mut session = Session::open(&database.url(), Limits::default()).await.unwrap();
        let mapping = Mapping::resolve(
            &MappingSettings { dedupe_within: Some(Span::seconds(1)), ..job_runs().unwrap() },
            &mut session,
        )
        .await
        .unwrap();
        let relation = Relation {
            mapping: &mapping,
            dialect: dialect(engine),
            settings: &counting,
            as_of,
            as_of_is_clock: true,
        };
        let punctual = punctual_jobs(&settings.jobs, &windows, &settings.analysis);
        let observer = Observer::new(relation, windows, punctual);
        for (query, statement) in observer.statements() {
            // A parameter without a value is an error; so is a value that the text does not name.
            let inline = statement.inline(dialect(engine)).unwrap();
            let words = statement.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
            let words: BTreeSet<&str> = words.collect();
            for name in statement.values.keys() {
                assert!(words.contains(&*format!(":{name}")), "{}: :{name} is not named", query.name);
            }
            if let Err(error) = database.script(&format!("{inline};")) {
                panic!("{engine:?} {}: {error}\n{inline}", query.name);
            }
            session.fetch(query.name, statement, 10).await.unwrap_or_else(|e| panic!("{e}\n{inline}"));
        }
    }
}
