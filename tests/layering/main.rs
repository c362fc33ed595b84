//! Who may import whom. The way of the data runs one way through the rooms of `src`, and this test
//! reads the paths in the sources and holds it.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const WORDS: &[&str] = &[
    "cancellation",
    "clock",
    "figure",
    "finite",
    "legible",
    "mapping",
    "nearest",
    "run",
    "sql_text",
    "window",
];
const OBSERVED: &[&str] = &[
    "cancellation",
    "clock",
    "figure",
    "finite",
    "legible",
    "mapping",
    "nearest",
    "run",
    "sql_text",
    "window",
    "observation",
];

/// Each layer may know every one above it; rooms of one layer do not know each other, except words.
const LAYERS: &[&[&str]] = &[
    WORDS,
    &["observation"],
    &["analysis"],
    &["judgement"],
    &["deployment"],
    &["settings"],
    &["report"],
    &["render"],
];

/// The rooms that `room` may name; `None` for a room that this test has not been told about.
fn may_know(room: &str) -> Option<BTreeSet<&'static str>> {
    let all = || LAYERS.iter().copied().flatten().copied();
    let reading = || OBSERVED.iter().copied().chain(["settings"]);
    let known: BTreeSet<&str> = match room {
        "source" => reading().chain(["database"]).collect(),
        "observe" => reading().chain(["database", "source"]).collect(),
        "database" | "sink" => WORDS.iter().copied().collect(),
        "pipeline" => {
            all().filter(|r| *r != "render").chain(["database", "source", "observe", "sink"]).collect()
        }
        "demo" => OBSERVED.iter().copied().collect(),
        "cli" | "http" => all().chain(["source", "observe", "sink", "pipeline", "demo"]).collect(),
        _ => {
            let own = LAYERS.iter().position(|layer| layer.contains(&room))?;
            let above = LAYERS[..own].iter().copied().flatten().copied();
            if own == 0 { WORDS.iter().copied().collect() } else { above.collect() }
        }
    };
    Some(known)
}

/// Names that a room hands on from another to those who may not know that one: the words in which a mapping
/// is written, and the dialect that statements are printed in.
const HANDED_ON: &[(&str, &str)] = &[
    ("settings", "EpochUnit"),
    ("settings", "MappingSettings"),
    ("settings", "StatusMapping"),
    ("pipeline", "Dialect"),
];

/// What only one room may use: a crate, and the room.
const GUARDED_CRATES: &[(&str, &str)] = &[("sqlx", "database"), ("minijinja", "render")];

/// Types whose `now` asks for the time; only `clock` may.
const CLOCKS: &[&str] = &["Utc", "Local", "SystemTime", "Instant"];

