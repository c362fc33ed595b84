//! SQL that reads a text as a time in a declared format: whole microseconds as if it were UTC, NULL for what is
//! not written so from its first character to its last, and for a day that no calendar has.

use crate::database::Dialect;
use crate::time_format::{FormatItem, TimeFormat, TimePart};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn microseconds(format: &TimeFormat, dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Sqlite => Pieces::of(format).microseconds(column),
        Dialect::Postgres => postgres(format, column),
        Dialect::MySql | Dialect::MariaDb => mysql(format, dialect, column),
    }
}

fn mysql(format: &TimeFormat, dialect: Dialect, column: &str) -> String {
    let template: String = format.items().iter().map(mysql_item).collect();
    let (pattern, template) = (dialect.literal(&pattern(format)), dialect.literal(&template));
    // The interval makes NULL of a day that no calendar has. `$` also stands before a line feed at the end.
    format!(
        "(CASE WHEN {column} NOT LIKE '%\n' AND {column} REGEXP {pattern} THEN TIMESTAMPDIFF(MICROSECOND, \
         TIMESTAMP'1970-01-01 00:00:00', STR_TO_DATE({column}, {template}) + INTERVAL 0 DAY) END)"
    )
}

fn mysql_item(item: &FormatItem) -> String {
    match item {
        FormatItem::Between(text) => text.clone(),
        FormatItem::Part(part) => match part {
            TimePart::Year => "%Y",
            TimePart::ShortYear => "%y",
            TimePart::Month => "%m",
            TimePart::MonthName => "%b",
            TimePart::Day => "%d",
            TimePart::Hour => "%H",
            TimePart::HalfDayHour => "%I",
            TimePart::Minute => "%i",
            TimePart::Second => "%s",
            TimePart::Fraction => "%f",
            TimePart::HalfDay => "%p",
        }
        .to_owned(),
    }
}

/// A cast fails for a day that no calendar has, so that such days are sorted out by their text.
fn postgres(format: &TimeFormat, column: &str) -> String {
    let literal = |text: &str| Dialect::Postgres.literal(text);
    let text = format!("CAST({column} AS text)");
    let pattern = literal(&pattern(format));
    let group = |part: TimePart, other: &str| {
        let parts = format.items().iter().filter(|item| matches!(item, FormatItem::Part(_)));
        let place = parts.clone().position(|item| *item == FormatItem::Part(part));
        place.map_or_else(|| other.to_owned(), |place| group_text(place + 1))
    };
    let year = if format.has(TimePart::Year) {
        group(TimePart::Year, "")
    } else {
        format!("20{}", group(TimePart::ShortYear, ""))
    };
    let month = group(TimePart::Month, &group(TimePart::MonthName, ""));
    let day = group(TimePart::Day, "");
    let hour = group(TimePart::Hour, &group(TimePart::HalfDayHour, "0"));
    let (minute, second) = (group(TimePart::Minute, "00"), group(TimePart::Second, "00"));
    let (fraction, half) = (group(TimePart::Fraction, "0"), group(TimePart::HalfDay, ""));
    let iso = literal(&format!("{year}-{month}-{day} {hour}:{minute}:{second}.{fraction} {half}"));
    let date = format!("regexp_replace({text}, {pattern}, {})", literal(&format!("{month}/{day}/{year}")));
    let no_day = literal("(?i)^((0?2|feb)/3[01]|(0?[469]|11|apr|jun|sep|nov)/31)/");
    let leap_day = literal("(?i)^(0?2|feb)/29/");
    let leap_year = literal("/([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)$");
    format!(
        "(CASE WHEN {text} ~ {pattern} AND {date} !~ {no_day} AND ({date} !~ {leap_day} OR {date} ~ {leap_year}) \
         THEN CAST(EXTRACT(EPOCH FROM CAST(regexp_replace({text}, {pattern}, {iso}) AS timestamp)) * 1000000 \
         AS bigint) END)"
    )
}

fn group_text(place: usize) -> String {
    // Of two digits a reference would be read as one and a digit.
    format!("\\{place}")
}

/// A regular expression that PostgreSQL, MySQL and MariaDB read alike, with a group for each part.
fn pattern(format: &TimeFormat) -> String {
    let items = format.items();
    let mut pattern = "(?i)^".to_owned();
    for (place, item) in items.iter().enumerate() {
        match item {
            FormatItem::Between(text) => pattern.extend(text.chars().map(literally)),
            FormatItem::Part(part) => pattern.push_str(part_pattern(*part, is_crowded(items, place))),
        }
    }
    pattern + "$"
}

