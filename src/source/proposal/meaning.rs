//! What the statuses of a table probably mean.

use super::choose::ChosenColumns;
use super::sample::SampledTable;
use super::{names, words};
use crate::mapping::StatusMeaning;
use crate::run::{Field, Status};

fn has_word(name: &str, known: &[&str]) -> bool {
    names::words(name).iter().any(|word| known.contains(&word.as_str()))
}

/// Whether the status is what a process returns.
pub(super) fn is_exit_code(chosen: &ChosenColumns) -> bool {
    let status = chosen.fields.get(&Field::Status);
    status.is_some_and(|status| has_word(&status.column, &["exit", "rc", "returncode", "exitcode"]))
}

/// Each word with its rows and what it probably means. That of a row without one is to run, where no such row has an
/// end.
pub(super) fn of_words(
    table: &SampledTable,
    chosen: &ChosenColumns,
) -> Vec<(Option<String>, u64, Option<StatusMeaning>)> {
    let Some(status) = chosen.fields.get(&Field::Status) else { return Vec::new() };
    let Some(column) = table.columns.iter().find(|column| column.name == status.column) else {
        return Vec::new();
    };
    let exit_code = is_exit_code(chosen);
    let flag = has_word(&column.name, &["ok", "success", "successful", "succeeded", "erfolg"]);
    let meaning = |word: &str| match word {
        "0" if exit_code => Some(StatusMeaning::Is(Status::Success)),
        _ if exit_code => Some(StatusMeaning::Is(Status::Failed)),
        "1" if flag => Some(StatusMeaning::Is(Status::Success)),
        "0" if flag => Some(StatusMeaning::Is(Status::Failed)),
        word => words::meaning(word),
    };
    let counted = column.words.clone().unwrap_or_default().into_iter();
    let counted = counted.map(|(word, rows)| {
        let found = match &word {
            Some(word) => meaning(word),
            None => unended(table, chosen).then_some(StatusMeaning::Is(Status::Running)),
        };
        (word, rows, found)
    });
    counted.filter(|(word, ..)| !exit_code || word.as_deref().is_none_or(|word| word == "0")).collect()
}

/// Whether no sampled row without a status has an end, or a duration.
fn unended(table: &SampledTable, chosen: &ChosenColumns) -> bool {
    let values = |field: Field| {
        let finding = chosen.fields.get(&field)?;
        table.columns.iter().find(|column| column.name == finding.column)
    };
    let Some(status) = values(Field::Status) else { return false };
    let Some(end) = values(Field::FinishedAt).or_else(|| values(Field::Duration)) else { return false };
    let rows = status.values.iter().zip(&end.values).filter(|(status, _)| status.is_none());
    rows.clone().count() > 0 && rows.clone().all(|(_, end)| end.as_ref().is_none_or(String::is_empty))
}
