//! The counters of `pg_stat_statements`.

use serde_json::Value;

use crate::support::Engine;
use crate::{Scene, figures};

const COUNTERS: [&str; 2] = ["statement_calls", "statement_time"];

/// A server that has the library loaded, with the extension in a schema of its own.
fn counting(extension: &str) -> Option<Scene> {
    if !Engine::tested().contains(&Engine::Postgres) {
        return None;
    }
    let scene = Scene::with(Engine::Postgres, &["-c", "shared_preload_libraries=pg_stat_statements"]);
    scene
        .server
        .run("CREATE SCHEMA \"Mon'itor:ed\"; CREATE ROLE reader LOGIN; GRANT SELECT ON job_runs TO reader");
    scene.server.run(extension);
    Some(scene)
}

/// A round before 50 statements that take 10 ms each, and one after them.
fn report_of_50(scene: &mut Scene, url: &str) -> Value {
    assert_eq!(scene.sample(url).code, Some(0));
    scene.server.run(&"SELECT pg_sleep(0.01);".repeat(50));
    assert_eq!(scene.sample(url).code, Some(0));
    scene.report(&COUNTERS, "")
}

#[track_caller]
fn assert_none(report: &Value) {
    let kpis = report["kpis"].as_array().unwrap();
    assert!(kpis.len() == 2 && kpis.iter().all(|kpi| kpi["stagger"].is_null()), "{kpis:#?}");
}

#[test]
fn statements_are_counted_where_the_server_does_and_a_reset_is_a_gap() {
    // As the server brings it, and as servers before 13 have it.
    for version in ["", " VERSION '1.4'"] {
        let extension = format!("CREATE EXTENSION pg_stat_statements SCHEMA \"Mon'itor:ed\"{version}");
        let Some(mut scene) = counting(&extension) else { return };
        scene.server.run("GRANT USAGE ON SCHEMA \"Mon'itor:ed\" TO reader");
        let url = scene.server.url();
        // What others ran counts for a role that may not see their statements.
        let report = report_of_50(&mut scene, &url.replace("jobdelta:let-me-in", "reader"));
        let [n, _, calls] = figures(&report, "statement_calls");
        assert!(n == 1.0 && calls >= 50.0, "{version} {n} {calls}");
        // Half a second within less than a minute.
        let [n, _, time] = figures(&report, "statement_time");
        assert!(n == 1.0 && time >= 500.0, "{version} {n} {time}");
        assert_eq!(report["kpis"][1]["unit"], "ms per minute");

        let reset = "SELECT FROM (SELECT \"Mon'itor:ed\".pg_stat_statements_reset()) AS done";
        scene.server.run(reset);
        assert_eq!(scene.sample(&url).code, Some(0));
        let report = scene.report(&COUNTERS, "");
        assert_eq!(
            figures(&report, "statement_calls"),
            [1.0, calls, calls],
            "nothing is known across a reset"
        );
    }
}

#[test]
fn a_server_that_counts_no_statements_for_this_role_is_measured_otherwise() {
    // Not there; not loaded, with a setting that says otherwise; there, but for others.
    let Some(mut absent) = counting("SELECT 1") else { return };
    let url = absent.server.url();
    assert_none(&report_of_50(&mut absent, &url));

    let mut unloaded = Scene::with(Engine::Postgres, &["-c", "pg_stat_statements.max=500"]);
    unloaded.server.run("CREATE EXTENSION pg_stat_statements");
    let url = unloaded.server.url();
    let report = report_of_50(&mut unloaded, &url);
    assert_none(&report);
    let said = unloaded.sample(&url);
    assert!(said.stderr.contains("7 measurements sampled\n"), "{said:?}");

    // Whatever else goes wrong takes nothing with it.
    let mut broken = counting("CREATE EXTENSION pg_stat_statements").unwrap();
    broken.server.run(
        "DO $$ BEGIN EXECUTE format('CREATE OR REPLACE FUNCTION pg_stat_statements(%s) RETURNS SETOF record LANGUAGE \
         plpgsql AS $f$ BEGIN RAISE EXCEPTION ''broken''; END $f$', \
         pg_get_function_arguments('pg_stat_statements'::regproc)); END $$",
    );
    let url = broken.server.url();
    assert_none(&report_of_50(&mut broken, &url));
    assert!(broken.sample(&url).stderr.contains("7 measurements sampled\n"));

    for right in
        ["SELECT ON pg_stat_statements", "EXECUTE ON FUNCTION pg_stat_statements", "USAGE ON SCHEMA public"]
    {
        let extension = format!("CREATE EXTENSION pg_stat_statements; REVOKE {right} FROM PUBLIC");
        let mut hidden = counting(&extension).unwrap();
        let url = hidden.server.url();
        assert_none(&report_of_50(&mut hidden, &url.replace("jobdelta:let-me-in", "reader")));
        assert!(hidden.sample(&url).stderr.contains("9 measurements sampled"), "the owner may read it");
    }
}
