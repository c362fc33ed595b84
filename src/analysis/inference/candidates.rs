//! The schedules that are tried.

use std::collections::BTreeMap;

use super::fit::{Grid, ScheduleFit};
use super::rule::{Rule, Weekdays};
use super::starts::LocalStarts;
use crate::clock::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span};

/// Periods below a day that divide it and that a cron expression can say, s.
const PERIODS_S: [i64; 23] = [
    5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 300, 360, 600, 720, 900, 1_200, 1_800, 3_600, 7_200, 10_800,
    14_400, 21_600,
];

/// Longer ones, s.
const LONG_PERIODS_S: [i64; 2] = [28_800, 43_200];

/// Moments of an hour, or of a day, beyond which a list says little.
const MOST_PLACES: usize = 30;

/// The best of all that fit; of equally good ones the one that is tried first.
pub(super) fn best(starts: &LocalStarts) -> Option<(Rule, ScheduleFit)> {
    let periods = PERIODS_S.iter().chain(&LONG_PERIODS_S).filter_map(|seconds| every(starts, *seconds));
    let days = [daily(starts), weekdays(starts)].into_iter().flatten();
    let single = periods.chain(days).filter(|(_, fit)| fit.is_good()).reduce(better);
    let lists = || [HOUR_US, DAY_US].into_iter().filter_map(|cycle| places(starts, cycle));
    single.or_else(|| lists().filter(|(_, fit)| fit.is_good()).reduce(better)).or_else(|| interval(starts))
}

fn better(best: (Rule, ScheduleFit), next: (Rule, ScheduleFit)) -> (Rule, ScheduleFit) {
    if next.1.is_better_than(&best.1) { next } else { best }
}

fn every(starts: &LocalStarts, seconds: i64) -> Option<(Rule, ScheduleFit)> {
    let grid = Grid::of(starts, seconds * SECOND_US)?;
    let fit = ScheduleFit::of(starts, &grid.answered(starts), |_| true);
    Some((Rule::Every { period: Span(grid.period), place: Span(grid.place) }, fit))
}

fn daily(starts: &LocalStarts) -> Option<(Rule, ScheduleFit)> {
    let grid = Grid::of(starts, DAY_US)?;
    let fit = ScheduleFit::of(starts, &grid.answered(starts), |_| true);
    Some((Rule::Daily { times: vec![Span(grid.place)], weekdays: Weekdays::ALL }, fit))
}

/// One time of day on the weekdays on which most days have a start.
fn weekdays(starts: &LocalStarts) -> Option<(Rule, ScheduleFit)> {
    let grid = Grid::of(starts, DAY_US)?;
    let answered = grid.answered(starts);
    let (first, last) = (*answered.first()?, *answered.last()?);
    let mut days: BTreeMap<u8, (u64, u64)> = BTreeMap::new();
    for day in first..=last {
        let (hits, all) = days.entry(Weekdays::of_day(day)).or_default();
        *all += 1;
        *hits += u64::from(answered.contains(&day));
    }
    let usual = days.iter().filter(|(_, (hits, all))| is_usual(*hits, *all)).map(|(day, _)| *day);
    let weekdays = Weekdays::of(usual);
    let fit = ScheduleFit::of(starts, &answered, |day| weekdays.contains(Weekdays::of_day(day)));
    Some((Rule::Daily { times: vec![Span(grid.place)], weekdays }, fit))
}

fn is_usual(hits: u64, all: u64) -> bool {
    5 * hits >= 3 * all
}

/// Minutes of an hour, or times of a day, at which most hours or days have a start. It has to hold for three.
fn places(starts: &LocalStarts, cycle: i64) -> Option<(Rule, ScheduleFit)> {
    let grid = Grid::of(starts, MINUTE_US)?;
    let answered = grid.answered(starts);
    let (first, last) = (*answered.first()?, *answered.last()?);
    let minutes = cycle / MINUTE_US;
    if last - first < 2 * minutes {
        return None;
    }
    let mut hits: BTreeMap<i64, u64> = BTreeMap::new();
    for minute in &answered {
        *hits.entry(minute.rem_euclid(minutes)).or_default() += 1;
    }
    let possible = |place: i64| {
        let before = |minute: i64| (minute - place).div_euclid(minutes);
        u64::try_from(before(last) - before(first - 1)).unwrap_or(0)
    };
    hits.retain(|place, hits| is_usual(*hits, possible(*place)));
    if hits.len() > MOST_PLACES {
        return None;
    }
    let fit = ScheduleFit::of(starts, &answered, |minute| hits.contains_key(&minute.rem_euclid(minutes)));
    let times = hits.keys().map(|place| Span(place * MINUTE_US + grid.place)).collect();
    let rule = if cycle == HOUR_US {
        Rule::Hourly { minutes: times }
    } else {
        Rule::Daily { times, weekdays: Weekdays::ALL }
    };
    Some((rule, fit))
}

/// Steady distances whatever the clock shows: most within a twentieth, or 1.5 s, of the middle one.
fn interval(starts: &LocalStarts) -> Option<(Rule, ScheduleFit)> {
    let gaps = starts.gaps();
    let middle = *gaps.get(gaps.len() / 2)?;
    let near = (middle / 20).max(3 * SECOND_US / 2);
    let alike: Vec<i64> = gaps.iter().copied().filter(|gap| (gap - middle).abs() <= near).collect();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let few = alike.len() < 6 || 5 * alike.len() < 4 * gaps.len();
    if few || middle < 5 * SECOND_US {
        return None;
    }
    let period = Span(rounded(alike.iter().sum::<i64>() / i64::try_from(alike.len()).ok()?));
    let fit = ScheduleFit { starts: count(starts.count()), explained: count(alike.len() + 1), fires: 0 };
    Some((Rule::Interval { period }, fit))
}

/// To the second; from ten minutes on to the minute.
fn rounded(us: i64) -> i64 {
    let unit = if us < 10 * MINUTE_US { SECOND_US } else { MINUTE_US };
    (us + unit / 2) / unit * unit
}
