//! What is made of a handful of runs: figures, comparisons with their verdicts, caveats.

#![allow(clippy::unwrap_used, clippy::panic)] // a test stops at the first thing that is wrong

mod caveats;
mod evidence;
mod figures;
mod fold;
mod population;
mod restrictions;
mod silences;