fn literally(character: char) -> String {
    if character.is_ascii_alphabetic() { character.to_string() } else { format!("[{character}]") }
}

/// Whether nothing separates a part from one beside it.
fn is_crowded(items: &[FormatItem], place: usize) -> bool {
    let is_part = |place: Option<usize>| {
        place.and_then(|place| items.get(place)).is_some_and(|item| matches!(item, FormatItem::Part(_)))
    };
    is_part(place.checked_sub(1)) || is_part(place.checked_add(1))
}

const fn part_pattern(part: TimePart, crowded: bool) -> &'static str {
    match (part, crowded) {
        (TimePart::Year, _) => "([1-9][0-9]{3})",
        (TimePart::ShortYear, _) => "([0-6][0-9])",
        (TimePart::Month | TimePart::HalfDayHour, false) => "(0?[1-9]|1[0-2])",
        (TimePart::Month | TimePart::HalfDayHour, true) => "(0[1-9]|1[0-2])",
        (TimePart::MonthName, _) => "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
        (TimePart::Day, false) => "(0?[1-9]|[12][0-9]|3[01])",
        (TimePart::Day, true) => "(0[1-9]|[12][0-9]|3[01])",
        (TimePart::Hour, false) => "([01]?[0-9]|2[0-3])",
        (TimePart::Hour, true) => "([01][0-9]|2[0-3])",
        (TimePart::Minute | TimePart::Second, false) => "([0-5]?[0-9])",
        (TimePart::Minute | TimePart::Second, true) => "([0-5][0-9])",
        (TimePart::Fraction, _) => "([0-9]{1,6})",
        (TimePart::HalfDay, _) => "(am|pm)",
    }
}

/// The parts of a text between its separators: what SQLite, which has no regular expressions, can take apart.
struct Pieces<'a> {
    format: &'a TimeFormat,
    /// The parts of each piece.
    parts: Vec<Vec<TimePart>>,
    /// What stands between them, in order.
    between: Vec<&'a str>,
    starts_with_text: bool,
    ends_with_text: bool,
}

