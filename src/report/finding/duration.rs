//! Faster or slower: the verdicts on every tested duration of every job, in one headline that contradicts none.

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{self, Metric, Test};
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::finding::course::{self, courses};
use crate::report::finding::weakness;
use crate::report::model::{Direction, Finding, Number, Report, Weakness};

/// A job, and what the verdicts on its durations come to together.
struct Told<'a> {
    job: &'a JobReport,
    direction: Direction,
    /// It ends faster, but fewer of its runs end well.
    too_fast: bool,
    /// The comparisons that show a change, the median's first.
    changed: Vec<(&'static Metric, &'a Comparison)>,
}

/// The headline about durations.
pub(super) fn durations(report: &Report) -> Finding {
    let ran = |job: &&JobReport| job.stagger.duration_ms.is_some() || job.baseline.duration_ms.is_some();
    let mut jobs: Vec<Told<'_>> = report.jobs.iter().filter(ran).map(Told::of).collect();
    jobs.sort_by(|a, b| b.size().total_cmp(&a.size()).then_with(|| a.job.name.cmp(&b.job.name)));
    let of = |direction| jobs.iter().filter(|told| told.direction == direction).collect::<Vec<_>>();
    let [regressed, mixed, improved] = CHANGES.map(|(direction, ..)| of(direction));
    let same = of(Direction::NoMaterialChange);
    let too_fast = of(Direction::Inconclusive).into_iter().filter(|told| told.too_fast).count();
    let changed: Vec<&Told<'_>> = [&regressed, &mixed, &improved].into_iter().flatten().copied().collect();
    let open = jobs.len() - changed.len() - same.len() - too_fast;
    let all = jobs_of(jobs.len());
    let says = match (regressed.is_empty(), mixed.is_empty(), improved.is_empty()) {
        (true, true, true) if same.is_empty() => Direction::Inconclusive,
        (true, true, true) => Direction::NoMaterialChange,
        (false, true, true) => Direction::Regressed,
        (true, true, false) => Direction::Improved,
        _ => Direction::Mixed,
    };
    let mut but = Vec::new();
    let mut detail = Vec::new();
    let headline = match says {
        Direction::NoMaterialChange => {
            format!("Durations show no material change for {} of {all}.", figure::count(same.len() as u64))
        }
        Direction::Inconclusive if too_fast > 0 => {
            "Durations improved for no job that ends as well as before.".to_owned()
        }
        Direction::Inconclusive => {
            detail.push(why_unknown(report, &jobs.iter().map(|told| told.job).collect::<Vec<_>>()));
            "Faster or slower? Unknown.".to_owned()
        }
        _ => {
            let groups = CHANGES.into_iter().zip([&regressed, &mixed, &improved]);
            let groups = groups.filter(|(_, jobs)| !jobs.is_empty());
            let mut parts = Vec::new();
            for ((_, verb, word), jobs) in groups {
                parts.push(format!("{verb} for {}", figure::count(jobs.len() as u64)));
                let examples = jobs.iter().map(|told| told.example()).collect();
                let range = range(jobs).map(|range| format!(" {range}:")).unwrap_or_default();
                detail.push(format!("{word}:{range} {}.", legible::sentence_list(examples, NAMED)));
            }
            let trend = changed.first().and_then(|told| told.continues(report));
            but.extend(trend.filter(|_| changed.iter().all(|told| told.continues(report) == trend)));
            but.extend(weakness::of_windows(report));
            let parts = legible::sentence_list(parts, CHANGES.len());
            format!("Durations {parts} of {all}{}.", weakness::clause(&but))
        }
    };
    if too_fast > 0 {
        detail.push(format!(
            "Faster, but fewer runs end well, so not counted: {}.",
            figure::count(too_fast as u64)
        ));
    }
    if !same.is_empty() && says != Direction::NoMaterialChange {
        detail.push(format!("No material change for {}.", figure::count(same.len() as u64)));
    }
    if open > 0 && open < jobs.len() {
        detail.push(format!("Undecided for {}.", figure::count(open as u64)));
    }
    detail.extend(courses(changed.iter().filter_map(|told| Some((told.job, told.changed.first()?.1)))));
    for (trend, verb) in [(Weakness::RisingBefore, "rising"), (Weakness::FallingBefore, "falling")] {
        let going_on = changed.iter().filter(|told| told.continues(report) == Some(trend));
        let names: Vec<&str> = going_on.map(|told| told.job.name.as_str()).collect();
        if !names.is_empty() && !but.contains(&trend) {
            let names = legible::list(&names, NAMED);
            detail.push(format!("Was {verb} before the change at the same rate: {names}."));
        }
    }
    let named: Vec<&Told<'_>> = [&regressed, &mixed, &improved]
        .into_iter()
        .flat_map(|jobs| jobs.iter().copied().take(NAMED))
        .collect();
    let numbers = if named.is_empty() { numbers_of_undecided(same, &jobs) } else { numbers_of(&named) };
    Finding { numbers, says: Some(says), but, ..finding("durations", headline, detail, &["durations"]) }
}

