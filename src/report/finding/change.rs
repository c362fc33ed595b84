//! Findings about what changed: nothing but verdicts of comparisons, in words.

use std::collections::BTreeMap;

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{self, Metric};
use crate::figure;
use crate::legible;
use crate::report::finding::{NAMED, finding};
use crate::report::model::{Finding, Number, Report};

/// Faster or slower: the verdicts on the median duration of every job that ran.
pub(super) fn durations(report: &Report) -> Finding {
    let jobs: Vec<&JobReport> = report
        .jobs
        .iter()
        .filter(|job| job.stagger.duration_ms.is_some() || job.baseline.duration_ms.is_some())
        .collect();
    let with = |verdict| with_verdict(&jobs, verdict);
    let too_fast = jobs.iter().filter(|job| is_too_fast(job)).count();
    let (improved, regressed) = (with(ComparisonVerdict::Improved), with(ComparisonVerdict::Regressed));
    let same = with(ComparisonVerdict::NoMaterialChange);
    let open = jobs.len() - improved.len() - regressed.len() - same.len() - too_fast;
    let total = jobs.len() as u64;
    let (headline, mut detail) = if !improved.is_empty() || !regressed.is_empty() {
        let parts: Vec<String> = [("regressed", &regressed), ("improved", &improved)]
            .into_iter()
            .filter(|(_, jobs)| !jobs.is_empty())
            .map(|(word, jobs)| format!("{word} for {}", figure::count(jobs.len() as u64)))
            .collect();
        let of = figure::counted(total, "job", "jobs");
        let examples = [("Regressed", &regressed), ("Improved", &improved)];
        let detail = examples.into_iter().filter_map(|(word, jobs)| examples_of(word, jobs)).collect();
        (format!("Durations {} of {of}.", parts.join(" and ")), detail)
    } else if !same.is_empty() {
        let of = format!("{} of {}", figure::count(same.len() as u64), figure::counted(total, "job", "jobs"));
        (format!("Durations show no material change for {of}."), Vec::new())
    } else if too_fast > 0 {
        ("Durations improved for no job that ends as well as before.".to_owned(), Vec::new())
    } else {
        ("Faster or slower? Unknown.".to_owned(), vec![why_unknown(report, &jobs)])
    };
    if too_fast > 0 {
        detail.push(format!(
            "Faster, but fewer runs end well, so not counted: {}.",
            figure::count(too_fast as u64)
        ));
    }
    if !same.is_empty() && (!improved.is_empty() || !regressed.is_empty()) {
        detail.push(format!("No material change for {}.", figure::count(same.len() as u64)));
    }
    if open > 0 && open < jobs.len() {
        detail.push(format!("Undecided for {}.", figure::count(open as u64)));
    }
    let decided: Vec<&JobReport> = [regressed.as_slice(), improved.as_slice()].concat();
    detail.extend(courses(&decided, &metric::MEDIAN_DURATION));
    let named = told_of([&regressed, &improved], same, jobs);
    let names = named.iter().map(|job| job.name.as_str());
    finding("durations", headline, detail, &["durations"]).of_jobs(names, &[&metric::MEDIAN_DURATION])
}

/// The jobs that a finding about durations speaks of: those of either direction that it names, or else
/// those without a material change, or else those with most runs.
fn told_of<'a>(
    decided: [&[&'a JobReport]; 2],
    same: Vec<&'a JobReport>,
    mut all: Vec<&'a JobReport>,
) -> Vec<&'a JobReport> {
    let named = decided.into_iter().flat_map(|jobs| jobs.iter().copied().take(NAMED));
    let named: Vec<&JobReport> = named.collect();
    if !named.is_empty() {
        return named;
    }
    all.sort_by_key(|job| (std::cmp::Reverse(job.stagger.completed), job.name.as_str()));
    let rest = if same.is_empty() { all } else { same };
    rest.into_iter().take(NAMED).collect()
}

/// Shares of runs that changed, by the verdict of their comparison.
pub(super) fn rates(report: &Report) -> Option<Finding> {
    const RATES: [(&Metric, &str); 3] = [
        (&metric::COMPLETION_RATE, "Completion"),
        (&metric::FAILURE_RATE, "Failures"),
        (&metric::ON_TIME_RATE, "Punctuality"),
    ];
    let mut sentences = Vec::new();
    let mut numbers = Vec::new();
    let verdicts = [(ComparisonVerdict::Regressed, "regressed"), (ComparisonVerdict::Improved, "improved")];
    for ((verdict, word), (metric, label)) in verdicts.into_iter().flat_map(|v| RATES.map(|r| (v, r))) {
        let limits = report.limits(metric.name());
        let of =
            |metric: &'static Metric| report.jobs.iter().filter(move |job| has_verdict(job, metric, verdict));
        let told_by_completion =
            metric == &metric::FAILURE_RATE && of(&metric::COMPLETION_RATE).next().is_some();
        let jobs: Vec<String> = of(metric)
            .filter_map(|job| {
                let found = job.comparison.get(metric.name())?;
                let [from, to] =
                    [found.baseline?, found.stagger?].map(|rate| figure::percent_against(rate, &limits));
                Some(format!("{} ({from} to {to})", legible::name(&job.name)))
            })
            .collect();
        if !jobs.is_empty() && !told_by_completion {
            let decided: Vec<&JobReport> = of(metric).collect();
            sentences.push(format!("{label} {word}: {}.", legible::sentence_list(jobs, NAMED)));
            sentences.extend(courses(&decided, metric));
            numbers.extend(of(metric).take(NAMED).map(|job| Number::of_job(metric, &job.name)));
        }
    }
    let headline = (!sentences.is_empty()).then(|| sentences.remove(0))?;
    let found = finding("rates", headline, sentences, &["outcomes", "start_seconds"]);
    Some(Finding { numbers, ..found })
}

