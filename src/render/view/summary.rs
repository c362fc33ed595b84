//! The report in a few lines: the announcement and the dashboard.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{DecisionView, WindowView, total};
use crate::figure;
use crate::legible;
use crate::report::model::Report;

/// Findings that an announcement has room for.
const ANNOUNCED: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announcement {
    pub subject: String,
    /// Plain text, a sentence a line.
    pub body: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DashboardRow {
    pub label: String,
    /// Before; empty where there is nothing to compare.
    pub before: String,
    pub after: String,
}

pub(super) fn announcement(
    report: &Report,
    title: &str,
    decision: &DecisionView,
    before: &WindowView,
    after: &WindowView,
) -> Announcement {
    let title = legible::name(&legible::prose(title));
    let environment = report.deployment.environment.as_deref().map(|e| format!(" ({})", legible::name(e)));
    let phrase = decision.phrase.as_ref().map(|phrase| format!(": {phrase}")).unwrap_or_default();
    let mut body = Vec::new();
    body.extend(report.deployment.notice.as_deref().map(legible::prose));
    body.push(format!("{}. {}", decision.word, decision.sentence));
    body.extend(report.findings.iter().take(ANNOUNCED).map(|finding| format!("- {}", finding.headline)));
    body.extend([before, after].map(|window| {
        format!("{}: {} ({})", legible::capital(&legible::name(&window.label)), window.period, window.length)
    }));
    body.push("These are differences, not proof of cause.".to_owned());
    Announcement { subject: format!("{title}{phrase}{}", environment.unwrap_or_default()), body }
}

pub(super) fn dashboard(report: &Report, decision: &DecisionView) -> Vec<DashboardRow> {
    const OUTCOMES: [&str; 9] = [
        "expected",
        "missed",
        "started",
        "completed",
        "failed",
        "orphaned",
        "in_flight",
        "completion_rate",
        "on_time_rate",
    ];
    let row =
        |label: &str, before: String, after: String| DashboardRow { label: label.to_owned(), before, after };
    let mut rows =
        vec![row("Decision", String::new(), format!("{} {}", decision.mark, decision.word.to_lowercase()))];
    let met =
        report.targets.iter().filter(|t| t.verdict == crate::judgement::TargetVerdict::Met).count() as u64;
    if !report.targets.is_empty() {
        rows.push(row("Targets met", String::new(), figure::part_of(met, report.targets.len() as u64)));
    }
    let totals = total::outcomes(report).into_iter().filter(|total| OUTCOMES.contains(&total.code.as_str()));
    rows.extend(
        totals.chain(total::levels(report)).map(|total| row(&total.label, total.before, total.after)),
    );
    rows
}

/// The dashboard in a frame of lines, for a font of fixed width.
pub(super) fn boxed(rows: &[DashboardRow], before: &str, after: &str) -> Vec<String> {
    let heads = DashboardRow { label: String::new(), before: before.to_owned(), after: after.to_owned() };
    let cells: Vec<[&str; 3]> = std::iter::once(&heads)
        .chain(rows)
        .map(|row| [row.label.as_str(), row.before.as_str(), row.after.as_str()])
        .collect();
    let width = |column: usize| cells.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let [label, before, after] = [width(0), width(1), width(2)];
    let rule = |left: char, right: char| format!("{left}{}{right}", "─".repeat(label + before + after + 6));
    let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
    let lines =
        cells.iter().map(|[a, b, c]| format!("│ {}  {}  {} │", pad(a, label), pad(b, before), pad(c, after)));
    std::iter::once(rule('┌', '┐')).chain(lines).chain(std::iter::once(rule('└', '┘'))).collect()
}
