//! Measurements beside the runs: a query of the source, a file, a real Prometheus. Each has the same figures, is
//! judged by targets and triggers, and is absent where nothing was sampled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use support::{Database, Desk, Engine, databases, jobdelta_in};

const SAMPLES: &str = include_str!("fixtures/node-cron/pool_samples.csv");
const BASELINE: [&str; 2] = ["2026-11-23T12:35:04Z", "2026-11-23T12:57:04Z"];
const STAGGER: [&str; 2] = ["2026-11-23T12:57:04Z", "2026-11-23T13:19:04Z"];

/// The runs of node-cron in a database.
fn with_runs(database: &Database) -> String {
    let rows = include_str!("fixtures/node-cron/runs.csv");
    std::fs::write(database.folder().join("runs.csv"), rows).unwrap();
    let url = database.url();
    jobdelta_in(database.folder(), ["migrate", "--db", &url]).succeeded();
    jobdelta_in(database.folder(), ["import", "--db", &url, "runs.csv"]).succeeded();
    url
}

/// A deployment file over the windows of node-cron with further sections.
fn deployment(folder: &Path, sections: &str) {
    let [[a, b], [c, d]] = [BASELINE, STAGGER];
    let text = format!(
        "[windows]\nas_of = \"{d}\"\nbaseline = {{ start = \"{a}\", end = \"{b}\" }}\n\
         stagger = {{ start = \"{c}\", end = \"{d}\" }}\n{sections}"
    );
    std::fs::write(folder.join("deployment.toml"), text).unwrap();
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let common = ["report", "--format", "json"];
    let printed = jobdelta_in(folder, common.iter().chain(arguments).copied()).succeeded();
    serde_json::from_str(&printed).unwrap()
}

/// Instant, and value of a column, of the sampled pool.
fn sampled(column: usize) -> Vec<(&'static str, f64)> {
    let lines = SAMPLES.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    lines.map(|cells| (cells[0], cells[column].parse().unwrap())).collect()
}

/// Number, mean, lowest and highest value of the samples in a window, added up the naive way.
fn naive(samples: &[(&str, f64)], [start, end]: [&str; 2]) -> (u64, f64, f64, f64) {
    // Instants in UTC sort as their texts do, but for the letter at the end.
    let bare = |at: &str| at.trim_end_matches('Z').to_owned();
    let window = bare(start)..bare(end);
    let inside = samples.iter().filter(|(at, _)| window.contains(&bare(at)));
    let inside: Vec<f64> = inside.map(|(_, value)| *value).collect();
    let sum: f64 = inside.iter().sum();
    let least = inside.iter().copied().fold(f64::INFINITY, f64::min);
    let most = inside.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (inside.len() as u64, sum / inside.len() as f64, least, most)
}

#[track_caller]
fn assert_figures(kpi: &Value, samples: &[(&str, f64)]) {
    for (side, window) in [("baseline", BASELINE), ("stagger", STAGGER)] {
        let (n, mean, min, max) = naive(samples, window);
        let found = |key: &str| kpi[side][key].as_f64().unwrap();
        assert_eq!(kpi[side]["n"], n, "{side}");
        assert!((found("mean") - mean).abs() < 1e-9, "{side}: {} is not {mean}", found("mean"));
        assert_eq!((found("min"), found("max")), (min, max), "{side}");
    }
}

/// The sampled pool as a table: instants in the type that the database has for them, two columns of values.
fn pool_table(database: &Database) {
    let (instant, number) = match database.engine {
        Engine::Sqlite => ("TEXT", "REAL"),
        Engine::Postgres => ("timestamptz", "numeric(5, 1)"),
        Engine::MariaDb => ("DATETIME(3)", "DECIMAL(5, 1)"),
    };
    let mut sql = format!("CREATE TABLE pool (sampled_at {instant}, active bigint, utilization {number});\n");
    let rows: Vec<String> = sampled(4)
        .into_iter()
        .zip(sampled(1))
        .map(|((at, utilization), (_, active))| {
            let at =
                if database.engine == Engine::MariaDb { at.replace(['T', 'Z'], " ") } else { at.to_owned() };
            format!("('{}', {active}, {utilization})", at.trim())
        })
        .collect();
    sql.push_str(&format!("INSERT INTO pool VALUES {};\n", rows.join(", ")));
    database.run(&sql);
}

