//! A product's rows, the runs that are expected of them, and the reports that are compared.

use std::path::{Path, PathBuf};

use jobdelta::clock::{SECOND_US, Span, Timestamp};
use jobdelta::deployment::builtin;
use jobdelta::mapping::NativeRows;
use jobdelta::run::Field;
use serde_json::Value;

use crate::support::{Database, Desk, Engine, Finished, first_difference};

/// What else of a product is read, by the files of its runs, and the mappings for it.
pub(crate) const VARIANTS: [(&str, &str); 2] = [("tasks", "airflow_tasks"), ("tries", "prefect_tries")];

/// A product's tables on one database.
pub(crate) struct Dump {
    pub(crate) product: String,
    pub(crate) engine: Engine,
    script: String,
    pub(crate) folder: PathBuf,
}

pub(crate) const fn script_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
        Engine::MariaDb => "mysql",
    }
}

pub(crate) fn dumps() -> Vec<Dump> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schedulers");
    let mut dumps = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let folder = entry.unwrap().path();
        for engine in Engine::tested() {
            let name = script_name(engine);
            let script = folder.join(name).with_extension("sql");
            if script.exists() {
                dumps.push(Dump {
                    product: folder.file_name().unwrap().to_string_lossy().into_owned(),
                    engine,
                    script: std::fs::read_to_string(script).unwrap(),
                    folder: folder.clone(),
                });
            }
        }
    }
    dumps.sort_by(|a, b| a.product.cmp(&b.product));
    dumps
}

impl Dump {
    /// A database with these tables and rows.
    pub(crate) fn loaded(&self) -> Database {
        let database = Database::fresh(self.engine);
        database.script(&self.script).unwrap_or_else(|error| panic!("{}: {error}", self.case()));
        database
    }

    /// Whether the product keeps such rows here, too, and was run on another database.
    pub(crate) fn is_port(&self) -> bool {
        self.script.starts_with("-- Made ")
    }

    pub(crate) fn case(&self) -> String {
        format!("{} on {:?}", self.product, self.engine)
    }

    /// The file of the runs that are expected. A product that writes other rows to another database has a file
    /// for each; a product that was run on one database only has the file of that one.
    pub(crate) fn expected(&self, variant: &str) -> PathBuf {
        let own = self.folder.join(format!("expected{variant}.{}.csv", script_name(self.engine)));
        let common = self.folder.join(format!("expected{variant}.csv"));
        let other = self.folder.join(format!("expected{variant}.sqlite.csv"));
        [own, common].into_iter().find(|file| file.exists()).unwrap_or(other)
    }

    pub(crate) fn windows(&self) -> [String; 6] {
        windows(&self.expected(""))
    }

    /// The report over a database with these tables, with nothing configured.
    pub(crate) fn report(&self, database: &Database, windows: &[String], more: &[&str]) -> Value {
        report(database, Some(&self.folder), windows, more)
            .unwrap_or_else(|error| panic!("{}: {error}", self.case()))
    }

    /// The table with the runs and its column of the start, of the mapping that a report names.
    pub(crate) fn main(&self, report: &Value) -> (String, String) {
        let known = builtin::find(report["source"]["preset"].as_str().unwrap()).unwrap().mapping;
        match (known.main, known.rows) {
            (Some(main), _) => (main.table, main.started_at),
            (None, NativeRows::Table(table)) => {
                (table, known.columns[&Field::StartedAt].place.column().to_owned())
            }
            (None, NativeRows::Query(_)) => panic!("{}: no table is known", self.case()),
        }
    }
}

