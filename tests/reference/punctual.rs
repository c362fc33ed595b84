//! When a start is on time, second by second of the cycle.

use super::Question;

/// More stretches of seconds than this are not measured.
const MOST_STRETCHES: usize = 64;

/// For each second of the cycle whether a start of the job is on time; `None` without a schedule, and where
/// the seconds, written down until they repeat, are too many stretches. Days matter to none of the schedules.
pub fn seconds(question: &Question, name: &str, side: usize) -> Option<Vec<bool>> {
    let (expression, offsets) = question.declared(name)?.schedule.as_ref()?;
    let fields: Vec<&str> = expression.split(' ').collect();
    let (second, rest) = if fields.len() == 6 { (fields[0], &fields[1..]) } else { ("0", &fields[..]) };
    let cycle = usize::try_from(question.cycle_s).unwrap();
    let mut on_time = vec![false; cycle];
    let values = |field: &str, many: i64| (0..many).filter(|n| matches(field, *n)).collect::<Vec<_>>();
    let (hours, minutes, seconds) = (values(rest[1], 24), values(rest[0], 60), values(second, 60));
    for (hour, minute) in hours.iter().flat_map(|hour| minutes.iter().map(move |minute| (hour, minute))) {
        for at in seconds.iter().map(|second| hour * 3_600 + minute * 60 + second) {
            for late in 0..=question.on_time_within_s {
                let place = (at + offsets[side] + late).rem_euclid(question.cycle_s);
                on_time[usize::try_from(place).unwrap()] = true;
            }
        }
    }
    // As slices, which a test build compares a hundred times as fast as single seconds.
    let repeats = |period: &usize| on_time[*period..] == on_time[..cycle - period];
    let period = (1..=cycle).filter(|period| cycle.is_multiple_of(*period)).find(repeats).unwrap();
    let begins = |s: &usize| on_time[*s] && (*s == 0 || !on_time[s - 1]);
    ((0..period).filter(begins).count() <= MOST_STRETCHES).then_some(on_time)
}

/// `*`, `*/n`, `a-b` and `n`.
fn matches(field: &str, value: i64) -> bool {
    let number = |text: &str| text.parse::<i64>().unwrap();
    match (field.split_once('/'), field.split_once('-')) {
        (Some((_, step)), _) => value % number(step) == 0,
        (_, Some((from, to))) => (number(from)..=number(to)).contains(&value),
        _ => field == "*" || number(field) == value,
    }
}
