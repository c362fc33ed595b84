//! What a person who writes a deployment file, or types flags, gets: the settings, or messages that name
//! the place, the mistake and the way out.

#![allow(clippy::unwrap_used, clippy::panic)] // a test stops at the first thing that is wrong

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::PathBuf;
use std::time::Duration;

use jobdelta::analysis::metric;
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::clock::{Span, Timestamp};
use jobdelta::deployment::{DeploymentFile, RequestedMoment};
use jobdelta::finite::Finite;
use jobdelta::judgement::{JobSelector, Severity, Target};
use jobdelta::mapping::{EpochUnit, FieldSource, NativeRows, StatusMeaning};
use jobdelta::observation::counting::Scope;
use jobdelta::run::{Field, SkipReason, Status};
use jobdelta::settings::{
    Execution, Location, Overrides, Question, Settings, SourceSettings, WindowRequest, lint,
};
use jobdelta::window::Period;

const FULL: &str = include_str!("fixtures/deployment/full.toml");

fn environment() -> BTreeMap<String, String> {
    let set = [
        ("DATABASE_URL", "postgres://u:secret@host/db"),
        ("CHAT_URL", "https://chat.example.org/T0/secret"),
        ("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    ];
    BTreeMap::from(set.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

fn period(start: &str, end: &str) -> Period {
    Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
}

fn file(text: &str) -> DeploymentFile {
    DeploymentFile::read(text, "d.toml", &environment()).unwrap()
}

/// The messages about a file, a line each.
fn messages(text: &str) -> String {
    let problems: Vec<String> =
        lint(text, "d.toml", &environment()).iter().map(ToString::to_string).collect();
    problems.join("\n")
}

fn resolve(text: &str, overrides: &Overrides) -> Result<Settings, String> {
    Settings::resolve(Some(file(text)), overrides, &environment()).map_err(|error| error.to_string())
}

fn question(text: &str, overrides: &Overrides) -> Question {
    Question::clone(&resolve(text, overrides).unwrap().question)
}

/// The messages about flags beside a file.
fn flag_messages(text: &str, overrides: &Overrides) -> String {
    resolve(text, overrides).map(|_| ()).unwrap_err()
}

const WINDOWS: &str = r#"
[windows]
baseline = { start = "2026-02-01T20:00:00Z", end = "2026-02-01T21:00:00Z" }
stagger = { start = "2026-02-01T22:00:00Z", end = "2026-02-01T23:00:00Z" }
"#;

#[test]
fn the_full_example_reads() {
    assert_eq!(messages(FULL), "");
    let settings = question(FULL, &Overrides::default());
    let facts = &settings.deployment;
    assert_eq!(facts.name.as_deref(), Some("Stagger the minute jobs"));
    assert_eq!(facts.display_time_zone.as_deref(), Some("Europe/Istanbul"));
    assert_eq!(facts.labels, ["before", "after"]);
    assert_eq!(facts.rollback_command.as_deref(), Some("./rollback.sh"));
    assert_eq!((facts.timeline.len(), facts.issues.len(), facts.next_steps.len()), (1, 1, 1));
    assert_eq!(facts.accepted[0].until.as_deref(), Some("2026-03-01"));
    assert_eq!(facts.on_call[0].command, "tail -f logs/combined.log");
    assert_eq!(facts.monitoring.as_ref().unwrap().until.as_deref(), Some("1d"));

    assert_eq!(settings.source.location, Location::Database("postgres://u:secret@host/db".into()));
    let mapping = settings.source.mapping.unseen().unwrap();
    assert_eq!(mapping.rows, NativeRows::Table("app.job_history".into()));
    assert_eq!(mapping.columns[&Field::Duration].place, FieldSource::Column("took".into()));
    assert_eq!(mapping.statuses.meaning(Some("ok")), Some(StatusMeaning::Is(Status::Success)));
    assert_eq!(
        mapping.statuses.meaning(Some("skipped_lock")),
        Some(StatusMeaning::Skipped(SkipReason::Lock))
    );
    assert_eq!(mapping.duration_unit, EpochUnit::Milliseconds);
    assert_eq!(mapping.statuses.meaning(Some("queued")), Some(StatusMeaning::Open));
    assert_eq!(mapping.statuses.meaning(Some("a new word")), Some(StatusMeaning::Is(Status::Running)));
    assert_eq!(mapping.attempt_base, 0);
    assert_eq!(mapping.bound.as_ref().unwrap().within, Some(Span::seconds(6 * 3_600)));
    assert_eq!(mapping.known_limits, ["a retry overwrites the row"]);
    assert_eq!(mapping.condition.as_deref(), Some("tenant_id = 7"));
    assert_eq!(mapping.dedupe_within, Some(Span::seconds(1)));

    let WindowRequest::Given { baseline, stagger, .. } = &settings.windows else { panic!("given") };
    assert_eq!(baseline.fixed(), Some(period("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z")));
    assert_eq!(stagger.fixed(), Some(period("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z")));
    assert_eq!(settings.exclusions[0].reason, "crash loop");
    assert_eq!(settings.analysis.scope, Scope::Declared);
    assert_eq!(settings.analysis.margin.duration, Finite::new(0.05));
    assert_eq!(settings.analysis.margin.rate, Finite::new(0.01));

    let live = &settings.jobs[0];
    assert_eq!(live.was.as_deref(), Some("Stats Sync"));
    assert_eq!(live.schedule.as_ref().unwrap().offset(), Span::seconds(45));
    assert_eq!(live.baseline_schedule.as_ref().unwrap().offset(), Span::seconds(0));
    assert_eq!((live.min_runs.all, live.orphan_after), (Some(20), Some(Span::seconds(600))));
    assert_eq!(settings.jobs[1].baseline_schedule.as_ref().unwrap().offset(), Span::seconds(5));
    assert!(!settings.jobs[2].enabled);

    let seen: Vec<_> = settings.targets.iter().map(|t| format!("{} {}", t.metric, t.text)).collect();
    assert_eq!(
        seen,
        [
            "completion_rate >= 99%",
            "peak_concurrency <= 2",
            "missed_runs == 0",
            "median_duration <= -20%",
            "median_duration <= +10%",
            "pool_utilization_max < 50%",
        ],
        "in the order of the file"
    );
    assert_eq!(settings.targets[3].job, JobSelector::Named("Referral Tier 2 Processor".into()));
    assert_eq!(settings.targets[4].job, JobSelector::Each);
    assert_eq!(settings.targets[5].severity, Severity::Advisory);
    let triggers: Vec<_> = settings.triggers.iter().map(|t| t.metric.to_string()).collect();
    assert_eq!(triggers, ["failure_rate", "completion_rate", "peak_concurrency", "on_time_rate"]);
    assert_eq!(file(FULL).email.unwrap().to, ["ops@example.org"]);
}

#[test]
fn every_key_is_optional() {
    assert_eq!(messages(""), "");
    let settings = question(WINDOWS, &Overrides::default());
    assert_eq!(settings.analysis.scope, Scope::All, "no jobs are declared");
    assert_eq!(settings.deployment.labels, ["before", "after"]);
    assert_eq!(settings.analysis.min_runs.all, Some(10));
}

#[test]
fn thresholds_are_set_by_metric_and_job() {
    let written = "[analysis]\n\
        min_runs = { all = 20, p95_duration = 100 }\n\
        margin = { duration = '10%', p95_duration = '15%', completion_rate = '0.5pp' }\n\
        [[jobs]]\nname = 'a'\nmin_runs = 5\nmargin = { median_duration = '2%' }\n";
    let settings = question(&format!("{WINDOWS}{written}"), &Overrides::default());
    let (analysis, job) = (&settings.analysis, settings.jobs.first());
    let least = |job, metric| analysis.least_runs(job, metric);
    assert_eq!(least(None, &metric::P95_DURATION), 100);
    assert_eq!((least(None, &metric::FAILURE_RATE), least(job, &metric::P95_DURATION)), (20, 5));
    let margins = |margin: &ByMetric<Finite>| {
        [&metric::MEDIAN_DURATION, &metric::P95_DURATION, &metric::COMPLETION_RATE, &metric::ON_TIME_RATE]
            .map(|metric| margin.of(metric).map(Finite::get))
    };
    assert_eq!(margins(&analysis.margin), [Some(0.1), Some(0.15), Some(0.005), None]);
    assert_eq!(margins(&job.unwrap().margin), [Some(0.02), None, None, None]);
}

/// Each mistake of the list with the whole message.
#[test]
fn a_mistake_is_named_with_its_line_and_the_way_out() {
    for (text, expected) in [
        ("nmae = 'x'", "d.toml:1: unknown key 'nmae'; did you mean 'name'?"),
        (
            "[windows]\nlabels = ['a', 'b']\nbasline = {}",
            "d.toml:3: unknown key 'basline' in [windows]; did you mean 'baseline'?",
        ),
        (
            "[[jobs]]\nname = 'a'\n[[jobs]]\nname = 'b'\nofset = '1s'",
            "d.toml:5: unknown key 'ofset' in [[jobs]]; did you mean 'offset'?",
        ),
        ("[email]\nzzz = 1", "d.toml:2: unknown key 'zzz' in [email]; known are from, to, subject"),
        ("name = 'x'\nname = 'y'", "d.toml:2: this is not TOML: duplicate key"),
        (
            "[analysis]\nmin_runs = 'ten'",
            "d.toml:2: 'min_runs' in [analysis] must be a whole number, not a string",
        ),
        (
            "[analysis]\nmin_runs = -1",
            "d.toml:2: 'min_runs' in [analysis]: -1 is not a whole number from 0 up",
        ),
        (
            "[analysis]\nmin_runs = { p95 = 3 }",
            "d.toml:2: unknown key 'p95' in [analysis.min_runs]; did you mean 'p95_duration'?",
        ),
        (
            "[analysis]\nmargin = { completion_rate = '5%' }",
            "d.toml:2: 'completion_rate' in [analysis.margin]: '5%' is not percentage points such as 1pp, from 0 to 100",
        ),
        (
            "[analysis]\nlongest_run = 6",
            "d.toml:2: 'longest_run' in [analysis] must be a length of time such as \"6h\", not a whole number",
        ),
        (
            "[analysis]\nlongest_run = '6 hours'",
            "d.toml:2: 'longest_run' in [analysis]: '6 hours' is not a length of time such as 500ms, 90s, 5m, 6h or 7d",
        ),
        (
            "[analysis]\nscope = 'al'",
            "d.toml:2: 'scope' in [analysis]: 'al' is none of declared, all; did you mean 'all'?",
        ),
        ("[analysis]\nscope = 'declared'", "d.toml:2: the scope is 'declared', but no jobs are declared"),
        (
            "[analysis]\nmargin = { duration = '5' }",
            "d.toml:2: 'duration' in [analysis.margin]: '5' is not a percentage such as 5%, from 0 to 100",
        ),
        (
            "[analysis]\non_time_within = '1m'",
            "d.toml:2: 'on_time_within' in [analysis]: 1m is not below the cycle of 1m, so every start would be on time",
        ),
        ("jobs = 3", "d.toml:1: 'jobs' must be a list, not a whole number"),
        ("[[jobs]]\nschedule = '* * * * *'", "d.toml:1: 'name' is missing in [[jobs]]"),
        ("[[jobs]]\nname = 'a'\n[[jobs]]\nname = 'a'", "d.toml:3: job 'a' is declared twice"),
        (
            "[[jobs]]\nname = 'a'\n[[jobs]]\nname = 'b'\nwas = 'a'",
            "d.toml:3: 'was' of job 'b': 'a' is the name of another declared job already",
        ),
        (
            "[[jobs]]\nname = 'a'\nschedule = '* * * * *'\noffset = '60s'",
            "d.toml:4: 'offset' in [[jobs]]: 1m is not below the cycle of 1m",
        ),
        (
            "[[jobs]]\nname = 'a'\nschedule = '* * * * *'\noffset = '1500ms'",
            "d.toml:4: 'offset' in [[jobs]]: 1500ms is not whole seconds",
        ),
        (
            "[[jobs]]\nname = 'a'\noffset = '5s'",
            "d.toml:1: the job has an offset and no schedule that it is added to",
        ),
        (
            "[[jobs]]\nname = 'a'\ntime_zone = 'Europe/Istambul'",
            "d.toml:3: 'time_zone' in [[jobs]]: unknown time zone 'Europe/Istambul'; did you mean 'Europe/Istanbul'?",
        ),
        (
            "display_time_zone = 'CETT'",
            "d.toml:1: 'display_time_zone': unknown time zone 'CETT'; did you mean 'CET'?",
        ),
        (
            "[windows]\ncycle = '7m'",
            "d.toml:2: 'cycle' in [windows]: 7m is not a cycle: it must be whole seconds that divide a day, such as 1m, 1h or 1d",
        ),
        (
            "[windows]\nburst_window = '0s'",
            "d.toml:2: 'burst_window' in [windows]: it must be longer than 0s",
        ),
        (
            "[windows]\nlabels = ['a']",
            "d.toml:2: 'labels' in [windows]: two different labels are needed, as in [\"before\", \"after\"]",
        ),
        (
            "[windows]\nbaseline = { start = '2026-02-01T21:00:00Z', end = '2026-02-01T20:00:00Z' }",
            "d.toml:2: 'baseline' in [windows]: the window ends at 2026-02-01T20:00:00Z, which is not after its start 2026-02-01T21:00:00Z",
        ),
        (
            "[windows]\nafter = { start = 2026-02-01T21:00:00, end = 'now' }",
            "d.toml:2: 'start' in [windows.after]: '2026-02-01T21:00:00' is neither an RFC 3339 instant such as 2026-02-01T20:56:00Z, nor a length such as 6h, nor now",
        ),
        (
            "[windows]\nbaseline = { start = '2026-02-01T21:00:00Z' }",
            "d.toml:2: 'baseline' in [windows]: 'end' is missing",
        ),
        (
            "[windows]\nstagger = { start = '1960-01-01T00:00:00Z', end = '6h' }",
            "d.toml:2: 'stagger' in [windows]: 1960-01-01T00:00:00Z lies before 1970-01-01, which no job history does",
        ),
        (
            "[windows]\nstagger = { start = '2026-02-01T21:00:00Z', end = 'now' }",
            "d.toml:2: only the stagger window is given; the baseline window is missing",
        ),
        (
            "[windows]\nexclude = [\n  { start = 2026-02-01T21:00:00Z, end = 2026-02-01T20:00:00Z },\n]",
            "d.toml:3: the excluded period ends at 2026-02-01T20:00:00Z, which is not after its start 2026-02-01T21:00:00Z",
        ),
        (
            "[windows]\nbaseline = { start = '2026-02-01T20:00:00Z', end = '2h' }\nstagger = { start = '2026-02-01T21:00:00Z', end = '2h', where = 'v = 2' }",
            "d.toml:3: the windows overlap: baseline 2026-02-01T20:00:00Z to 2026-02-01T22:00:00Z, stagger 2026-02-01T21:00:00Z to 2026-02-01T23:00:00Z; give each its own `where` if two versions ran side by side",
        ),
        (
            "[windows]\nbaseline = { start = '2026-02-01T20:00:00Z', end = '1h' }\nstagger = { start = '2026-02-01T21:00:00Z', end = '1h' }\nexclude = [{ start = '2026-02-01T21:00:00Z', end = '2026-02-01T23:00:00Z' }]",
            "d.toml:3: nothing of the stagger window is observed: excluded periods cover 2026-02-01T21:00:00Z to 2026-02-01T22:00:00Z",
        ),
        (
            "[targets]\ncompletion_rat = '>= 99%'",
            "d.toml:2: 'completion_rat' in [targets]: unknown metric 'completion_rat'; did you mean 'completion_rate'?",
        ),
        (
            "[targets]\ncompletion_rate = '>= 99'",
            "d.toml:2: 'completion_rate' in [targets]: '99' does not fit completion_rate, which takes a percentage from 0% to 100%, a signed change such as -20% or -1pp (not below -100%), or 'baseline'",
        ),
        (
            "[targets]\np95_duration = { target = '< 500sec', job = 'each' }",
            "d.toml:2: 'p95_duration' in [targets]: '500sec' does not fit p95_duration, which takes a length of time such as 500ms, 2s or 1m, a signed change such as -20% (not below -100%), or 'baseline'",
        ),
        (
            "[targets]\nmissed_runs = '= 0'",
            "d.toml:2: 'missed_runs' in [targets]: '= 0' does not start with one of <, <=, >, >=, ==, != (as in '>= 99%')",
        ),
        (
            "[targets]\nmissed_runs = 0",
            "d.toml:2: 'missed_runs' in [targets] must be a string such as \">= 99%\", not a whole number",
        ),
        (
            "[targets]\nmissed_runs = []",
            "d.toml:2: 'missed_runs' in [targets]: the list is empty, so nothing would be checked",
        ),
        (
            "[targets]\nmissed_runs = { target = '== 0', severity = 'advisry' }",
            "d.toml:2: 'severity' in [targets.missed_runs]: 'advisry' is none of required, advisory; did you mean 'advisory'?",
        ),
        (
            "[targets]\nmissed_runs = { taget = '== 0' }",
            "d.toml:2: 'target' is missing in [targets.missed_runs]\nd.toml:2: unknown key 'taget' in [targets.missed_runs]; did you mean 'target'?",
        ),
        (
            "[[jobs]]\nname = 'Live Stats Sync'\n[targets]\ncompletion_rate = [\n  '>= 99%',\n  { target = '>= 99%', job = 'Live Stat Sync' },\n]",
            "d.toml:6: the target on completion_rate names job 'Live Stat Sync', which is not declared; did you mean 'Live Stats Sync'?",
        ),
        (
            "[[jobs]]\nname = 'a'\n[[jobs]]\nname = 'b'\n[rollback]\ntriggers = { p95_duration = '> +50%' }",
            "d.toml:6: p95_duration needs a job: 2 are declared, and their durations say nothing together (name one, or write job = \"each\")",
        ),
        (
            "[rollback.triggers]\nfailure_rate = { target = '> +5pp', severity = 'required' }",
            "d.toml:2: unknown key 'severity' in [rollback.triggers.failure_rate]; known are target, job",
        ),
        (
            "[[kpis]]\nname = 'pool'\n[targets]\npool_max = '< 50%'",
            "d.toml:4: 'pool_max' in [targets]: '50%' does not fit pool_max, which takes a number such as 50 (it is declared without a unit), a signed change such as -20% (not below -100%), or 'baseline'",
        ),
        (
            "[[accepted]]\ntarget = 'completion_rate'\nreason = 'x'",
            "d.toml:1: 'target' in [[accepted]]: no target is about completion_rate",
        ),
        (
            "[source]\nurl = '${NO SUCH}'",
            "d.toml:2: 'url' in [source]: '${' is not followed by the name of an environment variable and '}'",
        ),
        ("summary = 'by ${NO_SUCH}'", "d.toml:1: 'summary': the environment variable NO_SUCH is not set"),
        (
            "[source]\ncolumns = { jobname = 'x' }",
            "d.toml:2: 'jobname' in [source.columns]: a run has no field 'jobname'; did you mean 'job_name'?",
        ),
        (
            "[source]\nstatuses = { ok = 'succes' }",
            "d.toml:2: 'ok' in [source.statuses]: 'succes' is none of running, success, failed, timeout, skipped, cancelled, open; did you mean 'success'?",
        ),
        (
            "[source]\nstatuses = { ok = 'success:lock' }",
            "d.toml:2: 'ok' in [source.statuses]: only skipped has a reason, as in 'skipped:lock'; write 'success'",
        ),
        (
            "[source]\npreset = 'job_run'",
            "d.toml:2: 'preset' in [source]: unknown source preset 'job_run'; did you mean 'job_runs'? (`jobdelta sources` lists all)",
        ),
        (
            "[source]\ntable = 'app.'",
            "d.toml:2: 'table' in [source]: 'app.' is not a table name; write table or schema.table",
        ),
        (
            "[source]\nduration_unit = 'min'",
            "d.toml:2: 'duration_unit' in [source]: 'min' is none of s, ms, us",
        ),
        (
            "[source]\ntable = 'x'\nquery = 'SELECT 1'",
            "d.toml:3: 'query' in [source]: a mapping is a query, or a table with columns; the query's columns are the fields",
        ),
        (
            "[source]\nquery = 'SELECT 1; DELETE FROM x'",
            "d.toml:2: 'query' in [source]: a query is one statement; another follows the semicolon",
        ),
        (
            "[source]\nquery.postgre = 'SELECT 1'\nquery.mysql = 'UPDATE x SET y = 1'",
            "d.toml:2: unknown key 'postgre' in [source.query]; did you mean 'postgres'?\n\
             d.toml:2: 'query' in [source]: no query for any database\n\
             d.toml:3: 'mysql' in [source.query]: a query begins with SELECT or WITH",
        ),
        (
            "[source]\nnull_status = 'opened'\nother_statuses = 'skipped:why'",
            "d.toml:2: 'null_status' in [source]: 'opened' is none of running, success, failed, timeout, skipped, cancelled, open; did you mean 'open'?\n\
             d.toml:3: 'other_statuses' in [source]: 'why' is none of the reasons for skipping: lock, overlap, other",
        ),
        (
            "[source]\nattempt_base = 2",
            "d.toml:2: 'attempt_base' in [source]: 2 is not the number of a first attempt: 0 or 1",
        ),
        (
            "[source]\nbound = { colum = 'id', within = '0s' }",
            "d.toml:2: 'column' is missing in [source.bound]\n\
             d.toml:2: 'within' in [source.bound]: it must be longer than 0s\n\
             d.toml:2: unknown key 'colum' in [source.bound]; did you mean 'column'?",
        ),
        (
            "[source]\ncolumns.started_at = { json = 'facts', key = 'start' }",
            "d.toml:2: 'started_at' in [source.columns]: a time cannot be read from JSON; write a query that makes it a column",
        ),
        (
            "[source]\ncolumns.schedule = { json = 'facts', key = 'a\"b' }",
            "d.toml:2: 'key' in [source.columns.schedule]: 'a\\\"b' cannot be named as a key of JSON here; write a query",
        ),
        (
            "[source]\nknown_limits = 'none'",
            "d.toml:2: 'known_limits' in [source] must be a list, not a string",
        ),
        (
            "[source]\ntime_unit = 'm'",
            "d.toml:2: 'time_unit' in [source]: 'm' is none of s, ms, us; did you mean 'ms'?",
        ),
        (
            "[email]\nto = ['ops at example.org']",
            "d.toml:2: 'to' in [email]: 'ops at example.org' is not an address such as ops@example.org",
        ),
        (
            "[[timeline]]\nstart = 'soon'",
            "d.toml:1: 'name' is missing in [[timeline]]\nd.toml:2: 'start' in [[timeline]]: 'soon' is not an RFC 3339 instant such as 2026-02-01T21:37:00Z",
        ),
    ] {
        assert_eq!(messages(text), expected, "{text}");
    }
}

#[test]
fn a_wrong_cron_expression_is_named() {
    for expression in ["every minute", "61 * * * *", "* * * *"] {
        let text = format!("[[jobs]]\nname = 'a'\nschedule = '{expression}'");
        let message = messages(&text);
        assert!(
            message.starts_with(&format!(
                "d.toml:3: 'schedule' in [[jobs]]: '{expression}' is not a cron expression"
            )),
            "{message}"
        );
    }
}

#[test]
fn an_offset_beside_a_field_for_seconds_is_refused() {
    let text = "[[jobs]]\nname = 'a'\nschedule = '30 * * * * *'\noffset = '15s'";
    assert_eq!(
        messages(text),
        "d.toml:3: 'schedule' in [[jobs]]: '30 * * * * *' has a field for seconds, so an offset of 15s cannot \
         be added to it: write the seconds into that field"
    );
}

#[test]
fn all_problems_of_a_file_are_shown_at_once_and_by_line() {
    let text = "nam = 'x'\n[[jobs]]\nname = 'a'\noffset = '90s'\nschedule = '* * * * *'\n[targets]\n\
                completion_rate = '99%'\nmissed_runs = { target = '== 0', job = 'b' }";
    let lines: Vec<String> =
        messages(text).lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["d.toml:1:", "d.toml:4:", "d.toml:7:", "d.toml:8:"]);
}

#[test]
fn a_damaged_part_is_reported_once() {
    // The broken schedule does not make the job unknown, nor the broken baseline the stagger lonely.
    let text = format!(
        "{}[[jobs]]\nname = 'a'\ntime_zone = 'Nowhere/Else'\n[targets]\nmissed_runs = {{ target = '== 0', job = 'a' }}",
        WINDOWS.replace("20:00:00Z", "late")
    );
    assert_eq!(messages(&text).lines().count(), 2, "{}", messages(&text));
}

#[test]
fn side_by_side_windows_may_overlap() {
    let text = "[windows]\nbefore = { start = '2026-02-01T20:00:00Z', end = '2h', where = 'v = 1' }\n\
                after = { start = '2026-02-01T20:00:00Z', end = '2h', where = 'v = 2' }";
    assert_eq!(messages(text), "");
    let WindowRequest::Given { conditions, .. } = question(text, &Overrides::default()).windows else {
        panic!("given")
    };
    assert_eq!(
        [conditions.baseline, conditions.stagger],
        [Some("v = 1".to_owned()), Some("v = 2".to_owned())]
    );
}

#[test]
fn flags_outrank_the_file() {
    let overrides = Overrides {
        db: Some("sqlite://runs.db".into()),
        source: Some("job_execution_logs".into()),
        baseline: Some("2026-02-01T18:00:00Z/1h".into()),
        as_of: Some("2026-02-02T05:34:00Z".into()),
        min_runs: Some(30),
        scope: Some("all".into()),
        max_time: Some("5s".into()),
        nothing_in_flight: true,
        targets: vec!["completion_rate >= 95%".into(), "failure_rate: Live Stats Sync < 1%".into()],
        ..Overrides::default()
    };
    let settings = question(FULL, &overrides);
    assert_eq!(settings.source.location, Location::Database("sqlite://runs.db".into()));
    assert_eq!(settings.source.mapping.unseen().unwrap().name, "job_execution_logs");
    let WindowRequest::Given { baseline, stagger, .. } = settings.windows else { panic!("given") };
    assert_eq!(baseline.fixed(), Some(period("2026-02-01T18:00:00Z", "2026-02-01T19:00:00Z")));
    assert_eq!(stagger.fixed().unwrap().start, "2026-02-01T21:37:00Z".parse().unwrap());
    assert_eq!(settings.as_of, Some("2026-02-02T05:34:00Z".parse::<Timestamp>().unwrap()));
    assert_eq!((settings.analysis.min_runs.all, settings.analysis.scope), (Some(30), Scope::All));
    assert!(settings.analysis.nothing_in_flight);
    assert_eq!(resolve(FULL, &overrides).unwrap().policy.max_time, Duration::from_secs(5));
    let rates: Vec<_> = settings
        .targets
        .iter()
        .filter(|target| target.metric.to_string().ends_with("_rate"))
        .map(|target: &Target| (target.metric.to_string(), target.text.clone()))
        .collect();
    assert_eq!(
        rates,
        [("completion_rate".to_owned(), ">= 95%".to_owned()), ("failure_rate".to_owned(), "< 1%".to_owned())]
    );
}

#[test]
fn the_moment_of_the_change_takes_the_place_of_the_windows() {
    let overrides = Overrides {
        at: Some("2026-02-01T21:00:00Z".into()),
        until: Some("now".into()),
        ..Overrides::default()
    };
    let expected = WindowRequest::At {
        at: RequestedMoment::At("2026-02-01T21:00:00Z".parse().unwrap()),
        settle: Span::seconds(300),
        until: None,
    };
    assert_eq!(question(FULL, &overrides).windows, expected);
}

#[test]
fn a_variable_that_is_not_needed_may_be_unset() {
    let text = format!("[source]\nurl = '${{NO_SUCH}}'\n{WINDOWS}");
    let read = DeploymentFile::read(&text, "d.toml", &BTreeMap::new()).unwrap();
    let overrides = Overrides { db: Some("mysql://host/db".into()), ..Overrides::default() };
    assert!(Settings::resolve(Some(read.clone()), &overrides, &BTreeMap::new()).is_ok());
    let error = Settings::resolve(Some(read), &Overrides::default(), &BTreeMap::new()).unwrap_err();
    assert_eq!(error.to_string(), "d.toml:2: 'url' in [source]: the environment variable NO_SUCH is not set");
}

#[test]
fn files_of_runs_are_read_by_their_own_form() {
    let overrides = Overrides { files: vec![PathBuf::from("runs.csv")], ..Overrides::default() };
    let source = question(FULL, &overrides).source;
    assert_eq!(source.location, Location::Files(vec![PathBuf::from("runs.csv")]));
    assert_eq!(source.mapping.unseen().unwrap().rows, NativeRows::Table("job_runs".into()));
    assert_eq!(source.mapping.unseen().unwrap().dedupe_within, Some(Span::seconds(1)));
}

#[test]
fn wrong_flags_are_named() {
    let with = |change: fn(&mut Overrides)| {
        let mut overrides = Overrides::default();
        change(&mut overrides);
        flag_messages(WINDOWS, &overrides)
    };
    assert_eq!(
        with(|o| o.at = Some("yesterday".into())),
        "--at: 'yesterday' is not a time such as 2026-02-01T21:37:00Z or 2026-02-01 21:37, nor a length of time ago such as 2h, nor now"
    );
    assert_eq!(
        with(|o| {
            o.at = Some("2026-02-01T21:00:00Z".into());
            o.baseline = Some("6h/now".into());
        }),
        "--at: give either --at, or --baseline and --stagger"
    );
    assert_eq!(
        with(|o| {
            o.at = Some("2026-02-01T21:00:00Z".into());
            o.until = Some("2026-02-01T21:05:00Z".into());
        }),
        "--until: after the change and 5m to settle, the window ends at 2026-02-01T21:05:00Z, which is not \
         after its start 2026-02-01T21:05:00Z"
    );
    assert_eq!(with(|o| o.settle = Some("5m".into())), "--settle: it has a meaning only beside --at");
    assert_eq!(
        with(|o| o.baseline = Some("6h".into())),
        "--baseline: '6h' is not a period START/END such as 2026-02-01T20:56:00Z/6h"
    );
    assert_eq!(
        with(|o| o.stagger = Some("2026-02-01T20:30:00Z/1h".into())),
        "--stagger: the windows overlap: baseline 2026-02-01T20:00:00Z to 2026-02-01T21:00:00Z, stagger \
         2026-02-01T20:30:00Z to 2026-02-01T21:30:00Z; give each its own `where` if two versions ran side by \
         side"
    );
    assert_eq!(
        with(|o| o.targets = vec!["completion_rate => 99%".into()]),
        "--target: '=> 99%' does not start with one of <, <=, >, >=, ==, != (as in '>= 99%')"
    );
    assert_eq!(
        with(|o| o.scope = Some("declaired".into())),
        "--scope: unknown scope 'declaired'; did you mean 'declared'?"
    );
    assert_eq!(
        with(|o| o.scope = Some("declared".into())),
        "--scope: the scope is 'declared', but no jobs are declared"
    );
    assert_eq!(with(|o| o.min_runs = Some(0)), "--min-runs: it must be at least 1");
    assert_eq!(with(|o| o.max_time = Some("0s".into())), "--max-time: it must be longer than 0s");
    assert_eq!(
        with(|o| {
            o.db = Some("sqlite://a".into());
            o.files = vec!["a.csv".into()];
        }),
        "--db: give a database or files of runs, not both"
    );
}

#[test]
fn a_url_is_never_repeated() {
    for url in ["postgrs://u:secret@host/db", "secret", "u:secret@host", "secret:x@host"] {
        let overrides = Overrides { db: Some(url.to_owned()), ..Overrides::default() };
        let error = flag_messages(WINDOWS, &overrides);
        assert!(error.starts_with("--db: ") && !error.contains("secret"), "{error}");
    }
    assert_eq!(
        flag_messages(WINDOWS, &Overrides { db: Some("postgrs://x".into()), ..Overrides::default() }),
        "--db: 'postgrs' is not the scheme of a database; did you mean 'postgres'?"
    );
    assert!(!format!("{:?}", file("[source]\nurl = 'postgres://u:secret@host/db'")).contains("secret"));
}

#[test]
fn without_windows_or_source_there_is_no_report() {
    let error = Settings::resolve(None, &Overrides::default(), &BTreeMap::new()).unwrap_err().to_string();
    assert_eq!(
        error,
        "no source of runs: give --db URL or files of runs, or set `url` in [source] of the deployment file, \
         or DATABASE_URL in the environment\nno windows: give --at T (the moment of the change), or --baseline \
         START/END and --stagger START/END, or [windows] in the deployment file"
    );
    // Commands without windows ask for the source alone.
    assert!(SourceSettings::resolve(None, &Overrides::default(), &environment()).is_ok());
}

/// What the documentation shows is what is read, and it shows every key there is.
#[test]
fn the_documentation_shows_files_that_are_read() {
    let read =
        |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let [readme, reference] = ["README.md", "docs/deployment-file.md"].map(read);
    let mut blocks = 0;
    for text in [&readme, &reference] {
        for block in text.split("```toml\n").skip(1) {
            let (toml, _) = block.split_once("```").unwrap();
            assert_eq!(messages(toml), "", "{toml}");
            blocks += 1;
        }
    }
    assert!(blocks > 8, "{blocks} blocks");
    for line in FULL.lines().filter(|line| line.contains(" = ")) {
        let (key, _) = line.split_once(" = ").unwrap();
        assert!(reference.contains(&format!("{} = ", key.trim())), "docs/deployment-file.md lacks '{key}'");
    }
}

/// Two clients who ask the same share one computation, whatever they may see of it and whatever it may cost.
#[test]
fn the_same_question_is_equal_and_has_one_hash() {
    let hash = |question: &Question| BuildHasherDefault::<DefaultHasher>::default().hash_one(question);
    let asked = question(FULL, &Overrides::default());
    let same = Overrides {
        redact: vec!["jobs".into()],
        mail_to: vec!["somebody@example.org".into()],
        max_time: Some("5s".into()),
        execution: Some(Execution::Scan),
        ..Overrides::default()
    };
    let same = question(FULL, &same);
    assert_eq!((&asked, hash(&asked)), (&same, hash(&same)));
    for other in [
        Overrides { targets: vec!["completion_rate >= 95%".into()], ..Overrides::default() },
        Overrides { min_runs: Some(11), ..Overrides::default() },
        Overrides { as_of: Some("2026-02-02T05:34:00Z".into()), ..Overrides::default() },
    ] {
        assert_ne!(asked, question(FULL, &other));
    }
    let moved = FULL.replace("offset = \"45s\"", "offset = \"46s\"");
    assert_ne!(moved, FULL);
    assert_ne!(asked, question(&moved, &Overrides::default()));
}

#[test]
fn the_file_may_say_up_to_when_rows_are_looked_at() {
    let text = FULL.replace("[windows]\n", "[windows]\nas_of = \"2026-02-02T05:34:00Z\"\n");
    assert_eq!(
        question(&text, &Overrides::default()).as_of,
        Some("2026-02-02T05:34:00Z".parse::<Timestamp>().unwrap())
    );
    let flag = Overrides { as_of: Some("2026-02-03T00:00:00Z".into()), ..Overrides::default() };
    assert_eq!(question(&text, &flag).as_of, Some("2026-02-03T00:00:00Z".parse::<Timestamp>().unwrap()));
    let wrong = FULL.replace("[windows]\n", "[windows]\nas_of = \"1969-02-02T05:34:00Z\"\n");
    let problems = lint(&wrong, "d.toml", &environment());
    assert!(
        problems[0].message.contains("'as_of' in [windows]: 1969-02-02T05:34:00Z lies before"),
        "{problems:?}"
    );
}

/// Twice as many jobs take twice as long, whether their targets are right or not.
#[test]
fn lint_is_linear_in_jobs() {
    let mut text = "[source]\nurl = \"sqlite://a\"\n".to_owned();
    let (mut targets, mut accepted) = (String::new(), String::new());
    for nth in 0..5_000 {
        text.push_str(&format!(
            "[[jobs]]\nname = \"job number {nth}\"\nschedule = \"* * * * *\"\noffset = \"1s\"\n"
        ));
        targets.push_str(&format!("{{ target = \"<= +5%\", job = \"job number {nth}\" }},\n"));
        targets.push_str(&format!("{{ target = \"<= +5%\", job = \"jab number {nth}\" }},\n"));
        accepted.push_str(&format!(
            "[[accepted]]\ntarget = \"median_duration: job number {nth}\"\nby = \"x\"\nreason = \"x\"\nuntil = \"2027-01-01T00:00:00Z\"\n"
        ));
    }
    text.push_str(&format!("[targets]\nmedian_duration = [\n{targets}]\n{accepted}"));
    let watch = jobdelta::clock::Stopwatch::start();
    let problems = lint(&text, "d.toml", &environment());
    assert!(watch.elapsed() < Duration::from_secs(30), "{:?}", watch.elapsed());
    let about = |word: &str| problems.iter().filter(|problem| problem.message.contains(word)).count();
    assert_eq!(about("is not declared"), 5_000, "{:?}", problems.first());
    assert_eq!(about("did you mean"), 100);
    assert_eq!(problems.len(), 5_000, "{:?}", problems.first());
}

/// Each flag replaces the target about its figure, of which there may be very many.
#[test]
fn flags_are_linear_in_targets() {
    let number = 20_000;
    let (mut targets, mut flags) = (String::new(), Vec::new());
    for nth in 0..number {
        targets.push_str(&format!("{{ target = \"<= +5%\", job = \"job number {nth}\" }},\n"));
        flags.push(format!("median_duration: job number {nth} <= +7%"));
    }
    let text =
        format!("{WINDOWS}[source]\nurl = \"sqlite://a\"\n[targets]\nmedian_duration = [\n{targets}]\n");
    let watch = jobdelta::clock::Stopwatch::start();
    let asked = question(&text, &Overrides { targets: flags, ..Overrides::default() }).targets;
    assert!(watch.elapsed() < Duration::from_secs(20), "{:?}", watch.elapsed());
    assert_eq!(asked.len(), number);
    assert!(asked.iter().all(|target| target.text.contains("+7%")), "{:?}", asked.first());
}
