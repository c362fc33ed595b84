//! The words for what a comparison says: here alone its reason becomes text.

use std::fmt;

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::reason::{ComparisonReason, TrialGrounds};
use crate::analysis::comparison::restriction::{Against, ControlFacts, Withheld};
use crate::analysis::comparison::verdict::Why;
use crate::analysis::comparison::verdict::enough::{Lack, Stop};
use crate::analysis::comparison::verdict::outlook::{Coming, Earlier, FurtherRuns, Outlook};
use crate::analysis::comparison::verdict::trial::{Doubt, Doubted, Evidence, Standing};
use crate::analysis::metric::{Metric, Test};
use crate::analysis::statistics::change_point::Onset;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::clock::{DAY_US, MINUTE_US, Span, Timestamp};
use crate::figure::{self, count, counted};
use crate::window::{PerSide, Side};

/// From this inflation on a reason mentions it.
const WORTH_A_WORD: f64 = 1.5;

/// Between the clauses of a reason.
const JOINT: &str = "; ";

impl ComparisonReason {
    /// The clause that says most: the first.
    pub fn main_clause(&self) -> String {
        self.clauses().into_iter().next().unwrap_or_default()
    }

    fn clauses(&self) -> Vec<String> {
        match self {
            Self::Unsaid => Vec::new(),
            Self::Described(text) => vec![(*text).to_owned()],
            Self::NoData(with_data) => vec![no_data(*with_data)],
            Self::Judged(grounds) => judged(grounds),
            Self::Told(clauses) => clauses.clone(),
        }
    }
}

impl fmt::Display for ComparisonReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clauses().join(JOINT))
    }
}

impl From<String> for ComparisonReason {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Unsaid
        } else {
            Self::Told(text.split(JOINT).map(str::to_owned).collect())
        }
    }
}

/// Why the comparison has its verdict, and what restricts it.
fn judged(grounds: &TrialGrounds) -> Vec<String> {
    let mut clauses = match &grounds.standing {
        Standing::Stopped(stop) => stopped(grounds.metric, stop),
        Standing::Tested(evidence) => {
            let mut clauses = tested(grounds, evidence);
            if !grounds.ordinary.as_ref().is_some_and(|days| days.in_place_of_runs) {
                let same_hours = grounds.matched.map(same_hours);
                clauses.extend(same_hours.or_else(|| dependence_remark(grounds.inflation)));
            }
            clauses
        }
    };
    if !grounds.against.is_empty() {
        let against: Vec<String> = grounds.against.iter().map(half).collect();
        clauses.push(format!("it does not hold in {}", against.join(" and ")));
    }
    clauses.extend(grounds.moment.as_ref().and_then(came));
    clauses.extend(grounds.withheld.iter().map(|why| format!("but {}", withheld(why, grounds.metric))));
    clauses
}

/// `but it came 30 min before the deployment (20:10–20:25 UTC)`; `None` where that cannot be told.
fn came(moment: &MomentFacts) -> Option<String> {
    let MomentFacts { from, until, apart_s, onset, .. } = *moment;
    if onset == Onset::Gradual {
        return Some("but it came gradually over both windows, not at one moment".to_owned());
    }
    let when = figure::period(from, until);
    match apart_s {
        _ if !moment.is_at_once() => None,
        0 => Some(format!("it came with the deployment ({when})")),
        _ => {
            let (apart, beside) =
                (figure::span(apart_s.abs() as f64), if apart_s < 0 { "before" } else { "after" });
            Some(format!("but it came at least {apart} {beside} the deployment ({when})"))
        }
    }
}

/// Why a change that the test shows is none.
fn withheld(why: &Withheld, metric: &Metric) -> String {
    match *why {
        Withheld::RunsMissing(missing) => runs_missing(metric, missing),
        Withheld::Mixture { within_jobs } => format!(
            "the mix of jobs changed: within the jobs the change is {}",
            ChangeUnit::Points.change(within_jobs)
        ),
        Withheld::Hours { left } => format!(
            "it ran at other hours of the day: within the same hours {} of the change is left",
            if left > 0.0 { figure::percent(left) } else { "nothing".to_owned() }
        ),
        Withheld::Controls(controls) => controls_too(controls, metric),
        Withheld::Other(restriction) => restriction.words().to_owned(),
    }
}

