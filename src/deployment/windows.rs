//! `[windows]`: the two windows, what belongs to neither, and the grain that starts are placed in.

use super::document::Item;
use super::document::Section;
use super::mapping::condition;
use super::period::{RequestedEnd, RequestedPeriod, check};
use super::problem::Located;
use crate::clock::{DAY_US, SECOND_US, Span, Timestamp};
use crate::window::{Exclusion, Period};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct WindowsSection {
    pub baseline: Option<Located<WindowSection>>,
    pub stagger: Option<Located<WindowSection>>,
    /// The moment of the change, from which both windows follow, as written.
    pub at: Option<Located<String>>,
    /// Beside `at`: time after it that belongs to neither window, and the end of the stagger window.
    pub settle: Option<Span>,
    pub until: Option<Located<String>>,
    /// What readers call the two.
    pub labels: Option<[String; 2]>,
    /// Periods that belong to neither.
    pub exclusions: Vec<Located<Exclusion>>,
    /// Up to when rows are looked at; the server's clock where it is not given.
    pub as_of: Option<Timestamp>,
    /// The cycle that starts are placed in: whole seconds, and a day holds a whole number of it.
    pub cycle: Option<Span>,
    /// The clock-aligned window that simultaneous starts are counted in.
    pub burst_window: Option<Span>,
    /// Whether something in here could not be read, so that nothing should be concluded from what is
    /// missing.
    pub damaged: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowSection {
    pub period: RequestedPeriod,
    pub condition: Option<String>,
}

pub(super) fn read(item: Option<Item<'_, '_>>) -> WindowsSection {
    let Some(item) = item else { return WindowsSection::default() };
    let before = item.reader.count();
    let damaged = |windows| WindowsSection { damaged: item.reader.count() > before, ..windows };
    let Some(mut section) = item.section() else { return damaged(WindowsSection::default()) };
    let windows = WindowsSection {
        baseline: either(&mut section, "baseline", "before"),
        stagger: either(&mut section, "stagger", "after"),
        at: section.get("at").and_then(moment),
        settle: section.span("settle"),
        until: section.get("until").and_then(moment),
        labels: section.get("labels").and_then(labels),
        exclusions: section.sections("exclude").into_iter().filter_map(exclusion).collect(),
        as_of: section.get("as_of").and_then(as_of),
        cycle: section.get("cycle").and_then(cycle),
        burst_window: section.get("burst_window").and_then(|item| item.positive_span()),
        damaged: false,
    };
    section.finish();
    damaged(windows)
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn moment(item: Item<'_, '_>) -> Option<Located<String>> {
    let value = item.time_text("a time such as 2026-02-01T21:37:00Z")?;
    Some(Located { value, line: item.line })
}

/// A window under either of its names.
fn either(section: &mut Section<'_, '_>, name: &str, other: &str) -> Option<Located<WindowSection>> {
    match (section.get(name), section.get(other)) {
        (Some(_), Some(second)) => {
            second.wrong(format!("it is another name of '{name}', which is given as well"));
            None
        }
        (Some(item), None) | (None, Some(item)) => window(item),
        (None, None) => None,
    }
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn window(item: Item<'_, '_>) -> Option<Located<WindowSection>> {
    let mut section = item.section()?;
    let mut end = |key: &str| {
        let found = section.get(key);
        if found.is_none() {
            item.wrong(format!("'{key}' is missing"));
        }
        let found = found?;
        let text = found.time_text("a time such as 2026-02-01T21:37:00Z")?;
        text.parse::<RequestedEnd>().map_err(|error| found.wrong(error)).ok()
    };
    let ends = (end("start"), end("end"));
    let condition = condition(&mut section);
    section.finish();
    let (Some(start), Some(end)) = ends else { return None };
    let period = RequestedPeriod::between(start, end).map_err(|error| item.wrong(error)).ok()?;
    Some(Located { value: WindowSection { period, condition }, line: item.line })
}

fn exclusion(mut section: Section<'_, '_>) -> Option<Located<Exclusion>> {
    let (start, end) = (section.instant("start"), section.instant("end"));
    let reason = section.string("reason").unwrap_or_default();
    let line = section.line;
    if start.is_none() || end.is_none() {
        section.missing(&["start", "end"]);
    }
    let reader = section.reader;
    section.finish();
    let period = Period { start: start?, end: end? };
    if let Err(error) = check(period) {
        let text = error.to_string().replace("the window", "the excluded period");
        reader.problem(line, text);
        return None;
    }
    Some(Located { value: Exclusion { period, reason }, line })
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn labels(item: Item<'_, '_>) -> Option<[String; 2]> {
    let names: Vec<String> = item.list()?.iter().map(Item::string).collect::<Option<_>>()?;
    let pair = <[String; 2]>::try_from(names).ok().filter(|pair| pair[0] != pair[1]);
    if pair.is_none() {
        item.wrong("two different labels are needed, as in [\"before\", \"after\"]");
    }
    pair
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn as_of(item: Item<'_, '_>) -> Option<Timestamp> {
    let at = item.instant()?;
    if at.us() < 0 {
        item.wrong(format!("{at} lies before 1970-01-01"));
        return None;
    }
    Some(at)
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn cycle(item: Item<'_, '_>) -> Option<Span> {
    let span = item.positive_span()?;
    if span.us() % SECOND_US != 0 || DAY_US % span.us() != 0 {
        item.wrong(format!(
            "{span} is not a cycle: it must be whole seconds that divide a day, such as 1m, 1h or 1d"
        ));
        return None;
    }
    Some(span)
}
