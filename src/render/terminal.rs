//! The summary for a terminal: at most so many columns, colour only when asked for.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::view::{TargetRow, View, WindowView};
use crate::figure;
use crate::judgement::{DecisionVerdict, TargetVerdict};
use crate::legible;
use crate::report::model::Report;

/// Changes that were not predicted, one by one.
const SURPRISES: usize = 5;

/// Caveats that the first screen has room for.
const CAVEATS: usize = 3;

/// Characters of a note on the first screen: three lines.
const NOTE_LENGTH: usize = 230;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour; words and marks say the same without.
    pub colour: bool,
    /// Columns; no line is longer.
    pub width: usize,
}

impl Style {
    /// Eighty columns without colour: files and pipes.
    pub const PLAIN: Self = Self { colour: false, width: 80 };
}

impl Default for Style {
    fn default() -> Self {
        Self::PLAIN
    }
}

/// The colours that carry a meaning besides their mark and word.
#[derive(Clone, Copy)]
enum Colour {
    Good,
    Bad,
    Open,
    Strong,
    None,
}

/// Decision, targets and findings on one screen.
pub fn summary(report: &Report, style: &Style) -> String {
    screen_of(&View::of(report), style)
}

fn screen_of(view: &View, style: &Style) -> String {
    let mut screen = Screen { style: *style, text: String::new() };
    head(&mut screen, view);
    decision(&mut screen, view);
    scoreboard(&mut screen, view);
    targets(&mut screen, view);
    environments(&mut screen, view);
    findings(&mut screen, view);
    notes(&mut screen, view);
    screen.text
}

/// [`summary`], and what the exit code means.
pub fn check(report: &Report, style: &Style) -> String {
    let view = View::of(report);
    let mut screen = Screen { style: *style, text: screen_of(&view, style) };
    let line = match view.decision.verdict {
        Some(DecisionVerdict::Pass) if view.scoreboard.harm.is_some() => {
            "exit 0: every required target is met and no trigger fired, but jobs got worse"
        }
        Some(DecisionVerdict::Pass) => "exit 0: every required target is met and no trigger fired",
        Some(DecisionVerdict::Fail) => "exit 1: a required target was missed",
        Some(DecisionVerdict::Undecided) => "exit 3: something required could not be judged",
        Some(DecisionVerdict::RollBack) => "exit 4: a rollback trigger fired",
        None => "exit 2: no required target and no trigger is declared",
    };
    screen.wrapped("", line, 0);
    screen.text
}

fn head(screen: &mut Screen, view: &View) {
    let title = legible::prose(&view.title);
    let place = view.environment.as_deref().map(|e| format!(" · {}", legible::prose(e))).unwrap_or_default();
    let line = fit(&format!("{title}{place}"), screen.style.width);
    screen.line(&[(&line, Colour::Strong)]);
    if let Some(notice) = &view.notice {
        screen.wrapped("", &legible::prose(notice), 0);
    }
    let windows = [&view.before, &view.after];
    let widest = |of: fn(&WindowView) -> &String| windows.iter().map(|w| of(w).width()).max().unwrap_or(0);
    let (period, length, started) = (widest(|w| &w.period), widest(|w| &w.length), widest(|w| &w.started));
    let labels = windows.map(|window| fit(&legible::visible(&window.label), 10));
    let label = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    for (window, name) in windows.into_iter().zip(labels) {
        let line = format!(
            "{}  {}  {}  {} started",
            left(&name, label),
            left(&window.period, period),
            right(&window.length, length),
            right(&window.started, started)
        );
        screen.wrapped("", &line, label + 2);
    }
    screen.blank();
}

fn decision(screen: &mut Screen, view: &View) {
    let decision = &view.decision;
    let colour = match decision.verdict {
        Some(DecisionVerdict::Pass) => Colour::Good,
        Some(DecisionVerdict::Fail | DecisionVerdict::RollBack) => Colour::Bad,
        Some(DecisionVerdict::Undecided) => Colour::Open,
        None => Colour::Strong,
    };
    let word = format!("{} {}", decision.mark, decision.word.to_uppercase());
    let indent = word.width() + 3;
    let lines = wrap(&decision.sentence, screen.style.width.saturating_sub(indent));
    for (place, line) in lines.iter().enumerate() {
        if place == 0 {
            screen.line(&[(&word, colour), ("   ", Colour::None), (line, Colour::None)]);
        } else {
            screen.line(&[(&" ".repeat(indent), Colour::None), (line, Colour::None)]);
        }
    }
    screen.blank();
}