/// `the 14 control jobs changed by +12 % on average as well: the deployment is not shown to be the reason`
fn controls_too(controls: ControlFacts, metric: &Metric) -> String {
    let unit = if metric.is_duration() { ChangeUnit::PercentOf(1.0) } else { ChangeUnit::Points };
    format!(
        "the {} control jobs changed by {} on average, which leaves {} ({}): the deployment is not shown to be the \
         reason",
        count(controls.jobs),
        unit.change(controls.change),
        unit.change(controls.beyond),
        unit.interval(Interval { low: controls.interval[0], high: controls.interval[1] })
    )
}

/// `149 of 1,440 due runs have no known outcome (0 of 1,440 before), and could speak against it`
fn runs_missing(metric: &Metric, Missing { missing, due, .. }: Missing) -> String {
    let what = metric.share().map_or("are missing", |share| share.of.missing());
    let part = |side: Side| figure::part_of(*missing.get(side), *due.get(side));
    format!(
        "{} due runs {what} ({} before), and could speak against it",
        part(Side::Stagger),
        part(Side::Baseline)
    )
}

/// Why a tested metric has no value to compare.
fn no_data(with_data: PerSide<bool>) -> String {
    let windows = match (with_data.baseline, with_data.stagger) {
        (false, true) => "the baseline window",
        (true, false) => "the stagger window",
        _ => "either window",
    };
    format!("no data in {windows}")
}

fn half(against: &Against) -> String {
    let Against { half, change } = against;
    match change {
        Some((unit, change)) => format!("the {half} half ({} there)", unit.change(*change)),
        None => format!("the {half} half"),
    }
}

fn tested(grounds: &TrialGrounds, evidence: &Evidence) -> Vec<String> {
    let unit = evidence.unit;
    let (interval, margin) = (unit.interval(evidence.interval), unit.size(evidence.margin));
    let p = figure::p_value(grounds.p_adjusted.unwrap_or(evidence.p));
    let estimate = grounds.metric.test().map_or("change", Test::estimate);
    let advice = |verb| advice(grounds.further, &evidence.runs, evidence.outlook, verb);
    let open = match grounds.why {
        Why::Shown => {
            let change = unit.change(evidence.estimate);
            let shown = format!("{estimate} {change} ({interval}), adjusted p {p}, margin {margin}");
            return std::iter::once(shown).chain(grounds.ordinary.as_deref().map(beside_days)).collect();
        }
        Why::Stopped | Why::Within => {
            return vec![format!("the whole interval {interval} lies within the margin of {margin}")];
        }
        Why::Doubted => {
            let doubt = evidence.doubt.as_ref().map(|doubt| doubted(estimate, doubt)).unwrap_or_default();
            return vec![doubt, advice("settle")];
        }
        Why::Immaterial => format!(
            "a change is shown, but the interval {interval} reaches on both sides of the margin of {margin}"
        ),
        Why::Chance => format!(
            "the interval {interval} excludes zero, but among so many comparisons that can be chance (adjusted p {p})"
        ),
        Why::Days => {
            let change = unit.change(evidence.estimate);
            let days = grounds.ordinary.as_deref().map(|days| as_much(days, unit)).unwrap_or_default();
            return vec![format!("{estimate} {change}, but {days}"), longer(grounds, evidence)];
        }
        Why::Wide => format!("the interval {interval} spans more than the margin of {margin}"),
        Why::Over => format!("the interval {interval} reaches over the margin of {margin}"),
    };
    match grounds.ordinary.as_deref().filter(|days| days.limits) {
        Some(days) => vec![open, by_themselves(days, unit), longer(grounds, evidence)],
        None => vec![open, advice("narrow")],
    }
}

