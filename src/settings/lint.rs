//! Checking a deployment file without a database.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::resolve;
use super::windows::{WindowError, choose};
use super::{Overrides, WindowRequest};
use crate::clock::Timestamp;
use crate::deployment::{DeploymentFile, EnvironmentError, Problem, ProblemPlace, expand};
use crate::window::Exclusion;

/// Everything that can be seen to be wrong with the text of a deployment file called `name`, by line;
/// empty when nothing is. Windows and source may be missing: flags can give them. A variable of the source's URL
/// may be unset: it is a secret of the place where the file is used.
pub fn lint(text: &str, name: &str, environment: &BTreeMap<String, String>) -> Vec<Problem> {
    let (file, mut problems) = DeploymentFile::read_all(text, name, environment);
    let names = file.environment_names();
    let named = names.iter().map(|name| Some(*name)).chain(names.is_empty().then_some(None));
    let places: Vec<_> = named.filter_map(|name| file.in_environment(name).ok()).collect();
    for place in &places {
        of_one(place, environment, &mut problems);
    }
    // What is wrong in several environments is wrong once.
    let mut seen = BTreeSet::new();
    problems.retain(|problem| seen.insert(problem.to_string()));
    problems.sort_by_key(|problem| match &problem.place {
        ProblemPlace::Line { line, .. } => *line,
        ProblemPlace::Flag(_) | ProblemPlace::Inputs => 0,
    });
    problems
}

/// What is wrong with a file as it holds in one environment.
fn of_one(file: &DeploymentFile, environment: &BTreeMap<String, String>, problems: &mut Vec<Problem>) {
    let resolved = resolve(Some(file), &Overrides::default(), problems);
    if let Some(url) = &file.source.url
        && let Err(error @ EnvironmentError::Form) = expand(&url.value, environment)
    {
        problems.push(Problem::on_line(&file.file, url.line, format!("'url' in [source]: {error}")));
    }
    if let Some(error) = resolved.windows.as_ref().and_then(|windows| unobservable(file, windows)) {
        let line = file.windows.of(error.side()).map_or(1, |window| window.line);
        problems.push(Problem::on_line(&file.file, line, error.to_string()));
    }
}

/// What is wrong with windows that do not depend on the present, however late it may be.
fn unobservable(file: &DeploymentFile, request: &WindowRequest) -> Option<WindowError> {
    let WindowRequest::Given { baseline, stagger, .. } = request else { return None };
    let (first, second) = (baseline.fixed()?, stagger.fixed()?);
    let as_of: Timestamp = first.end.max(second.end);
    let exclusions: Vec<Exclusion> =
        file.windows.exclusions.iter().map(|exclusion| exclusion.value.clone()).collect();
    choose(request, as_of, None, &exclusions).err()
}
