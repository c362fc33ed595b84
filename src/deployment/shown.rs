//! A deployment file as it may be shown to readers.

use toml::{Table, Value};

/// Stands in place of a secret.
const HIDDEN: &str = "…";

/// Keys whose texts let somebody in, wherever they are: at Prometheus, at a health endpoint, as the sender of a message.
const SECRET: [&str; 2] = ["token", "secret"];

/// Tables whose `url` lets somebody in.
const WITH_SECRET_URL: [&str; 2] = ["source", "webhooks"];

/// The file's contents, comments and secrets left out: the URLs of the database and of webhooks, every token and secret, unless they are only
/// references to the environment, and user and password of any other URL. `None` when `text` is not TOML.
pub fn without_secrets(text: &str) -> Option<String> {
    let mut document: Table = text.parse().ok()?;
    hide_in(&mut document, "");
    toml::to_string(&document).ok()
}

/// Whether all of `text` is `${NAME}`.
fn is_reference(text: &str) -> bool {
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// Hides what is secret in the table that is called `name`.
fn hide_in(table: &mut Table, name: &str) {
    for (key, value) in table {
        let is_secret = SECRET.contains(&key.as_str()) || (key == "url" && WITH_SECRET_URL.contains(&name));
        match value {
            Value::String(text) if is_secret && !is_reference(text) => HIDDEN.clone_into(text),
            Value::String(text) if key == "url" => *text = without_query(&without_passwords(text)),
            value => hide(value, key),
        }
    }
}

fn hide(value: &mut Value, name: &str) {
    match value {
        Value::String(text) => *text = without_passwords(text),
        Value::Array(values) => values.iter_mut().for_each(|value| hide(value, name)),
        Value::Table(values) => hide_in(values, name),
        _ => {}
    }
}

/// An address without its query, which may hold a key.
fn without_query(url: &str) -> String {
    url.split_once('?').map_or_else(|| url.to_owned(), |(place, _)| format!("{place}?{HIDDEN}"))
}

/// `text` without what stands before the `@` of a URL.
fn without_passwords(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after.find(|c: char| c.is_whitespace() || "/\"'?".contains(c)).unwrap_or(after.len());
        // A password may itself have an `@`.
        rest = match after[..end].rfind('@') {
            Some(at) => {
                shown.push_str(HIDDEN);
                &after[at..]
            }
            None => after,
        };
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let text = "summary = \"see https://me:p@ss@wiki.example.org/x and https://example.org/@you\"\n\
                    # url = \"postgres://old:secret@db/app\"\n\
                    [source]\nurl = \"postgres://reader:secret@db/app?password=secret\"\n";
        let shown = without_secrets(text).unwrap();
        assert!(!shown.contains("secret") && !shown.contains("p@ss"), "{shown}");
        assert!(shown.contains("https://…@wiki.example.org/x and https://example.org/@you"), "{shown}");
        let reference = "[source]\nurl = \"${DATABASE_URL}\"\n";
        assert_eq!(without_secrets(reference).unwrap(), reference);
        for url in ["${A}b", "x${A}", "${A}${B}c}"] {
            let shown = without_secrets(&format!("[source]\nurl = \"{url}\"\n")).unwrap();
            assert!(!shown.contains(url), "{shown}");
        }
        let tokens = "[monitoring.health]\ntoken = \"let-me-in\"\nurl = \"http://app/health?key=let-me-in\"\n\
                      [[kpis]]\nprometheus = { token = \"let-me-in\", query = \"${TOKEN}\" }\n\
                      [[kpis]]\nprometheus = { token = \"${TOKEN}\" }\n";
        let shown = without_secrets(tokens).unwrap();
        assert!(!shown.contains("let-me-in") && shown.contains("token = \"${TOKEN}\""), "{shown}");
        let webhook = "[[monitoring.webhooks]]\nurl = \"https://chat.example.org/T0/let-me-in\"\n\
                       secret = \"whsec_let-me-in\"\n[[monitoring.webhooks]]\nurl = \"${CHAT}\"\n";
        let shown = without_secrets(webhook).unwrap();
        assert!(!shown.contains("let-me-in") && shown.contains("url = \"${CHAT}\""), "{shown}");
        assert_eq!(without_secrets("source = "), None);
    }
}
