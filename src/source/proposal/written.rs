//! A proposal as `[source]` of a deployment file, and as a person reads it.

use super::{DurationUnit, Proposal};
use crate::legible;
use crate::mapping::{EpochUnit, StatusMeaning};
use crate::run::{Field, SkipReason};

/// Stands where nothing could be decided.
pub const UNDECIDED: &str = "\"?\"";

/// The six statuses, and what has not started.
const CHOICES: &str = "running, success, failed, timeout, skipped, cancelled or open (has not started yet)";

/// What is known of the zone of times that have none, by its name.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZoneHint<'a> {
    pub declared: Option<&'a str>,
    /// That of this machine.
    pub here: Option<&'a str>,
}

impl ZoneHint<'_> {
    /// The line of `[source]` with it.
    pub fn line(self) -> String {
        if let Some(zone) = self.declared {
            return format!("time_zone = {}\n", quoted(zone));
        }
        let here = self.here.map(|zone| format!("; here {}", quoted(zone))).unwrap_or_default();
        format!(
            "time_zone = {UNDECIDED}  # the times have no zone: \"UTC\", or a name such as \"Europe/Berlin\"{here}\n"
        )
    }
}

/// Rows that are shown.
const SHOWN_ROWS: usize = 5;

/// `text` as a string, or a key, of TOML.
pub fn quoted(text: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' ' => c.to_string(),
        c if legible::visible(&c.to_string()) == c.to_string() => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(written).collect::<String>())
}

/// A text of several lines as TOML has it, without escapes where that can be.
fn block(text: &str) -> String {
    if text.contains("'''") || text.chars().any(|c| c.is_control() && c != '\n') {
        return quoted_lines(text);
    }
    format!("'''\n{text}\n'''")
}

fn quoted_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| quoted(line).trim_matches('"').to_owned()).collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn unit_word(unit: EpochUnit) -> &'static str {
    EpochUnit::WORDS.iter().find(|(_, of)| *of == unit).map_or("us", |(word, _)| word)
}

fn meaning_word(meaning: StatusMeaning) -> String {
    match meaning {
        StatusMeaning::Skipped(SkipReason::Lock) => "skipped:lock".to_owned(),
        StatusMeaning::Skipped(SkipReason::Overlap) => "skipped:overlap".to_owned(),
        StatusMeaning::Skipped(SkipReason::Other) => "skipped:other".to_owned(),
        meaning => meaning.word().to_owned(),
    }
}

impl Proposal {
    /// The lines of `[source]` after its URL.
    pub fn lines(&self, zone: ZoneHint<'_>) -> String {
        let mut lines = String::new();
        match &self.query {
            None => {
                if !self.is_file {
                    lines.push_str(&format!("table = {}\n", quoted(&self.table.name.to_string())));
                }
                lines.push_str(&self.column_lines());
            }
            Some(query) => {
                lines.push_str("# Some columns are made readable; the others are as they are.\n");
                lines.push_str(&format!("query = {}\n", block(query)));
            }
        }
        if let Some(format) = &self.time_format {
            lines.push_str(&format!("time_format = {}\n", quoted(format)));
        }
        if let Some(unit) = self.time_unit {
            lines.push_str(&format!("time_unit = \"{}\"\n", unit_word(unit)));
        }
        match self.duration_unit {
            DurationUnit::NotNeeded => {}
            DurationUnit::Known(unit) => {
                lines.push_str(&format!("duration_unit = \"{}\"\n", unit_word(unit)));
            }
            DurationUnit::Undecided => {
                lines.push_str(&format!(
                    "duration_unit = {UNDECIDED}  # s, ms or us: of the column's numbers\n"
                ));
            }
        }
        if self.zoneless {
            lines.push_str(&zone.line());
        }
        if self.attempt_base == 0 {
            lines.push_str("attempt_base = 0\n");
        }
        lines.push_str(&self.status_lines());
        lines
    }

    fn column_lines(&self) -> String {
        let mut text = String::new();
        for field in [Field::JobName, Field::StartedAt, Field::FinishedAt, Field::Duration, Field::Status] {
            let missing = match field {
                Field::FinishedAt | Field::Duration => false,
                _ => !self.fields.contains_key(&field),
            };
            if missing {
                text.push_str(&format!("columns.{} = {UNDECIDED}  # {}\n", field.name(), self.choices()));
            }
        }
        for (field, finding) in &self.fields {
            let reason = legible::prose(&finding.reason);
            text.push_str(&format!("columns.{} = {}  # {reason}\n", field.name(), quoted(&finding.column)));
        }
        text
    }

    fn choices(&self) -> String {
        let names: Vec<String> =
            self.table.columns.iter().map(|column| legible::name(&column.name)).collect();
        names.join(", ")
    }

    fn status_lines(&self) -> String {
        let mut text = String::new();
        let mut words = String::new();
        for (word, rows, meaning) in &self.statuses {
            let rows = crate::figure::counted(*rows, "row", "rows");
            let (value, comment) = match meaning {
                Some(meaning) => (format!("\"{}\"", meaning_word(*meaning)), rows),
                None => (UNDECIDED.to_owned(), format!("{rows}: {CHOICES}")),
            };
            match word {
                Some(word) => words.push_str(&format!("{} = {value}  # {comment}\n", quoted(word))),
                None => text.push_str(&format!("null_status = {value}  # {comment}\n")),
            }
        }
        if self.other_failed {
            text.push_str("other_statuses = \"failed\"  # every other exit code\n");
        }
        if !self.fields.contains_key(&Field::Status) {
            text.push_str(
                "known_limits = [\"the table has no status: a run that has ended counts as a success\"]\n",
            );
            words.push_str("running = \"running\"\nended = \"success\"\n");
        }
        if words.is_empty() { text } else { format!("{text}\n[source.statuses]\n{words}") }
    }

    /// What was found, and some rows as they are understood.
    pub fn preview(&self) -> String {
        let name = legible::name(&self.table.name.to_string());
        let mut text = if self.is_file { "the file:\n".to_owned() } else { format!("table {name}:\n") };
        for (field, finding) in &self.fields {
            let (column, reason) = (legible::name(&finding.column), legible::prose(&finding.reason));
            text.push_str(&format!("  {:14} from {column}: {reason}\n", field.name()));
        }
        let fields: Vec<Field> = self.fields.keys().copied().collect();
        text.push_str(&format!(
            "{} as understood:\n",
            crate::figure::counted(self.table.rows.min(SHOWN_ROWS) as u64, "row", "rows")
        ));
        for row in 0..self.table.rows.min(SHOWN_ROWS) {
            let cells: Vec<String> = fields.iter().filter_map(|field| self.cell(*field, row)).collect();
            text.push_str(&format!("  {}\n", cells.join(" · ")));
        }
        text
    }

    fn cell(&self, field: Field, row: usize) -> Option<String> {
        let finding = self.fields.get(&field)?;
        let column = self.table.columns.iter().find(|column| column.name == finding.column)?;
        let value = column.values.get(row)?;
        let shown =
            value.as_ref().map_or_else(|| "NULL".to_owned(), |text| legible::cut(&legible::name(text), 40));
        if field != Field::Status {
            return Some(format!("{} {shown}", field.name()));
        }
        let known = self.statuses.iter().find(|(word, ..)| word == value);
        let meaning = match known.and_then(|(_, _, meaning)| *meaning) {
            Some(meaning) => meaning_word(meaning),
            None if self.other_failed => "failed".to_owned(),
            None => "?".to_owned(),
        };
        Some(format!("status {shown} → {meaning}"))
    }
}
