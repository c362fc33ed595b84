//! The two stretches of time that are compared.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clock::{DAY_US, HOUR_US, MINUTE_US, Span, Timestamp};

/// Which of the two windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before the change.
    Baseline,
    /// After the change.
    Stagger,
}

impl Side {
    /// Both, in the order of time.
    pub const BOTH: [Self; 2] = [Self::Baseline, Self::Stagger];

    /// The name in queries, files and the JSON report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Stagger => "stagger",
        }
    }

    /// The value of `window_id` in the normalised relation `runs`.
    pub const fn id(self) -> i64 {
        match self {
            Self::Baseline => 0,
            Self::Stagger => 1,
        }
    }
}

/// A half-open period, `start <= t < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
}

impl Period {
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The length; not negative for a period whose end is not before its start.
    pub fn length(&self) -> Span {
        self.end.since(self.start)
    }
}

/// A period that is taken out of whatever window it touches.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exclusion {
    #[serde(flatten)]
    pub period: Period,
    /// Why, in the words of the deployment file.
    pub reason: String,
}

/// How a window came to be the one that is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", from = "String")]
pub enum Chosen {
    #[default]
    Given,
    SameHoursEarlier {
        days: i64,
    },
    JustBefore,
    FromReport {
        file: String,
    },
    /// Read from another database than the other window.
    ReadFrom {
        /// `host:port/name` or a file's name; never a secret.
        identity: String,
        chosen: Box<Chosen>,
    },
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given => f.write_str("given"),
            Self::SameHoursEarlier { days: 1 } => f.write_str("same hours 1 day earlier"),
            Self::SameHoursEarlier { days } => write!(f, "same hours {days} days earlier"),
            Self::JustBefore => f.write_str("just before"),
            Self::FromReport { file } => write!(f, "from report {file}"),
            Self::ReadFrom { identity, chosen } => write!(f, "{chosen}, from {identity}"),
        }
    }
}

impl From<Chosen> for String {
    fn from(chosen: Chosen) -> Self {
        chosen.to_string()
    }
}

/// Reads what `Display` writes.
impl From<String> for Chosen {
    fn from(text: String) -> Self {
        let days = |text: &str| text.strip_prefix("same hours ")?.split_once(' ')?.0.parse().ok();
        if let Some(file) = text.strip_prefix("from report ") {
            return Self::FromReport { file: file.to_owned() };
        }
        if let Some((chosen, identity)) = text.split_once(", from ") {
            let chosen = Box::new(Self::from(chosen.to_owned()));
            return Self::ReadFrom { identity: identity.to_owned(), chosen };
        }
        match days(&text) {
            Some(days) => Self::SameHoursEarlier { days },
            None if text == "just before" => Self::JustBefore,
            None => Self::Given,
        }
    }
}

/// One window with the part of it that was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The window as asked for.
    pub period: Period,
    pub chosen: Chosen,
    /// A condition on the native table that limits this window, occupancy included.
    pub condition: Option<String>,
    /// The observed part in ascending order: `[start, min(end, as_of))` minus the merged exclusions.
    /// No two touch, none is empty.
    pub observed: Vec<Period>,
    /// The excluded periods inside the window, merged and clipped to it.
    pub excluded: Vec<Period>,
}

impl Window {
    /// The window `period` as seen at `as_of`, without `exclusions`. The observed part may be empty;
    /// whoever builds settings refuses that.
    pub fn observe(
        period: Period,
        as_of: Timestamp,
        exclusions: &[Exclusion],
        chosen: Chosen,
        condition: Option<String>,
    ) -> Self {
        let visible = Period { start: period.start, end: period.end.min(as_of) };
        let excluded = merge(exclusions.iter().map(|e| e.period), visible);
        let mut observed = Vec::new();
        let mut from = visible.start;
        for gap in &excluded {
            if from < gap.start {
                observed.push(Period { start: from, end: gap.start });
            }
            from = gap.end;
        }
        if from < visible.end {
            observed.push(Period { start: from, end: visible.end });
        }
        Self { period, chosen, condition, observed, excluded }
    }