/// The directions of a change, what they are called in the headline, and before examples.
const CHANGES: [(Direction, &str, &str); 3] = [
    (Direction::Regressed, "regressed", "Regressed"),
    (Direction::Mixed, "moved both ways", "Both ways"),
    (Direction::Improved, "improved", "Improved"),
];

impl<'a> Told<'a> {
    fn of(job: &'a JobReport) -> Self {
        let tested =
            || Metric::tested_durations().filter_map(|metric| Some((metric, job.comparison.get(metric)?)));
        let praised_wrongly = |found: &Comparison| {
            found.is_restricted_by(Restriction::TooFast)
                && found.verdict != Some(ComparisonVerdict::Regressed)
        };
        let too_fast = tested().any(|(_, found)| praised_wrongly(found));
        let mut changed: Vec<(&'static Metric, &Comparison)> =
            tested().filter(|(_, found)| found.is_change() && !praised_wrongly(found)).collect();
        changed.sort_by_key(|(metric, _)| *metric != &metric::MEDIAN_DURATION);
        let has = |verdict| changed.iter().any(|(_, found)| found.verdict == Some(verdict));
        let turns = changed.iter().any(|(_, found)| course::turns(found));
        let direction = match (has(ComparisonVerdict::Regressed), has(ComparisonVerdict::Improved)) {
            (true, true) => Direction::Mixed,
            (true, false) => Direction::Regressed,
            (false, true) if turns => Direction::Mixed,
            (false, true) => Direction::Improved,
            (false, false) if !too_fast && is_same(job) => Direction::NoMaterialChange,
            (false, false) => Direction::Inconclusive,
        };
        Self { job, direction, too_fast, changed }
    }

    /// The size of the first change that is named.
    fn size(&self) -> f64 {
        let first = self.changed.first();
        first.and_then(|(metric, found)| relative(metric, found)).map_or(0.0, f64::abs)
    }

    /// `job (typically +17 %, 95th percentile +94 %)`: the first change, and those that it does not tell of,
    /// because they are of the other direction or more than twice as large.
    fn example(&self) -> String {
        let name = legible::name(&self.job.name);
        let verdict = self.changed.first().and_then(|(_, found)| found.verdict);
        let size = |metric: &Metric, found: &Comparison| relative(metric, found).map_or(0.0, f64::abs);
        let first_size = self.size();
        let told = self.changed.iter().enumerate().filter(|(place, (metric, found))| {
            *place == 0 || found.verdict != verdict || size(metric, found) > 2.0 * first_size
        });
        let told: Vec<String> = told.filter_map(|(_, (metric, found))| change_of(metric, found)).collect();
        if told.is_empty() { name } else { format!("{name} ({})", told.join(", ")) }
    }

    /// How it was changing before, if it went on at the same rate; by the mean, which tells a course best.
    fn continues(&self, report: &Report) -> Option<Weakness> {
        course::continues(report, self.job.comparison.get(&metric::MEAN_DURATION)?)
    }
}

/// `−29.8 % (−32.1 % to −28.6 %) for 12 jobs`, of the changes that are named first; `None` for a single job, or where
/// they are not all of one direction.
fn range(jobs: &[&Told<'_>]) -> Option<String> {
    let sizes =
        jobs.iter().map(|told| told.changed.first().and_then(|(metric, found)| relative(metric, found)));
    let mut sizes: Vec<f64> = sizes.collect::<Option<_>>()?;
    sizes.sort_by(f64::total_cmp);
    let (low, high) = (*sizes.first()?, *sizes.last()?);
    if sizes.len() < 2 || low * high <= 0.0 {
        return None;
    }
    let middle = (sizes.get((sizes.len() - 1) / 2)? + sizes.get(sizes.len() / 2)?) / 2.0;
    let [middle, low, high] = [middle, low, high].map(figure::change);
    Some(format!("{middle} ({low} to {high}) for {} jobs", figure::count(jobs.len() as u64)))
}

fn is_same(job: &JobReport) -> bool {
    job.has_verdict(&metric::MEDIAN_DURATION, ComparisonVerdict::NoMaterialChange)
}

fn relative(metric: &Metric, found: &Comparison) -> Option<f64> {
    let shift = found.shift_relative.filter(|_| metric == &metric::MEDIAN_DURATION);
    shift.or(found.relative_change)
}

/// `mean +22 %`
pub(super) fn change_of(metric: &Metric, found: &Comparison) -> Option<String> {
    let what = match metric.test() {
        Some(Test::Ranks) => "typically",
        Some(Test::Means) => "mean",
        _ => "95th percentile",
    };
    let change = match relative(metric, found) {
        Some(relative) => figure::change(relative),
        None => figure::duration_change(found.change?),
    };
    Some(format!("{what} {change}"))
}

/// The numbers of jobs whose changes are named: all that changed.
fn numbers_of(named: &[&Told<'_>]) -> Vec<Number> {
    let of = |told: &&Told<'_>| {
        let job = told.job;
        told.changed.iter().map(|(metric, _)| Number::of_job(metric, &job.name)).collect::<Vec<_>>()
    };
    named.iter().flat_map(of).collect()
}

/// Without a change, the medians of those that show none, or else of the jobs with most runs.
fn numbers_of_undecided(same: Vec<&Told<'_>>, all: &[Told<'_>]) -> Vec<Number> {
    let mut jobs: Vec<&JobReport> = if same.is_empty() {
        all.iter().map(|told| told.job).collect()
    } else {
        same.into_iter().map(|told| told.job).collect()
    };
    jobs.sort_by_key(|job| (std::cmp::Reverse(job.stagger.completed), job.name.as_str()));
    jobs.into_iter().take(NAMED).map(|job| Number::of_job(&metric::MEDIAN_DURATION, &job.name)).collect()
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
    let parts = [shared_reason(&enough, jobs.len()), baseline_holds(&few, none, jobs.len())];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "No comparison is decided.".to_owned() } else { text }
}

