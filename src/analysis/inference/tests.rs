use chrono_tz::{Europe, UTC};
use proptest::prelude::*;

use super::*;
use crate::analysis::schedule::Schedule;
use crate::clock::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span};
use crate::window::Period;

/// A cron expression, its offset in seconds, and how long it takes to show.
const SCHEDULES: &[(&str, i64, i64)] = &[
    ("*/10 * * * * *", 0, HOUR_US),
    ("3-59/15 * * * * *", 0, HOUR_US),
    ("* * * * *", 0, 3 * HOUR_US),
    ("* * * * *", 45, 3 * HOUR_US),
    ("*/5 * * * *", 0, 12 * HOUR_US),
    ("2-59/5 * * * *", 0, 12 * HOUR_US),
    ("2-59/5 * * * *", 20, 12 * HOUR_US),
    ("*/10 * * * *", 10, DAY_US),
    ("7 * * * *", 0, 3 * DAY_US),
    ("15 */6 * * *", 0, 7 * DAY_US),
    ("40 1-23/2 * * *", 30, 7 * DAY_US),
    ("10 3 * * *", 0, 30 * DAY_US),
    ("59 23 * * *", 50, 30 * DAY_US),
    ("30 4 * * 1-5", 0, 60 * DAY_US),
    ("0 12 * * 7", 0, 120 * DAY_US),
    ("0 12 * * 2,4", 0, 60 * DAY_US),
    ("5,20,40 * * * *", 0, 2 * DAY_US),
    ("*/7 * * * *", 0, DAY_US),
    ("0 8,12,19 * * *", 0, 20 * DAY_US),
];

const START: Timestamp = Timestamp(1_760_000_000_000_000);

fn fires(expression: &str, offset_s: i64, zone: Tz, length: i64) -> Vec<Timestamp> {
    let schedule = Schedule::parse(expression, Span::seconds(offset_s), zone).unwrap();
    schedule.fires_iter(Period { start: START, end: START.plus(Span(length)) }).collect()
}

/// The fires of two weeks, of a schedule that shows within a day those of two days: two ways to write a schedule
/// are the same.
fn compared(length: i64) -> i64 {
    if length > DAY_US { 14 * DAY_US } else { 2 * DAY_US }
}

fn fires_of(found: &InferredSchedule, length: i64) -> Option<Vec<Timestamp>> {
    let cron = found.rule.cron()?;
    Some(fires(&cron.expression, cron.offset.us() / SECOND_US, found.time_zone, compared(length)))
}

#[allow(clippy::cast_possible_truncation)] // far below 2^63
fn seconds(seconds: f64) -> Span {
    Span((seconds * SECOND_US as f64) as i64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_known_schedule_is_found_through_jitter_gaps_and_extra_runs(
        number in 0..SCHEDULES.len(),
        delays in prop::collection::vec((0..1_800_000_i64, 0..100_u8, 0..100_u8), 400),
        in_zone in any::<bool>(),
    ) {
        let (expression, offset, length) = SCHEDULES[number];
        let zone = if in_zone { Europe::Berlin } else { UTC };
        let mut starts = Vec::new();
        for (fire, (delay, missing, extra)) in fires(expression, offset, zone, length).iter().zip(&delays) {
            if *missing >= 4 {
                starts.push(fire.plus(Span(*delay)));
            }
            if *extra < 3 {
                starts.push(fire.plus(Span(delay * 7 + 11 * SECOND_US)));
            }
        }
        let found = infer(&starts, zone).map(|found| (found.rule.to_string(), fires_of(&found, length)));
        let found = found.unwrap_or_default();
        prop_assert_eq!(found.1, Some(fires(expression, offset, zone, compared(length))), "{} {}", expression, found.0);
    }

    #[test]
    fn irregular_starts_suggest_nothing(
        gaps in prop::collection::vec(0.001..1.0_f64, 6..400),
        mean_s in prop::sample::select(vec![3.0, 20.0, 60.0, 90.0, 600.0, 3_600.0, 40_000.0]),
    ) {
        // Distances of a process without memory.
        let mut at = START;
        let starts: Vec<Timestamp> = gaps.iter().map(|gap| {
            at = at.plus(seconds(-gap.ln() * mean_s));
            at
        }).collect();
        prop_assert_eq!(infer(&starts, UTC).map(|found| found.rule.to_string()), None);
    }

    #[test]
    fn distances_that_vary_by_a_half_suggest_nothing(
        gaps in prop::collection::vec(0.5..1.5_f64, 12..300),
        mean_s in prop::sample::select(vec![60.0, 300.0, 3_600.0]),
    ) {
        let mut at = START;
        let starts: Vec<Timestamp> = gaps.iter().map(|gap| {
            at = at.plus(seconds(gap * mean_s));
            at
        }).collect();
        prop_assert_eq!(infer(&starts, UTC).map(|found| found.rule.to_string()), None);
    }
}

fn said(expression: &str, offset: i64, length: i64) -> String {
    infer(&fires(expression, offset, UTC, length), UTC).unwrap().rule.to_string()
}

#[test]
fn a_schedule_is_told_in_words() {
    assert_eq!(said("2-59/5 * * * *", 0, DAY_US), "every 5 min at :02");
    assert_eq!(said("* * * * *", 45, HOUR_US), "every minute at second 45");
    assert_eq!(said("*/10 * * * * *", 0, HOUR_US), "every 10 s from second 0");
    assert_eq!(said("10 3 * * *", 0, 14 * DAY_US), "daily 03:10");
    assert_eq!(said("30 4 * * 1-5", 0, 28 * DAY_US), "Mon–Fri 04:30");
    assert_eq!(said("0 12 * * 2,4", 0, 60 * DAY_US), "Tue, Thu 12:00");
    assert_eq!(said("5,20,40 * * * *", 0, DAY_US), "every hour at :05, :20, :40");
    assert_eq!(said("15 */6 * * *", 30, 7 * DAY_US), "every 6 h from 00:15:30");
}

#[test]
fn a_timer_that_no_clock_sets_is_told_by_its_distance() {
    let starts: Vec<Timestamp> =
        (0..50).map(|n| START.plus(Span(n * 7 * MINUTE_US + n % 3 * 100_000))).collect();
    let found = infer(&starts, UTC).unwrap();
    assert_eq!(found.rule.to_string(), "about every 7 min, at no fixed place");
    assert_eq!((found.fit.starts, found.fit.explained, found.rule.cron()), (50, 50, None));
}

#[test]
fn a_time_of_day_stays_through_a_change_of_the_clocks() {
    let found = infer(&fires("10 3 * * *", 0, Europe::Berlin, 60 * DAY_US), Europe::Berlin).unwrap();
    assert_eq!(found.rule.to_string(), "daily 03:10");
}

#[test]
fn few_starts_suggest_nothing() {
    assert_eq!(infer(&fires("10 3 * * *", 0, UTC, 5 * DAY_US), UTC), None);
    assert_eq!(infer(&[], UTC), None);
    assert_eq!(infer(&[START; 40], UTC), None);
    assert_eq!(infer(&[Timestamp(i64::MIN), Timestamp(i64::MAX)], UTC), None);
}
