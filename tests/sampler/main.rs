//! What jobdelta samples itself: of real servers under a load that is known, of an HTTP endpoint, kept in its store and
//! read by reports and watches. What was not reached is a gap.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_cmp)]

mod counted;
mod examined;
mod keeping;
#[path = "../support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Child;
use std::thread::JoinHandle;

use jobdelta::clock::{Clock, Span, Timestamp};
use serde_json::Value;
use support::{Desk, Engine, OwnServer};

const MOST_CONNECTIONS: u32 = 20;

/// A server that takes few connections, with a table of runs.
struct Scene {
    engine: Engine,
    server: OwnServer,
    desk: Desk,
    /// Between the windows.
    change: Timestamp,
}

impl Scene {
    fn new(engine: Engine) -> Self {
        let arguments: &[&str] = match engine {
            Engine::Postgres => &["-c", "max_connections=20"],
            _ => &["--max-connections=20"],
        };
        Self::with(engine, arguments)
    }

    fn with(engine: Engine, arguments: &[&str]) -> Self {
        let (server, desk) = (OwnServer::start_with(engine, arguments), Desk::new());
        desk.run(["migrate", "--db", &server.url()]).succeeded();
        Self { engine, server, desk, change: Clock::System.now() }
    }

    fn sample(&self, url: &str) -> support::Finished {
        self.desk.run(["sample", "--db", url, "--store", "store.sqlite"])
    }

    /// One run in each window, and the KPIs called so.
    fn report(&mut self, kpis: &[&str], monitoring: &str) -> Value {
        let now = Clock::System.now();
        let at = |at: Timestamp, seconds: i64| at.plus(Span::seconds(seconds));
        let run = |at: Timestamp| format!("A,{at},{at},success\n");
        let runs = run(at(self.change, -30)) + &run(at(now, -1));
        self.desk.put("runs.csv", format!("job_name,started_at,finished_at,status\n{runs}"));
        self.desk.run(["import", "--db", &self.server.url(), "runs.csv"]).succeeded();
        let kpis: String =
            kpis.iter().map(|name| format!("[[kpis]]\nname = \"{name}\"\nbuilt_in = \"{name}\"\n")).collect();
        let windows = format!(
            "[windows]\nbaseline = {{ start = \"{}\", end = \"{}\" }}\nstagger = {{ start = \"{}\", end = \"{}\" }}\n",
            at(self.change, -60),
            self.change,
            self.change,
            at(now, 1),
        );
        self.desk.put("deployment.toml", windows + monitoring + &kpis);
        let store = ["--store", "store.sqlite", "--format", "json"];
        let printed = self.desk.run(["report", "--db", &self.server.url()].iter().chain(&store).copied());
        serde_json::from_str(&printed.succeeded()).unwrap()
    }

    /// Waits until so many sessions run a statement that holds `text`.
    fn wait_for(&self, text: &str, sessions: usize) {
        let list = match self.engine {
            Engine::Postgres => format!(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE '%{text}%' AND pid <> pg_backend_pid() \
                 AND state = 'active'"
            ),
            _ => format!(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE '%{text}%' \
                 AND ID <> CONNECTION_ID()"
            ),
        };
        while self.server.run(&list).parse::<usize>().unwrap() < sessions {
            std::thread::yield_now();
        }
    }
}

/// Clients that end with this value.
struct Clients(Vec<Child>);

impl Drop for Clients {
    fn drop(&mut self) {
        for client in &mut self.0 {
            let _ = client.kill();
            let _ = client.wait();
        }
    }
}

/// Number, lowest and highest value of the samples after the change.
fn figures(report: &Value, kpi: &str) -> [f64; 3] {
    let kpis = report["kpis"].as_array().unwrap();
    let kpi = kpis.iter().find(|found| found["name"] == kpi).unwrap();
    assert_eq!(kpi["source"], "built_in");
    ["n", "min", "max"].map(|figure| kpi["stagger"][figure].as_f64().unwrap())
}

fn servers() -> impl Iterator<Item = Engine> {
    Engine::tested().into_iter().filter(|engine| *engine != Engine::Sqlite)
}

