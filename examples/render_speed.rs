//! How long a report takes from the model to the bytes of every format:
//! `cargo run --release --example render_speed -- report.json [FOLDER]`.
//!
//! Reads a JSON report; writes the formats into FOLDER, where one is named. `benches/render.sh` makes the
//! report of 300 jobs that it is meant for.

#![allow(clippy::print_stdout)] // a program for the terminal

use std::error::Error;
use std::path::PathBuf;

use jobdelta::clock::Stopwatch;
use jobdelta::deployment::Email;
use jobdelta::render::{Format, RenderError, Style, TemplateChoice, email, render};
use jobdelta::report::model::Report;

/// What is written, and by which template.
const FILES: [(&str, Format, Option<TemplateChoice<'static>>); 7] = [
    ("report.html", Format::Html, None),
    ("report.md", Format::Markdown, None),
    ("final-summary.md", Format::Markdown, Some(TemplateChoice::FINAL_SUMMARY)),
    ("report.json", Format::Json, None),
    ("report.txt", Format::Text, None),
    ("report.xml", Format::Junit, None),
    ("brief.md", Format::Brief, None),
];

fn mail(report: &Report) -> Result<Vec<u8>, RenderError> {
    let address = |name: &str| format!("{name}@example.org");
    email::message(report, &Email { from: Some(address("jobs")), to: vec![address("team")], subject: None })
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let report = arguments.next().ok_or("which report? name its JSON file")?;
    let folder = arguments.next();
    let report: Report = serde_json::from_slice(&std::fs::read(report)?)?;
    println!("{} jobs", report.jobs.len());
    let mut total = 0.0;
    let mut measured = |name: &str, made: &dyn Fn() -> Result<Vec<u8>, RenderError>| {
        let watch = Stopwatch::start();
        let bytes = made()?;
        let ms = watch.elapsed().as_secs_f64() * 1_000.0;
        total += ms;
        println!("{name:<18}{ms:>8.1} ms{:>12} bytes", bytes.len());
        match &folder {
            Some(folder) => std::fs::write(folder.join(name), bytes).map_err(Box::<dyn Error>::from),
            None => Ok(()),
        }
    };
    for (name, format, template) in FILES {
        measured(name, &|| render(&report, format, template.as_ref(), &Style::PLAIN))?;
    }
    measured("report.eml", &|| mail(&report))?;
    println!("{:<18}{total:>8.1} ms", "all");
    Ok(())
}
