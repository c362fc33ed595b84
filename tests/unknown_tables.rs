//! A new user's first minutes: from a table that nobody has described to a report and a check, by one `init` and at
//! most three edits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Database, Desk, Engine, Finished, PYTHON, golden};

const AS_OF: [&str; 2] = ["--as-of", "2026-11-23T22:00:00Z"];
const AT: [&str; 2] = ["--at", "2026-11-23T12:00:00Z"];
const BERLIN: (&str, &str) = ("time_zone = \"?\"", "time_zone = \"Europe/Berlin\"");

/// What the script of the tables prints.
fn tables(what: &str) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unknown_tables/tables.py");
    let mut command = Command::new(PYTHON);
    command.args([script, what]);
    Finished::of(command).succeeded()
}

fn filled(engine: Engine, what: &str) -> Database {
    let database = Database::fresh(engine);
    database.run(&tables(what));
    database
}

/// `init` with `source`, the edits in the file that it wrote, a report and a check.
fn walk(desk: &Desk, source: &[&str], variable: Option<&str>, edits: &[(&str, &str)]) -> Value {
    assert!(edits.len() <= 3, "at most three edits");
    let run = |arguments: Vec<&str>| {
        let mut command = desk.command(arguments);
        if let Some(url) = variable {
            command.env("DATABASE_URL", url);
        }
        Finished::of(command)
    };
    let init = run(["init"].iter().chain(source).chain(&AS_OF).copied().collect());
    assert_eq!(init.code, Some(0), "{}", init.stderr);
    assert!(init.stderr.contains("5 rows as understood:"), "{}", init.stderr);
    let file = desk.path().join("deployment.toml");
    let mut text = std::fs::read_to_string(&file).unwrap();
    let lint = run(vec!["lint"]);
    assert_eq!(lint.code, Some(2), "what is not decided is a problem:\n{text}");
    for (line, content) in text.lines().enumerate() {
        let undecided = !content.starts_with('#') && content.contains("= \"?\"");
        let named = lint.stderr.contains(&format!("deployment.toml:{}:", line + 1));
        assert!(named || !undecided, "line {}: {content}\n{}", line + 1, lint.stderr);
    }
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from} is not there once:\n{text}");
        text = text.replace(from, to);
    }
    std::fs::write(&file, &text).unwrap();
    let linted = run(vec!["lint"]);
    assert_eq!(linted.code, Some(0), "{}\n{text}", linted.stderr);
    let files: Vec<&str> = source.iter().copied().filter(|word| *word == "runs.csv").collect();
    let on = |command: &[&'static str]| {
        let words = command.iter().copied().chain(files.iter().copied()).chain(AT).chain(AS_OF);
        run(words.collect())
    };
    let report = on(&["report", "--format", "json"]).succeeded();
    let check = on(&["check", "--target", "completion_rate >= 90%"]);
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_counts(&report);
    assert_jobs(&text);
    report
}

fn assert_counts(report: &Value) {
    let expected: Value = serde_json::from_str(&tables("expected")).unwrap();
    for window in ["baseline", "stagger"] {
        let (counted, expected) = (&report["totals"][window], &expected[window]);
        assert_eq!(counted["completed"], expected["success"], "{window}");
        assert_eq!(counted["failed"], expected["failed"], "{window}");
        assert_eq!(counted["in_flight"], expected["running"], "{window}");
    }
}

/// Every job is in the file, with the schedule that its starts suggest.
fn assert_jobs(text: &str) {
    for part in ["\nname = \"Abgleich\"", "\nname = \"Nachtlauf; groß\"", "\nname = \"Rechnungen\""] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert!(text.contains("inferred: every 5 min at :02 (250 of 250 starts)"), "{text}");
    assert!(text.contains("# schedule = \"10 * * * *\""), "{text}");
}

