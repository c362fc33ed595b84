//! The situations that are simulated.

use std::cell::Cell;

use crate::draws::{Job, Shape};
use crate::scenario::{After, JOBS, Scenario, Tally, simulate};

pub(crate) const LOGNORMAL: Shape = Shape::Lognormal { sigma: 0.4 };
const BIMODAL: Shape = Shape::Bimodal { slow: 0.1 };
const WHOLE_SECONDS: Shape = Shape::WholeSeconds { mean: 1.0 };
const NEARLY_CONSTANT: Shape = Shape::Lognormal { sigma: 0.02 };
const SEED: u64 = 20_260_201;

/// A row of a table: its words, what was simulated, what became of it.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) runs: u64,
    pub(crate) correlation: f64,
    pub(crate) tally: Tally,
}

/// All tables.
pub(crate) struct Results {
    /// Twenty unchanged jobs, lognormal.
    pub(crate) unchanged: Vec<Row>,
    /// The same for other shapes.
    pub(crate) shapes: Vec<Row>,
    /// Windows against themselves.
    pub(crate) itself: Vec<Row>,
    /// One of twenty jobs shifted, lognormal.
    pub(crate) found: Vec<Row>,
    /// The same for other shapes.
    pub(crate) found_shapes: Vec<Row>,
    /// One job shifted just beyond the margin.
    pub(crate) beyond: Vec<Row>,
    /// One job with a change that ranks hide.
    pub(crate) hidden: Vec<Row>,
    /// Twenty unchanged jobs of which a tenth of the runs fails.
    pub(crate) bursts: Vec<Row>,
    /// One job whose share of failing runs changes.
    pub(crate) rates: Vec<Row>,
    /// One of twenty jobs that changes within its second window.
    pub(crate) drift: Vec<Row>,
}

fn job(shape: Shape, runs: u64, correlation: f64) -> Job {
    Job { shape, factor: 1.0, later: 1.0, correlation, failing: 0.02, runs }
}

/// Every pair of both.
fn each<A: Copy, B: Copy>(a: &[A], b: &[B]) -> Vec<(A, B)> {
    a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b))).collect()
}

fn signed(factor: f64, decimals: usize) -> String {
    format!("{:+.decimals$} %", (factor - 1.0) * 100.0)
}

/// Simulates row after row, each with a seed of its own.
struct Bench<F: Fn(&str)> {
    reports: u64,
    seed: Cell<u64>,
    report: F,
}

impl<F: Fn(&str)> Bench<F> {
    /// A row of `part` of the reports; rows with many runs take longest and vary least.
    fn row(&self, name: impl Into<String>, scenario: Scenario, part: u64) -> Row {
        let name = name.into();
        self.seed.set(self.seed.get() + 1);
        let (runs, correlation) = (scenario.before.runs, scenario.before.correlation);
        let part = if runs > 1_000 { part.max(4) } else { part };
        let tally = simulate(&scenario, (self.reports / part).max(1), self.seed.get());
        (self.report)(&format!("{name}, {runs} runs, correlation {correlation}: {tally:?}"));
        Row { name, runs, correlation, tally }
    }

    fn unchanged(&self) -> Vec<Row> {
        each(&[0.0, 0.3, 0.6], &[3, 10, 20, 50, 100, 300, 1_000, 5_000])
            .into_iter()
            .map(|(r, runs)| self.row("unchanged", Scenario::unchanged(job(LOGNORMAL, runs, r)), 1))
            .collect()
    }

    fn shapes(&self) -> Vec<Row> {
        let shapes = [
            ("bimodal, 10 % slow", BIMODAL),
            ("heavy-tailed", Shape::HeavyTailed),
            ("whole seconds, mean 1.0 s", WHOLE_SECONDS),
            ("nearly constant", NEARLY_CONSTANT),
        ];
        each(&each(&shapes, &[0.0, 0.6]), &[10, 50, 300, 1_000])
            .into_iter()
            .map(|(((name, shape), r), runs)| self.row(name, Scenario::unchanged(job(shape, runs, r)), 2))
            .collect()
    }

    fn itself(&self) -> Vec<Row> {
        let shapes = [
            ("lognormal, σ 0.4", LOGNORMAL),
            ("bimodal, 10 % slow", BIMODAL),
            ("heavy-tailed", Shape::HeavyTailed),
            ("whole seconds, mean 1.0 s", WHOLE_SECONDS),
            ("nearly constant", NEARLY_CONSTANT),
        ];
        each(&shapes, &[3, 10, 50, 300, 1_000, 5_000])
            .into_iter()
            .map(|((name, shape), runs)| {
                let before = job(shape, runs, 0.3);
                self.row(name, Scenario { before, after: After::Itself, others: JOBS - 1 }, 10)
            })
            .collect()
    }

