//! A deployment as it happens: node-cron runs jobs that start together against a real PostgreSQL, gives each an offset, and
//! `watch` asks the checks of the first thirty minutes, in a cycle of seconds. A good deployment passes, and each thing that
//! is wrong fails its own check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use jobdelta::clock::{Clock, Timestamp};
use serde_json::{Value, json};
use support::{Desk, Engine, Finished, OwnServer, jobdelta_command};

const TABLE: &str = "CREATE TABLE job_execution_logs (id BIGSERIAL PRIMARY KEY, job_name TEXT NOT NULL, \
     started_at TIMESTAMPTZ NOT NULL, finished_at TIMESTAMPTZ, status TEXT NOT NULL, duration_ms INTEGER, \
     error_message TEXT, metadata JSONB); CREATE INDEX ON job_execution_logs (started_at)";

const JOBS: [&str; 4] = ["Tier 2", "Tier 3", "Notifications", "Live stats"];

/// Seconds from one start of a job to the next.
const CYCLE: u32 = 12;

/// A deployment, what it declares, and what becomes of it.
struct Deployment {
    name: &'static str,
    /// Seconds of the cycle at which jobs are declared to start.
    declared: [u32; 4],
    /// Those at which they do.
    runs_at: [u32; 4],
    ms: u32,
    /// Of the runs of the last job.
    outcome: &'static str,
    /// The target that fails; `None` where the deployment passes.
    fails: Option<&'static str>,
    /// Whether that is clear before the end.
    early: bool,
}

const GOOD: Deployment = Deployment {
    name: "good",
    declared: [0, 3, 6, 9],
    runs_at: [0, 3, 6, 9],
    ms: 100,
    outcome: "success",
    fails: None,
    early: false,
};

const DEPLOYMENTS: [Deployment; 8] = [
    GOOD,
    Deployment { name: "wrong_offset", runs_at: [0, 3, 6, 11], fails: Some("on_time_rate >= 95%"), ..GOOD },
    Deployment {
        name: "collision",
        runs_at: [0, 3, 6, 6],
        fails: Some("start_burst <= 1"),
        early: true,
        ..GOOD
    },
    Deployment {
        name: "planned_collision",
        declared: [0, 3, 6, 6],
        fails: Some("collisions == 0"),
        early: true,
        ..GOOD
    },
    Deployment {
        name: "bunched",
        declared: [0, 1, 6, 7],
        runs_at: [0, 1, 6, 7],
        fails: Some("start_places >= 4"),
        ..GOOD
    },
    Deployment { name: "failing", outcome: "failed", fails: Some("failure_rate <= 0%"), early: true, ..GOOD },
    Deployment { name: "hanging", outcome: "lost", fails: Some("completion_rate >= 90%"), ..GOOD },
    Deployment { name: "slow", ms: 7_000, fails: Some("peak_concurrency <= 2"), early: true, ..GOOD },
];

/// One that keeps connections open, on a server of its own.
const HOG: Deployment =
    Deployment { name: "hog", fails: Some("pool_utilization_max < 50%"), early: true, ..GOOD };

/// `3,15,27,39,51 * * * * *`
fn schedule(second: u32) -> String {
    let seconds = (second..60).step_by(CYCLE as usize).map(|second| second.to_string());
    format!("{} * * * * *", seconds.collect::<Vec<_>>().join(","))
}

impl Deployment {
    /// As the scheduler is told.
    fn service(&self, url: &str) -> Value {
        let job = |(place, name): (usize, &&str)| {
            let outcome = if place == 3 { self.outcome } else { "success" };
            json!({
                "name": name,
                "before": { "schedule": schedule(0), "ms": 100, "outcome": "success" },
                "after": { "schedule": schedule(self.runs_at[place]), "ms": self.ms, "outcome": outcome },
            })
        };
        json!({ "url": url, "jobs": JOBS.iter().enumerate().map(job).collect::<Vec<_>>() })
    }

    fn file(&self, [begun, changed, deployed]: [Timestamp; 3]) -> String {
        let jobs = JOBS.iter().zip(self.declared).map(|(name, second)| {
            format!(
                "[[jobs]]\nname = \"{name}\"\nschedule = \"{}\"\norphan_after = \"3s\"\n",
                schedule(second)
            )
        });
        // A job that takes long is no job that hangs.
        let jobs = jobs.collect::<String>();
        let jobs = if self.ms > 1_000 { jobs.replace("\"3s\"", "\"1m\"") } else { jobs };
        format!(
            "name = \"{}\"\n[windows]\ncycle = \"{CYCLE}s\"\nbaseline = {{ start = \"{begun}\", end = \"{changed}\" }}\n\
             stagger = {{ start = \"{deployed}\", end = \"now\" }}\n[analysis]\nmin_runs = 5\non_time_within = \"1900ms\"\n\
             [monitoring]\nchecks = \"first_30_minutes\"\nsample_every = \"1s\"\n{jobs}",
            self.name
        )
    }

