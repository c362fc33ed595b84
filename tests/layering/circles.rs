//! No two files need each other, directly or by way of others.
//!
//! A file needs another when it names something that is defined there: in a path, or by a `use`. A name is
//! followed through re-exports to the file that defines it. A re-export by itself is no need, neither of
//! the file that hands on nor of the one whose path leads through it: a `mod.rs` may hand on what its parts
//! define, and it declares them. It may also use its parts; then its parts may not use what it defines.
//! Tests inside a file are left out. Methods are not followed: `x.f()` names no file.

use crate::tokens::{Token, is_word, text, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The parts of a module's path; none for the crate's root.
type Module = Vec<String>;

/// What a file declares, hands on, and names.
#[derive(Default)]
struct File {
    path: String,
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// Paths outside of `use`, as they are written.
    named: BTreeSet<Vec<String>>,
}

/// One name of a `use`.
struct Import {
    path: Vec<String>,
    /// Under which the file knows it; `*` for all that the path holds.
    name: String,
    is_handed_on: bool,
}

/// The files below `src` by their modules.
struct Files(BTreeMap<Module, File>);

/// Each set of files that need each other, in words; at most one for a file.
pub(crate) fn circles(sources: &[(PathBuf, String)]) -> Vec<String> {
    let files = Files(sources.iter().map(|(path, text)| (module(path), read(path, text))).collect());
    let needs: BTreeMap<&Module, BTreeMap<Module, String>> =
        files.0.keys().map(|module| (module, files.needs(module))).collect();
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        needs.keys().map(|module| (*module, reached(&needs, module))).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for module in needs.keys().copied() {
        let circle: Vec<&Module> =
            reached[module].iter().copied().filter(|other| reached[*other].contains(module)).collect();
        if circle.len() < 2 || !seen.insert(circle.clone()) {
            continue;
        }
        let mut lines = format!("{} files need each other:", circle.len());
        for module in &circle {
            for (other, name) in needs[*module].iter().filter(|(other, _)| circle.contains(other)) {
                lines += &format!("\n    {} names {name} of {}", files.0[*module].path, files.0[other].path);
            }
        }
        found.push(lines);
    }
    found
}

/// All modules to which needs lead from `start`.
fn reached<'a>(
    needs: &'a BTreeMap<&Module, BTreeMap<Module, String>>,
    start: &'a Module,
) -> BTreeSet<&'a Module> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(module) = open.pop() {
        open.extend(needs[module].keys().filter(|other| reached.insert(*other)));
    }
    reached
}

fn module(path: &Path) -> Module {
    let mut module: Module =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|name| ["mod", "lib"].contains(&name.as_str())) {
        module.pop();
    }
    module
}

impl Files {
    /// The modules that `module` needs, each with one name that it defines.
    fn needs(&self, module: &Module) -> BTreeMap<Module, String> {
        let file = &self.0[module];
        // what a glob brings in is seen where it is named
        let is_need = |import: &&Import| !import.is_handed_on && import.name != "*";
        let imported = file.imports.iter().filter(is_need).map(|import| &import.path);
        imported
            .chain(&file.named)
            .filter_map(|path| self.owner(module, path, 0))
            .filter(|(owner, _)| owner != module)
            .collect()
    }

    /// The module that defines what `path` names inside `module`, and its name there.
    fn owner(&self, module: &Module, path: &[String], depth: usize) -> Option<(Module, String)> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" | "jobdelta" => self.inside(&Module::new(), rest, depth),
            "self" => self.inside(module, rest, depth),
            "super" => self.inside(&module.split_last()?.1.to_vec(), rest, depth),
            _ => self.known(module, first, rest, depth),
        }
    }

    /// The owner of `path` inside of a module of the crate; none for the module itself.
    fn inside(&self, module: &Module, path: &[String], depth: usize) -> Option<(Module, String)> {
        let (first, rest) = path.split_first()?;
        if first == "super" {
            return self.inside(&module.split_last()?.1.to_vec(), rest, depth);
        }
        if first == "self" || first == "*" {
            return None;
        }
        let found = self.known(module, first, rest, depth);
        // what a macro defines is not seen as an item
        let is_module = self.0.contains_key(&child(module, first));
        found.or_else(|| (!is_module).then(|| (module.clone(), first.clone())))
    }

    /// The owner of what `module` knows under a name.
    fn known(&self, module: &Module, name: &str, rest: &[String], depth: usize) -> Option<(Module, String)> {
        let file = self.0.get(module)?;
        if depth > 20 {
            return None;
        }
        let child = child(module, name);
        if self.0.contains_key(&child) && !file.items.contains(name) {
            return self.inside(&child, rest, depth);
        }
        if file.items.contains(name) {
            return Some((module.clone(), name.to_owned()));
        }
        if let Some(import) = file.imports.iter().find(|import| import.name == name) {
            let path: Vec<String> = import.path.iter().chain(rest).cloned().collect();
            return self.owner(module, &path, depth + 1);
        }
        let globs = file.imports.iter().filter(|import| import.name == "*");
        globs.filter_map(|import| Self::glob(module, &import.path)).find_map(|target| {
            let target = self.0.contains_key(&target).then_some(target)?;
            let defines = self.0[&target].items.contains(name)
                || self.0[&target].imports.iter().any(|import| import.name == name);
            defines.then(|| self.known(&target, name, rest, depth + 1)).flatten()
        })
    }

    /// The module whose names a glob brings in.
    fn glob(module: &Module, path: &[String]) -> Option<Module> {
        let mut at = module.clone();
        for (i, part) in path.iter().enumerate() {
            match part.as_str() {
                "crate" | "jobdelta" if i == 0 => at = Module::new(),
                "self" => {}
                "super" => at = at.split_last()?.1.to_vec(),
                name => at = child(&at, name),
            }
        }
        Some(at)
    }
}

