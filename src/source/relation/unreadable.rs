//! The questions for values that are there and cannot be read.

use super::Relation;
use crate::database::Statement;
use crate::mapping::FieldSource;
use crate::run::Field;

impl Relation<'_> {
    /// The statement for starts that are there and cannot be read as times, each once.
    pub fn unreadable_starts(&self) -> Statement {
        let started = self.column(Field::StartedAt);
        let unreadable = match self.mapping.times.get(&Field::StartedAt) {
            Some(kind) => kind.missing(self.dialect, &started),
            None => format!("{started} IS NULL"),
        };
        self.distinct("start_text", &started, &unreadable)
    }

    /// The statement for durations that are there and cannot be read, each once; `None` where that cannot be.
    pub fn unreadable_durations(&self) -> Option<Statement> {
        let FieldSource::Column(column) = self.mapping.places.get(&Field::Duration)? else { return None };
        let value = self.dialect.identifier(column);
        let unreadable = self.mapping.duration.unreadable(self.dialect, &value)?;
        Some(self.distinct("duration_text", &value, &unreadable))
    }

    /// The statement for some of a column's values in the rows with a condition, each once.
    fn distinct(&self, name: &str, value: &str, condition: &str) -> Statement {
        let mut statement = Statement::default();
        let native = self.native(&mut statement.fragments);
        let mut conditions = format!("{value} IS NOT NULL AND {condition}");
        if let Some(condition) = &self.mapping.condition {
            statement.fragments.insert("source_where".to_owned(), condition.clone());
            conditions.push_str(" AND :source_where");
        }
        let text = self.dialect.bytewise(value);
        statement.text = format!("SELECT DISTINCT {text} AS {name} FROM {native} WHERE {conditions} LIMIT 3");
        statement
    }
}