    #[track_caller]
    fn assert_watched(&self, end: &Finished) {
        let Some(target) = self.fails else {
            assert_eq!(end.code, Some(0), "{}: {end:?}", self.name);
            assert!(
                end.stdout.contains("8 passed") && end.stdout.contains("it has no gap"),
                "{}",
                end.stdout
            );
            return;
        };
        assert_eq!(end.code, Some(1), "{}: {end:?}", self.name);
        assert!(end.stdout.contains(&format!("failed: target {target}: ")), "{}:\n{}", self.name, end.stdout);
        let early = format!("ends early: target {target} failed");
        assert!(!self.early || end.stdout.contains(&early), "{}:\n{}", self.name, end.stdout);
    }
}

/// The scheduler's process.
struct Scheduler {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Scheduler {
    fn start(services: &[Value]) -> Self {
        let mut node = Command::new("node");
        node.arg("scheduler.mjs").arg(Value::from(services).to_string());
        node.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stagger"));
        let mut process = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node starts");
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.lines.read_line(&mut line).unwrap() > 0, "the scheduler ended; run ./tests/run");
        line.trim_end().to_owned()
    }

    /// Until every job of every service has run before the change.
    fn wait_for_baseline(&mut self, services: usize) {
        let mut seen = BTreeSet::new();
        while seen.len() < services * JOBS.len() {
            seen.insert(self.line());
        }
    }

    fn deploy(&mut self) {
        self.process.stdin.as_mut().unwrap().write_all(b"deploy\n").unwrap();
        while self.line() != "deployed" {}
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn watch(desk: &Desk, url: &str) -> Child {
    let mut command = jobdelta_command();
    command.current_dir(desk.path()).args(["watch", "--db", url, "--source", "job_execution_logs"]);
    command.args(["--store", "store.sqlite", "--for", "37s", "--every", "2s", "--placebo-days", "0"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_good_deployment_passes_the_checks_and_each_thing_that_is_wrong_fails_its_own() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let server = OwnServer::start(Engine::Postgres);
    let small = OwnServer::start_with(Engine::Postgres, &["-c", "max_connections=20"]);
    let mut urls = Vec::new();
    for deployment in &DEPLOYMENTS {
        server.run(&format!("CREATE DATABASE {}", deployment.name));
        let url = server.url();
        urls.push(format!("{}/{}", url.strip_suffix("/jobs").unwrap(), deployment.name));
    }
    urls.push(small.url());
    let deployments: Vec<&Deployment> = DEPLOYMENTS.iter().chain([&HOG]).collect();
    for url in &urls {
        let made = Command::new("psql").args(["-qX", "-v", "ON_ERROR_STOP=1", "-c", TABLE, url]).status();
        assert!(made.unwrap().success());
    }
    let begun = Clock::System.now();
    let services: Vec<Value> = deployments.iter().zip(&urls).map(|(one, url)| one.service(url)).collect();
    let mut scheduler = Scheduler::start(&services);
    scheduler.wait_for_baseline(services.len());
    let changed = Clock::System.now();
    scheduler.deploy();
    let deployed = Clock::System.now();
    let mut watches = Vec::new();
    for (deployment, url) in deployments.iter().zip(&urls) {
        let desk = Desk::new();
        desk.put("deployment.toml", deployment.file([begun, changed, deployed]));
        let watch = watch(&desk, url);
        watches.push((desk, watch));
    }
    let mut hog: Vec<Child> = (0..10).map(|_| small.begin("SELECT pg_sleep(600)")).collect();
    let ends: Vec<Finished> = watches
        .into_iter()
        .map(|(desk, watch)| {
            let output = watch.wait_with_output().unwrap();
            drop(desk);
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            Finished {
                stdout: text(&output.stdout),
                stderr: text(&output.stderr),
                code: output.status.code(),
            }
        })
        .collect();
    for client in &mut hog {
        let _ = client.kill();
        let _ = client.wait();
    }
    for (deployment, end) in deployments.iter().zip(&ends) {
        deployment.assert_watched(end);
    }
}
