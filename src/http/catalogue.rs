//! The deployments: the `.toml` files of a folder, looked at again as they change.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::entry::{Entry, Stamp};
use super::error::{HttpError, StartError};
use crate::clock::Stopwatch;
use crate::nearest::did_you_mean;

/// How long the folder is taken for unchanged.
const TRUSTED_FOR: Duration = Duration::from_millis(500);

pub(super) type Entries = Arc<BTreeMap<String, Arc<Entry>>>;

pub(super) struct Catalogue {
    folder: PathBuf,
    environment: Arc<BTreeMap<String, String>>,
    /// The file with recorded runs.
    store: Option<PathBuf>,
    known: Mutex<Known>,
}

struct Known {
    looked: Stopwatch,
    entries: Entries,
}

impl Catalogue {
    /// # Errors
    /// When the folder cannot be read.
    pub(super) fn open(
        folder: PathBuf,
        environment: Arc<BTreeMap<String, String>>,
        store: Option<PathBuf>,
    ) -> Result<Self, StartError> {
        let none = Known { looked: Stopwatch::start(), entries: Entries::default() };
        let catalogue = Self { folder, environment, store, known: Mutex::new(none) };
        let entries = catalogue
            .look(&Entries::default())
            .map_err(|source| StartError::Folder { folder: catalogue.folder.clone(), source })?;
        catalogue.remember(entries);
        Ok(catalogue)
    }

    /// All deployments by name. A folder that cannot be read any more keeps what it had.
    pub(super) async fn entries(self: &Arc<Self>) -> Entries {
        let entries = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.looked.elapsed() < TRUSTED_FOR {
                return Arc::clone(&known.entries);
            }
            // Others are content with what is known until this look is done.
            known.looked = Stopwatch::start();
            Arc::clone(&known.entries)
        };
        let (catalogue, before) = (Arc::clone(self), Arc::clone(&entries));
        match tokio::task::spawn_blocking(move || catalogue.look(&before)).await {
            Ok(Ok(found)) => self.remember(found),
            _ => entries,
        }
    }

    /// # Errors
    /// When there is none of this name.
    pub(super) async fn entry(self: &Arc<Self>, name: &str) -> Result<Arc<Entry>, HttpError> {
        let entries = self.entries().await;
        entries.get(name).cloned().ok_or_else(|| {
            let hint = did_you_mean(name, entries.keys().map(String::as_str));
            let shown: String = name.chars().take(80).collect();
            HttpError::not_found(format!("there is no deployment '{shown}'{hint}"))
        })
    }

    fn remember(&self, entries: Entries) -> Entries {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Known { looked: Stopwatch::start(), entries: Arc::clone(&entries) };
        entries
    }

    /// Reads what is new or has changed since `before`.
    fn look(&self, before: &Entries) -> std::io::Result<Entries> {
        let mut found = BTreeMap::new();
        for file in std::fs::read_dir(&self.folder)?.flatten() {
            let path = file.path();
            let Some(name) = name_of(&path) else { continue };
            // Links are followed: a mounted folder of a cluster is made of them.
            let Ok(metadata) = std::fs::metadata(&path) else { continue };
            if !metadata.is_file() {
                continue;
            }
            let stamp = Stamp::of(&metadata);
            let entry = match before.get(&name).filter(|entry| entry.stamp == stamp) {
                Some(entry) => Arc::clone(entry),
                None => {
                    Arc::new(Entry::read(&name, &path, stamp, (&self.environment, self.store.as_deref())))
                }
            };
            found.insert(name, entry);
        }
        Ok(Arc::new(found))
    }
}

/// The stem of a `.toml` file; `None` for one that cannot be an address.
fn name_of(path: &std::path::Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_suffix(".toml")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!name.is_empty() && !name.starts_with('.') && name.len() <= 100 && name.chars().all(fits))
        .then(|| name.to_owned())
}
