//! Reading an expression, held to what Vixie cron knows.
//!
//! `croner` reads more than that: `L`, `W`, `#`, `?`, `+`, years, empty parts of a list. A schedule that
//! another cron would read differently is refused here with a word on what to write. Names may stand in
//! ranges and lists. Names and nicknames may be of either case.

use chrono::{Datelike, NaiveDate};
use croner::parser::{CronParser, Seconds, Year};
use croner::{Cron, Weekday};

use crate::analysis::schedule::times::Times;

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

struct FieldRule {
    name: &'static str,
    low: u16,
    high: u16,
    words: &'static [&'static str],
}

const fn numbers(name: &'static str, low: u16, high: u16) -> FieldRule {
    FieldRule { name, low, high, words: &[] }
}

/// The six fields; an expression of five begins with the second.
const FIELDS: [FieldRule; 6] = [
    numbers("second", 0, 59),
    numbers("minute", 0, 59),
    numbers("hour", 0, 23),
    numbers("day-of-month", 1, 31),
    FieldRule { name: "month", low: 1, high: 12, words: &MONTHS },
    FieldRule { name: "day-of-week", low: 0, high: 7, words: &WEEKDAYS },
];

#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) cron: Cron,
    pub(super) times: Times,
    /// Whether the minute or hour field begins with `*`; decides what a change of the clock does.
    pub(super) wildcard: bool,
    pub(super) names_seconds: bool,
}

impl Fields {
    /// Reads `expression`; the error is the reason why not.
    pub(super) fn read(expression: &str) -> Result<Self, String> {
        let plain = nickname(expression.trim())?;
        let fields: Vec<&str> = plain.split_whitespace().collect();
        let first = match fields.len() {
            5 => 1,
            6 => 0,
            count => return Err(format!("it has {count}")),
        };
        let mut spelled = Vec::with_capacity(fields.len());
        for (rule, field) in FIELDS.iter().skip(first).zip(&fields) {
            rule.check(field)?;
            spelled.push(stars_in_lists(&rule.without_words(field)));
        }
        let [.., minute, hour, day, _, weekday] = fields[..] else {
            return Err("it is too short".to_owned());
        };
        let starred = |field: &str| field.starts_with('*');
        // by Vixie either day field does when both are restricted; one that begins with a star, `*/2`
        // as well, is not, and then both have to match
        let cron = CronParser::builder()
            .seconds(Seconds::Optional)
            .year(Year::Optional)
            .dom_and_dow(starred(day) || starred(weekday))
            .build()
            .parse(&spelled.join(" "))
            .map_err(|error| error.to_string())?;
        let values =
            |component: &croner::CronComponent| component.values().into_iter().map(i64::from).collect();
        let times = Times {
            hours: values(&cron.pattern.hours),
            minutes: values(&cron.pattern.minutes),
            seconds: values(&cron.pattern.seconds),
        };
        let wildcard = starred(minute) || starred(hour);
        Ok(Self { cron, times, wildcard, names_seconds: first == 0 })
    }

    pub(super) fn matches(&self, date: NaiveDate) -> bool {
        let pattern = &self.cron.pattern;
        let weekday = Weekday::from_days_from_sunday(date.weekday().num_days_from_sunday());
        let month = pattern.month_match(date.month()).unwrap_or(false);
        month && pattern.day_match(date.year(), date.month(), date.day(), weekday).unwrap_or(false)
    }

    /// The calendar repeats itself after 400 years.
    pub(super) fn match_some_day(&self) -> bool {
        let start = NaiveDate::from_ymd_opt(2000, 1, 1);
        start.is_some_and(|start| start.iter_days().take(400 * 366).any(|date| self.matches(date)))
    }
}

/// The fields that a nickname stands for; any other text as it is.
fn nickname(expression: &str) -> Result<&str, String> {
    let known = [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
    ];
    if !expression.starts_with('@') {
        return Ok(expression);
    }
    if expression.eq_ignore_ascii_case("@reboot") {
        return Err("@reboot fires when a machine starts, which no clock can tell".to_owned());
    }
    let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(expression));
    found
        .map(|&(_, fields)| fields)
        .ok_or_else(|| format!("of nicknames there are {}", known.map(|(name, _)| name).join(", ")))
}

/// A star in a list, spelled in the way that `croner` reads there.
fn stars_in_lists(field: &str) -> String {
    if field == "*" {
        return field.to_owned();
    }
    field.split(',').map(|part| if part == "*" { "*/1" } else { part }).collect::<Vec<_>>().join(",")
}

impl FieldRule {
    /// Numbers in place of words: `croner` takes the Sunday that ends a range for 7.
    fn without_words(&self, field: &str) -> String {
        let numbered = (self.low..).zip(self.words);
        numbered.fold(field.to_ascii_uppercase(), |field, (number, word)| {
            field.replace(word, &number.to_string())
        })
    }

    /// Whether `field` is a list of stars, values and ranges, each with or without a step.
    fn check(&self, field: &str) -> Result<(), String> {
        field.split(',').try_for_each(|part| self.check_part(part))
    }

    fn check_part(&self, part: &str) -> Result<(), String> {
        let (base, step) = match part.split_once('/') {
            Some((base, step)) => (base, Some(step)),
            None => (part, None),
        };
        if let Some(step) = step
            && !(step.bytes().all(|byte| byte.is_ascii_digit())
                && step.parse().is_ok_and(|step: u16| step > 0))
        {
            return Err(format!("'{step}' in the {} field is not a step from 1 up", self.name));
        }
        if base == "*" {
            return Ok(());
        }
        match base.split_once('-') {
            Some((low, high)) if self.value(low)? > self.value(high)? => Err(format!(
                "'{base}' in the {} field runs backwards; write it as two ranges with a comma",
                self.name
            )),
            Some(_) => Ok(()),
            None if step.is_some() => Err(format!(
                "'{part}' in the {} field has a step without a range; write '{base}-{}' before the '/'",
                self.name, self.high
            )),
            None => self.value(base).map(|_| ()),
        }
    }

    fn value(&self, value: &str) -> Result<u16, String> {
        if let Some(place) = self.words.iter().position(|word| word.eq_ignore_ascii_case(value)) {
            return Ok(self.low + u16::try_from(place).unwrap_or(0));
        }
        if value.is_empty() {
            return Err(format!("a value is missing in the {} field", self.name));
        }
        if !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("'{value}' in the {} field is not known to Vixie cron", self.name));
        }
        match value.parse::<u16>() {
            Ok(number) if (self.low..=self.high).contains(&number) => Ok(number),
            _ => Err(format!("{value} in the {} field is not from {} to {}", self.name, self.low, self.high)),
        }
    }
}
