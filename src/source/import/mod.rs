//! Files of runs and logs, read one line at a time in bounded memory. Nothing here knows a database.
//!
//! A file is CSV (`.csv`, with a header line) or NDJSON (`.ndjson`, `.jsonl`). Columns are found by name
//! in any order; a name that is none of `Field::STORED` is refused. An empty cell, an empty text and `null`
//! are all "absent". Times are RFC 3339 or whole numbers since the epoch. A CSV file with other columns is
//! read as a table of texts.

mod cells;
mod csv;
mod fault;
mod file;
mod identity;
mod input;
mod lines;
mod log;
mod ndjson;
mod ordinal;
mod record;
mod table_file;
mod time;

pub use fault::{BadLine, Fault, ReadError};
pub use file::RunFile;
pub use input::{Input, LogFormat, inputs};
pub use log::{LogFiles, LogNotes};
pub use table_file::{TableFile, TextRow};
pub use time::moment;