fn scoreboard(screen: &mut Screen, view: &View) {
    let board = &view.scoreboard;
    if board.line.is_none() && view.missed.is_none() {
        return;
    }
    if let Some(harm) = &board.harm {
        screen.line(&[("! ", Colour::Bad), (harm, Colour::Bad)]);
    }
    if let Some(line) = &board.line {
        screen.wrapped("JOBS  ", line, 6);
    }
    for row in &board.worst {
        screen.wrapped(&format!("{} ", row.mark), &row.line(), 2);
    }
    if let Some(left_out) = &board.left_out {
        screen.wrapped("  ", &format!("and {left_out}"), 2);
    }
    if let Some(missed) = &view.missed {
        screen.wrapped("✗ ", &legible::visible(missed), 2);
    }
    for row in &board.look_at {
        screen.wrapped("? ", &format!("look at {}", row.line()), 2);
    }
    screen.blank();
}

fn targets(screen: &mut Screen, view: &View) {
    if view.targets.is_empty() {
        return;
    }
    let cells = |target: &TargetRow| {
        let verdict = format!("{}{}", target.word, if target.advisory { " (advisory)" } else { "" });
        let verdict = format!("{verdict}{}", if target.accepted.is_some() { ", accepted" } else { "" });
        [
            fit(&legible::visible(&target.metric), 20),
            fit(&legible::visible(&target.wanted), 12),
            fit(&target.before, 14),
            fit(&target.after, 14),
            verdict,
        ]
    };
    let rows: Vec<[String; 5]> = view.targets_first.iter().map(cells).collect();
    let heads = ["TARGET", "WANTED", "BEFORE", "AFTER", "VERDICT"];
    let widths: [usize; 4] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].width()).chain([heads[column].width()]).max().unwrap_or(0)
    });
    let columns = |row: [&str; 5]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| left(cell, width)).collect();
        cells.join("  ")
    };
    let head = format!("  {}  {}", columns(heads), heads[4]);
    screen.line(&[(&fit(&head, screen.style.width), Colour::Strong)]);
    for (target, row) in view.targets_first.iter().zip(&rows) {
        let start = columns([&row[0], &row[1], &row[2], &row[3], ""]);
        let verdict = fit(&row[4], screen.style.width.saturating_sub(start.width() + 4));
        let colour = verdict_colour(target.verdict);
        screen.line(&[
            (&target.mark, colour),
            (" ", Colour::None),
            (&start, Colour::None),
            ("  ", Colour::None),
            (&verdict, colour),
        ]);
        if let Some(detail) = detail(target) {
            screen.wrapped("    ", &detail, 4);
        }
    }
    if let Some(left_out) = &view.targets_left_out {
        screen.wrapped("  ", &format!("and {left_out}"), 2);
    }
    screen.blank();
}

/// The job, the change, the interval and the reason, as far as there are any.
fn detail(target: &TargetRow) -> Option<String> {
    let open = target.verdict != TargetVerdict::Met;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(target.change_unsaid(open).map(|change| format!("change {change}")));
    if open && !target.reason.is_empty() {
        parts.push(legible::cut(&legible::visible(&target.reason), legible::MESSAGE_LENGTH));
    }
    if open {
        parts.extend(target.interval.as_ref().map(|interval| format!("interval {interval}")));
    }
    let text = parts.join("; ");
    match &target.job {
        Some(job) if text.is_empty() => Some(legible::name(job)),
        Some(job) => Some(format!("{}: {text}", legible::name(job))),
        None => (!text.is_empty()).then_some(text),
    }
}

