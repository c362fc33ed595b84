//! JUnit XML, as Jenkins, GitLab and GitHub's test reporters read it: a suite per job (and one for all
//! jobs together, one for the rollback triggers), a case per target.
//!
//! A missed target is a failure; one that was not measured or is undecided is skipped, with the reason.
//! Names are unique in the file, because readers drop a second case of the same name.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::RenderError;
use super::view::{TargetRow, TriggerRow, View};
use crate::figure;
use crate::judgement::TargetVerdict;
use crate::legible;
use crate::report::model::Report;

/// Bytes of the cases; GitLab refuses files of 30 MB and more.
const LIMIT: usize = 20 << 20;

/// Bytes that a case takes beside its texts, at most.
const FRAME: usize = 300;

const ATTRIBUTE_LENGTH: usize = 300;

const REASON_LENGTH: usize = 2_000;

/// The suite of targets that are about all jobs together.
const ALL_JOBS: &str = "all jobs";

/// How a case came out, in the order in which cases are kept where there is no room for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Failed,
    Skipped,
    Passed,
}

struct Case {
    suite: String,
    name: String,
    outcome: Outcome,
    /// `missed` and its like.
    kind: String,
    message: String,
}

impl Case {
    /// At most so many bytes are written; a message is there twice.
    fn size(&self) -> usize {
        let escaped = |text: &str| quick_xml::escape::escape(text).len();
        FRAME + escaped(&self.suite) + escaped(&self.name) + escaped(&self.kind) + 2 * escaped(&self.message)
    }
}

/// The verdicts as a JUnit file, at most some 20 MB: where that is too little, cases are left out, met
/// ones first, and the last suite says how many.
pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let view = View::of(report);
    let mut cases: Vec<Case> = view.targets.iter().map(target).collect();
    cases.extend(view.triggers.iter().map(trigger));
    let left_out = fit(&mut cases, LIMIT);
    if left_out > 0 {
        cases.push(Case {
            suite: "left out".to_owned(),
            name: "targets without room in this file".to_owned(),
            outcome: Outcome::Skipped,
            kind: "left out".to_owned(),
            message: format!(
                "{} more are in the JSON report",
                figure::counted(left_out, "target", "targets")
            ),
        });
    }
    unique(&mut cases);
    write(report, &view, &cases).map_err(RenderError::Xml)
}

fn target(row: &TargetRow) -> Case {
    let outcome = match row.verdict {
        TargetVerdict::Met => Outcome::Passed,
        // An advisory target never decides, nor does its case.
        TargetVerdict::Missed if !row.advisory => Outcome::Failed,
        TargetVerdict::Missed | TargetVerdict::Inconclusive | TargetVerdict::NotMeasured => Outcome::Skipped,
    };
    let advisory = if row.advisory { " (advisory)" } else { "" };
    let parts = [
        Some(format!("before {}, after {}", row.before, row.after)),
        row.change_unsaid(true).map(|change| format!("change {change}")),
        (!row.reason.is_empty()).then(|| row.reason.clone()),
        row.interval.as_ref().map(|interval| format!("interval {interval}")),
        row.accepted.as_ref().map(|accepted| format!("accepted: {}", accepted.reason)),
    ];
    let detail = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    Case {
        suite: row.job.as_deref().map_or_else(|| ALL_JOBS.to_owned(), attribute),
        name: attribute(&row.label),
        outcome,
        kind: format!("{}{advisory}", row.word),
        message: reason(&format!("{}{advisory}: {detail}", row.word)),
    }
}

fn trigger(row: &TriggerRow) -> Case {
    let outcome = match row.fired {
        Some(true) => Outcome::Failed,
        Some(false) => Outcome::Passed,
        None => Outcome::Skipped,
    };
    let value = Some(&row.value).filter(|_| !row.reason_begins_with_value);
    let why = Some(&row.reason).filter(|reason| !reason.is_empty());
    let why = value.into_iter().chain(why).cloned().collect::<Vec<_>>().join("; ");
    Case {
        suite: "rollback triggers".to_owned(),
        name: attribute(&row.label),
        outcome,
        kind: row.word.clone(),
        message: reason(&format!("{}: {why}", row.word)),
    }
}

/// Keeps as many cases as `limit` bytes hold, the worst first; how many had to go.
fn fit(cases: &mut Vec<Case>, limit: usize) -> u64 {
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|&place| cases.get(place).map(|case| case.outcome));
    let mut used = 0;
    let kept: BTreeSet<usize> = order
        .into_iter()
        .take_while(|&place| {
            used += cases.get(place).map_or(0, Case::size);
            used <= limit
        })
        .collect();
    let all = cases.len();
    let mut place = 0;
    cases.retain(|_| {
        place += 1;
        kept.contains(&(place - 1))
    });
    (all - cases.len()) as u64
}

/// Gives cases of one suite and name a number.
fn unique(cases: &mut [Case]) {
    let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
    for case in cases {
        let stem = case.name.clone();
        let mut number = 1;
        while !taken.insert((case.suite.clone(), case.name.clone())) {
            number += 1;
            case.name = format!("{stem} ({number})");
        }
    }
}

fn write(report: &Report, view: &View, cases: &[Case]) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = SuiteCounts::of(cases.iter());
    let title = attribute(&legible::prose(&view.title));
    writer
        .create_element("testsuites")
        .with_attributes([("name", title.as_str())])
        .with_attributes([("tests", counts.tests.as_str()), ("failures", &counts.failures), ("errors", "0")])
        .write_inner_content(|writer| {
            let mut about = properties(view);
            suites(cases).iter().try_for_each(|(suite, cases)| {
                write_suite(writer, report, suite, cases, &std::mem::take(&mut about))
            })
        })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// What is said once, with the first suite.
