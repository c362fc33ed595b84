//! Mails, as another program reads them.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Debian's interpreter, for which `tests/run` installs packages.
pub const PYTHON: &str = "/usr/bin/python3";

/// The mail as Python's `email` package reads it.
pub fn read_mail(bytes: &[u8]) -> Value {
    let mut child = Command::new(PYTHON)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/read_mail.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_owned();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The texts of a mail's parts and attachments, each with its type.
pub fn parts_of(body: &Value) -> Vec<(String, String)> {
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    match body["parts"].as_array() {
        Some(parts) => parts.iter().flat_map(parts_of).collect(),
        None => vec![(text("type"), text("text"))],
    }
}