/// The reason that `jobs` share, of `all`: the words of one comparison where it is the same for each,
/// otherwise what most of them have in common.
fn shared_reason(jobs: &[&JobReport], all: usize) -> Option<String> {
    let medians: Vec<&Comparison> =
        jobs.iter().filter_map(|job| job.comparison.get(&metric::MEDIAN_DURATION)).collect();
    let reason = medians.first()?.reason.to_string();
    if medians.iter().all(|found| found.reason.to_string() == reason) {
        let reason = legible::cut(&reason, legible::MESSAGE_LENGTH);
        let of = figure::count(medians.len() as u64);
        return (!reason.is_empty())
            .then(|| format!("{} ({of} of {}).", legible::capital(&reason), jobs_of(all)));
    }
    let kinds = [Open::Wide, Open::Over, Open::Other];
    let of = |kind| medians.iter().filter(|found| Open::of(found) == kind).count();
    // of equals, the first
    let (kind, of) = kinds.map(|kind| (kind, of(kind))).into_iter().rev().max_by_key(|(_, of)| *of)?;
    Some(format!("{} ({} of {}).", kind.words(), figure::count(of as u64), jobs_of(all)))
}

/// What keeps a comparison with runs enough undecided.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Wide,
    Over,
    Other,
}

impl Open {
    fn of(found: &Comparison) -> Self {
        match (found.shift_interval.or(found.interval), found.margin) {
            (Some([low, high]), Some(margin)) if high - low > 2.0 * margin => Self::Wide,
            (Some([low, high]), Some(margin)) if low < -margin || high > margin => Self::Over,
            _ => Self::Other,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Wide => "The interval of the change is wider than the margin",
            Self::Over => "The interval of the change reaches over the margin",
            Self::Other => "The reasons differ from job to job",
        }
    }
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