#[test]
fn a_server_under_a_known_load_is_measured_and_the_time_before_is_a_gap() {
    for engine in servers() {
        let mut scene = Scene::new(engine);
        let url = scene.server.url();
        let said = scene.sample(&url);
        assert!(said.stderr.contains("measurements sampled"), "{said:?}");
        scene.server.run("CREATE TABLE held (id INT); ");
        scene.server.run("INSERT INTO held VALUES (1)");
        let (sleep, hold) = match engine {
            Engine::Postgres => {
                ("SELECT pg_sleep(600)", "BEGIN; SELECT * FROM held FOR UPDATE; SELECT pg_sleep(601)")
            }
            _ => ("SELECT SLEEP(600)", "BEGIN; SELECT * FROM held FOR UPDATE; SELECT SLEEP(601)"),
        };
        let mut clients = Clients((0..6).map(|_| scene.server.begin(sleep)).collect());
        scene.wait_for("(600)", 6);
        clients.0.push(scene.server.begin(hold));
        scene.wait_for("(601)", 1);
        clients.0.push(scene.server.begin("BEGIN; SELECT * FROM held WHERE id = 1 FOR UPDATE"));
        scene.wait_for("WHERE id = 1 FOR UPDATE", 1);
        assert_eq!(scene.sample(&url).code, Some(0));
        let names = ["connections", "pool_utilization", "connections_active", "lock_waits"];
        let report = scene.report(&names, "");
        let most = [8.0, 100.0 * 8.0 / f64::from(MOST_CONNECTIONS), 8.0, 1.0];
        for (name, most) in names.iter().zip(most) {
            assert_eq!(figures(&report, name), [2.0, 0.0, most], "{engine:?} {name}");
        }
        let kpis = report["kpis"].as_array().unwrap();
        assert!(kpis.iter().all(|kpi| kpi["baseline"].is_null()), "nothing was sampled before: {kpis:#?}");
        assert_eq!(kpis[1]["unit"], "%");
    }
}

#[test]
fn slow_statements_are_those_longer_than_was_declared() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let mut scene = Scene::new(Engine::Postgres);
    let _client = Clients(vec![scene.server.begin("SELECT pg_sleep(600)")]);
    scene.wait_for("(600)", 1);
    for (limit, slow) in [("1ms", 1.0), ("1h", 0.0)] {
        let monitoring = format!("[monitoring]\nslow_query_after = \"{limit}\"\n");
        scene.desk.put("deployment.toml", &monitoring);
        assert_eq!(scene.sample(&scene.server.url()).code, Some(0));
        let report = scene.report(&["slow_statements"], &monitoring);
        let [n, _, most] = figures(&report, "slow_statements");
        assert_eq!((n, most), (1.0, slow), "samples by another limit are another series");
    }
}

#[test]
fn a_counter_of_slow_queries_is_read_as_its_increase() {
    if !Engine::tested().contains(&Engine::MariaDb) {
        return;
    }
    let mut scene = Scene::new(Engine::MariaDb);
    let url = scene.server.url();
    scene.sample(&url).succeeded();
    scene.server.run(&format!("SET long_query_time = 0; {}", "SELECT 1; ".repeat(50)));
    scene.sample(&url).succeeded();
    let report = scene.report(&["slow_queries"], "");
    let [n, _, most] = figures(&report, "slow_queries");
    // Some 50 within less than a minute.
    assert!(n == 1.0 && most >= 50.0, "{n} {most}");
}

#[test]
fn what_a_role_may_not_see_is_a_gap_and_what_is_away_an_error() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let mut scene = Scene::new(Engine::Postgres);
    scene.server.run("CREATE ROLE reader LOGIN; GRANT SELECT ON job_runs TO reader");
    let _client = Clients(vec![scene.server.begin("SELECT pg_sleep(600)")]);
    scene.wait_for("(600)", 1);
    let url = scene.server.url();
    let said = scene.sample(&url.replace("jobdelta:let-me-in", "reader"));
    assert!(said.stderr.contains("is hidden from this role; GRANT pg_read_all_stats"), "{said:?}");
    let report = scene.report(&["connections", "connections_active"], "");
    assert_eq!(figures(&report, "connections")[2], 1.0);
    assert!(report["kpis"][1]["stagger"].is_null(), "a number of those that are seen would be none of all");
    let away = scene.sample("postgres://nobody@127.0.0.1:1/jobs");
    assert_eq!(away.code, Some(2), "{away:?}");
    assert!(away.stderr.contains("nothing was sampled: failed to connect"), "{away:?}");
    let files = scene.desk.run(["sample", "--db", "sqlite:store.sqlite", "--store", "store.sqlite"]);
    assert!(files.stderr.contains("there is nothing to sample"), "{files:?}");
}

