//! Phrases that readers stumble over are in no text of the project.
#![allow(clippy::unwrap_used)]

use std::path::Path;

/// Each with what to write in its place.
const PHRASES: [(&str, &str); 44] = [
    ("speak through", "the exit code reports the result"),
    ("speaks through", "the exit code reports the result"),
    ("ake a number of the report back", "show how a reported number was computed"),
    ("ewest runs a side", "minimum runs per window for a verdict"),
    ("othing is still running:", "count every unfinished run as lost"),
    ("ow often to try again", "number of retries"),
    ("lines that are no runs", "skip invalid lines"),
    ("is no scope", "unknown scope"),
    ("which says nothing", "3 rows have no status"),
    ("hides a course", "a single figure hides the trend"),
    ("the same in other shares", "weekdays differ"),
    ("at their place in the cycle", "on schedule"),
    ("worth a word", "smallest change reported"),
    ("hardly settle", "more data is unlikely to help"),
    ("waiting adds none", "the baseline cannot grow; choose a longer one"),
    ("occupy nothing in the levels", "counted as failures, left out of concurrency"),
    ("independent ones", "consecutive runs resemble each other: 21 count as about 5"),
    ("sum of starts less ends", "most jobs running at one moment"),
    ("ime with so many runs at once", "how often N jobs ran together"),
    ("way of the data", "how it works"),
    ("leaves the house", "redacting shared reports"),
    ("where the rows are", "in the database"),
    ("runs that never came", "runs that never started"),
    ("whence", "from where"),
    ("therein", "in it"),
    ("back to its query", "show how a reported number was computed"),
    ("runs a side", "runs per window"),
    ("a side ", "a window"),
    ("othing is still running", "count every unfinished run as lost"),
    ("may pass\"", "number of retries"),
    ("that is no ", "unknown scope 'x'"),
    ("that are no ", "skip invalid lines"),
    ("is asked of job", "the target on METRIC names job 'x', which is not declared"),
    ("\"look:", "warning:"),
    ("\"do:", "fix:"),
    ("it is past, so", "the baseline cannot grow; choose a longer one"),
    ("before stands on", "above the line: before; below: after"),
    ("hangs from it", "above the line: before; below: after"),
    (" bears ", "has"),
    (" bear ", "have"),
    (" is told", "is reported"),
    (" are told", "are reported"),
    ("stands in ", "is in"),
    ("of which it is known", "known"),
];

fn look(place: &Path, found: &mut Vec<String>) {
    if place.is_dir() {
        let entries = std::fs::read_dir(place).unwrap();
        entries.for_each(|entry| look(&entry.unwrap().path(), found));
        return;
    }
    let Ok(text) = std::fs::read_to_string(place) else { return };
    for (nth, line) in text.lines().enumerate() {
        for (phrase, better) in PHRASES {
            if line.contains(phrase) {
                found.push(format!("{}:{}: '{phrase}'; write: {better}", place.display(), nth + 1));
            }
        }
    }
}

#[test]
fn no_text_holds_a_phrase_that_has_a_plainer_one() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in ["src", "templates", "docs", "queries", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"] {
        look(&top.join(place), &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
