//! NDJSON: one JSON object a line, its keys the columns.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::cells::LineCells;

use super::fault::{Fault, Parsed, ReadError};
use super::lines::Lines;
use crate::run::Field;

/// Holds the line that is being read.
#[derive(Debug, Default)]
pub(super) struct Ndjson {
    line: Vec<u8>,
}

impl Ndjson {
    /// The next line that is not blank, as a run; `None` at the end.
    pub(super) fn next(&mut self, lines: &mut Lines) -> Result<Option<Parsed>, ReadError> {
        loop {
            self.line.clear();
            if !lines.append(&mut self.line)? {
                return Ok(None);
            }
            let text = self.line.trim_ascii();
            if !text.is_empty() {
                return Ok(Some(Parsed { line: lines.line, run: cells(text).and_then(|cells| cells.run()) }));
            }
        }
    }
}

fn cells(line: &[u8]) -> Result<LineCells<'_>, Fault> {
    let text = std::str::from_utf8(line).map_err(|_| Fault::Encoding)?;
    if !text.starts_with('{') {
        return Err(Fault::NotAnObject);
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let outcome = reader.deserialize_map(ObjectVisitor).map_err(|error| syntax(&error))?;
    reader.end().map_err(|error| syntax(&error))?;
    outcome
}

/// The reader counts lines within the text it was given, which is always the first; only the place in it
/// says anything.
fn syntax(error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&place).unwrap_or(&message);
    Fault::Json(format!("not valid JSON: {message}, at byte {}", error.column()))
}

/// Reads an object; what is wrong with a key or a value is kept apart from what is wrong with the JSON,
/// and reading goes on so that broken JSON comes first.
struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Result<LineCells<'de>, Fault>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = LineCells::default();
        let mut seen = [false; Field::STORED.len()];
        let mut fault = None;
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let Some(column) = Field::from_column(&key) else {
                map.next_value::<serde::de::IgnoredAny>()?;
                fault.get_or_insert(Fault::UnknownColumn(key.into_owned()));
                continue;
            };
            match map.next_value_seed(ValueSeed)? {
                JsonValue::Text(text) => cells.set(column, text),
                JsonValue::Absent => {}
                JsonValue::Other(what) => {
                    fault.get_or_insert(other(column, what));
                }
            }
            if std::mem::replace(&mut seen[column as usize], true) {
                fault.get_or_insert(Fault::Twice(column));
            }
        }
        Ok(match fault {
            Some(fault) => Err(fault),
            None => Ok(cells),
        })
    }
}

fn other(column: Field, what: &str) -> Fault {
    Fault::Json(format!("{column} is {what}; it must be text, a whole number or null"))
}

/// A value of an object, as far as it can be a cell.
enum JsonValue<'de> {
    Text(Cow<'de, str>),
    Absent,
    Other(&'static str),
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match deserializer.deserialize_str(ValueVisitor)? {
            JsonValue::Text(text) => Ok(text),
            JsonValue::Absent | JsonValue::Other(_) => Err(D::Error::custom("key must be a string")),
        }
    }
}

struct ValueSeed;

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = JsonValue<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = JsonValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a whole number or null")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Owned(number.to_string())))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(JsonValue::Absent)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(JsonValue::Other("true or false"))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(JsonValue::Other("a number with a fraction or beyond 64 bits"))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Other("an object"))
    }
}