#[test]
fn postgres_with_text_durations_and_local_times() {
    let database = filled(Engine::Postgres, "postgres");
    let url = database.url();
    let edits = [BERLIN, ("\"kaputt\" = \"?\"", "\"kaputt\" = \"failed\"")];
    let report = walk(&Desk::new(), &["--db", &url], Some(&url), &edits);
    assert_eq!(report["source"]["time_zone"]["name"], "Europe/Berlin");
    let jobs = report["jobs"].as_array().unwrap();
    let matching = jobs.iter().find(|job| job["name"] == "Abgleich").unwrap();
    assert_eq!(matching["baseline"]["duration_ms"]["median"], 41_500.0, "00:00:41.5 was read");
}

#[test]
fn sqlite_with_iso_texts() {
    let database = filled(Engine::Sqlite, "sqlite_iso");
    let edits = [BERLIN, ("\"schief\" = \"?\"", "\"schief\" = \"failed\"")];
    walk(&Desk::new(), &["--db", &database.url()], None, &edits);
}

#[test]
fn sqlite_with_texts_that_have_the_day_first() {
    let database = filled(Engine::Sqlite, "sqlite_local");
    let edits = [BERLIN, ("\"schief\" = \"?\"", "\"schief\" = \"failed\"")];
    walk(&Desk::new(), &["--db", &database.url()], None, &edits);
}

#[test]
fn mariadb_with_local_times_and_a_status_of_one_nought_and_null() {
    let database = filled(Engine::MariaDb, "mariadb");
    let url = database.url();
    let edits = [BERLIN, ("\"1\" = \"?\"", "\"1\" = \"success\""), ("\"0\" = \"?\"", "\"0\" = \"failed\"")];
    walk(&Desk::new(), &["--db", &url, "--table", "abc"], Some(&url), &edits);
}

#[test]
fn a_spreadsheet_s_file() {
    let desk = Desk::new();
    desk.put("runs.csv", tables("csv"));
    walk(&desk, &["runs.csv"], None, &[BERLIN]);
}

/// Commands with what they print, one after the other.
#[derive(Default)]
struct Transcript(String);

impl Transcript {
    fn run(&mut self, desk: &Desk, line: &str, arguments: &[&str]) {
        let Finished { stdout, stderr, .. } = desk.run(arguments);
        self.0.push_str(&format!("$ {line}\n{stderr}{stdout}"));
    }
}

/// The part of the README with what `init`, `jobs`, `check` and `report` print, made from the tables.
#[test]
fn the_readme_shows_what_is_printed() {
    let moment = "--at '2026-11-23 13:00' --as-of 2026-11-23T22:00:00Z";
    let at = ["--at", "2026-11-23 13:00", "--as-of", "2026-11-23T22:00:00Z"];
    let zone = ["--time-zone", "Europe/Berlin"];
    let with = |words: &[&'static str], more: &[&'static str]| [words, more].concat();
    let database = filled(Engine::Sqlite, "sqlite_iso");
    let desk = Desk::new();
    std::fs::copy(database.folder().join("runs.sqlite"), desk.path().join("history.db")).unwrap();
    let mut table = Transcript::default();
    let init = with(&["init", "--db", "history.db"], &[zone, AS_OF].concat());
    table.run(&desk, "jobdelta init --db history.db --time-zone Europe/Berlin", &init);
    let file = desk.path().join("deployment.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"schief\" = \"?\"", "\"schief\" = \"failed\"")).unwrap();
    table.0.push_str("$ sed -i 's/\"schief\" = \"?\"/\"schief\" = \"failed\"/' deployment.toml\n");
    let line = format!("jobdelta check {moment} --target 'completion_rate >= 95%'");
    table.run(&desk, &line, &with(&["check", "--target", "completion_rate >= 95%"], &at));
    let mut jobs = Transcript::default();
    jobs.run(&desk, "jobdelta jobs", &with(&["jobs"], &AS_OF));
    let desk = Desk::new();
    desk.put("runs.csv", tables("csv"));
    let mut csv = Transcript::default();
    let first: Vec<String> = tables("csv").lines().take(3).map(|line| format!("{line}\n")).collect();
    csv.0 = format!("$ head -3 runs.csv\n{}", first.concat().trim_start_matches('\u{feff}'));
    let init = with(&["init", "runs.csv"], &[zone, AS_OF].concat());
    csv.run(&desk, "jobdelta init runs.csv --time-zone Europe/Berlin", &init);
    let report = with(&["report", "runs.csv", "--format", "brief"], &at);
    csv.run(&desk, &format!("jobdelta report runs.csv {moment} --format brief"), &report);
    let mut page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for (name, Transcript(text)) in [("a table", table), ("a file", csv), ("jobs", jobs)] {
        let mark = format!("<!-- made by tests/unknown_tables.rs: {name} -->\n");
        let (before, rest) =
            page.split_once(&mark).unwrap_or_else(|| panic!("README.md has no mark for {name}"));
        let (_, after) = rest.split_once("<!-- end -->\n").unwrap();
        page = format!("{before}{mark}```text\n{}\n```\n<!-- end -->\n{after}", text.trim_end());
    }
    golden("README.md", &page);
}

