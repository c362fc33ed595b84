use chrono_tz::{America, Australia, Europe, UTC};
use proptest::prelude::*;

use super::*;
use crate::analysis::plan::JobPlan;
use crate::analysis::plan::threshold::ByMetric;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period { start: at(start), end: at(end) }
}

fn schedule(expression: &str) -> Schedule {
    Schedule::parse(expression, Span(0), UTC).unwrap()
}

fn offset_by(expression: &str, seconds: i64) -> Schedule {
    Schedule::parse(expression, Span::seconds(seconds), UTC).unwrap()
}

fn fires(schedule: &Schedule, period: Period) -> Vec<String> {
    schedule.fires_iter(period).map(|at| at.to_string()).collect()
}

fn refusal(expression: &str) -> String {
    Schedule::parse(expression, Span(0), UTC).unwrap_err().to_string()
}

/// The days of November 2026 (the 1st is a Sunday) on which an expression fires.
fn november(expression: &str) -> Vec<u32> {
    use chrono::Datelike;
    let days: BTreeSet<u32> = schedule(expression)
        .fires_iter(period("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"))
        .map(|at| at.to_utc().unwrap().day())
        .collect();
    days.into_iter().collect()
}

#[test]
fn the_deployment_expects_2099_runs() {
    let window = period("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z");
    let expected = [
        ("* * * * *", 0, 477),
        ("* * * * *", 15, 477),
        ("* * * * *", 30, 477),
        ("* * * * *", 45, 477),
        ("*/5 * * * *", 5, 95),
        ("*/10 * * * *", 10, 48),
        ("*/10 * * * *", 40, 48),
    ];
    for (expression, offset, runs) in expected {
        assert_eq!(offset_by(expression, offset).fires(&[window]), runs, "{expression} +{offset} s");
    }
}

#[test]
fn either_day_field_does_when_both_are_restricted() {
    assert_eq!(november("0 0 13 * 5"), [6, 13, 20, 27]);
    assert_eq!(november("0 0 3,4 * 1"), [2, 3, 4, 9, 16, 23, 30]);
}

#[test]
fn a_day_field_that_begins_with_a_star_is_unrestricted() {
    assert_eq!(november("0 0 */10 * 0"), [1]); // 1, 11, 21, 31 and a Sunday
    assert_eq!(november("0 0 1-7 * */7"), [1]); // the first Sunday
    assert_eq!(november("0 0 * * 1-5/4"), [2, 6, 9, 13, 16, 20, 23, 27, 30]);
    assert_eq!(november("0 0 7,* * 1").len(), 30); // the star is not at the beginning: either does
}

#[test]
fn sunday_is_0_and_7() {
    let sundays = [1, 8, 15, 22, 29];
    for expression in ["0 0 * * 0", "0 0 * * 7", "0 0 * * sun", "0 0 * * 0,7"] {
        assert_eq!(november(expression), sundays, "{expression}");
    }
    assert_eq!(november("0 0 * * 5-7"), november("0 0 * * FRI,SAT,SUN"));
    assert_eq!(november("0 0 * * SUN-SUN"), sundays);
    assert_eq!(november("0 0 * * SUN-TUE"), november("0 0 * * 0-2"));
    assert_eq!(november("0 0 1 jan-NOV *"), [1]);
    assert!(november("0 0 1 jan *").is_empty());
}

#[test]
fn what_vixie_cron_does_not_know_is_refused_with_a_reason() {
    for (expression, reason) in [
        ("* * * *", "it has 4"),
        ("* * * * * * *", "it has 7"),
        ("", "it has 0"),
        ("0 0 L * *", "'L' in the day-of-month field is not known"),
        ("0 0 15W * *", "'15W' in the day-of-month field"),
        ("0 0 ? * 0", "'?' in the day-of-month field"),
        ("0 0 * * 5#2", "'5#2' in the day-of-week field"),
        ("0 0 * * +1", "'+1' in the day-of-week field"),
        ("0 0 * * MONDAY", "'MONDAY' in the day-of-week field"),
        ("JAN 0 * * *", "'JAN' in the minute field"),
        ("60 * * * *", "60 in the minute field is not from 0 to 59"),
        ("* * * * 8", "8 in the day-of-week field is not from 0 to 7"),
        ("* * 0 * *", "0 in the day-of-month field is not from 1 to 31"),
        ("1,,2 * * * *", "a value is missing in the minute field"),
        ("5-1 * * * *", "'5-1' in the minute field runs backwards"),
        ("* * * * FRI-MON", "'FRI-MON' in the day-of-week field runs backwards"),
        ("* * * * FRI-SUN", "'FRI-SUN' in the day-of-week field runs backwards"),
        ("* * * * 6-0", "'6-0' in the day-of-week field runs backwards"),
        ("*/0 * * * *", "'0' in the minute field is not a step"),
        ("*/+5 * * * *", "'+5' in the minute field is not a step"),
        ("5/15 * * * *", "write '5-59' before the '/'"),
        ("@reboot", "fires when a machine starts"),
        ("@often", "of nicknames there are @yearly"),
    ] {
        let refusal = refusal(expression);
        assert!(refusal.contains(reason), "'{expression}' is refused as: {refusal}");
    }
}

