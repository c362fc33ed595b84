//! Why no deployment file can be drafted.

#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("no table of {identity} looks like runs; name one with --table; its tables are {tables}")]
    NoTable { identity: String, tables: String },
    #[error("several tables look like runs: {tables}; choose one with --table")]
    SeveralTables { tables: String },
    #[error("'{0}' is not a table name; write table or schema.table")]
    TableName(String),
    #[error("there is no table {table} that this user may read on {identity}; its tables are {tables}")]
    UnknownTable { table: String, identity: String, tables: String },
}
