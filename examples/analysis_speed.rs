//! How long the comparison of 5,000 jobs takes: `cargo run --release --example analysis_speed`.
//!
//! Tables of about 250 and of 600 cells, the latter with ten million runs each, to show that the cost
//! follows the cells.

#![allow(clippy::print_stdout)] // a program for the terminal

use jobdelta::analysis::duration_trial::{Sample, compare_durations};
use jobdelta::analysis::family::Family;
use jobdelta::analysis::rate_trial::{Proportion, compare_rates};
use jobdelta::analysis::verdict::metric::TestedMetric;
use jobdelta::analysis::verdict::rule::Rule;
use jobdelta::clock::Stopwatch;
use jobdelta::observation::{DurationTable, LagSums, cell_index, representative};

const JOBS: u64 = 5_000;

/// A table of `cells` neighbouring cells from `first_us` on, `runs` in each, with the sums of a series
/// without correlation.
fn window(first_us: i64, cells: i64, runs: u64) -> (DurationTable, LagSums) {
    let mut table = DurationTable::default();
    let mut duration = first_us;
    for _ in 0..cells {
        let cell = representative(duration);
        table.add_cell(cell, runs, i128::from(cell) * i128::from(runs), cell, cell);
        duration = cell + cell.max(1_000) / 100;
    }
    let n = table.count();
    let total = |f: &dyn Fn(i64) -> i64| -> i64 { table.cells.keys().map(|&cell| f(cell_index(cell))).sum() };
    let times = i64::try_from(runs).unwrap_or(i64::MAX);
    let (sum, squares) = (total(&|x| x) * times, total(&|x| x * x) * times);
    let products = i128::from(sum) * i128::from(sum) / i128::from(n);
    let sum_of_products = i64::try_from(products).unwrap_or(i64::MAX);
    (table, LagSums { n, sum, sum_of_squares: squares, sum_of_products, first: 0, last: 0 })
}

fn measure(name: &str, cells: i64, runs: u64) {
    // each job a little different, so that nothing is computed twice
    let windows: Vec<_> = (0..JOBS)
        .map(|job| {
            let start = 10_000 + i64::try_from(job % 97).unwrap_or(0) * 100;
            (window(start, cells, runs), window(start + start / 20, cells, runs + 1))
        })
        .collect();
    let watch = Stopwatch::start();
    let rule = Rule::default();
    let mut family = Family::new();
    for (job, ((before, lag_before), (after, lag_after))) in windows.iter().enumerate() {
        for trial in compare_durations(
            &Sample::new(before, Some(lag_before)),
            &Sample::new(after, Some(lag_after)),
            &rule,
        ) {
            family.add(job, trial);
        }
        for metric in [TestedMetric::CompletionRate, TestedMetric::FailureRate, TestedMetric::OnTimeRate] {
            let rate = |of: u64| Proportion::new(of / 50, of, None);
            family.add(job, compare_rates(metric, rate(before.count()), rate(after.count()), &rule));
        }
    }
    let outcomes = family.finish();
    println!(
        "{name}: {} comparisons of {JOBS} jobs, {} cells and {} runs a window, in {:.0} ms",
        outcomes.len(),
        windows[0].0.0.cells.len(),
        windows[0].0.0.count(),
        watch.elapsed().as_secs_f64() * 1_000.0
    );
}

fn main() {
    measure("a usual week", 250, 2);
    measure("many cells, few runs", 600, 1);
    measure("many cells, many runs", 600, 16_667);
}
