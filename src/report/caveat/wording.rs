//! Caveats in words: the one place where a caveat becomes a sentence. It is in the report's room,
//! because caveats are found here, and the JSON report already holds the sentence.

use std::collections::BTreeSet;

use chrono::Weekday;

use super::hours::HoursOfDay;
use super::jobs::NamedJobs;
use super::kind::ChangeInHalves;
use super::{Caveat, CaveatKind};
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::clock::{Span, Timestamp};
use crate::figure;
use crate::legible;
use crate::observation::ordinary::{FEWEST, Shortfall};
use crate::report::history::HistoryFacts;
use crate::settings::Redaction;
use crate::window::{PerSide, Period, Side};

impl Caveat {
    /// In words.
    pub fn message(&self) -> String {
        let jobs = &self.jobs;
        let (counted, list) = (jobs.counted(), jobs.list());
        let window = self.window.map_or("", window_name);
        let runs = figure::counted(self.runs.unwrap_or(0), "run", "runs");
        match &self.kind {
            CaveatKind::Excluded { periods } => format!(
                "{periods} periods are declared as excluded and belong to neither window; {runs} started in them"
            ),
            CaveatKind::History(history) => of_history(history),
            CaveatKind::ExcludedBetween { period, reason } => {
                format!("in neither window: {}; {runs} started in it", excluded(period, reason))
            }
            CaveatKind::ExcludedInside { period, reason } => {
                format!("taken out of {window}: {}; {runs} started in it", excluded(period, reason))
            }
            CaveatKind::BaselineElsewhere { chosen } => format!(
                "the before window was read elsewhere ({chosen}): whatever else differs between the two places is part of the comparison"
            ),
            CaveatKind::ShortWindow { observed, silent } => format!(
                "{window} of {} is shorter than two periods of {} ({list}){}",
                span(*observed),
                figure::counted(jobs.all, "schedule", "schedules"),
                without_fires(*silent, jobs.all),
            ),
            CaveatKind::NoStarts => format!("no run started in {window}"),
            CaveatKind::AsOfInsideWindow { end, as_of, observed } => format!(
                "{window} goes on until {}, but rows are known until {} only: {} of it were observed",
                figure::instant(*end),
                figure::instant(*as_of),
                span(*observed),
            ),
            CaveatKind::DifferentHours(hours) => different_hours(hours),
            CaveatKind::DifferentWeekdays(days) => format!(
                "weekdays differ: {} before, {} after (UTC)",
                weekdays(&days.baseline),
                weekdays(&days.stagger),
            ),
            CaveatKind::BaselineCannotGrow { start, first_started } => {
                let have = if jobs.all == 1 { "has" } else { "have" };
                format!(
                    "{counted} {have} too few runs in the before window for a verdict ({list}); the baseline cannot grow: {}",
                    earlier_rows(*start, *first_started),
                )
            }
            CaveatKind::TooFast => {
                let (end, its) = if jobs.all == 1 { ("ends", "its") } else { ("end", "their") };
                format!(
                    "{counted} ({list}) {end} faster, but fewer of {its} runs end well: durations are those of completed runs only, so this is no improvement"
                )
            }
            CaveatKind::RunsMissing => format!(
                "{counted} ({list}) would fail less or start on time more often, but runs that could speak against it were skipped, cancelled or missed, or their rows are gone: this is no improvement"
            ),
            CaveatKind::Mixture => {
                "the jobs' shares of the runs changed: figures of all jobs together moved with the mix of jobs, not with the jobs".to_owned()
            }
            CaveatKind::HoursMixture => format!(
                "{counted} ({list}) ran at other hours of the day than before: within the same hours less than half of the change is left"
            ),
            CaveatKind::ControlsToo => format!(
                "{counted} ({list}) changed no more than the jobs outside the deployment: it is not shown to be the reason"
            ),
            CaveatKind::EarlierDays { shortfall, compared } => earlier_days(*shortfall, *compared),
            CaveatKind::NotInBothHalves { changes, only } => not_in_both_halves(jobs, *changes, *only),
            CaveatKind::Drift(side) => format!(
                "{counted} ({list}) changed within {}: its two halves differ in durations, in completed runs or in starts on time, so a single figure hides the trend",
                window_name(*side),
            ),
            CaveatKind::AnotherMoment { only } => {
                let when = only.map_or_else(String::new, |moment| {
                    let MomentFacts { from, until, apart_s, .. } = moment;
                    let beside = if apart_s < 0 { "before it" } else { "after it" };
                    let apart = span(Span::seconds(apart_s.abs()));
                    format!(", at least {apart} {beside} ({})", figure::period(from, until))
                });
                format!("{counted} ({list}) changed at another moment than the deployment{when}: it is not shown to be the reason")
            }
            CaveatKind::Gradual => format!(
                "{counted} ({list}) changed gradually over both windows, not at one moment: the deployment is not shown to be the reason"
            ),
            CaveatKind::LoadChanged { runs_per_hour } => load_changed(jobs, runs_per_hour),
            CaveatKind::PopulationChanged { new, gone } => population_changed(new, gone),
            CaveatKind::MissingSchedule { all } => {
                let which = match all {
                    true => "no job has a declared schedule".to_owned(),
                    false => {
                        let have = figure::counted(jobs.all, "job has", "jobs have");
                        format!("{have} no declared schedule ({list})")
                    }
                };
                format!("{which}: which runs were expected, missed or on time cannot be told")
            }
            CaveatKind::OrphanAfterTooShort { longest, orphan_after } => {
                orphan_after_too_short(jobs, *longest, *orphan_after)
            }
            CaveatKind::DisabledButRunning => {
                let verb = if jobs.all == 1 { "is" } else { "are" };
                format!("{list} {verb} declared as disabled, but started {runs} in the after window")
            }
            CaveatKind::ControlsAffected => {
                let (are, them) = if jobs.all == 1 {
                    ("is declared as a control, but starts", "it")
                } else {
                    ("are declared as controls, but start", "them")
                };
                format!(
                    "{list} {are} together with changed jobs more or less often than before: the change may have reached {them}"
                )
            }
            CaveatKind::TableBeginsLate { first_started, after_start } => format!(
                "the table's first run started at {}, {} after the start of {window}: earlier rows may have been deleted",
                figure::instant(*first_started),
                span(*after_start),
            ),
            CaveatKind::RowsFarFromAnEdge => format!(
                "the first or last run of {counted} ({list}) lies far from the edge of {window}: rows may have been deleted, or the job did not run there"
            ),
            CaveatKind::NeverFinished => format!(
                "{runs} of {list} in {window} never finished: counted as failures, left out of concurrency"
            ),
            CaveatKind::ImpossibleTimes { end_before_start, final_without_end, running_with_end } => {
                let kinds = [
                    (*end_before_start, "end before they start"),
                    (*final_without_end, "have a final status and no end"),
                    (*running_with_end, "still run and have an end"),
                ];
                let some = kinds.iter().filter(|(runs, _)| *runs > 0);
                let kinds: Vec<String> =
                    some.map(|(runs, what)| format!("{} {what}", figure::count(*runs))).collect();
                format!(
                    "{runs} of {list} in {window} have impossible times ({}): such ends are ignored, and final ones are left out of concurrency",
                    kinds.join(", "),
                )
            }
            CaveatKind::SuspectedDuplicates { started } => {
                let close = self.runs.unwrap_or(0);
                format!(
                    "{} of {} of {list} in {window} start less than a second after the one before; if these were logged twice, {} started",
                    figure::count(close),
                    figure::counted(*started, "run", "runs"),
                    figure::count(started.saturating_sub(close)),
                )
            }
            CaveatKind::LongestRun { longest_run } => format!(
                "{runs} of {list} in {window} occupied for at least {} (longest_run): a run that started earlier than that before the window is not looked for, so levels may be too low",
                span(*longest_run),
            ),
            CaveatKind::OutOfScope => self.left_out("of jobs that are not declared"),
            CaveatKind::RowsOpen => self.left_out("whose status says that they have not started yet"),
            CaveatKind::SourceLimit { limit, .. } => format!("known of this source: {limit}"),
            CaveatKind::BoundByKey { column, within } => format!(
                "rows were looked for by {column}: a run that started more than {} before one with a smaller {column} may be missing",
                span(*within),
            ),
            CaveatKind::RowsAfterAsOf => self.left_out("that started at or after the instant of reading"),
            CaveatKind::RowsUnplaced => format!(
                "{} no usable start, and no other time that says when they belong: they are in no figure",
                figure::counted(self.runs.unwrap_or(0), "row has", "rows have"),
            ),
            CaveatKind::RowsUnaccounted => format!(
                "{} of {window} were read and are counted nowhere: this is a fault of jobdelta; please report it",
                figure::counted(self.runs.unwrap_or(0), "row", "rows"),
            ),
            CaveatKind::RowsAhead => format!(
                "{} after the server's clock: the times may be those of another zone; give it as time_zone in [source]",
                figure::counted(self.runs.unwrap_or(0), "row starts", "rows start"),
            ),
            CaveatKind::NoTimeZone => format!(
                "the times of {} have no zone and were read as UTC; if they are local times, give time_zone in [source], else time_zone = \"UTC\"",
                figure::counted(self.runs.unwrap_or(0), "row", "rows"),
            ),
            CaveatKind::ClockChange => format!(
                "{} in {window} a local time that the change of the clocks leaves out or repeats: it was read by the rule of the documentation, and may be an hour off",
                figure::counted(self.runs.unwrap_or(0), "row has", "rows have"),
            ),
            CaveatKind::WholeSeconds => format!(
                "the times of {counted} ({list}) are whole seconds: durations and delays below a second cannot be told apart"
            ),
            CaveatKind::KpiUnanswered { kpi, reason } => {
                format!("{kpi} was not measured in {window}: {reason}")
            }
            CaveatKind::KpiCoarse { kpi, spacing, median } => format!(
                "{kpi} was sampled every {}, and half of the runs end within {}: most of what such a run does to it falls between two samples, its highest value above all",
                span(*spacing),
                figure::duration(*median),
            ),
            CaveatKind::KpiGap { kpi, gap } => format!(
                "{kpi} has no sample for {} of {window} ({}): its figures are those of the rest",
                span(gap.length()),
                figure::period(gap.from, gap.until),
            ),
            CaveatKind::KpiUnusable { kpi, samples } => format!(
                "{} of {kpi} in {window} are no finite numbers and were left out",
                figure::counted(*samples, "value", "values"),
            ),
            CaveatKind::NotWatched { period, cause } => format!(
                "nothing was watched {} ({}), since {cause}; runs of that time are counted as far as they were written",
                figure::period(period.start, period.end),
                figure::span(period.length().as_seconds())
            ),
            CaveatKind::Redacted { what } => format!("replaced in this report: {}", redacted(what)),
            CaveatKind::Told { message, .. } => message.clone(),
        }
    }