/// An endpoint that gives these answers, one after another.
fn endpoint(answers: &[&'static str]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answers = answers.to_vec();
    let serving = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut client, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(client.try_clone().unwrap()).lines().map(Result::unwrap);
            asked.push(lines.by_ref().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
            let (status, body) = answer.split_once(' ').unwrap();
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\nlocation: /other\r\ncontent-length: {length}\r\n");
            write!(client, "{head}connection: close\r\n\r\n{body}").unwrap();
        }
        asked
    });
    (address, serving)
}

#[test]
fn an_endpoint_is_up_or_not_and_its_restarts_are_counted() {
    let answers = [
        "200 {\"process\": {\"uptime_s\": 100.5}}",
        "200 {\"process\": {\"uptime_s\": 3}}",
        "503 {\"process\": {\"uptime_s\": 1}}",
        "302 ",
        "200 {\"process\": {\"uptime_s\": 1}}",
    ];
    let (address, serving) = endpoint(&answers);
    let desk = Desk::new();
    let (start, day) = (Clock::System.now(), Span::seconds(86_400));
    let end = start.plus(day);
    let before = start.plus(Span(-day.us()));
    desk.put(
        "runs.csv",
        format!(
            "job_name,started_at,finished_at,status\nA,{0},{0},success\nA,{1},{1},success\n",
            before.plus(Span::seconds(9)),
            start.plus(Span::seconds(9)),
        ),
    );
    let kpis: String = ["health_up", "health_latency", "restarts"]
        .map(|name| format!("[[kpis]]\nname = \"{name}\"\nbuilt_in = \"{name}\"\n"))
        .concat();
    desk.put(
        "deployment.toml",
        format!(
            "[windows]\nas_of = \"{end}\"\nbaseline = {{ start = \"{before}\", end = \"{start}\" }}\n\
             stagger = {{ start = \"{start}\", end = \"{end}\" }}\n[source]\nurl = \"sqlite::memory:\"\n\
             [monitoring]\nhealth = {{ url = \"http://{address}/health?key=secret\", token = \"hush\", \
             uptime = \"/process/uptime_s\" }}\n{kpis}[targets]\nrestarts_max = \"== 0\"\nhealth_up_mean = \">= 0.9\"\n"
        ),
    );
    let said: Vec<_> =
        answers.iter().map(|_| desk.run(["sample", "--store", "store.sqlite"]).stderr).collect();
    assert!(said[2].contains(&format!("http://{address}/health answered with status 503")), "{said:?}");
    assert!(said[3].contains("answered with no JSON"), "{said:?}");
    assert!(said.iter().all(|line| !line.contains("secret") && !line.contains("hush")), "{said:?}");
    let asked = serving.join().unwrap();
    assert!(asked[0].starts_with("GET /health?key=secret HTTP/1.1\n"), "{asked:?}");
    assert!(asked.iter().all(|request| request.contains("authorization: Bearer hush")), "{asked:?}");
    // Nobody listens any more.
    let away = desk.run(["sample", "--store", "store.sqlite"]);
    assert!(away.stderr.contains("was not reached"), "{away:?}");
    let store = desk.path().join("store.sqlite");
    let bytes = String::from_utf8_lossy(&std::fs::read(&store).unwrap()).into_owned();
    assert!(!bytes.contains("secret") && !bytes.contains("hush"));
    let printed = desk.run(["report", "runs.csv", "--store", "store.sqlite", "--format", "json"]);
    let report: Value = serde_json::from_str(&printed.succeeded()).unwrap();
    assert_eq!(figures(&report, "health_up"), [6.0, 0.0, 1.0]);
    assert_eq!(figures(&report, "health_latency")[0], 5.0);
    // From 100.5 to 3, and from 3 to 1: what did not answer with an uptime is a gap.
    assert_eq!(figures(&report, "restarts"), [3.0, 0.0, 2.0]);
    let targets = &report["targets"];
    assert_eq!((&targets[0]["verdict"], &targets[1]["verdict"]), (&"missed".into(), &"missed".into()));
    let without = desk.run(["report", "runs.csv", "--format", "md"]).succeeded();
    assert!(without.contains("its samples are kept in a store: give --store"), "{without}");
}

