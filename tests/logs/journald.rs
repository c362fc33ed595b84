//! Journals of systemd. The entries are made up; fields and message ids are those of systemd 252.

use crate::support::own_log::LogDesk;
use crate::support::report_of;

const STARTING: &str = "7d4958e842da4a758f6c1cdc7b36dcc5";
const STARTED: &str = "39f53479d3a045ac8e11786248231fbf";
const START_FAILED: &str = "be02cf6855d2428ba40df7e9d022f03d";
const STOPPING: &str = "de5b426a63be47a7b6ac3eaac82e2f6f";
const PROCESS_EXIT: &str = "98e322203f7a4ed290d09fe03c09fe15";
const SUCCESS: &str = "7ad2d189f7e94e70a38c781354912448";
const FAILURE: &str = "d9b373ed55a64feb8242e02dbe79a49c";
const SKIPPED: &str = "0e4284a0caca4bfc81c0bb6786972673";

/// 2026-11-23T12:00:00Z
const NOON_US: i64 = 1_795_435_200_000_000;

/// An entry of the manager, so many milliseconds after noon.
fn entry(ms: i64, unit: &str, invocation: &str, id: &str, more: &str) -> String {
    let at = NOON_US + ms * 1_000;
    format!(
        "{{\"__CURSOR\":\"s=1;i={ms}\",\"__REALTIME_TIMESTAMP\":\"{at}\",\"_HOSTNAME\":\"box\",\"_PID\":\"1\",\
         \"SYSLOG_IDENTIFIER\":\"systemd\",\"UNIT\":\"{unit}\",\"INVOCATION_ID\":\"{invocation}\",\
         \"MESSAGE_ID\":\"{id}\"{more}}}\n"
    )
}

fn message(text: &str) -> String {
    format!(",\"MESSAGE\":\"{text}\"")
}

/// Services that end well, badly, late, by hand, by a condition, and not.
fn journal() -> Vec<String> {
    let exit = |code: &str, status: u8| format!(",\"EXIT_CODE\":\"{code}\",\"EXIT_STATUS\":\"{status}\"");
    let result = |result: &str| format!(",\"UNIT_RESULT\":\"{result}\"");
    vec![
        // A oneshot service.
        entry(0, "backup.service", "i1", STARTING, ",\"MESSAGE\":[83,116,97,114,116,27,91,48,109,255]"),
        // Bytes that are no text, a message that was too long to be written, a field that is there twice.
        "{\"__REALTIME_TIMESTAMP\":\"1795435200500000\",\"MESSAGE\":[104,105,255],\"_SYSTEMD_UNIT\":\"backup.service\"}\n\
         {\"__REALTIME_TIMESTAMP\":\"1795435200600000\",\"MESSAGE\":null,\"_SYSTEMD_UNIT\":[\"backup.service\",\"b\"]}\n"
            .to_owned(),
        entry(1_250, "backup.service", "i1", SUCCESS, &message("backup.service: Deactivated successfully.")),
        entry(1_251, "backup.service", "i1", STARTED, &message("Finished backup.")),
        // One that fails, and is started again.
        entry(10_000, "backup.service", "i2", STARTING, ""),
        entry(11_000, "backup.service", "i2", PROCESS_EXIT, &exit("exited", 3)),
        entry(11_001, "backup.service", "i2", FAILURE, &result("exit-code")),
        entry(11_002, "backup.service", "i2", START_FAILED, ",\"JOB_RESULT\":\"failed\""),
        entry(12_000, "backup.service", "i3", STARTING, ""),
        entry(15_000, "backup.service", "i3", PROCESS_EXIT, &exit("killed", 15)),
        entry(15_001, "backup.service", "i3", FAILURE, &result("timeout")),
        // A simple service, which is stopped by a person.
        entry(20_000, "sync.service", "i4", STARTED, &message("Started sync.")),
        entry(25_000, "sync.service", "i4", STOPPING, &message("Stopping sync...")),
        entry(25_500, "sync.service", "i4", PROCESS_EXIT, &exit("killed", 15)),
        entry(25_501, "sync.service", "i4", SUCCESS, ""),
        // Conditions of the unit, and of the service.
        entry(30_000, "sync.service", "", STARTED, &message("Condition check resulted in sync being skipped.")),
        entry(31_000, "mail.service", "i5", STARTING, ""),
        entry(31_100, "mail.service", "i5", SKIPPED, ""),
        // One that stays active after its process, one whose dependency failed, and one that is running.
        entry(40_000, "setup.service", "i6", STARTING, ""),
        entry(41_000, "setup.service", "i6", STARTED, &message("Finished setup.")),
        entry(42_000, "mail.service", "", START_FAILED, ",\"JOB_RESULT\":\"dependency\""),
        entry(43_000, "backup.timer", "i7", STARTED, &message("Started backup.timer.")),
        entry(50_000, "backup.service", "i8", STARTING, ""),
    ]
}