const FROM_TABLE: &str = r#"
[[kpis]]
name = "pool_utilization"
unit = "%"
query = "SELECT sampled_at AS at, utilization AS value FROM pool"

[[kpis]]
name = "active"
query = "SELECT sampled_at AS at, active AS value FROM pool -- every second"
"#;

#[test]
fn a_file_and_a_table_of_every_database_have_the_same_figures() {
    let mut seen: Vec<Value> = Vec::new();
    for database in databases() {
        let url = with_runs(&database);
        pool_table(&database);
        for execution in ["pushdown", "scan"] {
            deployment(database.folder(), FROM_TABLE);
            let report = report(database.folder(), &["--db", &url, "--execution", execution]);
            let kpis = &report["kpis"];
            assert_figures(&kpis[0], &sampled(4));
            assert_figures(&kpis[1], &sampled(1));
            assert_eq!((&kpis[0]["unit"], &kpis[0]["source"]), (&"%".into(), &"query".into()));
            let queries = report["provenance"].as_array().unwrap();
            let ours = queries.iter().filter(|query| query["query"] == "kpi pool_utilization");
            let rows: Vec<u64> = ours.map(|query| query["rows"].as_u64().unwrap()).collect();
            assert_eq!(rows, [BASELINE, STAGGER].map(|window| naive(&sampled(4), window).0));
            seen.push(kpis.clone());
        }
        std::fs::write(database.folder().join("pool.csv"), SAMPLES).unwrap();
        let from_file = "[[kpis]]\nname = \"pool_utilization\"\nunit = \"%\"\nsamples = \"pool.csv\"\n\
                         columns = { at = \"sampled_at\", value = \"utilization_pct\" }\n";
        deployment(database.folder(), from_file);
        let mut of_file = report(database.folder(), &["--db", &url])["kpis"][0].clone();
        assert_eq!(of_file["source"], "samples");
        of_file["source"] = "query".into();
        assert_eq!(of_file, seen[0][0], "the same samples have the same figures, to the last digit");
    }
    assert!(seen.iter().all(|kpis| *kpis == seen[0]), "{seen:#?}");
}

#[test]
fn a_file_is_meant_from_the_folder_of_the_deployment_file_on() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("deploy")).unwrap();
    std::fs::write(desk.path().join("deploy/pool.csv"), SAMPLES).unwrap();
    std::fs::write(desk.path().join("runs.csv"), include_str!("fixtures/node-cron/runs.csv")).unwrap();
    let kpi = "[[kpis]]\nname = \"pool\"\nsamples = \"pool.csv\"\n\
               columns = { at = \"sampled_at\", value = \"utilization_pct\" }\n";
    deployment(&desk.path().join("deploy"), kpi);
    let printed =
        desk.run(["report", "runs.csv", "--deployment", "deploy/deployment.toml", "--format", "json"]);
    let report: Value = serde_json::from_str(&printed.succeeded()).unwrap();
    assert_figures(&report["kpis"][0], &sampled(4));
}

/// Every sentence about a measurement, in the formats that people read.
#[test]
fn readers_see_the_figures_and_that_nothing_is_tested() {
    let database = Database::fresh(Engine::Sqlite);
    let url = with_runs(&database);
    pool_table(&database);
    deployment(database.folder(), FROM_TABLE);
    let read = |format: &str| {
        jobdelta_in(database.folder(), ["report", "--db", &url, "--format", format]).succeeded()
    };
    let (n, _, _, most) = naive(&sampled(4), STAGGER);
    let shown = format!("(0 to {most}, n = 1,{:03})", n - 1_000);
    for format in ["txt", "md", "html"] {
        let text = read(format).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&shown), "{format}: {shown} is not in\n{text}");
        assert!(format == "txt" || text.contains("is not tested"), "{format}");
        let coarse = "utilization was sampled every 1.00 s, and half of the runs end within";
        assert!(format == "txt" || text.contains(coarse), "{format}:\n{text}");
    }
    let explained =
        jobdelta_in(database.folder(), ["explain", "pool_utilization_max", "--db", &url]).succeeded();
    assert!(explained.contains(&format!("{most} % of 1,{:03} samples", n - 1_000)), "{explained}");
    assert!(explained.contains("FROM pool"), "the query is shown:\n{explained}");
    let printed = jobdelta_in(database.folder(), ["sql", "kpi active", "--db", &url]).succeeded();
    assert!(printed.contains("FROM pool -- every second\n)"), "{printed}");
    database.run(&printed.replace("PRAGMA query_only = ON;", ""));
}

