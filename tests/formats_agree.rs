//! One run, every format: the headline figures that each shows are the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jobdelta::demo::AS_OF;
use jobdelta::figure;
use serde_json::Value;
use support::jobdelta_in;

/// Value before, value after and the verdict's word, as a reader sees them.
type Figures = (String, String, String);

/// Label of a target, as Markdown, mail, brief and JUnit call it, and its metric, as a terminal does.
const TARGETS: [(&str, &str); 5] = [
    ("Completion ≥ 99 %", "completion_rate"),
    ("Missed runs = 0", "missed_runs"),
    ("Running at once ≤ 2", "peak_concurrency"),
    ("Referral Tier 2 Processor: median duration ≤ −20 %", "median_duration"),
    ("Pool utilization max < 50 %", "pool_utilization_max"),
];

fn figures(before: &str, after: &str, word: &str) -> Figures {
    let first = |text: &str| text.split(['(', ',', ';']).next().unwrap_or_default().trim().to_owned();
    (before.trim().to_owned(), after.trim().to_owned(), first(word))
}

/// The row of a Markdown table that begins with `label`.
fn in_markdown(text: &str, label: &str) -> Figures {
    let row =
        text.lines().find(|line| line.starts_with(&format!("| {label}")) && line.matches('|').count() == 5);
    let cells: Vec<&str> = row.unwrap_or_else(|| panic!("no row {label} in\n{text}")).split('|').collect();
    figures(cells[2], cells[3], cells[4].trim().trim_start_matches(['✓', '✗', '?', '–', ' ']))
}

/// The line of the terminal's table about `metric`; columns are two spaces apart.
fn in_terminal(text: &str, metric: &str) -> Figures {
    let mut rows = text.lines().filter(|line| line.starts_with(['✓', '✗', '?', '–']));
    let line = rows.find(|line| line.split_whitespace().nth(1) == Some(metric));
    let line = line.unwrap_or_else(|| panic!("no line {metric} in\n{text}"));
    let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    figures(cells[2], cells[3], cells[4])
}

/// `- ✗ Completion ≥ 99 %: 16 of 16 → 98.99 %, missed`
fn in_brief(text: &str, label: &str) -> Option<Figures> {
    let line = text.lines().find_map(|line| line.split_once(&format!(" {label}: ")))?.1;
    let (before, rest) = line.split_once(" → ").unwrap();
    let (after, word) = rest.split_once(", ").unwrap();
    Some(figures(before, after, word))
}

/// `missed: before 16 of 16, after 98.99 %; …`
fn in_junit(xml: &str, label: &str) -> Figures {
    let path = format!("string(//testcase[@name='{label}']/*)");
    let mut child = Command::new("xmllint")
        .args(["--xpath", &path, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("xmllint; ./tests/run installs it");
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), xml.as_bytes()).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let (word, rest) = text.split_once(": before ").unwrap_or_else(|| panic!("{label}: {text}\n{xml}"));
    let (before, rest) = rest.split_once(", after ").unwrap();
    figures(before, rest.split(';').next().unwrap(), word)
}

/// The row of an HTML table whose first cell begins with `label`, tags removed.
fn in_html(html: &str, label: &str) -> Figures {
    let escaped = label.replace('<', "&lt;");
    let rows = html.split("<tr").filter(|row| row.matches("<td").count() == 4);
    let cells = rows.map(|row| -> Vec<String> {
        row.split("<td").skip(1).map(|cell| without_tags(cell.split_once('>').unwrap().1)).collect()
    });
    let mut found = cells.filter(|cells| cells[0].starts_with(&escaped));
    let cells = found.next().unwrap_or_else(|| panic!("no row {label} in\n{html}"));
    let verdict = cells[3].replace("&nbsp;", " ");
    figures(
        &cells[1],
        &cells[2],
        verdict.split('\n').next().unwrap().trim_start_matches(['✓', '✗', '?', '–', ' ']),
    )
}

/// The row of the page's table of targets: a head, and three cells of which smaller print is left out.
fn in_page(html: &str, label: &str) -> Figures {
    let head = format!("<bdi>{}</bdi>", label.replace('<', "&lt;"));
    let row = html.split("<tr").find(|row| row.contains(&head) && row.matches("<td").count() == 3);
    let row = row.unwrap_or_else(|| panic!("no row {label} in\n{html}"));
    let cells: Vec<&str> = row.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1).collect();
    let figure = |cell: &str| without_tags(cell.split("<span").next().unwrap());
    let word = without_tags(cells[2]);
    figures(
        &figure(cells[0]),
        &figure(cells[1]),
        word.trim_start_matches(['✓', '✗', '?', '–', ' ', '\u{a0}']),
    )
}

/// The text of a cell; a line break where the markup has one.
fn without_tags(html: &str) -> String {
    let html = html.split("</td>").next().unwrap_or_default().replace("<br>", "\n");
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text
}

