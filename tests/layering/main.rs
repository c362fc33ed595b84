//! Who may import whom. The way of the data runs one way through the rooms of `src`, no two files need each
//! other, and this test reads the paths in the sources and holds it.
#![allow(clippy::unwrap_used)]

mod circles;
mod nouns;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tokens::{Token, text, tokens};

const WORDS: &[&str] = &[
    "cancellation",
    "clock",
    "figure",
    "finite",
    "legible",
    "log_pattern",
    "mapping",
    "measurement",
    "nearest",
    "run",
    "sql_text",
    "staged",
    "time_format",
    "web_address",
    "webhook",
    "window",
];

/// Each layer may know every one above it; rooms of one layer do not know each other, except words.
const LAYERS: &[&[&str]] = &[
    WORDS,
    &["observation"],
    &["analysis"],
    &["inventory"],
    &["judgement"],
    &["deployment"],
    &["settings"],
    &["report"],
    &["render"],
];

/// The rooms that `room` may name; `None` for a room that this test has not been told about.
fn may_know(room: &str) -> Option<BTreeSet<&'static str>> {
    let all = || LAYERS.iter().copied().flatten().copied();
    let observed = || WORDS.iter().copied().chain(["observation"]);
    let reading = || observed().chain(["settings"]);
    let known: BTreeSet<&str> = match room {
        "source" => reading().chain(["database"]).collect(),
        "measure" => observed().chain(["database", "source", "web"]).collect(),
        "observe" => reading().chain(["database", "source"]).collect(),
        "database" | "web" => WORDS.iter().copied().collect(),
        "sink" => WORDS.iter().copied().chain(["web"]).collect(),
        "pipeline" => all()
            .filter(|r| *r != "render")
            .chain(["database", "source", "measure", "observe", "sink", "store"])
            .collect(),
        "demo" => observed().collect(),
        "store" => all().filter(|r| *r != "render").chain(["database", "source"]).collect(),
        "watch" => all().filter(|r| *r != "render").chain(["pipeline", "sink", "store"]).collect(),
        "http" => all().chain(["source", "observe", "sink", "pipeline", "demo", "store", "watch"]).collect(),
        // The command line opens the other door.
        "cli" => {
            all().chain(["source", "observe", "sink", "pipeline", "demo", "store", "watch", "http"]).collect()
        }
        _ => {
            let own = LAYERS.iter().position(|layer| layer.contains(&room))?;
            let above = LAYERS[..own].iter().copied().flatten().copied();
            if own == 0 { WORDS.iter().copied().collect() } else { above.collect() }
        }
    };
    Some(known)
}

/// Names that a room hands on from another to those who may not know that one: the dialect that statements are
/// printed in.
const HANDED_ON: &[(&str, &str)] = &[("pipeline", "Dialect")];

/// What only one room may use: a crate, and the room.
const GUARDED_CRATES: &[(&str, &str)] = &[("sqlx", "database"), ("minijinja", "render"), ("ureq", "web")];

/// Types whose `now` asks for the time; only `clock` may.
const CLOCKS: &[&str] = &["Utc", "Local", "SystemTime", "Instant"];

#[test]
fn no_files_need_each_other() {
    let circles = circles::circles(&sources());
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn a_planted_circle_is_found() {
    let cases: [(&[(&str, &str)], &str); 6] = [
        (
            &[("a.rs", "use crate::b::B; pub struct A;"), ("b.rs", "fn f(_: crate::a::A) {} struct B;")],
            "a.rs b.rs",
        ),
        (
            &[
                ("a/mod.rs", "mod part; fn f() { part::g() } const N: u8 = 1;"),
                ("a/part.rs", "fn g() { super::N; }"),
            ],
            "a/mod.rs a/part.rs",
        ),
        (
            &[
                ("a/mod.rs", "mod one; mod two; pub use one::One; pub(crate) use self::two::Two as Second;"),
                ("a/one.rs", "use super::{Second}; pub struct One;"),
                ("a/two.rs", "use crate::a::One; pub struct Two;"),
            ],
            "a/one.rs a/two.rs",
        ),
        (
            &[
                ("a.rs", "use crate::b; fn f() { b::g() }"),
                ("b.rs", "use crate::c::*; pub fn g() { h() }"),
                ("c.rs", "pub use crate::a::f; pub fn h() { f() }"),
            ],
            "a.rs b.rs c.rs",
        ),
        (
            &[
                ("a.rs", "mod inside { use super::super::b::B; } struct A;"),
                ("b.rs", "use super::a::A; struct B;"),
            ],
            "a.rs b.rs",
        ),
        (
            &[("a.rs", "made! { A } fn f() { super::b::B }"), ("b.rs", "use crate::a::A; struct B;")],
            "a.rs b.rs",
        ),
    ];
    for (files, expected) in cases {
        let found = planted(files);
        assert!(found.len() == 1, "{files:?}\n{found:?}");
        let named =
            files.iter().map(|(path, _)| *path).filter(|path| found[0].contains(&format!("  {path} names")));
        assert_eq!(named.collect::<Vec<_>>().join(" "), expected, "{}", found[0]);
    }
}

#[test]
fn what_hands_on_or_tests_its_parts_is_in_no_circle() {
    let cases: [&[(&str, &str)]; 3] = [
        &[
            ("a/mod.rs", "mod one; mod two; pub use one::One;"),
            ("a/one.rs", "pub struct One;"),
            ("a/two.rs", "use super::One;"),
        ],
        &[
            ("a.rs", "pub struct A; #[cfg(test)] mod tests { use crate::b::B; fn f() {} }"),
            ("b.rs", "use crate::a::A; struct B;"),
        ],
        &[
            ("a.rs", "mod inside { use super::A; } struct A; fn f() { A::of(x.b) }"),
            ("b.rs", "use crate::{a::{self, A}}; fn b() {}"),
        ],
    ];
    for files in cases {
        assert_eq!(planted(files), Vec::<String>::new(), "{files:?}");
    }
}

fn planted(files: &[(&str, &str)]) -> Vec<String> {
    let files = [("lib.rs", "")].iter().chain(files);
    let sources: Vec<(PathBuf, String)> =
        files.map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect();
    circles::circles(&sources)
}

#[test]
fn a_type_s_name_stands_in_one_room() {
    let rooms = nouns::rooms_by_type(&sources());
    let twice: Vec<String> = rooms
        .into_iter()
        .filter(|(_, rooms)| rooms.len() > 1)
        .map(|(name, rooms)| format!("{name} is in {}", rooms.into_iter().collect::<Vec<_>>().join(" and ")))
        .collect();
    assert!(twice.is_empty(), "one noun, one meaning:\n{}\n", twice.join("\n"));
}

#[test]
fn the_rooms_know_only_what_lies_above_them() {
    let sources = sources();
    assert!(sources.len() > 10, "the sources were not found");
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
        (
            "source/mod.rs",
            "use crate::settings::{MappingSettings, Hidden};",
            "source names deployment through",
        ),
    ];
    for (path, text, expected) in cases {
        let found = violations(Path::new(path), text, &handed_on);
        assert!(found.len() == 1 && found[0].contains(expected), "{path}: {text}\n{found:?}");
    }
    let allowed = [
        ("source/mod.rs", "use crate::settings::{JobPlan, Hidden};"),
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

/// The files below `src` with their texts.
fn sources() -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    let read = |file: &PathBuf| std::fs::read_to_string(file).unwrap();
    files.iter().map(|file| (file.strip_prefix(&src).unwrap().to_owned(), read(file))).collect()
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
