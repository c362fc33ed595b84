//! What people tell about the deployment: read, checked for form, and carried into the report.

use super::document::Item;
use super::document::Section;
use super::facts::{DeploymentFacts, Issue, NextStep, OnCallCommand, Phase};
use super::period::check;
use super::problem::Located;
use crate::judgement::Accepted;
use crate::window::Period;

/// The document's facts but for the labels, the rollback command and the plan of checkpoints, which are in other tables.
pub(super) fn read(document: &mut Section<'_, '_>) -> DeploymentFacts {
    DeploymentFacts {
        notice: document.string("notice"),
        name: document.string("name"),
        environment: document.string("environment"),
        summary: document.string("summary"),
        display_time_zone: document.zone("display_time_zone").map(|zone| zone.name().to_owned()),
        labels: ["before".to_owned(), "after".to_owned()],
        timeline: document.sections("timeline").into_iter().map(phase).collect(),
        issues: document.sections("issues").into_iter().filter_map(issue).collect(),
        next_steps: document.sections("next_steps").into_iter().filter_map(next_step).collect(),
        on_call: document.get("on_call").map(on_call).unwrap_or_default(),
        accepted: Vec::new(),
        rollback_command: None,
        monitoring: None,
    }
}

fn phase(mut section: Section<'_, '_>) -> Phase {
    let phase = Phase {
        name: section.required_string("name").unwrap_or_default(),
        start: section.instant("start"),
        end: section.instant("end"),
        status: section.string("status"),
        note: section.string("note"),
    };
    if let (Some(start), Some(end)) = (phase.start, phase.end)
        && let Err(error) = check(Period { start, end })
    {
        let text = error.to_string().replace("the window", "the phase");
        section.reader.problem(section.line, text);
    }
    section.finish();
    phase
}

fn issue(mut section: Section<'_, '_>) -> Option<Issue> {
    let title = section.required_string("title");
    let issue = Issue {
        title: title.clone().unwrap_or_default(),
        problem: section.string("problem"),
        impact: section.string("impact"),
        resolution: section.string("resolution"),
        status: section.string("status"),
    };
    section.finish();
    title.map(|_| issue)
}

fn next_step(mut section: Section<'_, '_>) -> Option<NextStep> {
    let text = section.required_string("text");
    let horizon = section.string("horizon");
    let done = section.boolean("done").unwrap_or(false);
    section.finish();
    Some(NextStep { horizon, text: text?, done })
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn on_call(item: Item<'_, '_>) -> Vec<OnCallCommand> {
    let Some(mut section) = item.section() else { return Vec::new() };
    let commands = section.sections("commands").into_iter().filter_map(|mut section| {
        let (title, command) = (section.required_string("title"), section.required_string("command"));
        section.finish();
        Some(OnCallCommand { title: title?, command: command? })
    });
    let commands = commands.collect();
    section.finish();
    commands
}

/// Missed targets that somebody answers for; that such targets exist is checked once all are known.
pub(super) fn accepted(sections: Vec<Section<'_, '_>>) -> Vec<Located<Accepted>> {
    let read = |mut section: Section<'_, '_>| {
        let line = section.line;
        let (target, reason) = (section.required_string("target"), section.required_string("reason"));
        let by = section.string("by");
        let until = section.get("until").and_then(|item| item.time_text("a date or a remark"));
        section.finish();
        Some(Located { value: Accepted { target: target?, reason: reason?, by, until }, line })
    };
    sections.into_iter().filter_map(read).collect()
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Email {
    pub from: Option<String>,
    pub to: Vec<String>,
    /// The subject, in place of the one that is made from the decision.
    pub subject: Option<String>,
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
pub(super) fn email(item: Item<'_, '_>) -> Option<Email> {
    let mut section = item.section()?;
    let from = section.get("from").and_then(|item| address(&item));
    let to = section.get("to").map(|item| {
        let items = if item.is_list() { item.list().unwrap_or_default() } else { vec![item] };
        items.iter().filter_map(address).collect()
    });
    let subject = section.get("subject").and_then(|item| {
        item.parsed("a string", |text| {
            let one_line = !text.contains(['\r', '\n']);
            if one_line { Ok(text.to_owned()) } else { Err("a subject is one line") }
        })
    });
    section.finish();
    Some(Email { from, to: to.unwrap_or_default(), subject })
}

fn address(item: &Item<'_, '_>) -> Option<String> {
    item.parsed("an address such as \"ops@example.org\"", |text| {
        check_address(text).map(|()| text.to_owned())
    })
}

/// Whether a text is `name@host` or `Name <name@host>`, on one line: enough to catch a slip; the mail
/// server has the last word.
///
/// # Errors
/// What to write instead.
pub fn check_address(text: &str) -> Result<(), String> {
    let bare = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    let parts = bare.split_once('@');
    let whole = parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
    if whole && !bare.contains(char::is_whitespace) && !text.contains(char::is_control) {
        Ok(())
    } else {
        Err(format!("'{text}' is not an address such as ops@example.org"))
    }
}
