//! What the same hours of earlier days showed: what days do by themselves, to hold a change against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::half::HalfObservations;
use crate::clock::{DAY_US, Span, Timestamp};
use crate::window::{Chosen, Exclusion, PerSide, Period, Window};

/// Fewest earlier comparisons that a verdict rests on.
pub const FEWEST: usize = 10;

/// Jobs of a stretch of time by name, each with what was seen of it there.
pub type Stretch = BTreeMap<String, HalfObservations>;

/// The comparison of the report, made as if the change had been on earlier days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrdinaryDays {
    /// Latest first.
    pub pairs: Vec<EarlierPair>,
    /// What was seen in the periods of the pairs, but for the baseline of the report.
    pub stretches: BTreeMap<Period, Stretch>,
    /// Why there are none, or fewer than were asked for.
    pub shortfall: Option<Shortfall>,
}

/// Both windows, so many days earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierPair {
    pub days: i64,
    pub periods: PerSide<Period>,
}

/// Why earlier days tell less than they were asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// Nobody asked.
    NotAsked,
    /// Each window has a condition of its own, which earlier days do not know.
    Conditions,
    /// The baseline is from an earlier report, or from another database.
    BaselineElsewhere,
    /// The table holds too few days.
    TooFew,
    /// There was not time for all.
    Time,
    /// So many jobs of so many days are too much to hold.
    Memory,
}

/// What is to be read of earlier days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrdinaryPlan {
    /// Latest first.
    pub pairs: Vec<EarlierPair>,
    /// The periods that they need and the report does not read, in the order in which pairs need them.
    pub periods: Vec<Period>,
    /// The baseline of the report, which is read already.
    pub baseline: Option<Period>,
    pub shortfall: Option<Shortfall>,
}

impl OrdinaryPlan {
    fn none(shortfall: Shortfall) -> Self {
        Self { shortfall: Some(shortfall), ..Self::default() }
    }

    /// The pairs of windows before both of `windows`, each by whole days, so that no two share runs after the
    /// change, as far back as the table goes and not beyond `most` days. A pair that touches an excluded period is
    /// left out. Fewer than [`FEWEST`] are none.
    pub fn of(
        windows: &PerSide<Window>,
        first_started: Option<Timestamp>,
        exclusions: &[Exclusion],
        most: u32,
    ) -> Self {
        if most == 0 {
            return Self::none(Shortfall::NotAsked);
        }
        if windows.iter().any(|window| window.condition.is_some()) {
            return Self::none(Shortfall::Conditions);
        }
        let Some(first_started) = first_started else { return Self::none(Shortfall::TooFew) };
        let seen = windows.as_ref().map(|w| Period { start: w.period.start, end: w.observed_end() });
        // Whole days, rounded up.
        let step = (seen.stagger.length().us() + DAY_US - 1).div_euclid(DAY_US).max(1);
        let nearest = match windows.baseline.chosen {
            Chosen::SameHoursEarlier { days } => days.max(step),
            _ => step,
        };
        let pair = |days: i64| EarlierPair { days, periods: seen.map(|period| earlier(period, days)) };
        let is_whole = |pair: &EarlierPair| {
            let excluded =
                |period: &Period| exclusions.iter().any(|exclusion| exclusion.period.overlaps(period));
            pair.periods.iter().all(|period| period.start >= first_started && !excluded(period))
        };
        let days = (0..i64::from(most)).map(|nth| nearest + nth * step);
        let pairs: Vec<EarlierPair> =
            days.take_while(|days| *days < nearest + i64::from(most)).map(pair).filter(is_whole).collect();
        if pairs.len() < FEWEST {
            return Self::none(Shortfall::TooFew);
        }
        let mut periods: Vec<Period> = Vec::new();
        for period in pairs.iter().flat_map(|pair| [pair.periods.stagger, pair.periods.baseline]) {
            if period != seen.baseline && !periods.contains(&period) {
                periods.push(period);
            }
        }
        Self { pairs, periods, baseline: Some(seen.baseline), shortfall: None }
    }

    /// What was read for the plan. Where that is not all, for the reason that is given, the pairs that lack nothing
    /// remain.
    pub fn read(self, stretches: BTreeMap<Period, Stretch>, cut_short: Option<Shortfall>) -> OrdinaryDays {
        let Self { mut pairs, periods, baseline, shortfall } = self;
        if stretches.len() < periods.len() {
            pairs.retain(|pair| {
                pair.periods.iter().all(|period| Some(*period) == baseline || stretches.contains_key(period))
            });
            if pairs.len() < FEWEST {
                pairs.clear();
            }
        }
        OrdinaryDays { pairs, stretches, shortfall: shortfall.or(cut_short) }
    }
}

