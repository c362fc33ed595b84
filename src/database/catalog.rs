//! What the database says about its tables.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AssertSqlSafe, Column, Row as _, TypeInfo};

use super::connection::Driver;
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::session::Session;
use super::statement::{BoundValue, Statement};

/// Most columns of a table, and most tables of a database, that are looked at.
const MOST_NAMES: usize = 5_000;

/// A table's name, with its schema where one was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableName {
    /// The schema (in `MySQL` the database); the connection's own when `None`.
    pub schema: Option<String>,
    pub name: String,
}

impl TableName {
    /// Reads `table` or `schema.table`; a part with a point of its own is in double quotes. Any characters may
    /// follow, since the parts are quoted for the database; empty parts and NUL are refused.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, rest) = first_part(text);
        let (schema, name) = match rest {
            Some(rest) => (Some(first), in_quotes(rest).filter(|(_, end)| end.is_empty())),
            None => (None, Some((first, ""))),
        };
        let name = name.map_or_else(|| rest.unwrap_or_default().to_owned(), |(name, _)| name);
        let valid = |part: &str| !part.is_empty() && !part.contains('\0');
        (valid(&name) && schema.as_deref().is_none_or(valid)).then_some(Self { schema, name })
    }

    pub fn quoted(&self, dialect: Dialect) -> String {
        let name = dialect.identifier(&self.name);
        match &self.schema {
            Some(schema) => format!("{}.{name}", dialect.identifier(schema)),
            None => name,
        }
    }
}

impl std::fmt::Display for TableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{}.{}", written(schema), written(&self.name)),
            None => f.write_str(&written(&self.name)),
        }
    }
}

/// A part of a name as [`TableName::parse`] reads it.
fn written(part: &str) -> Cow<'_, str> {
    if part.contains('.') || part.starts_with('"') {
        Cow::Owned(format!("\"{}\"", part.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(part)
    }
}

/// The part before the point, and what follows it.
fn first_part(text: &str) -> (String, Option<&str>) {
    match in_quotes(text) {
        Some((part, "")) => (part, None),
        Some((part, rest)) if rest.starts_with('.') => (part, rest.get(1..)),
        _ => match text.split_once('.') {
            Some((part, rest)) => (part.to_owned(), Some(rest)),
            None => (text.to_owned(), None),
        },
    }
}

/// The text in the double quotes that `text` begins with, a doubled one being part of it, and what follows.
fn in_quotes(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut inside = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        inside.push_str(before);
        let Some(more) = after.strip_prefix('"') else { return Some((inside, after)) };
        inside.push('"');
        rest = more;
    }
}

/// A column with its declared type, lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    pub name: String,
    /// Its type as the database writes it.
    pub type_name: String,
    /// Whether it holds text of which two values are equal where their bytes are.
    pub is_bytewise: bool,
}

/// A table that was looked for by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTable {
    pub name: TableName,
    /// Whether its name without the schema is enough.
    pub is_visible: bool,
    /// Whether this user has the right to read it, as far as the database says so of others' tables.
    pub is_readable: bool,
    pub columns: Vec<String>,
}

/// The question for the tables of `names`: a row for a table with all its columns, or for one of its columns.
fn named_tables(dialect: Dialect, names: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!(
            "SELECT 'main' AS schema_name, m.name AS table_name, c.name AS column_names, 1 AS is_visible, \
             1 AS is_readable FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type IN ('table', 'view') AND LOWER(m.name) IN ({names}) ORDER BY 2, c.cid"
        ),
        Dialect::Postgres => format!(
            "SELECT CAST(n.nspname AS text) AS schema_name, CAST(c.relname AS text) AS table_name, \
             string_agg(CAST(a.attname AS text), chr(10) ORDER BY a.attnum) AS column_names, \
             CASE WHEN pg_table_is_visible(c.oid) THEN 1 ELSE 0 END AS is_visible, \
             CASE WHEN has_schema_privilege(n.oid, 'USAGE') AND (has_table_privilege(c.oid, 'SELECT') \
             OR has_any_column_privilege(c.oid, 'SELECT')) THEN 1 ELSE 0 END AS is_readable \
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
             WHERE LOWER(CAST(c.relname AS text)) IN ({names}) AND c.relkind IN ('r', 'v', 'm', 'p', 'f') \
             AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
             AND (n.nspname NOT LIKE 'pg\\_%' OR pg_table_is_visible(c.oid)) \
             GROUP BY n.oid, n.nspname, c.oid, c.relname ORDER BY 1, 2"
        ),
        Dialect::MySql | Dialect::MariaDb => format!(
            "SELECT table_schema AS schema_name, table_name AS table_name, column_name AS column_names, \
             1 AS is_visible, 1 AS is_readable FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND LOWER(table_name) IN ({names}) \
             ORDER BY table_name, ordinal_position"
        ),
    }
}

