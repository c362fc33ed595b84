//! From two figures to a verdict: the test, its variance, the margin, and the rules.

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::comparison::verdict::answer::Rules;
use crate::analysis::metric::Metric;
use crate::analysis::statistics::change_point::Onset;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::figure::{self, p_value};

/// The comparison, a sentence each, the verdict last; values are not rounded across `limits`.
pub(super) fn steps(metric: &Metric, found: &Comparison, limits: &[f64]) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(values(metric, found, limits));
    lines.extend(size(metric, found));
    lines.extend(tested(metric, found));
    lines.extend(ordinary_days(metric, found));
    lines.extend(dependence(found));
    lines.extend(rules(metric, found));
    lines.extend(halves(metric, found));
    lines.extend(moment(found));
    lines.extend(found.caveats.iter().map(|restriction| format!("limited: {}", restriction.words())));
    lines.push(match found.verdict {
        Some(verdict) => format!("{}: {}", verdict.words(), found.reason),
        None => found.reason.to_string(),
    });
    lines
}

/// `Mann–Whitney U, p 0.002, adjusted 0.004; improved: …`
pub(super) fn verdict(metric: &Metric, found: &Comparison) -> Option<String> {
    let verdict = found.verdict?;
    let test = found.p.map(|_| format!(" ({})", test(metric, found))).unwrap_or_default();
    let unsaid = found.caveats.iter().filter(|restriction| !restriction.is_in_reason());
    let unsaid: String = unsaid.map(|restriction| format!("; {}", restriction.words())).collect();
    Some(format!("{}: {}{test}{unsaid}", verdict.words(), found.reason))
}

fn values(metric: &Metric, found: &Comparison, limits: &[f64]) -> Option<String> {
    let (before, after) = (found.baseline?, found.stagger?);
    let unit = &metric.unit;
    let change = found.change.map(|change| format!(", change {}", unit.difference(change)));
    // The medians may differ by another share than runs typically do.
    let of_what = if found.shift.is_some() { ", between the medians" } else { "" };
    let relative = found.relative_change.map(|relative| format!(" ({}{of_what})", figure::change(relative)));
    Some(format!(
        "{} before, {} after{}{}",
        unit.value(before, limits),
        unit.value(after, limits),
        change.unwrap_or_default(),
        relative.unwrap_or_default()
    ))
}

/// The interval of what the rules look at.
fn size(metric: &Metric, found: &Comparison) -> Vec<String> {
    let unit = &metric.unit;
    let interval = |[low, high]: [f64; 2]| format!("{} to {}", unit.difference(low), unit.difference(high));
    let mut lines = Vec::new();
    if let (Some(shift), Some(ends)) = (found.shift, found.shift_interval) {
        lines.push(format!(
            "Hodges–Lehmann shift, the median of all differences of a run after and one before: {}, 95 % interval {}",
            unit.difference(shift),
            interval(ends)
        ));
    }
    if let (Some(ends), Some(test)) = (found.interval, metric.test()) {
        lines.push(format!("95 % interval of the change, {}: {}", test.interval(), interval(ends)));
    }
    if let Some(faster) = found.probability_faster {
        lines.push(format!(
            "a run after is faster than one before with probability {}, ties counted half",
            figure::number(faster)
        ));
    }
    lines
}

fn tested(metric: &Metric, found: &Comparison) -> Option<String> {
    let p = found.p?;
    let adjusted = found.p_adjusted.map(|adjusted| {
        format!(
            "; {} when adjusted over all comparisons of the report (Benjamini and Hochberg)",
            p_value(adjusted)
        )
    });
    Some(format!("{}: p {}{}", test(metric, found), p_value(p), adjusted.unwrap_or_default()))
}