fn properties(view: &View) -> Vec<(&'static str, String)> {
    let notice = view.notice.iter().map(|notice| ("notice", attribute(&legible::prose(notice))));
    let environment = view.environment.iter().map(|name| ("environment", attribute(&legible::prose(name))));
    let decision = format!("{}: {}", view.decision.word, view.decision.sentence);
    notice
        .chain(environment)
        .chain(view.scoreboard.line.iter().map(|line| ("scoreboard", attribute(line))))
        .chain(view.scoreboard.worst.iter().map(|row| ("worse", attribute(&row.line()))))
        .chain(view.scoreboard.left_out.iter().map(|more| ("worse", attribute(more))))
        .chain(view.missed.iter().map(|missed| ("targets", attribute(missed))))
        .chain([("decision", attribute(&decision)), ("windows", attribute(&view.windows_line))])
        .collect()
}

/// The cases by suite, in the order in which the suites come first; one without cases when there are none.
fn suites(cases: &[Case]) -> Vec<(&str, Vec<&Case>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut suites: Vec<(&str, Vec<&Case>)> = Vec::new();
    if cases.is_empty() {
        suites.push((ALL_JOBS, Vec::new()));
    }
    for case in cases {
        let place = *places.entry(&case.suite).or_insert_with(|| {
            suites.push((&case.suite, Vec::new()));
            suites.len() - 1
        });
        if let Some((_, cases)) = suites.get_mut(place) {
            cases.push(case);
        }
    }
    suites
}

struct SuiteCounts {
    tests: String,
    failures: String,
    skipped: String,
}

impl SuiteCounts {
    fn of<'a>(cases: impl Iterator<Item = &'a Case> + Clone) -> Self {
        let count = |outcome| cases.clone().filter(|case| case.outcome == outcome).count().to_string();
        Self {
            tests: cases.clone().count().to_string(),
            failures: count(Outcome::Failed),
            skipped: count(Outcome::Skipped),
        }
    }
}

fn write_suite(
    writer: &mut Writer<Vec<u8>>,
    report: &Report,
    suite: &str,
    cases: &[&Case],
    about: &[(&str, String)],
) -> std::io::Result<()> {
    let counts = SuiteCounts::of(cases.iter().copied());
    let at = report.generated_at.to_utc().map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string());
    let element = writer.create_element("testsuite").with_attributes([
        ("name", suite),
        ("tests", &counts.tests),
        ("failures", &counts.failures),
        ("errors", "0"),
        ("skipped", &counts.skipped),
    ]);
    let element = match &at {
        Some(at) => element.with_attribute(("timestamp", at.as_str())),
        None => element,
    };
    element.write_inner_content(|writer| {
        if !about.is_empty() {
            write_properties(writer, about)?;
        }
        cases.iter().try_for_each(|case| write_case(writer, case))
    })?;
    Ok(())
}

fn write_properties(writer: &mut Writer<Vec<u8>>, about: &[(&str, String)]) -> std::io::Result<()> {
    writer.create_element("properties").write_inner_content(|writer| {
        about.iter().try_for_each(|(name, value)| {
            let property = writer.create_element("property");
            property.with_attributes([("name", *name), ("value", value)]).write_empty().map(drop)
        })
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, case: &Case) -> std::io::Result<()> {
    let element = writer
        .create_element("testcase")
        .with_attributes([("classname", case.suite.as_str()), ("name", &case.name)]);
    let child = match case.outcome {
        Outcome::Failed => "failure",
        Outcome::Skipped => "skipped",
        Outcome::Passed => {
            element.write_inner_content(|writer| {
                writer.create_element("system-out").write_text_content(BytesText::new(&case.message))?;
                Ok(())
            })?;
            return Ok(());
        }
    };
    element.write_inner_content(|writer| {
        writer
            .create_element(child)
            .with_attributes([("type", case.kind.as_str()), ("message", &case.message)])
            .write_text_content(BytesText::new(&case.message))?;
        Ok(())
    })?;
    Ok(())
}

fn attribute(text: &str) -> String {
    legible::cut_middle(&legible::visible(text), ATTRIBUTE_LENGTH)
}

fn reason(text: &str) -> String {
    legible::cut(&legible::visible(text), REASON_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(suite: &str, name: &str, outcome: Outcome) -> Case {
        let text = str::to_owned;
        Case { suite: text(suite), name: text(name), outcome, kind: text("x"), message: text("y") }
    }

    #[test]
    fn what_xml_forbids_gets_a_mark() {
        // Section 2.2, production 2.
        let permitted = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        let forbidden: Vec<char> = ('\0'..=char::MAX).filter(|c| !permitted(*c)).collect();
        assert_eq!(forbidden.len(), 31);
        for character in forbidden {
            let shown = reason(&format!("a{character}b"));
            assert!(shown.chars().all(permitted) && shown.chars().count() > 2, "{shown}");
        }
    }

    #[test]
    fn names_are_unique_in_their_suite() {
        let mut cases = [
            case("a", "x", Outcome::Passed),
            case("a", "x", Outcome::Passed),
            case("a", "x (2)", Outcome::Passed),
            case("b", "x", Outcome::Passed),
        ];
        unique(&mut cases);
        assert_eq!(cases.map(|case| case.name), ["x", "x (2)", "x (2) (2)", "x"]);
    }

    #[test]
    fn failures_stay_when_there_is_no_room_for_all() {
        let mut cases = vec![
            case("a", "met", Outcome::Passed),
            case("a", "undecided", Outcome::Skipped),
            case("a", "missed", Outcome::Failed),
        ];
        let two = cases.iter().take(2).map(Case::size).sum::<usize>() + 50;
        assert_eq!(fit(&mut cases, two), 1);
        let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["undecided", "missed"]);
    }
}
