//! Whether a GitHub workflow reads what is printed, and what it must not obey.

use std::collections::BTreeMap;

/// Whether a workflow reads what is printed.
pub(super) fn is_listening(environment: &BTreeMap<String, String>) -> bool {
    environment.get("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Lines that a workflow would obey (`::error::…` after any white space, `##[error]…` anywhere) with a mark
/// without width in them: a job may be called so, and it must neither write annotations nor silence those
/// of others.
pub(super) fn inert(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split_inclusive('\n').map(|line| {
        let line = line.replace("##[", "##\u{2060}[");
        let obeyed = line.trim_start().strip_prefix("::");
        let indent = line.len() - line.trim_start().len();
        obeyed.map_or_else(|| line.clone(), |rest| format!("{}:\u{2060}:{rest}", &line[..indent]))
    });
    lines.collect::<String>().into_bytes()
}