/// The runs as a table of their own: a run may have no start, which a file of runs does not allow.
fn table_of(expected: &Path) -> Database {
    let database = Database::fresh(Engine::Sqlite);
    let mut reader = csv::Reader::from_path(expected).unwrap();
    let columns = reader.headers().unwrap().iter().collect::<Vec<_>>().join(", ");
    let value = |text: &str| match text.parse::<Timestamp>() {
        _ if text.is_empty() => "NULL".to_owned(),
        Ok(at) => at.us().to_string(),
        Err(_) => format!("'{}'", text.replace('\'', "''")),
    };
    let row =
        |record: csv::StringRecord| format!("({})", record.iter().map(value).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = reader.records().map(|record| row(record.unwrap())).collect();
    let types = columns.replace("_at", "_at INTEGER").replace("attempt", "attempt INTEGER");
    database.run(&format!(
        "CREATE TABLE job_runs ({types}); INSERT INTO job_runs ({columns}) VALUES {};",
        rows.join(", ")
    ));
    database
}

/// Two windows that hold all runs between them, and an instant after the last.
pub(crate) fn windows(expected: &Path) -> [String; 6] {
    let mut reader = csv::Reader::from_path(expected).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = [place("started_at"), place("finished_at")];
    let mut times: Vec<Timestamp> = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        times.extend(columns.iter().filter_map(|column| record[*column].parse::<Timestamp>().ok()));
    }
    let whole = |at: Timestamp| Timestamp(at.us() - at.us().rem_euclid(SECOND_US));
    let (first, last) = (whole(*times.iter().min().unwrap()), whole(*times.iter().max().unwrap()));
    let end = last.plus(Span::seconds(3_600));
    let middle = whole(first.plus(Span(last.since(first).us() / 2)));
    [
        "--baseline".to_owned(),
        format!("{first}/{middle}"),
        "--stagger".to_owned(),
        format!("{middle}/{end}"),
        "--as-of".to_owned(),
        end.plus(Span::seconds(60)).to_string(),
    ]
}

/// What a report says of the runs, without what it says of its source.
pub(crate) fn figures(report: &Value) -> String {
    let mut report = report.clone();
    for key in ["source", "provenance", "generated_at"] {
        report.as_object_mut().unwrap().remove(key).unwrap();
    }
    let of_source = ["no_time_zone", "clock_change", "rows_open", "source_limit", "bound_by_key"];
    let about_runs = |caveat: &Value| !of_source.contains(&caveat["code"].as_str().unwrap());
    report["caveats"].as_array_mut().unwrap().retain(about_runs);
    report["findings"].as_array_mut().unwrap().retain(|finding| finding["code"] != "source_limit");
    // Rows of what has not started are in the table, and in no file of runs; nor is the scheduler's list of jobs.
    let population = report["population"].as_object_mut().unwrap();
    population.remove("rows");
    population.remove("audit");
    serde_json::to_string_pretty(&report).unwrap()
}

/// The report over a database with nothing configured, or by a mapping that is named.
pub(crate) fn report(
    database: &Database,
    folder: Option<&Path>,
    windows: &[String],
    more: &[&str],
) -> Result<Value, String> {
    let desk = Desk::new();
    // The zone of local times is all that has to be said of a product.
    let deployment = folder.map(|folder| folder.join("deployment.toml")).filter(|file| file.exists());
    if let Some(deployment) = deployment {
        desk.put("deployment.toml", std::fs::read_to_string(deployment).unwrap());
    }
    let mut command = desk.command(["report", "--format", "json", "--db"]);
    command.arg(database.url()).args(windows).args(more);
    let finished = Finished::of(command);
    serde_json::from_str(&finished.stdout).map_err(|_| finished.stderr)
}

/// What the mapping's file says that its product cannot tell, and no caveat of the report says.
fn unsaid_limits(report: &Value) -> Vec<String> {
    let known = builtin::find(report["source"]["preset"].as_str().unwrap()).unwrap().mapping;
    let said = report["caveats"].to_string();
    let limits = known.headline_limit.into_iter().chain(known.known_limits);
    limits.filter(|limit| !said.contains(limit.as_str())).collect()
}

/// Holds what both ways of counting say of `database` against the runs that are expected.
pub(crate) fn differences(
    case: &str,
    database: &Database,
    folder: &Path,
    expected: &Path,
    source: Option<&str>,
) -> Result<(), String> {
    let windows = windows(expected);
    let of_expected = report(&table_of(expected), None, &windows, &[])?;
    for way in ["pushdown", "scan"] {
        let named = source.map(|name| ["--source", name]);
        let more: Vec<&str> = ["--execution", way].into_iter().chain(named.into_iter().flatten()).collect();
        let of_table = report(database, Some(folder), &windows, &more)?;
        if source.is_none() && of_table["source"]["recognised"].is_null() {
            return Err(format!("{case} by {way}: nothing was recognised"));
        }
        let unsaid = unsaid_limits(&of_table);
        if !unsaid.is_empty() {
            return Err(format!("{case} by {way}: the report does not say {unsaid:?}"));
        }
        if let Some(difference) = first_difference(&figures(&of_expected), &figures(&of_table)) {
            return Err(format!("{case} by {way}: {difference}"));
        }
    }
    Ok(())
}
