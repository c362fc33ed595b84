//! Which periods were recorded, and which are next.

use crate::clock::{HOUR_US, Span, Timestamp};
use crate::window::Period;

/// What of a table is to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPeriod {
    /// What is read: with as much of what was recorded before as runs may last.
    pub period: Period,
    /// What lies between it and what was recorded before, and is in the table no longer.
    pub gap: Option<Period>,
    /// Whether more was recorded than the clock has shown: it was ahead then, and all that the table has is read again.
    pub is_again: bool,
}

impl NextPeriod {
    /// What is recorded once this is.
    pub fn after(&self, recorded: &[Period]) -> Vec<Period> {
        if !self.is_again {
            return with(recorded, self.period);
        }
        let end = self.period.end;
        let past = recorded.iter().filter(|known| known.start < end);
        let past: Vec<Period> = past.map(|known| Period { end: known.end.min(end), ..*known }).collect();
        with(&past, self.period)
    }
}

/// The period to record of a table that reaches back to `first_started`, at `as_of`: from the end of what was recorded,
/// less `longest_run`, since runs may have been under way; all that the table holds where nothing was. Up to the last
/// whole hour, since an hour that is not over will have more runs. `since` is where to begin instead. `None` where
/// nothing is to be recorded.
pub fn next(
    recorded: &[Period],
    first_started: Timestamp,
    (as_of, as_of_is_clock): (Timestamp, bool),
    since: Option<Timestamp>,
    longest_run: Span,
) -> Option<NextPeriod> {
    let end = Timestamp(as_of.us().div_euclid(HOUR_US) * HOUR_US);
    let last = recorded.last().map(|period| period.end);
    let is_again = as_of_is_clock && last.is_some_and(|last| last > end);
    let back = |last: Timestamp| (!is_again).then(|| last.plus(Span(-longest_run.us())));
    let begin = since.or_else(|| back(last?));
    let start = begin.map_or(first_started, |begin| begin.max(first_started));
    let gap = last.filter(|last| *last < start).map(|last| Period { start: last, end: start });
    (start < end).then_some(NextPeriod { period: Period { start, end }, gap, is_again })
}

/// What is recorded with `period` beside.
pub fn with(recorded: &[Period], period: Period) -> Vec<Period> {
    let mut all = recorded.to_vec();
    all.push(period);
    all.sort();
    let mut joined: Vec<Period> = Vec::new();
    for period in all {
        match joined.last_mut() {
            Some(last) if period.start <= last.end => last.end = last.end.max(period.end),
            _ => joined.push(period),
        }
    }
    joined
}

/// What is left once everything before `from` is deleted.
pub fn without(recorded: &[Period], from: Timestamp) -> Vec<Period> {
    let kept = recorded.iter().filter(|period| period.end > from);
    kept.map(|period| Period { start: period.start.max(from), ..*period }).collect()
}

/// What lies between them.
pub fn gaps(recorded: &[Period]) -> Vec<Period> {
    recorded.windows(2).map(|two| Period { start: two[0].end, end: two[1].start }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp(hour * HOUR_US)
    }

    fn period(start: i64, end: i64) -> Period {
        Period { start: at(start), end: at(end) }
    }

    const SIX_HOURS: Span = Span(6 * HOUR_US);

    #[test]
    fn the_first_time_all_that_is_over() {
        let as_of = at(100).plus(Span(HOUR_US / 2));
        let first = Timestamp(12_345);
        let all = NextPeriod { period: Period { start: first, end: at(100) }, gap: None, is_again: false };
        assert_eq!(next(&[], first, (as_of, true), None, SIX_HOURS), Some(all));
        let since = next(&[], first, (as_of, true), Some(at(50)), SIX_HOURS);
        assert_eq!(since.map(|next| next.period), Some(period(50, 100)));
        assert_eq!(next(&[], at(100), (as_of, true), None, SIX_HOURS), None, "its hour is not over");
    }

    #[test]
    fn later_from_where_runs_may_have_been_under_way() {
        let recorded = [period(0, 48)];
        let again = next(&recorded, at(0), (at(72), true), None, SIX_HOURS);
        assert_eq!(again, Some(NextPeriod { period: period(42, 72), gap: None, is_again: false }));
        // The table has lost some of it, and then all.
        assert_eq!(
            next(&recorded, at(45), (at(72), true), None, SIX_HOURS),
            Some(NextPeriod { period: period(45, 72), gap: None, is_again: false })
        );
        let lost = next(&recorded, at(60), (at(72), true), None, SIX_HOURS);
        assert_eq!(
            lost,
            Some(NextPeriod { period: period(60, 72), gap: Some(period(48, 60)), is_again: false })
        );
    }

    #[test]
    fn what_a_clock_that_was_ahead_called_recorded_is_read_again() {
        let ahead = [period(0, 200)];
        let again = next(&ahead, at(3), (at(100), true), None, SIX_HOURS).unwrap();
        assert_eq!(again, NextPeriod { period: period(3, 100), gap: None, is_again: true });
        assert_eq!(again.after(&ahead), [period(0, 100)]);
        assert_eq!(again.after(&[period(0, 40), period(150, 200)]), [period(0, 100)]);
        // Who looks from an earlier instant on purpose knows of later recordings.
        assert_eq!(next(&ahead, at(3), (at(100), false), None, SIX_HOURS), None);
    }

    #[test]
    fn what_touches_is_one() {
        assert_eq!(with(&[period(0, 48)], period(42, 72)), [period(0, 72)]);
        let apart = with(&[period(0, 48)], period(60, 72));
        assert_eq!(apart, [period(0, 48), period(60, 72)]);
        assert_eq!(gaps(&apart), [period(48, 60)]);
        assert_eq!(with(&apart, period(40, 61)), [period(0, 72)]);
        assert_eq!(without(&apart, at(50)), [period(60, 72)]);
        assert_eq!(without(&apart, at(10)), [period(10, 48), period(60, 72)]);
    }
}
