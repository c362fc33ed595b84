//! Tables that schedulers themselves wrote: found without a word of configuration, and read exactly.
//!
//! A folder of `tests/schedulers/` holds the product's own tables and rows as a script for a database, and
//! `expected.csv`: its runs, made by SQL that was written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod at;
mod dump;
mod histories;
mod matrix;
mod reading;
#[path = "../support/mod.rs"]
mod support;
mod versions;
mod words;