fn child(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

const ITEMS: &[&str] = &["fn", "struct", "enum", "trait", "type", "const", "static", "union"];

/// Reads a file of the sources.
fn read(path: &Path, source: &str) -> File {
    let tokens = tokens(source);
    let mut file = File { path: path.display().to_string(), ..File::default() };
    let (mut i, mut braces) = (0, 0_usize);
    let mut inline_modules = Vec::new();
    while i < tokens.len() {
        let word = tokens[i].text.as_str();
        let next = text(&tokens, i + 1);
        if word == "cfg" && text(&tokens, i + 2) == "test" && text(&tokens, i + 5) == "mod" {
            i = after_block(&tokens, i + 6);
            continue;
        }
        match word {
            "use" => {
                let is_handed_on = i > 0 && ["pub", ")"].contains(&text(&tokens, i - 1));
                let known = file.imports.len();
                i = imports(&tokens, i + 1, &[], is_handed_on, &mut file.imports);
                for import in &mut file.imports[known..] {
                    outside(&mut import.path, inline_modules.len());
                }
                continue;
            }
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
            "!" if i > 0 && tokens[i - 1].text == "macro_rules" => {
                file.items.insert(next.to_owned());
            }
            _ if braces == 0 && ITEMS.contains(&word) => {
                file.items.insert(next.to_owned());
            }
            _ if is_word(word.chars().next().unwrap_or(' ')) => {
                let starts = i == 0 || !["::", ".", "mod"].contains(&text(&tokens, i - 1));
                let mut path = vec![word.to_owned()];
                while text(&tokens, i + 1) == "::"
                    && is_word(text(&tokens, i + 2).chars().next().unwrap_or(' '))
                {
                    path.push(text(&tokens, i + 2).to_owned());
                    i += 2;
                }
                // `name:` is a field or a parameter
                if starts && (path.len() > 1 || text(&tokens, i + 1) != ":") {
                    outside(&mut path, inline_modules.len());
                    file.named.insert(path);
                }
            }
            _ => {}
        }
        i += 1;
    }
    file
}

/// Makes a path of a module that is written inside a file one of the file's.
fn outside(path: &mut Vec<String>, inline_modules: usize) {
    let levels = path.iter().take(inline_modules).take_while(|part| *part == "super").count();
    if levels > 0 {
        path.splice(..levels, ["self".to_owned()]);
    }
}

/// The place after the block that opens next; after the next `;` where that comes first.
fn after_block(tokens: &[Token], mut i: usize) -> usize {
    let mut depth = 0;
    while i < tokens.len() {
        match tokens[i].text.as_str() {
            ";" if depth == 0 => return i + 1,
            "{" => depth += 1,
            "}" if depth == 1 => return i + 1,
            "}" => depth -= 1,
            _ => {}
        }
        i += 1;
    }
    i
}

/// The names that a `use` brings in, read from `i`. Gives the place after them.
fn imports(
    tokens: &[Token],
    mut i: usize,
    before: &[String],
    is_handed_on: bool,
    found: &mut Vec<Import>,
) -> usize {
    let mut path = before.to_vec();
    loop {
        match text(tokens, i) {
            "::" => {}
            "{" => {
                i += 1;
                while !["}", ""].contains(&text(tokens, i)) {
                    i = imports(tokens, i, &path, is_handed_on, found);
                    if text(tokens, i) == "," {
                        i += 1;
                    }
                }
                return i + 1;
            }
            "as" => {
                found.push(Import { path, name: text(tokens, i + 1).to_owned(), is_handed_on });
                return i + 2;
            }
            "*" => {
                found.push(Import { path, name: "*".to_owned(), is_handed_on });
                return i + 1;
            }
            "self" if !path.is_empty() => {}
            word if word.chars().next().is_some_and(is_word) => path.push(word.to_owned()),
            _ => {
                let name = path.last().cloned().unwrap_or_default();
                found.push(Import { path, name, is_handed_on });
                return i;
            }
        }
        i += 1;
    }
}
