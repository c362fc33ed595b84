//! What the role that reads may do beyond reading.

use super::catalog::TableName;
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::row::Cell;
use super::session::Session;
use super::statement::Statement;

/// What `MySQL` and `MariaDB` call the rights of those who only look.
const READING: [&str; 9] = [
    "USAGE",
    "SELECT",
    "SHOW VIEW",
    "SHOW DATABASES",
    "PROCESS",
    "SHOW CREATE ROUTINE",
    "REPLICATION CLIENT",
    "BINLOG MONITOR",
    "SLAVE MONITOR",
];

impl Session {
    /// What this role may do beyond reading, as in "it may INSERT"; `None` where nothing is known of such rights.
    /// Whoever can read an `SQLite` file can mostly write it, so that nothing is said of it.
    pub async fn more_than_reading(
        &mut self,
        table: Option<&TableName>,
    ) -> Result<Option<String>, DatabaseError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(None),
            Dialect::Postgres => self.postgres_rights(table).await,
            Dialect::MySql | Dialect::MariaDb => self.grants().await,
        }
    }

    async fn postgres_rights(&mut self, table: Option<&TableName>) -> Result<Option<String>, DatabaseError> {
        let dialect = self.dialect();
        let change = table.map_or_else(String::new, |table| {
            let name = dialect.literal(&table.quoted(dialect));
            format!(
                " WHEN has_table_privilege({name}, 'INSERT, UPDATE, DELETE, TRUNCATE') THEN 'it may change the table'"
            )
        });
        let text = format!(
            "SELECT CASE WHEN rolsuper THEN 'it is a superuser'{change} \
             WHEN has_database_privilege(current_database(), 'CREATE') \
             OR COALESCE(has_schema_privilege(current_schema(), 'CREATE'), FALSE) \
             THEN 'it may create tables' END AS more FROM pg_roles WHERE rolname = current_user"
        );
        let rows = self.read("rights", &Statement { text, ..Statement::default() }, 1).await?;
        let more = rows.iter().next().map(|row| row.optional_text("more")).transpose()?;
        Ok(more.flatten())
    }

    async fn grants(&mut self) -> Result<Option<String>, DatabaseError> {
        let statement = Statement { text: "SHOW GRANTS".to_owned(), ..Statement::default() };
        let rows = self.read("rights", &statement, 10_000).await?;
        let grants = rows.cells.iter().filter_map(|row| match row.first() {
            Some(Cell::Text(grant)) => more_than_reading(grant),
            _ => None,
        });
        let more = grants.min().map(|right| format!("it may {right}"));
        Ok(more)
    }
}

/// The first right of a line of `SHOW GRANTS` that is not one of reading. A line that grants a role names none;
/// the rights of the role have lines of their own.
fn more_than_reading(grant: &str) -> Option<String> {
    let (rights, _) = grant.strip_prefix("GRANT ")?.split_once(" ON ")?;
    let mut depth = 0;
    let parts = rights.split(|c| {
        // The columns of a right are in parentheses.
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    let mut names = parts.map(|part| part.split('(').next().unwrap_or_default().trim());
    names.find(|name| !READING.contains(name)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::more_than_reading;

    #[test]
    fn what_reads_is_told_from_what_writes() {
        for (grant, more) in [
            ("GRANT USAGE ON *.* TO `reader`@`%` IDENTIFIED BY PASSWORD '*X'", None),
            ("GRANT SELECT, SHOW VIEW ON `app`.* TO `reader`@`%`", None),
            ("GRANT SELECT (`a`, `INSERT`) ON `app`.`runs` TO `reader`@`%`", None),
            ("GRANT `writer` TO `reader`@`%`", None),
            ("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION", Some("ALL PRIVILEGES")),
            ("GRANT SELECT (`a`, `b`), UPDATE (`a`) ON `app`.`runs` TO `x`@`%`", Some("UPDATE")),
        ] {
            assert_eq!(more_than_reading(grant).as_deref(), more, "{grant}");
        }
    }
}