#[test]
fn nothing_is_written_over_and_standard_output_gets_the_file_alone() {
    let database = filled(Engine::Sqlite, "sqlite_iso");
    let url = database.url();
    let desk = Desk::new();
    desk.put("deployment.toml", "name = \"mine\"\n");
    assert!(desk.refusal(["init", "--db", &url]).contains("is there already"));
    let printed = desk.run(["init", "--db", &url, "-o", "-"].iter().chain(&AS_OF).chain(&AT)).succeeded();
    assert!(printed.starts_with("# A first deployment file"), "{printed}");
    assert!(printed.contains("stagger = { start = \"2026-11-23T12:05:00Z\", end = \"now\" }"), "{printed}");
    assert!(printed.contains("baseline = { start = \"2026-11-22T12:05:00Z\""), "{printed}");
}

/// The forms of the moment are those of a report, and the zone of the table is known with it.
#[test]
fn the_moment_of_the_change_is_written_as_in_a_report() {
    let database = filled(Engine::Sqlite, "sqlite_iso");
    let url = database.url();
    let desk = Desk::new();
    let printed = |at: &[&str]| {
        let arguments = ["init", "--db", &url, "-o", "-", "--time-zone", "Europe/Berlin", "--at"];
        desk.run(arguments.iter().chain(at).chain(&AS_OF)).succeeded()
    };
    let local = printed(&["2026-11-23 13:00"]);
    assert!(local.contains("stagger = { start = \"2026-11-23T12:05:00Z\", end = \"now\" }"), "{local}");
    assert!(local.contains("time_zone = \"Europe/Berlin\"\n"), "{local}");
    assert_eq!(printed(&["10h ago"]), local);
    assert_eq!(printed(&["2026-11-23T12:00Z"]), local);
    assert!(printed(&["now"]).contains("# Give --at with the report: there is nothing after the change yet"));
    let without_zone = desk.refusal(["init", "--db", &url, "-o", "-", "--at", "2026-11-23 13:00"]);
    assert!(without_zone.contains("--at: '2026-11-23 13:00' has no time zone"), "{without_zone}");
    let refused = desk.refusal(["init", "--db", &url, "-o", "-", "--time-zone", "Europe/Berlim"]);
    assert!(refused.contains("did you mean 'Europe/Berlin'?"), "{refused}");
}

#[test]
fn a_known_table_gets_the_short_form() {
    let database = Database::measured(Engine::Sqlite);
    let url = database.url();
    let desk = Desk::new();
    let text = desk.run(["init", "--db", &url, "-o", "-"]).succeeded();
    assert!(text.contains("is found by itself, as the mapping job_runs"), "{text}");
    assert!(!text.contains("= \"?\"") && !text.contains("columns."), "{text}");
    desk.put("deployment.toml", &text);
    assert_eq!(desk.run(["lint"]).code, Some(0), "{text}");
}