/// The parts of a mail: text, HTML, and the attached Markdown and page.
fn mail(path: &Path) -> [String; 4] {
    let script = format!("{}/tests/support/read_mail.py", env!("CARGO_MANIFEST_DIR"));
    let input = std::fs::File::open(path).unwrap();
    let output = Command::new("/usr/bin/python3").arg(script).stdin(input).output().unwrap();
    let mail: Value = serde_json::from_slice(&output.stdout).unwrap();
    let body = &mail["body"]["parts"];
    let text = |part: &Value| part["text"].as_str().unwrap().replace("\r\n", "\n");
    [text(&body[0]["parts"][0]), text(&body[0]["parts"][1]), text(&body[1]), text(&body[2])]
}

struct Run {
    json: Value,
    texts: BTreeMap<&'static str, String>,
}

fn run() -> Run {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    jobdelta_in(folder, ["demo", "--dir", "."]).succeeded();
    let outputs =
        ["r.md", "r.json", "r.html", "r.txt", "r.xml", "r.eml"].into_iter().flat_map(|name| ["-o", name]);
    let mail_flags = ["--mail-from", "a@example.org", "--mail-to", "b@example.org"];
    let arguments = ["report", "--as-of", AS_OF, "--format", "brief"];
    let brief = jobdelta_in(folder, arguments.into_iter().chain(outputs).chain(mail_flags)).succeeded();
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let [mail_text, mail_html, mail_markdown, mail_page] = mail(&folder.join("r.eml"));
    let summary = ["report", "--as-of", AS_OF, "--template", "final-summary", "-o", "s.md"];
    jobdelta_in(folder, summary).succeeded();
    Run {
        json: serde_json::from_str(&text("r.json")).unwrap(),
        texts: [
            ("markdown", text("r.md")),
            ("final summary", text("s.md")),
            ("terminal", text("r.txt")),
            ("junit", text("r.xml")),
            ("brief", brief),
            ("mail text", mail_text),
            ("mail body", mail_html),
            ("mail attachment", mail_markdown),
            ("page", text("r.html")),
            ("attached page", mail_page),
        ]
        .into(),
    }
}

#[test]
fn the_figures_of_every_target_are_the_same_everywhere() {
    let run = run();
    let text = |name: &str| run.texts[name].as_str();
    let mut compared = 0;
    for (label, metric) in TARGETS {
        let expected = in_markdown(text("markdown"), label);
        let found = [
            ("mail attachment", Some(in_markdown(text("mail attachment"), label))),
            ("terminal", Some(in_terminal(text("terminal"), metric))),
            ("mail text", Some(in_terminal(text("mail text"), metric))),
            ("junit", Some(in_junit(text("junit"), label))),
            ("mail body", Some(in_html(text("mail body"), label))),
            ("page", Some(in_page(text("page"), label))),
            ("attached page", Some(in_page(text("attached page"), label))),
            ("brief", in_brief(text("brief"), label)),
        ];
        for (format, found) in found {
            if let Some(found) = found {
                assert_eq!(found, expected, "{label} in {format}\n{}", text(format));
                compared += 1;
            }
        }
    }
    // The brief has room for three targets that are not met.
    assert_eq!(compared, TARGETS.len() * 7 + 3);
}

/// The figures of the JSON report, as they are written.
#[test]
fn the_figures_of_the_json_report_are_those_that_are_written() {
    let run = run();
    let after = &run.json["totals"]["stagger"];
    let before = &run.json["totals"]["baseline"];
    let count = |value: &Value| figure::count(value.as_u64().unwrap());
    let everywhere = [
        format!(
            "{} of {} scheduled runs never started",
            count(&after["missed_runs"]),
            count(&after["expected_runs"])
        ),
        format!("{} runs never finished", count(&after["orphaned"])),
        format!(
            "Simultaneous starts fell from {} to {}",
            count(&before["start_burst"]["runs"]),
            count(&after["start_burst"]["runs"])
        ),
    ];
    assert_eq!(everywhere[0], "113 of 2,099 scheduled runs never started");
    let decided = (after["completed"].as_u64().unwrap(), after["decided"].as_u64().unwrap());
    let completion = figure::share(decided.0, decided.1, &[0.99]);
    let (missed, _) = everywhere[0].split_once(" of ").unwrap();
    for (format, text) in &run.texts {
        // JUnit tells of targets only.
        if *format != "junit" {
            for words in &everywhere {
                assert!(text.contains(words), "'{words}' is not in {format}\n{text}");
            }
        }
        assert!(text.contains(&completion), "{completion} is not in {format}");
        assert!(text.contains(missed), "{missed} is not in {format}");
    }
    let levels = (count(&before["concurrency"]["peak"]), count(&after["concurrency"]["peak"]));
    let (label, metric) = TARGETS[2];
    assert_eq!(in_terminal(&run.texts["terminal"], metric).0, levels.0);
    assert_eq!(in_html(&run.texts["mail body"], label).1, levels.1);
}
