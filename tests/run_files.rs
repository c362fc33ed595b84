//! Files of runs, as they are read before any database is asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Lines are made with format!, which reads better than write! in a fold.
#![allow(clippy::format_collect, clippy::format_push_string)]

use std::path::PathBuf;

use jobdelta::run::{Run, Status};
use jobdelta::source::import::RunFile;

/// A file in a folder of its own.
struct Given {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Given {
    fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        Self { folder, path }
    }

    /// The runs, or the bad lines, up to what makes reading impossible; messages without the folder.
    fn read(&self) -> Vec<Result<Run, String>> {
        let shown = |message: String| message.replace(&format!("{}/", self.folder.path().display()), "");
        let mut lines = Vec::new();
        let mut file = match RunFile::open(&self.path) {
            Ok(file) => file,
            Err(error) => return vec![Err(shown(error.to_string()))],
        };
        loop {
            match file.next() {
                Ok(Some(Ok(identified))) => lines.push(Ok(identified.run)),
                Ok(Some(Err(bad))) => lines.push(Err(shown(bad.to_string()))),
                Ok(None) => return lines,
                Err(error) => {
                    lines.push(Err(shown(error.to_string())));
                    return lines;
                }
            }
        }
    }

    fn runs(&self) -> Vec<Run> {
        self.read().into_iter().map(Result::unwrap).collect()
    }

    fn messages(&self) -> Vec<String> {
        self.read().into_iter().filter_map(Result::err).collect()
    }

    fn identities(&self) -> Vec<[u8; 32]> {
        let mut file = RunFile::open(&self.path).unwrap();
        let next = || file.next().unwrap().map(|run| run.unwrap().identity.0);
        std::iter::from_fn(next).collect()
    }
}

const HEADER: &str = "job_name,started_at,status,skip_reason,attempt,stagger_offset_s,finished_at";

#[test]
fn csv_and_ndjson_say_the_same() {
    let csv = Given::new(
        "a.csv",
        "status,job_name,run_id,scheduled_at,started_at,finished_at,skip_reason,error_message,worker,attempt,schedule,effective_schedule,stagger_offset_s\r\n\
         failed,\"Sync, \"\"fast\"\" 🦀\",7,1769982000,1769982000123,1769982000123456,,\"first\r\nsecond\",w1,2,* * * * *,*/2 * * * *,-15\r\n\
         \r\n\
         skipped,B,,,2026-02-01T21:40:00Z,,lock,,,,,,",
    );
    let ndjson = Given::new(
        "a.ndjson",
        "{\"run_id\":7,\"job_name\":\"Sync, \\\"fast\\\" \\ud83e\\udd80\",\"scheduled_at\":1769982000,\"started_at\":\"1769982000123\",\
         \"finished_at\":1769982000123456,\"status\":\"failed\",\"error_message\":\"first\\r\\nsecond\",\"worker\":\"w1\",\"attempt\":2,\
         \"schedule\":\"* * * * *\",\"effective_schedule\":\"*/2 * * * *\",\"stagger_offset_s\":-15,\"skip_reason\":null}\r\n\
         \n   \n\
         {\"job_name\":\"B\",\"started_at\":\"2026-02-01 21:40:00Z\",\"status\":\"skipped\",\"skip_reason\":\"lock\",\"worker\":\"\"}",
    );
    let runs = csv.runs();
    assert_eq!(runs, ndjson.runs());
    assert_eq!(csv.identities(), ndjson.identities());
    assert_eq!(runs[0].job_name, "Sync, \"fast\" 🦀");
    assert_eq!(runs[0].run_id.as_deref(), Some("7"));
    assert_eq!(runs[0].error_message.as_deref(), Some("first\r\nsecond"));
    assert_eq!(runs[0].scheduled_at.unwrap().to_string(), "2026-02-01T21:40:00Z");
    assert_eq!(runs[0].started_at.to_string(), "2026-02-01T21:40:00.123Z");
    assert_eq!(runs[0].finished_at.unwrap().to_string(), "2026-02-01T21:40:00.123456Z");
    assert_eq!((runs[0].attempt, runs[0].stagger_offset_s), (Some(2), Some(-15)));
    assert_eq!((runs[1].status, runs[1].skip_reason.as_deref()), (Status::Skipped, Some("lock")));
    assert_eq!((&runs[1].run_id, &runs[1].worker, runs[1].attempt), (&None, &None, None));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for (name, content) in [
        ("a.csv", "\u{feff}job_name,started_at,status\nA,0,success\n"),
        ("a.jsonl", "\u{feff}{\"job_name\":\"A\",\"started_at\":0,\"status\":\"success\"}\n"),
    ] {
        assert_eq!(Given::new(name, content).runs()[0].job_name, "A", "{name}");
    }
}

#[test]
fn names_are_never_changed() {
    let name = "é".repeat(1_000);
    let given = Given::new(
        "a.csv",
        format!("job_name,started_at,status\n A ,0,success\na,0,success\nA,0,success\n{name},0,success\n"),
    );
    let names: Vec<String> = given.runs().into_iter().map(|run| run.job_name).collect();
    assert_eq!(names, [" A ", "a", "A", name.as_str()]);
}

