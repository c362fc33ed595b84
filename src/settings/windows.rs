//! From the request for windows to the windows: the last step, once the present is known.

use super::WindowRequest;
use crate::clock::{DAY_US, Span, Timestamp};
use crate::deployment::{PeriodError, RequestedPeriod, check};
use crate::window::{Chosen, Exclusion, PerSide, Period, Side, Window};

/// What to do about windows that overlap.
pub(super) const OVERLAP_ADVICE: &str = "give each its own `where` if two versions ran side by side";

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    #[error("the {} window cannot be used: {error}", .side.name())]
    Period { side: Side, error: PeriodError },
    #[error(
        "there is nothing after the change yet: with {settle} to settle the stagger window starts at {start}, and it ends at {end}"
    )]
    NothingAfter { settle: Span, start: Timestamp, end: Timestamp },
    #[error("the windows overlap: baseline {} to {}, stagger {} to {}; {OVERLAP_ADVICE}", .baseline.start, .baseline.end, .stagger.start, .stagger.end)]
    Overlap { baseline: Period, stagger: Period },
    #[error("nothing of the {} window is observed: it starts at {start}, and rows are looked at up to {as_of}", .side.name())]
    NotBegun { side: Side, start: Timestamp, as_of: Timestamp },
    #[error("nothing of the {} window is observed: excluded periods cover {} to {}", .side.name(), .period.start, .period.end)]
    Excluded { side: Side, period: Period },
}

impl WindowError {
    /// The window that is to blame, where it is one.
    pub const fn side(&self) -> Side {
        match self {
            Self::Period { side, .. } | Self::NotBegun { side, .. } | Self::Excluded { side, .. } => *side,
            Self::NothingAfter { .. } | Self::Overlap { .. } => Side::Stagger,
        }
    }
}

/// The windows of `request` as seen at `as_of`, without `exclusions`. `first_start` is the earliest start
/// in the table: with `--at` the baseline is the same clock hours as many whole days earlier as are needed
/// to end at or before the change, or, where the table does not reach back so far, the same length just
/// before the change.
///
/// # Errors
/// When a window is empty, turned round or before 1970, when the two overlap without a condition on each,
/// or when nothing of one is observed. A window that ends after `as_of` is none.
pub fn choose(
    request: &WindowRequest,
    as_of: Timestamp,
    first_start: Option<Timestamp>,
    exclusions: &[Exclusion],
) -> Result<PerSide<Window>, WindowError> {
    let asked = asked(request, as_of, first_start)?;
    asked.check_overlap()?;
    asked.observe(as_of, exclusions)
}

/// The same for windows that are read from different databases, which may share their time.
pub fn choose_apart(
    request: &WindowRequest,
    as_of: Timestamp,
    first_start: Option<Timestamp>,
    exclusions: &[Exclusion],
) -> Result<PerSide<Window>, WindowError> {
    asked(request, as_of, first_start)?.observe(as_of, exclusions)
}

/// The stagger window of `request` alone, where the baseline is not read.
///
/// # Errors
/// When the window is empty, turned round or before 1970, or nothing of it is observed.
pub fn choose_stagger(
    request: &WindowRequest,
    as_of: Timestamp,
    exclusions: &[Exclusion],
) -> Result<Window, WindowError> {
    asked(request, as_of, None)?.window(Side::Stagger, as_of, exclusions)
}

/// The windows as asked for, nothing taken out of them yet.
struct AskedWindows {
    periods: PerSide<Period>,
    conditions: PerSide<Option<String>>,
    chosen: Chosen,
}