#[test]
fn nicknames_stand_for_their_fields() {
    let year = period("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    for (nickname, fires) in [
        ("@yearly", 1),
        ("@annually", 1),
        ("@monthly", 12),
        ("@weekly", 52),
        ("@daily", 365),
        ("@midnight", 365),
        ("@HOURLY", 8_760),
    ] {
        assert_eq!(schedule(nickname).fires(&[year]), fires, "{nickname}");
    }
}

#[test]
fn an_offset_is_whole_seconds_beside_five_fields() {
    let error = Schedule::parse("0 * * * * *", Span::seconds(5), UTC).unwrap_err();
    assert!(error.to_string().contains("has a field for seconds, so an offset of 5s"), "{error}");
    for offset in [Span(1), Span(-1_000_000)] {
        assert_eq!(Schedule::parse("* * * * *", offset, UTC).unwrap_err(), ScheduleError::Offset(offset));
    }
    assert!(Schedule::parse("0 * * * * *", Span(0), UTC).is_ok());
}

#[test]
fn the_effective_schedule_reads_as_the_scheduler_writes_it() {
    assert_eq!(offset_by("* * * * *", 15).effective(), "15 * * * * *");
    assert_eq!(offset_by("0 3 * * *", 90).effective(), "0 3 * * * +90s");
    assert_eq!(offset_by("@daily", 5).effective(), "@daily +5s");
    assert_eq!(schedule("*/5 * * * *").effective(), "*/5 * * * *");
}

#[test]
fn a_period_is_half_open_and_its_ends_need_not_be_whole_seconds() {
    let every_minute = schedule("* * * * *");
    for (start, end, expected) in [
        ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", 1),
        ("2026-01-01T00:00:00.000001Z", "2026-01-01T00:01:00Z", 0),
        ("2026-01-01T00:00:00.000001Z", "2026-01-01T00:01:00.000001Z", 1),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 0),
    ] {
        assert_eq!(every_minute.fires(&[period(start, end)]), expected, "{start} to {end}");
    }
}

#[test]
fn a_schedule_of_every_second_is_counted_without_walking() {
    let four_weeks = period("2026-01-01T00:00:00Z", "2026-01-29T00:00:00Z");
    let century = period("1970-01-01T00:00:00Z", "2070-01-01T00:00:00Z");
    assert_eq!(schedule("* * * * * *").fires(&[four_weeks]), 28 * 86_400);
    assert_eq!(schedule("* * * * * *").fires(&[century]), 36_525 * 86_400);
}

