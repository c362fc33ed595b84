//! One job in a row, each figure as text.

use serde::Serialize;

use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric;
use crate::figure::{self, ABSENT, FEW_RUNS};
use crate::render::view::metric::share;
use crate::render::view::target::comparison_words;
use crate::render::view::text::{pair, some_text};
use crate::report::model::Report;
use crate::report::scoreboard::what_changed;

/// Places listed for a job.
const PLACES: u64 = 2;

/// The verdict of a job, that of its worst metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobOutcome {
    /// `worse`, `better`, `unclear`, `unchanged`, `not measured`.
    pub group: String,
    /// `▲` more of what is bad, `▼` nothing any more, `▽` less of what is bad, `=`, `?`, `–`.
    pub mark: String,
    /// `broken`.
    pub word: String,
    /// What changed, or why nothing is said; may be empty.
    pub text: String,
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobRow {
    /// Its name, as stored.
    pub name: String,
    /// `job-cache-verify`: where links to it point; no other job has the same.
    pub anchor: String,
    pub outcome: JobOutcome,
    /// An earlier name; `null` without one.
    pub was: Option<String>,
    /// The declared schedule; `null` without one.
    pub schedule: Option<String>,
    /// The declared offset: `45 s`.
    pub offset: String,
    /// Where in the cycle its runs started: `:45`.
    pub place: String,
    /// Share of runs on time.
    pub on_time: String,
    /// The same before.
    pub on_time_before: String,
    /// Runs observed of runs expected: `364 of 477`.
    pub observed: String,
    /// The verdict on its punctuality: mark and word; `–` without one.
    pub on_time_verdict: String,
    /// The declared remark, or that it is disabled or was never seen; `null` without one.
    pub note: Option<String>,
    /// Runs started.
    pub started: String,
    /// Runs started before.
    pub started_before: String,
    /// Completed of those with a known outcome: `343 of 363`.
    pub completed: String,
    /// The share completed with its interval: `94.5 % (91.6 to 96.4 %)`.
    pub completion: String,
    /// The same before.
    pub completion_before: String,
    /// The share completed alone: `94.5 %`.
    pub completed_share: String,
    /// The same before.
    pub completed_share_before: String,
    /// Its interval: `91.6 to 96.4 %`; `null` where the share is written as counts.
    pub completed_interval: Option<String>,
    /// Failed or reached the time limit.
    pub failed: String,
    /// Never finished.
    pub never_finished: String,
    /// Still running.
    pub still_running: String,
    /// Median duration.
    pub median: String,
    /// The same with the verdict on it: `33.4 ms, ? undecided`; `–` where there is neither.
    pub median_verdict: String,
    /// Median duration before.
    pub median_before: String,
    /// Median before and after.
    pub medians: String,
    /// 95th percentile before and after.
    pub p95s: String,
    /// Mean before and after.
    pub means: String,
    /// Change of the median with its interval; `–` without one.
    pub change: String,
    /// `▲`, `▽`, `=`, `?`, `–`: the verdict on the median duration; `!` where fewer runs of a faster job end
    /// well.
    pub mark: String,
    /// `improved`, `regressed`, `no material change`, `undecided`, `not measured`, `not tested`.
    pub word: String,
    /// The mark and the word: `= no material change`.
    pub verdict: String,
    /// Why; may be empty.
    pub reason: String,
    /// Variance inflation after, where it is above 1: `2.4`.
    pub inflation: Option<String>,
    /// What its rows are sorted by; not to be read.
    pub keys: SortKeys,
}

/// What tables of jobs are sorted by. `null` where there is nothing to sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SortKeys {
    /// Runs started.
    pub started: u64,
    /// Share completed, millionths.
    pub completion: Option<u64>,
    /// Share on time, millionths.
    pub on_time: Option<u64>,
    /// Median duration, µs.
    pub median: Option<u64>,
    /// 95th percentile, µs.
    pub p95: Option<u64>,
}

