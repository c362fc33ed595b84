//! Mutated inputs: whatever a file or a flag holds, it is read or refused, and nothing panics.
//!
//! Each test makes `JOBDELTA_FUZZ_EXECUTIONS` inputs (some thousands by default) from `JOBDELTA_FUZZ_SEED`. A long run:
//!
//! ```sh
//! CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
//!     JOBDELTA_FUZZ_EXECUTIONS=10000000 cargo test --release --test fuzz -- --nocapture --test-threads=1
//! ```
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod baseline;
mod mutation;
mod run_files;
mod texts;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::Duration;

use jobdelta::clock::Stopwatch;
use mutation::{Draw, Seeds};

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Read,
    Refused,
}

impl<T, E> From<&Result<T, E>> for Fate {
    fn from(result: &Result<T, E>) -> Self {
        if result.is_ok() { Self::Read } else { Self::Refused }
    }
}

fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.replace('_', "").parse().unwrap())
}

thread_local! {
    /// Where this thread panicked last, and why.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics are remembered rather than printed.
fn remember_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let remembered = panic.location().is_some_and(|place| !place.file().starts_with("tests/"));
            if remembered {
                PANIC.with_borrow_mut(|last| *last = panic.to_string());
            } else {
                usual(panic);
            }
        }));
    });
}

/// Gives `executions` mutations of `seeds` to `read`. Fails with one input for each place that panicked.
pub(crate) fn fuzz(
    name: &str,
    executions: u64,
    seeds: &Seeds,
    mut read: impl FnMut(&[u8], &mut Draw) -> Fate,
) {
    remember_panics();
    let executions = from_environment("JOBDELTA_FUZZ_EXECUTIONS", executions);
    let mut draw = Draw(from_environment("JOBDELTA_FUZZ_SEED", 1));
    let mut panics: BTreeMap<String, String> = BTreeMap::new();
    let (mut were_read, mut slowest) = (0_u64, (Duration::ZERO, Vec::new()));
    for seed in &seeds.inputs {
        let is_read = (0..50).any(|_| read(seed, &mut draw) == Fate::Read);
        assert!(is_read, "{name}: a seed is refused: {}", seed.escape_ascii());
    }
    let began = Stopwatch::start();
    for nth in 1..=executions {
        let input = seeds.mutated(&mut draw);
        let watch = Stopwatch::start();
        match catch_unwind(AssertUnwindSafe(|| read(&input, &mut draw))) {
            Ok(Fate::Read) => were_read += 1,
            Ok(Fate::Refused) => {}
            Err(_) => {
                let panic = PANIC.with_borrow_mut(std::mem::take);
                panics.entry(panic).or_insert_with_key(|panic| {
                    let shown = input.escape_ascii().to_string();
                    eprintln!("{name}, execution {nth}: {panic}\n{shown}\n");
                    shown
                });
            }
        }
        let took = watch.elapsed();
        if took > slowest.0 {
            slowest = (took, input);
        }
        if nth.is_power_of_two() && nth > 1 << 17 || nth == executions {
            eprintln!(
                "{name}: {nth} executions in {:.0?}, {were_read} read, {} panics, slowest {:.0?}: {:.200}",
                began.elapsed(),
                panics.len(),
                slowest.0,
                slowest.1.escape_ascii().to_string()
            );
        }
    }
    assert!(panics.is_empty(), "{name}: {panics:#?}");
}
