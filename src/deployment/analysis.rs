//! `[analysis]`: the thresholds of the method, where the defaults do not fit.

use crate::analysis::metric::Metric;
use crate::analysis::plan::threshold::ByMetric;
use crate::analysis::plan::{AnalysisSettings, Margin};
use crate::clock::Span;
use crate::deployment::document::Item;
use crate::deployment::document::Section;
use crate::deployment::problem::Located;
use crate::finite::Finite;
use crate::observation::counting::Scope;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnalysisSection {
    pub scope: Option<Located<Scope>>,
    pub longest_run: Option<Span>,
    pub orphan_after: Option<Span>,
    pub on_time_within: Option<Span>,
    pub slow_after: Option<Span>,
    pub min_runs: ByMetric<u64>,
    pub require_interval: Option<bool>,
    pub margin: Margin,
    pub placebo_days: Option<u32>,
    pub controls: Option<Controls>,
}

/// Which jobs are no part of the change beside those that say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controls {
    Declared,
    Undeclared,
}

const CONTROLS: [(&str, Controls); 2] =
    [("declared", Controls::Declared), ("undeclared", Controls::Undeclared)];

impl AnalysisSection {
    /// `settings` with what is written here in place of its defaults.
    pub fn apply(&self, settings: &AnalysisSettings) -> AnalysisSettings {
        AnalysisSettings {
            scope: self.scope.as_ref().map_or(settings.scope, |scope| scope.value),
            longest_run: self.longest_run.unwrap_or(settings.longest_run),
            orphan_after: self.orphan_after.unwrap_or(settings.orphan_after),
            on_time_within: self.on_time_within.unwrap_or(settings.on_time_within),
            slow_after: self.slow_after.unwrap_or(settings.slow_after),
            min_runs: self.min_runs.or(settings.min_runs),
            require_interval: self.require_interval.unwrap_or(settings.require_interval),
            margin: self.margin.or(settings.margin),
            placebo_days: self.placebo_days.unwrap_or(settings.placebo_days),
            undeclared_are_controls: self.controls == Some(Controls::Undeclared),
            ..settings.clone()
        }
    }
}

pub(super) fn read(item: Option<Item<'_, '_>>, cycle: Span) -> AnalysisSection {
    let Some(mut section) = item.and_then(|item| item.section()) else { return AnalysisSection::default() };
    let positive = |item: Option<Item<'_, '_>>| item?.positive_span();
    let analysis = AnalysisSection {
        scope: section.get("scope").and_then(|item| {
            let line = item.line;
            item.word(&SCOPES).map(|value| Located { value, line })
        }),
        longest_run: positive(section.get("longest_run")),
        orphan_after: positive(section.get("orphan_after")),
        on_time_within: section.get("on_time_within").and_then(|item| on_time_within(&item, cycle)),
        slow_after: section.span("slow_after"),
        min_runs: min_runs(&mut section).unwrap_or_default(),
        require_interval: section.boolean("require_interval"),
        margin: margin(&mut section).unwrap_or_default(),
        placebo_days: section.get("placebo_days").and_then(|item| placebo_days(&item)),
        controls: section.get("controls").and_then(|item| item.word(&CONTROLS)),
    };
    section.finish();
    analysis
}

/// None is a number of days as well.
fn placebo_days(item: &Item<'_, '_>) -> Option<u32> {
    let days = u32::try_from(item.whole_number()?).ok().filter(|days| *days <= MOST_PLACEBO_DAYS);
    if days.is_none() {
        item.wrong(format!("it must be at most {MOST_PLACEBO_DAYS}"));
    }
    days
}

/// A year.
pub const MOST_PLACEBO_DAYS: u32 = 366;

/// Below the cycle: from there on every start would be on time.
fn on_time_within(item: &Item<'_, '_>, cycle: Span) -> Option<Span> {
    let span = item.span()?;
    if span >= cycle {
        item.wrong(format!("{span} is not below the cycle of {cycle}, so every start would be on time"));
        return None;
    }
    Some(span)
}

/// The words for which rows are analysed.
pub const SCOPES: [(&str, Scope); 2] = [("declared", Scope::Declared), ("all", Scope::All)];

/// `min_runs = 10`, or `min_runs = { all = 10, p95_duration = 100 }`
pub(super) fn min_runs(section: &mut Section<'_, '_>) -> Option<ByMetric<u64>> {
    let item = section.get("min_runs")?;
    if !item.is_table() {
        return runs(&item).map(ByMetric::of_all);
    }
    let mut section = item.section()?;
    let all = section.get("all").and_then(|item| runs(&item));
    let by_metric = by_metric(&mut section, runs, runs);
    section.finish();
    Some(ByMetric { all, ..by_metric })
}

/// Minimum runs per window; a verdict on none would be no verdict.
fn runs(item: &Item<'_, '_>) -> Option<u64> {
    let number = item.whole_number()?;
    if number == 0 {
        item.wrong("it must be at least 1");
        return None;
    }
    Some(number)
}

/// `margin = { duration = "5%", rate = "1pp", p95_duration = "10%" }`
pub(super) fn margin(section: &mut Section<'_, '_>) -> Option<Margin> {
    let mut section = section.get("margin")?.section()?;
    let margin = by_metric(
        &mut section,
        |item| {
            item.parsed("a percentage such as \"5%\"", |text| fraction(text, "%", "a percentage such as 5%"))
        },
        |item| {
            item.parsed("percentage points such as \"1pp\"", |text| {
                fraction(text, "pp", "percentage points such as 1pp")
            })
        },
    );
    section.finish();
    Some(margin)
}

/// What is set for durations, for rates, and for single metrics.
fn by_metric<T: Copy>(
    section: &mut Section<'_, '_>,
    duration: impl Fn(&Item<'_, '_>) -> Option<T>,
    rate: impl Fn(&Item<'_, '_>) -> Option<T>,
) -> ByMetric<T> {
    let mut found = ByMetric {
        duration: section.get("duration").and_then(|item| duration(&item)),
        rate: section.get("rate").and_then(|item| rate(&item)),
        ..ByMetric::default()
    };
    for metric in Metric::tested() {
        let Some(item) = section.get(&metric.name) else { continue };
        let value = if metric.is_duration() { duration(&item) } else { rate(&item) };
        found = value.map_or(found, |value| found.with(metric, value));
    }
    found
}

/// The fraction that a number of hundredths with `unit` behind it is.
fn fraction(text: &str, unit: &str, wanted: &str) -> Result<Finite, String> {
    let number = text.trim().strip_suffix(unit).map(str::trim_end).filter(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    number
        .and_then(|number| format!("{number}e-2").parse::<f64>().ok())
        .filter(|fraction| (0.0..=1.0).contains(fraction))
        .and_then(Finite::new)
        .ok_or_else(|| format!("'{text}' is not {wanted}, from 0 to 100"))
}
