//! Logs of applications.

use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::support::own_log::LogDesk;
use crate::support::{WINDOWS, measured_file, report_of, wrong_figures};

const UTC: &str = "[log]\ntime_zone = \"UTC\"\n";

/// The report over the measured windows that is made of a log.
fn measured(files: &[PathBuf]) -> Value {
    let desk = LogDesk::new(UTC);
    let mut command = desk.command(["report", "--format", "json", "--tables"]);
    command.args(WINDOWS).args(files);
    report_of(command)
}

/// Fails unless every figure is right that does not hang on fractions of a second, which the log lacks: levels
/// and the time of the highest.
#[track_caller]
fn agrees(report: &Value) {
    let needs_fractions = |wrong: &String| {
        wrong.contains(".concurrency.") && !wrong.contains(".peak:") || wrong.contains("overlapped")
    };
    let wrong: Vec<String> =
        wrong_figures(report).into_iter().filter(|wrong| !needs_fractions(wrong)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn limits(report: &Value) -> String {
    let caveats = report["caveats"].as_array().unwrap().iter();
    let limits = caveats.filter(|caveat| caveat["code"] == "source_limit");
    limits.map(|caveat| format!("{}\n", caveat["message"].as_str().unwrap())).collect()
}

#[test]
fn the_measured_log_has_the_figures_of_its_runs() {
    let report = measured(&[measured_file("combined.log")]);
    agrees(&report);
    let limits = limits(&report);
    assert!(limits.contains("combined.log: 41 lines tell of no run\n"), "{limits}");
    assert!(
        limits.contains("times are in whole seconds; durations are those that its lines tell"),
        "{limits}"
    );
}

#[test]
fn rotated_and_packed_files_are_one_log_whatever_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let log = std::fs::read_to_string(measured_file("combined.log")).unwrap();
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    // A run of Live Stats Sync is open at each cut.
    let cuts = [0, 30, 200, lines.len()];
    let mut files: Vec<PathBuf> = Vec::new();
    for (number, cut) in cuts.windows(2).enumerate() {
        let part = lines[cut[0]..cut[1]].concat();
        let path = folder.path().join(format!("combined.log.{number}.gz"));
        let mut packed = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::fast());
        std::io::Write::write_all(&mut packed, part.as_bytes()).unwrap();
        packed.finish().unwrap();
        files.insert(0, path);
    }
    let report = measured(&files);
    agrees(&report);
    assert!(!limits(&report).contains("no start"), "{}", limits(&report));
}

#[test]
fn importing_again_adds_nothing_and_a_run_that_ended_is_updated() {
    let desk = LogDesk::new(UTC);
    let log = std::fs::read_to_string(measured_file("combined.log")).unwrap();
    let half: String = log.split_inclusive('\n').take(45).collect();
    let path = desk.put("half.log", half);
    let (said, _) = desk.import(&[&path]);
    assert!(said.ends_with("16 added, 0 updated, 0 unchanged\n"), "{said}");
    let (said, _) = desk.import(&[&measured_file("combined.log")]);
    assert!(said.contains(": 184 added, 4 updated, 12 unchanged\n"), "{said}");
    let (said, notes) = desk.import(&[&measured_file("combined.log")]);
    assert!(said.ends_with("0 added, 0 updated, 200 unchanged\n"), "{said}");
    assert!(notes.contains("note: ") && notes.contains("41 lines tell of no run"), "{notes}");
    assert_eq!(desk.counts(), "cancelled 0, failed 8, running 2, skipped 5, success 185, timeout 0");
}

#[test]
fn times_without_a_zone_need_one() {
    let desk = LogDesk::new("");
    let log = measured_file("combined.log");
    let message = desk.refused(&["--skip-bad"], &[&log]);
    assert!(
        message.contains(
            "combined.log, line 18: the time '2026-11-23 12:36:00' has no zone; say which by time_zone in [log]"
        ),
        "{message}"
    );
    let said = desk.import_with(&["--time-zone", "Europe/Berlin"], &[&log]).0;
    assert!(said.contains("200 added"), "{said}");
    assert_eq!(desk.rows()[0].split('|').nth(1), Some("11:36:00.000"));
    // A zone of the table's times is that of the log, too.
    let desk = LogDesk::new("[source]\ntime_zone = \"UTC\"\n");
    assert!(desk.import(&[&log]).0.contains("200 added"));
}