fn asked(
    request: &WindowRequest,
    as_of: Timestamp,
    first_start: Option<Timestamp>,
) -> Result<AskedWindows, WindowError> {
    let fixed = |side: Side, period: &RequestedPeriod| {
        period.resolve(as_of).ok_or(WindowError::Period { side, error: PeriodError::NoInstant })
    };
    match request {
        WindowRequest::Given { baseline, stagger, conditions } => Ok(AskedWindows {
            periods: PerSide {
                baseline: fixed(Side::Baseline, baseline)?,
                stagger: fixed(Side::Stagger, stagger)?,
            },
            conditions: conditions.clone(),
            chosen: Chosen::Given,
        }),
        WindowRequest::Stagger { stagger, condition } => {
            let stagger = fixed(Side::Stagger, stagger)?;
            let (baseline, chosen) = before(stagger.start, stagger, first_start);
            let conditions = PerSide { baseline: None, stagger: condition.clone() };
            Ok(AskedWindows { periods: PerSide { baseline, stagger }, conditions, chosen })
        }
        WindowRequest::At { at, settle, until } => {
            let at = at.resolve(as_of);
            let (start, end) = (at.plus(*settle), until.map_or(as_of, |until| until.resolve(as_of)));
            if end <= start {
                return Err(WindowError::NothingAfter { settle: *settle, start, end });
            }
            let stagger = Period { start, end };
            let (baseline, chosen) = before(at, stagger, first_start);
            Ok(AskedWindows {
                periods: PerSide { baseline, stagger },
                conditions: PerSide::default(),
                chosen,
            })
        }
    }
}

impl AskedWindows {
    fn check_overlap(&self) -> Result<(), WindowError> {
        let PerSide { baseline, stagger } = self.periods;
        for side in Side::BOTH {
            check(*self.periods.get(side)).map_err(|error| WindowError::Period { side, error })?;
        }
        let conditioned = self.conditions.baseline.is_some() && self.conditions.stagger.is_some();
        if baseline.overlaps(&stagger) && !conditioned {
            return Err(WindowError::Overlap { baseline, stagger });
        }
        Ok(())
    }

    fn observe(&self, as_of: Timestamp, exclusions: &[Exclusion]) -> Result<PerSide<Window>, WindowError> {
        Ok(PerSide {
            baseline: self.window(Side::Baseline, as_of, exclusions)?,
            stagger: self.window(Side::Stagger, as_of, exclusions)?,
        })
    }

    fn window(&self, side: Side, as_of: Timestamp, exclusions: &[Exclusion]) -> Result<Window, WindowError> {
        let period = *self.periods.get(side);
        check(period).map_err(|error| WindowError::Period { side, error })?;
        let chosen = if side == Side::Baseline { self.chosen.clone() } else { Chosen::Given };
        let condition = self.conditions.get(side).clone();
        observed(side, Window::observe(period, as_of, exclusions, chosen, condition), as_of)
    }
}

/// The baseline of a change at `at`, and how it was chosen.
fn before(at: Timestamp, stagger: Period, first_start: Option<Timestamp>) -> (Period, Chosen) {
    let over = stagger.end.since(at).us();
    let days = over.div_euclid(DAY_US) + i64::from(over.rem_euclid(DAY_US) > 0);
    let back = Span(-days.saturating_mul(DAY_US));
    let same_hours = Period { start: stagger.start.plus(back), end: stagger.end.plus(back) };
    if first_start.is_some_and(|first| first <= same_hours.start) {
        return (same_hours, Chosen::SameHoursEarlier { days });
    }
    let start = at.plus(Span(-stagger.length().us()));
    (Period { start, end: at }, Chosen::JustBefore)
}