/// Names that SQL, a placeholder or a name with a schema could be taken for.
#[test]
fn hostile_names_of_tables_and_columns_are_names() {
    for engine in Engine::tested() {
        let quoted = |name: &str| match engine {
            Engine::MariaDb => format!("`{}`", name.replace('`', "``")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        };
        let columns = ["Who :name", "SELECT @x", "TOOK :took?", "from \"x\"--y"].map(quoted);
        let time = if engine == Engine::MariaDb { "datetime" } else { "timestamp" };
        let database = Database::fresh(engine);
        let table = quoted("app.Runs of \"it's\"");
        let types = ["varchar(40)", time, "varchar(20)", "int"];
        let declared: Vec<String> =
            columns.iter().zip(types).map(|(name, kind)| format!("{name} {kind}")).collect();
        database.run(&format!("CREATE TABLE {table} ({})", declared.join(", ")));
        let row = |n: u32| {
            let (hour, status) = (n / 6, if n % 30 == 7 { 3 } else { 0 });
            format!(
                "('J{} :name @cell(x)', '2026-11-23 {hour:02}:{}2:00', '{}.5 s', {status})",
                n % 2,
                n % 6,
                n % 7
            )
        };
        let rows: Vec<String> = (0..132).map(row).collect();
        database.run(&format!("INSERT INTO {table} VALUES {};", rows.join(", ")));
        let desk = Desk::new();
        let url = database.url();
        let run = |arguments: &[&str]| {
            let mut command = desk.command(arguments.iter().chain(&AS_OF));
            command.env("DATABASE_URL", &url);
            Finished::of(command)
        };
        run(&["init", "--db", &url, "--time-zone", "UTC"]).succeeded();
        let file = desk.path().join("deployment.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let edited = text.replace("other_statuses = \"?\"", "other_statuses = \"failed\"");
        std::fs::write(
            &file,
            edited
                .replace("\"0\" = \"?\"", "\"0\" = \"success\"")
                .replace("\"3\" = \"?\"", "\"3\" = \"failed\""),
        )
        .unwrap();
        for execution in ["pushdown", "scan"] {
            let report =
                run(&["report", "--format", "json", "--at", "2026-11-23 11:00Z", "--execution", execution]);
            let report: Value =
                serde_json::from_str(&report.succeeded()).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(report["jobs"].as_array().unwrap().len(), 2, "{engine:?} {execution}:\n{text}");
            assert_eq!(report["totals"]["stagger"]["started"], 65, "{engine:?} {execution}");
        }
    }
}

#[test]
fn the_password_of_a_server_is_not_written() {
    let database = filled(Engine::Postgres, "postgres");
    let desk = Desk::new();
    let init = desk.run(["init", "--db", &database.url(), "-o", "-"]);
    assert!(init.stdout.contains("url = \"${DATABASE_URL}\""), "{}", init.stdout);
    assert!(!init.stdout.contains("let-me-in") && !init.stderr.contains("let-me-in"));
}

#[test]
fn ten_thousand_jobs_are_not_all_written() {
    let database = Database::fresh(Engine::Sqlite);
    database.run(
        "CREATE TABLE runs_of_mine (task TEXT, begun TEXT, ended TEXT, state TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         INSERT INTO runs_of_mine SELECT 'job ' || i, '2026-11-23T10:00:00Z', '2026-11-23T10:00:01Z', 'ok' FROM n",
    );
    let text = Desk::new().run(["init", "--db", &database.url(), "-o", "-"].iter().chain(&AS_OF)).succeeded();
    assert_eq!(text.matches("[[jobs]]").count(), 200, "{text}");
    assert!(text.contains("9,800 more jobs have fewer runs and are not listed"), "{text}");
}

#[test]
fn tables_that_could_not_be_told_apart_are_named() {
    let database = filled(Engine::Sqlite, "sqlite_iso");
    database.run("CREATE TABLE verlauf_alt AS SELECT * FROM verlauf");
    let url = database.url();
    let desk = Desk::new();
    let message = desk.refusal(["init", "--db", &url]);
    assert!(message.contains("verlauf and verlauf_alt") && message.contains("--table"), "{message}");
    let message = desk.refusal(["init", "--db", &url, "--table", "nowhere"]);
    assert!(message.contains("there is no table nowhere"), "{message}");
    let empty = Database::fresh(Engine::Sqlite);
    empty.run("CREATE TABLE kunden (nr int, name text)");
    let message = desk.refusal(["init", "--db", &empty.url()]);
    assert!(message.contains("looks like runs") && message.contains("kunden"), "{message}");
}
