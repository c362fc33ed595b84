//! `jobdelta report --explain-cost`

use super::arguments::AnalysisArguments;
use super::{Exit, Failure, Surroundings, settings};
use crate::figure::counted;
use crate::pipeline::cost::{Cost, PlanSummary, RepeatedRead, estimate};
use crate::window::Chosen;

pub(super) async fn run(
    analysis: AnalysisArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let settings = settings::resolve(analysis, surroundings)?;
    let cost = estimate(&settings, &surroundings.cancellation).await?;
    surroundings.print(text(&cost).as_bytes())?;
    Ok(Exit::Success)
}

fn text(cost: &Cost) -> String {
    let Cost { server_version, identity, table, windows, execution, plans } = cost;
    let mut text = format!("{server_version} at {identity}");
    if let Some((table, rows)) = table {
        let rows = rows
            .map_or("of unknown size".to_owned(), |rows| format!("about {}", counted(rows, "row", "rows")));
        text.push_str(&format!(", table {table}, {rows}"));
    }
    for (word, window) in [("before", &windows.baseline), ("after ", &windows.stagger)] {
        text.push_str(&format!("\n{word} {} to {}", window.period.start, window.period.end));
        if let Chosen::SameHoursEarlier { .. } = window.chosen {
            text.push_str(&format!(" ({}, if the table reaches back so far)", window.chosen));
        }
    }
    let statements = counted(plans.len() as u64, "statement", "statements");
    text.push_str(&format!(
        "\n{statements} ({execution}), none of which was run: what the database expects of each\n\n"
    ));
    for (name, plan) in plans {
        match plan {
            Some(plan) => text.push_str(&entry(name, plan)),
            None => text.push_str(&format!("{name}\n  not asked: this database would run it to plan it\n")),
        }
    }
    text
}

/// The query on a line, with its cost in the database's own unit; each read of a table below.
fn entry(name: &str, PlanSummary { cost, reads }: &PlanSummary) -> String {
    let cost = cost.as_ref().map(|cost| format!("{:18}cost {cost}", "")).unwrap_or_default();
    let mut text = format!("{:<18}{}\n", name, cost.trim_start()).trim_end().to_owned() + "\n";
    for RepeatedRead { access, rows, times } in reads {
        let rows = rows.map(|rows| format!(": {}", counted(rows, "row", "rows"))).unwrap_or_default();
        let times = if *times > 1 { format!(", {times} times") } else { String::new() };
        text.push_str(&format!("  {access}{rows}{times}\n"));
    }
    text
}