impl SortKeys {
    fn of(window: &JobWindow) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // shares and lengths of time
        let scaled = |value: f64, scale: f64| (value * scale).round() as u64;
        Self {
            started: window.started,
            completion: window.completion_rate.map(|rate| scaled(rate.value, 1e6)),
            on_time: window.on_time_rate.map(|rate| scaled(rate.value, 1e6)),
            median: window.duration_ms.map(|facts| scaled(facts.median, 1e3)),
            p95: window.duration_ms.map(|facts| scaled(facts.p95, 1e3)),
        }
    }
}

/// The filter that shows a job of this verdict, and its mark.
pub(super) fn group_and_mark(kind: JobVerdictKind) -> (&'static str, &'static str) {
    match kind {
        JobVerdictKind::Stopped => ("worse", "▼"),
        kind if kind.is_worse() => ("worse", "▲"),
        kind if kind.is_better() => ("better", "▽"),
        JobVerdictKind::Unchanged => ("unchanged", "="),
        JobVerdictKind::Unclear => ("unclear", "?"),
        _ => ("not measured", ABSENT),
    }
}

impl JobOutcome {
    fn of(report: &Report, job: &JobReport) -> Self {
        let kind = job.verdict.kind;
        let (group, mark) = group_and_mark(kind);
        Self {
            group: group.to_owned(),
            mark: mark.to_owned(),
            word: kind.words().to_owned(),
            text: what_changed(report, job).unwrap_or_else(|| job.verdict.reason.main_clause()),
        }
    }
}

pub(super) fn row(report: &Report, job: &JobReport, anchor: String) -> JobRow {
    let (before, after) = (&job.baseline, &job.stagger);
    let median = job.comparison.get(&metric::MEDIAN_DURATION);
    let undecided = is_undecided(median);
    let durations = |of: fn(&DurationFacts) -> f64| {
        pair(&duration_cell(before, undecided, of), &duration_cell(after, undecided, of))
    };
    let (mark, word) = comparison_words(median);
    let punctuality = job.comparison.any(&metric::ON_TIME_RATE);
    let punctuality = punctuality.as_deref();
    let limits = report.limits(metric::COMPLETION_RATE.name());
    let median_after = duration_cell(after, undecided, |facts| facts.median);
    JobRow {
        name: job.name.clone(),
        anchor,
        outcome: JobOutcome::of(report, job),
        was: job.was.clone(),
        schedule: job.schedule.clone(),
        offset: job.offset_s.map_or_else(|| ABSENT.to_owned(), |offset| format!("{offset} s")),
        place: place(after, report.cycle_s),
        on_time: share(after, &metric::ON_TIME_RATE, &[]),
        on_time_before: share(before, &metric::ON_TIME_RATE, &[]),
        observed: after
            .expected_runs
            .map_or_else(|| figure::count(after.started), |all| figure::part_of(after.started, all)),
        on_time_verdict: match punctuality.filter(|found| found.verdict.is_some()) {
            Some(_) => {
                let (mark, word) = comparison_words(punctuality);
                format!("{mark} {word}")
            }
            None => ABSENT.to_owned(),
        },
        note: note(report, job),
        started: figure::count(after.started),
        started_before: figure::count(before.started),
        completed: if after.decided == 0 {
            ABSENT.to_owned()
        } else {
            figure::part_of(after.completed, after.decided)
        },
        completed_share: share(after, &metric::COMPLETION_RATE, &limits),
        completed_share_before: share(before, &metric::COMPLETION_RATE, &limits),
        completed_interval: completed_interval(after, &limits),
        completion: completion(after, &limits),
        completion_before: completion(before, &limits),
        failed: figure::count(after.failed + after.timed_out),
        never_finished: figure::count(after.orphaned),
        still_running: figure::count(after.in_flight),
        median_verdict: match median.and_then(|found| found.verdict) {
            None | Some(ComparisonVerdict::NotMeasured) if after.duration_ms.is_none() => ABSENT.to_owned(),
            None => median_after.clone(),
            Some(_) => format!("{median_after}, {mark} {word}"),
        },
        median: median_after,
        median_before: duration_cell(before, undecided, |facts| facts.median),
        medians: medians(job),
        p95s: durations(|facts| facts.p95),
        means: durations(|facts| facts.mean),
        change: median.map_or_else(|| ABSENT.to_owned(), |found| change(found, undecided)),
        verdict: format!("{mark} {word}"),
        mark: mark.to_owned(),
        word: word.to_owned(),
        reason: median.map(|found| found.reason.to_string()).unwrap_or_default(),
        inflation: after.inflation.filter(|inflation| *inflation > 1.0).map(figure::number),
        keys: SortKeys::of(after),
    }
}