fn earlier(period: Period, days: i64) -> Period {
    let back = Span(days.saturating_mul(-DAY_US));
    Period { start: period.start.plus(back), end: period.end.plus(back) }
}

impl OrdinaryDays {
    pub fn none(shortfall: Shortfall) -> Self {
        Self { shortfall: Some(shortfall), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_US;

    fn windows(baseline: (i64, i64), stagger: (i64, i64), chosen: Chosen) -> PerSide<Window> {
        let window = |(start, end): (i64, i64), chosen| {
            let period = Period { start: Timestamp(start * HOUR_US), end: Timestamp(end * HOUR_US) };
            Window::observe(period, Timestamp(i64::MAX), &[], chosen, None)
        };
        PerSide { baseline: window(baseline, chosen), stagger: window(stagger, Chosen::Given) }
    }

    fn of(windows: &PerSide<Window>, first_hour: i64, most: u32) -> OrdinaryPlan {
        OrdinaryPlan::of(windows, Some(Timestamp(first_hour * HOUR_US)), &[], most)
    }

    #[test]
    fn same_hours_share_their_periods() {
        let day = 100 * 24;
        let chosen = Chosen::SameHoursEarlier { days: 1 };
        let plan = of(&windows((day - 18, day - 12), (day + 6, day + 12), chosen), 0, 28);
        assert_eq!((plan.pairs.len(), plan.periods.len(), plan.shortfall), (28, 28, None));
        assert_eq!(plan.pairs[0].periods.stagger.start, Timestamp((day - 18) * HOUR_US));
        assert_eq!(plan.pairs[27].days, 28);
    }

    #[test]
    fn windows_of_different_hours_are_moved_together() {
        let plan = of(&windows((2_390, 2_392), (2_400, 2_408), Chosen::Given), 0, 14);
        assert_eq!((plan.pairs.len(), plan.periods.len()), (14, 28));
    }

    #[test]
    fn windows_longer_than_a_day_are_moved_by_their_length() {
        let plan = of(&windows((2_400 - 72, 2_400), (2_400, 2_472), Chosen::Given), 0, 60);
        assert_eq!(plan.pairs.len(), 20);
        assert!(plan.pairs.iter().all(|pair| pair.days % 3 == 0));
    }

    #[test]
    fn too_few_days_are_none() {
        let chosen = Chosen::SameHoursEarlier { days: 1 };
        let windows = windows((2_376, 2_382), (2_400, 2_406), chosen);
        assert_eq!(of(&windows, 2_376 - 24 * 9, 28).shortfall, Some(Shortfall::TooFew));
        assert_eq!(of(&windows, 2_376 - 24 * 10, 28).pairs.len(), 10);
        assert_eq!(of(&windows, 0, 0).shortfall, Some(Shortfall::NotAsked));
    }

    #[test]
    fn an_excluded_period_takes_the_pairs_that_it_touches() {
        let chosen = Chosen::SameHoursEarlier { days: 1 };
        let windows = windows((2_376, 2_382), (2_400, 2_406), chosen);
        let start = Timestamp((2_376 - 48) * HOUR_US);
        let period = Period { start, end: start.plus(Span(HOUR_US)) };
        let exclusions = [Exclusion { period, reason: String::new() }];
        let plan = OrdinaryPlan::of(&windows, Some(Timestamp(0)), &exclusions, 28);
        assert_eq!(plan.pairs.len(), 26);
    }

    #[test]
    fn what_there_was_no_time_for_is_left_out() {
        let chosen = Chosen::SameHoursEarlier { days: 1 };
        let windows = windows((2_376, 2_382), (2_400, 2_406), chosen);
        let plan = of(&windows, 0, 28);
        let read = |count: usize| {
            let stretches = plan.periods.iter().take(count).map(|period| (*period, Stretch::new()));
            let why = (count < 28).then_some(Shortfall::Time);
            plan.clone().read(stretches.collect(), why)
        };
        assert_eq!((read(28).pairs.len(), read(28).shortfall), (28, None));
        assert_eq!((read(12).pairs.len(), read(12).shortfall), (12, Some(Shortfall::Time)));
        assert_eq!((read(9).pairs.len(), read(9).shortfall), (0, Some(Shortfall::Time)));
    }
}
