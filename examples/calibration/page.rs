//! The situations, and the page that shows what became of them.

use std::fmt::Write as _;

use crate::draws::{Job, Shape};
use crate::scenario::{Scenario, Tally, simulate};

const LOGNORMAL: Shape = Shape::Lognormal { sigma: 0.4 };
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
    pub(crate) unchanged: Vec<Row>,
    shapes: Vec<Row>,
    found: Vec<Row>,
    beyond: Vec<Row>,
    hidden: Vec<Row>,
    rates: Vec<Row>,
}

fn job(shape: Shape, runs: u64, correlation: f64) -> Job {
    Job { shape, factor: 1.0, correlation, failing: 0.02, runs }
}

/// Simulates everything; `report` hears of each row.
pub(crate) fn simulate_all(reports: u64, report: impl Fn(&str)) -> Results {
    let seed = std::cell::Cell::new(SEED);
    let row = |name: String, scenario: Scenario, reports: u64| {
        seed.set(seed.get() + 1);
        let (runs, correlation) = (scenario.before.runs, scenario.before.correlation);
        let tally = simulate(&scenario, reports, seed.get());
        report(&format!("{name}, {runs} runs, correlation {correlation}: {tally:?}"));
        Row { name, runs, correlation, tally }
    };
    // rows with many runs take longest and vary least
    let fewer = |runs: u64| if runs > 1_000 { (reports / 4).max(1) } else { reports };
    let unchanged = [0.0, 0.3, 0.6]
        .into_iter()
        .flat_map(|correlation| [3, 10, 20, 50, 100, 300, 1_000, 5_000].map(|runs| (correlation, runs)))
        .map(|(correlation, runs)| {
            let scenario = Scenario::unchanged(job(LOGNORMAL, runs, correlation));
            row("lognormal".to_owned(), scenario, fewer(runs))
        })
        .collect();
    let shapes = [
        ("bimodal, 10 % slow", Shape::Bimodal { slow: 0.1 }),
        ("heavy-tailed", Shape::HeavyTailed),
        ("whole seconds, mean 1.0 s", Shape::WholeSeconds { mean: 1.0 }),
        ("nearly constant", Shape::Lognormal { sigma: 0.02 }),
    ]
    .into_iter()
    .flat_map(|(name, shape)| [0.0, 0.6].map(|correlation| (name, shape, correlation)))
    .flat_map(|(name, shape, correlation)| [10, 50, 300, 1_000].map(|runs| (name, shape, correlation, runs)))
    .map(|(name, shape, correlation, runs)| {
        row(name.to_owned(), Scenario::unchanged(job(shape, runs, correlation)), reports / 2)
    })
    .collect();
    let found = [(1.2, 0.0), (0.8, 0.0), (1.2, 0.6)]
        .into_iter()
        .flat_map(|(factor, correlation)| [50, 100, 300, 1_000].map(|runs| (factor, correlation, runs)))
        .map(|(factor, correlation, runs)| {
            let before = job(LOGNORMAL, runs, correlation);
            let scenario = Scenario { after: Job { factor, ..before }, ..Scenario::unchanged(before) };
            row(format!("{:+.0} %", (factor - 1.0) * 100.0), scenario, reports)
        })
        .collect();
    let beyond = [(0.4, 0.0), (0.4, 0.6), (0.1, 0.0)]
        .into_iter()
        .flat_map(|(sigma, correlation)| [50, 300, 1_000, 5_000].map(|runs| (sigma, correlation, runs)))
        .flat_map(|(sigma, correlation, runs)| {
            [1.052, 0.948].map(|factor| (sigma, correlation, runs, factor))
        })
        .map(|(sigma, correlation, runs, factor)| {
            let before = job(Shape::Lognormal { sigma }, runs, correlation);
            let scenario = Scenario { before, after: Job { factor, ..before }, others: 0 };
            row(format!("{:+.1} %, σ {sigma}", (factor - 1.0) * 100.0), scenario, reports)
        })
        .collect();
    let hidden = [
        (
            "whole seconds, mean 1.0 → 0.7 s",
            Shape::WholeSeconds { mean: 1.0 },
            Shape::WholeSeconds { mean: 0.7 },
        ),
        ("bimodal, slow share 10 → 20 %", Shape::Bimodal { slow: 0.1 }, Shape::Bimodal { slow: 0.2 }),
    ]
    .into_iter()
    .flat_map(|(name, before, after)| {
        [10, 20, 50, 100, 300, 1_000, 5_000].map(|runs| (name, before, after, runs))
    })
    .map(|(name, before, after, runs)| {
        let before = job(before, runs, 0.0);
        let scenario = Scenario { before, after: Job { shape: after, ..before }, others: 0 };
        row(name.to_owned(), scenario, reports)
    })
    .collect();
    let rates =
        [(0.02, 0.02, 0.0), (0.001, 0.009, 0.0), (0.02, 0.06, 0.0), (0.02, 0.06, 0.6), (0.02, 0.031, 0.0)]
            .into_iter()
            .flat_map(|(before, after, correlation)| {
                [300, 1_000, 5_000].map(|runs| (before, after, correlation, runs))
            })
            .map(|(failing, after, correlation, runs)| {
                let before = Job { failing, ..job(LOGNORMAL, runs, correlation) };
                let scenario = Scenario { before, after: Job { failing: after, ..before }, others: 0 };
                row(format!("{:.1} → {:.1} %", failing * 100.0, after * 100.0), scenario, reports)
            })
            .collect();
    Results { unchanged, shapes, found, beyond, hidden, rates }
}