/// `windows of about 5 days would show a change of this size, further runs would not`
fn longer(grounds: &TrialGrounds, evidence: &Evidence) -> String {
    let Some(days) = grounds.further_days else {
        return "windows of several days would tell more, further runs would not".to_owned();
    };
    let size = if evidence.estimate.abs() < evidence.margin { "of the margin" } else { "of this size" };
    format!(
        "windows of about {} would show a change {size}, further runs would not",
        counted(days, "day", "days")
    )
}

/// `ordinary days do as much: the same comparison on 27 earlier days differs by up to 14 %`
fn as_much(days: &OrdinaryFacts, unit: ChangeUnit) -> String {
    let OrdinaryFacts { days: number, as_large, .. } = *days;
    let differ = by_themselves(days, unit);
    if number == 0 || as_large > 0 {
        format!("ordinary days do as much: {differ}")
    } else {
        format!("{differ}, which is less, but so few days cannot show that among so many comparisons")
    }
}

/// `the same comparison on 27 earlier days differs by up to 14 %`
fn by_themselves(days: &OrdinaryFacts, unit: ChangeUnit) -> String {
    let OrdinaryFacts { days, largest, deviation, .. } = *days;
    if days == 0 {
        return format!("other jobs differ by about {} from day to day", unit.size(deviation));
    }
    format!(
        "the same comparison on {} differs by up to {}",
        counted(days, "earlier day", "earlier days"),
        unit.size(largest.abs())
    )
}

/// `larger than on all 27 earlier days`
fn beside_days(days: &OrdinaryFacts) -> String {
    let OrdinaryFacts { days, as_large, .. } = *days;
    match (days, as_large) {
        (0, _) => "larger than what days do to other jobs".to_owned(),
        (_, 0) => format!("larger than on all {} earlier days", count(days)),
        _ => format!("as large on {} of {} earlier days", count(as_large), count(days)),
    }
}

fn doubted(estimate: &str, doubt: &Doubt) -> String {
    let within = format!("the {estimate} lies within the margin, but");
    match &doubt.what {
        Doubted::FewRuns { effective, needed } => format!(
            "the interval lies within the margin, but {} independent runs per window, fewer than {}, can miss a slow mode",
            figure::short(effective.floor()),
            figure::short(*needed)
        ),
        Doubted::Medians => format!(
            "{within} the medians differ by more: two modes, or coarse times, hide a change from ranks"
        ),
        Doubted::Mean { moved, estimate, interval, unit } => format!(
            "{within} the mean {} by {} ({}): two modes, rare long runs, or coarse times, hide a change from ranks",
            if *moved { "moved" } else { "may have moved" },
            unit.change(*estimate),
            unit.interval(*interval)
        ),
        Doubted::Tail { change, unit } => {
            format!("{within} the slowest runs moved (95th percentile {})", unit.change(*change))
        }
    }
}

fn dependence_remark(inflation: Option<f64>) -> Option<String> {
    match inflation {
        None => Some("how much runs resemble their predecessors was not measured".to_owned()),
        Some(inflation) if inflation >= WORTH_A_WORD => {
            Some(format!("runs may resemble their predecessors (variance × {})", figure::short(inflation)))
        }
        Some(_) => None,
    }
}

fn same_hours(matched: MatchedPairs) -> String {
    format!(
        "runs are held against those of the same time of day ({} pairs), so that a daily season does not count",
        count(matched.pairs)
    )
}

fn stopped(metric: &Metric, stop: &Stop) -> Vec<String> {
    let share = metric.share().map(|share| format!("{} runs", share.of.adjective()));
    let runs = share.unwrap_or_else(|| "durations".to_owned());
    let why = match stop {
        Stop::NoRuns { before: true, after: true } => format!("no {runs} in either window"),
        Stop::NoRuns { before: true, .. } => format!("no {runs} in the baseline"),
        Stop::NoRuns { .. } => format!("no {runs} after the change"),
        Stop::TooFew(lacks, outlook) => {
            return lacks.iter().flat_map(|lack| shortage(lack, *outlook)).collect();
        }
        Stop::Untestable(_, why) => (*why).to_owned(),
    };
    vec![why]
}

