//! Files of runs.

use jobdelta::source::import::RunFile;

use crate::mutation::Seeds;
use crate::{Fate, fuzz};

const CSV: &[&str] = &[
    "job_name,started_at,finished_at,status\na,2026-02-01T21:37:00Z,2026-02-01T21:38:00+02:00,success\nb,1769982000,,running\n",
    "run_id,job_name,status,started_at,error_message,attempt\r\n1,\"a, \"\"b\"\"\nc\",failed,1769982000123,\"x\",2\r\n2,d,skipped,0,,\r\n",
];

const NDJSON: &[&str] = &[
    "{\"job_name\":\"a\",\"started_at\":\"2026-02-01T21:37:00Z\",\"status\":\"success\"}\n{\"job_name\":\"b\",\"started_at\":1769982000,\"finished_at\":null,\"status\":\"running\"}\n",
    "{\"run_id\":\"1\",\"job_name\":\"\\u0041\",\"started_at\":1769982000123,\"status\":\"failed\",\"error_message\":\"x\",\"attempt\":2}\n\n",
];

const WORDS: &[&str] = &[
    "job_name",
    "started_at",
    "finished_at",
    "scheduled_at",
    "status",
    "skip_reason",
    "error_message",
    "run_id",
    "attempt",
    "success",
    "failed",
    "timeout",
    "skipped",
    "cancelled",
    "running",
    "overlap",
    "lock",
    "\"\"",
    "\n\n",
    "\r\n",
    "\\u0000",
    "\\ud800",
    "2026-02-01T21:37:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "1000-01-01T00:00:00+23:59",
    ",,",
    "null",
];

/// The bytes in a file of that ending, read to its end.
fn read_all(name: &str, seeds: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    let seeds = Seeds { inputs: seeds.iter().map(|text| text.as_bytes().to_vec()).collect(), words: WORDS };
    fuzz(name, 4_000, &seeds, |input, _| {
        std::fs::write(&file, input).unwrap();
        let Ok(mut runs) = RunFile::open(&file) else { return Fate::Refused };
        let mut fate = Fate::Read;
        loop {
            match runs.next() {
                Ok(Some(Ok(_))) => {}
                Ok(Some(Err(bad))) => {
                    assert!(!bad.to_string().is_empty());
                    fate = Fate::Refused;
                }
                Ok(None) => return fate,
                Err(_) => return Fate::Refused,
            }
        }
    });
}

#[test]
fn a_csv_file() {
    read_all("runs.csv", CSV);
}

#[test]
fn an_ndjson_file() {
    read_all("runs.ndjson", NDJSON);
}