/// The whole page.
pub(crate) fn markdown(results: &Results, reports: u64) -> String {
    let mut page = format!(
        "# Calibration\n\n{}\n\nWritten by `cargo run --release --example calibration -- {reports} docs`.\n\n",
        include_str!("introduction.md").trim_end()
    );
    let peers = ["jobdelta", "benchstat", "Kayenta", "10 % threshold"];
    section(
        &mut page,
        "Nothing changed: reports with a false verdict",
        "Twenty unchanged jobs, lognormal with σ 0.4, 2 % of runs failing. A report counts when any job is called improved or regressed in any metric. The bar is 5 % and two standard errors of the simulation. *Judged*: comparisons of the median duration that end in a verdict other than `inconclusive`.\n\n![Share of reports with a false verdict](calibration.svg)",
        &["correlation", "runs a side", peers[0], "bar", peers[1], peers[2], peers[3], "judged"],
        &results.unchanged,
        &|row| {
            let t = &row.tally;
            let [b, k, h] = t.peer_false.map(|count| percent(t.share(count)));
            let ours = percent(t.share(t.false_verdict));
            vec![
                row.correlation.to_string(),
                count(row.runs),
                ours,
                percent(t.bar()),
                b,
                k,
                h,
                percent(t.share(t.judged)),
            ]
        },
    );
    section(
        &mut page,
        "The same for other shapes",
        "Bimodal: 30 ms, and 5 s for a tenth of the runs. Heavy-tailed: Pareto with exponent 1.8, whose variance is infinite. Whole seconds: times cut to the second.",
        &["shape", "correlation", "runs a side", peers[0], "bar", peers[1], peers[2], peers[3], "judged"],
        &results.shapes,
        &|row| {
            let t = &row.tally;
            let [b, k, h] = t.peer_false.map(|count| percent(t.share(count)));
            let ours = percent(t.share(t.false_verdict));
            vec![
                row.name.clone(),
                row.correlation.to_string(),
                count(row.runs),
                ours,
                percent(t.bar()),
                b,
                k,
                h,
                percent(t.share(t.judged)),
            ]
        },
    );
    section(
        &mut page,
        "One of twenty jobs changed",
        "Lognormal with σ 0.4; the durations of one job times 1.2 or 0.8. *Found*: called improved or regressed in any metric; beside it the share of reports in which one of the nineteen others is.",
        &[
            "change",
            "correlation",
            "runs a side",
            peers[0],
            "by median",
            "false",
            peers[1],
            "false",
            peers[2],
            "false",
            peers[3],
            "false",
        ],
        &results.found,
        &|row| {
            let t = &row.tally;
            let mut cells = vec![row.name.clone(), row.correlation.to_string(), count(row.runs)];
            cells.extend([t.found, t.found_median, t.false_verdict].map(|count| percent(t.share(count))));
            for peer in 0..3 {
                cells.extend([t.peer_found[peer], t.peer_false[peer]].map(|count| percent(t.share(count))));
            }
            cells
        },
    );
    section(
        &mut page,
        "A change just beyond the margin",
        "The margin is 5 %. At most 5 % of such comparisons may be called `no_material_change`.",
        &[
            "change",
            "correlation",
            "runs a side",
            "`no_material_change` (median)",
            "in any duration metric",
            "found",
        ],
        &results.beyond,
        &|row| {
            let t = &row.tally;
            let shares = [t.no_change_median, t.no_change, t.found].map(|count| percent(t.share(count)));
            [row.name.clone(), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
    section(
        &mut page,
        "Changes that ranks hide",
        "`no_material_change` would be wrong here, in any duration metric.",
        &["change", "runs a side", "`no_material_change`", "found by jobdelta", peers[1], peers[2], peers[3]],
        &results.hidden,
        &|row| {
            let t = &row.tally;
            let [b, k, h] = t.peer_found.map(|count| percent(t.share(count)));
            vec![
                row.name.clone(),
                count(row.runs),
                percent(t.share(t.no_change)),
                percent(t.share(t.found)),
                b,
                k,
                h,
            ]
        },
    );
    section(
        &mut page,
        "Failure rates",
        "One job; the share of failing runs changes, the durations do not. The peers' rules look at durations only.",
        &["failing", "correlation", "runs a side", "improved or regressed", "`no_material_change`"],
        &results.rates,
        &|row| {
            let t = &row.tally;
            let shares = [t.found_rate, t.no_change_rate].map(|count| percent(t.share(count)));
            [row.name.clone(), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
    page
}

fn section(
    page: &mut String,
    title: &str,
    words: &str,
    head: &[&str],
    rows: &[Row],
    cells: &dyn Fn(&Row) -> Vec<String>,
) {
    // writing to a string cannot fail
    let _ =
        writeln!(page, "## {title}\n\n{words}\n\n| {} |\n|{}", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(page, "| {} |", cells(row).join(" | "));
    }
    page.push('\n');
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn count(runs: u64) -> String {
    jobdelta::analysis::verdict::wording::count(runs)
}