const OWN: &str = r#"
[log]
time_format = "%d/%b/%Y:%H:%M:%S%.f %z"
started = '^\[(?<time>[^]]+)\] (?<worker>\S+) begin (?<job>\S+) try (?<attempt>\d+) #(?<id>\d+)'
completed = '^\[(?<time>[^]]+)\] \S+ done #(?<id>\d+)'
failed = '^\[(?<time>[^]]+)\] \S+ failed #(?<id>\d+): (?<error>.*)'
timed_out = '^\[(?<time>[^]]+)\] \S+ too slow #(?<id>\d+)'
cancelled = '^\[(?<time>[^]]+)\] \S+ stopped #(?<id>\d+)'
skipped = '^\[(?<time>[^]]+)\] \S+ no run of (?<job>\S+): (?<reason>\w+)'
"#;

#[test]
fn lines_of_ones_own_are_described_in_the_deployment_file() {
    let desk = LogDesk::new(OWN);
    let at = |time: &str, rest: &str| format!("[23/Nov/2026:{time} +0100] w1 {rest}\n");
    let log = [
        at("13:00:00.500", "begin sync try 1 #1"),
        at("13:00:01", "begin sync try 2 #2"),
        "\u{1b}[32mlistening\u{1b}[0m\n\n".to_owned(),
        at("13:00:02", "no run of mail: overlap"),
        // The ends come in another order than the starts.
        at("13:00:03.250", "done #1"),
        at("13:00:04", "failed #2: disk \"full\""),
        at("13:00:05", "begin slow try 1 #3"),
        at("13:00:06", "too slow #3"),
        at("13:00:07", "begin mail try 1 #4"),
        at("13:00:08", "stopped #4"),
        at("13:00:09", "begin mail try 1 #5"),
        at("13:00:10", "done #77"),
    ];
    let (_, notes) = desk.import(&[&desk.put("app.txt", log.concat())]);
    assert_eq!(
        desk.rows(),
        [
            "sync|12:00:00.500|12:00:03.250|success||",
            "sync|12:00:01.000|12:00:04.000|failed||disk \"full\"",
            "mail|12:00:02.000||skipped|overlap|",
            "slow|12:00:05.000|12:00:06.000|timeout||",
            "mail|12:00:07.000|12:00:08.000|cancelled||",
            "mail|12:00:09.000||running||",
        ]
    );
    assert_eq!(
        desk.database.rows("SELECT attempt, worker FROM job_runs WHERE attempt = 2"),
        [["2", "w1"]],
        "attempt and worker"
    );
    assert!(notes.contains("app.txt: 1 line tells of no run\n"), "{notes}");
    assert!(
        notes.contains("1 end has no start and is no run; the start may be in an earlier file\n"),
        "{notes}"
    );
}

#[test]
fn without_ids_an_end_belongs_to_the_start_that_its_duration_leads_to_else_to_the_last() {
    let desk = LogDesk::new(
        "[log]\ntime = \"t\"\nmessage = \"m\"\nstarted = 'start (?<job>\\w+)'\n\
         completed = 'end (?<job>\\w+)(?: after (?<duration>.+))?$'\n",
    );
    let line =
        |second: u32, text: &str| format!("{{\"t\":\"2026-11-23T12:00:{second:02}.5Z\",\"m\":\"{text}\"}}\n");
    let log = [
        // Two runs at a time: the longer one ends last.
        line(0, "start a"),
        line(4, "start a"),
        line(6, "end a after 2 sec"),
        line(10, "end a after 10.0s"),
        // The first was lost.
        line(20, "start b"),
        line(30, "start b"),
        line(33, "end b"),
    ];
    desk.import(&[&desk.put("app.log", log.concat())]);
    assert_eq!(
        desk.rows(),
        [
            "a|12:00:00.500|12:00:10.500|success||",
            "a|12:00:04.500|12:00:06.500|success||",
            "b|12:00:20.500||running||",
            "b|12:00:30.500|12:00:33.500|success||",
        ]
    );
}