/// The type by which a table declares a column of which a driver tells the type `told`.
fn declared(told: &str) -> String {
    match told {
        "TIMESTAMPTZ" => "timestamp with time zone".to_owned(),
        "NULL" => String::new(),
        told => told.to_ascii_lowercase(),
    }
}

impl Session {
    /// The columns of `table`; empty when there is no such table that this user may see.
    pub async fn columns(&mut self, table: &TableName) -> Result<Vec<ColumnInfo>, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => {
                "SELECT name AS column_name, type AS type_name, 0 AS is_bytewise \
                 FROM pragma_table_info(:table, :schema)"
            }
            Dialect::Postgres => {
                "SELECT CAST(attname AS text) AS column_name, format_type(atttypid, atttypmod) AS type_name, \
                 CASE WHEN atttypid IN (25, 1043) AND c.collisdeterministic THEN 1 ELSE 0 END AS is_bytewise \
                 FROM pg_attribute LEFT JOIN pg_collation c ON c.oid = attcollation \
                 WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            }
            Dialect::MySql | Dialect::MariaDb => {
                "SELECT column_name AS column_name, column_type AS type_name, 0 AS is_bytewise \
                 FROM information_schema.columns WHERE table_name = :table AND table_schema = COALESCE(NULLIF(:schema, ''), DATABASE()) \
                 ORDER BY ordinal_position"
            }
        };
        let statement = self.about(table, text);
        let rows = self.read("columns", &statement, MOST_NAMES).await?;
        rows.iter()
            .map(|row| {
                let type_name = row.text("type_name")?.to_ascii_lowercase();
                let is_bytewise = row.int("is_bytewise")? == 1;
                Ok(ColumnInfo { name: row.text("column_name")?, type_name, is_bytewise })
            })
            .collect()
    }

    /// The columns that a query returns, with the types by which tables declare such columns; in `SQLite`
    /// the type of a computed column is that of its first value, empty where there is none.
    pub async fn query_columns(&mut self, query: &str) -> Result<Vec<ColumnInfo>, DatabaseError> {
        let of_query = |text: String| Statement {
            text,
            fragments: [("source_query".to_owned(), query.to_owned())].into(),
            ..Statement::default()
        };
        // One row for certain, so that its types are reported, and none of the query, so that nothing is read.
        let text = "SELECT q.* FROM (SELECT 1 AS one_row) AS o \
                    LEFT JOIN (SELECT * FROM :source_query AS s LIMIT 0) AS q ON o.one_row = 1";
        let mut columns = self.described("columns of the query", &of_query(text.to_owned())).await?;
        let mut untyped: Vec<&mut ColumnInfo> =
            columns.iter_mut().filter(|column| column.type_name.is_empty()).collect();
        if untyped.is_empty() || self.dialect() != Dialect::Sqlite {
            return Ok(columns);
        }
        let typeof_column = |(place, column): (usize, &&mut ColumnInfo)| {
            format!("typeof({}) AS type_{place}", Dialect::Sqlite.identifier(&column.name))
        };
        let types: Vec<String> = untyped.iter().enumerate().map(typeof_column).collect();
        let text = format!("SELECT {} FROM :source_query AS s LIMIT 1", types.join(", "));
        let rows = self.read("types of the query", &of_query(text), 1).await?;
        for row in rows.iter() {
            for (place, column) in untyped.iter_mut().enumerate() {
                column.type_name = row.text(&format!("type_{place}"))?.replace("null", "");
            }
        }
        Ok(columns)
    }

    async fn described(
        &mut self,
        query: &str,
        statement: &Statement,
    ) -> Result<Vec<ColumnInfo>, DatabaseError> {
        macro_rules! columns {
            ($connection:expr, $sql:expr) => {{
                let row = sqlx::query(AssertSqlSafe($sql)).persistent(false).fetch_one($connection).await?;
                let mut columns = Vec::new();
                for column in row.columns() {
                    let type_name = declared(column.type_info().name());
                    columns.push(ColumnInfo {
                        name: column.name().to_owned(),
                        type_name,
                        is_bytewise: false,
                    });
                }
                Ok(columns)
            }};
        }
        let left = self.limit_next(query).await?;
        let (sql, _) = statement
            .bind(self.dialect())
            .map_err(|source| DatabaseError::Statement { query: query.to_owned(), source })?;
        let driver = &mut self.connection.driver;
        let work = async move {
            match driver {
                Driver::Sqlite(c) => columns!(c, sql),
                Driver::Postgres(c) => columns!(c, sql),
                Driver::MySql(c) => columns!(c, sql),
            }
        };
        let columns: Result<Vec<ColumnInfo>, sqlx::Error> = self.bounds.supervised(query, left, work).await?;
        columns.map_err(|error| self.failed(query, &error))
    }

    /// The tables and views that this user may see, for naming the nearest to a mistyped one.
    pub async fn tables(&mut self) -> Result<Vec<TableName>, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => {
                "SELECT NULL AS schema_name, name AS table_name FROM sqlite_master \
                 WHERE type IN ('table', 'view')"
            }
            Dialect::Postgres => {
                "SELECT CASE WHEN n.nspname <> current_schema() THEN CAST(n.nspname AS text) END AS schema_name, \
                 CAST(c.relname AS text) AS table_name \
                 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                 WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname <> 'information_schema' \
                 AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1 NULLS FIRST, 2 LIMIT 1000"
            }
            Dialect::MySql | Dialect::MariaDb => {
                "SELECT NULLIF(table_schema, DATABASE()) AS schema_name, table_name AS table_name FROM information_schema.tables \
                 WHERE table_schema = DATABASE() ORDER BY 2 LIMIT 1000"
            }
        };
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        let rows = self.read("tables", &statement, MOST_NAMES).await?;
        let rows = rows.iter();
        rows.map(|row| {
            Ok(TableName { schema: row.optional_text("schema_name")?, name: row.text("table_name")? })
        })
        .collect()
    }

    /// The tables and views of these names, in whatever case: of `PostgreSQL` those of every schema, also where they
    /// may not be read.
    pub async fn tables_named(&mut self, wanted: &[TableName]) -> Result<Vec<FoundTable>, DatabaseError> {
        let wanted: BTreeSet<String> = wanted.iter().map(|table| table.name.to_ascii_lowercase()).collect();
        let values: BTreeMap<String, BoundValue> = wanted
            .into_iter()
            .enumerate()
            .map(|(number, name)| (format!("table_{number}"), BoundValue::Text(name)))
            .collect();
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = values.keys().map(|name| format!(":{name}")).collect();
        let text = named_tables(self.dialect(), &names.join(", "));
        let statement = Statement { text, values, ..Statement::default() };
        let mut found: Vec<FoundTable> = Vec::new();
        for row in self.read("known tables", &statement, MOST_NAMES).await?.iter() {
            let name = TableName { schema: Some(row.text("schema_name")?), name: row.text("table_name")? };
            let columns = row.text("column_names")?;
            let columns = columns.split('\n').map(str::to_owned);
            match found.last_mut().filter(|last| last.name == name) {
                Some(last) => last.columns.extend(columns),
                None => found.push(FoundTable {
                    name,
                    is_visible: row.int("is_visible")? == 1,
                    is_readable: row.int("is_readable")? == 1,
                    columns: columns.collect(),
                }),
            }
        }
        Ok(found)
    }

    /// The name of the role that reads.
    pub async fn role(&mut self) -> Result<String, DatabaseError> {
        let text = "SELECT CAST(current_user AS text) AS role_name".to_owned();
        let rows = self.read("role", &Statement { text, ..Statement::default() }, 1).await?;
        Ok(rows.iter().next().map(|row| row.text("role_name")).transpose()?.unwrap_or_default())
    }

    /// Whether this user sees a row of `table`.
    ///
    /// # Errors
    /// When the server fails, or the table may not be read.
    pub async fn has_rows(&mut self, table: &TableName) -> Result<bool, DatabaseError> {
        let text = format!("SELECT 1 AS one_row FROM {} LIMIT 1", table.quoted(self.dialect()));
        let statement = Statement { text, ..Statement::default() };
        Ok(!self.read("a row of a known table", &statement, 1).await?.is_empty())
    }

    /// The columns of `table` that an index begins with, of which a window's bounds can make use.
    pub async fn leading_columns(&mut self, table: &TableName) -> Result<Vec<String>, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => {
                "SELECT c.name AS column_name FROM pragma_index_list(:table, :schema) i \
                 JOIN pragma_index_info(i.name, :schema) c WHERE c.seqno = 0 AND c.name IS NOT NULL"
            }
            Dialect::Postgres => {
                "SELECT CAST(a.attname AS text) AS column_name FROM pg_index i \
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
                 WHERE i.indrelid = to_regclass(:table) AND i.indisvalid"
            }
            Dialect::MySql | Dialect::MariaDb => {
                "SELECT column_name AS column_name FROM information_schema.statistics \
                 WHERE table_name = :table AND seq_in_index = 1 \
                 AND table_schema = COALESCE(NULLIF(:schema, ''), DATABASE())"
            }
        };
        let statement = self.about(table, text);
        let rows = self.read("indexes", &statement, MOST_NAMES).await?;
        rows.iter().map(|row| Ok(row.text("column_name")?)).collect()
    }

    /// About how many rows `table` holds, without counting them; `None` where the database does not know,
    /// as for a view.
    pub async fn estimated_rows(&mut self, table: &TableName) -> Result<Option<u64>, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => return self.largest_rowid(table).await,
            // A partitioned table keeps its rows in others, at any depth; -1 is a table that was never analysed.
            Dialect::Postgres => {
                if let Some(rows) = self.rows_in_shards(table).await? {
                    return Ok(Some(rows));
                }
                "WITH RECURSIVE parts AS (SELECT CAST(to_regclass(:table) AS oid) AS part \
                 UNION SELECT inhrelid FROM pg_inherits JOIN parts ON inhparent = part) \
                 SELECT CAST(SUM(CASE WHEN relkind = 'p' THEN 0 WHEN reltuples < 0 THEN NULL ELSE reltuples END) \
                 AS bigint) AS row_estimate FROM pg_class JOIN parts ON oid = part \
                 WHERE relkind IN ('r', 'm', 'p', 'f')"
            }
            Dialect::MySql | Dialect::MariaDb => {
                "SELECT CAST(table_rows AS SIGNED) AS row_estimate FROM information_schema.tables \
                 WHERE table_name = :table AND table_schema = COALESCE(NULLIF(:schema, ''), DATABASE())"
            }
        };
        let statement = self.about(table, text);
        self.one_count("table size", &statement, "row_estimate").await
    }

    /// About how many rows the shards of a table in Citus hold on its workers, at the average width of rows that the
    /// statistics tell; `None` for every other table.
    async fn rows_in_shards(&mut self, table: &TableName) -> Result<Option<u64>, DatabaseError> {
        if !self.has_extension("citus").await? {
            return Ok(None);
        }
        let text = "WITH width AS (SELECT GREATEST(SUM(CASE WHEN atttypid = 25 THEN 32 WHEN attlen > 0 THEN attlen \
             ELSE 24 END) + 28, 1) AS bytes FROM pg_attribute \
             WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped) \
             SELECT CAST(citus_relation_size(to_regclass(:table)) / bytes AS bigint) AS row_estimate FROM width \
             WHERE EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass(:table))";
        let statement = self.about(table, text);
        self.one_count("size of the shards", &statement, "row_estimate").await
    }

    async fn has_extension(&mut self, name: &str) -> Result<bool, DatabaseError> {
        let text = "SELECT 1 AS one_row FROM pg_extension WHERE extname = :extension".to_owned();
        let values = [("extension".to_owned(), BoundValue::Text(name.to_owned()))].into();
        let statement = Statement { text, values, ..Statement::default() };
        Ok(!self.read("extensions", &statement, 1).await?.is_empty())
    }

    /// Whether the server that is asked holds the rows of `table` itself: none of its parts is on another server,
    /// and no view, extension or storage engine stands between.
    pub async fn holds(&mut self, table: &TableName) -> Result<bool, DatabaseError> {
        if self.dialect() != Dialect::Postgres {
            return Ok(true);
        }
        let text = "WITH RECURSIVE parts AS (SELECT CAST(to_regclass(:table) AS oid) AS part \
             UNION SELECT inhrelid FROM pg_inherits JOIN parts ON inhparent = part) \
             SELECT (SELECT COUNT(*) FROM pg_class JOIN parts ON oid = part WHERE relkind NOT IN ('r', 'm', 'p')) \
             + (SELECT COUNT(*) FROM pg_extension WHERE extname = 'citus') AS elsewhere";
        let statement = self.about(table, text);
        Ok(self.one_count("kind of the table", &statement, "elsewhere").await? == Some(0))
    }

    /// The largest row number of an `SQLite` table, which is not below the number of its rows as long as
    /// rows are added by time and never numbered by hand.
    async fn largest_rowid(&mut self, table: &TableName) -> Result<Option<u64>, DatabaseError> {
        let text = "SELECT wr AS without_rowid FROM pragma_table_list(:table) WHERE schema = :schema AND type = 'table'";
        let statement = self.about(table, text);
        if self.one_count("table kind", &statement, "without_rowid").await? != Some(0) {
            return Ok(None);
        }
        let text = format!("SELECT MAX(_rowid_) AS row_estimate FROM {}", table.quoted(Dialect::Sqlite));
        let statement = Statement { text, ..Statement::default() };
        self.one_count("table size", &statement, "row_estimate").await
    }

    /// The numbers by which a table can be read in parts, the first and one above the last: of `SQLite` those of
    /// its rows, of `PostgreSQL` those of its blocks; `None` where there are none.
    pub async fn numbers(&mut self, table: &TableName) -> Result<Option<(i64, i64)>, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => {
                if self.largest_rowid(table).await?.is_none() {
                    return Ok(None);
                }
                format!(
                    "SELECT MIN(_rowid_) AS first_number, MAX(_rowid_) + 1 AS end_number FROM {}",
                    table.quoted(Dialect::Sqlite)
                )
            }
            // Before version 14 a range of blocks is looked for in all of them; other tables have none, or
            // keep rows in further ones.
            Dialect::Postgres => "SELECT CAST(0 AS bigint) AS first_number, \
                 CAST(pg_relation_size(oid) / CAST(current_setting('block_size') AS bigint) AS bigint) AS end_number \
                 FROM pg_class WHERE oid = to_regclass(:table) AND relkind = 'r' AND NOT relhassubclass \
                 AND relam = (SELECT oid FROM pg_am WHERE amname = 'heap') \
                 AND CAST(current_setting('server_version_num') AS bigint) >= 140000"
                .to_owned(),
            Dialect::MySql | Dialect::MariaDb => return Ok(None),
        };
        let statement = match self.dialect() {
            Dialect::Sqlite => Statement { text, ..Statement::default() },
            _ => self.about(table, &text),
        };
        let rows = self.read("table numbers", &statement, 1).await?;
        let Some(row) = rows.iter().next() else { return Ok(None) };
        Ok(row.optional_int("first_number")?.zip(row.optional_int("end_number")?))
    }

    /// A question about `table`: its name, quoted where it is looked up as in a query, and its schema.
    fn about(&self, table: &TableName, text: &str) -> Statement {
        let (name, own_schema) = match self.dialect() {
            Dialect::Sqlite => (table.name.clone(), "main"),
            Dialect::Postgres => (table.quoted(Dialect::Postgres), ""),
            Dialect::MySql | Dialect::MariaDb => (table.name.clone(), ""),
        };
        let schema = table.schema.as_deref().unwrap_or(own_schema).to_owned();
        let values = [("table", BoundValue::Text(name)), ("schema", BoundValue::Text(schema))];
        let values = values.map(|(name, value)| (name.to_owned(), value)).into();
        Statement { text: text.to_owned(), values, ..Statement::default() }
    }

    async fn one_count(
        &mut self,
        query: &str,
        statement: &Statement,
        column: &str,
    ) -> Result<Option<u64>, DatabaseError> {
        let rows = self.read(query, statement, 1).await?;
        let Some(row) = rows.iter().next() else { return Ok(None) };
        Ok(row.optional_int(column)?.and_then(|count| u64::try_from(count).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_points_and_quotes_are_read_as_they_are_written() {
        for (schema, name, text) in [
            (None, "runs", "runs"),
            (Some("app"), "runs", "app.runs"),
            (None, "a.b c", "\"a.b c\""),
            (Some("x.y"), "a.b", "\"x.y\".\"a.b\""),
            (Some("app"), "a.b", "app.\"a.b\""),
            (None, "\"", "\"\"\"\""),
            (None, "Run \"Log\"", "Run \"Log\""),
        ] {
            let table = TableName { schema: schema.map(str::to_owned), name: name.to_owned() };
            assert_eq!(table.to_string(), text);
            assert_eq!(TableName::parse(text), Some(table));
        }
        for text in ["", ".", "app.", ".runs", "\"\"", "a\0b"] {
            assert_eq!(TableName::parse(text), None, "{text:?}");
        }
    }
}
