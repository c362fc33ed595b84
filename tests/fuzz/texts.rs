//! The deployment file, targets, and cron expressions.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use jobdelta::analysis::schedule::Schedule;
use jobdelta::clock::{DAY_US, SECOND_US, Span, Timestamp};
use jobdelta::deployment::DeploymentFile;
use jobdelta::judgement::{KpiDeclaration, Target};
use jobdelta::settings::{Overrides, Settings, lint};
use jobdelta::window::Period;

use crate::mutation::Seeds;
use crate::{Fate, fuzz};

const DEPLOYMENT: &str = include_str!("../../src/demo/deployment.toml");

const FULL: &str = include_str!("../fixtures/deployment/full.toml");

const SHORT: &str = r#"
name = "x"
[source]
time_zone = "Europe/Berlin"
url = "sqlite://a.sqlite"
table = "t"
where = "a = 'b?' AND c > 1"
time_unit = "ms"
columns = { job_name = "job", started_at = "s", status = "st" }
statuses = { ok = "success", bad = "failed" }
[windows]
before = { start = "2026-02-01T20:56:00Z", end = "2026-02-01T21:00:00Z", where = "v = 1" }
after = { start = "2026-02-01T21:37:00Z", end = "6h" }
cycle = "1h"
burst_window = "500ms"
[analysis]
scope = "declared"
longest_run = "6h"
orphan_after = "2h"
on_time_within = "30s"
slow_after = "1m"
min_runs = { all = 10, p95_duration = 100 }
margin = { duration = "5%", rate = "1pp" }
[[jobs]]
name = "a"
was = "b"
schedule = "*/5 0-6 * JAN-MAR MON"
offset = "15s"
baseline_offset = "0s"
[targets]
completion_rate = [">= 99%", "> -1pp"]
median_duration = { target = "<= -20%", job = "each", severity = "advisory" }
[[accepted]]
target = "median_duration: a"
by = "somebody"
reason = "it is known"
until = "2026-03-01"
"#;

const WORDS: &[&str] = &[
    "name",
    "[windows]",
    "[source]",
    "[[jobs]]",
    "schedule",
    "\"* * * * *\"",
    "offset",
    "baseline",
    "stagger",
    "start",
    "end",
    "exclude",
    "cycle",
    "\"1d\"",
    "\"0s\"",
    "\"-1s\"",
    "\"1us\"",
    "\"100000d\"",
    "[targets]",
    "job = \"each\"",
    "query = \"SELECT 1\"",
    "where = \"a ? b\"",
    "\"2026-02-01T21:00:00Z\"",
    "2026-02-01T21:00:00Z",
    "\"now\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"0001-01-01T00:00:00Z\"",
    "time_zone = \"Europe/Berlin\"",
    "${HOME}",
    "${",
    "as_of",
    "[analysis]",
    "margin",
    "\"100%\"",
    "min_runs",
    "[rollback]",
    "triggers",
    "[[kpis]]",
    "[[accepted]]",
    "\"\"\"",
];

fn seeds(inputs: &[&str], words: &'static [&'static str]) -> Seeds {
    Seeds { inputs: inputs.iter().map(|text| text.as_bytes().to_vec()).collect(), words }
}

#[test]
fn a_deployment_file() {
    let environment =
        BTreeMap::from(["HOME", "DATABASE_URL"].map(|name| (name.to_owned(), "sqlite://a".to_owned())));
    fuzz("deployment file", 4_000, &seeds(&[DEPLOYMENT, FULL, SHORT, SHORT, SHORT], WORDS), |input, _| {
        let text = String::from_utf8_lossy(input);
        let linted = lint(&text, "d.toml", &environment);
        let read = DeploymentFile::read(&text, "d.toml", &environment);
        if linted.is_empty() {
            assert!(read.is_ok(), "lint has nothing to say of a file that is refused");
        }
        let settings =
            read.and_then(|file| Settings::resolve(Some(file), &Overrides::default(), &environment));
        Fate::from(&settings)
    });
}

#[test]
fn a_target() {
    const TARGETS: &[&str] = &[
        "completion_rate >= 99%",
        "median_duration: each <= -20%",
        "failure_rate > +5pp",
        "p95_duration < 2.5s",
        "peak_concurrency <= 2",
        "failure_rate <= baseline",
        "pool_utilization_max < 50%",
        "missed_runs == 0",
        "median_duration: a <=> b <= +10%",
    ];
    const WORDS: &[&str] = &[
        "completion_rate",
        "p99_duration",
        "p9_duration",
        "p100_duration",
        "pool_utilization_max",
        "mean_concurrency",
        "missed_runs",
        ": each",
        ": a",
        "<=",
        ">=",
        "==",
        "!=",
        "<",
        ">",
        "=",
        "%",
        "pp",
        "ms",
        "s",
        "m",
        "h",
        "baseline",
        "+",
        "-",
        "1e3",
        "0.0000001",
        ".",
        "99999999999999999999999",
    ];
    let kpis =
        [KpiDeclaration { name: "pool_utilization".to_owned(), unit: Some("%".to_owned()), source: None }];
    fuzz("target", 20_000, &seeds(TARGETS, WORDS), |input, _| {
        Fate::from(&Target::parse_flag(&String::from_utf8_lossy(input), &kpis))
    });
}

#[test]
fn a_cron_expression() {
    const EXPRESSIONS: &[&str] = &[
        "* * * * *",
        "*/5 0-6 1,15 JAN-MAR MON-FRI",
        "30 15 * * * *",
        "@daily",
        "0 0 29 2 *",
        "59 23 31 12 7",
        "1-59/7 */3 * * SUN",
        "0 2 * * *",
        "0 0 */2 * 1",
    ];
    const WORDS: &[&str] = &[
        "*", "/", "-", ",", "*/", "?", "L", "W", "#", "JAN", "dec", "SUN", "sat", "@hourly", "@reboot",
        "0-59", "60", " * ", "1-7", "6-0", "29 2", "31 4", "0,0", "~", "H",
    ];
    const ZONES: [Tz; 5] =
        [Tz::UTC, Tz::Europe__Berlin, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::Asia__Kathmandu];
    const OFFSETS: [i64; 6] = [0, 15 * SECOND_US, -SECOND_US, 1, DAY_US, i64::MAX];
    // A change of the clock in Europe lies in it.
    const START: i64 = 1_774_656_000_000_000;
    fuzz("cron expression", 4_000, &seeds(EXPRESSIONS, WORDS), |input, draw| {
        let zone = ZONES[draw.below(ZONES.len())];
        let offset = Span(OFFSETS[draw.below(OFFSETS.len()).saturating_sub(draw.below(5))]);
        let read = Schedule::parse(&String::from_utf8_lossy(input), offset, zone);
        if let Ok(schedule) = &read {
            let start = Timestamp(START + i64::try_from(draw.below(4 * 86_400)).unwrap() * SECOND_US);
            let period = Period {
                start,
                end: start.plus(Span(i64::try_from(draw.below(7_200)).unwrap() * SECOND_US)),
            };
            let fires = schedule.fires_iter(period).count() as u64;
            assert_eq!(fires, schedule.fires(&[period]), "both ways of counting agree");
            let cycle = Span([SECOND_US, 60 * SECOND_US, 3_600 * SECOND_US, DAY_US][draw.below(4)]);
            schedule.effective();
            schedule.is_sub_minute();
            schedule.fires_more_often_than(cycle);
            if draw.below(64) == 0 {
                schedule.typical_period();
                schedule.places(cycle, &[period]);
            }
        }
        Fate::from(&read)
    });
}