/// Each environment in a line, and what was not predicted.
fn environments(screen: &mut Screen, view: &View) {
    let Some(found) = &view.environments else { return };
    screen.line(&[("ENVIRONMENTS", Colour::Strong)]);
    let names: Vec<String> = found.rows.iter().map(|row| fit(&legible::visible(&row.name), 20)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (row, name) in found.rows.iter().zip(&names) {
        let line =
            format!("{}  {}  {}  {} completed", left(name, widest), row.decision, row.targets, row.completed);
        screen.wrapped("  ", &line, widest + 4);
    }
    screen.wrapped("- ", &found.sentence, 2);
    for row in found.changes.iter().filter(|row| row.surprise).take(SURPRISES) {
        screen.wrapped(
            "- ",
            &legible::visible(&format!("{}: {} ({})", row.what, row.happened, row.outcome)),
            2,
        );
    }
    screen.blank();
}

fn findings(screen: &mut Screen, view: &View) {
    screen.line(&[("WHAT CHANGED", Colour::Strong)]);
    let wanted = ["missed", "orphaned", "in_flight"];
    let rows: Vec<_> = view
        .levels
        .iter()
        .chain(view.totals.iter().filter(|total| wanted.contains(&total.code.as_str())))
        .filter(|row| row.before != "0" || row.after != "0")
        .collect();
    let label = rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    for row in rows {
        let line = format!("  {}  {} → {}", left(&row.label.to_lowercase(), label), row.before, row.after);
        screen.line(&[(&fit(&line, screen.style.width), Colour::None)]);
    }
    for kpi in view.kpis.iter().filter(|kpi| kpi.sampled) {
        let line = format!("{}: {} → {}", legible::name(&kpi.name), kpi.before, kpi.after);
        screen.wrapped("  ", &legible::visible(&line), 4);
    }
    screen.blank();
    for finding in &view.findings {
        screen.wrapped("- ", &legible::visible(&finding.headline), 2);
    }
    for group in &view.jobs.audit {
        screen.wrapped("- ", &format!("{}: {}.", group.title, group.names), 2);
    }
}

fn notes(screen: &mut Screen, view: &View) {
    let caveats = &view.reading.caveats;
    screen.blank();
    for period in view.excluded.iter().take(CAVEATS) {
        let text = format!("In neither window: {} ({}).", period.period, reason(&period.reason));
        screen.wrapped("! ", &text, 2);
    }
    for caveat in caveats.iter().take(CAVEATS) {
        screen.wrapped("! ", &legible::capital(&reason(&caveat.message)), 2);
    }
    let left_out =
        (caveats.len().saturating_sub(CAVEATS) + view.excluded.len().saturating_sub(CAVEATS)) as u64;
    if left_out > 0 {
        let more = figure::counted(left_out, "more note is", "more notes are");
        screen.wrapped("! ", &format!("{more} in the report."), 2);
    }
    if view.reading.is_recognised {
        screen.wrapped("  ", &format!("Mapping: {}.", view.reading.preset), 2);
    }
    screen.wrapped("  ", &format!("Times: {}; shown in UTC.", view.reading.times), 2);
}

fn reason(text: &str) -> String {
    legible::cut(&legible::visible(text), NOTE_LENGTH)
}

fn verdict_colour(verdict: TargetVerdict) -> Colour {
    match verdict {
        TargetVerdict::Met => Colour::Good,
        TargetVerdict::Missed => Colour::Bad,
        TargetVerdict::Inconclusive => Colour::Open,
        TargetVerdict::NotMeasured => Colour::None,
    }
}

struct Screen {
    style: Style,
    text: String,
}

impl Screen {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// One line of parts, each with its colour.
    fn line(&mut self, parts: &[(&str, Colour)]) {
        let mut line = String::new();
        for (text, colour) in parts {
            match code(*colour).filter(|_| self.style.colour) {
                Some(code) => line.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m")),
                None => line.push_str(text),
            }
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A text over as many lines as it needs; those after the first are indented.
    fn wrapped(&mut self, lead: &str, text: &str, indent: usize) {
        let width = self.style.width.saturating_sub(indent.max(lead.width()));
        for (place, line) in wrap(text, width).iter().enumerate() {
            let start = if place == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(&[(&start, Colour::None), (line, Colour::None)]);
        }
    }
}

fn code(colour: Colour) -> Option<&'static str> {
    match colour {
        Colour::Good => Some("32"),
        Colour::Bad => Some("31"),
        Colour::Open => Some("33"),
        Colour::Strong => Some("1"),
        Colour::None => None,
    }
}

/// `text` in lines of at most `width` columns, broken at spaces; a word that is too long is broken where
/// the line ends. Several spaces in a row are kept as long as the line fits.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        while word.width() > width {
            let (head, tail) = split_at_width(&word, width);
            lines.push(head);
            word = tail;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// `text` cut to `width` columns, an ellipsis in place of what is cut.
fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    format!("{}…", split_at_width(text, width.saturating_sub(1)).0)
}

fn split_at_width(text: &str, width: usize) -> (String, String) {
    let mut used = 0;
    let head: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect();
    let tail = text.get(head.len()..).unwrap_or_default().to_owned();
    (head, tail)
}

/// Columns of a job's name at the head of a row.
pub(super) const NAME_WIDTH: usize = 27;

/// The name of a job at the head of a row of a table; a longer one has a line of its own.
pub(super) fn job_name(name: &str) -> String {
    let name = legible::visible(name);
    let name = if name.is_empty() { legible::EMPTY.to_owned() } else { name };
    if name.width() > NAME_WIDTH { format!("{name}\n{:NAME_WIDTH$}", "") } else { left(&name, NAME_WIDTH) }
}

pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_inside_long_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
        assert_eq!(fit("汉字汉字", 5), "汉字…");
        assert_eq!(fit("short", 5), "short");
    }
}