    fn found(&self) -> Vec<Row> {
        let changes = [(1.2, 0.0), (0.8, 0.0), (1.2, 0.6), (0.8, 0.6)];
        each(&changes, &[10, 50, 100, 300, 1_000, 5_000])
            .into_iter()
            .map(|((factor, r), runs)| {
                let before = job(LOGNORMAL, runs, r);
                let scenario = Scenario::one_of_many(before, Job { factor, ..before });
                self.row(signed(factor, 0), scenario, 1)
            })
            .collect()
    }

    fn found_shapes(&self) -> Vec<Row> {
        let shapes =
            [("bimodal", BIMODAL), ("heavy-tailed", Shape::HeavyTailed), ("whole seconds", WHOLE_SECONDS)];
        each(&each(&shapes, &[0.0, 0.6]), &[50, 300, 1_000])
            .into_iter()
            .map(|(((name, shape), r), runs)| {
                let before = job(shape, runs, r);
                let scenario = Scenario::one_of_many(before, Job { factor: 1.2, ..before });
                self.row(format!("{}, {name}", signed(1.2, 0)), scenario, 2)
            })
            .collect()
    }

    fn beyond(&self) -> Vec<Row> {
        let (wide, narrow) = (("σ 0.4", LOGNORMAL), ("σ 0.1", Shape::Lognormal { sigma: 0.1 }));
        let others =
            [("bimodal", BIMODAL), ("heavy-tailed", Shape::HeavyTailed), ("whole seconds", WHOLE_SECONDS)];
        let lognormal =
            each(&each(&[wide, narrow], &[0.0, 0.6]), &each(&[50, 300, 1_000, 5_000], &[1.052, 0.948]));
        let others = each(&each(&others, &[0.0, 0.6]), &each(&[50, 1_000, 5_000], &[1.052, 0.948]));
        lognormal
            .into_iter()
            .chain(others)
            .map(|(((name, shape), r), (runs, factor))| {
                let before = job(shape, runs, r);
                let scenario = Scenario::alone(before, Job { factor, ..before });
                self.row(format!("{}, {name}", signed(factor, 1)), scenario, 1)
            })
            .collect()
    }

    fn hidden(&self) -> Vec<Row> {
        let whole = ("whole seconds, mean 1.0 → 0.7 s", WHOLE_SECONDS, Shape::WholeSeconds { mean: 0.7 });
        let bimodal = ("bimodal, slow share 10 → 20 %", BIMODAL, Shape::Bimodal { slow: 0.2 });
        each(&each(&[whole, bimodal], &[0.0, 0.6]), &[10, 20, 50, 100, 300, 1_000, 5_000])
            .into_iter()
            .map(|(((name, before, after), r), runs)| {
                let before = job(before, runs, r);
                self.row(name, Scenario::alone(before, Job { shape: after, ..before }), 1)
            })
            .collect()
    }

    fn bursts(&self) -> Vec<Row> {
        each(&[0.0, 0.3, 0.6], &[10, 20, 50, 100, 300, 1_000, 5_000])
            .into_iter()
            .map(|(r, runs)| {
                let before = Job { failing: 0.1, ..job(LOGNORMAL, runs, r) };
                self.row("10 %", Scenario::unchanged(before), 1)
            })
            .collect()
    }

    fn rates(&self) -> Vec<Row> {
        let changes = [(0.02, 0.02), (0.001, 0.009), (0.02, 0.06), (0.02, 0.031)];
        each(&each(&changes, &[0.0, 0.6]), &[300, 1_000, 5_000])
            .into_iter()
            .map(|(((failing, after), r), runs)| {
                let before = Job { failing, ..job(LOGNORMAL, runs, r) };
                let name = format!("{:.1} → {:.1} %", failing * 100.0, after * 100.0);
                self.row(name, Scenario::alone(before, Job { failing: after, ..before }), 1)
            })
            .collect()
    }

    fn drift(&self) -> Vec<Row> {
        each(&each(&[1.2, 1.5], &[0.0, 0.3, 0.6]), &[100, 300, 1_000])
            .into_iter()
            .map(|((later, r), runs)| {
                let before = job(LOGNORMAL, runs, r);
                self.row(signed(later, 0), Scenario::one_of_many(before, Job { later, ..before }), 2)
            })
            .collect()
    }
}

/// Simulates everything; `report` hears of each row.
pub(crate) fn simulate_all(reports: u64, report: impl Fn(&str)) -> Results {
    let bench = Bench { reports, seed: Cell::new(SEED), report };
    Results {
        unchanged: bench.unchanged(),
        shapes: bench.shapes(),
        itself: bench.itself(),
        found: bench.found(),
        found_shapes: bench.found_shapes(),
        beyond: bench.beyond(),
        hidden: bench.hidden(),
        bursts: bench.bursts(),
        rates: bench.rates(),
        drift: bench.drift(),
    }
}