fn observed(side: Side, window: Window, as_of: Timestamp) -> Result<Window, WindowError> {
    if !window.observed.is_empty() {
        return Ok(window);
    }
    let Period { start, end } = window.period;
    Err(if start >= as_of {
        WindowError::NotBegun { side, start, as_of }
    } else {
        WindowError::Excluded { side, period: Period { start, end: end.min(as_of) } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deployment::RequestedMoment;

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        text.parse::<RequestedPeriod>().unwrap().fixed().unwrap()
    }

    fn given(baseline: &str, stagger: &str, conditions: [Option<String>; 2]) -> WindowRequest {
        let read = |text: &str| text.parse().unwrap();
        let [before, after] = conditions;
        let conditions = PerSide { baseline: before, stagger: after };
        WindowRequest::Given { baseline: read(baseline), stagger: read(stagger), conditions }
    }

    fn at(at: &str, until: Option<&str>) -> WindowRequest {
        WindowRequest::At {
            at: RequestedMoment::At(instant(at)),
            settle: Span::seconds(300),
            until: until.map(|until| RequestedMoment::At(instant(until))),
        }
    }

    fn chosen(request: &WindowRequest, first: Option<&str>) -> (Period, String, Period) {
        let as_of = instant("2026-02-04T12:00:00Z");
        let pair = choose(request, as_of, first.map(instant), &[]).unwrap();
        (pair.baseline.period, pair.baseline.chosen.to_string(), pair.stagger.period)
    }

    #[test]
    fn the_moment_of_the_change_is_enough() {
        let stagger = period("2026-02-04T09:05:00Z/2026-02-04T12:00:00Z");
        assert_eq!(
            chosen(&at("2026-02-04T09:00:00Z", None), Some("2026-01-01T00:00:00Z")),
            (
                period("2026-02-03T09:05:00Z/2026-02-03T12:00:00Z"),
                "same hours 1 day earlier".to_owned(),
                stagger
            )
        );
        // The table begins a second too late for that.
        assert_eq!(
            chosen(&at("2026-02-04T09:00:00Z", None), Some("2026-02-03T09:05:01Z")),
            (period("2026-02-04T06:05:00Z/2026-02-04T09:00:00Z"), "just before".to_owned(), stagger)
        );
        assert_eq!(chosen(&at("2026-02-04T09:00:00Z", None), None).1, "just before");
    }

    #[test]
    fn a_longer_window_goes_back_more_days() {
        let (baseline, chosen_as, _) =
            chosen(&at("2026-02-01T09:00:00Z", None), Some("2026-01-01T00:00:00Z"));
        assert_eq!(chosen_as, "same hours 4 days earlier");
        assert_eq!(baseline, period("2026-01-28T09:05:00Z/2026-01-31T12:00:00Z"));
        // Exactly a whole number of days after the change needs no further day.
        let (baseline, chosen_as, _) =
            chosen(&at("2026-02-01T09:00:00Z", Some("2026-02-02T09:00:00Z")), Some("2026-01-31T09:05:00Z"));
        assert_eq!(chosen_as, "same hours 1 day earlier");
        assert_eq!(baseline.end, instant("2026-02-01T09:00:00Z"));
    }

    fn error(request: &WindowRequest, exclusions: &[Exclusion]) -> String {
        let as_of = instant("2026-02-04T12:00:00Z");
        choose(request, as_of, None, exclusions).unwrap_err().to_string()
    }

    #[test]
    fn windows_that_cannot_be_observed_are_errors() {
        assert_eq!(
            error(&at("2026-02-04T11:58:00Z", None), &[]),
            "there is nothing after the change yet: with 5m to settle the stagger window starts at \
             2026-02-04T12:03:00Z, and it ends at 2026-02-04T12:00:00Z"
        );
        let (one, two) = ("2026-02-01T00:00:00Z/6h", "2026-02-01T05:00:00Z/6h");
        assert_eq!(
            error(&given(one, two, [Some("v = 1".into()), None]), &[]),
            "the windows overlap: baseline 2026-02-01T00:00:00Z to 2026-02-01T06:00:00Z, stagger \
             2026-02-01T05:00:00Z to 2026-02-01T11:00:00Z; give each its own `where` if two versions ran \
             side by side"
        );
        assert_eq!(
            error(&given(one, "2026-02-04T12:00:00Z/6h", [None, None]), &[]),
            "nothing of the stagger window is observed: it starts at 2026-02-04T12:00:00Z, and rows are \
             looked at up to 2026-02-04T12:00:00Z"
        );
        let exclusion = Exclusion { period: period("2026-01-31T00:00:00Z/2d"), reason: String::new() };
        assert_eq!(
            error(&given(one, "2026-02-03T00:00:00Z/now", [None, None]), &[exclusion]),
            "nothing of the baseline window is observed: excluded periods cover 2026-02-01T00:00:00Z to \
             2026-02-01T06:00:00Z"
        );
        assert_eq!(
            error(&given(one, "2026-02-05T00:00:00Z/now", [None, None]), &[]),
            "the stagger window cannot be used: the window ends at 2026-02-04T12:00:00Z, which is not after \
             its start 2026-02-05T00:00:00Z"
        );
    }

    #[test]
    fn side_by_side_windows_may_share_their_time() {
        let both = "2026-02-01T00:00:00Z/6h";
        let conditions = [Some("v = 1".to_owned()), Some("v = 2".to_owned())];
        let as_of = instant("2026-02-01T03:00:00Z");
        let pair = choose(&given(both, both, conditions), as_of, None, &[]).unwrap();
        assert_eq!(pair.baseline.condition.as_deref(), Some("v = 1"));
        assert_eq!(pair.stagger.observed, [period("2026-02-01T00:00:00Z/3h")], "it ends after as_of");
    }
}
