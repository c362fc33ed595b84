//! The page that shows what became of the situations.

use std::fmt::Write as _;

use crate::rules::DURATIONS;
use crate::situations::{Results, Row};

const PEERS: [&str; 3] = ["benchstat", "Kayenta", "10 % threshold"];

/// The place of `median_duration` among the metrics, of the mean, and of the tail.
const MEDIAN: usize = DURATIONS;
const MEAN: usize = DURATIONS + 1;
const TAIL: usize = DURATIONS + 2;

/// The whole page.
pub(crate) fn markdown(results: &Results, reports: u64) -> String {
    let mut page = format!(
        "# Calibration\n\n{}\n\nWritten by `cargo run --release --example calibration -- {reports} docs`.\n\n",
        include_str!("introduction.md").trim_end()
    );
    false_verdicts(&mut page, results);
    found(&mut page, results);
    given(&mut page, results);
    no_change(&mut page, results);
    rates(&mut page, results);
    drift(&mut page, results);
    page
}

fn false_verdicts(page: &mut String, results: &Results) {
    let head = ["correlation", "runs per window", "jobdelta", "bar", PEERS[0], PEERS[1], PEERS[2], "judged"];
    let cells = |row: &Row| {
        let t = &row.tally;
        let [b, k, h] = t.peer_false.map(|count| percent(t.share(count)));
        let ours = percent(t.share(t.false_verdict));
        let place = [row.correlation.to_string(), count(row.runs)];
        let told = [ours, percent(t.bar()), b, k, h, percent(t.judged(MEDIAN))];
        place.into_iter().chain(told).collect::<Vec<_>>()
    };
    section(
        page,
        "Nothing changed: reports with a false verdict",
        "Twenty unchanged jobs, lognormal with σ 0.4, 2 % of runs failing. A report counts when any job is called improved or regressed in any metric, or all together in a rate. The bar is 5 % and two standard errors of the simulation. *Judged*: comparisons of the median duration that end in a verdict other than `inconclusive`.\n\n![Share of reports with a false verdict](calibration.svg)",
        &head,
        &results.unchanged,
        &cells,
    );
    let named = |row: &Row| [row.name.clone()].into_iter().chain(cells(row)).collect::<Vec<_>>();
    section(
        page,
        "The same for other shapes",
        "Bimodal: 30 ms, and 5 s for a tenth of the runs. Heavy-tailed: Pareto with exponent 1.8, whose variance is infinite. Whole seconds: times cut to the second. Nearly constant: lognormal with σ 0.02.",
        &[&["shape"], &head[..]].concat(),
        &results.shapes,
        &named,
    );
    section(
        page,
        "A window with itself",
        "The same runs before and after, twenty jobs, correlation 0.3. No rule may call that a change. Beside it the share in which it is found that nothing changed, which takes as many runs as a real comparison: from the runs alone nobody can tell that they are the same ones.",
        &[
            "shape",
            "runs per window",
            "jobdelta",
            PEERS[0],
            PEERS[1],
            PEERS[2],
            "`no_material_change` (median)",
        ],
        &results.itself,
        &|row| {
            let t = &row.tally;
            let [b, k, h] = t.peer_false.map(|count| percent(t.share(count)));
            let ours = percent(t.share(t.false_verdict));
            vec![row.name.clone(), count(row.runs), ours, b, k, h, percent(t.verdicts(MEDIAN)[2])]
        },
    );
}

fn found(page: &mut String, results: &Results) {
    let mut head = vec!["change", "correlation", "runs per window", "jobdelta", "by median", "false"];
    head.extend(PEERS.into_iter().flat_map(|peer| [peer, "false"]));
    let cells = |row: &Row| {
        let t = &row.tally;
        let mut cells = vec![row.name.clone(), row.correlation.to_string(), count(row.runs)];
        let ours = [t.share(t.found), t.changed(MEDIAN), t.share(t.false_verdict)];
        cells.extend(ours.map(percent));
        for peer in 0..3 {
            cells.extend([t.peer_found[peer], t.peer_false[peer]].map(|count| percent(t.share(count))));
        }
        cells
    };
    section(
        page,
        "One of twenty jobs changed",
        "Lognormal with σ 0.4; the durations of one job times 1.2 or 0.8. *Found*: called improved or regressed in any metric; beside it the share of reports in which one of the nineteen others is. The level of a family is the share of false ones among what it calls changed, so beside three metrics that did change there is room for a false one in up to 8 % of reports.",
        &head,
        &results.found,
        &cells,
    );
    section(
        page,
        "The same for other shapes",
        "The durations of one of twenty jobs times 1.2.",
        &head,
        &results.found_shapes,
        &cells,
    );
}

