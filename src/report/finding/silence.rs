//! Findings about silence: where nothing of a job started, or nothing at all, though much should have.

use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::silence::{Edge, Silence};
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};
use crate::window::Side;

/// Where there may be silence.
struct SilentPlace {
    window: Side,
    edge: Edge,
    code: &'static str,
    /// Where, in a sentence that a length precedes.
    of: &'static str,
    /// What a job did whose starts are missing there.
    verb: &'static str,
}

/// From what weighs most.
const PLACES: [SilentPlace; 5] = [
    SilentPlace {
        window: Side::Stagger,
        edge: Edge::End,
        code: "stopped",
        of: "of the window after",
        verb: "stopped within the window after",
    },
    SilentPlace {
        window: Side::Stagger,
        edge: Edge::Inside,
        code: "paused",
        of: "of the window after",
        verb: "paused within the window after",
    },
    SilentPlace {
        window: Side::Stagger,
        edge: Edge::Start,
        code: "began_late",
        of: "of the window after",
        verb: "began late in the window after",
    },
    SilentPlace {
        window: Side::Baseline,
        edge: Edge::Start,
        code: "baseline_begins_late",
        of: "of the window before",
        verb: "began late in the window before",
    },
    SilentPlace {
        window: Side::Baseline,
        edge: Edge::End,
        code: "baseline_ends_early",
        of: "of the window before",
        verb: "stopped within the window before",
    },
];

pub(super) fn silences(report: &Report) -> Vec<Finding> {
    PLACES.iter().filter_map(|place| at(report, place)).collect()
}

fn at(report: &Report, place: &SilentPlace) -> Option<Finding> {
    let here = |silence: &&Silence| silence.window == place.window && silence.edge == place.edge;
    let silent = |job: &'_ JobReport| job.silences.iter().find(here).copied();
    let ran = report.jobs.iter().filter(|job| job.get(place.window).started > 0).count();
    let mut jobs: Vec<(&JobReport, Silence)> =
        report.jobs.iter().filter_map(|job| Some((job, silent(job)?))).collect();
    jobs.sort_by(|a, b| b.1.expected.total_cmp(&a.1.expected).then_with(|| a.0.name.cmp(&b.0.name)));
    let (headline, detail) = match report.totals.silences.iter().find(here) {
        Some(all) => {
            let edge = if place.edge == Edge::Start { "first" } else { "last" };
            let headline = format!("Nothing started in the {edge} {} {}.", span(all), place.of);
            (headline, vec![run_at(place, all), of_all(all), only(&jobs, ran)])
        }
        None if jobs.is_empty() => return None,
        None => {
            let counted = figure::part_of(jobs.len() as u64, ran as u64);
            let headline = format!("{counted} jobs {}, while others ran.", place.verb);
            let named = jobs.iter().map(|(job, silence)| {
                let (name, count) = (legible::name(&job.name), figure::number(silence.expected));
                format!("{name} ({} without a start, about {count} runs)", span(silence))
            });
            (headline, vec![format!("{}.", legible::sentence_list(named.collect(), NAMED))])
        }
    };
    Some(finding(place.code, headline, detail, &["outcomes"]))
}

fn span(silence: &Silence) -> String {
    figure::span(silence.seconds)
}

/// `The last run started at 2026-03-02 11:59 UTC.`
fn run_at(place: &SilentPlace, silence: &Silence) -> String {
    let which = if place.edge == Edge::Start { "first" } else { "last" };
    format!("The {which} run started at {}.", figure::instant(silence.run_at))
}

/// What stands behind a silence of all jobs.
fn of_all(silence: &Silence) -> String {
    if silence.table_begins {
        "The table holds nothing earlier: older rows were probably deleted, and the numbers of runs are not compared over that time.".to_owned()
    } else {
        let count = figure::number(silence.expected);
        format!("At the pace of the rest of the window, about {count} runs would have started.")
    }
}

/// Whether a silence of all is more than one of a single job.
fn only(silent: &[(&JobReport, Silence)], ran: usize) -> String {
    match silent {
        [(job, silence)] if ran == 1 && !silence.table_begins => {
            format!(
                "No job but {} is in the report, so whether anything else ran is not known.",
                legible::name(&job.name)
            )
        }
        _ => String::new(),
    }
}
