//! The report in at most ten lines of Markdown, for a chat or a pull request.

use super::escape::inline;
use super::view::{TargetRow, View};
use crate::figure;
use crate::judgement::TargetVerdict;
use crate::legible;
use crate::report::model::Report;

pub const LINES: usize = 10;

/// Targets listed; met ones are counted.
const TARGETS: usize = 3;

/// Characters of a job that got worse.
const JOB_LENGTH: usize = 80;

/// Characters of a line's free texts: a chat cuts longer ones.
const TEXT_LENGTH: usize = 300;

/// Decision, jobs, open targets, findings, windows: at most [`LINES`] lines.
pub(super) fn render(report: &Report) -> Vec<u8> {
    let view = View::of(report);
    let mut lines = vec![headline(&view)];
    lines.extend(view.notice.as_deref().map(|notice| item(&legible::prose(notice))));
    lines.extend(scoreboard(&view));
    lines.extend(targets(&view.targets));
    lines.extend(view.environments.iter().map(|found| item(&found.sentence)));
    let fired = view.triggers.iter().filter(|trigger| trigger.fired == Some(true));
    lines.extend(fired.take(1).map(|t| item(&format!("{} {}: {}, {}", t.mark, t.label, t.value, t.word))));
    let room = LINES.saturating_sub(lines.len() + 1);
    lines.extend(view.findings.iter().take(room).map(|finding| item(&finding.headline)));
    lines.push(item(&last(&view)));
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

fn headline(view: &View) -> String {
    let decision = &view.decision;
    let place = view.environment.as_deref().map(|e| format!(" · {}", text(e))).unwrap_or_default();
    format!(
        "**{} {}** · {}{place}: {}",
        decision.mark,
        decision.word,
        text(&view.title),
        text(&decision.sentence)
    )
}

/// The counts, and in the same line the worst jobs.
fn scoreboard(view: &View) -> Option<String> {
    let board = &view.scoreboard;
    let line = board.line.as_ref()?;
    let worst: Vec<String> = board.worst.iter().map(|row| legible::cut(&row.line(), JOB_LENGTH)).collect();
    let rest = board.left_out.iter().map(String::as_str);
    let named: Vec<&str> = worst.iter().map(String::as_str).chain(rest).collect();
    let named = if named.is_empty() { String::new() } else { format!(": {}", named.join("; ")) };
    let harm = board.harm.as_ref().map(|harm| format!("{harm} ")).unwrap_or_default();
    Some(format!("- {}", inline(&legible::visible(&format!("{harm}{line}{named}")))))
}

/// The targets that are not met, those that decide and were missed first.
fn targets(rows: &[TargetRow]) -> Vec<String> {
    let weight = |row: &TargetRow| {
        let verdict = match row.verdict {
            TargetVerdict::Missed => 0,
            TargetVerdict::Inconclusive => 1,
            TargetVerdict::NotMeasured => 2,
            TargetVerdict::Met => 3,
        };
        (row.advisory, verdict)
    };
    let mut open: Vec<&TargetRow> = rows.iter().filter(|row| row.verdict != TargetVerdict::Met).collect();
    open.sort_by_key(|row| weight(row));
    open.iter().take(TARGETS).map(|row| item(&target(row))).collect()
}

/// The windows, how many targets are met, and what limits all of this.
fn last(view: &View) -> String {
    let met = view.targets.iter().filter(|row| row.verdict == TargetVerdict::Met).count() as u64;
    let all = view.targets.len() as u64;
    let met = if all == 0 { String::new() } else { format!("{} targets met; ", figure::part_of(met, all)) };
    let notes = match view.reading.caveats.len() as u64 {
        0 => String::new(),
        notes => format!("{} this; ", figure::counted(notes, "note limits", "notes limit")),
    };
    let windows = &view.windows_line;
    format!("{windows}; {met}{notes}differences, not proof of cause.")
}

fn target(row: &TargetRow) -> String {
    let advisory = if row.advisory { ", advisory" } else { "" };
    let accepted = if row.accepted.is_some() { ", accepted" } else { "" };
    let (mark, label, before, after, word) = (&row.mark, &row.label, &row.before, &row.after, &row.word);
    let already = if row.missed_before { " already before" } else { "" };
    format!("{mark} {label}: {before} → {after}, {word}{already}{advisory}{accepted}")
}

fn item(words: &str) -> String {
    format!("- {}", text(words))
}

fn text(words: &str) -> String {
    inline(&legible::cut(&legible::visible(words), TEXT_LENGTH))
}
