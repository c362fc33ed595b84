//! When a watch looks.

use crate::clock::{Span, Timestamp};
use crate::window::Period;

/// A look after each `every` of the period, and one at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timetable {
    pub(super) period: Period,
    pub(super) every: Span,
}

impl Timetable {
    /// The first moment after `now` at which a look is due; `None` once the last is past.
    pub(super) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let Period { start, end } = self.period;
        if now >= end {
            return None;
        }
        let every = self.every.us().max(1);
        let passed = now.since(start).us().div_euclid(every).max(0);
        Some(start.plus(Span(every.saturating_mul(passed + 1))).min(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_after_each_step_and_at_the_end() {
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        let timetable =
            Timetable { period: Period { start: at(100), end: at(165) }, every: Span::seconds(30) };
        for (now, due) in [
            (0, Some(130)),
            (100, Some(130)),
            (129, Some(130)),
            (130, Some(160)),
            // A look that took long leaves out those that fell due meanwhile.
            (161, Some(165)),
            (165, None),
            (900, None),
        ] {
            assert_eq!(timetable.next(at(now)), due.map(at), "{now}");
        }
    }
}
