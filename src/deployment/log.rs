//! `[log]`: how the lines of a log become runs. The built-in patterns, one file each in `mappings/logs/`, are
//! written the same way.

use chrono_tz::Tz;
use regex::Regex;

use super::built_in_file::{self, BuiltInFiles};
use super::document::{Item, Section};
use crate::log_pattern::{LogField, LogLine, LogPattern, LogRule, LogSettings};
use crate::nearest::did_you_mean;

const FILES: BuiltInFiles = &[("node_cron", include_str!("../../mappings/logs/node_cron.toml"))];

/// The group of a pattern with the time of a line that is not JSON.
const TIME_GROUP: &str = "time";

const TIME_KEYS: [&str; 5] = ["timestamp", "time", "@timestamp", "ts", "asctime"];
const MESSAGE_KEYS: [&str; 4] = ["message", "msg", "event", "log"];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogSection {
    pattern: Option<LogPattern>,
    pub time_zone: Option<Tz>,
}

impl LogSection {
    /// The pattern of the file, or all that are built in.
    ///
    /// # Errors
    /// When a built-in one cannot be read.
    pub fn settings(&self) -> Result<LogSettings, String> {
        let patterns = match &self.pattern {
            Some(pattern) => vec![pattern.clone()],
            None => names().map(pattern_of).collect::<Result<_, _>>()?,
        };
        Ok(LogSettings { patterns, is_given: self.pattern.is_some(), time_zone: self.time_zone })
    }
}

fn names() -> impl Iterator<Item = &'static str> + Clone {
    FILES.iter().map(|(name, _)| *name)
}

fn pattern_of(name: &str) -> Result<LogPattern, String> {
    let (name, text) = built_in_file::find(FILES, "log pattern", name, None)?;
    built_in_file::read(name, text, |section| pattern(section, name))
        .map_err(|problems| format!("the built-in log pattern {name} cannot be read: {problems}"))
}

pub(super) fn read(item: Option<Item<'_, '_>>) -> LogSection {
    let Some((item, mut section)) = item.and_then(|item| Some((item.clone(), item.section()?))) else {
        return LogSection::default();
    };
    let time_zone = section.zone("time_zone");
    let named = section.get("pattern").and_then(|item| item.parsed("the name of a log pattern", pattern_of));
    let own = pattern(&mut section, "custom");
    section.finish();
    let pattern = match (named, own.rules.is_empty()) {
        (named, true) => {
            if !own.keys.is_empty() || own.time_format.is_some() || own.skipped_after_start {
                item.wrong("it describes no line; add 'started' and 'completed'");
            }
            named
        }
        (None, false) => Some(own),
        (Some(_), false) => {
            item.wrong("a pattern is named, or written line by line; leave one of them out");
            None
        }
    };
    LogSection { pattern, time_zone }
}

fn pattern(section: &mut Section<'_, '_>, name: &str) -> LogPattern {
    let before = section.reader.count();
    let rules = LogLine::ALL.into_iter().flat_map(|tells| rules(section, tells)).collect();
    let keys = LogField::ALL.into_iter().filter_map(|field| {
        let item = section.get(field.key())?;
        Some((field, words(&item)))
    });
    let keys = keys.collect();
    let mut or = |key: &str, usual: &[&str]| match section.get(key) {
        Some(item) => words(&item),
        None => usual.iter().map(|key| (*key).to_owned()).collect(),
    };
    let (time, message) = (or("time", &TIME_KEYS), or("message", &MESSAGE_KEYS));
    let pattern = LogPattern {
        name: name.to_owned(),
        time,
        time_format: section.get("time_format").and_then(|item| time_format(&item)),
        message,
        keys,
        rules,
        skipped_after_start: section.boolean("skipped_after_start").unwrap_or(false),
        skip_reason: section.string("skip_reason"),
        known_limits: section.get("known_limits").map(|item| words(&item)).unwrap_or_default(),
    };
    if section.reader.count() == before {
        check(&pattern, section);
    }
    pattern
}

/// A string, or a list of them.
fn words(item: &Item<'_, '_>) -> Vec<String> {
    let items = if item.is_list() { item.list().unwrap_or_default() } else { vec![item.clone()] };
    items.iter().filter_map(Item::string).collect()
}

fn rules(section: &mut Section<'_, '_>, tells: LogLine) -> Vec<LogRule> {
    let Some(item) = section.get(tells.key()) else { return Vec::new() };
    let items = if item.is_list() { item.list().unwrap_or_default() } else { vec![item] };
    let rule = |item: &Item<'_, '_>| {
        let pattern = item.raw_string()?.value;
        match groups(&pattern) {
            Ok(()) => Some(LogRule { tells, pattern }),
            Err(problem) => {
                item.wrong(problem);
                None
            }
        }
    };
    items.iter().filter_map(rule).collect()
}

/// Whether `pattern` is a regular expression whose groups are known.
fn groups(pattern: &str) -> Result<(), String> {
    let regex = Regex::new(pattern).map_err(|error| format!("this is not a regular expression: {error}"))?;
    let known = || LogField::ALL.map(LogField::key).into_iter().chain([TIME_GROUP]);
    match regex.capture_names().flatten().find(|name| known().all(|known| known != *name)) {
        Some(name) => Err(format!("unknown group '{name}'{}", did_you_mean(name, known()))),
        None => Ok(()),
    }
}

fn time_format(item: &Item<'_, '_>) -> Option<String> {
    let format = item.string()?;
    let mut parts = chrono::format::StrftimeItems::new(&format);
    if parts.any(|part| part == chrono::format::Item::Error) {
        item.wrong(format!("'{format}' is not a format of a time such as \"%d/%b/%Y:%H:%M:%S %z\""));
        return None;
    }
    Some(format)
}

/// What rules need of each other.
fn check(pattern: &LogPattern, section: &Section<'_, '_>) {
    let wrong = |message: String| section.reader.problem(section.line, message);
    let tells = |rule: &LogRule, field: LogField| {
        pattern.keys.contains_key(&field) || rule.pattern.contains(&format!("<{}>", field.key()))
    };
    for rule in &pattern.rules {
        let key = rule.tells.key();
        let by_id = rule.tells != LogLine::Started && tells(rule, LogField::Id);
        if !tells(rule, LogField::Job) && !by_id {
            wrong(format!(
                "'{key}' has no group 'job', as in 'started (?<job>.+)', and no key for it is given"
            ));
        }
        let duration = [LogField::Duration, LogField::DurationMs, LogField::DurationS];
        let is_end = ![LogLine::Started, LogLine::Skipped].contains(&rule.tells);
        if is_end && !pattern.tells_starts() && !duration.iter().any(|field| tells(rule, *field)) {
            wrong(format!(
                "'{key}' tells no duration, and no line tells a start: add 'started', or a group 'duration_ms'"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pattern_is_read() {
        for name in names() {
            assert!(!pattern_of(name).unwrap().rules.is_empty(), "{name}");
        }
    }
}
