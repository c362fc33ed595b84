//! What a report would cost its database, before a query of it is run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use support::{Database, Desk, Engine, Finished, WINDOWS, endless_view, jobdelta, measured_report};

fn cost<'a>(url: &'a str, more: &[&'a str]) -> String {
    let arguments = ["report", "--explain-cost", "--db", url].into_iter();
    jobdelta(arguments.chain(WINDOWS).chain(more.iter().copied())).succeeded()
}

/// The names of the queries: the lines that are not indented, below the empty line.
fn queries(cost: &str) -> BTreeSet<String> {
    let (_, entries) = cost.split_once("\n\n").unwrap();
    let names = entries.lines().filter(|line| !line.starts_with(' '));
    names.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

/// What a report may leave out once it has seen the rows.
const PERHAPS: [&str; 5] = ["overlaps", "overlapped_time", "jobs_at_peak", "slices", "slices_of_all"];

#[test]
fn the_queries_are_those_that_a_report_asks() {
    for database in Engine::tested().into_iter().map(Database::measured) {
        let url = database.reader_url();
        for execution in ["pushdown", "scan"] {
            let told = cost(&url, &["--execution", execution]);
            let report = measured_report(["--db", &url, "--execution", execution]);
            let asked = report["provenance"].as_array().unwrap().iter();
            let asked: BTreeSet<String> =
                asked.map(|query| query["query"].as_str().unwrap().to_owned()).collect();
            let expected = queries(&told);
            let left_out: Vec<&String> = expected.difference(&asked).collect();
            assert!(asked.is_subset(&expected), "{execution}: {asked:?}\n{told}");
            assert!(left_out.iter().all(|name| PERHAPS.contains(&name.as_str())), "{left_out:?}\n{told}");
            assert!(told.contains(execution), "{told}");
        }
    }
}

#[test]
fn each_database_tells_how_it_reads_the_table() {
    for database in Engine::tested().into_iter().map(Database::measured) {
        let told = cost(&database.reader_url(), &["--execution", "pushdown"]);
        assert!(told.contains("table job_runs, "), "{told}");
        // Of fewer than a hundred rows the whole table is cheaper than an index.
        let durations: Vec<&str> =
            told.lines().skip_while(|line| !line.starts_with("durations")).take(2).collect();
        let way = match database.engine {
            Engine::Sqlite => "SEARCH ",
            Engine::Postgres => " on job_runs",
            Engine::MariaDb => " on ",
        };
        assert!(durations[1].starts_with("  ") && durations[1].contains(way), "{durations:?}\n{told}");
        assert_eq!(durations[0].contains("cost "), database.engine == Engine::Postgres, "{told}");
    }
}

/// A view whose every read takes for ever.
#[test]
fn no_query_is_run() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        database.run(endless_view(engine));
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"job_history\"\ntime_unit = \"us\"\n");
        let mut command =
            desk.command(["report", "--explain-cost", "--max-time", "20s", "--db", &database.url()]);
        command.args(WINDOWS);
        let told = Finished::of(command).succeeded();
        assert!(told.contains("none of which was run") && told.contains("job_runs"), "{told}");
    }
}

#[test]
fn an_output_is_refused() {
    let desk = Desk::new();
    let message = desk.refusal(["report", "--explain-cost", "-o", "kept.md"]);
    assert!(message.contains("--explain-cost") && message.contains("--output"), "{message}");
}

#[test]
fn the_windows_are_those_of_a_report() {
    let database = Database::measured(Engine::Sqlite);
    let url = database.reader_url();
    let desk = Desk::new();
    let without = |more: &[&str]| desk.refusal(["report", "--db", &url].iter().chain(more));
    assert!(without(&[]).contains("no windows: give --at T"));
    assert_eq!(without(&["--explain-cost"]), without(&[]));
    let at = ["report", "--explain-cost", "--db", &url, "--at", "2026-02-01 21:37", "--time-zone", "UTC"];
    let told = desk.run(at.iter().chain(&["--as-of", "2026-02-02T05:34:00Z"])).succeeded();
    assert!(told.contains("after  2026-02-01T21:42:00Z to 2026-02-02T05:34:00Z\n"), "{told}");
    assert!(told.contains("earlier, if the table reaches back so far)"), "{told}");
}
