//! A checkpoint: Markdown for people, JSON for programs.

use serde::Serialize;

use super::RenderError;
use super::escape::inline;
use super::view::{TargetRow, TriggerRow, View, change_line};
use crate::figure;
use crate::legible;
use crate::report::checkpoint::{Checkpoint, CheckpointChange, CheckpointPlan};

/// Rows of a table that a reader takes in.
const MOST_ROWS: usize = 40;

/// A checkpoint beside those before it.
#[derive(Clone, Copy)]
pub struct ShownCheckpoint<'a> {
    pub checkpoint: &'a Checkpoint,
    /// The one before; `None` for the first.
    pub before: Option<&'a Checkpoint>,
    pub plan: Option<CheckpointPlan>,
}

/// What programs read.
#[derive(Serialize)]
struct WrittenCheckpoint<'a> {
    #[serde(flatten)]
    checkpoint: &'a Checkpoint,
    /// `null` for the first.
    changes: Option<Vec<CheckpointChange>>,
}

/// # Errors
/// When it cannot be written as JSON.
pub fn json(shown: ShownCheckpoint<'_>) -> Result<Vec<u8>, RenderError> {
    let ShownCheckpoint { checkpoint, before, .. } = shown;
    let changes = before.map(|before| checkpoint.changes_since(before));
    let mut bytes = serde_json::to_vec_pretty(&WrittenCheckpoint { checkpoint, changes })?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub fn markdown(shown: ShownCheckpoint<'_>) -> Vec<u8> {
    let ShownCheckpoint { checkpoint, before, plan } = shown;
    let whole = View::of(&checkpoint.since_start);
    let last = checkpoint.last_period.as_ref().map(View::of);
    let mut text = head(checkpoint, plan, &whole);
    text.push_str(&changes(checkpoint, before));
    text.push_str(&targets(&whole, last.as_ref()));
    text.push_str(&triggers(&whole));
    text.push_str(&figures(&whole, last.as_ref()));
    text.push_str(&notes(&whole));
    text.into_bytes()
}

fn head(checkpoint: &Checkpoint, plan: Option<CheckpointPlan>, whole: &View) -> String {
    let number = plan.and_then(|plan| Some((plan.number(checkpoint.period.end)?, plan.last())));
    let number = match number {
        Some((number, Some(last))) => format!(" {number} of {last}"),
        Some((number, None)) => format!(" {number}"),
        None => String::new(),
    };
    let place = whole.environment.as_deref().map(|e| format!(" · {}", item(e))).unwrap_or_default();
    let notice = whole.notice.as_deref().map(|notice| format!("> {}\n\n", item(notice))).unwrap_or_default();
    let (period, start) = (checkpoint.period, checkpoint.since_start.windows.stagger.start);
    format!(
        "{notice}# Checkpoint{number}: {}{place}\n\n{} ({}), since the start at {} ({})\n\n**{} {}.** {}\n\n",
        item(&whole.title),
        figure::period(period.start, period.end),
        figure::span(period.length().as_seconds()),
        figure::instant(start),
        figure::span(period.end.since(start).as_seconds()),
        whole.decision.mark,
        whole.decision.word,
        item(&whole.decision.sentence),
    )
}

fn changes(checkpoint: &Checkpoint, before: Option<&Checkpoint>) -> String {
    let Some(before) = before else { return "The first checkpoint.\n\n".to_owned() };
    let changes = checkpoint.changes_since(before);
    if changes.is_empty() {
        return "No verdict changed since the checkpoint before.\n\n".to_owned();
    }
    let mut lines: Vec<String> =
        changes.iter().take(MOST_ROWS).map(|change| format!("- {}\n", item(&change_line(change)))).collect();
    let more = changes.len().saturating_sub(MOST_ROWS) as u64;
    if more > 0 {
        lines.push(format!("- {} more\n", figure::count(more)));
    }
    format!("## Changed since the checkpoint before\n\n{}\n", lines.concat())
}

fn targets(whole: &View, last: Option<&View>) -> String {
    if whole.targets.is_empty() {
        return String::new();
    }
    let mut text =
        "| Target | Before | Last period | Since the start | Verdict |\n|---|---|---|---|---|\n".to_owned();
    for row in whole.targets_first.iter().take(MOST_ROWS) {
        let same = |other: &&TargetRow| other.label == row.label && other.wanted == row.wanted;
        let period = last.and_then(|last| last.targets.iter().find(same));
        let period = period.map_or(figure::ABSENT, |row| row.after.as_str());
        let advisory = if row.advisory { " (advisory)" } else { "" };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} {}{advisory} |\n",
            item(&row.label),
            item(&row.before),
            item(period),
            item(&row.after),
            row.mark,
            row.word
        ));
    }
    if let Some(left_out) = &whole.targets_left_out {
        text.push_str(&format!("\nAnd {}.\n", item(left_out)));
    }
    text + "\n"
}

fn triggers(whole: &View) -> String {
    if whole.triggers.is_empty() {
        return String::new();
    }
    let row = |trigger: &TriggerRow| {
        format!(
            "| {} | {} | {} {} |\n",
            item(&trigger.label),
            item(&trigger.value),
            trigger.mark,
            trigger.word
        )
    };
    let rows: String = whole.triggers.iter().take(MOST_ROWS).map(row).collect();
    format!("| Roll back when | Since the start | |\n|---|---|---|\n{rows}\n")
}

/// Levels, outcomes and measurements.
fn figures(whole: &View, last: Option<&View>) -> String {
    let mut text = "| All jobs | Before | Last period | Since the start |\n|---|---|---|---|\n".to_owned();
    let periods = |code: &str| {
        let rows = last.into_iter().flat_map(|last| last.levels.iter().chain(&last.totals));
        rows.into_iter().find(|row| row.code == code).map_or(figure::ABSENT, |row| row.after.as_str())
    };
    for row in whole.levels.iter().chain(&whole.totals) {
        let cells = [&row.label, &row.before, periods(&row.code), &row.after].map(item);
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    for kpi in &whole.kpis {
        let period = last.and_then(|last| last.kpis.iter().find(|other| other.name == kpi.name));
        let period = period.map_or(figure::ABSENT, |kpi| kpi.after.as_str());
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            item(&legible::name(&kpi.name)),
            item(&kpi.before),
            item(period),
            item(&kpi.after)
        ));
    }
    text + "\n"
}

fn notes(whole: &View) -> String {
    let caveats = &whole.reading.caveats;
    if caveats.is_empty() {
        return String::new();
    }
    let lines: String = caveats.iter().map(|caveat| format!("- {}\n", item(&caveat.message))).collect();
    format!("<details>\n<summary>What limits this</summary>\n\n{lines}\n</details>\n")
}

/// A text in a line or a cell.
fn item(text: &str) -> String {
    inline(&legible::cut(&legible::visible(text), legible::MESSAGE_LENGTH))
}