const TEN_RUNS: &str = "job_name,started_at,finished_at,status\n";

/// A run a minute for twenty minutes from 10:00 on, of 100 ms.
fn twenty_runs() -> String {
    let line =
        |minute| format!("A,2026-03-02T10:{minute:02}:00Z,2026-03-02T10:{minute:02}:00.100Z,success\n");
    TEN_RUNS.to_owned() + &(0..20).map(line).collect::<String>()
}

/// A desk with these runs, the two halves as windows, and `samples` as `pool.csv`.
fn desk(samples: &str, sections: &str) -> Desk {
    let desk = Desk::new();
    desk.put("runs.csv", twenty_runs());
    desk.put("pool.csv", format!("at,value\n{samples}"));
    desk.put(
        "deployment.toml",
        format!(
            "[windows]\nas_of = \"2026-03-02T10:20:00Z\"\n\
             baseline = {{ start = \"2026-03-02T10:00:00Z\", end = \"2026-03-02T10:10:00Z\" }}\n\
             stagger = {{ start = \"2026-03-02T10:10:00Z\", end = \"2026-03-02T10:20:00Z\" }}\n\
             [[kpis]]\nname = \"pool\"\nunit = \"%\"\nsamples = \"pool.csv\"\n{sections}"
        ),
    );
    desk
}

/// A sample a minute with the values of each window.
fn each_minute(before: f64, after: f64) -> String {
    let value = |minute| if minute < 10 { before } else { after };
    (0..20).map(|minute| format!("2026-03-02T10:{minute:02}:30Z,{}\n", value(minute))).collect()
}

fn judged(desk: &Desk) -> (Value, Option<i32>) {
    let finished = desk.run(["report", "runs.csv", "--format", "json", "--exit-code"]);
    let code = finished.code;
    (serde_json::from_str(&finished.stdout).unwrap_or_else(|_| panic!("{}", finished.stderr)), code)
}

#[test]
fn targets_and_triggers_are_held_against_the_samples() {
    let sections =
        |wanted: &str| format!("[targets]\n{wanted}\n[rollback]\ntriggers = {{ pool_max = \"> 70%\" }}\n");
    for (samples, wanted, verdict, code, reason) in [
        (each_minute(60.0, 40.0), "pool_max = '< 50%'", "met", 0, "40 %"),
        (each_minute(60.0, 55.0), "pool_max = '< 50%'", "missed", 1, "55 %"),
        (each_minute(60.0, 40.0), "pool_mean = '<= -20%'", "met", 0, "−33"),
        (each_minute(60.0, 40.0), "pool_mean = '<= baseline'", "met", 0, "40 %"),
        (each_minute(60.0, 40.0), "pool_min = '<= -10pp'", "met", 0, "−20 pp"),
        (each_minute(0.0, 40.0), "pool_mean = '<= +5%'", "not_measured", 3, "it is 0 before"),
        (each_minute(60.0, 80.0), "pool_max = '< 90%'", "met", 4, "80 %"),
    ] {
        let (report, exit) = judged(&desk(&samples, &sections(wanted)));
        let target = &report["targets"][0];
        assert_eq!((target["verdict"].as_str(), exit), (Some(verdict), Some(code)), "{wanted}: {target:#}");
        assert!(target["reason"].as_str().unwrap().contains(reason), "{wanted}: {target:#}");
        assert_eq!(target["unit"], "%");
    }
}