#[test]
fn the_rooms_know_only_what_lies_above_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    assert!(files.len() > 10, "the sources were not found");
    let sources: Vec<(&Path, String)> = files
        .iter()
        .map(|file| (file.strip_prefix(&src).unwrap(), std::fs::read_to_string(file).unwrap()))
        .collect();
    let handed_on: HandedOn =
        sources.iter().flat_map(|(path, text)| Source::read(path, text).hands_on()).collect();
    let wrong: Vec<String> =
        sources.iter().flat_map(|(path, text)| violations(path, text, &handed_on)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_planted_violation_is_found() {
    let cases = [
        ("analysis/rate.rs", "use crate::report::Report;", "analysis names report"),
        ("analysis/rate.rs", "use crate::{clock::Span, settings::{A, B}};", "analysis names settings"),
        ("observation.rs", "fn f() -> crate::judgement::Target { g() }", "observation names judgement"),
        ("observation.rs", "use super::analysis;", "observation names analysis"),
        ("analysis/rate.rs", "use super::super::render::x;", "analysis names render"),
        ("analysis/mod.rs", "mod tests { use super::super::cli; }", "analysis names cli"),
        ("cli/report.rs", "use crate::database::Session;", "cli names database"),
        ("source/mod.rs", "use crate::analysis::plan::JobPlan;", "source names analysis"),
        ("database/mod.rs", "use crate::settings::Policy;", "database names settings"),
        ("settings/mod.rs", "pub use crate::analysis::*;", "settings hands on all of analysis"),
        ("observe/mod.rs", "/* a 'quote */ fn f<'a>() { crate::pipeline::run() }", "observe names pipeline"),
        ("judgement/mod.rs", "use jobdelta::cli;", "judgement names cli"),
        ("source/mod.rs", "use sqlx::Row;", "source uses sqlx, which belongs to database"),
        ("cli/mod.rs", "minijinja::Environment::new()", "cli uses minijinja, which belongs to render"),
        ("cli/mod.rs", "let t = std::time::Instant::now();", "cli asks Instant for the time"),
        ("utils/mod.rs", "", "utils is no room"),
    ];
    for (path, text, expected) in cases {
        let found = violations(Path::new(path), text, &HandedOn::new());
        assert!(found.len() == 1 && found[0].contains(expected), "{path}: {text}\n{found:?}");
    }
}

#[test]
fn a_name_that_another_room_hands_on_is_still_its_owner_s() {
    let settings = "pub use crate::analysis::{plan::{Scope, JobPlan as Job}, metric}; \
                    pub use crate::deployment::MappingSettings; use crate::analysis::Hidden;";
    let handed_on: HandedOn = Source::read(Path::new("settings/mod.rs"), settings).hands_on().collect();
    let cases = [
        ("source/mod.rs", "use crate::settings::Scope;", "source names analysis through settings"),
        ("source/mod.rs", "use crate::{run, settings::{Policy, Job}};", "source names analysis through"),
        ("source/a.rs", "fn f() { crate::settings::Scope::All }", "source names analysis through"),
        ("observe/a.rs", "use crate::settings::metric::Unit;", "observe names analysis through"),
    ];
    for (path, text, expected) in cases {
        let found = violations(Path::new(path), text, &handed_on);
        assert!(found.len() == 1 && found[0].contains(expected), "{path}: {text}\n{found:?}");
    }
    let allowed = [
        ("source/mod.rs", "use crate::settings::{MappingSettings, JobPlan, Hidden};"),
        ("report/mod.rs", "use crate::settings::Scope;"),
    ];
    for (path, text) in allowed {
        let found = violations(Path::new(path), text, &handed_on);
        assert!(found.is_empty(), "{path}: {text}\n{found:?}");
    }
}

#[test]
fn what_is_allowed_is_not_held_against_anyone() {
    let cases = [
        ("window.rs", "use crate::clock::{Span, Timestamp};"),
        ("judgement/mod.rs", "use crate::{analysis::plan, observation}; use super::judgement;"),
        ("analysis/rate.rs", "use super::plan; mod tests { use super::super::rate; use super::*; }"),
        ("database/mod.rs", "use sqlx::Row; use crate::clock::Stopwatch;"),
        ("clock.rs", "Utc::now()"),
        (
            "analysis/mod.rs",
            "// crate::report and sqlx\nlet s = \"crate::cli \\\" sqlx::x\"; let r = r#\"crate::cli\"#;",
        ),
        ("analysis/mod.rs", "let quote = '\"'; /* crate::cli /* nested */ crate::cli */ let end = '\\'';"),
        ("cli/mod.rs", "use clap::Parser; use crate::pipeline;"),
        ("lib.rs", "pub mod analysis;"),
        ("main.rs", "use jobdelta::cli;"),
    ];
    for (path, text) in cases {
        let found = violations(Path::new(path), text, &HandedOn::new());
        assert!(found.is_empty(), "{path}: {text}\n{found:?}");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// The room that owns what another hands on, by the room and the name under which it does.
type HandedOn = BTreeMap<(String, String), String>;

/// A name in a path from the crate's root.
struct Named {
    /// The room that the path leads into.
    room: String,
    /// A later part of the path; none for the room itself.
    part: Option<String>,
    line: usize,
    /// Whether `pub use` hands it on.
    is_handed_on: bool,
}

/// A file of the sources.
struct Source {
    room: String,
    /// Parts of the path of its module.
    depth: usize,
    tokens: Vec<Token>,
}

impl Source {
    fn read(path: &Path, text: &str) -> Self {
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|name| name == "mod") {
            module.pop();
        }
        Self { room: module[0].clone(), depth: module.len(), tokens: tokens(text) }
    }

    /// What it hands on of other rooms.
    fn hands_on(self) -> impl Iterator<Item = ((String, String), String)> {
        let named = rooms_named(&self.tokens, self.depth).into_iter();
        named
            .filter(|named| named.is_handed_on)
            .filter_map(move |named| Some(((self.room.clone(), named.part?), named.room)))
    }
}

/// One line for each rule that the file at `path` (below `src`) breaks.
fn violations(path: &Path, text: &str, handed_on: &HandedOn) -> Vec<String> {
    let source = Source::read(path, text);
    let room = source.room.as_str();
    if source.depth == 1 && (room == "lib" || room == "main") {
        return Vec::new();
    }
    let at = path.display();
    let Some(known) = may_know(room) else {
        return vec![format!("{at}: {room} is no room; give it a place in tests/layering.rs")];
    };
    let unknown = |other: &str| other != room && !known.contains(other);
    let mut wrong = Vec::new();
    for Named { room: named, part, line, is_handed_on } in rooms_named(&source.tokens, source.depth) {
        let Some(part) = part else {
            if unknown(&named) {
                wrong.push(format!("{at}:{line}: {room} names {named}"));
            }
            continue;
        };
        if is_handed_on && part == "*" && named != room {
            wrong.push(format!("{at}:{line}: {room} hands on all of {named}"));
        }
        let agreed = HANDED_ON.contains(&(named.as_str(), part.as_str()));
        let owner = handed_on.get(&(named.clone(), part)).filter(|owner| !agreed && unknown(owner));
        wrong.extend(owner.map(|owner| format!("{at}:{line}: {room} names {owner} through {named}")));
    }
    wrong.extend(guarded(&source.tokens, room).map(|complaint| format!("{at}:{complaint}")));
    wrong
}

/// What paths from the crate's root name.
fn rooms_named(tokens: &[Token], file_depth: usize) -> Vec<Named> {
    let mut found = Vec::new();
    let mut braces = 0_usize;
    let mut inline_modules = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        // `pub use` or `pub(crate) use`
        let is_handed_on =
            i >= 2 && tokens[i - 1].text == "use" && ["pub", ")"].contains(&text(tokens, i - 2));
        match tokens[i].text.as_str() {
            "{" => {
                if i >= 2 && tokens[i - 2].text == "mod" {
                    inline_modules.push(braces);
                }
                braces += 1;
            }
            "}" => {
                braces = braces.saturating_sub(1);
                inline_modules.retain(|opened| *opened < braces);
            }
            "crate" | "jobdelta" if text(tokens, i + 1) == "::" => {
                names_after(tokens, i + 2, None, is_handed_on, &mut found);
            }
            "super" if i == 0 || tokens[i - 1].text != "::" => {
                let mut levels = 1;
                while text(tokens, i + 1) == "::" && text(tokens, i + 2) == "super" {
                    levels += 1;
                    i += 2;
                }
                if levels >= file_depth + inline_modules.len() && text(tokens, i + 1) == "::" {
                    names_after(tokens, i + 2, None, is_handed_on, &mut found);
                }
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// What the path at `from`, inside `room`, or each path in the group there, names. Gives the place after it.
fn names_after(
    tokens: &[Token],
    from: usize,
    room: Option<&str>,
    is_handed_on: bool,
    found: &mut Vec<Named>,
) -> usize {
    let Some(first) = tokens.get(from) else { return from };
    if first.text == "{" {
        let mut at = from + 1;
        while at < tokens.len() && tokens[at].text != "}" {
            at = names_after(tokens, at, room, is_handed_on, found);
            if text(tokens, at) == "," {
                at += 1;
            }
        }
        return at + 1;
    }
    let renamed = text(tokens, from + 1) == "as";
    let name = if renamed { text(tokens, from + 2) } else { first.text.as_str() };
    found.push(match room {
        None => Named { room: first.text.clone(), part: None, line: first.line, is_handed_on },
        Some(room) => {
            Named { room: room.to_owned(), part: Some(name.to_owned()), line: first.line, is_handed_on }
        }
    });
    if text(tokens, from + 1) == "::" {
        return names_after(tokens, from + 2, room.or(Some(&first.text)), is_handed_on, found);
    }
    if renamed { from + 3 } else { from + 1 }
}

/// Uses of a guarded crate or of the clock outside their room.
fn guarded(tokens: &[Token], room: &str) -> impl Iterator<Item = String> {
    (0..tokens.len()).filter_map(move |i| {
        let Token { text: word, line } = &tokens[i];
        let starts_path = i == 0 || tokens[i - 1].text != "::";
        let next = text(tokens, i + 1);
        let owner = GUARDED_CRATES.iter().find(|(name, _)| name == word).map(|(_, owner)| *owner);
        if let Some(owner) = owner.filter(|owner| *owner != room && starts_path && next == "::") {
            return Some(format!("{line}: {room} uses {word}, which belongs to {owner}"));
        }
        let asks = CLOCKS.contains(&word.as_str()) && next == "::" && text(tokens, i + 2) == "now";
        (asks && room != "clock").then(|| format!("{line}: {room} asks {word} for the time"))
    })
}

/// A word or a sign of the source, with its line.
struct Token {
    text: String,
    line: usize,
}

fn text(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |token| token.text.as_str())
}

/// Words and signs of Rust source without comments, strings and characters.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut i, mut line) = (Vec::new(), 0, 1);
    while i < chars.len() {
        let after = skipped(&chars, i).min(chars.len());
        if after > i {
            line += chars[i..after].iter().filter(|c| **c == '\n').count();
            i = after;
            continue;
        }
        let mut end = i + 1;
        if is_word(chars[i]) {
            while end < chars.len() && is_word(chars[end]) {
                end += 1;
            }
        } else if chars[i] == ':' && chars.get(i + 1) == Some(&':') {
            end += 1;
        }
        found.push(Token { text: chars[i..end].iter().collect(), line });
        i = end;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The place after the white space, comment, string, character or lifetime that begins at `i`; `i`
/// itself where none does.
fn skipped(chars: &[char], i: usize) -> usize {
    let find = |from: usize, what: &str| {
        let what: Vec<char> = what.chars().collect();
        (from..chars.len())
            .find(|&at| chars[at..].starts_with(&what))
            .map_or(chars.len(), |at| at + what.len())
    };
    let next = chars.get(i + 1).copied().unwrap_or(' ');
    match chars[i] {
        c if c.is_whitespace() => i + 1,
        '/' if next == '/' => find(i, "\n"),
        '/' if next == '*' => {
            let (mut depth, mut at) = (1, i + 2);
            while depth > 0 && at < chars.len() {
                match (chars[at], chars.get(at + 1)) {
                    ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
                    ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
            }
            at
        }
        'r' if (next == '"' || next == '#') && (i == 0 || !is_word(chars[i - 1])) => {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(i + 1 + hashes) == Some(&'"') {
                find(i + 2 + hashes, &format!("\"{}", "#".repeat(hashes)))
            } else {
                i
            }
        }
        '"' => closing(chars, i + 1, '"'),
        '\'' if next == '\\' || chars.get(i + 2) == Some(&'\'') => closing(chars, i + 1, '\''),
        '\'' => i + 1 + chars[i + 1..].iter().take_while(|c| is_word(**c)).count(),
        _ => i,
    }
}

/// The place after the next `quote` that no backslash precedes.
fn closing(chars: &[char], mut i: usize, quote: char) -> usize {
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}
