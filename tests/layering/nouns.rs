//! One noun, one meaning: the names of types by the rooms that define them.

use crate::tokens::{text, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The rooms in which each type is defined. Types that a trait asks for (`type Error = …`) and those of tests
/// are left out.
pub(crate) fn rooms_by_type(sources: &[(PathBuf, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, source) in sources.iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        let Some(room) =
            path.with_extension("").iter().next().map(|room| room.to_string_lossy().into_owned())
        else {
            continue;
        };
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let tokens = tokens(source);
        for (i, token) in tokens.iter().enumerate() {
            if ["struct", "enum", "trait"].contains(&token.text.as_str()) {
                rooms.entry(text(&tokens, i + 1).to_owned()).or_default().insert(room.clone());
            }
        }
    }
    rooms
}