#[test]
fn a_change_of_few_samples_is_undecided() {
    let few: String = each_minute(60.0, 40.0).lines().step_by(3).map(|line| format!("{line}\n")).collect();
    let (report, code) = judged(&desk(&few, "[targets]\npool_mean = '<= -20%'\n"));
    assert_eq!((report["targets"][0]["verdict"].as_str(), code), (Some("inconclusive"), Some(3)));
    let reason = report["targets"][0]["reason"].as_str().unwrap();
    assert_eq!(reason, "4 and 3 samples before and after, at least 10 each are needed");
}

#[test]
fn what_was_not_sampled_is_absent_and_never_zero() {
    // Empty cells are gaps, and so are rows outside both windows.
    let before: String = each_minute(60.0, 0.0).lines().take(10).map(|line| format!("{line}\n")).collect();
    let samples = before + "2026-03-02T10:15:30Z,\n2026-03-02T10:20:00Z,5\n2026-03-01T00:00:00Z,5\n";
    let (report, code) = judged(&desk(&samples, "[targets]\npool_max = '< 50%'\n"));
    assert_eq!(report["kpis"][0]["stagger"], Value::Null);
    assert_eq!(report["kpis"][0]["baseline"]["n"], 10);
    let target = &report["targets"][0];
    assert_eq!((target["verdict"].as_str(), code), (Some("not_measured"), Some(3)));
    assert_eq!(
        (target["actual"].clone(), target["reason"].as_str()),
        (Value::Null, Some("no sample of it was taken"))
    );
    let (report, _) =
        judged(&desk(&each_minute(1.0, 1.0), "[[kpis]]\nname = 'other'\n[targets]\nother_max = '< 5'\n"));
    assert_eq!(report["targets"][0]["reason"], "other is declared without a source");
}

