//! The names of the stream: which job a name is of, and whether it is in the scope.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::observation::counting::{CountingSettings, Scope};

type ByName<T> = HashMap<Box<str>, T, foldhash::fast::FixedState>;

/// What a name as it is stored stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The place of the job's present name.
    pub(super) job: usize,
    pub(super) in_scope: bool,
}

#[derive(Debug)]
pub(super) struct Names {
    settings: Arc<CountingSettings>,
    stored: ByName<Named>,
    places: ByName<usize>,
    present: Vec<Box<str>>,
    /// Declared names, the earlier ones included; empty where every name is in the scope.
    scope: HashSet<String>,
}

impl Names {
    pub(super) fn new(settings: Arc<CountingSettings>) -> Self {
        let declared = settings.jobs.iter().flat_map(|job| [Some(job.name.clone()), job.was.clone()]);
        let scope = if settings.scope == Scope::All { HashSet::new() } else { declared.flatten().collect() };
        Self { settings, stored: ByName::default(), places: ByName::default(), present: Vec::new(), scope }
    }

    /// What a stored name stands for.
    pub(super) fn stored(&mut self, name: &str) -> Named {
        if let Some(named) = self.stored.get(name) {
            return *named;
        }
        let settings = Arc::clone(&self.settings);
        let renamed = settings.jobs.iter().find(|job| job.was.as_deref() == Some(name));
        let in_scope = self.scope.is_empty() || self.scope.contains(name);
        let named = Named { job: self.present_place(renamed.map_or(name, |job| &job.name)), in_scope };
        self.stored.insert(name.into(), named);
        named
    }

    /// Whether every name is in the scope.
    pub(super) fn has_all(&self) -> bool {
        self.scope.is_empty()
    }

    /// The place of a job's present name, a new one for a new name.
    pub(super) fn present_place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.present.len();
        self.present.push(name.into());
        self.places.insert(name.into(), place);
        place
    }

    pub(super) fn name(&self, place: usize) -> &str {
        self.present.get(place).map_or("", |name| name)
    }

    /// The present names by their places.
    pub(super) fn present(&self) -> impl Iterator<Item = &str> {
        self.present.iter().map(|name| &**name)
    }

    pub(super) fn into_present(self) -> Vec<String> {
        self.present.into_iter().map(String::from).collect()
    }
}
