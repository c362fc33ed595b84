//! A look before the end reads no more than its verdicts rest on, and sees what a report sees.

use std::collections::BTreeMap;

use jobdelta::cancellation::Cancellation;
use jobdelta::clock::Clock;
use jobdelta::deployment::DeploymentFile;
use jobdelta::pipeline;
use jobdelta::pipeline::look::look;
use jobdelta::report::model::Report;
use jobdelta::settings::{Overrides, Settings};
use serde_json::Value;

use crate::scene::Scene;
use crate::support::{databases, first_difference};

const TARGETS: &str = "[analysis]\nplacebo_days = 0\nlongest_run = \"1m\"\nscope = \"all\"\n\
                       [targets]\ncompletion_rate = [\">= 90%\", \"> -5pp\"]\nstart_burst = \"<= 1\"\n";

/// All that is said of the rows.
fn said(report: &Report) -> Value {
    let mut said = serde_json::to_value(report).unwrap();
    for key in ["generated_at", "provenance", "source"] {
        said[key] = Value::Null;
    }
    said
}

fn rows_read(report: &Report) -> u64 {
    report.source.rows_read
}

#[test]
fn a_baseline_that_nothing_more_comes_to_is_read_once() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for database in databases() {
        let scene = Scene::new(database, TARGETS);
        let text = std::fs::read_to_string(scene.folder().join("deployment.toml")).unwrap();
        let file = DeploymentFile::read(&text, "deployment.toml", &BTreeMap::new()).unwrap();
        // The window after grows from look to look, and so does what is said of an hour: here it stays.
        let as_of = Some(scene.now.to_string());
        let overrides = Overrides { db: Some(scene.database.url()), as_of, ..Overrides::default() };
        let settings = Settings::resolve(Some(file), &overrides, &BTreeMap::new()).unwrap();
        let cancellation = Cancellation::default();
        let mut known = None;
        let mut seen = || {
            let looked = look(&settings, &mut known, Clock::System, &cancellation);
            let looked = runtime.block_on(looked).unwrap();
            let whole = runtime.block_on(pipeline::run(&settings, Clock::System, &cancellation)).unwrap();
            let [looks, reports] =
                [&looked, &whole].map(|report| serde_json::to_string_pretty(&said(report)).unwrap());
            assert_eq!(first_difference(&reports, &looks), None);
            (rows_read(&looked), rows_read(&whole))
        };
        let (first, whole) = seen();
        assert_eq!(first, whole);
        let (second, whole) = seen();
        assert!(second + 20 <= whole, "{second} of {whole}");
        // What arrives meanwhile is seen.
        scene.add_runs("B", 20..40, "success");
        let (third, whole) = seen();
        assert!(second < third && third < whole, "{second} {third} {whole}");
    }
}