#[test]
fn impossible_times_are_kept() {
    let given = Given::new("a.csv", "job_name,started_at,status,finished_at\nA,100,success,50\n");
    assert!(given.runs()[0].finished_at.unwrap() < given.runs()[0].started_at);
}

#[test]
fn a_header_must_be_one_of_runs() {
    for (header, message) in [
        ("", "a.csv: the file is empty; its first line must name the columns"),
        ("\n\n", "a.csv: the file is empty; its first line must name the columns"),
        (
            "job_name,strted_at,status\n",
            "a.csv, line 1: 'strted_at' is not a column of a run; did you mean 'started_at'?",
        ),
        (
            "\nJob_Name,started_at,status\n",
            "a.csv, line 2: 'Job_Name' is not a column of a run; did you mean 'job_name'?",
        ),
        (
            "job_name,started_at\n",
            "a.csv, line 1: status is missing; every run needs job_name, started_at and status",
        ),
        ("job_name,started_at,status,status\n", "a.csv, line 1: status is given twice"),
        (
            "job_name;started_at;status\n",
            "a.csv, line 1: the header has no commas; cells are separated by commas",
        ),
        (
            "job_name,\"started_at,status\nA,1,success\n",
            "a.csv, line 1: a quoted cell is opened here and never closed",
        ),
    ] {
        assert_eq!(Given::new("a.csv", header).messages(), [message], "{header}");
    }
}

#[test]
fn every_bad_csv_line_is_named_with_its_reason() {
    let lines = [
        ("A,0,success,,,", "the line has 6 cells, the header has 7"),
        ("A,0,success,,,,,", "the line has 8 cells, the header has 7"),
        (",0,success,,,,", "job_name is missing; every run needs job_name, started_at and status"),
        ("A,,success,,,,", "started_at is missing; every run needs job_name, started_at and status"),
        ("A,0,ok,,,,", "status 'ok' is not one of running, success, failed, timeout, skipped, cancelled"),
        (
            "A,0,Success,,,,",
            "status 'Success' is not one of running, success, failed, timeout, skipped, cancelled",
        ),
        (
            "A,0,success,lock,,,",
            "skip_reason 'lock' on a run with status 'success'; only skipped runs have one",
        ),
        (
            "A,2026-02-01T21:37:00,success,,,,",
            "started_at '2026-02-01T21:37:00' is not a time; write RFC 3339 with an offset \
             (2026-02-01T21:37:00Z) or a whole number since the epoch",
        ),
        (
            "A,0,success,,,,1.5",
            "finished_at '1.5' is not a time; write RFC 3339 with an offset (2026-02-01T21:37:00Z) or a \
             whole number since the epoch",
        ),
        (
            "A,0300-01-01T00:00:00Z,success,,,,",
            "started_at '0300-01-01T00:00:00Z' lies outside the years 1000 to 9999",
        ),
        ("A,0,success,,-1,,", "attempt '-1' is not a whole number from 0 to 2147483647"),
        ("A,0,success,,1.0,,", "attempt '1.0' is not a whole number from 0 to 2147483647"),
        (
            "A,0,success,,,3000000000,",
            "stagger_offset_s '3000000000' is not a whole number from -2147483648 to 2147483647",
        ),
        (
            "A\0B,0,success,,,,",
            "job_name holds a NUL character, which PostgreSQL cannot keep in text; remove it from the file",
        ),
        (
            "5\" pipe 6\",0,success,,,,",
            "a quote is inside a cell; put the whole cell in quotes and double those inside (\"say \
             \"\"hi\"\"\")",
        ),
    ];
    for (line, reason) in lines {
        // A record over two lines and a blank line before it must not move the number.
        let content = format!("{HEADER}\r\n\"A\r\nB\",0,success,,,,\r\n\r\n{line}\r\nA,1,success,,,,\r\n");
        let given = Given::new("a.csv", content);
        assert_eq!(given.messages(), [format!("a.csv, line 5: {reason}")]);
        assert_eq!(given.read().len(), 3, "reading goes on after {line}");
    }
}

#[test]
fn texts_longer_than_the_table_are_refused() {
    let name = "🦀".repeat(1_001);
    let given = Given::new("a.csv", format!("job_name,started_at,status\n{name},0,success\n"));
    assert_eq!(given.messages(), ["a.csv, line 2: job_name has 1001 characters; 1000 are the most"]);
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let csv = Given::new("a.csv", b"job_name,started_at,status\n\xff,0,success\nA,0,success\n");
    assert_eq!(csv.messages(), ["a.csv, line 2: the line is not UTF-8 text; save the file as UTF-8"]);
    assert_eq!(csv.read().len(), 2);
    let ndjson = Given::new("a.jsonl", b"{\"job_name\":\"\xff\"}\n");
    assert_eq!(ndjson.messages(), ["a.jsonl, line 1: the line is not UTF-8 text; save the file as UTF-8"]);
}