#[test]
fn a_watch_samples_by_itself_and_what_it_sampled_decides_it() {
    let (address, serving) = endpoint(&["200 well", "200 well", "500 ill"]);
    let desk = Desk::new();
    let now = Clock::System.now();
    let at = |seconds: i64| now.plus(Span::seconds(seconds));
    desk.put(
        "runs.csv",
        format!(
            "job_name,started_at,finished_at,status\nA,{0},{0},success\nA,{1},{1},success\n",
            at(-90),
            at(-9)
        ),
    );
    desk.put(
        "deployment.toml",
        format!(
            "[windows]\nbaseline = {{ start = \"{}\", end = \"{}\" }}\nstagger = {{ start = \"{}\", end = \"now\" }}\n\
             [monitoring]\nsample_every = \"1s\"\nhealth = {{ url = \"http://{address}/\" }}\n\
             [[kpis]]\nname = \"up\"\nbuilt_in = \"health_up\"\n[targets]\nup_min = \">= 1\"\n",
            at(-99),
            at(-10),
            at(-10)
        ),
    );
    let end = desk.run(["watch", "runs.csv", "--for", "1h", "--every", "1s", "--store", "store.sqlite"]);
    assert_eq!(end.code, Some(1), "{end:?}");
    let wrong = format!("not sampled: http://{address}/ answered with status 500");
    for expected in [wrong.as_str(), "the watch ends early: target up_min >= 1 failed"] {
        assert!(end.stdout.contains(expected), "{expected} is not in\n{}", end.stdout);
    }
    assert_eq!(serving.join().unwrap().len(), 3);
    let without = desk.run(["watch", "runs.csv", "--for", "1s", "--every", "1s"]);
    assert_eq!(without.code, Some(3), "{without:?}");
    assert!(without.stderr.contains("without --store nothing is sampled"), "{without:?}");
}

#[test]
fn a_measurement_that_cannot_be_taken_is_a_problem_with_its_line() {
    let desk = Desk::new();
    desk.put(
        "deployment.toml",
        "[monitoring]\nsample_every = \"10ms\"\nhealth = { url = \"ftp://x\", uptime = \"up\" }\n[[kpis]]\n\
         name = \"a\"\nbuilt_in = \"pool_utilisation\"\n[[kpis]]\nname = \"b\"\nbuilt_in = \"lock_waits\"\n\
         samples = \"x.csv\"\n",
    );
    let lint = || {
        let said = desk.run(["lint", "deployment.toml"]);
        assert_ne!(said.code, Some(0));
        said.stderr
    };
    let said = lint();
    for expected in [
        "deployment.toml:2: 'sample_every' in [monitoring]: it must be at least 1s",
        "it must begin with http:// or https://",
        "it must be a JSON pointer, which begins with '/'",
        "did you mean 'pool_utilization'?",
        "a measurement has one source: a query, samples, prometheus or built_in",
    ] {
        assert!(said.contains(expected), "{expected} is not in\n{said}");
    }
    for (health, needs) in [
        ("", "it needs health = { url = \"http://…\" } in [monitoring]"),
        (
            "health = { url = \"http://x\" }\n",
            "it needs health = { url = \"http://…\", uptime = \"/…\" } in [monitoring]",
        ),
    ] {
        desk.put(
            "deployment.toml",
            format!("[monitoring]\n{health}[[kpis]]\nname = \"a\"\nbuilt_in = \"restarts\"\n"),
        );
        let said = lint();
        assert!(said.contains(needs), "{said}");
    }
}