/// What the halves of the windows say against one figure for the whole.
fn courses(jobs: &[&JobReport], metric: &Metric) -> Vec<String> {
    const COURSES: [(Restriction, &str); 3] = [
        (Restriction::NotInBothHalves, "Not in both halves of the window after"),
        (Restriction::DriftInBaseline, "Changed within the window before"),
        (Restriction::DriftInStagger, "Changed within the window after"),
    ];
    let told = COURSES.into_iter().filter_map(|(restriction, words)| {
        let restricted = jobs.iter().filter(|job| {
            let found = job.comparison.get(metric.name());
            found.is_some_and(|found| found.is_restricted_by(restriction))
        });
        let names: Vec<&str> = restricted.map(|job| job.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{words}: {}.", legible::list(&names, NAMED)))
    });
    told.collect()
}

fn median(job: &JobReport) -> Option<&Comparison> {
    job.comparison.get(metric::MEDIAN_DURATION.name())
}

/// Whether its median is lower while fewer of its runs end well.
fn is_too_fast(job: &JobReport) -> bool {
    median(job).is_some_and(|found| found.is_restricted_by(Restriction::TooFast))
}

pub(super) fn has_verdict(job: &JobReport, metric: &Metric, verdict: ComparisonVerdict) -> bool {
    job.comparison.get(metric.name()).is_some_and(|found| found.verdict == Some(verdict))
}

/// The jobs with this verdict on their median, the largest change first.
fn with_verdict<'a>(jobs: &[&'a JobReport], verdict: ComparisonVerdict) -> Vec<&'a JobReport> {
    let mut found: Vec<&JobReport> =
        jobs.iter().copied().filter(|job| has_verdict(job, &metric::MEDIAN_DURATION, verdict)).collect();
    found.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.name.cmp(&b.name)));
    found
}

pub(super) fn relative(job: &JobReport) -> Option<f64> {
    median(job).and_then(|found| found.shift_relative.or(found.relative_change))
}

fn size(job: &JobReport) -> f64 {
    relative(job).map_or(0.0, f64::abs)
}

fn examples_of(word: &str, jobs: &[&JobReport]) -> Option<String> {
    if jobs.is_empty() {
        return None;
    }
    let parts = jobs.iter().map(|job| {
        let change = relative(job).map(|change| format!(" (typically {})", figure::change(change)));
        format!("{}{}", legible::name(&job.name), change.unwrap_or_default())
    });
    Some(format!("{word}: {}.", legible::sentence_list(parts.collect(), NAMED)))
}

/// Why no comparison of durations was decided.
fn why_unknown(report: &Report, jobs: &[&JobReport]) -> String {
    if jobs.is_empty() {
        return no_durations(report).to_owned();
    }
    let runs_before = |job: &JobReport| job.baseline.duration_ms.map_or(0, |facts| facts.n);
    // Too few runs before for a verdict are the reason that readers get.
    let (enough, short): (Vec<&JobReport>, Vec<&JobReport>) =
        jobs.iter().partition(|job| runs_before(job) >= job.min_runs.max(1));
    let few: Vec<u64> = short.into_iter().map(runs_before).filter(|runs| *runs > 0).collect();
    let none = jobs.iter().filter(|job| runs_before(job) == 0).count();
    let for_enough = most_frequent_reason(&enough)
        .map(|(reason, of)| format!("{} ({of} of {}).", legible::capital(&reason), jobs_of(jobs.len())));
    let parts = [for_enough, baseline_holds(&few, none, jobs.len())];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "No comparison is decided.".to_owned() } else { text }
}

/// Why no run has a duration.
fn no_durations(report: &Report) -> &'static str {
    let totals = [&report.totals.baseline.job, &report.totals.stagger.job];
    if totals.into_iter().any(|window| window.completed > 0) {
        "No completed run has a usable end, so there are no durations."
    } else {
        "No run completed, so there are no durations."
    }
}

/// How little the baseline holds: `few` are the numbers of runs of jobs with some, `none` the jobs
/// without any, of `all`.
fn baseline_holds(few: &[u64], none: usize, all: usize) -> Option<String> {
    let some = match (few.iter().min(), few.iter().max()) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("{} of each of {}", figure::counted(*least, "run", "runs"), jobs_of(few.len())))
        }
        (Some(least), Some(most)) => {
            Some(format!("{least} to {most} runs of each of {}", jobs_of(few.len())))
        }
        _ => None,
    };
    let rest = if few.len() + none == all { others(none) } else { jobs_of(none) };
    match (some, none) {
        (None, 0) => None,
        (None, none) if none == all => Some("The baseline holds no completed run.".to_owned()),
        (None, _) => Some(format!("The baseline holds no completed run of {rest}.")),
        (Some(some), 0) => Some(format!("The baseline holds {some}.")),
        (Some(some), _) => Some(format!("The baseline holds {some} and none of {rest}.")),
    }
}

fn jobs_of(jobs: usize) -> String {
    figure::counted(jobs as u64, "job", "jobs")
}

fn others(jobs: usize) -> String {
    if jobs == 1 { "the other".to_owned() } else { format!("the other {}", figure::count(jobs as u64)) }
}

/// The reason that most of `jobs` share, and how many do.
fn most_frequent_reason(jobs: &[&JobReport]) -> Option<(String, usize)> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in jobs.iter().filter_map(|job| median(job)).map(|found| found.reason.as_str()) {
        if !reason.is_empty() {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let (reason, of) = reasons.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
    let reason = legible::cut(&legible::visible(reason.trim_end_matches('.')), legible::MESSAGE_LENGTH);
    Some((reason, of))
}
