//! The decision as GitHub annotations: workflow commands, a line each.
//!
//! GitHub keeps ten annotations of a kind per step, so no more are printed; the last one counts the rest.

use super::view::{ScoreLine, TargetRow, TriggerRow, View};
use crate::figure;
use crate::judgement::{DecisionVerdict, TargetVerdict};
use crate::legible;
use crate::report::model::Report;

/// Annotations of one kind that a step has room for.
const MOST: usize = 10;

/// Characters of a message.
const MESSAGE_LENGTH: usize = 1_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    const fn command(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

struct Annotation {
    kind: Kind,
    title: String,
    message: String,
}

/// Missed targets and fired triggers as errors, those of no consequence or without a judgement as
/// warnings, the decision itself as a notice.
pub fn annotations(report: &Report) -> String {
    let view = View::of(report);
    let mut all = vec![decision(&view)];
    all.extend(view.scoreboard.worst.iter().map(worse));
    all.extend(view.triggers.iter().filter_map(trigger));
    all.extend(view.targets.iter().filter_map(target));
    Kind::ALL.into_iter().flat_map(|kind| lines(kind, &all)).collect()
}

fn decision(view: &View) -> Annotation {
    let mut message = match view.decision.verdict {
        Some(DecisionVerdict::Pass) | None => view.decision.sentence.clone(),
        Some(_) => format!("{} {}", view.decision.sentence, view.windows_line),
    };
    let board = &view.scoreboard;
    for words in board.harm.iter().chain(&board.line).chain(&board.left_out) {
        message = format!("{message} {words}");
    }
    if let Some(notice) = &view.notice {
        message = format!("{} {message}", legible::prose(notice));
    }
    let title = format!("{}: {}", legible::prose(&view.title), view.decision.word.to_lowercase());
    Annotation { kind: Kind::Notice, title, message }
}

fn worse(row: &ScoreLine) -> Annotation {
    let title = format!("{}: {}", row.job, row.word);
    Annotation { kind: Kind::Warning, title, message: row.text.clone() }
}

fn target(row: &TargetRow) -> Option<Annotation> {
    let kind = match row.verdict {
        TargetVerdict::Met => return None,
        TargetVerdict::Missed if !row.advisory => Kind::Error,
        TargetVerdict::NotMeasured if row.advisory => Kind::Notice,
        TargetVerdict::Missed | TargetVerdict::Inconclusive | TargetVerdict::NotMeasured => Kind::Warning,
    };
    let reason = if row.reason.is_empty() { String::new() } else { format!("; {}", row.reason) };
    let message = format!("{}: {} → {}{reason}", row.word, row.before, row.after);
    Some(Annotation { kind, title: row.label.clone(), message })
}

fn trigger(row: &TriggerRow) -> Option<Annotation> {
    let kind = match row.fired {
        Some(false) => return None,
        Some(true) => Kind::Error,
        None => Kind::Warning,
    };
    let reason = if row.reason.is_empty() { String::new() } else { format!("; {}", row.reason) };
    let title = format!("Rollback trigger: {}", row.label);
    Some(Annotation { kind, title, message: format!("{}: {}{reason}", row.word, row.value) })
}

fn lines(kind: Kind, all: &[Annotation]) -> Vec<String> {
    let of_kind: Vec<&Annotation> = all.iter().filter(|annotation| annotation.kind == kind).collect();
    let shown = if of_kind.len() > MOST { MOST - 1 } else { of_kind.len() };
    let mut lines: Vec<String> =
        of_kind.iter().take(shown).map(|a| line(kind, &a.title, &a.message)).collect();
    if of_kind.len() > shown {
        let more = figure::count((of_kind.len() - shown) as u64);
        lines.push(line(kind, &format!("{more} more"), "see the report for all of them"));
    }
    lines
}

fn line(kind: Kind, title: &str, message: &str) -> String {
    let text = |text: &str| legible::cut(&legible::visible(text), MESSAGE_LENGTH);
    format!("::{} title={}::{}\n", kind.command(), property(&text(title)), data(&text(message)))
}

/// What follows the second `::`: a percent sign or a line break would be read as something else.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_annotation_early() {
        let line = line(Kind::Error, "a: 50%, b::error::x", "100 %\n::error::y");
        assert_eq!(line, "::error title=a%3A 50%25%2C b%3A%3Aerror%3A%3Ax::100 %25␊::error::y\n");
        assert_eq!(data("a\r\nb"), "a%0D%0Ab");
    }

    #[test]
    fn ten_of_a_kind_are_printed() {
        let annotation =
            || Annotation { kind: Kind::Warning, title: "t".to_owned(), message: "m".to_owned() };
        let all: Vec<Annotation> = (0..25).map(|_| annotation()).collect();
        let lines = lines(Kind::Warning, &all);
        assert_eq!(lines.len(), 10);
        assert_eq!(lines[9], "::warning title=16 more::see the report for all of them\n");
    }
}
