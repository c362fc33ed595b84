//! An explanation as plain text: the answer first, the rows last.

use std::ops::Range;

use super::terminal::wrap;
use crate::clock::Timestamp;
use crate::legible;
use crate::report::explanation::{ExplainedQuery, Explanation};

/// Whole numbers of microseconds that are written as an instant too: the years 2000 to 2100.
const INSTANTS: Range<i64> = 946_684_800_000_000..4_102_444_800_000_000;

/// The text: a section each for the answer, steps, comparison, what rests on the number, and queries with their
/// rows. No line is longer than `width`, where one is given.
pub fn text(explanation: &Explanation, width: Option<usize>) -> String {
    let mut text = format!("{}\n", legible::name(&explanation.subject));
    let mut section = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}\n"));
        }
        for line in lines {
            push(&mut text, &legible::prose(line), width);
        }
    };
    section("Answer", &explanation.answer);
    section("Steps", &explanation.steps);
    section("Comparison", &explanation.comparison);
    section("Rests on it", &explanation.rests);
    for source in &explanation.sources {
        section(
            &format!("Query {} (`jobdelta sql {}` prints it)", source.query, source.query),
            &rows(source),
        );
    }
    text
}

/// A line, indented, and what does not fit below it.
fn push(text: &mut String, line: &str, width: Option<usize>) {
    let lines = width.map_or_else(|| vec![line.to_owned()], |width| wrap(line, width.saturating_sub(4)));
    for (place, line) in lines.iter().enumerate() {
        text.push_str(&format!("{}{line}\n", if place == 0 { "  " } else { "    " }));
    }
}

fn rows(source: &ExplainedQuery) -> Vec<String> {
    let parameters = source.parameters.iter();
    let mut lines: Vec<String> = parameters
        .map(|(name, value)| format!("{name} = {}", cell(&legible::name(&value.to_string()))))
        .collect();
    lines.push(source.columns.join(" | "));
    lines.extend(source.rows.iter().map(|row| {
        let cells = row
            .iter()
            .map(|value| value.as_deref().map_or("NULL".to_owned(), |value| cell(&legible::name(value))));
        cells.collect::<Vec<_>>().join(" | ")
    }));
    match (source.rows.len(), source.more) {
        (0, _) => lines.push("(no rows)".to_owned()),
        (_, 0) => {}
        (_, more) => lines.push(format!("and {more} more rows")),
    }
    lines
}

/// A value, and beside microseconds since the epoch the instant that they are.
fn cell(value: &str) -> String {
    match value.parse::<i64>() {
        Ok(us) if INSTANTS.contains(&us) => format!("{value} ({})", Timestamp(us)),
        _ => value.to_owned(),
    }
}
