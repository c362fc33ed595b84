//! The HTML report opened from disk in a real browser: no request, no message, nothing that text from a
//! database could have become, nothing that keeps a reader out; and the same figures as in every format.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use jobdelta::analysis::comparison::ComparisonVerdict;
use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::metric::MEDIAN_DURATION;
use jobdelta::render::view::View;
use jobdelta::render::{Format, Style, render};
use jobdelta::report::finding::findings;
use jobdelta::report::model::Report;
use jobdelta::window::PerSide;
use support::{SAMPLES, sample};

/// As many jobs as make a page long, from those of the demo.
fn of_many_jobs(jobs: usize) -> Report {
    let mut report = sample("demo");
    let pattern = report.jobs.clone();
    report.jobs = (0..jobs)
        .map(|nth| {
            let mut job = pattern[nth % pattern.len()].clone();
            job.name = format!("{} of a rather long family of names, number {nth:03}", job.name);
            job
        })
        .collect();
    report.findings = findings(&report);
    report
}

fn html(report: &Report) -> String {
    String::from_utf8(render(report, Format::Html, None, &Style::PLAIN).unwrap()).unwrap()
}

/// What a browser finds wrong with each page.
fn looked_at(pages: &BTreeMap<&str, String>) -> BTreeMap<PathBuf, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = pages
        .iter()
        .map(|(name, text)| {
            let file = folder.path().join(format!("{name}.html"));
            std::fs::write(&file, text).unwrap();
            file
        })
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/look.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(support::server("JOBDELTA_TEST_CHROMIUM"))
        .args(&files)
        .output()
        .unwrap_or_else(|error| panic!("node does not start ({error}); run ./tests/run"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\nmodules missing? ./tests/run installs them");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn pages_are_quiet_whole_and_open_to_everyone() {
    let mut pages: BTreeMap<&str, String> =
        SAMPLES.into_iter().map(|name| (name, html(&sample(name)))).collect();
    let mut many = of_many_jobs(300);
    many.targets = (0..300).map(|nth| many.targets[nth % many.targets.len()].clone()).collect();
    pages.insert("many-jobs", html(&many));
    for (page, faults) in looked_at(&pages) {
        assert!(faults.is_empty(), "{}:\n{}", page.display(), faults.join("\n"));
    }
}

#[test]
fn what_is_wrong_with_a_page_is_found() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><title>x</title><style></style><script></script><main>{body}"
        )
    };
    let pages = BTreeMap::from([
        ("handler", page("<p onclick=\"x()\">x</p>")),
        ("link", page("<a href=\"https://example.com\">x</a>")),
        ("request", page("<p>x</p><img alt=\"\" src=\"http://127.0.0.1:9/x.png\">")),
        ("message", page("<p>x</p><script>console.log('x')</script>")),
        ("contrast", page("<p><span style=\"color:#ccc;background:#fff\">hard to read</span></p>")),
        ("chart", page("<svg class=\"drawing\" role=\"img\" aria-labelledby=\"a b\"></svg>")),
        ("wide", page("<pre>".to_owned().as_str()) + &"x".repeat(999)),
    ]);
    let found = looked_at(&pages);
    for (name, fault) in [
        ("handler", "has onclick"),
        ("link", "points to https://example.com"),
        ("request", "request: http://127.0.0.1:9/x.png"),
        ("message", "console: x"),
        ("contrast", "axe: color-contrast"),
        ("chart", "a chart without title"),
        ("wide", "wider than the window"),
    ] {
        let faults = found.iter().find(|(file, _)| file.ends_with(format!("{name}.html"))).unwrap().1;
        assert!(faults.iter().any(|found| found.contains(fault)), "{name}: {faults:?}");
    }
}

