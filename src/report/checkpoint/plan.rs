//! When checkpoints are due.

use crate::clock::{Span, Timestamp};
use crate::deployment::facts::Monitoring;
use crate::window::Period;

/// Most checkpoints of one plan that are listed, or taken at once.
const MOST: i64 = 48;

/// A checkpoint at the end of each period of one length, counted from the start of the window after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckpointPlan {
    pub start: Timestamp,
    pub every: Span,
    /// How long they go on; without an end when `None`.
    pub until: Option<Span>,
}

impl CheckpointPlan {
    /// `None` where the deployment file does not say how often.
    pub fn of(start: Timestamp, monitoring: Option<&Monitoring>) -> Option<Self> {
        let span = |text: Option<&String>| text.and_then(|text| text.parse::<Span>().ok());
        let monitoring = monitoring?;
        let every = span(monitoring.every.as_ref()).filter(|every| every.us() > 0)?;
        Some(Self { start, every, until: span(monitoring.until.as_ref()) })
    }

    /// The periods that have ended at `now`, in order; of very many the last.
    pub fn ended(&self, now: Timestamp) -> impl Iterator<Item = Period> + use<> {
        let passed = now.since(self.start).us().div_euclid(self.every.us());
        let last = self.last().map_or(passed, |last| passed.min(last));
        let plan = *self;
        ((last - MOST + 1).max(1)..=last).map(move |nth| plan.period(nth))
    }

    /// The ends of those to come, at most so many as are listed.
    pub fn to_come(&self, now: Timestamp) -> impl Iterator<Item = Timestamp> + use<> {
        let passed = now.since(self.start).us().div_euclid(self.every.us()).max(0);
        let plan = *self;
        let last = self.last().unwrap_or(0).min(passed.saturating_add(MOST));
        (passed + 1..=last).map(move |nth| plan.period(nth).end)
    }

    /// The number of the checkpoint that ends at `end`, from 1; `None` where none does.
    pub fn number(&self, end: Timestamp) -> Option<i64> {
        let (number, rest) =
            (end.since(self.start).us() / self.every.us(), end.since(self.start).us() % self.every.us());
        (rest == 0 && number > 0).then_some(number)
    }

    /// How many there are; `None` without an end.
    pub fn last(&self) -> Option<i64> {
        self.until.map(|until| until.us() / self.every.us())
    }

    fn period(&self, nth: i64) -> Period {
        let at = |nth: i64| self.start.plus(Span(self.every.us().saturating_mul(nth)));
        Period { start: at(nth - 1), end: at(nth) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(until: Option<i64>) -> CheckpointPlan {
        CheckpointPlan {
            start: Timestamp(0),
            every: Span::seconds(6 * 3_600),
            until: until.map(|hours| Span::seconds(hours * 3_600)),
        }
    }

    fn hour(hour: i64) -> Timestamp {
        Timestamp(hour * 3_600_000_000)
    }

    #[test]
    fn a_period_is_due_at_its_end_and_not_before() {
        let ends = |now: Timestamp| plan(Some(24)).ended(now).map(|period| period.end).collect::<Vec<_>>();
        assert_eq!(ends(Timestamp(hour(6).us() - 1)), []);
        assert_eq!(ends(hour(6)), [hour(6)]);
        assert_eq!(ends(hour(100)), [hour(6), hour(12), hour(18), hour(24)]);
        assert_eq!(ends(hour(-7)), []);
    }

    #[test]
    fn those_to_come_end_with_the_plan() {
        let ends = |now| plan(Some(24)).to_come(now).collect::<Vec<_>>();
        assert_eq!(ends(hour(-1)), [hour(6), hour(12), hour(18), hour(24)]);
        assert_eq!(ends(hour(12)), [hour(18), hour(24)]);
        assert_eq!(ends(hour(25)), []);
        assert_eq!(plan(None).to_come(hour(1)).count(), 0);
        assert_eq!(plan(None).ended(hour(6_000)).count(), 48);
        assert_eq!((plan(Some(24)).number(hour(12)), plan(Some(24)).number(hour(13))), (Some(2), None));
    }
}
