//! From a line of a log to what it tells, by a pattern.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::event::{Alone, Begin, End, Event, Tells};
use super::fields::{LineFields, value};
use super::time::{LogClock, LogTime};
use crate::log_pattern::{LogField, LogLine, LogPattern, LogRule};
use crate::run::{Field, Status};
use crate::source::import::cells::text;
use crate::source::import::fault::Fault;

/// Colours of a terminal.
#[allow(clippy::unwrap_used)] // every log of a test is read through it
static COLOUR: LazyLock<Regex> = LazyLock::new(|| Regex::new("\u{1b}\\[[0-9;]*m").unwrap());

/// A pattern, ready for lines.
#[derive(Debug)]
pub(in crate::source::import) struct LogRules {
    pattern: LogPattern,
    compiled: Vec<(LogRule, Regex)>,
    clock: LogClock,
}

impl LogRules {
    /// # Errors
    /// When a pattern is no regular expression.
    pub(in crate::source::import) fn of(
        pattern: &LogPattern,
        zone: Option<chrono_tz::Tz>,
    ) -> Result<Self, regex::Error> {
        let compile = |rule: &LogRule| Ok((rule.clone(), Regex::new(&rule.pattern)?));
        let compiled = pattern.rules.iter().map(compile).collect::<Result<_, regex::Error>>()?;
        let clock = LogClock { format: pattern.time_format.clone(), zone };
        Ok(Self { pattern: pattern.clone(), compiled, clock })
    }

    pub(super) fn known_limits(&self) -> &[String] {
        &self.pattern.known_limits
    }

    /// Whether the line tells of a run at all, right or wrong.
    pub(in crate::source::import) fn describes(&self, line: &[u8]) -> bool {
        !matches!(self.event(line), Ok(None))
    }

    /// What a line tells; `None` where it tells of no run.
    pub(super) fn event(&self, line: &[u8]) -> Result<Option<Event>, Fault> {
        let is_text = std::str::from_utf8(line).is_ok();
        let event = self.event_of(&String::from_utf8_lossy(line))?;
        if event.is_some() && !is_text { Err(Fault::Encoding) } else { Ok(event) }
    }

    fn event_of(&self, line: &str) -> Result<Option<Event>, Fault> {
        let line = plain(line);
        let object = object(&line);
        let inner = object.as_ref().and_then(|outer| object_in(self.message(outer)?.as_ref()));
        match (&inner, &object) {
            (Some(inner), Some(outer)) => self.of_object(inner, Some(outer)),
            (None, Some(outer)) => self.of_object(outer, None),
            (_, None) => self.of_text(line.trim_end()),
        }
    }

    fn message<'o>(&self, object: &'o Map<String, Value>) -> Option<Cow<'o, str>> {
        let mut texts = self.pattern.message.iter().filter_map(|key| object.get(key));
        texts.find_map(Value::as_str).map(|text| plain(text.trim_end()))
    }

    /// A JSON line; `outer` is what a collector wrapped around it.
    fn of_object(
        &self,
        object: &Map<String, Value>,
        outer: Option<&Map<String, Value>>,
    ) -> Result<Option<Event>, Fault> {
        let Some(message) = self.message(object) else { return Ok(None) };
        let Some((tells, fields)) = self.matched(&message, Some(object)) else { return Ok(None) };
        let time = self.time_of(object).or_else(|| self.time_of(outer?));
        let time = match time {
            Some(time) => time?,
            // The text may have a time of its own.
            None => self.clock.read(&message).map_err(|fault| match fault {
                Fault::LogTime(_) => Fault::NoTime,
                fault => fault,
            })?,
        };
        self.tell(tells, &fields, time).map(Some)
    }

    fn of_text(&self, line: &str) -> Result<Option<Event>, Fault> {
        let Some((tells, fields)) = self.matched(line, None) else { return Ok(None) };
        let time = fields.groups.name("time").map_or(line, |time| time.as_str());
        let time = self.clock.read(time)?;
        self.tell(tells, &fields, time).map(Some)
    }

    fn matched<'a>(
        &'a self,
        message: &'a str,
        object: Option<&'a Map<String, Value>>,
    ) -> Option<(LogLine, LineFields<'a>)> {
        self.compiled.iter().find_map(|(rule, regex)| {
            let groups = regex.captures(message)?;
            Some((rule.tells, LineFields { pattern: &self.pattern, groups, object }))
        })
    }

    fn time_of(&self, object: &Map<String, Value>) -> Option<Result<LogTime, Fault>> {
        let key = self.pattern.time.iter().find(|key| object.contains_key(*key))?;
        let text = value(object, key).unwrap_or_default();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_number = is_number && self.clock.format.is_none();
        Some(if is_number { LogClock::number(&text) } else { self.clock.read(&text) })
    }

    fn tell(&self, line: LogLine, fields: &LineFields<'_>, time: LogTime) -> Result<Event, Fault> {
        let get = |field, column| fields.get(field).map(|cell| text(column, &cell)).transpose();
        let (at, is_whole) = time;
        let job = get(LogField::Job, Field::JobName)?;
        let id = get(LogField::Id, Field::RunId)?;
        if job.is_none() && (id.is_none() || line == LogLine::Started) {
            return Err(Fault::Missing(Field::JobName));
        }
        let begin = Begin {
            worker: get(LogField::Worker, Field::Worker)?,
            attempt: fields.number(LogField::Attempt).filter(|attempt| *attempt >= 0),
            stagger_offset_s: fields.number(LogField::OffsetS),
            ..Begin::default()
        };
        let status = match line {
            LogLine::Started => return Ok(Event { at, is_whole, job, id, tells: Tells::Start(begin) }),
            LogLine::Completed => Status::Success,
            LogLine::Failed => Status::Failed,
            LogLine::TimedOut => Status::Timeout,
            LogLine::Cancelled => Status::Cancelled,
            LogLine::Skipped => Status::Skipped,
        };
        let is_skipped = status == Status::Skipped;
        let reason = get(LogField::Reason, Field::SkipReason)?.or_else(|| self.pattern.skip_reason.clone());
        let end = End {
            status,
            duration: fields.duration(),
            error: get(LogField::Error, Field::ErrorMessage)?.filter(|_| status != Status::Success),
            skip_reason: reason.filter(|_| is_skipped),
            alone: self.alone(is_skipped),
            begin,
        };
        Ok(Event { at, is_whole, job, id, tells: Tells::End(end) })
    }

    fn alone(&self, is_skipped: bool) -> Alone {
        match is_skipped {
            true if self.pattern.skipped_after_start => Alone::Nothing,
            true => Alone::Moment,
            false if self.pattern.tells_starts() => Alone::Nothing,
            false => Alone::Whole,
        }
    }
}

fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\u{1b}') { COLOUR.replace_all(text, "") } else { Cow::Borrowed(text) }
}

fn object(line: &str) -> Option<Map<String, Value>> {
    object_in(line.trim())
}

fn object_in(text: &str) -> Option<Map<String, Value>> {
    if !text.starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok()
}