#[test]
fn lines_that_tell_only_ends_and_durations_are_whole_runs() {
    let desk = LogDesk::new(
        "[log]\ncompleted = 'done (?<job>\\w+) in (?<duration_s>[0-9.]+)s'\nerror = \"error\"\n\
         failed = 'broken (?<job>\\w+) in (?<duration_s>[0-9.]+)s'\n",
    );
    let log = "{\"ts\":1795435200.75,\"msg\":\"done a in 0.25s\"}\n\
               {\"time\":1795435260000,\"msg\":\"broken a in 2s\",\"error\":{\"message\":\"no\\nnet\",\"stack\":\"x\"}}\n\
               2026-11-23 12:02:00,125Z INFO done b in 1s\n";
    desk.import(&[&desk.put("app.log", log)]);
    assert_eq!(
        desk.rows(),
        [
            "a|12:00:00.500|12:00:00.750|success||",
            "a|12:00:58.000|12:01:00.000|failed||no net",
            "b|12:01:59.125|12:02:00.125|success||",
        ]
    );
}

#[test]
fn a_log_that_goes_back_in_time_is_numbered_as_it_stands() {
    let desk = LogDesk::new("[log]\nstarted = 'start (?<job>\\w+)'\ncompleted = 'end (?<job>\\w+)'\n");
    let hour: String = (0..200)
        .map(|n| {
            let at = format!("2026-11-23T12:{:02}:{:02}Z", n / 60, n % 60);
            format!("{at} start a\n{at} end a\n")
        })
        .collect();
    let twice = desk.put("app.log", format!("{hour}{hour}"));
    assert!(desk.import(&[&twice]).0.contains("400 added"));
    assert!(desk.import(&[&twice]).0.contains("400 unchanged"));
}

#[test]
fn what_collectors_and_terminals_add_does_not_matter() {
    let desk = LogDesk::new(UTC);
    let inner = r#"{\"message\":\"🔄 Job started: a\",\"timestamp\":\"2026-11-23T12:00:00.1Z\"}\n"#;
    let log = format!(
        "{{\"log\":\"{inner}\",\"stream\":\"stdout\",\"time\":\"2026-11-23T12:00:00.4Z\"}}\r\n\
         {{\"log\":\"2026-11-23 12:00:01 info: \\u001b[32m✅ Job completed: a (900ms)\\u001b[39m\\n\",\
           \"time\":\"2026-11-23T12:00:01.2Z\"}}\r\n\
         2026-11-23 12:00:02.5 \u{1b}[33minfo\u{1b}[0m: 🔄 Job started: b (staggered +15s)\u{1b}[0m\n\
         at Object.<anonymous> (/app/x.js:1:1)\n{{\"torn\": \"li"
    );
    let (_, notes) = desk.import(&[&desk.put("docker.log", log)]);
    assert_eq!(desk.rows(), ["a|12:00:00.100|12:00:01.200|success||", "b|12:00:02.500||running||"]);
    assert!(notes.contains("2 lines tell of no run"), "{notes}");
    assert_eq!(desk.database.rows("SELECT stagger_offset_s FROM job_runs WHERE job_name = 'b'"), [["15"]]);
}

#[test]
fn lines_that_tell_of_a_run_and_are_wrong_are_refused_or_left_out() {
    let desk = LogDesk::new("[log]\nstarted = 'start (?<job>.+)'\ncompleted = 'end (?<job>.+)'\n");
    let mut log = b"2026-11-23T12:00:00Z start a\n2026-11-23T12:61:00Z start a\nstart b\n".to_vec();
    log.extend(b"2026-11-23T12:00:01Z start \xff\n2026-11-23T12:00:02Z start c\0\n{\"msg\":\"start d\"}\n");
    log.extend(format!("2026-11-23T12:00:03Z start {}\n", "x".repeat(1_001)).as_bytes());
    let path = desk.put("app.log", &log);
    let message = desk.refused(&[], &[&path]);
    assert!(message.contains("app.log, line 2: no time that can be read in"), "{message}");
    let (said, left_out) = desk.import_with(&["--skip-bad"], &[&path]);
    assert!(said.contains("1 added, 0 updated, 0 unchanged, 6 lines left out"), "{said}");
    for part in [
        "line 3: no time that can be read in 'start b'",
        "line 4: the line is not UTF-8 text",
        "line 5: job_name holds a NUL character",
        "line 6: the line has no time under any of its keys",
        "line 7: job_name has 1001 characters",
    ] {
        assert!(left_out.contains(part), "{part}:\n{left_out}");
    }
}

