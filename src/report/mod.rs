//! The report: the model that every format is rendered from, and what it adds to the analysis.

pub mod assemble;
pub mod baseline;
pub mod caveat;
pub mod checkpoint;
pub mod environments;
pub mod explanation;
pub mod finding;
pub mod history;
pub mod kept;
pub mod kpi;
pub mod model;
pub mod population;
pub mod provenance;
pub mod redact;
mod retries;
pub mod scoreboard;
pub mod tool;