const RUNS: [&str; 8] = [
    "backup|12:00:00.000|12:00:01.250|success||",
    "backup|12:00:10.000|12:00:11.001|failed||exit-code: exited 3",
    "backup|12:00:12.000|12:00:15.001|timeout||timeout: killed 15",
    "sync|12:00:20.000|12:00:25.501|cancelled||",
    "sync|12:00:30.000||skipped|condition|",
    "mail|12:00:31.000|12:00:31.100|skipped|condition|",
    "setup|12:00:40.000|12:00:41.000|success||",
    "backup|12:00:50.000||running||",
];

#[test]
fn services_are_runs_by_their_invocation() {
    let desk = LogDesk::new("");
    let (said, notes) = desk.import(&[&desk.put("journal.json", journal().concat())]);
    assert_eq!(desk.rows(), RUNS);
    assert!(said.contains("8 added"), "{said}");
    assert!(notes.contains("3 lines tell of no run"), "{notes}");
    assert!(notes.contains("1 run failed before anything of it started"), "{notes}");
    assert!(notes.contains("a journal does not say which services a timer starts"), "{notes}");
    let ids = desk.database.rows("SELECT run_id, worker FROM job_runs WHERE run_id = 'i2'");
    assert_eq!(ids, [["i2", "box"]]);
}

#[test]
fn journals_that_overlap_tell_no_run_twice() {
    let desk = LogDesk::new("");
    let lines = journal();
    let early = desk.put("early.json", lines[..15].concat());
    let late = desk.put("late.json", lines[4..].concat());
    desk.import(&[&late, &early]);
    assert_eq!(desk.rows(), RUNS);
    let more = entry(59_000, "backup.service", "i8", SUCCESS, "");
    let (said, _) = desk.import(&[&desk.put("grown.json", format!("{}{more}", lines.concat()))]);
    assert!(said.contains("0 added, 1 updated"), "{said}");
}

#[test]
fn a_service_of_an_older_systemd_ends_once() {
    let desk = LogDesk::new("");
    let journal = [
        entry(0, "backup.service", "i1", STARTING, ""),
        entry(1_000, "backup.service", "i1", SUCCESS, &message("backup.service: Succeeded.")),
        entry(1_001, "backup.service", "i1", STARTED, &message("Started backup.")),
    ];
    desk.import_with(&["--format", "journald"], &[&desk.put("journal", journal.concat())]);
    assert_eq!(desk.rows(), ["backup|12:00:00.000|12:00:01.000|success||"]);
}

#[test]
fn a_journal_is_reported_as_it_is() {
    let desk = LogDesk::new("");
    let journal = desk.put("journal.json", journal().concat());
    let mut command = desk.command(["report", "--format", "json", "--at", "2026-11-23T12:00:15Z"]);
    command.args(["--settle", "0s", "--as-of", "2026-11-23T12:00:30Z"]).arg(journal);
    let report = report_of(command);
    assert_eq!(report["totals"]["baseline"]["started"], 3);
    assert_eq!(report["totals"]["stagger"]["cancelled"], 1);
    let caveats = report["caveats"].to_string();
    assert!(caveats.contains("does not say which services a timer starts"), "{caveats}");
}

#[test]
fn what_is_no_entry_is_refused() {
    let desk = LogDesk::new("");
    let torn = format!("{}{{\"__REALTIME_TIMESTAMP\":\"17", journal()[0]);
    let path = desk.put("journal.json", torn);
    let message = desk.refused(&[], &[&path]);
    assert!(message.contains("journal.json, line 2: not an entry of a journal"), "{message}");
    assert!(desk.import_with(&["--skip-bad"], &[&path]).0.contains("1 added"), "the rest is kept");
}