/// Otherwise a truncated file, or the rest of one after a stray quote, would be one long text.
#[test]
fn a_quote_that_is_never_closed_ends_the_reading() {
    let given = Given::new("a.csv", "job_name,started_at,status\nA,0,success\nB,0,\"success\nC,0,success\n");
    assert_eq!(given.messages(), ["a.csv, line 3: a quoted cell is opened here and never closed"]);
    assert_eq!(given.read().len(), 2);
}

#[test]
fn a_line_that_would_fill_the_memory_ends_the_reading() {
    let mut content = b"job_name,started_at,status\nA,0,\"".to_vec();
    content.resize(9 << 20, b'x');
    assert_eq!(Given::new("a.csv", &content).messages(), ["a.csv, line 2: the line is longer than 8 MiB"]);
}

#[test]
fn every_bad_ndjson_line_is_named_with_its_reason() {
    for (line, reason) in [
        ("[1, 2]", "the line is not a JSON object with the columns of a run"),
        ("\"text\"", "the line is not a JSON object with the columns of a run"),
        ("null", "the line is not a JSON object with the columns of a run"),
        ("{\"job_name\": \"A\"", "not valid JSON: EOF while parsing an object, at byte 16"),
        ("{\"job_name\": \"A\"} {}", "not valid JSON: trailing characters, at byte 19"),
        ("{\"job\": \"A\"}", "'job' is not a column of a run; did you mean 'job_name'?"),
        (
            "{\"job_name\": \"A\", \"started_at\": 0}",
            "status is missing; every run needs job_name, started_at and status",
        ),
        (
            "{\"job_name\": null, \"started_at\": 0, \"status\": \"success\"}",
            "job_name is missing; every run needs job_name, started_at and status",
        ),
        ("{\"job_name\": \"A\", \"job_name\": \"A\"}", "job_name is given twice"),
        ("{\"job_name\": true}", "job_name is true or false; it must be text, a whole number or null"),
        ("{\"worker\": [1, {}]}", "worker is a list; it must be text, a whole number or null"),
        ("{\"worker\": {\"a\": 1}}", "worker is an object; it must be text, a whole number or null"),
        (
            "{\"started_at\": 1.5}",
            "started_at is a number with a fraction or beyond 64 bits; it must be text, a whole number or \
             null",
        ),
        (
            "{\"job_name\": \"A\\u0000\", \"started_at\": 0, \"status\": \"success\"}",
            "job_name holds a NUL character, which PostgreSQL cannot keep in text; remove it from the file",
        ),
        (
            "{\"job_name\": \"A\", \"started_at\": 0, \"status\": \"a\\u001bb\"}",
            "status 'a\\u{1b}b' is not one of running, success, failed, timeout, skipped, cancelled",
        ),
    ] {
        let good = "{\"job_name\":\"A\",\"started_at\":0,\"status\":\"success\"}";
        let given = Given::new("a.ndjson", format!("{good}\n\n{line}\n{good}"));
        assert_eq!(given.messages(), [format!("a.ndjson, line 3: {reason}")]);
        assert_eq!(given.read().len(), 3, "reading goes on after {line}");
    }
}

#[test]
fn an_empty_ndjson_file_holds_no_runs() {
    assert_eq!(Given::new("a.jsonl", "").read(), []);
    assert_eq!(Given::new("a.csv", "job_name,started_at,status\n").read(), []);
}

#[test]
fn names_of_files_say_what_is_inside() {
    let [message] = &Given::new("a.txt", "").messages()[..] else { panic!("one message") };
    assert!(message.starts_with("a.txt: the name must end in .csv, .ndjson or .jsonl, or"), "{message}");
    assert_eq!(Given::new("a.CSV", "job_name,started_at,status\n").read(), []);
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("runs.csv");
    std::fs::create_dir(&directory).unwrap();
    let message = RunFile::open(&directory).unwrap_err().to_string();
    assert!(message.ends_with("runs.csv: this is a directory, not a file of runs"), "{message}");
    let missing = RunFile::open(&folder.path().join("none.csv")).unwrap_err();
    assert!(missing.to_string().starts_with("failed to read "), "{missing}");
}

/// Equal lines are different runs, wherever in the file they stand, and the same again when read again.
#[test]
fn identities_do_not_depend_on_the_order_of_other_lines() {
    let line = |job: &str, at: u32| format!("{job},{at},success\n");
    let header = "job_name,started_at,status\n".to_owned();
    let sorted: String = (0..500).flat_map(|at| [line("A", at), line("B", at), line("A", at)]).collect();
    let mut parted: Vec<String> = (0..500).map(|at| line("A", at)).collect();
    parted.extend((0..500).map(|at| line("B", at)));
    // Jumps back over more starts than are remembered.
    parted.extend((0..500).map(|at| line("A", (at * 7) % 500)));
    let mut sorted = Given::new("a.csv", header.clone() + &sorted).identities();
    let mut parted = Given::new("b.csv", header + &parted.concat()).identities();
    sorted.sort_unstable();
    parted.sort_unstable();
    assert_eq!(sorted, parted);
    sorted.dedup();
    assert_eq!(sorted.len(), 1_500);
}