    fn left_out(&self, what: &str) -> String {
        let rows = figure::counted(self.runs.unwrap_or(0), "row", "rows");
        format!("{rows} in {} {what} are left out", self.window.map_or("", window_name))
    }
}

/// The window in a sentence.
const fn room_of(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Memory => "memory",
        _ => "time",
    }
}

/// Gaps that are named.
const LISTED_GAPS: usize = 3;

/// What came from recorded runs, and what they lack.
fn of_history(HistoryFacts { from, until, runs, gaps }: &HistoryFacts) -> String {
    let table = until.map_or("the table is empty".to_owned(), |until| {
        format!("the table begins at {}", figure::instant(until))
    });
    let listed = gaps.iter().take(LISTED_GAPS).map(|gap| figure::period(gap.start, gap.end));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let lacking = match gaps.len() {
        0 => String::new(),
        number if number <= LISTED_GAPS => format!("; neither has runs of {listed}"),
        number => format!("; neither has runs of {number} periods: {listed} and so on"),
    };
    format!(
        "{} that the table no longer holds {} taken from the recorded history, which begins at {}; {table}{lacking}",
        figure::counted(*runs, "run", "runs"),
        if *runs == 1 { "is" } else { "are" },
        figure::instant(*from),
    )
}

fn earlier_days(shortfall: Shortfall, compared: u64) -> String {
    let unknown = "whether ordinary days differ as much is not known";
    match shortfall {
        Shortfall::NotAsked => format!("no earlier days were asked for: {unknown}"),
        Shortfall::Conditions => {
            format!("the windows carry conditions that earlier days do not know: {unknown}")
        }
        Shortfall::BaselineElsewhere => {
            format!("the before window has no earlier days beside it: {unknown}")
        }
        Shortfall::TooFew => {
            format!("the table holds fewer than {FEWEST} earlier days to compare in the same way: {unknown}")
        }
        Shortfall::Time | Shortfall::Memory if compared == 0 => {
            format!("there was no {} for earlier days: {unknown}", room_of(shortfall))
        }
        Shortfall::Time | Shortfall::Memory => format!(
            "there was {} for {} only, the latest ones",
            room_of(shortfall),
            figure::counted(compared, "earlier day", "earlier days")
        ),
    }
}

