//! An observations file as the baseline of a report.

use std::collections::BTreeMap;
use std::path::Path;

use jobdelta::analysis::analyse;
use jobdelta::cancellation::Cancellation;
use jobdelta::clock::{Clock, Timestamp};
use jobdelta::deployment::DeploymentFile;
use jobdelta::judgement::judge;
use jobdelta::mapping::SourceLimits;
use jobdelta::observation::Observations;
use jobdelta::pipeline;
use jobdelta::render::{Format, Style, render};
use jobdelta::report::assemble::{Parts, assemble};
use jobdelta::report::baseline::baseline;
use jobdelta::report::model::Report;
use jobdelta::settings::{Overrides, Question, Settings};

use crate::mutation::Seeds;
use crate::{Fate, fuzz};

const DEPLOYMENT: &str = r#"
name = "x"
[windows]
baseline = { start = "2026-02-01T00:00:00Z", end = "2026-02-01T02:00:00Z" }
stagger = { start = "2026-02-01T03:00:00Z", end = "2026-02-01T05:00:00Z" }
exclude = [{ start = "2026-02-01T03:30:00Z", end = "2026-02-01T03:40:00Z", reason = "copied" }]
[analysis]
scope = "all"
min_runs = 5
[[jobs]]
name = "a"
schedule = "*/5 * * * *"
offset = "0s"
[targets]
completion_rate = [">= 95%", "> -1pp"]
median_duration = { target = "<= +5%", job = "each" }
p95_duration = { target = "<= +5%", job = "a" }
peak_concurrency = "<= baseline"
"#;

/// Two jobs, every outcome, most optional columns.
fn runs() -> String {
    let mut lines =
        vec!["job_name,started_at,scheduled_at,finished_at,status,skip_reason,error_message".to_owned()];
    for nth in 0..60_i64 {
        let fire = 1_769_904_000_000_000 + nth * 300_000_000;
        let start = fire + nth % 7 * 1_000_000;
        let end = start + 20_000_000 + (nth * 7_919) % 61 * 400_000;
        let (status, skip, error) = match nth % 20 {
            3 => ("failed", "", "no connection"),
            7 => ("timeout", "", ""),
            11 => ("skipped", "lock", ""),
            13 => ("cancelled", "", ""),
            17 => ("running", "", ""),
            _ => ("success", "", ""),
        };
        let ended = if ["skipped", "running"].contains(&status) { String::new() } else { end.to_string() };
        lines.push(format!("a,{start},{fire},{ended},{status},{skip},{error}"));
        if nth % 3 == 0 {
            lines.push(format!(
                "b,{},{fire},{},success,,",
                start + 2_500_000,
                start + 2_500_000 + nth * 1_000
            ));
        }
    }
    lines.join("\n") + "\n"
}

fn settings(folder: &Path, baseline_report: Option<&str>) -> Settings {
    let file = DeploymentFile::read(DEPLOYMENT, "d.toml", &BTreeMap::new()).unwrap();
    let overrides = Overrides {
        files: vec![folder.join("runs.csv")],
        baseline_report: baseline_report.map(Into::into),
        as_of: Some("2026-02-01T05:00:00Z".to_owned()),
        ..Overrides::default()
    };
    Settings::resolve(Some(file), &overrides, &BTreeMap::new()).unwrap()
}

/// All that follows from a baseline that was read.
fn conclude(question: &Question, now: &Observations, source: &Report, text: &str) -> Option<Report> {
    let elsewhere = baseline(text, "main.observations.json", question).ok()?;
    let observations = now.clone().with_baseline(elsewhere, &question.exclusions);
    let analysis = analyse(&observations, &question.analysis, &question.jobs);
    let judgement = judge(
        &question.targets,
        &question.triggers,
        &[],
        &analysis,
        &question.jobs,
        &question.analysis,
        question.absent_job,
    )
    .unwrap();
    Some(assemble(Parts {
        question,
        observations,
        analysis,
        judgement,
        source: source.source.clone(),
        limits: SourceLimits::default(),
        scheduler: None,
        provenance: Vec::new(),
        generated_at: Timestamp(0),
    }))
}

#[test]
fn an_observations_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("runs.csv"), runs()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let settings = settings(folder.path(), None);
    let cancellation = Cancellation::default();
    let report =
        runtime.block_on(pipeline::run(&settings, Clock::Fixed(Timestamp(0)), &cancellation)).unwrap();
    let kept = report.observations.clone().unwrap();
    let now = Observations {
        as_of: kept.as_of,
        windows: report_windows(&kept),
        baseline: kept.stagger.clone(),
        stagger: kept.stagger.clone(),
        coverage: jobdelta::observation::Coverage {
            first_started: kept.first_started,
            last_started: None,
            ..jobdelta::observation::Coverage::default()
        },
        excluded_runs: vec![0],
        recorded: kept.recorded,
        pictures: jobdelta::observation::pictures::ObservedPictures::default(),
        ordinary: jobdelta::observation::ordinary::OrdinaryDays::default(),
    };
    let text = render(&report, Format::Observations, None, &Style::PLAIN).unwrap();
    assert!(conclude(&settings.question, &now, &report, std::str::from_utf8(&text).unwrap()).is_some());
    let words: &[&str] = &["null", "[]", "{}", "[0,0,0,0,0,0]", "\"2026-02-01T03:00:00Z\"", "\"a\"", "\"b\""];
    let seeds = Seeds { inputs: vec![text], words };
    fuzz("observations file", 1_000, &seeds, |input, draw| {
        let text = String::from_utf8_lossy(input);
        let Some(concluded) = conclude(&settings.question, &now, &report, &text) else {
            return Fate::Refused;
        };
        if draw.below(8) == 0 {
            for format in
                [Format::Text, Format::Markdown, Format::Html, Format::Json, Format::Junit, Format::Brief]
            {
                render(&concluded, format, None, &Style::PLAIN).unwrap();
            }
        }
        Fate::Read
    });
}

fn report_windows(
    kept: &jobdelta::report::kept::KeptObservations,
) -> jobdelta::window::PerSide<jobdelta::window::Window> {
    use jobdelta::window::{Chosen, Exclusion, PerSide, Period, Window};
    let gaps: Vec<Exclusion> = kept
        .window
        .excluded
        .iter()
        .map(|period| Exclusion { period: *period, reason: String::new() })
        .collect();
    let period = Period { start: kept.window.start, end: kept.window.end };
    let window = Window::observe(period, kept.as_of, &gaps, Chosen::Given, None);
    PerSide { baseline: window.clone(), stagger: window }
}