/// Whether nothing was decided from a comparison.
fn is_undecided(found: Option<&Comparison>) -> bool {
    found.is_none_or(|found| {
        matches!(found.verdict, None | Some(ComparisonVerdict::Inconclusive | ComparisonVerdict::NotMeasured))
    })
}

/// The median duration of a job before and after.
pub(super) fn medians(job: &JobReport) -> String {
    let undecided = is_undecided(job.comparison.get(&metric::MEDIAN_DURATION));
    let cell = |window| duration_cell(window, undecided, |facts| facts.median);
    pair(&cell(&job.baseline), &cell(&job.stagger))
}

/// A duration, or the number of runs where they are few and nothing was decided from them.
fn duration_cell(window: &JobWindow, undecided: bool, of: fn(&DurationFacts) -> f64) -> String {
    match &window.duration_ms {
        None => ABSENT.to_owned(),
        Some(facts) if undecided && facts.n < FEW_RUNS => figure::counted(facts.n, "run", "runs"),
        Some(facts) => figure::duration(of(facts)),
    }
}

/// The change of the median with its interval, relative to the baseline; only where a verdict rests on it.
fn change(found: &Comparison, undecided: bool) -> String {
    if undecided {
        return ABSENT.to_owned();
    }
    let Some(relative) = found.shift_relative.or(found.relative_change) else { return ABSENT.to_owned() };
    match (found.shift_interval.or(found.interval), found.baseline) {
        (Some([low, high]), Some(baseline)) if baseline > 0.0 => format!(
            "{} ({} to {})",
            figure::change(relative),
            figure::change(low / baseline),
            figure::change(high / baseline)
        ),
        _ => figure::change(relative),
    }
}

fn completion(window: &JobWindow, limits: &[f64]) -> String {
    let shown = share(window, &metric::COMPLETION_RATE, limits);
    match completed_interval(window, limits) {
        Some(interval) => format!("{shown} ({interval})"),
        None => shown,
    }
}

fn completed_interval(window: &JobWindow, limits: &[f64]) -> Option<String> {
    let rate = window.completion_rate.filter(|rate| rate.of >= FEW_RUNS)?;
    Some(figure::percent_interval([rate.low, rate.high], limits))
}

/// Where in the cycle the runs started, the most frequent places first.
fn place(window: &JobWindow, cycle_s: f64) -> String {
    let places = &window.start_places;
    let mut shown = places.first.iter().map(|(second, _)| figure::place(*second, cycle_s));
    match (shown.next(), places.count()) {
        (None, _) => ABSENT.to_owned(),
        (Some(first), ..=PLACES) => std::iter::once(first).chain(shown).collect::<Vec<_>>().join(", "),
        (Some(first), several) => format!("{first} and {} other places", several - 1),
    }
}

fn note(report: &Report, job: &JobReport) -> Option<String> {
    let state = if job.enabled == Some(false) {
        Some("disabled")
    } else if report.population.absent.contains(&job.name) {
        Some("never seen")
    } else {
        None
    };
    match (state, some_text(job.note.as_ref())) {
        (Some(state), Some(note)) => Some(format!("{state}: {note}")),
        (Some(state), None) => Some(state.to_owned()),
        (None, note) => note,
    }
}