fn messages(report: &Value, code: &str) -> Vec<String> {
    let caveats = report["caveats"].as_array().unwrap().iter().filter(|caveat| caveat["code"] == code);
    caveats.map(|caveat| caveat["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn gaps_unusable_values_and_coarse_samples_are_said() {
    let mut lines: Vec<String> = each_minute(60.0, 40.0).lines().map(str::to_owned).collect();
    lines.drain(12..17);
    lines[11] = "2026-03-02T10:11:30Z,NaN".to_owned();
    lines.push("2026-03-02T10:18:31Z,inf".to_owned());
    let (report, _) = judged(&desk(&(lines.join("\n") + "\n"), ""));
    assert_eq!(report["kpis"][0]["stagger"]["n"], 4);
    assert_eq!(
        messages(&report, "kpi_gap"),
        [
            "pool has no sample for 7 min of the after window (2026-03-02 10:10:30–10:17:30 UTC): its figures are those of the rest"
        ]
    );
    assert_eq!(
        messages(&report, "kpi_unusable"),
        ["2 values of pool in the after window are no finite numbers and were left out"]
    );
    let coarse = messages(&report, "kpi_coarse");
    assert!(
        coarse[0].starts_with("pool was sampled every 1 min, and half of the runs end within 100 ms"),
        "{coarse:?}"
    );
    // Runs of a whole minute are seen by a sample every half minute.
    let finer: String =
        (0..40).map(|half| format!("2026-03-02T10:{:02}:{:02}Z,5\n", half / 2, half % 2 * 30)).collect();
    let desk = desk(&finer, "");
    desk.put("runs.csv", twenty_runs().replace(":00.100Z", ":55Z"));
    let (report, _) = judged(&desk);
    assert_eq!(messages(&report, "kpi_coarse"), Vec::<String>::new());
    assert_eq!(messages(&report, "kpi_gap"), Vec::<String>::new());
}

#[test]
fn an_earlier_report_keeps_its_samples() {
    let desk = desk(&each_minute(60.0, 40.0), "[targets]\npool_mean = '<= +10%'\n");
    desk.run(["report", "runs.csv", "-o", "main.observations.json"]).succeeded();
    desk.put("pool.csv", format!("at,value\n{}", each_minute(60.0, 50.0)));
    let later = ["report", "runs.csv", "--format", "json", "--baseline-report", "main.observations.json"];
    let report: Value = serde_json::from_str(&desk.run(later).succeeded()).unwrap();
    assert_eq!(report["kpis"][0]["baseline"]["mean"], 40.0);
    assert_eq!(report["kpis"][0]["stagger"]["mean"], 50.0);
    assert_eq!(report["targets"][0]["verdict"], "missed");
}

#[test]
fn what_is_wrong_with_a_declaration_is_said_with_its_line() {
    let desk = Desk::new();
    for (kpi, complaint) in [
        ("query = 'SELECT 1'\nsamples = 'a.csv'", "'samples' in [[kpis]]: a measurement has one source"),
        ("query = 'SELECT 1; DROP TABLE a'", "'query' in [[kpis]]"),
        ("query = 'DELETE FROM a'", "'query' in [[kpis]]"),
        ("samples = 'a.csv'\ncolumns = { when = 'x' }", "unknown key 'when'"),
        ("prometheus = { url = 'http://p:9090' }", "'query' is missing in [kpis.prometheus]"),
        ("prometheus = { url = 'p:9090', query = 'up' }", "it must begin with http:// or https://"),
        ("prometheus = { url = 'http://p', query = 'up', step = '10ms' }", "at least 1s"),
        ("prometheus = { url = 'http://p', query = 'up', token = '${NO_SUCH}' }", "NO_SUCH is not set"),
        ("samples = 'a.csv'\ntime_unit = 's'", "unknown key 'time_unit'"),
    ] {
        desk.put("deployment.toml", format!("[[kpis]]\nname = 'pool'\n{kpi}\n"));
        let finished = desk.run(["lint", "deployment.toml"]);
        assert_ne!(finished.code, Some(0), "{kpi}");
        let said = finished.stdout + &finished.stderr;
        assert!(said.contains(complaint) && said.contains("deployment.toml:"), "{kpi}:\n{said}");
    }
}

#[test]
fn a_query_that_gives_no_samples_is_refused_with_its_name() {
    for database in databases() {
        let url = with_runs(&database);
        pool_table(&database);
        let text = match database.engine {
            Engine::MariaDb => "CAST(active AS CHAR)",
            _ => "CAST(active AS text)",
        };
        let epoch = match database.engine {
            Engine::Sqlite => "CAST(strftime('%s', sampled_at) AS INTEGER)",
            Engine::Postgres => "CAST(EXTRACT(EPOCH FROM sampled_at) AS bigint)",
            Engine::MariaDb => "CAST(UNIX_TIMESTAMP(sampled_at) AS SIGNED)",
        };
        for (query, complaint) in [
            ("SELECT sampled_at AS at FROM pool".to_owned(), "returns no column 'value'; it returns at"),
            ("SELECT * FROM no_such_table".to_owned(), "measurement 'pool': query"),
            ("SELECT sampled_at AS at, 1 AS value FROM pool WHERE active > :limit".to_owned(), "measurement"),
            (format!("SELECT {text} AS at, active AS value FROM pool"), "the column 'at' of its query"),
            (
                format!("SELECT sampled_at AS at, {text} AS value FROM pool"),
                "the column 'value' of its query",
            ),
            (format!("SELECT {epoch} AS at, active AS value FROM pool"), "time_unit"),
        ] {
            // SQLite has no types to refuse: a text is no number, and no time.
            if database.engine == Engine::Sqlite && query.contains("AS text") {
                continue;
            }
            deployment(database.folder(), &format!("[[kpis]]\nname = 'pool'\nquery = \"{query}\"\n"));
            let said = jobdelta_in(database.folder(), ["report", "--db", &url]).refused();
            assert!(said.contains("measurement 'pool'") && said.contains(complaint), "{query}:\n{said}");
        }
        let seconds = format!(
            "[[kpis]]\nname = 'pool'\ntime_unit = 's'\nquery = \"SELECT {epoch} AS at, 7 AS value FROM pool\"\n"
        );
        deployment(database.folder(), &seconds);
        let kpi = report(database.folder(), &["--db", &url])["kpis"][0].clone();
        assert_eq!(
            (&kpi["stagger"]["max"], &kpi["stagger"]["n"]),
            (&7.0.into(), &naive(&sampled(1), STAGGER).0.into())
        );
    }
}

#[test]
fn a_text_in_a_table_of_sqlite_is_no_zero() {
    let database = Database::fresh(Engine::Sqlite);
    let url = with_runs(&database);
    database.run(
        "CREATE TABLE pool (at TEXT, value); INSERT INTO pool VALUES ('2026-11-23T13:00:00Z', 'n/a'), \
         ('2026-11-23T13:00:01Z', NULL), ('2026-11-23T13:00:02Z', 3), ('2026-11-23T13:00:03Z', 4.5), \
         ('never', 9), (NULL, 9);",
    );
    deployment(database.folder(), "[[kpis]]\nname = 'pool'\nquery = 'SELECT at, value FROM pool'\n");
    let report = report(database.folder(), &["--db", &url]);
    assert_eq!(
        report["kpis"][0]["stagger"],
        serde_json::json!({"n": 2, "mean": 3.75, "min": 3.0, "max": 4.5})
    );
    assert_eq!(messages(&report, "kpi_unusable").len(), 1);
}

#[test]
fn a_bad_file_is_refused_with_its_row() {
    for (samples, complaint) in [
        ("2026-03-02T10:00:00Z,high\n", "row 1 of pool.csv: 'high' is not a number"),
        ("2026-03-02T10:00:00Z,1\nyesterday,2\n", "row 2 of pool.csv: 'yesterday' is not a time"),
        ("2026-03-02T10:00:00Z,1,2\n", "pool.csv, line 2: the line has 3 cells"),
    ] {
        let said = desk(samples, "").refusal(["report", "runs.csv"]);
        assert!(said.contains("measurement 'pool'") && said.contains(complaint), "{said}");
    }
    let said = desk("", "columns = { at = \"sampled\" }\n").refusal(["report", "runs.csv"]);
    assert!(said.contains("pool.csv has no column 'sampled'"), "{said}");
    let desk = desk("", "");
    std::fs::remove_file(desk.path().join("pool.csv")).unwrap();
    let said = desk.refusal(["report", "runs.csv"]);
    assert!(said.contains("measurement 'pool'") && said.contains("pool.csv"), "{said}");
}

/// A Prometheus of this test, with a history of its own.
struct Prometheus {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Prometheus {
    /// One that holds `history`, lines of `OpenMetrics`.
    fn with(history: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        file("history.txt", &format!("{history}# EOF\n"));
        file("prometheus.yml", "global:\n  scrape_interval: 1h\n");
        let mut fill = Command::new("promtool");
        fill.args(["tsdb", "create-blocks-from", "openmetrics", "history.txt", "data"])
            .current_dir(folder.path());
        let filled = fill.output().expect("promtool; ./tests/run installs it");
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        let address = free_address();
        let mut command = Command::new("prometheus");
        command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        command.args([
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=data",
            "--storage.tsdb.retention.time=100y",
        ]);
        command.arg(format!("--web.listen-address={address}"));
        let mut server = Self { child: command.spawn().unwrap(), address, _folder: folder };
        while !server.is_ready() {
            assert!(server.child.try_wait().unwrap().is_none(), "Prometheus ended");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        server
    }

    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(&self.address) else { return false };
        let mut answer = String::new();
        write!(stream, "GET /-/ready HTTP/1.0\r\n\r\n").unwrap();
        stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.0 200")
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// The measurement of a range query at `address`.
fn from_prometheus(address: &str, query: &str, step: &str) -> String {
    format!(
        "[[kpis]]\nname = 'seen'\nprometheus = {{ url = 'http://{address}', query = '{query}', step = '{step}' }}\n"
    )
}

/// 2026-03-02T10:00:00Z
const TEN: i64 = 1_772_445_600;

#[test]
fn a_real_prometheus_answers_range_queries() {
    // Two pools; the second has no value for the last five minutes before and none from the eleventh minute on.
    let mut history = String::from("# TYPE pool gauge\n");
    let line =
        |pool: &str, second: i64, value: i64| format!("pool{{pool=\"{pool}\"}} {value} {}\n", TEN + second);
    history.extend((0..1_200).step_by(15).map(|second| line("a", second, second / 60)));
    history.extend((0..660).step_by(15).map(|second| line("b", second, 100)));
    let server = Prometheus::with(&history);
    let report = |query: &str, step: &str| {
        let desk = desk(&each_minute(1.0, 1.0), &from_prometheus(&server.address, query, step));
        judged(&desk).0
    };
    let of_a = report("pool{pool=\"a\"}", "15s");
    let facts = serde_json::json!({"n": 40, "mean": 14.5, "min": 10.0, "max": 19.0});
    assert_eq!(of_a["kpis"][1]["stagger"], facts);
    assert_eq!(
        (&of_a["kpis"][1]["baseline"]["mean"], &of_a["kpis"][1]["source"]),
        (&4.5.into(), &"prometheus".into())
    );
    let query =
        of_a["provenance"].as_array().unwrap().iter().find(|query| query["query"] == "kpi seen").unwrap();
    assert_eq!(query["parameters"], serde_json::json!({"query": "pool{pool=\"a\"}", "step": "15s"}));
    let of_both = report("max(pool)", "1m");
    assert_eq!(of_both["kpis"][1]["baseline"]["mean"], 100.0);
    // A series that has ended is a gap, not a zero: the last value is looked back at for five minutes.
    let of_b = report("pool{pool=\"b\"}", "15s");
    assert_eq!(of_b["kpis"][1]["stagger"]["min"], 100.0);
    assert!(of_b["kpis"][1]["stagger"]["n"].as_u64().unwrap() < 30);
    assert_eq!(messages(&of_b, "kpi_gap").len(), 1, "{:#}", of_b["caveats"]);
    let none = report("no_such_metric", "15s");
    assert_eq!(none["kpis"][1]["stagger"], Value::Null);
    let undefined = report("0 * pool{pool=\"a\"} / 0", "15s");
    assert_eq!(undefined["kpis"][1]["stagger"], Value::Null, "no number is a gap");
    for (query, complaint) in
        [("pool", "answered with 2 series; aggregate them"), ("pool{", "Prometheus answered bad_data")]
    {
        let desk = desk(&each_minute(1.0, 1.0), &from_prometheus(&server.address, query, "15s"));
        let said = desk.run(["report", "runs.csv"]).refused();
        assert!(said.contains("measurement 'seen'") && said.contains(complaint), "{said}");
    }
}

/// A server that answers every connection with `answer`, or leaves it open without a word.
fn other_server(answer: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().flatten() {
            match answer {
                None => open.push(stream),
                Some(answer) => {
                    let mut request = [0; 4_096];
                    drop(stream.read(&mut request));
                    drop(stream.write_all(answer.as_bytes()));
                }
            }
        }
    });
    address
}

#[test]
fn a_prometheus_that_does_not_answer_leaves_a_gap_and_the_report_goes_on() {
    let failing = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbusy";
    for (address, reason, limit) in [
        (free_address(), "Prometheus was not reached", "60s"),
        (other_server(Some(failing)), "Prometheus answered with status 503", "60s"),
        (other_server(None), "Prometheus did not answer within", "3s"),
    ] {
        let sections = from_prometheus(&address, "up", "15s") + "[targets]\nseen_max = '< 1'\n";
        let desk = desk(&each_minute(1.0, 1.0), &sections);
        let finished =
            desk.run(["report", "runs.csv", "--format", "json", "--exit-code", "--max-time", limit]);
        assert_eq!(finished.code, Some(3), "{}", finished.stderr);
        let report: Value = serde_json::from_str(&finished.stdout).unwrap();
        assert_eq!(report["targets"][0]["verdict"], "not_measured");
        assert_eq!(report["kpis"][0]["stagger"]["n"], 10, "the other measurement is there");
        let said = messages(&report, "kpi_unanswered");
        assert!(said.len() == 2 && said[0].contains(reason), "{said:?}");
        assert!(!finished.stdout.contains(&address), "where it is stays a secret of the file");
    }
}