/// Which verdicts are given on one job of twenty.
fn given(page: &mut String, results: &Results) {
    let mut head = vec!["change", "correlation", "runs per window"];
    head.extend(["improved", "regressed", "`no_material_change`", "inconclusive"]);
    head.extend(["mean judged", "95th percentile judged", "completion rate judged"]);
    head.extend(PEERS);
    let rows: Vec<&Row> = results.unchanged.iter().chain(&results.found).collect();
    section_of(
        page,
        "Which verdicts are given",
        "On one of twenty jobs, lognormal with σ 0.4; by `median_duration`, and for the other metrics the share that is judged at all. The peers know two answers: beside, how often each calls the job changed.",
        &head,
        &rows,
        &|row| {
            let t = &row.tally;
            let mut cells = vec![row.name.clone(), row.correlation.to_string(), count(row.runs)];
            cells.extend(t.verdicts(MEDIAN).map(percent));
            cells.extend([MEAN, TAIL, 0].map(|metric| percent(t.judged(metric))));
            cells.extend(t.peer_found.map(|count| percent(t.share(count))));
            cells
        },
    );
}

fn no_change(page: &mut String, results: &Results) {
    let place = |row: &Row| vec![row.name.clone(), row.correlation.to_string(), count(row.runs)];
    section(
        page,
        "A change just beyond the margin",
        "The margin is 5 %. At most 5 % of such comparisons may be called `no_material_change`.",
        &[
            "change",
            "correlation",
            "runs per window",
            "`no_material_change` (median)",
            "in any duration metric",
            "found",
        ],
        &results.beyond,
        &|row| {
            let t = &row.tally;
            let shares = [t.verdicts(MEDIAN)[2], t.share(t.no_change), t.share(t.found)];
            place(row).into_iter().chain(shares.map(percent)).collect()
        },
    );
    section(
        page,
        "Changes that ranks hide",
        "`no_material_change` would be wrong here, in any duration metric.",
        &[
            "change",
            "correlation",
            "runs per window",
            "`no_material_change`",
            "found by jobdelta",
            PEERS[0],
            PEERS[1],
            PEERS[2],
        ],
        &results.hidden,
        &|row| {
            let t = &row.tally;
            let [b, k, h] = t.peer_found;
            let shares = [t.no_change, t.found, b, k, h].map(|count| percent(t.share(count)));
            place(row).into_iter().chain(shares).collect()
        },
    );
}

fn rates(page: &mut String, results: &Results) {
    let failing = "2 %";
    let rows: Vec<&Row> = results.unchanged.iter().chain(&results.bursts).collect();
    section_of(
        page,
        "Failures in bursts, nothing changed",
        &format!(
            "Twenty unchanged jobs; failures follow failures so that the outcomes have the given lag-one correlation (at 0.6 and 10 % a burst lasts 2.8 runs on average). A report counts when the completion or failure rate of any job, or of all together, is called improved or regressed; beside it any metric. Rows of {failing} are those of the first table."
        ),
        &[
            "failing",
            "correlation",
            "runs per window",
            "false by a rate",
            "false by any metric",
            "bar",
            "judged",
        ],
        &rows,
        &|row| {
            let t = &row.tally;
            let name = if row.name == "unchanged" { failing } else { &row.name };
            let shares = [t.share(t.false_rate), t.share(t.false_verdict), t.bar(), t.judged(0)].map(percent);
            [name.to_owned(), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
    section(
        page,
        "Failure rates",
        "One job; the share of failing runs changes, the durations do not. The peers' rules look at durations only.",
        &[
            "failing",
            "correlation",
            "runs per window",
            "completion rate judged changed",
            "a rate `no_material_change`",
        ],
        &results.rates,
        &|row| {
            let t = &row.tally;
            let shares = [t.changed(0), t.share(t.no_change_rate)].map(percent);
            [row.name.clone(), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
}

fn drift(page: &mut String, results: &Results) {
    let rows: Vec<&Row> = results.unchanged.iter().chain(&results.shapes).chain(&results.bursts).collect();
    let names = |name: &str| match name {
        "unchanged" => "lognormal".to_owned(),
        "10 %" => "lognormal, 10 % failing".to_owned(),
        name => name.to_owned(),
    };
    section_of(
        page,
        "Drift within a window, where there is none",
        "The first half of each window against its second, of twenty unchanged jobs: forty windows, durations and outcomes, in one family. A report counts when any job is said to drift.",
        &["shape", "correlation", "runs per window", "said to drift", "bar"],
        &rows,
        &|row| {
            let t = &row.tally;
            let shares = [t.share(t.false_drift), t.bar()].map(percent);
            [names(&row.name), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
    section(
        page,
        "Drift within a window, where there is some",
        "Lognormal with σ 0.4; in the middle of its second window one of twenty jobs begins to take 20 % or 50 % longer.",
        &[
            "change",
            "correlation",
            "runs per window",
            "found",
            "another job or window",
            "the job's own verdict",
        ],
        &results.drift,
        &|row| {
            let t = &row.tally;
            let shares = [t.drift, t.false_drift, t.found].map(|count| percent(t.share(count)));
            [row.name.clone(), row.correlation.to_string(), count(row.runs)]
                .into_iter()
                .chain(shares)
                .collect()
        },
    );
}

fn section(
    page: &mut String,
    title: &str,
    words: &str,
    head: &[&str],
    rows: &[Row],
    cells: &dyn Fn(&Row) -> Vec<String>,
) {
    section_of(page, title, words, head, &rows.iter().collect::<Vec<_>>(), cells);
}

fn section_of(
    page: &mut String,
    title: &str,
    words: &str,
    head: &[&str],
    rows: &[&Row],
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
    jobdelta::figure::count(runs)
}