fn window_name(side: Side) -> &'static str {
    match side {
        Side::Baseline => "the before window",
        Side::Stagger => "the after window",
    }
}

fn span(span: Span) -> String {
    figure::span(span.as_seconds())
}

fn excluded(period: &Period, reason: &str) -> String {
    format!("{} ({reason})", figure::period(period.start, period.end))
}

/// How many of the short-changed jobs do not fire at all in the window.
fn without_fires(silent: u64, short: u64) -> String {
    match silent {
        0 => String::new(),
        _ if silent == short => "; none of these fires in it".to_owned(),
        1 => "; one of these does not fire in it".to_owned(),
        _ => format!("; {silent} of these do not fire in it"),
    }
}

fn different_hours(hours: &PerSide<HoursOfDay>) -> String {
    let parts = match (hours.baseline.part, hours.stagger.part) {
        (Some(a), Some(b)) if a != b => format!("; {a} hours are compared with {b} hours"),
        _ => String::new(),
    };
    let covered = |hours: &HoursOfDay| match hours.within {
        Some(period) => format!("{} to {}", figure::time(period.start), figure::time(period.end)),
        None => "all round the clock".to_owned(),
    };
    format!(
        "the windows cover different hours of the day: {} before, {} after (UTC){parts}",
        covered(&hours.baseline),
        covered(&hours.stagger)
    )
}