/// Torn lines, NUL bytes, ends in another order, an end without a start, two starts, and a line of 100 MB.
#[test]
fn a_hostile_log_tells_the_runs_that_it_can_tell() {
    let desk = LogDesk::new(UTC);
    let line = |ms: u32, text: &str| {
        format!(
            "{{\"message\":\"{text}\",\"timestamp\":\"2026-11-23T12:00:{:02}.{:03}Z\"}}\r\n",
            ms / 1_000,
            ms % 1_000
        )
    };
    let mut log = [
        line(100, "🔄 Job started: a"),
        line(200, "🔄 Job started: b"),
        line(500, "✅ Job completed: a (400ms)"),
        line(1_200, "🔄 Job started: b"),
        line(2_000, "✅ Job completed: never (5ms)"),
        line(2_500, "✅ Job completed: b (1300ms)"),
        "\0\0\0\n".to_owned(),
    ]
    .concat()
    .into_bytes();
    log.resize(log.len() + 100_000_000, b'x');
    log.push(b'\n');
    log.extend(line(3_000, "❌ Job failed: b (2800ms)").bytes());
    log.extend(&line(4_000, "🔄 Job started: a").as_bytes()[..20]);
    let path = desk.put("app.log", log);
    let message = desk.refused(&[], &[&path]);
    assert!(message.contains("app.log, line 8: the line is longer than 8 MiB"), "{message}");
    let (said, notes) = desk.import_with(&["--skip-bad"], &[&path]);
    assert!(said.contains("3 added, 0 updated, 0 unchanged, 1 line left out"), "{said}");
    assert!(notes.contains("1 end has no start") && notes.contains("2 lines tell of no run"), "{notes}");
    assert_eq!(
        desk.rows(),
        [
            "a|12:00:00.100|12:00:00.500|success||",
            "b|12:00:00.200|12:00:03.000|failed||",
            "b|12:00:01.200|12:00:02.500|success||",
        ]
    );
}

#[test]
fn a_file_of_which_nothing_is_known_says_what_to_do() {
    let desk = LogDesk::new("");
    let path = desk.put("app.txt", "2026-11-23T12:00:00Z hello\n");
    let message = desk.refused(&[], &[&path]);
    assert!(message.contains("say in [log] of the deployment file how its lines read"), "{message}");
    let message = desk.refused(&["--format", "job-log"], &[&path]);
    assert!(message.contains("no built-in pattern describes a line of its first 1 MiB"), "{message}");
    // Runs as NDJSON stay runs.
    let runs = r#"{"job_name":"a","started_at":"2026-11-23T12:00:00Z","status":"success"}"#;
    assert!(desk.import(&[&desk.put("runs.ndjson", runs)]).0.contains("1 added"));
    // The file decides, whatever it is called.
    let log = std::fs::read(measured_file("combined.log")).unwrap();
    let path = desk.put("combined.ndjson", log);
    assert!(desk.import_with(&["--time-zone", "UTC"], &[&path]).0.contains("200 added"));
}

#[test]
fn what_is_wrong_with_a_description_is_said_with_its_line() {
    for (text, message) in [
        ("started = 'start (?<wroker>.+)'", "unknown group 'wroker'; did you mean 'worker'?"),
        ("started = 'start ('", "this is not a regular expression"),
        ("started = 'start'", "'started' has no group 'job'"),
        ("completed = 'done (?<job>.+)'", "tells no duration, and no line tells a start"),
        ("pattern = \"node_corn\"", "unknown log pattern 'node_corn'; did you mean 'node_cron'?"),
        ("pattern = \"node_cron\"\nstarted = 'start (?<job>.+)'", "leave one of them out"),
        ("job = \"name\"", "it describes no line"),
        ("time_format = \"%Q\"", "'%Q' is not a format of a time"),
        ("strated = 'x'", "unknown key 'strated' in [log]; did you mean 'started'?"),
    ] {
        let desk = LogDesk::new(&format!("[log]\n{text}\n"));
        let message_found = desk.refused(&[], &[Path::new("kept.md")]);
        assert!(message_found.contains("deployment.toml:"), "{message_found}");
        assert!(message_found.contains(message), "{text}: {message_found}");
    }
}