/// The text of a page without its tags, style sheet and script.
fn text_of(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1.split_once("<script>").unwrap().0;
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_shows_the_figures_of_the_other_formats() {
    let report = sample("demo");
    let (view, page) = (View::of(&report), text_of(&html(&report)));
    let markdown =
        String::from_utf8(render(&report, Format::Markdown, None, &Style::PLAIN).unwrap()).unwrap();
    let mut figures = vec![view.decision.sentence.clone()];
    figures.extend(view.findings.iter().map(|finding| finding.headline.clone()));
    for target in &view.targets {
        figures.extend([&target.before, &target.after, &target.word].into_iter().cloned());
    }
    for row in view.totals.iter().chain(&view.levels) {
        figures.extend([row.before.clone(), row.after.clone()]);
    }
    figures.extend(view.jobs.first.iter().map(|job| job.observed.clone()));
    for figure in figures {
        assert!(page.contains(&figure), "the page lacks '{figure}'");
        assert!(markdown.contains(&figure), "Markdown lacks '{figure}'");
    }
    for job in &view.jobs.listed {
        assert!(page.contains(&job.medians), "{}: {}", job.name, job.medians);
    }
}

#[test]
fn a_job_that_ends_faster_and_fails_more_is_not_among_the_improvements() {
    let mut report = sample("demo");
    let name = report.jobs[1].name.clone();
    let found = report.jobs[1].comparison.get_mut(&MEDIAN_DURATION).unwrap();
    found.verdict = Some(ComparisonVerdict::Inconclusive);
    found.caveats = vec![Restriction::TooFast];
    let (impact, page) = (View::of(&report).impact, html(&report));
    assert_eq!((impact.improvements.len(), impact.too_fast.len()), (0, 1));
    let changes = page.split_once("id=\"changes\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(changes.contains("faster, and no improvement"), "{changes}");
    assert!(text_of(&page).contains(&impact.too_fast[0]), "{}", impact.too_fast[0]);
    assert!(impact.too_fast[0].starts_with(&name) && !changes.contains("□"));
}

#[test]
fn many_changes_are_all_there_and_the_smaller_ones_fold() {
    let mut report = of_many_jobs(300);
    for (nth, job) in report.jobs.iter_mut().enumerate() {
        if let Some(found) = job.comparison.get_mut(&MEDIAN_DURATION) {
            found.verdict = Some(ComparisonVerdict::Regressed);
            found.shift_relative = Some(nth as f64);
        }
    }
    let page = html(&report);
    let changes = page.split_once("id=\"changes\"").unwrap().1.split_once("</section>").unwrap().0;
    let (open, folded) = changes.split_once("<details").unwrap();
    assert_eq!(open.matches("<li>").count(), 10);
    assert_eq!(folded.matches("<li>").count() + 10, View::of(&report).impact.regressions.len());
}

#[test]
fn a_cycle_without_counted_starts_leaves_no_empty_picture() {
    let mut report = sample("demo");
    assert!(html(&report).contains("Each cell is 1 s of the cycle"));
    report.pictures.starts = PerSide::default();
    for job in &mut report.jobs {
        for window in [&mut job.baseline, &mut job.stagger] {
            window.start_seconds = Some((0..60).map(|second| (second, 2)).collect());
            window.start_places.main = None;
        }
    }
    let page = html(&report);
    assert!(page.contains("Above a job&#x27;s line: before") && !page.contains("Each cell is"));
}

#[test]
fn a_page_is_one_file_whose_policy_allows_nothing_else() {
    let page = html(&sample("adversarial"));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    assert!(page.contains("default-src &#x27;none&#x27;; style-src &#x27;sha256-"));
    for reference in ["src=", "@import", "url(", "http-equiv=\"refresh\"", "<iframe", "<form", "<object"] {
        assert!(!page.contains(reference), "{reference}");
    }
    assert_eq!(page.matches("<script").count(), 1, "text became a script");
}

#[test]
fn charts_show_the_first_jobs_and_count_the_rest() {
    let few = html(&sample("demo"));
    let many = html(&of_many_jobs(300));
    assert!(few.contains("aria-labelledby=\"starts-title starts-description\""));
    assert!(many.contains("jobs more; the tables below have every one."), "the rest is counted");
    let rows = |page: &str| page.matches("<tr").count();
    assert!(rows(&many) >= rows(&few) + 290, "every job has a row");
    assert!(many.len() < 1_000_000, "{} bytes", many.len());
}

#[test]
fn a_page_of_very_many_jobs_stays_small_and_says_where_the_others_are() {
    let page = html(&of_many_jobs(5_000));
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    assert!(page.contains("4,000 jobs more are in the JSON report"), "the others are counted");
    assert!(page.contains("-o jobs.csv"));
}

#[test]
fn each_job_has_an_anchor_of_its_own() {
    let mut report = sample("demo");
    report.jobs[2].name = "Live/Stats  sync".to_owned();
    report.jobs[3].name = "…".to_owned();
    let jobs = View::of(&report).jobs.listed;
    let anchors: std::collections::BTreeSet<&str> = jobs.iter().map(|job| job.anchor.as_str()).collect();
    assert_eq!(anchors.len(), jobs.len());
    assert!(
        anchors.contains("job-live-stats-sync") && anchors.contains("job-live-stats-sync-2"),
        "{anchors:?}"
    );
    let page = html(&report);
    assert!(anchors.iter().all(|anchor| page.contains(&format!("<tr id=\"{anchor}\""))), "{anchors:?}");
}

#[test]
fn a_command_beside_each_number_explains_it() {
    let report = sample("demo");
    let page = text_of(&html(&report));
    let flags = "--baseline 2026-02-01T20:56:00Z/2026-02-01T21:00:00Z --stagger \
                 2026-02-01T21:37:00Z/2026-02-02T05:34:00Z --as-of 2026-02-02T05:34:00Z";
    for number in ["missed_runs", "'Referral Tier 2 Processor' median_duration"] {
        let command = format!("jobdelta explain {number} {flags}");
        assert!(page.contains(&command), "the page lacks '{command}'");
    }
}
