//! How people and programs write a date and a time where it is not ISO 8601: `%d.%m.%Y %H:%M:%S`.

use std::fmt;

use chrono::NaiveDateTime;

/// A part of a written time. Numbers of two digits may have one where a text separates them from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimePart {
    /// `%Y`, four digits.
    Year,
    /// `%y`, the years 2000 to 2069.
    ShortYear,
    /// `%m`
    Month,
    /// `%b`, three English letters.
    MonthName,
    /// `%d`
    Day,
    /// `%H`, 0 to 23.
    Hour,
    /// `%I`, 1 to 12.
    HalfDayHour,
    /// `%M`
    Minute,
    /// `%S`
    Second,
    /// `%f`, one to six digits after the second.
    Fraction,
    /// `%p`, AM or PM.
    HalfDay,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FormatItem {
    Part(TimePart),
    /// What stands between parts, never empty.
    Between(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TimeFormat {
    text: String,
    items: Vec<FormatItem>,
}

impl TimePart {
    const ALL: [(char, Self); 11] = [
        ('Y', Self::Year),
        ('y', Self::ShortYear),
        ('m', Self::Month),
        ('b', Self::MonthName),
        ('d', Self::Day),
        ('H', Self::Hour),
        ('I', Self::HalfDayHour),
        ('M', Self::Minute),
        ('S', Self::Second),
        ('f', Self::Fraction),
        ('p', Self::HalfDay),
    ];

    /// How many characters it has where nothing separates it from its neighbour.
    pub const fn width(self) -> usize {
        match self {
            Self::Year => 4,
            Self::MonthName => 3,
            Self::Fraction => 6,
            _ => 2,
        }
    }
}

fn unknown_part(letter: char) -> String {
    let known: Vec<String> = TimePart::ALL.iter().map(|(letter, _)| format!("%{letter}")).collect();
    format!("unknown part '%{}'; known are {} %F %T", letter.escape_debug(), known.join(" "))
}

/// The formats that are tried on texts, the more usual first.
const USUAL: [&str; 26] = [
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M:%S.%f",
    "%d.%m.%Y %H:%M:%S,%f",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M:%S",
    "%d.%m.%y %H:%M:%S",
    "%d.%m.%y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y, %I:%M:%S %p",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%b %d %Y %H:%M:%S",
    "%b %d, %Y %I:%M:%S %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S,%f",
    "%Y-%m-%d %H:%M",
    "%Y%m%d%H%M%S",
];

impl TimeFormat {
    /// # Errors
    /// When it does not say year, month and day once each, or says anything that cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let spelled = text.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S");
        let mut items: Vec<FormatItem> = Vec::new();
        let mut characters = spelled.chars();
        while let Some(character) = characters.next() {
            if character == '%' {
                let letter = characters.next().unwrap_or(' ');
                let part = TimePart::ALL.iter().find(|(known, _)| *known == letter);
                let (_, part) = part.ok_or_else(|| unknown_part(letter))?;
                items.push(FormatItem::Part(*part));
                continue;
            }
            if !(character.is_ascii_alphabetic() || " ,.-/:_".contains(character)) {
                return Err(format!(
                    "'{}' cannot stand in a format: between parts are letters, blanks and , . - / : _",
                    character.escape_debug()
                ));
            }
            match items.last_mut() {
                Some(FormatItem::Between(between)) => between.push(character),
                _ => items.push(FormatItem::Between(character.to_string())),
            }
        }
        let format = Self { text: text.to_owned(), items };
        format.check()?;
        Ok(format)
    }

    pub fn items(&self) -> &[FormatItem] {
        &self.items
    }

    pub fn has(&self, part: TimePart) -> bool {
        self.items.contains(&FormatItem::Part(part))
    }

    /// The usual formats in which each of `texts` can be read; none where there is no text.
    pub fn guess<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Vec<Self> {
        if texts.clone().next().is_none() {
            return Vec::new();
        }
        let formats = USUAL.iter().filter_map(|text| Self::parse(text).ok());
        formats.filter(|format| texts.clone().all(|text| format.reads(text))).collect()
    }

    /// Whether a text is written so. It is for messages and guesses: what the databases read decides.
    pub fn reads(&self, text: &str) -> bool {
        // chrono takes blanks and the fraction for optional, and reads nanoseconds by `%f`.
        let count = |text: &str, mark: char| text.chars().filter(|c| *c == mark).count();
        let alike = " ,.:".chars().all(|mark| count(text, mark) == count(&self.text, mark));
        let spelled = self.text.replace("%S.%f", "%S%.f");
        let long_year = !self.has(TimePart::Year) || !text.starts_with('0');
        alike && long_year && NaiveDateTime::parse_from_str(text, &spelled).is_ok()
    }

    fn check(&self) -> Result<(), String> {
        use TimePart::{
            Day, Fraction, HalfDay, HalfDayHour, Hour, Minute, Month, MonthName, Second, ShortYear, Year,
        };
        let count = |parts: &[TimePart]| {
            let is = |item: &&FormatItem| parts.iter().any(|part| **item == FormatItem::Part(*part));
            self.items.iter().filter(is).count()
        };
        for (parts, name) in [
            (&[Year, ShortYear][..], "a year (%Y or %y)"),
            (&[Month, MonthName], "a month (%m or %b)"),
            (&[Day], "a day (%d)"),
        ] {
            if count(parts) != 1 {
                return Err(format!("'{}' needs {name}, once", self.text));
            }
        }
        for parts in [&[Hour, HalfDayHour][..], &[Minute], &[Second], &[Fraction], &[HalfDay]] {
            if count(parts) > 1 {
                return Err(format!("'{}' has a part twice", self.text));
            }
        }
        if self.has(HalfDayHour) != self.has(HalfDay) {
            return Err(format!("'{}' needs %I and %p together, or %H", self.text));
        }
        for (part, needed, message) in [
            (Minute, count(&[Hour, HalfDayHour]) == 1, "a minute without an hour"),
            (Second, self.has(Minute), "a second without a minute"),
            (Fraction, self.has(Second), "a fraction without a second"),
        ] {
            if self.has(part) && !needed {
                return Err(format!("'{}' has {message}", self.text));
            }
        }
        self.check_neighbours()
    }

    fn check_neighbours(&self) -> Result<(), String> {
        let fraction = FormatItem::Part(TimePart::Fraction);
        let crowded = |pair: &[FormatItem]| {
            matches!(pair, [FormatItem::Part(_), FormatItem::Part(_)]) && pair.contains(&fraction)
        };
        if self.items.windows(2).any(crowded) {
            return Err(format!("'{}' needs a text before and after %f", self.text));
        }
        let letters = |item: &FormatItem| matches!(item, FormatItem::Between(text) if text.contains(|c: char| c.is_ascii_alphabetic()));
        let has_words = self.has(TimePart::MonthName) || self.has(TimePart::HalfDay);
        if has_words && self.items.iter().any(letters) {
            return Err(format!("'{}' has letters beside %b or %p", self.text));
        }
        Ok(())
    }
}

impl fmt::Display for TimeFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_refused() {
        for (text, message) in [
            ("%d.%m %H:%M", "'%d.%m %H:%M' needs a year (%Y or %y), once"),
            ("%d.%d.%Y", "'%d.%d.%Y' needs a month (%m or %b), once"),
            ("%Y-%m-%d %I:%M", "'%Y-%m-%d %I:%M' needs %I and %p together, or %H"),
            ("%Y-%m-%d %M", "'%Y-%m-%d %M' has a minute without an hour"),
            ("%Y-%m-%d %H:%H", "'%Y-%m-%d %H:%H' has a part twice"),
            ("%Y-%m-%d %H:%M:%S%f", "'%Y-%m-%d %H:%M:%S%f' needs a text before and after %f"),
            ("%d'%m'%Y", "''' cannot stand in a format: between parts are letters, blanks and , . - / : _"),
            ("%Y-%m-%d %X", "unknown part '%X'; known are %Y %y %m %b %d %H %I %M %S %f %p %F %T"),
            ("%dT%b %Y", "'%dT%b %Y' has letters beside %b or %p"),
        ] {
            assert_eq!(TimeFormat::parse(text).unwrap_err().replace("\\'", "'"), message, "{text}");
        }
    }

    #[test]
    fn a_guess_reads_every_text() {
        let guess = |texts: &[&str]| -> Vec<String> {
            TimeFormat::guess(texts.iter().copied()).iter().map(TimeFormat::to_string).collect()
        };
        assert_eq!(guess(&["23.11.2026 15:00:00", "1.2.2026 3:00:00"]), ["%d.%m.%Y %H:%M:%S"]);
        assert_eq!(guess(&["11/23/2026 3:00 PM"]), ["%m/%d/%Y %I:%M %p"]);
        assert_eq!(guess(&["3/4/2026 15:00"]), ["%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"]);
        assert_eq!(guess(&["3/4/2026 15:00", "13/4/2026 15:00"]), ["%d/%m/%Y %H:%M"]);
        assert_eq!(guess(&["2026-11-23 15:00:00,123"]), ["%Y-%m-%d %H:%M:%S,%f"]);
        assert_eq!(guess(&["20261123150000"]), ["%Y%m%d%H%M%S"]);
        assert!(guess(&["31.02.2026 15:00:00"]).is_empty());
        assert!(guess(&["soon"]).is_empty() && guess(&[]).is_empty());
    }
}