fn shortage(lack: &Lack, outlook: Outlook) -> impl Iterator<Item = String> {
    let Lack { side, size, more, independent } = *lack;
    let runs = match side {
        Side::Baseline => counted(size.runs, "baseline run", "baseline runs"),
        Side::Stagger => format!("{} after the change", counted(size.runs, "run", "runs")),
    };
    let further = count(more);
    let lacking = match independent {
        None => format!("{runs}, at least {further} more are needed"),
        Some(needed) if size.inflation > 1.0 => format!(
            "consecutive runs resemble each other: {runs} count as about {}, where {} are needed: about {further} more",
            figure::short((size.effective() * 10.0).floor() / 10.0),
            figure::short(needed)
        ),
        Some(needed) => format!("{runs}, where {} are needed: {further} more", figure::short(needed)),
    };
    std::iter::once(lacking).chain(how_to_get(side, more, size.runs, outlook))
}

/// What the reader can do about it; `verb` is what the runs would do: "narrow", "settle".
fn advice(further: Option<FurtherRuns>, runs: &PerSide<u64>, outlook: Outlook, verb: &str) -> String {
    let Some(further) = further else {
        return "more data is unlikely to help".to_owned();
    };
    let until = |more: u64| {
        ready_at(more, runs.stagger, outlook.coming)
            .map(|at| format!(" (until {at} at the present rate)"))
            .unwrap_or_default()
    };
    let per_window = further.baseline.max(further.stagger);
    match outlook.earlier {
        Earlier::Unknown => {
            format!("about {} more runs per window{} would {verb} it", count(per_window), until(per_window))
        }
        Earlier::Since(first) => format!(
            "about {} more runs per window{} would {verb} it, the baseline's from earlier: the table reaches back to {}",
            count(per_window),
            until(further.stagger),
            minute(first, None)
        ),
        Earlier::Nothing => match further.stagger_alone {
            Some(more) => {
                format!("about {} more runs after the change{} would {verb} it", count(more), until(more))
            }
            None => format!(
                "the {} baseline runs are too few for that, and nothing earlier is in the table, so waiting cannot help",
                count(runs.baseline)
            ),
        },
    }
}

/// What would give a window the runs that it lacks.
fn how_to_get(side: Side, more: u64, runs: u64, outlook: Outlook) -> Option<String> {
    match (side, outlook.earlier) {
        (Side::Stagger, _) => ready_at(more, runs, outlook.coming)
            .map(|at| format!("they will be there by {at} at the present rate")),
        (Side::Baseline, Earlier::Unknown) => None,
        (Side::Baseline, Earlier::Nothing) => {
            Some("nothing earlier is in the table, so waiting cannot help".to_owned())
        }
        (Side::Baseline, Earlier::Since(first)) => Some(format!(
            "an earlier start of the baseline could supply them, the table reaches back to {}",
            minute(first, None)
        )),
    }
}

/// When `more` runs will have come: `09:40 UTC`; `None` where no runs come or no rate is known.
fn ready_at(more: u64, runs: u64, coming: Option<Coming>) -> Option<String> {
    let Coming { as_of, observed } = coming?;
    let wait = (i128::from(more) * i128::from(observed.us())).checked_div(i128::from(runs))?;
    let wait = Span(i64::try_from(wait).unwrap_or(i64::MAX));
    // rounded up to the minute, so that the runs are there when the reader looks
    let at = as_of.plus(wait).plus(Span(MINUTE_US - 1));
    let at = Timestamp(at.us().div_euclid(MINUTE_US) * MINUTE_US);
    Some(minute(at, Some(as_of)))
}

/// The instant to the minute, without its date where that is the day of `today`.
fn minute(at: Timestamp, today: Option<Timestamp>) -> String {
    let same_day = today.is_some_and(|today| today.us().div_euclid(DAY_US) == at.us().div_euclid(DAY_US));
    let format = if same_day { "%H:%M UTC" } else { "%Y-%m-%d %H:%M UTC" };
    at.to_utc().map_or_else(|| at.to_string(), |at| at.format(format).to_string())
}