#[test]
fn a_daily_job_runs_once_when_the_clock_changes() {
    let berlin = |expression| Schedule::parse(expression, Span(0), Europe::Berlin).unwrap();
    let spring = period("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
    let autumn = period("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");
    assert_eq!(fires(&berlin("30 2 * * *"), spring), ["2026-03-29T01:00:00Z"]); // at once, 3:00 in summer time
    assert_eq!(fires(&berlin("0,30 2 * * *"), spring), ["2026-03-29T01:00:00Z"]);
    assert_eq!(fires(&berlin("30 2 * * *"), autumn), ["2026-10-25T00:30:00Z"]); // the first of the two
    assert_eq!(fires(&berlin("30 4 * * *"), spring), ["2026-03-29T02:30:00Z"]);
}

#[test]
fn a_job_with_a_star_follows_the_clock_when_it_changes() {
    let berlin = |expression| Schedule::parse(expression, Span(0), Europe::Berlin).unwrap();
    let spring = period("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"); // 23 hours long
    let autumn = period("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"); // 25 hours long
    for (expression, short, long) in
        [("* * * * *", 23 * 60, 25 * 60), ("0 * * * *", 23, 25), ("*/30 2 * * *", 0, 4)]
    {
        assert_eq!(berlin(expression).fires(&[spring]), short, "{expression}");
        assert_eq!(berlin(expression).fires(&[autumn]), long, "{expression}");
        assert_eq!(berlin(expression).fires_iter(autumn).count() as u64, long, "{expression}");
    }
    let lord_howe = Schedule::parse("15 2 * * *", Span(0), Australia::Lord_Howe).unwrap();
    let half_hour_forward = period("2026-10-03T06:00:00Z", "2026-10-04T06:00:00Z");
    assert_eq!(fires(&lord_howe, half_hour_forward), ["2026-10-03T15:30:00Z"]);
}

#[test]
fn a_zone_moves_the_fires() {
    let new_york = Schedule::parse("0 9 * * 1-5", Span::seconds(20), America::New_York).unwrap();
    let monday = period("2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z");
    assert_eq!(fires(&new_york, monday), ["2026-01-05T14:00:20Z"]);
    assert_eq!(
        fires(&new_york, period("2026-01-03T00:00:00Z", "2026-01-05T00:00:00Z")),
        Vec::<String>::new()
    );
}

#[test]
fn places_in_the_cycle() {
    let week = [period("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z")];
    let places = |schedule: &Schedule, cycle: i64| -> Vec<u32> {
        schedule.places(Span::seconds(cycle), &week).into_iter().collect()
    };
    assert_eq!(places(&offset_by("*/5 * * * *", 25), 60), [25]);
    assert_eq!(places(&schedule("*/20 * * * * *"), 60), [0, 20, 40]);
    assert_eq!(places(&offset_by("*/20 * * * *", 90), 3_600), [90, 1_290, 2_490]);
    assert_eq!(places(&offset_by("30 * * * *", 3_599), 3_600), [1_799]);
    assert_eq!(places(&offset_by("0 3 * * 1", 5), 86_400), [10_805]);
    assert_eq!(places(&schedule("0 3 * * 1"), 7 * 86_400), [4 * 86_400 + 10_800]); // the epoch's weeks begin on Thursday
    assert_eq!(places(&schedule("0 * * * *"), 420), [0, 60, 120, 180, 240, 300, 360]); // an hour is no multiple of 7 minutes: the place walks
    let kolkata = Schedule::parse("0 * * * *", Span(0), chrono_tz::Asia::Kolkata).unwrap();
    assert_eq!(places(&kolkata, 3_600), [1_800]);
}

#[test]
fn a_daily_place_follows_the_zone_at_that_time_of_the_year() {
    let berlin = Schedule::parse("0 3 * * *", Span(0), Europe::Berlin).unwrap();
    let places = |start, end| -> Vec<u32> {
        berlin.places(Span::seconds(86_400), &[period(start, end)]).into_iter().collect()
    };
    assert_eq!(places("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"), [7_200]);
    assert_eq!(places("2026-07-05T00:00:00Z", "2026-07-12T00:00:00Z"), [3_600]);
    assert_eq!(places("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"), [3_600, 7_200]);
}

#[test]
fn typical_periods_and_density() {
    for (expression, seconds) in [
        ("* * * * *", 60),
        ("*/10 * * * *", 600),
        ("0 9-17 * * 1-5", 3_600),
        ("0 3 * * *", 86_400),
        ("0 0 * * 1", 7 * 86_400),
        ("0 0 1 1 *", 365 * 86_400),
        ("*/15 * * * * *", 15),
    ] {
        assert_eq!(schedule(expression).typical_period(), Some(Span::seconds(seconds)), "{expression}");
    }
}

#[test]
fn a_schedule_that_never_fires_is_refused() {
    for expression in ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30 2 */2"] {
        let refused = Schedule::parse(expression, Span(0), UTC).unwrap_err();
        assert_eq!(refused, ScheduleError::Never(expression.to_owned()));
    }
    for expression in ["0 0 29 2 *", "0 0 29 2 */7", "0 0 30 2 1"] {
        assert!(Schedule::parse(expression, Span(0), UTC).is_ok(), "{expression}");
    }
}

#[test]
fn how_close_two_fires_can_be() {
    let two = Span::seconds(2);
    assert!(schedule("* * * * * *").fires_more_often_than(two));
    assert!(schedule("0,59 * * * * *").fires_more_often_than(two)); // 59 and 0 of the next minute
    assert!(!schedule("0,59 0 * * * *").fires_more_often_than(two));
    assert!(!schedule("*/2 * * * * *").fires_more_often_than(two));
    assert!(schedule("59,0 * * * *").fires_more_often_than(Span::seconds(61)));
    assert!(!schedule("59,0 12 * * *").fires_more_often_than(Span::seconds(61)));
    assert!(schedule("*/30 * * * * *").is_sub_minute());
    assert!(!schedule("30 * * * * *").is_sub_minute());
}

