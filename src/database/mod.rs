//! Databases: connecting, the read-only snapshot, dialects. The only room that knows sqlx.

pub mod catalog;
pub mod connection;
mod copy;
pub mod damage;
pub mod dialect;
pub mod error;
mod field;
mod interrupt;
pub mod migrate;
mod own_file;
mod plan;
mod pooler;
mod replication;
mod rights;
pub mod row;
pub mod session;
pub mod statement;
pub mod store;
pub mod stream;
mod text_table;

pub use catalog::{ColumnInfo, FoundTable, TableName};
pub use connection::{Access, Connection, Driver};
pub use dialect::Dialect;
pub use error::DatabaseError;
pub use field::{ColumnType, StreamColumn};
pub use own_file::OwnFile;
pub use plan::{Plan, TableRead};
pub use pooler::Between;
pub use replication::{Replica, Replication};
pub use row::{Cell, Row, Rows, UnexpectedCell};
pub use session::{Executed, Session};
pub use statement::{BoundValue, Statement};
pub use stream::StreamRow;
pub use text_table::TextTable;