    /// A window at `at` of which nothing is observed: where only the other window is read.
    pub fn nothing_at(at: Timestamp) -> Self {
        let period = Period { start: at, end: at };
        Self { period, chosen: Chosen::Given, condition: None, observed: Vec::new(), excluded: Vec::new() }
    }

    pub fn observed_length(&self) -> Span {
        Span(self.observed.iter().map(|p| p.length().us()).sum())
    }

    /// The instant at which half of the observed length has passed, rounded down to the microsecond: runs
    /// that start before it are of the first half. The window's start when nothing was observed.
    pub fn middle(&self) -> Timestamp {
        let mut left = self.observed_length().us() / 2;
        for part in &self.observed {
            if left <= part.length().us() {
                return part.start.plus(Span(left));
            }
            left -= part.length().us();
        }
        self.observed_end()
    }

    /// The end of the observed part, up to which a run still running occupies; the window's start when
    /// nothing was observed.
    pub fn observed_end(&self) -> Timestamp {
        self.observed.last().map_or(self.period.start, |p| p.end)
    }

    /// Whether a run that started at `at` belongs to the window.
    pub fn observes(&self, at: Timestamp) -> bool {
        self.observed.iter().any(|p| p.contains(at))
    }
}

/// `periods` clipped to `frame`, merged where they overlap or touch, ascending, none empty.
fn merge(periods: impl Iterator<Item = Period>, frame: Period) -> Vec<Period> {
    let mut clipped: Vec<Period> = periods
        .map(|p| Period { start: p.start.max(frame.start), end: p.end.min(frame.end) })
        .filter(|p| p.start < p.end)
        .collect();
    clipped.sort();
    let mut merged: Vec<Period> = Vec::with_capacity(clipped.len());
    for period in clipped {
        match merged.last_mut() {
            Some(last) if period.start <= last.end => last.end = last.end.max(period.end),
            _ => merged.push(period),
        }
    }
    merged
}

/// The length of a trend's buckets for `period`: the smallest of 1, 5, 15, 30 minutes, 1, 3, 6, 12 hours,
/// 1, 2, 7, 28 days that needs at most 24 buckets aligned to the epoch; the largest when none does.
pub fn bucket_for(period: Period) -> Span {
    let lengths = [MINUTE_US, 5 * MINUTE_US, 15 * MINUTE_US, 30 * MINUTE_US, HOUR_US, 3 * HOUR_US]
        .into_iter()
        .chain([6 * HOUR_US, 12 * HOUR_US, DAY_US, 2 * DAY_US, 7 * DAY_US, 28 * DAY_US]);
    let buckets = |length: i64| {
        let (first, last) = (period.start.us().div_euclid(length), (period.end.us() - 1).div_euclid(length));
        last - first + 1
    };
    lengths.into_iter().find(|length| buckets(*length) <= 24).map_or(Span(28 * DAY_US), Span)
}

/// A value for each of the two windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PerSide_{T}"))]
pub struct PerSide<T> {
    /// Before.
    pub baseline: T,
    /// After.
    pub stagger: T,
}

impl<T> PerSide<T> {
    /// What `of` gives for each side.
    pub fn of(mut of: impl FnMut(Side) -> T) -> Self {
        Self { baseline: of(Side::Baseline), stagger: of(Side::Stagger) }
    }

    pub fn get(&self, side: Side) -> &T {
        match side {
            Side::Baseline => &self.baseline,
            Side::Stagger => &self.stagger,
        }
    }

    pub fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Baseline => &mut self.baseline,
            Side::Stagger => &mut self.stagger,
        }
    }

    pub fn as_ref(&self) -> PerSide<&T> {
        PerSide { baseline: &self.baseline, stagger: &self.stagger }
    }

    pub fn map<U>(self, mut to: impl FnMut(T) -> U) -> PerSide<U> {
        PerSide { baseline: to(self.baseline), stagger: to(self.stagger) }
    }

    pub fn zip<U>(self, other: PerSide<U>) -> PerSide<(T, U)> {
        PerSide { baseline: (self.baseline, other.baseline), stagger: (self.stagger, other.stagger) }
    }

    /// Both values, the one before first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        [&self.baseline, &self.stagger].into_iter()
    }

    /// Both values, the one before first.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        [&mut self.baseline, &mut self.stagger].into_iter()
    }
}