/// `Sunday and Monday`
fn weekdays(days: &[Weekday]) -> String {
    let name = |day: &Weekday| match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    let names: Vec<String> = days.iter().map(|day| name(day).to_owned()).collect();
    if names.is_empty() { "no day".to_owned() } else { legible::sentence_list(names, days.len()) }
}

fn earlier_rows(start: Timestamp, first_started: Option<Timestamp>) -> String {
    match first_started {
        Some(first) if first < start => format!(
            "choose a longer one; the table reaches back to {}, {} earlier",
            figure::instant(first),
            span(start.since(first)),
        ),
        _ => format!("nothing earlier than {} is in the table", figure::instant(start)),
    }
}

fn not_in_both_halves(jobs: &NamedJobs, changes: u64, only: Option<ChangeInHalves>) -> String {
    let whose = if jobs.is_empty() { "all jobs".to_owned() } else { jobs.list() };
    let Some(ChangeInHalves { metric, halves }) = only else {
        return format!(
            "{} do not hold in both halves of the after window ({whose}); the reason of each says in which",
            figure::counted(changes, "change", "changes"),
        );
    };
    let halves = halves.map_or_else(String::new, |halves| {
        let [first, second] = halves.map(|change| metric.unit.difference(change));
        format!(": {first} in the first, {second} in the second")
    });
    let metric = metric.name();
    format!("the change of {metric} of {whose} does not hold in both halves of the after window{halves}")
}

fn load_changed(jobs: &NamedJobs, runs_per_hour: &PerSide<f64>) -> String {
    let rates = format!(
        "{} runs an hour before and {} after",
        figure::number(runs_per_hour.baseline),
        figure::number(runs_per_hour.stagger)
    );
    if jobs.is_empty() {
        return format!(
            "all jobs together started {rates}: a change of load alone can move durations, failures and levels"
        );
    }
    let example = match jobs.named.as_slice() {
        [first, _, ..] => format!("{}: {rates}", legible::name(first)),
        _ => rates,
    };
    format!(
        "the load of {} ({}) changed by more than a fifth ({example}), which alone can move durations and failures",
        jobs.counted(),
        jobs.list(),
    )
}

fn population_changed(new: &NamedJobs, gone: &NamedJobs) -> String {
    let parts: Vec<String> = [(new, "after"), (gone, "before")]
        .into_iter()
        .filter(|(jobs, _)| !jobs.is_empty())
        .map(|(jobs, when)| format!("{} ran only {when} ({})", jobs.counted(), jobs.list()))
        .collect();
    let renamed = if parts.len() == 2 { "; a job that was renamed is declared with `was`" } else { "" };
    format!("{}: figures over all jobs compare different jobs{renamed}", parts.join(" and "))
}

fn orphan_after_too_short(jobs: &NamedJobs, longest: Span, orphan_after: Span) -> String {
    let others = match jobs.all.saturating_sub(1) {
        0 => String::new(),
        n => format!(" (and likewise {})", figure::counted(n, "other job", "other jobs")),
    };
    // never rounded to the same text
    let [longest, orphan_after] = [longest, orphan_after].map(|span| span.as_seconds() * 1_000.0);
    format!(
        "{} succeeded after {}, longer than the {} after which a run still running counts as never finished{others}: raise orphan_after",
        jobs.named.first().map_or_else(String::new, |job| legible::name(job)),
        figure::duration_against(longest, &[orphan_after]),
        figure::duration_against(orphan_after, &[longest]),
    )
}

fn redacted(what: &BTreeSet<Redaction>) -> String {
    let word = |redaction: &Redaction| match redaction {
        Redaction::Errors => "messages of failures".to_owned(),
        Redaction::Jobs => "names of jobs".to_owned(),
        Redaction::Host => "the address of the database".to_owned(),
    };
    legible::sentence_list(what.iter().map(word).collect(), what.len())
}
