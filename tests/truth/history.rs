//! The reports of the histories, made once for all tests of the program.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use jobdelta::report::model::Report;

use crate::support::{PYTHON, jobdelta_in};

/// The report of one history.
pub struct History {
    pub name: String,
    pub seed: String,
    /// What is true of its rows, in words.
    pub truth: String,
    pub report: Report,
}

/// The seeds that are tried.
pub fn seeds() -> Vec<String> {
    let given = std::env::var("JOBDELTA_TRUTH_SEEDS").unwrap_or_else(|_| "7,1,2".to_owned());
    given.split(',').map(|seed| seed.trim().to_owned()).collect()
}

/// Every history, for every seed.
pub fn histories() -> &'static [History] {
    static HISTORIES: OnceLock<Vec<History>> = OnceLock::new();
    HISTORIES.get_or_init(|| seeds().iter().flat_map(|seed| of_seed(seed)).collect())
}

fn of_seed(seed: &str) -> Vec<History> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth/scenarios.py");
    let status =
        Command::new(PYTHON).arg(script).env("SEED", seed).current_dir(folder.path()).status().expect(PYTHON);
    assert!(status.success());
    let entries = std::fs::read_dir(folder.path()).expect("the folder of the histories");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "meta"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    in_threads(names, |name| of_name(folder.path(), seed, name))
}

/// What `of` makes of each name; as many at once as the machine has processors.
fn in_threads(names: Vec<String>, of: impl Fn(String) -> History + Sync) -> Vec<History> {
    let (waiting, done) = (Mutex::new(names), Mutex::new(Vec::new()));
    let work = || {
        while let Some(name) = { waiting.lock().expect("the names").pop() } {
            let history = of(name);
            done.lock().expect("the histories").push(history);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().expect("the histories");
    done.sort_by(|a, b| a.name.cmp(&b.name));
    done
}

fn of_name(folder: &Path, seed: &str, name: String) -> History {
    let meta = std::fs::read_to_string(folder.join(format!("{name}.meta"))).expect("the arguments");
    let (arguments, truth) = meta.trim_end().split_once('\n').expect("two lines");
    let mut given = vec!["report".to_owned(), format!("{name}.csv"), "--format=json".to_owned()];
    given.extend(words(arguments));
    if folder.join(format!("{name}.toml")).exists() {
        given.extend(["--deployment".to_owned(), format!("{name}.toml")]);
    }
    let json = jobdelta_in(folder, &given).succeeded();
    let report = serde_json::from_str(&json).expect("a report is JSON");
    History { name, seed: seed.to_owned(), truth: truth.to_owned(), report }
}

/// The words of a line as a shell splits them, with single quotes only.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}
