//! What readers see: both templates and the terminal on the sample reports, held by golden files, and
//! the safety of text that comes from elsewhere.

// Tests fail by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub)]

#[path = "support/golden.rs"]
mod golden;
#[path = "support/markdown.rs"]
mod markdown;
#[path = "support/sample.rs"]
mod sample;

use golden::golden;
use jobdelta::render::json::{self, Tables};
use jobdelta::render::{Format, Style, render, terminal};
use jobdelta::render::{TemplateChoice, templates};
use jobdelta::report::finding::findings;
use jobdelta::report::model::Report;
use markdown::{assert_even_rows, walk};
use sample::{SAMPLES, sample};
use unicode_width::UnicodeWidthStr;

fn markdown(report: &Report, template: &TemplateChoice) -> String {
    String::from_utf8(render(report, Format::Markdown, Some(template), &Style::PLAIN).unwrap()).unwrap()
}

/// The built-in templates that make Markdown.
fn markdown_templates() -> impl Iterator<Item = TemplateChoice<'static>> {
    TemplateChoice::BUILT_IN.into_iter().filter(|template| template.is_for(Format::Markdown))
}

#[test]
fn the_samples_look_as_they_were_approved() {
    for name in SAMPLES {
        let report = sample(name);
        for template in markdown_templates() {
            golden(
                &format!("tests/fixtures/rendered/{name}.{}", template.name),
                &markdown(&report, &template),
            );
        }
        golden(&format!("tests/fixtures/rendered/{name}.txt"), &terminal::check(&report, &Style::PLAIN));
    }
}

#[test]
fn the_listing_for_template_authors_is_up_to_date() {
    golden("templates/CONTEXT.md", &templates::context_listing().unwrap());
}

#[test]
fn json_is_the_contract_and_reads_back() {
    let report = sample("demo");
    let bytes = render(&report, Format::Json, None, &Style::PLAIN).unwrap();
    // Read back it is the same report, but for digits beyond the twelfth.
    let whole = json::render(&report, Tables::All).unwrap();
    let again: Report = serde_json::from_slice(&whole).unwrap();
    assert_eq!(json::render(&again, Tables::All).unwrap(), whole);
    assert_eq!(again.jobs.len(), report.jobs.len());
    assert_eq!(render(&again, Format::Json, None, &Style::PLAIN).unwrap(), bytes);
    assert_eq!(bytes.last(), Some(&b'\n'));
    assert_eq!(bytes, render(&report, Format::Json, None, &Style::PLAIN).unwrap());
}

#[test]
fn the_terminal_keeps_to_its_width() {
    for name in SAMPLES {
        for width in [80, 60] {
            let text = terminal::check(&sample(name), &Style { colour: false, width });
            for line in text.lines() {
                assert!(line.width() <= width, "{name} at {width}: {line}");
            }
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{name}: control characters");
        }
    }
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let report = sample("demo");
    assert!(!terminal::summary(&report, &Style::PLAIN).contains('\u{1b}'));
    let coloured = terminal::summary(&report, &Style { colour: true, width: 80 });
    assert!(coloured.contains("\u{1b}[31m✗ FAIL\u{1b}[0m"));
}

/// Every table keeps its columns in every row; nothing from the data becomes HTML, a link, an image or
/// a heading.
#[test]
fn text_from_elsewhere_is_inert() {
    for name in SAMPLES {
        for template in markdown_templates() {
            let text = markdown(&sample(name), &template);
            let own_headings = template.source.lines().filter(|line| line.starts_with('#')).count();
            let what = format!("{name} by {}", template.name);
            let headings = walk(&text, &what);
            let per_issue = sample(name).deployment.issues.len();
            assert!(headings <= own_headings + per_issue, "{what}: {headings} headings");
        }
    }
}

/// A row that has too many cells is cut by the parser; count the pipes that are not escaped, too.
#[test]
fn rows_of_tables_have_as_many_cells_as_their_heads() {
    for name in SAMPLES {
        for template in markdown_templates() {
            assert_even_rows(&markdown(&sample(name), &template), &format!("{name} by {}", template.name));
        }
    }
}

