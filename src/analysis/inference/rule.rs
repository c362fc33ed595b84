//! What a schedule says: in words, and as cron writes it.

use std::fmt;

use crate::clock::{HOUR_US, MINUTE_US, SECOND_US, Span};

/// When a job seems to fire. Places are on the clock of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At midnight and `place`, and every `period` from there. The period divides a day.
    Every { period: Span, place: Span },
    /// At these places of every hour.
    Hourly { minutes: Vec<Span> },
    /// At these times of the day.
    Daily { times: Vec<Span>, weekdays: Weekdays },
    /// At steady distances, at no fixed place.
    Interval { period: Span },
}

/// A set of weekdays, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(u8);

/// A rule as cron writes it: `offset` after the moments of `expression`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronRule {
    pub expression: String,
    /// Whole seconds, below a minute.
    pub offset: Span,
}

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Weekdays {
    pub const ALL: Self = Self(0b111_1111);

    pub fn of(days: impl Iterator<Item = u8>) -> Self {
        Self(days.fold(0, |set, day| set | 1 << (day % 7)))
    }

    /// The weekday of a day since 1970-01-01, a Thursday; Monday is 0.
    pub fn of_day(day: i64) -> u8 {
        u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
    }

    pub fn contains(self, day: u8) -> bool {
        self.0 & 1 << (day % 7) != 0
    }

    /// Days that follow each other, first and last.
    fn ranges(self) -> Vec<(u8, u8)> {
        let mut ranges: Vec<(u8, u8)> = Vec::new();
        for day in (0..7).filter(|day| self.contains(*day)) {
            match ranges.last_mut().filter(|(_, last)| *last + 1 == day) {
                Some((_, last)) => *last = day,
                None => ranges.push((day, day)),
            }
        }
        ranges
    }

    fn words(self) -> String {
        let range = |(first, last): (u8, u8)| match last - first {
            0 => NAMES[usize::from(first)].to_owned(),
            1 => format!("{}, {}", NAMES[usize::from(first)], NAMES[usize::from(last)]),
            _ => format!("{}–{}", NAMES[usize::from(first)], NAMES[usize::from(last)]),
        };
        self.ranges().into_iter().map(range).collect::<Vec<_>>().join(", ")
    }

    /// The field of cron, where Monday is 1 and Sunday 7.
    fn field(self) -> String {
        if self == Self::ALL {
            return "*".to_owned();
        }
        let range = |(first, last): (u8, u8)| match last - first {
            0 => format!("{}", first + 1),
            _ => format!("{}-{}", first + 1, last + 1),
        };
        self.ranges().into_iter().map(range).collect::<Vec<_>>().join(",")
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |places: &[Span], hours: bool| {
            places.iter().map(|place| time(*place, hours)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Every { period, place } if period.us() <= MINUTE_US => {
                let seconds = place.us() / SECOND_US;
                match period.us() {
                    MINUTE_US => write!(f, "every minute at second {seconds}"),
                    us => write!(f, "every {} s from second {seconds}", us / SECOND_US),
                }
            }
            Self::Every { period, place } if period.us() < HOUR_US => {
                write!(f, "every {} min at {}", period.us() / MINUTE_US, time(*place, false))
            }
            Self::Every { period, place } if period.us() == HOUR_US => {
                write!(f, "every hour at {}", time(*place, false))
            }
            Self::Every { period, place } => {
                write!(f, "every {} h from {}", period.us() / HOUR_US, time(*place, true))
            }
            Self::Hourly { minutes } => write!(f, "every hour at {}", list(minutes, false)),
            Self::Daily { times, weekdays: Weekdays::ALL } => write!(f, "daily {}", list(times, true)),
            Self::Daily { times, weekdays } => write!(f, "{} {}", weekdays.words(), list(times, true)),
            Self::Interval { period } => write!(f, "about every {}, at no fixed place", distance(*period)),
        }
    }
}

/// `:02`, `03:10`, with seconds where there are any.
fn time(place: Span, hours: bool) -> String {
    let seconds = place.us() / SECOND_US;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let hour = if hours { format!("{hour:02}") } else { String::new() };
    match second {
        0 => format!("{hour}:{minute:02}"),
        _ => format!("{hour}:{minute:02}:{second:02}"),
    }
}

fn distance(period: Span) -> String {
    let seconds = period.us() / SECOND_US;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) if minutes < 60 => format!("{minutes} min"),
        (minutes, 0) if minutes % 60 == 0 => format!("{} h", minutes / 60),
        (minutes, 0) => format!("{} h {} min", minutes / 60, minutes % 60),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

impl Rule {
    /// The rule as a cron expression; `None` where one cannot say it.
    pub fn cron(&self) -> Option<CronRule> {
        match self {
            Self::Every { period, place } => Some(every(*period, *place)),
            Self::Hourly { minutes } => {
                let minute = minutes.iter().map(|place| (place.us() / MINUTE_US).to_string());
                let expression = format!("{} * * * *", minute.collect::<Vec<_>>().join(","));
                Some(CronRule { expression, offset: offset(*minutes.first()?) })
            }
            Self::Daily { times, weekdays } => {
                let first = times.first()?;
                let minute = |place: &Span| place.us() / MINUTE_US % 60;
                // Five fields are every one of their hours with every one of their minutes.
                if times.iter().any(|place| minute(place) != minute(first)) {
                    return None;
                }
                let hours = times.iter().map(|place| (place.us() / HOUR_US).to_string());
                let hours = hours.collect::<Vec<_>>().join(",");
                let expression = format!("{} {hours} * * {}", minute(first), weekdays.field());
                Some(CronRule { expression, offset: offset(*first) })
            }
            Self::Interval { .. } => None,
        }
    }
}

/// What is left of a place below the minute.
fn offset(place: Span) -> Span {
    Span(place.us() % MINUTE_US)
}

fn every(period: Span, place: Span) -> CronRule {
    let step = |unit: i64, last: i64| {
        let (every, from) = (period.us() / unit, place.us() / unit);
        match (every, from) {
            (1, _) => "*".to_owned(),
            (every, 0) => format!("*/{every}"),
            (every, from) => format!("{from}-{last}/{every}"),
        }
    };
    if period.us() < MINUTE_US {
        return CronRule { expression: format!("{} * * * * *", step(SECOND_US, 59)), offset: Span(0) };
    }
    let expression = if period.us() < HOUR_US {
        format!("{} * * * *", step(MINUTE_US, 59))
    } else {
        format!("{} {} * * *", place.us() / MINUTE_US % 60, step(HOUR_US, 23))
    };
    CronRule { expression, offset: offset(place) }
}