impl<'a> Pieces<'a> {
    fn of(format: &'a TimeFormat) -> Self {
        let items = format.items();
        let mut pieces: Vec<Vec<TimePart>> = vec![Vec::new()];
        let mut between = Vec::new();
        for item in items {
            match item {
                FormatItem::Between(text) => {
                    between.push(text.as_str());
                    pieces.push(Vec::new());
                }
                FormatItem::Part(part) => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.push(*part);
                    }
                }
            }
        }
        let is_text = |item: Option<&FormatItem>| matches!(item, Some(FormatItem::Between(_)));
        let (starts_with_text, ends_with_text) = (is_text(items.first()), is_text(items.last()));
        Self { format, parts: pieces, between, starts_with_text, ends_with_text }
    }

    /// Each step is a query of its own that SQLite does not fold into the next (they have a LIMIT), so that each
    /// is computed once a row.
    fn microseconds(&self, column: &str) -> String {
        let count = self.parts.len();
        let pieces: Vec<String> =
            (0..count).map(|n| format!("json_extract(jd_list, '$[{n}]') AS jd_{n}")).collect();
        let text = format!("SELECT CAST({column} AS TEXT) AS jd_text LIMIT 1");
        let list = format!("SELECT {} AS jd_list FROM ({text}) WHERE {} LIMIT 1", self.list(), self.shape());
        let pieces = format!(
            "SELECT {} FROM ({list}) WHERE json_array_length(jd_list) = {count} LIMIT 1",
            pieces.join(", ")
        );
        let (iso, pattern) = (self.iso(), self.iso_pattern());
        let read =
            format!("SELECT {iso} AS jd_iso, {} AS jd_fraction FROM ({pieces}) LIMIT 1", self.fraction());
        format!(
            "(SELECT CASE WHEN jd_iso GLOB '{pattern}' AND date(jd_iso) = substr(jd_iso, 1, 10) \
             AND substr(jd_iso, 12, 2) < '24' THEN CAST(strftime('%s', jd_iso) AS INTEGER) * 1000000 + jd_fraction END FROM ({read}) LIMIT 1)"
        )
    }

    /// The pieces as a JSON list of texts.
    fn list(&self) -> String {
        let mut separators = self.between.clone();
        // A longer one may hold a shorter one.
        separators.sort_by_key(|text| std::cmp::Reverse(text.len()));
        separators.dedup();
        let cut = separators.iter().fold("jd_text".to_owned(), |text, separator| {
            format!("replace({text}, '{separator}', char(31))")
        });
        format!("'[\"' || replace({cut}, char(31), '\",\"') || '\"]'")
    }

    /// Conditions on the whole text: no other characters, and the separators in their order.
    fn shape(&self) -> String {
        let mut allowed: String = "0-9".to_owned();
        if self.format.has(TimePart::MonthName) || self.format.has(TimePart::HalfDay) {
            allowed.push_str("A-Za-z");
        }
        for character in self.between.concat().chars().filter(|character| *character != '-') {
            if !allowed.contains(character) {
                allowed.push(character);
            }
        }
        // Last, where it is no range.
        allowed.push_str(if self.between.concat().contains('-') { "-" } else { "" });
        format!("jd_text NOT GLOB '*[^{allowed}]*' AND jd_text GLOB '{}'", self.order())
    }

    fn order(&self) -> String {
        let [start, end] =
            [self.starts_with_text, self.ends_with_text].map(|is_text| if is_text { "" } else { "*" });
        format!("{start}{}{end}", self.between.join("*"))
    }

    /// The text of a part, with two digits where it may have one; `None` where the format lacks it.
    fn part(&self, part: TimePart) -> Option<String> {
        let (place, piece) = self.parts.iter().enumerate().find(|(_, piece)| piece.contains(&part))?;
        let whole = format!("jd_{place}");
        if piece.len() > 1 {
            let before = piece.iter().take_while(|other| **other != part).map(|part| part.width());
            let width: usize = piece.iter().map(|part| part.width()).sum();
            let cut = format!("substr({whole}, {}, {})", before.sum::<usize>() + 1, part.width());
            return Some(format!("CASE length({whole}) WHEN {width} THEN {cut} END"));
        }
        match part {
            TimePart::Year | TimePart::MonthName | TimePart::Fraction | TimePart::HalfDay => Some(whole),
            _ => Some(format!("CASE length({whole}) WHEN 1 THEN '0' || {whole} ELSE {whole} END")),
        }
    }

    fn iso(&self) -> String {
        let part = |part: TimePart| self.part(part).map(|text| format!("({text})"));
        let or = |text: Option<String>| text.unwrap_or_else(|| "'00'".to_owned());
        let year = part(TimePart::Year).or_else(|| Some(format!("'20' || {}", part(TimePart::ShortYear)?)));
        let month = part(TimePart::Month).or_else(|| {
            let name = part(TimePart::MonthName)?;
            let numbered = MONTHS.iter().enumerate();
            let branches: String =
                numbered.map(|(number, month)| format!(" WHEN '{month}' THEN '{:02}'", number + 1)).collect();
            Some(format!("CASE lower({name}){branches} END"))
        });
        let hour = part(TimePart::Hour).or_else(|| {
            let (hour, half) = (part(TimePart::HalfDayHour)?, part(TimePart::HalfDay)?);
            Some(format!(
                "CASE WHEN {hour} GLOB '[01][0-9]' AND {hour} BETWEEN '01' AND '12' THEN printf('%02d', \
                 CAST({hour} AS INTEGER) % 12 + CASE lower({half}) WHEN 'am' THEN 0 WHEN 'pm' THEN 12 END) END"
            ))
        });
        let day = or(part(TimePart::Day));
        let (minute, second) = (or(part(TimePart::Minute)), or(part(TimePart::Second)));
        format!(
            "({}) || '-' || ({}) || '-' || {day} || ' ' || ({}) || ':' || {minute} || ':' || {second}",
            or(year),
            or(month),
            or(hour)
        )
    }

    fn iso_pattern(&self) -> String {
        let year = if self.format.has(TimePart::Year) { "[1-9][0-9][0-9][0-9]" } else { "20[0-6][0-9]" };
        format!("{year}-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]")
    }

    /// Its microseconds; NULL where it is no fraction.
    fn fraction(&self) -> String {
        match self.part(TimePart::Fraction) {
            None => "0".to_owned(),
            Some(digits) => format!(
                "CASE WHEN length({digits}) BETWEEN 1 AND 6 AND {digits} NOT GLOB '*[^0-9]*' \
                 THEN CAST(substr({digits} || '00000', 1, 6) AS INTEGER) END"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_leaves_no_room() {
        let pattern = |text: &str| pattern(&TimeFormat::parse(text).unwrap());
        assert_eq!(
            pattern("%d.%m.%Y %H:%M"),
            "(?i)^(0?[1-9]|[12][0-9]|3[01])[.](0?[1-9]|1[0-2])[.]([1-9][0-9]{3})[ ]([01]?[0-9]|2[0-3])[:]([0-5]?[0-9])$"
        );
        assert_eq!(pattern("%Y%m%dT"), "(?i)^([1-9][0-9]{3})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])T$");
    }
}
