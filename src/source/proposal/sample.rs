//! Some rows of a table, each value as text.

use crate::database::{ColumnInfo, DatabaseError, Dialect, Row, Session, Statement, TableName};

/// Rows that are looked at.
const ROWS: usize = 500;

/// Columns that are looked at.
const COLUMNS: usize = 100;

/// Different words of a column that are counted.
const WORDS: usize = 60;

/// Rows from which the words of a column are those of the sample.
const MANY_ROWS: u64 = 1_000_000;

/// A table, and some of its rows: the latest, where an index tells which these are.
#[derive(Clone, Debug)]
pub struct SampledTable {
    pub name: TableName,
    pub columns: Vec<SampledColumn>,
    /// How many rows were looked at.
    pub rows: usize,
}

#[derive(Clone, Debug)]
pub struct SampledColumn {
    pub name: String,
    /// Lower case, as the database writes it.
    pub type_name: String,
    /// One for each row.
    pub values: Vec<Option<String>>,
    /// Words with their rows, the most frequent first, where they are few; of the whole table where it is not large.
    pub words: Option<Vec<(Option<String>, u64)>>,
}

impl SampledTable {
    /// # Errors
    /// When the database fails.
    pub async fn read(name: TableName, session: &mut Session) -> Result<Self, DatabaseError> {
        let dialect = session.dialect();
        let columns: Vec<ColumnInfo> = session.columns(&name).await?;
        let columns: Vec<ColumnInfo> = columns.into_iter().filter(is_legible).take(COLUMNS).collect();
        let newest = session.leading_columns(&name).await?.into_iter().next();
        let newest = newest.map(|column| format!(" ORDER BY {} DESC", dialect.identifier(&column)));
        let select: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| format!("{} AS value_{place}", text_of(dialect, &column.name)))
            .collect();
        let select = if select.is_empty() { "1 AS nothing".to_owned() } else { select.join(", ") };
        let order = newest.unwrap_or_default();
        let text = format!("SELECT {select} FROM {}{order} LIMIT {ROWS}", name.quoted(dialect));
        let rows = session.read("some rows", &Statement { text, ..Statement::default() }, ROWS).await?;
        let value = |row: &Row<'_>, place: usize| row.optional_text(&format!("value_{place}"));
        let mut sampled = Vec::new();
        for (place, ColumnInfo { name, type_name, .. }) in columns.into_iter().enumerate() {
            let values: Result<Vec<_>, _> = rows.iter().map(|row| value(&row, place)).collect();
            let words = None;
            sampled.push(SampledColumn { name, type_name, values: values?, words });
        }
        Ok(Self { name, columns: sampled, rows: rows.cells.len() })
    }

    /// Whether no row without `status` has an `end`; `None` for a table that is too large to look.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn none_ends(
        &self,
        status: &str,
        end: &str,
        session: &mut Session,
    ) -> Result<Option<bool>, DatabaseError> {
        if session.estimated_rows(&self.name).await?.is_some_and(|rows| rows > MANY_ROWS) {
            return Ok(None);
        }
        let dialect = session.dialect();
        let [status, end] = [status, end].map(|column| dialect.identifier(column));
        let text = format!(
            "SELECT 1 AS one_row FROM {} WHERE {status} IS NULL AND {end} IS NOT NULL LIMIT 1",
            self.name.quoted(dialect)
        );
        let statement = Statement { text, ..Statement::default() };
        Ok(Some(session.read("rows without a status", &statement, 1).await?.is_empty()))
    }

    /// Counts the words of the columns that repeat few: over the whole table, unless it is large.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_words(&mut self, session: &mut Session) -> Result<(), DatabaseError> {
        let large = session.estimated_rows(&self.name).await?.is_some_and(|rows| rows > MANY_ROWS);
        let dialect = session.dialect();
        for column in &mut self.columns {
            let distinct = column.distinct();
            if distinct == 0 || distinct > 12 {
                continue;
            }
            if large {
                column.words = Some(column.sampled_words());
                continue;
            }
            let text = format!(
                "SELECT word, COUNT(*) AS row_count FROM (SELECT {} AS word FROM {}) AS words GROUP BY word \
                 ORDER BY 2 DESC, 1 LIMIT {WORDS}",
                text_of(dialect, &column.name),
                self.name.quoted(dialect),
            );
            let statement = Statement { text, ..Statement::default() };
            let rows = session.read("words of a column", &statement, WORDS).await?;
            let word = |row: Row<'_>| Ok((row.optional_text("word")?, row.count("row_count")?));
            let words: Result<Vec<_>, DatabaseError> = rows.iter().map(word).collect();
            column.words = Some(words?);
        }
        Ok(())
    }
}

/// The value as text, at most 300 characters.
fn text_of(dialect: Dialect, column: &str) -> String {
    let text = dialect.bytewise(&dialect.identifier(column));
    match dialect {
        Dialect::Sqlite => format!("substr({text}, 1, 300)"),
        _ => format!("SUBSTRING({text}, 1, 300)"),
    }
}

fn is_legible(column: &ColumnInfo) -> bool {
    !["blob", "bytea", "binary", "geometry"].iter().any(|kind| column.type_name.contains(kind))
}

impl SampledColumn {
    pub fn present(&self) -> impl Iterator<Item = &str> + Clone {
        self.values.iter().flatten().map(String::as_str).filter(|text| !text.is_empty())
    }

    pub fn distinct(&self) -> usize {
        self.present().collect::<std::collections::BTreeSet<_>>().len()
    }

    fn sampled_words(&self) -> Vec<(Option<String>, u64)> {
        let mut counts = std::collections::BTreeMap::new();
        for value in &self.values {
            *counts.entry(value.clone()).or_insert(0) += 1;
        }
        let mut words: Vec<(Option<String>, u64)> = counts.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words
    }
}