fn test(metric: &Metric, found: &Comparison) -> String {
    let dependent = found.inflation.is_some_and(|inflation| inflation > 1.0);
    let of_runs = metric.test().map_or("", |test| test.words(dependent));
    match found.ordinary_days.as_deref() {
        None => of_runs.to_owned(),
        Some(days) => {
            let days_test = format!(
                "Student's t of the change against the spread of {}",
                figure::counted(days.days, "earlier day", "earlier days")
            );
            if days.in_place_of_runs {
                days_test
            } else {
                format!("{of_runs}, or {days_test}, whichever is larger")
            }
        }
    }
}

/// What ordinary days differ by.
fn ordinary_days(metric: &Metric, found: &Comparison) -> Option<String> {
    let days = found.ordinary_days.as_deref()?;
    Some(format!(
        "the same comparison on {}: standard deviation {}, at most {}, as large on {}; the intervals above {}",
        figure::counted(days.days, "earlier day", "earlier days"),
        metric.unit.difference(days.deviation).trim_start_matches('+'),
        metric.unit.difference(days.largest),
        figure::count(days.as_large),
        if days.in_place_of_runs { "are those of days" } else { "are at least as wide as those of days" }
    ))
}

/// When it came.
fn moment(found: &Comparison) -> Option<String> {
    let MomentFacts { from, until, onset, .. } = found.moment?;
    let when = figure::period(from, until);
    let step =
        format!("slice by slice, the best step lies in {when} (95 % interval by the likelihood ratio)");
    Some(match onset {
        Onset::Step => step,
        Onset::Gradual => format!("{step}, but a straight line over both windows explains the runs better"),
        Onset::Unclear => {
            format!("{step}, but a straight line over both windows explains the runs nearly as well")
        }
    })
}

fn dependence(found: &Comparison) -> Option<String> {
    if found.ordinary_days.as_ref().is_some_and(|days| days.in_place_of_runs) {
        return Some("how runs resemble their predecessors is contained in what days differ by".to_owned());
    }
    if let Some(MatchedPairs { pairs, inflation, variance }) = found.same_hours {
        return Some(format!(
            "runs are held against those of the same time of day: {} pairs, whose differences resemble their predecessors \
             by a factor of {}; variances are taken {} times as large as those of all runs",
            figure::count(pairs),
            figure::number(inflation),
            figure::number(variance)
        ));
    }
    match found.inflation {
        Some(inflation) if inflation > 1.0 => Some(format!(
            "consecutive runs may resemble each other: variances are taken {} times as large",
            figure::number(inflation)
        )),
        Some(_) => {
            Some("consecutive runs do not resemble each other: variances are taken as they are".into())
        }
        None => found.p.map(|_| {
            "how much runs resemble their predecessors was not measured: taken as independent".into()
        }),
    }
}

/// What the rules ask, and what is the case.
fn rules(metric: &Metric, found: &Comparison) -> Vec<String> {
    let answer = |holds: bool| if holds { "yes" } else { "no" };
    match (found.rules, found.margin) {
        (Some(Rules::TooFew), _) => vec!["rule 0, enough runs for a statement: no".to_owned()],
        (Some(Rules::Asked { significant, excludes_zero, material, within, doubted }), Some(margin)) => vec![
            format!(
                "margin, the smallest change reported: {}",
                metric.unit.difference(margin).trim_start_matches('+')
            ),
            format!(
                "rule 1, improved or regressed: adjusted p at most {FAMILY_LEVEL}: {}; interval without zero: {}; at least the margin: {}",
                answer(significant),
                answer(excludes_zero),
                answer(material)
            ),
            format!(
                "rule 2, no material change: the whole interval within the margin: {}{}",
                answer(within),
                if doubted { "; but something else moved, or runs are too few" } else { "" }
            ),
        ],
        _ => Vec::new(),
    }
}

fn halves(metric: &Metric, found: &Comparison) -> Option<String> {
    let [first, second] = found.halves?.map(|change| metric.unit.difference(change));
    Some(format!("change in the first half of the after window {first}, in the second {second}"))
}
