//! An explanation as plain text.

use crate::legible;
use crate::report::explanation::{ExplainedQuery, Explanation};

/// The text, a section each for queries, steps, comparison and what rests on the number.
pub fn text(explanation: &Explanation) -> String {
    let mut text = format!("{}\n", legible::name(&explanation.subject));
    for source in &explanation.sources {
        text.push_str(&query(source));
    }
    section(&mut text, "Steps", &explanation.steps);
    section(&mut text, "Comparison", &explanation.comparison);
    section(&mut text, "Rests on it", &explanation.rests);
    text
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}\n"));
    for line in lines {
        text.push_str(&format!("  {}\n", legible::prose(line)));
    }
}

fn query(source: &ExplainedQuery) -> String {
    let mut text = format!("\nQuery {} (`jobdelta sql {}` prints it)\n", source.query, source.query);
    for (name, value) in &source.parameters {
        text.push_str(&format!("  {name} = {}\n", legible::name(&value.to_string())));
    }
    let heads = source.columns.iter().map(|column| Some(column.clone())).collect();
    let table: Vec<Vec<Option<String>>> = std::iter::once(heads).chain(source.rows.iter().cloned()).collect();
    for row in &table {
        let cells = row.iter().map(|cell| cell.as_deref().map_or("NULL".to_owned(), legible::name));
        text.push_str(&format!("  {}\n", cells.collect::<Vec<_>>().join(" | ")));
    }
    match (source.rows.len(), source.more) {
        (0, _) => text.push_str("  (no rows)\n"),
        (_, 0) => {}
        (_, more) => text.push_str(&format!("  and {more} more rows\n")),
    }
    text
}