fn plan(name: &str, expression: &str, offset: i64) -> JobPlan {
    JobPlan {
        name: name.to_owned(),
        was: None,
        schedule: Some(offset_by(expression, offset)),
        baseline_schedule: Some(schedule(expression)),
        enabled: true,
        control: false,
        orphan_after: None,
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    }
}

#[test]
fn collisions_are_pairs_of_jobs_that_meet() {
    let from = at("2026-02-01T21:37:00Z");
    assert_eq!(collisions(&[], from), None);
    let mut jobs = vec![
        plan("a", "* * * * *", 0),
        plan("b", "* * * * *", 0),
        plan("c", "*/5 * * * *", 0),
        plan("d", "*/10 * * * *", 5),
        plan("e", "0 4 * * *", 5),
        plan("f", "0 4 1 1 *", 0),
    ];
    // a-b, a-c, b-c, d-e; f fires on another day
    assert_eq!(collisions(&jobs, from), Some(4));
    jobs[1].enabled = false;
    assert_eq!(collisions(&jobs, from), Some(2));
    let staggered = [plan("a", "* * * * *", 0), plan("b", "* * * * *", 15), plan("c", "*/5 * * * *", 5)];
    assert_eq!(collisions(&staggered, from), Some(0));
}

#[test]
fn collisions_of_a_thousand_jobs_take_no_thousand_squared_steps() {
    let jobs: Vec<JobPlan> = (0..1_000).map(|n| plan(&format!("job {n}"), "*/5 * * * *", n % 50)).collect();
    // 50 places with 20 jobs each
    assert_eq!(collisions(&jobs, at("2026-01-01T00:00:00Z")), Some(50 * 190));
}

fn expression() -> impl Strategy<Value = String> {
    let second = prop::sample::select(vec!["", "0 ", "*/20 ", "5,35 ", "* "]);
    let minute = prop::sample::select(vec!["*", "*/7", "0", "5-9", "0,30,59"]);
    let hour = prop::sample::select(vec!["*", "*/6", "0", "22-23", "9-17/4"]);
    let day = prop::sample::select(vec!["*", "*/2", "1,15", "28-31"]);
    let month = prop::sample::select(vec!["*", "2", "*/3"]);
    let weekday = prop::sample::select(vec!["*", "0", "1-5", "7"]);
    (second, minute, hour, day, month, weekday)
        .prop_map(|(s, m, h, d, month, w)| format!("{s}{m} {h} {d} {month} {w}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The count by days agrees with croner's own walk wherever no clock changes.
    #[test]
    fn counting_agrees_with_walking(
        expression in expression(), start in 0_i64..2_000_000_000_000_000, length in 0_i64..20_000_000_000
    ) {
        let schedule = schedule(&expression);
        let window = Period { start: Timestamp(start), end: Timestamp(start + length) };
        let counted = schedule.fires(&[window]);
        prop_assert_eq!(counted, schedule.fires_iter(window).count() as u64);
        let first = chrono::DateTime::from_timestamp_micros(start).unwrap();
        let last = chrono::DateTime::from_timestamp_micros(start + length).unwrap();
        let walked = schedule.fields.cron.iter_from(first, croner::Direction::Forward)
            .skip_while(|at| *at < first).take_while(|at| *at < last).count() as u64;
        prop_assert_eq!(counted, walked);
    }

    /// Two neighbouring periods hold what the whole holds, in a zone with summer time too.
    #[test]
    fn periods_add_up(expression in expression(), days in 0_i64..365, cut in 0_i64..400_000, rest in 0_i64..400_000) {
        let schedule = Schedule::parse(&expression, Span(0), Europe::Berlin).unwrap();
        let start = at("2026-01-01T00:00:00Z").plus(Span::seconds(days * DAY_S));
        let middle = start.plus(Span::seconds(cut));
        let end = middle.plus(Span::seconds(rest));
        let parts = [Period { start, end: middle }, Period { start: middle, end }];
        prop_assert_eq!(schedule.fires(&parts), schedule.fires(&[Period { start, end }]));
        prop_assert_eq!(schedule.fires(&parts), schedule.fires_iter(Period { start, end }).count() as u64);
    }
}
