//! The log: a line an event, as text or as JSON.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::clock::Clock;
use crate::legible;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogForm {
    Text,
    Json,
}

pub struct Log {
    form: LogForm,
    clock: Clock,
    out: Mutex<Box<dyn Write + Send>>,
}

impl Log {
    pub fn new(form: LogForm, clock: Clock, out: Box<dyn Write + Send>) -> Self {
        Self { form, clock, out: Mutex::new(out) }
    }

    pub(super) fn write(&self, event: &str, fields: &[(&str, Value)]) {
        let at = self.clock.now().to_string();
        let line = match self.form {
            LogForm::Json => {
                let named = [("at", Value::from(at)), ("event", Value::from(event))];
                let all = named.into_iter().chain(fields.iter().cloned());
                Value::Object(all.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
                    .to_string()
            }
            LogForm::Text => {
                let said = fields.iter().map(|(name, value)| match value {
                    Value::String(text) => format!(" {name}={}", quoted(text)),
                    other => format!(" {name}={other}"),
                });
                format!("{at} {event}{}", said.collect::<String>())
            }
        };
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody is left to tell when the log cannot be written.
        drop(writeln!(out, "{line}").and_then(|()| out.flush()));
    }
}

/// One word, or one text in quotes: an event stays one line whatever a client sent.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '"' && c != '=');
    if plain { text.to_owned() } else { format!("{:?}", legible::visible(text)) }
}
