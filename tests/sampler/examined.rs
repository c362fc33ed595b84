//! What `doctor` says of the samples that a report would read.

use jobdelta::clock::DAY_US;

use crate::keeping::asked;
use crate::support::{Desk, Engine, Finished};
use crate::{Clients, Scene};

fn declare(desk: &Desk, names: &[&str], monitoring: &str) {
    let kpis: String =
        names.iter().map(|name| format!("[[kpis]]\nname = \"{name}\"\nbuilt_in = \"{name}\"\n")).collect();
    desk.put("deployment.toml", format!("{monitoring}{kpis}"));
}

/// The lines about the sampler, and those that say what to do about them.
#[track_caller]
fn assert_said(finished: &Finished, expected: &[(&str, &str)]) {
    let lines: Vec<&str> = finished.stdout.lines().collect();
    let is_ours = |line: &str| line.get(8..).is_some_and(|rest| rest.starts_with("sampler "));
    let ours: Vec<usize> = (0..lines.len()).filter(|at| is_ours(lines[*at])).collect();
    assert_eq!(ours.len(), expected.len(), "{finished:?}");
    for (at, (found, fix)) in ours.into_iter().zip(expected) {
        let (word, found) = found.split_once(' ').unwrap();
        assert!(lines[at].starts_with(word) && lines[at].contains(found), "{found} is not in {}", lines[at]);
        let advice = lines.get(at + 1).and_then(|next| next.trim_start().strip_prefix("fix: "));
        assert!(advice.unwrap_or_default().contains(fix) && advice.is_some() != fix.is_empty(), "{advice:?}");
    }
}

#[test]
fn what_a_role_cannot_sample_and_what_no_store_has_is_said() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let scene = Scene::new(Engine::Postgres);
    scene.server.run("CREATE ROLE reader LOGIN; GRANT SELECT ON job_runs TO reader");
    let _client = Clients(vec![scene.server.begin("SELECT pg_sleep(600)")]);
    scene.wait_for("(600)", 1);
    let owner = scene.server.url();
    let reader = owner.replace("jobdelta:let-me-in", "reader");
    let doctor =
        |url: &str, store: &[&str]| scene.desk.run(["doctor", "--db", url].iter().chain(store).copied());
    let with_store = ["--store", "store.sqlite"];
    assert_said(&doctor(&reader, &[]), &[]);
    assert_said(&doctor(&reader, &with_store), &[("ok declares no measurement with built_in", "")]);

    declare(&scene.desk, &["connections", "connections_active", "statement_calls", "slow_queries"], "");
    let hidden = ("warning is hidden from this role", "GRANT pg_read_all_stats TO it");
    let counted =
        ("warning the server has no statement_calls for this role", "CREATE EXTENSION pg_stat_statements");
    let all = "connections, connections_active, slow_queries, statement_calls";
    let nothing = format!("warning without a store nothing is measured of {all}");
    assert_said(&doctor(&reader, &[]), &[hidden, counted, (&nothing, "give --store")]);
    let missing = doctor(&reader, &with_store);
    let gone = ("broken there is no store store.sqlite", "`jobdelta sample` keeps its samples");
    assert_said(&missing, &[hidden, counted, gone]);
    assert!(missing.code == Some(2) && missing.stdout.contains("retention"), "{missing:?}");

    assert_eq!(scene.sample(&reader).code, Some(0));
    let kept = ("ok the last sample of connections is ", "");
    assert_said(&doctor(&reader, &with_store), &[hidden, counted, kept]);
    // Who may see all of it: what is left is a measurement of another product.
    declare(&scene.desk, &["connections", "connections_active", "slow_queries"], "");
    let other = ("warning this source has no slow_queries", "docs/hours.md");
    let lacking = "warning the store has no sample of connections_active";
    assert_said(&doctor(&owner, &with_store), &[other, (lacking, "before the deployment"), kept]);
    assert_eq!(scene.sample(&owner).code, Some(0));
    let kept = ("ok the last sample of connections, connections_active is ", "");
    assert_said(&doctor(&owner, &with_store), &[other, kept]);
}

#[test]
fn the_checks_of_the_first_minutes_declare_the_pool() {
    let monitoring = "[monitoring]\nchecks = \"first_30_minutes\"\n";
    let gone = ("broken there is no store store.sqlite", "`jobdelta sample` keeps its samples");
    for engine in Engine::tested().into_iter().filter(|engine| *engine != Engine::Sqlite) {
        let scene = Scene::new(engine);
        let url = scene.server.url();
        let doctor = || scene.desk.run(["doctor", "--db", &url, "--store", "store.sqlite"]);
        declare(&scene.desk, &[], monitoring);
        assert_said(&doctor(), &[gone]);
        assert_eq!(scene.sample(&url).code, Some(0));
        assert_said(&doctor(), &[("ok the last sample of pool_utilization is ", "")]);
    }
    let desk = Desk::new();
    declare(&desk, &[], monitoring);
    desk.put("runs.csv", "job_name,started_at,finished_at,status\n");
    let other = ("warning this source has no pool_utilization", "docs/hours.md");
    assert_said(&desk.run(["doctor", "runs.csv", "--store", "store.sqlite"]), &[other, gone]);
}

#[test]
fn a_sampler_that_ended_or_comes_too_seldom_is_named() {
    let (address, serving) = crate::endpoint(&["200 well"; 3]);
    let desk = Desk::new();
    let monitoring = format!("[monitoring]\nhealth = {{ url = \"http://{address}/\" }}\n");
    declare(&desk, &["health_up"], &monitoring);
    desk.put("runs.csv", "job_name,started_at,finished_at,status\n");
    desk.run(["sample", "--db", "sqlite::memory:", "--store", "store.sqlite"]).succeeded();
    let doctor = || desk.run(["doctor", "runs.csv", "--store", "store.sqlite"]);
    let store = desk.path().join("store.sqlite");
    asked(&store, "INSERT INTO samples SELECT series, at_us - 300000000, 1 FROM samples");
    let seldom =
        ("warning samples of health_latency, health_up lie 5 min apart; sample_every is 1m", "more often");
    declare(&desk, &["health_up", "health_latency"], &monitoring);
    assert_said(&doctor(), &[seldom]);
    asked(&store, &format!("UPDATE samples SET at_us = at_us - {DAY_US}"));
    let ended =
        ("warning the last sample of health_latency, health_up is 1 d old; sample_every is 1m", "still runs");
    assert_said(&doctor(), &[ended]);
    serving.join().unwrap();
    // Nobody listens any more.
    let silent = ("warning was not reached", "see whether it runs");
    assert_said(&doctor(), &[silent, ended]);
}