#[test]
fn names_that_differ_by_white_space_or_case_stay_apart() {
    let report = sample("adversarial");
    let text = markdown(&report, &TemplateChoice::FINAL_SUMMARY);
    for name in ["·leading", "trailing·", "two··spaces", "two spaces", "| Case |", "| case |", "⟨empty⟩"]
    {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn the_final_summary_has_every_section_in_order() {
    let text = markdown(&sample("demo"), &TemplateChoice::FINAL_SUMMARY);
    let sections: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(
        sections,
        [
            "Executive summary",
            "Deployment timeline",
            "Stagger status",
            "Performance",
            "Expected and actual",
            "Impact",
            "Failures",
            "Trends",
            "Issues met and resolved",
            "Monitoring plan and checkpoints",
            "Criteria for the first 24 hours",
            "Rollback",
            "For on-call engineers",
            "Next steps",
            "Announcement",
            "Dashboard",
            "How this was measured",
        ]
    );
}

/// The errors of the summary that the project started from.
#[test]
fn the_demo_repeats_none_of_the_errors() {
    let report = sample("demo");
    let texts = [
        markdown(&report, &TemplateChoice::REPORT),
        markdown(&report, &TemplateChoice::FINAL_SUMMARY),
        terminal::check(&report, &Style::PLAIN),
    ];
    for text in &texts {
        assert!(text.contains("98.99 %") && !text.contains("99.0 %"), "never rounded across the target");
        assert!(text.contains("113") && text.contains("2,099"), "what never started is said");
        assert!(text.contains("20 runs never finished"), "what was lost is said");
        assert!(text.contains("Simultaneous starts fell from 4 to 1."));
        assert!(text.contains("Faster or slower? Unknown."), "no statement from 4 runs");
        assert!(text.contains("Pool utilization was not measured."));
        assert!(text.contains("4 runs") && text.contains("Reconstruction"));
        assert!(text.contains("crash loop"), "the crash loop is in neither window");
        for wrong in ["8x", "success", "near", "great", "successful", "excellent", "faster by", "reduction"] {
            assert!(!text.to_lowercase().contains(wrong), "'{wrong}' is said");
        }
    }
}

#[test]
fn every_query_that_a_finding_names_is_a_file() {
    for name in SAMPLES {
        for finding in sample(name).findings {
            for query in finding.queries {
                let path = format!("{}/queries/{query}.sql", env!("CARGO_MANIFEST_DIR"));
                assert!(std::path::Path::new(&path).exists(), "{}: {query}", finding.code);
            }
        }
    }
}

#[test]
fn a_template_without_an_end_is_stopped() {
    for source in [
        "\n{% for a in range(10000) %}{{ (\"x\" * 1000000)|safe }}{% endfor %}",
        "\n{% macro again() %}{{ again() }}{{ again() }}{% endmacro %}{{ again() }}",
    ] {
        let error = templates::check(&TemplateChoice { name: "own.md", source }).unwrap_err();
        assert!(error.to_string().starts_with("own.md:2: "), "{error}");
    }
}

#[test]
fn a_template_of_ones_own_is_strict_and_escapes() {
    let report = sample("adversarial");
    let own = |source| TemplateChoice { name: "own.md", source };
    let fine = own("{% for job in report.jobs %}| {{ job.name }} |\n{% endfor %}");
    templates::check(&fine).unwrap();
    assert!(markdown(&report, &fine).contains("| \\<script>alert(1)\\</script> |"));
    for (source, message) in [
        ("one\n{{ view.titel }}", "own.md:2: undefined value"),
        ("{{ report.jobs | nosuch }}", "own.md:1: unknown filter"),
        ("\n\n{% for %}", "own.md:3: syntax error"),
        ("{{ report.as_of|percent }}", "own.md:1: "),
    ] {
        let error = templates::check(&own(source)).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let error = templates::check(&own("{{ view.titel }}")).unwrap_err().to_string();
    assert!(error.contains("view.titel"), "the variable is named: {error}");
    let error = render(&report, Format::Json, Some(&fine), &Style::PLAIN).unwrap_err().to_string();
    assert!(error.contains("json is not made by a template"), "{error}");
    let error = render(&report, Format::Html, Some(&fine), &Style::PLAIN).unwrap_err().to_string();
    assert_eq!(error, "own.md is not a template for html: templates for html end in .html, and no others do");
    let source = "{% for job in report.jobs %}<p>{{ job.name }}</p>{% endfor %}";
    let page = TemplateChoice { name: "own.html", source };
    templates::check(&page).unwrap();
    let page = String::from_utf8(render(&report, Format::Html, Some(&page), &Style::PLAIN).unwrap()).unwrap();
    assert!(page.contains("<p>&lt;script&gt;alert(1)&lt;&#x2f;script&gt;</p>"), "{page}");
    assert!(templates::source("nosuch").unwrap_err().to_string().contains("report, final-summary"));
}

#[test]
fn five_thousand_jobs_are_still_a_report() {
    let mut report = sample("demo");
    let pattern = report.jobs.clone();
    report.jobs = (0..5_000)
        .map(|i| {
            let mut job = pattern[i % pattern.len()].clone();
            job.name = format!("job {i:04}");
            job
        })
        .collect();
    report.targets.clear();
    report.decision = None;
    report.findings = findings(&report);
    let text = markdown(&report, &TemplateChoice::REPORT);
    walk(&text, "5,000 jobs");
    assert!(text.contains("4,800 jobs more are in the JSON report"));
    assert!(text.contains("No targets are declared."));
    assert!(markdown(&report, &TemplateChoice::FINAL_SUMMARY).contains("job 4999"));
    for finding in &report.findings {
        assert!(finding.detail.chars().count() < 600, "{}", finding.detail);
    }
}
