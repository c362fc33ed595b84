//! The servers that `tests/run` starts are what the other tests take them for.

mod support;

use support::{Database, Engine, databases, first_difference, golden, jobdelta, server};

#[test]
fn each_database_is_empty_and_its_own() {
    for engine in Engine::tested() {
        let (one, two) = (Database::fresh(engine), Database::fresh(engine));
        for (database, value) in [(&one, "first"), (&two, "o''ther\u{1f642}")] {
            database.run(&format!("CREATE TABLE t (v varchar(20)); INSERT INTO t VALUES ('{value}');"));
        }
        assert_eq!(one.value("SELECT v FROM t"), "first", "{engine:?}");
        assert_eq!(two.value("SELECT v FROM t"), "o'ther\u{1f642}", "{engine:?}");
    }
}

#[test]
fn a_failing_statement_is_an_error() {
    for database in databases() {
        let complaint = database.script("SELECT * FROM nowhere;").unwrap_err();
        assert!(complaint.contains("nowhere"), "{complaint}");
    }
}

#[test]
fn a_database_goes_with_its_guard() {
    let kept = Database::fresh(Engine::Postgres);
    let gone = Database::fresh(Engine::Postgres).name.clone();
    let names = kept.rows("SELECT datname FROM pg_database");
    assert!(names.contains(&vec![kept.name.clone()]) && !names.contains(&vec![gone]), "{names:?}");
}

#[test]
fn a_reader_may_only_read() {
    let database = Database::fresh(Engine::Postgres);
    database.run("CREATE TABLE t (v int); INSERT INTO t VALUES (7);");
    let reader = database.reader_url();
    let psql =
        |sql: &str| std::process::Command::new("psql").args(["-XqAt", &reader, "-c", sql]).output().unwrap();
    assert_eq!(String::from_utf8(psql("SELECT v FROM t").stdout).unwrap(), "7\n");
    assert!(!psql("INSERT INTO t VALUES (8)").status.success());
}

#[test]
fn the_pooler_and_tls_lead_to_the_same_database() {
    let database = Database::fresh(Engine::Postgres);
    let tls = database.tls_url();
    let authority = server("JOBDELTA_TEST_AUTHORITY");
    let ask = |url: &str| {
        let sql = "SELECT current_database()";
        let output = std::process::Command::new("psql").args(["-XqAt", url, "-c", sql]).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let expected = format!("{}\n", database.name);
    assert_eq!(ask(&database.pooler_url()).0, expected);
    assert_eq!(ask(&format!("{tls}?sslmode=verify-full&sslrootcert={authority}")).0, expected);
    let (printed, complaint) = ask(&format!("{tls}?sslmode=disable"));
    assert!(printed.is_empty() && complaint.contains("no encryption"), "{complaint}");
}

#[test]
fn the_program_runs() {
    let finished = jobdelta(["--version"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
}

#[test]
fn a_golden_file_that_differs_is_shown() {
    golden("rustfmt.toml", &std::fs::read_to_string("rustfmt.toml").unwrap());
    assert_eq!(first_difference("one\ntwo\n", "one\ntwo\n"), None);
    let shown = first_difference("one\ntwo\nthree", "one\ntoo\nthree").unwrap();
    assert_eq!(shown, "in line 2\n--- expected\none\ntwo\nthree\n--- actual\none\ntoo\nthree");
    assert!(first_difference("one\n", "one").is_some_and(|shown| shown.starts_with("in line 2")));
}