impl<T> PerSide<Option<T>> {
    /// Both values, where both are there.
    pub fn both(self) -> Option<PerSide<T>> {
        Some(PerSide { baseline: self.baseline?, stagger: self.stagger? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: i64, end: i64) -> Period {
        Period { start: Timestamp(start), end: Timestamp(end) }
    }

    fn without(periods: &[(i64, i64)], as_of: i64) -> Window {
        let exclusions: Vec<Exclusion> = periods
            .iter()
            .map(|&(start, end)| Exclusion { period: period(start, end), reason: String::new() })
            .collect();
        Window::observe(period(10, 100), Timestamp(as_of), &exclusions, Chosen::Given, None)
    }

    #[test]
    fn how_a_window_was_chosen_is_read_as_it_is_written() {
        let just_before = Box::new(Chosen::JustBefore);
        for (chosen, text) in [
            (Chosen::Given, "given"),
            (Chosen::SameHoursEarlier { days: 1 }, "same hours 1 day earlier"),
            (Chosen::SameHoursEarlier { days: 4 }, "same hours 4 days earlier"),
            (Chosen::FromReport { file: "a, from b.json".to_owned() }, "from report a, from b.json"),
            (
                Chosen::ReadFrom { identity: "db:5432/app".to_owned(), chosen: just_before },
                "just before, from db:5432/app",
            ),
        ] {
            assert_eq!(chosen.to_string(), text);
            assert_eq!(Chosen::from(text.to_owned()), chosen);
        }
    }

    #[test]
    fn trends_have_at_most_24_buckets() {
        let minutes = |start, end| bucket_for(period(start * MINUTE_US, end * MINUTE_US)).us() / MINUTE_US;
        for (start, end, bucket) in [
            (0, 4, 1),
            (0, 24, 1),
            (0, 25, 5),
            (0, 120, 5),
            (4, 121, 15), // less than two hours, but touching 25 buckets of 5 minutes
            (0, 477, 30),
            (0, 24 * 60, 60),
            (0, 24 * 60 * 24, 24 * 60),
            (0, 400 * 24 * 60, 28 * 24 * 60),
            (0, 4_000 * 24 * 60, 28 * 24 * 60),
        ] {
            assert_eq!(minutes(start, end), bucket, "{start} to {end}");
        }
    }

    #[test]
    fn exclusions_are_merged_and_clipped() {
        let window = without(&[(40, 50), (0, 20), (50, 60), (55, 58), (95, 200)], 1_000);
        assert_eq!(window.observed, vec![period(20, 40), period(60, 95)]);
        assert_eq!(window.excluded, vec![period(10, 20), period(40, 60), period(95, 100)]);
        assert_eq!(window.observed_length(), Span(55));
    }

    #[test]
    fn the_middle_is_where_half_of_the_observed_length_has_passed() {
        assert_eq!(without(&[], 1_000).middle(), Timestamp(55));
        assert_eq!(without(&[], 31).middle(), Timestamp(20)); // ten of 21
        assert_eq!(without(&[(10, 60)], 1_000).middle(), Timestamp(80));
        assert_eq!(without(&[(20, 90)], 1_000).middle(), Timestamp(20)); // ten on either side
        assert_eq!(without(&[(20, 40), (50, 60)], 1_000).middle(), Timestamp(70)); // 30 of 60
        assert_eq!(without(&[], 10).middle(), Timestamp(10));
    }

    #[test]
    fn what_lies_after_as_of_is_not_observed() {
        assert_eq!(without(&[], 30).observed, vec![period(10, 30)]);
        assert!(without(&[], 10).observed.is_empty());
        assert!(without(&[(0, 500)], 300).observed.is_empty());
    }
}
